import { sql, type Tx } from "../../platform/db/index.ts";
import { type FactRows, factRows } from "../facts/index.ts";
import { asNumber, type Predicate } from "../segments/index.ts";
import type { ReportMeasure } from "./contract.ts";
import { type DimensionSql, dimensionSql, keyOf, type Sql } from "./dimension-store.ts";
import type { Dimension } from "./dimensions.ts";
import type { Measure } from "./measures.ts";
import { type Moved, movedRows } from "./movement-store.ts";

export interface Asked {
  /** Of whom, over `f`: conditions, and whom the caller reaches. */
  readonly predicate: Predicate;
  /** All that the predicate reads of `f`. */
  readonly columns: readonly string[];
  /** Whether the caller reaches the whole bank. */
  readonly wholeBank: boolean;
  readonly measures: readonly { readonly measure: Measure; readonly take: ReportMeasure["take"] }[];
  /** null: as it is now. */
  readonly moved: Omit<Moved, "byMonth"> | null;
  readonly monthShift: number;
}

export interface FigureRow {
  readonly row: string | null;
  readonly column: string | null;
  /** Whether the row is of all rows (columns) together. */
  readonly ofRows: boolean;
  readonly ofColumns: boolean;
  readonly customers: number;
  readonly values: readonly (string | null)[];
}

export interface Axes {
  readonly row: Dimension | null;
  readonly column: Dimension | null;
}

/** Far above what is shown: the groups shown are the largest, which come first. */
const FIGURES_MAX = 5_000;

/**
 * One figure a group, and with `totals` of each dimension and of all. Totals come from the same pass, so ask without them where a customer can be in
 * several groups.
 */
export async function readFigures(tx: Tx, asked: Asked, axes: Axes, totals: boolean): Promise<FigureRow[]> {
  const { row, column } = dimensionsOf(asked, axes);
  const values = asked.measures.map(({ measure }, at) => sql`${valueSql(measure)} as ${sql.raw(`v${at}`)}`);
  const results = asked.measures.map(({ measure, take }, at) => sql.raw(`(${aggregate(measure, take, `x.v${at}`)})::text`));
  const sets = sql.raw(totals ? "group by grouping sets ((x.r, x.c), (x.r), (x.c), ())" : "group by x.r, x.c");
  const { rows } = await sql<{
    r: string | null;
    c: string | null;
    gr: boolean;
    gc: boolean;
    customers: number;
    values: (string | null)[];
  }>`
    select ${keyOf(row, sql`x.r`)} as r, ${keyOf(column, sql`x.c`)} as c, ${totals ? sql`grouping(x.r) = 1` : sql`${axes.row === null}::boolean`} as gr, ${totals ? sql`grouping(x.c) = 1` : sql`${axes.column === null}::boolean`} as gc,
      count(*)::int as customers, array[${sql.join(results)}] as values
    from (select ${row.value} as r, ${column.value} as c, ${sql.join(values)} ${from(await factsOf(tx, asked, axes), asked, axes)} where ${asked.predicate}) x
    ${sets} order by customers desc, 1, 2 limit ${FIGURES_MAX}`.execute(tx);
  return rows.map(({ r, c, gr, gc, ...rest }) => ({ row: r, column: c, ofRows: gr, ofColumns: gc, ...rest }));
}

export interface BehindRow {
  readonly customerId: string;
  readonly customerNo: string;
  readonly fullName: string;
  readonly kind: "person" | "organisation";
  readonly branchName: string | null;
  readonly values: (string | null)[];
  /** Of the first measure that is not customers, as ordered by. */
  readonly first: string;
}

/** Which groups: undefined is all of them together, null those of whom it is unknown. */
export interface GroupKeys {
  readonly row: string | null | undefined;
  readonly column: string | null | undefined;
}

/** The customers a figure was made of, behind a place in the order. */
export async function listBehind(
  tx: Tx,
  asked: Asked,
  axes: Axes,
  keys: GroupKeys,
  page: { readonly after: { readonly value: string; readonly customerId: string } | null; readonly rows: number },
): Promise<BehindRow[]> {
  const { row, column } = dimensionsOf(asked, axes);
  const within = sql.join(
    [
      asked.predicate,
      ...(keys.row === undefined ? [] : [sql<boolean>`(${keyOf(row, row.value)}) is not distinct from ${keys.row}::text`]),
      ...(keys.column === undefined ? [] : [sql<boolean>`(${keyOf(column, column.value)}) is not distinct from ${keys.column}::text`]),
    ],
    sql` and `,
  );
  const values = sql.join(asked.measures.map(({ measure }) => sql`(${valueSql(measure)})::numeric::text`));
  // Every customer is one: the first measure in which they differ.
  const first = asked.measures.find(({ measure }) => measure.kind !== "customers");
  const order = first === undefined ? sql`0::numeric` : sql`coalesce((${valueSql(first.measure)})::numeric, 0)`;
  const { rows } = await sql<BehindRow>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.full_name as "fullName", c.kind, x.values, x.first::text as first,
      (select o.name from governance.organisation_unit o where o.unit_id = c.branch_id) as "branchName"
    from (select f.customer_id, array[${values}] as values, ${order} as first ${from(sql`intelligence.customer_fact f`, asked, axes)} where ${within}) x
      join customers.published_customer c using (customer_id)
    where ${page.after === null}::boolean or (x.first, x.customer_id) < (${page.after?.value ?? "0"}::numeric, ${page.after?.customerId ?? null}::uuid)
    order by x.first desc, x.customer_id desc limit ${page.rows}`.execute(tx);
  return rows;
}

const none: DimensionSql = { join: sql``, value: sql`null::text`, columns: [] };

function dimensionsOf({ monthShift }: Asked, { row, column }: Axes): { row: DimensionSql; column: DimensionSql } {
  return {
    row: row === null ? none : dimensionSql(row, "r", monthShift),
    column: column === null ? none : dimensionSql(column, "c", monthShift),
  };
}

/**
 * Everybody's facts, of which only what is asked about is read; null where nobody is left out and nothing of the facts is asked: what moved is by itself
 * of the customers the caller sees.
 */
async function factsOf(tx: Tx, asked: Asked, axes: Axes): Promise<FactRows | null> {
  const { row, column } = dimensionsOf(asked, axes);
  if (asked.moved !== null && asked.moved.among === null && row.columns.length + column.columns.length === 0) return null;
  const measured = asked.measures.flatMap(({ measure: { over, of, kind } }) =>
    over === "now" && kind !== "customers" ? [of, "as_of"] : [],
  );
  return factRows(tx, asked.wholeBank, [
    ...(asked.moved === null ? [] : ["customer_id"]),
    ...asked.columns,
    ...row.columns,
    ...column.columns,
    ...measured,
  ]);
}

function from(facts: FactRows | null, asked: Asked, axes: Axes): Sql {
  const { row, column } = dimensionsOf(asked, axes);
  if (asked.moved === null) return sql`from ${facts} ${row.join} ${column.join}`;
  const byMonth = axes.row?.kind === "month" || axes.column?.kind === "month";
  const rows = movedRows(
    asked.measures.map(({ measure }) => measure.of),
    { ...asked.moved, byMonth },
  );
  return facts === null
    ? sql`from (${rows}) m`
    : sql`from ${facts} join (${rows}) m on m.customer_id = f.customer_id ${row.join} ${column.join}`;
}

/** One customer's own, over `f` and `m`. */
function valueSql({ over, of, kind }: Measure): Sql {
  if (kind === "customers") return sql`1`;
  return sql.raw(over === "months" ? `m.${of}` : asNumber(of, kind));
}

function aggregate({ kind }: Measure, take: ReportMeasure["take"], value: string): string {
  if (kind === "customers") return "count(*)";
  if (take === "average") return `avg(${value}::double precision)`;
  if (kind === "flag" && take === "share") return `coalesce(avg(coalesce(${value}, 0)::double precision), 0)`;
  return `coalesce(sum(${value}), 0)`;
}
