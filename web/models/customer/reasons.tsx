import classes from "../models.module.css";
import type { Reason } from "../models.ts";
import { useReasonWords } from "./reason-words.ts";

/** Why a score is what it is, strongest first. */
export function Reasons({ reasons, currency, most = 4 }: { reasons: readonly Reason[]; currency: string; most?: number }) {
  const words = useReasonWords(currency);
  if (reasons.length === 0) return null;
  return (
    <ul className={classes.reasons}>
      {reasons.slice(0, most).map((reason) => (
        <li key={reason.fact}>{words(reason)}</li>
      ))}
    </ul>
  );
}
