import type { ReactNode } from "react";
import type { Column, Sort } from "./column.ts";

export interface DataTableProps<Row> {
  /** Under this name the browser keeps the person's columns. */
  name: string;
  /** Says to a screen reader what the rows are. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Enter, a click on a row, or a tap on a card. */
  onOpen?: (row: Row) => void;
  sort?: Sort | null;
  onSort?: (sort: Sort) => void;
  loading?: boolean;
  error?: unknown;
  onRetry?: () => void;
  /** There are rows beyond these; `onMore` fetches the next page when the end comes near. */
  hasMore?: boolean;
  onMore?: () => void;
  loadingMore?: boolean;
  /** All that match. Not exact: shown as "about". */
  total?: { readonly count: number; readonly exact: boolean } | undefined;
  /** Shown when there is no row: an EmptyState that says why. */
  empty: ReactNode;
  /** Above the table, before the column chooser: filters, a search field. */
  tools?: ReactNode;
  /** "fill" takes the height that is left on the page (inside `FillPage`); a number is pixels. */
  height?: "fill" | number;
  /** Beside the count: sums. */
  footer?: ReactNode;
}
