import { InboxIcon, LockIcon, SearchIcon } from "@primer/octicons-react";
import type { ReactNode } from "react";
import classes from "./states.module.css";

/** "data": nothing is there yet. "filter": something is there, but not this. "permission": the person may not see it. */
export type EmptyReason = "data" | "filter" | "permission";

const icons = { data: InboxIcon, filter: SearchIcon, permission: LockIcon };

interface EmptyStateProps {
  reason: EmptyReason;
  title: string;
  /** Why it is empty, in one or two sentences. */
  text?: ReactNode;
  /** The next step: a button or a link. */
  action?: ReactNode;
  compact?: boolean;
}

export function EmptyState({ reason, title, text, action, compact = false }: EmptyStateProps) {
  const Icon = icons[reason];
  return (
    <div className={classes.state} data-compact={compact || undefined}>
      <span className={classes.icon}>
        <Icon size={compact ? 16 : 20} />
      </span>
      <p className={classes.title}>{title}</p>
      {text !== undefined && <p className={classes.text}>{text}</p>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
