import { Button, Group } from "@mantine/core";
import { CheckIcon, ClockIcon, XIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import type { Decision } from "./use-decide.ts";

interface DecisionButtonsProps {
  onDecide: (decision: Decision) => void;
  /** Whom it is about, for a screen reader. */
  names?: { readonly a: string; readonly b: string };
  compact?: boolean;
  busy?: boolean;
  /** What stands already cannot be decided again. */
  decided?: Decision | null;
  className?: string | undefined;
}

const choices = [
  ["same", "s", CheckIcon],
  ["apart", "a", XIcon],
  ["later", "l", ClockIcon],
] as const;

export function DecisionButtons({ onDecide, names, compact = false, busy = false, decided = null, className }: DecisionButtonsProps) {
  const { t } = useTranslation("identity");
  return (
    <Group gap={6} wrap="nowrap" {...(className === undefined ? {} : { className })}>
      {choices.map(([decision, key, Icon]) => (
        <Button
          key={decision}
          size={compact ? "compact-sm" : "sm"}
          variant={!compact && decision === "same" ? "filled" : "default"}
          leftSection={<Icon size={14} />}
          aria-keyshortcuts={key}
          disabled={decided === decision}
          loading={busy}
          onClick={() => onDecide(decision)}
        >
          {t(`decide.${decision}`)}
          {names && <span className="visually-hidden">: {t("queue.pairOf", names)}</span>}
        </Button>
      ))}
    </Group>
  );
}
