import { ActionIcon, Group, Tooltip, useDirection } from "@mantine/core";
import { ChevronLeftIcon, ChevronRightIcon, ListUnorderedIcon } from "@primer/octicons-react";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import { neighboursOf, readTrail } from "../trail.ts";
import classes from "./neighbours.module.css";

/** Back to the list, and on to the customer before or after in it. Nothing when one came from elsewhere. */
export function NeighbourLinks({ customerId }: { customerId: string }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const navigate = useNavigate();
  const { dir } = useDirection();
  const [busy, setBusy] = useState(false);
  const trail = readTrail();
  const place = trail === null ? null : neighboursOf(trail.ids, customerId);
  const open = useCallback(
    (id: string) =>
      void navigate({
        to: "/customers/$customerId",
        params: { customerId: id } as never,
        search: (before: { tab?: unknown }) => ({ tab: before.tab }),
        replace: true,
      } as never),
    [navigate],
  );
  const goOn = useCallback(async () => {
    if (place === null || trail === null) return;
    if (place.next !== null) return open(place.next);
    if (trail.more === null) return;
    setBusy(true);
    const ids = await trail.more().finally(() => setBusy(false));
    const next = ids[place.place];
    if (next !== undefined) open(next);
  }, [place, trail, open]);
  const goBack = useCallback(() => {
    if (place?.previous) open(place.previous);
  }, [place, open]);
  const [forward, back] = dir === "rtl" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  const shown = place !== null;
  useShortcuts(
    useMemo(
      () =>
        shown
          ? [
              { keys: `mod+${forward}`, label: t("view.next"), run: () => void goOn() },
              { keys: `mod+${back}`, label: t("view.previous"), run: goBack },
            ]
          : [],
      [shown, forward, back, t, goOn, goBack],
    ),
  );
  if (trail === null || place === null) return null;
  const total = Math.max(trail.total ?? 0, trail.ids.length);
  return (
    <Group gap={4} wrap="nowrap" className={classes.row} role="group" aria-label={t("view.inList")}>
      <Step
        label={t("view.backToList")}
        onClick={() => void navigate({ href: trail.href } as never)}
        icon={<ListUnorderedIcon size={16} />}
      />
      <span className={`num ${classes.place}`}>{t("view.place", { place: format.number(place.place), total: format.number(total) })}</span>
      <Step
        label={t("view.previous")}
        onClick={goBack}
        disabled={place.previous === null}
        icon={<ChevronLeftIcon size={16} className="mirror" />}
      />
      <Step
        label={t("view.next")}
        onClick={() => void goOn()}
        disabled={place.next === null && trail.more === null}
        loading={busy}
        icon={<ChevronRightIcon size={16} className="mirror" />}
      />
    </Group>
  );
}

interface StepProps {
  label: string;
  onClick: () => void;
  icon: ReactNode;
  disabled?: boolean;
  loading?: boolean;
}

function Step({ label, onClick, icon, disabled = false, loading = false }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={32} aria-label={label} onClick={onClick} disabled={disabled} loading={loading}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
