import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import { useCan } from "../../ui/viewer.tsx";
import type { Alert } from "../alert.ts";
import type { Work } from "../use-work.ts";

/** Which alert one is at, and the keys. A closed alert leaves; the one behind it takes its place. */
export function useQueue(alerts: readonly Alert[], work: Work, open: (alert: Alert) => void) {
  const { t } = useTranslation("fraud");
  const mayDecide = useCan("fraud:decide");
  const [wanted, setWanted] = useState(0);
  const at = Math.max(0, Math.min(wanted, alerts.length - 1));
  const goTo = (place: number) => setWanted(Math.max(0, Math.min(place, alerts.length - 1)));
  const latest = useRef({ at, alerts, work, open, goTo });
  useEffect(() => {
    latest.current = { at, alerts, work, open, goTo };
  });
  useShortcuts(
    useMemo(() => {
      const move = (by: number) => latest.current.goTo(latest.current.at + by);
      const here = (act: (alert: Alert) => void) => {
        const alert = latest.current.alerts[latest.current.at];
        if (alert !== undefined) act(alert);
      };
      const openOnes = (act: (alert: Alert) => void) =>
        here((alert) => alert.state !== "closed" && !latest.current.work.busy && act(alert));
      const deciding = [
        { keys: "t", label: t("keys.take"), run: () => openOnes((alert) => latest.current.work.take(alert)) },
        { keys: "f", label: t("keys.fraud"), run: () => openOnes((alert) => latest.current.work.close(alert, "fraud_confirmed")) },
        { keys: "g", label: t("keys.genuine"), run: () => openOnes((alert) => latest.current.work.close(alert, "not_fraud")) },
      ];
      return [
        { keys: "j", label: t("keys.next"), run: () => move(1) },
        { keys: "k", label: t("keys.previous"), run: () => move(-1) },
        { keys: "ArrowDown", label: t("keys.next"), run: () => move(1) },
        { keys: "ArrowUp", label: t("keys.previous"), run: () => move(-1) },
        { keys: "o", label: t("keys.open"), run: () => here((alert) => latest.current.open(alert)) },
        ...(mayDecide ? deciding : []),
      ];
    }, [t, mayDecide]),
  );
  return { at, goTo };
}
