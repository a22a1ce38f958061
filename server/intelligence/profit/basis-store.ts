import { sql, type Tx } from "../../platform/db/index.ts";
import { owned, type Window } from "./month-store.ts";

/**
 * What months and values of a customer are reckoned from besides bookings and delivered balances, as one number: where it is as it was and no booking within
 * the window changed, all that was reckoned stands.
 */
export type Bases = ReadonlyMap<string, bigint>;

/** Of those named who are customers. */
export async function readBases(tx: Tx, customerIds: readonly string[], window: Window): Promise<Bases> {
  const { rows } = await sql<{ id: string; basis: bigint }>`
    with ${owned(customerIds, window)}, holdings as (
      select customer_id, string_agg(h::text, ';' order by holding_id) as all_of_them from h group by 1
    )
    select c.customer_id as id, hashtextextended(concat_ws('|', c.kind, c.segment, c.customer_since, o.all_of_them), 0) as basis
    from customers.published_customer c left join holdings o using (customer_id) where c.customer_id = any (${customerIds}::uuid[])`.execute(
    tx,
  );
  return new Map(rows.map(({ id, basis }) => [id, basis]));
}

/** Those of the customers whose basis is not the one their values were reckoned from, and who is a customer no more. */
export async function listMoved(tx: Tx, customerIds: readonly string[], bases: Bases): Promise<string[]> {
  const { rows } = await sql<{ id: string; basis: bigint | null }>`
    select customer_id as id, basis from intelligence.customer_value where customer_id = any (${customerIds}::uuid[])`.execute(tx);
  const stood = new Map(rows.map(({ id, basis }) => [id, basis]));
  return customerIds.filter((id) => !bases.has(id) || stood.get(id) !== bases.get(id));
}

export async function saveBases(tx: Tx, bases: Bases): Promise<void> {
  await sql`
    update intelligence.customer_value v set basis = x.basis from unnest(${[...bases.keys()]}::uuid[], ${[...bases.values()]}::bigint[]) as x (customer_id, basis)
    where v.customer_id = x.customer_id and v.basis is distinct from x.basis`.execute(tx);
}
