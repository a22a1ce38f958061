import { useTranslation } from "react-i18next";
import type { Reason } from "../../server/intelligence/fraud/alerts/contract.ts";
import { isOfTime, useEvidence } from "./evidence.ts";
import classes from "./fraud.module.css";
import { useStartWords } from "./start-words.ts";

interface ReasonsProps {
  rules: readonly { readonly name: string; readonly note: string }[];
  reasons: readonly Reason[];
  currency: string;
  hasTime: boolean;
  max?: number;
}

/** Why, in plain words: what fired, then what spoke most for fraud. */
export function Reasons({ rules, reasons, currency, hasTime, max = 5 }: ReasonsProps) {
  const { t } = useTranslation("fraud");
  const evidence = useEvidence(currency);
  const startWords = useStartWords();
  const said = [
    ...new Set(
      reasons.filter(({ feature }) => hasTime || !isOfTime(feature)).map(({ feature, value }) => evidence(feature, value, hasTime)),
    ),
  ];
  return (
    <ul className={classes.reasons}>
      {rules.map(({ name, note }) => (
        <li key={name} data-rule>
          {note === "" ? t("queue.rule", { name: `\u2068${name}\u2069` }) : <bdi>{startWords(note)}</bdi>}
        </li>
      ))}
      {said.slice(0, Math.max(1, max - rules.length)).map((sentence) => (
        <li key={sentence} className="num">
          {sentence}
        </li>
      ))}
    </ul>
  );
}
