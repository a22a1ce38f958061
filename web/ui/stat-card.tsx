import type { ReactNode } from "react";
import classes from "./stat-card.module.css";

interface StatCardProps {
  label: string;
  /** A formatted figure or a `<Money size="large">`. */
  value: ReactNode;
  /** Where it comes from or how it moved, in one short line. */
  note?: ReactNode;
  trend?: ReactNode;
  tone?: "plain" | "good" | "warn" | "bad";
}

/** One figure a person came for: large, with its reason below and its trend beside. Put several in a `StatRow`. */
export function StatCard({ label, value, note, trend, tone = "plain" }: StatCardProps) {
  return (
    <div className={classes.card} data-tone={tone}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>
        <span className="num">{value}</span>
        {trend}
      </dd>
      {note !== undefined && <dd className={classes.note}>{note}</dd>}
    </div>
  );
}

export function StatRow({ children }: { children: ReactNode }) {
  return <dl className={classes.row}>{children}</dl>;
}
