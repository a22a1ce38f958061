import type { ReactNode } from "react";
import { AppLink } from "../../ui/app-link.tsx";
import type { FilterGroup } from "../../ui/filter-builder/filter.ts";
import classes from "./home.module.css";

interface FigureLinkProps {
  filter: FilterGroup;
  sort?: string;
  /** What the figure counts, where no heading beside it says so. */
  label?: string;
  children: ReactNode;
}

/** A figure that leads to the customers behind it. */
export function FigureLink({ filter, sort, label, children }: FigureLinkProps) {
  const search = { ...(filter.of.length > 0 ? { filter } : {}), ...(sort === undefined ? {} : { sort }) };
  return (
    <AppLink to="/customers" search={search as never} className={classes.figureLink}>
      {children}
      {label !== undefined && <span className="visually-hidden"> {label}</span>}
    </AppLink>
  );
}
