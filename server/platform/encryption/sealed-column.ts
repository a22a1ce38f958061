import { sql, type Tx } from "../db/index.ts";
import type { BlindPlace } from "./blind-place.ts";

/** A column whose values are sealed, as the module that owns its table declares it. */
export interface SealedColumn {
  /** schema.table.column: what its keys are called, and part of what is authenticated with each value. */
  readonly column: string;
  /** Whether values are found by a blind index: the column then has an index key, too. */
  readonly isIndexed: boolean;
  /** Where blind indexes of it stand, in the order in which they take another key. */
  readonly blindPlaces?: readonly BlindPlace[];
  /** The columns of the primary key, in order; all of type uuid or int. */
  readonly key: readonly { readonly name: string; readonly type: "uuid" | "int" }[];
  /** The one of them that names the row for good, whatever becomes of the others: authenticated with the value. */
  readonly rowId: string;
}

export interface SealedRow {
  /** The values of the primary key, separated by spaces. */
  readonly place: string;
  readonly rowId: string;
  readonly sealed: Buffer;
}

const partsOf = ({ column }: SealedColumn) => {
  const [schema = "", table = "", name = ""] = column.split(".");
  return { table: sql.table(`${schema}.${table}`), name: sql.ref(`t.${name}`), bare: sql.ref(name) };
};

const keyOf = ({ key }: SealedColumn) => sql.join(key.map(({ name }) => sql.ref(`t.${name}`)));

/** On the worker. Rows that are not sealed with `keyNo`, in the order of the primary key, behind `after` (a place; null begins). */
export async function listSealedOtherwise(
  tx: Tx,
  column: SealedColumn,
  { keyNo, after, limit }: { keyNo: number; after: string | null; limit: number },
): Promise<SealedRow[]> {
  const { table, name } = partsOf(column);
  const values = after?.split(" ") ?? [];
  const behind = sql.join(column.key.map(({ type }, at) => sql`${values[at] ?? null}::${sql.raw(type)}`));
  const place = sql.join(
    column.key.map((part) => sql`${sql.ref(`t.${part.name}`)}::text`),
    sql` || ' ' || `,
  );
  const { rows } = await sql<SealedRow>`
    select ${place} as place, ${sql.ref(`t.${column.rowId}`)}::text as "rowId", ${name} as sealed from ${table} t
    where ${after === null ? sql`true` : sql`(${keyOf(column)}) > (${behind})`} and platform.key_of(${name}) <> ${keyNo}
    order by ${keyOf(column)} limit ${limit}`.execute(tx);
  return rows;
}

/** On the worker. Writes what was sealed anew where nobody wrote meanwhile; whoever did used the newer key. Answers how many rows. */
export async function saveResealed(
  tx: Tx,
  column: SealedColumn,
  rows: readonly (SealedRow & { readonly anew: Buffer })[],
): Promise<number> {
  const { table, name, bare } = partsOf(column);
  const parts = column.key.map(({ name: part, type }, at) => ({
    list: sql`${rows.map(({ place }) => place.split(" ")[at] ?? "")}::${sql.raw(type)}[]`,
    same: sql`${sql.ref(`t.${part}`)} = n.${sql.ref(`k${at}`)}`,
    as: sql.ref(`k${at}`),
  }));
  const { numAffectedRows } = await sql`
    update ${table} t set ${bare} = n.anew
    from unnest(${sql.join(parts.map(({ list }) => list))}, ${rows.map(({ sealed }) => sealed)}::bytea[], ${rows.map(({ anew }) => anew)}::bytea[])
      as n (${sql.join(parts.map(({ as }) => as))}, was, anew)
    where ${sql.join(
      parts.map(({ same }) => same),
      sql` and `,
    )} and ${name} = n.was`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** On the worker. How many rows each key seals: reads the column once. */
export async function countByKey(tx: Tx, column: SealedColumn): Promise<Map<number, number>> {
  const { table, name } = partsOf(column);
  const { rows } = await sql<{ keyNo: number; count: number }>`
    select platform.key_of(${name}) as "keyNo", count(*)::int as count from ${table} t where ${name} is not null group by 1`.execute(tx);
  return new Map(rows.map(({ keyNo, count }) => [keyNo, count]));
}
