import type { ReactNode } from "react";

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** null where the value is not known: a table shows a dash, a card leaves the line out. */
  readonly cell: (row: Row) => ReactNode;
  /** Pixels at first: figures may need more, words give way where the table is too wide. The person may resize. Default 160. */
  readonly width?: number;
  /** "end" for figures: their units stand under each other, in a right-to-left page too, and the column grows until none is cut. */
  readonly align?: "start" | "end";
  /** The server can order by it; the id is what it is asked for. */
  readonly sortable?: boolean;
  /** Not shown until chosen. */
  readonly hidden?: boolean;
  /** Where it stands on a phone's card: the heading, the figure beside it, a labelled line, or nowhere. Default "line". */
  readonly card?: "title" | "figure" | "line" | "none";
  /** Whether the line says anything on this row's card. Default: whenever the value is known. */
  readonly onCard?: (row: Row) => boolean;
}

export interface Sort {
  readonly column: string;
  readonly direction: "asc" | "desc";
}

export interface TableLayout {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  readonly density: "compact" | "normal";
}

/** What a person chose before, fitted to the columns there are now: new ones appear where the page puts them, old ones drop out. */
export function fitLayout<Row>(columns: readonly Column<Row>[], stored: Partial<TableLayout> | null): TableLayout {
  const ids = columns.map((column) => column.id);
  const known = (stored?.order ?? []).filter((id) => ids.includes(id));
  const order = [...known];
  for (const [index, id] of ids.entries()) if (!order.includes(id)) order.splice(known.length === 0 ? order.length : index, 0, id);
  const first = ids[0];
  const ordered = first === undefined ? order : [first, ...order.filter((id) => id !== first)];
  const hidden = stored?.hidden ?? columns.filter((column) => column.hidden).map((column) => column.id);
  return {
    order: ordered,
    hidden: hidden.filter((id) => ids.includes(id) && id !== first),
    widths: stored?.widths ?? {},
    density: stored?.density ?? "compact",
  };
}

/** One press on a header: ascending, then descending, then ascending again; a list always has an order. */
export function nextSort(current: Sort | null, column: string): Sort {
  if (current?.column !== column) return { column, direction: "asc" };
  return { column, direction: current.direction === "asc" ? "desc" : "asc" };
}
