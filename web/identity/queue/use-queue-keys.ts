import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import type { Pair } from "../pair.ts";
import type { Queue } from "./use-queue.ts";

/** The keys of the queue; the list of them stays the same while what they act on changes. */
export function useQueueKeys(queue: Queue, open: (pair: Pair) => void): void {
  const { t } = useTranslation("identity");
  const latest = useRef({ queue, open });
  useEffect(() => {
    latest.current = { queue, open };
  });
  useShortcuts(
    useMemo(() => {
      const here = () => latest.current.queue;
      return [
        { keys: "j", label: t("keys.next"), run: () => here().move(1) },
        { keys: "k", label: t("keys.previous"), run: () => here().move(-1) },
        { keys: "ArrowDown", label: t("keys.next"), run: () => here().move(1) },
        { keys: "ArrowUp", label: t("keys.previous"), run: () => here().move(-1) },
        { keys: "s", label: t("keys.same"), run: () => here().decideHere("same") },
        { keys: "a", label: t("keys.apart"), run: () => here().decideHere("apart") },
        { keys: "l", label: t("keys.later"), run: () => here().decideHere("later") },
        { keys: "u", label: t("keys.undo"), run: () => here().undoLast() },
        {
          keys: "x",
          label: t("keys.choose"),
          run: () => {
            const key = here().currentKey;
            if (key !== null) here().toggle(key);
          },
        },
        { keys: "shift+X", label: t("keys.alike"), run: () => here().chooseAlike() },
        {
          keys: "o",
          label: t("keys.open"),
          run: () => {
            const { current } = here();
            if (current) latest.current.open(current);
          },
        },
      ];
    }, [t]),
  );
}
