import { sql, type Tx } from "../../platform/db/index.ts";
import { type RetentionRule, RULES_MAX, type RuleChange } from "./contract.ts";
import type { Sweep } from "./sweep-store.ts";

const COUNTED_MAX = 1_000_000;

const rule = sql.raw(`name, term_months as months, from_event as "fromEvent", legal, reason, version from governance.retention_rule`);

export async function listRules(tx: Tx): Promise<RetentionRule[]> {
  const { rows } = await sql<RetentionRule>`select ${rule} order by term_months desc nulls last, name limit ${RULES_MAX}`.execute(tx);
  return rows;
}

export async function findRule(tx: Tx, name: string): Promise<RetentionRule | null> {
  const { rows } = await sql<RetentionRule>`select ${rule} where name = ${name}`.execute(tx);
  return rows[0] ?? null;
}

/** false: it has another version by now. */
export async function saveRule(tx: Tx, name: string, { months, reason, version }: RuleChange, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update governance.retention_rule set term_months = ${months}, reason = ${reason}, changed_by = ${by}, changed_at = now(), version = version + 1
    where name = ${name} and version = ${version}`.execute(tx);
  return numAffectedRows === 1n;
}

/** On the worker. */
export async function countOver(tx: Tx, { table, isOver }: Sweep, before: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from ${sql.table(table)} t where ${isOver(before)} limit ${COUNTED_MAX}) o`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** On the worker. At most `limit` rows; how many went. */
export async function deleteOver(tx: Tx, { table, isOver }: Sweep, before: string, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} d using (
      select t.tableoid as part, t.ctid as place from ${sql.table(table)} t where ${isOver(before)} limit ${limit} for update skip locked) o
    where d.tableoid = o.part and d.ctid = o.place`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/**
 * On the worker. Customers all of whose products ended before the day, who are not held, not sealed and not being erased already: each with records that
 * nobody else shares.
 */
export async function listFormer(
  tx: Tx,
  before: string,
  limit: number,
): Promise<{ customerId: string; customerNo: string; partyIds: string[] }[]> {
  const { rows } = await sql<{ customerId: string; customerNo: string; partyIds: string[] }>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", array_agg(distinct p.party_id order by p.party_id) as "partyIds"
    from customers.customer c join customers.party p on p.customer_id = c.customer_id join customers.holding h on h.party_id = p.party_id
    where not exists (select from customers.erasure e where e.customer_id = c.customer_id and e.state in ('asked', 'restricted'))
      and not exists (select from customers.held_records(array[p.party_id]))
    group by c.customer_id, c.customer_no
    having bool_and(h.status = 'closed' and h.closed_on < ${before}::date)
    limit ${limit}`.execute(tx);
  return rows;
}
