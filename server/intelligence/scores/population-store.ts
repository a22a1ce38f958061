import { sql, type Tx } from "../../platform/db/index.ts";

/** On the worker. The day of the first booking; null: none. */
export async function firstBookedMonth(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ month: number | null }>`select min(month_no)::int as month from intelligence.party_month`.execute(tx);
  const month = rows[0]?.month ?? null;
  return month === null ? null : `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
}

/** On the worker. Everybody, or so many drawn by a hash of the id: always the same. In the order of the ids. */
export async function sampleCustomers(tx: Tx, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (select customer_id as id from customers.published_customer order by hashtextextended(customer_id::text, 7) limit ${most}) drawn order by id`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

/** What groups are made of when looking where a model fails. It is not learned from. */
export interface CustomerTraits {
  readonly customerId: string;
  readonly branch: string | null;
  readonly language: string | null;
  readonly kind: string;
  readonly sex: string | null;
  readonly bornYear: number | null;
}

/** On the worker. */
export async function readTraits(tx: Tx, customerIds: readonly string[]): Promise<CustomerTraits[]> {
  const { rows } = await sql<CustomerTraits>`
    select c.customer_id as "customerId", u.name as branch, c.language, c.kind, c.sex, extract(year from c.born_on)::int as "bornYear"
    from customers.published_customer c left join governance.organisation_unit u on u.unit_id = c.branch_id
    where c.customer_id = any (${customerIds}::uuid[]) order by 1`.execute(tx);
  return rows;
}
