import type { ReactNode } from "react";
import classes from "./wide-table.module.css";

interface WideTableProps {
  /** What the table is about, for who reaches it by keyboard or hears the page. */
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A table that scrolls by itself where the page is too narrow for it, so that the page never does. */
export function WideTable({ label, className, children }: WideTableProps) {
  return (
    <Wide label={label}>
      <table className={className === undefined ? classes.table : `${classes.table} ${className}`}>{children}</table>
    </Wide>
  );
}

/** The same around a table that is one already. */
export function Wide({ label, children }: Omit<WideTableProps, "className">) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
