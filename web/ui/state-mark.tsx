import type { ReactNode } from "react";
import classes from "./state-mark.module.css";

export type StateTone = "quiet" | "accent" | "good" | "warn" | "bad";

/** One or two words on how a thing stands, legible in light and dark. */
export function StateMark({ tone, children }: { tone: StateTone; children: ReactNode }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      {children}
    </span>
  );
}
