import { ActionIcon, Tooltip } from "@mantine/core";
import { ChevronDownIcon, ChevronUpIcon } from "@primer/octicons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import { useHidden } from "../decided.ts";
import { pairKey } from "../pair.ts";
import { neighboursOf } from "../trail.ts";
import classes from "./pair.module.css";

/** On to the pair before or behind this one in the queue it was opened from. */
export function PairSteps({ a, b }: { a: string; b: string }) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const navigate = useNavigate();
  const hidden = useHidden();
  const { place, total, previous, next } = neighboursOf({ a, b }, (pair) => hidden.has(pairKey(pair)));
  const open = (pair: typeof next) => {
    if (pair) void navigate({ to: "/identity/pairs/$a/$b", params: pair, replace: true } as never);
  };
  const latest = useRef({ open, previous, next });
  useEffect(() => {
    latest.current = { open, previous, next };
  });
  useShortcuts(
    useMemo(
      () => [
        { keys: "j", label: t("keys.next"), run: () => latest.current.open(latest.current.next) },
        { keys: "k", label: t("keys.previous"), run: () => latest.current.open(latest.current.previous) },
      ],
      [t],
    ),
  );
  if (place === null) return null;
  return (
    <span className={classes.steps}>
      <span className={`num ${classes.place}`}>{t("pair.place", { place: format.number(place), total: format.number(total) })}</span>
      <Tooltip label={t("keys.previous")}>
        <ActionIcon variant="default" size={32} aria-label={t("keys.previous")} disabled={!previous} onClick={() => open(previous)}>
          <ChevronUpIcon size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t("keys.next")}>
        <ActionIcon variant="default" size={32} aria-label={t("keys.next")} disabled={!next} onClick={() => open(next)}>
          <ChevronDownIcon size={16} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
