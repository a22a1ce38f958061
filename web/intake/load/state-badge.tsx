import { useTranslation } from "react-i18next";
import type { LoadState } from "../../../server/customers/intake/contract.ts";
import { StateMark, type StateTone } from "../../ui/state-mark.tsx";

const tones: Readonly<Record<LoadState, StateTone>> = {
  running: "accent",
  done: "good",
  failed: "bad",
  reversing: "warn",
  reversed: "quiet",
};

export function StateBadge({ state }: { state: LoadState }) {
  const { t } = useTranslation("intake");
  return <StateMark tone={tones[state]}>{t(`states.${state}`)}</StateMark>;
}
