import { Anchor, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { listCustomers } from "../../../server/customers/directory/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import type { FilterGroup } from "../../ui/filter-builder/filter.ts";
import { Surface } from "../../ui/surface.tsx";
import { CustomerMarks } from "../customer-marks.tsx";
import classes from "./home.module.css";

export type ListedCustomer = AnswerOf<typeof listCustomers>["customers"][number];

interface ShortListProps {
  title: string;
  rows: readonly ListedCustomer[] | undefined;
  error: Error | null;
  /** What the row is here for: a date, an amount. */
  figure: (row: ListedCustomer) => ReactNode;
  empty: string;
  /** Where all of them are; left out when these are all. */
  all?: { readonly filter: FilterGroup; readonly sort?: string; readonly label: string } | undefined;
}

/** A few customers with the one figure that brought them here. */
export function ShortList({ title, rows, error, figure, empty, all }: ShortListProps) {
  const { t } = useTranslation("customers");
  useChineseNames();
  const link = all && rows !== undefined && rows.length > 0 && (
    <Anchor
      component={AppLink}
      to="/customers"
      search={{ filter: all.filter, ...(all.sort === undefined ? {} : { sort: all.sort }) } as never}
      size="sm"
    >
      {all.label}
      <span className="visually-hidden"> {t("home.in", { title })}</span>
    </Anchor>
  );
  return (
    <Surface title={title} aside={link} padding="none">
      <ErrorNote error={error} />
      {rows === undefined && error === null && <Skeleton height={200} m={12} width="auto" />}
      {rows?.length === 0 && <EmptyState compact reason="data" title={empty} />}
      {rows !== undefined && rows.length > 0 && (
        <ul className={classes.list}>
          {rows.map((row) => (
            <li key={row.customerId}>
              <CustomerName customer={row} marks={<CustomerMarks customer={row} />} />
              <span className={`num ${classes.figure}`}>{figure(row)}</span>
            </li>
          ))}
        </ul>
      )}
    </Surface>
  );
}
