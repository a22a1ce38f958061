import { useTranslation } from "react-i18next";
import { StateMark } from "../ui/state-mark.tsx";
import type { Alert } from "./alert.ts";

const tones = { fraud_confirmed: "bad", not_fraud: "good", inconclusive: "quiet" } as const;

/** How an alert stands, or what it turned out to be. */
export function AlertMark({ alert: { state, outcome } }: { alert: Pick<Alert, "state" | "outcome"> }) {
  const { t } = useTranslation("fraud");
  if (outcome !== null) return <StateMark tone={tones[outcome]}>{t(`outcomes.${outcome}`)}</StateMark>;
  return <StateMark tone={state === "open" ? "warn" : "accent"}>{t(`states.${state}`)}</StateMark>;
}
