import { inOrder } from "../../platform/text/index.ts";
import { COLUMNS_MAX, type ReportFigure, ROWS_MAX } from "./contract.ts";
import type { Dimension } from "./dimensions.ts";
import type { Axes, FigureRow } from "./figure-store.ts";

export interface Arranged {
  readonly rows: readonly (string | null)[];
  readonly columns: readonly (string | null)[];
  readonly figures: readonly ReportFigure[];
  /** There were more groups than are shown. */
  readonly cut: boolean;
}

/** Groups in their order, as many as are shown: bands and months by themselves, others the most customers first, the unknown last. */
export function arrange(found: readonly FigureRow[], { row, column }: Axes): Arranged {
  const rows = keysOf(
    found.filter(({ ofRows, ofColumns }) => row !== null && !ofRows && ofColumns),
    row,
    (figure) => figure.row,
  );
  const columns = keysOf(
    found.filter(({ ofRows, ofColumns }) => column !== null && ofRows && !ofColumns),
    column,
    (figure) => figure.column,
  );
  const [shownRows, shownColumns] = [rows.slice(0, ROWS_MAX), columns.slice(0, COLUMNS_MAX)];
  const figures = place(found, { rows: shownRows, columns: shownColumns });
  const cut = rows.length > shownRows.length || columns.length > shownColumns.length;
  return { rows: shownRows, columns: shownColumns, figures, cut };
}

function keysOf(found: readonly FigureRow[], dimension: Dimension | null, keyOf: (figure: FigureRow) => string | null): (string | null)[] {
  const size = new Map<string | null, number>();
  for (const figure of found) size.set(keyOf(figure), figure.customers);
  // Bands that are numbered have an order of their own.
  const numbered = [...size.keys()].every((key) => key === null || /^\d{1,9}$/.test(key));
  return [...size.keys()].sort((a, b) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (numbered) return Number(a) - Number(b);
    return dimension?.kind === "month" ? inOrder(a, b) : (size.get(b) ?? 0) - (size.get(a) ?? 0) || inOrder(a, b);
  });
}

/** Sums asked for as shares become shares of the total of all. `ofTotal`: which measures. */
export function toShares(figures: readonly ReportFigure[], ofTotal: readonly boolean[]): ReportFigure[] {
  const all = figures.find(({ row, column }) => row === null && column === null);
  return figures.map((figure) => ({
    ...figure,
    values: figure.values.map((value, at) => {
      if (ofTotal[at] !== true || value === null) return value;
      const total = Number(all?.values[at] ?? 0);
      return total === 0 ? null : String(Number(value) / total);
    }),
  }));
}

interface Earlier {
  readonly rows: readonly FigureRow[];
  readonly arranged: Arranged;
  readonly ofTotal: readonly boolean[];
}

/** Puts what was before beside each figure; a group that was not there before has nothing before. */
export function compareWith(figures: readonly ReportFigure[], earlier: Earlier | null): ReportFigure[] {
  if (earlier === null) return [...figures];
  const { rows, arranged, ofTotal } = earlier;
  const before = new Map(toShares(place(rows, arranged), ofTotal).map((figure) => [`${figure.row} ${figure.column}`, figure.values]));
  return figures.map((figure) => ({ ...figure, before: before.get(`${figure.row} ${figure.column}`) ?? figure.values.map(() => null) }));
}

/** Figures at their places among the groups shown; of a dimension that was not asked for there is one group: all. */
function place(found: readonly FigureRow[], { rows, columns }: Pick<Arranged, "rows" | "columns">): ReportFigure[] {
  const placeOf = (keys: readonly (string | null)[], key: string | null, ofAll: boolean) =>
    ofAll || keys.length === 0 ? null : keys.indexOf(key);
  const figures = new Map<string, ReportFigure>();
  for (const { row, column, ofRows, ofColumns, customers, values } of found) {
    const [at, over] = [placeOf(rows, row, ofRows), placeOf(columns, column, ofColumns)];
    // Sets of totals say the same twice where there is no dimension.
    if (at !== -1 && over !== -1) figures.set(`${at} ${over}`, { row: at, column: over, customers, values: [...values], before: null });
  }
  return [...figures.values()];
}
