import { sql, type Tx } from "../../platform/db/index.ts";
import { catalogue } from "./catalogue/index.ts";
import { blockColumns } from "./columns.ts";

export type FactRows = ReturnType<typeof sql<unknown>>;

const BLOCKS = 512;
const held = [...blockColumns.filter((name) => name !== "block_no"), ...catalogue.map(({ key }) => key)];

/** Reading facts row by row: as the row policies let the caller see them. */
export const factsByRow: FactRows = sql`intelligence.customer_fact f`;

/** Whether there are blocks that the caller may read. */
export async function canReadBlocks(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists (select from intelligence.fact_block) as there`.execute(tx);
  return rows[0]?.there ?? false;
}

/**
 * The same customers as `f`, with the columns named and no more: those whose blocks hold, array by array, and the others (of stale blocks, and sealed) row
 * by row. `columns` come from the catalogue or are customer_id, branch_id, as_of.
 */
export function factsByBlock(columns: readonly string[]): FactRows {
  const wanted = [...new Set(columns.length === 0 ? ["as_of"] : columns)];
  const unknown = wanted.find((name) => !held.includes(name));
  if (unknown !== undefined) throw new Error(`blocks hold no ${unknown}`);
  const arrays = sql.raw(wanted.map((name) => `unnest(b.${name}) as ${name}`).join(", "));
  const names = sql.raw(wanted.map((name) => `r.${name}`).join(", "));
  const stale = sql`array(select distinct s.block_no from intelligence.stale_block s)`;
  return sql`(
    select ${arrays} from intelligence.fact_block b where b.block_no <> all (${stale})
    union all select ${names} from intelligence.customer_fact r where r.block_no = any (${stale})
    union all select ${names} from intelligence.customer_fact r where r.compartments is not null and r.block_no <> all (${stale})) f`;
}

/** Makes all blocks, empty and stale, where there are none. Who writes facts at this moment is waited for: their writing knew of no block. Worker role. */
export async function layBlocks(tx: Tx): Promise<void> {
  await sql`lock table intelligence.customer_fact in share mode`.execute(tx);
  await sql`insert into intelligence.fact_block (block_no) select n from generate_series(0, ${BLOCKS - 1}) n on conflict do nothing`.execute(
    tx,
  );
  await sql`insert into intelligence.stale_block (block_no) select block_no from intelligence.fact_block where cardinality(customer_id) = 0`.execute(
    tx,
  );
}

export async function countBlocks(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from intelligence.fact_block`.execute(tx);
  return rows[0]?.n ?? 0;
}

export async function listStale(tx: Tx): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`select distinct block_no as no from intelligence.stale_block order by 1`.execute(tx);
  return rows.map(({ no }) => no);
}

/** Writes these blocks from the rows as they are. The marks go first: a change that is not seen any more by the reading leaves its own. Worker role. */
export async function writeBlocks(tx: Tx, blockNos: readonly number[]): Promise<void> {
  const columns = held.join(", ");
  await sql`delete from intelligence.stale_block where block_no = any (${blockNos}::smallint[])`.execute(tx);
  await sql`
    with fresh as (
      select block_no, ${sql.raw(held.map((name) => `array_agg(${name}) as ${name}`).join(", "))}
      from intelligence.customer_fact where block_no = any (${blockNos}::smallint[]) and compartments is null group by block_no
    )
    insert into intelligence.fact_block (block_no, ${sql.raw(columns)})
    select b.block_no, ${sql.raw(held.map((name) => (name === "customer_id" ? "coalesce(n.customer_id, '{}')" : `n.${name}`)).join(", "))}
    from unnest(${blockNos}::smallint[]) as b (block_no) left join fresh n using (block_no)
    on conflict (block_no) do update set ${sql.raw(held.map((name) => `${name} = excluded.${name}`).join(", "))}`.execute(tx);
}
