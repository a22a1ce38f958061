import { createHash } from "node:crypto";
import { sql, type Tx } from "../../platform/db/index.ts";
import type { Candidate, Decision } from "./action.ts";

export interface NewDecision extends Decision {
  readonly customerId: string;
  readonly usesProfile: boolean;
  readonly top: Candidate | null;
  /** Minor units at stake in the first duty or care. */
  readonly attention: number;
}

/** On the worker. Customers from that id on, in order. */
export async function customersAfter(tx: Tx, after: string | null, rows: number): Promise<string[]> {
  const { rows: found } = await sql<{ id: string }>`
    select customer_id as id from customers.published_customer where ${after}::uuid is null or customer_id > ${after}::uuid order by 1 limit ${rows}`.execute(
    tx,
  );
  return found.map(({ id }) => id);
}

/** On the worker. Whether anything was ever decided. */
export async function hasDecisions(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists (select from intelligence.offer_decision where is_current) as any`.execute(tx);
  return rows[0]?.any ?? false;
}

/** On the worker. Whose decision time may have changed, or what they said; at most so many. */
export async function customersDue(tx: Tx, today: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from intelligence.offer_decision where is_current and due_on <= ${today}::date order by due_on, customer_id limit ${most}`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

/** On the worker. How many customers outside these are proposed which sale first. */
export async function countSales(tx: Tx, besides: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; n: number }>`
    select top_action as id, count(*)::int as n from intelligence.offer_decision
    where is_current and top_kind = 'sale' and customer_id <> all (${besides}::uuid[]) group by 1`.execute(tx);
  return new Map(rows.map(({ id, n }) => [id, n]));
}

/**
 * On the worker. Puts decisions in the place of those before. One that came out as before stays, and is only looked at again later; a customer that moves
 * between arms begins anew there. Answers with how many are new.
 */
export async function saveDecisions(
  tx: Tx,
  at: { readonly today: string; readonly now: Date; readonly versions: Readonly<Record<string, number>> },
  decisions: readonly NewDecision[],
): Promise<number> {
  const versions = JSON.stringify(at.versions);
  const rows = decisions.map((decision) => ({ ...decision, written: JSON.stringify(decision.candidates) }));
  const marked = rows.map((row) => ({ row, fingerprint: fingerprintOf(row, versions) }));
  const { rows: same } = await sql<{ id: string }>`
    update intelligence.offer_decision d set due_on = g.due_on
    from unnest(${rows.map(({ customerId }) => customerId)}::uuid[], ${marked.map(({ fingerprint }) => fingerprint)}::bytea[],
      ${rows.map(({ dueOn }) => dueOn)}::date[]) as g (customer_id, fingerprint, due_on)
    where d.customer_id = g.customer_id and d.is_current and d.fingerprint = g.fingerprint returning d.customer_id as id`.execute(tx);
  const kept = new Set(same.map(({ id }) => id));
  const news = marked.filter(({ row }) => !kept.has(row.customerId));
  if (news.length === 0) return 0;
  const { rows: formers } = await sql<{ id: string; arm: string; since: string }>`
    update intelligence.offer_decision set is_current = false
    where customer_id = any (${news.map(({ row }) => row.customerId)}::uuid[]) and is_current
    returning customer_id as id, arm, arm_since as since`.execute(tx);
  const since = new Map(formers.map((former) => [`${former.id} ${former.arm}`, former.since]));
  const inserted = await sql`
    insert into intelligence.offer_decision (customer_id, arm, arm_since, explored, propensity, uses_profile, top_action, top_kind, attention, due_on, candidates,
      fingerprint, decided_on, decided_at, versions)
    select g.*, ${at.today}::date, ${at.now}::timestamptz, ${versions}::jsonb
    from unnest(${news.map(({ row }) => row.customerId)}::uuid[], ${news.map(({ row }) => row.arm)}::text[],
      ${news.map(({ row }) => since.get(`${row.customerId} ${row.arm}`) ?? at.today)}::date[], ${news.map(({ row }) => row.explored)}::bool[],
      ${news.map(({ row }) => row.propensity)}::real[], ${news.map(({ row }) => row.usesProfile)}::bool[],
      ${news.map(({ row }) => row.top?.actionId ?? null)}::text[], ${news.map(({ row }) => row.top?.kind ?? null)}::text[],
      ${news.map(({ row }) => row.attention)}::bigint[], ${news.map(({ row }) => row.dueOn)}::date[], ${news.map(({ row }) => row.written)}::jsonb[],
      ${news.map(({ fingerprint }) => fingerprint)}::bytea[]) as g`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0n);
}

/** Due days move by themselves and are not of it. */
const fingerprintOf = (
  { arm, explored, propensity, usesProfile, written }: NewDecision & { readonly written: string },
  versions: string,
): Buffer => createHash("sha256").update(`${arm} ${explored} ${propensity} ${usesProfile} ${versions} ${written}`).digest().subarray(0, 16);

/** On the worker. Decisions that were replaced before the day. */
export async function forgetOld(tx: Tx, before: string): Promise<void> {
  await sql`delete from intelligence.offer_decision where not is_current and decided_on < ${before}::date`.execute(tx);
}
