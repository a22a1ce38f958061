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
  const given = sql`unnest(${decisions.map(({ customerId }) => customerId)}::uuid[], ${decisions.map(({ arm }) => arm)}::text[],
      ${decisions.map(({ explored }) => explored)}::bool[], ${decisions.map(({ propensity }) => propensity)}::real[],
      ${decisions.map(({ usesProfile }) => usesProfile)}::bool[], ${decisions.map(({ top }) => top?.actionId ?? null)}::text[],
      ${decisions.map(({ top }) => top?.kind ?? null)}::text[], ${decisions.map(({ attention }) => attention)}::bigint[],
      ${decisions.map(({ dueOn }) => dueOn)}::date[], ${decisions.map(({ candidates }) => JSON.stringify(candidates))}::text[])
    as g (customer_id, arm, explored, propensity, uses_profile, top_action, top_kind, attention, due_on, candidates)`;
  const { rows: same } = await sql<{ id: string }>`
    update intelligence.offer_decision d set due_on = g.due_on from ${given}
    where d.customer_id = g.customer_id and d.is_current and d.arm = g.arm and d.explored = g.explored and d.uses_profile = g.uses_profile
      and d.versions = ${versions}::jsonb and d.candidates = g.candidates::jsonb
    returning d.customer_id as id`.execute(tx);
  const kept = same.map(({ id }) => id);
  const result = await sql`
    with former as (
      update intelligence.offer_decision d set is_current = false
      where d.customer_id = any (${decisions.map(({ customerId }) => customerId)}::uuid[]) and d.customer_id <> all (${kept}::uuid[]) and d.is_current
      returning d.customer_id, d.arm, d.arm_since)
    select customer_id, arm, arm_since from former`.execute(tx);
  const formers = result.rows as { customer_id: string; arm: string; arm_since: string }[];
  const inserted = await sql`
    insert into intelligence.offer_decision (customer_id, decided_on, decided_at, due_on, arm, arm_since, explored, propensity, uses_profile, top_action, top_kind,
      attention, candidates, versions)
    select g.customer_id, ${at.today}::date, ${at.now}, g.due_on, g.arm, coalesce(f.since, ${at.today}::date), g.explored, g.propensity, g.uses_profile,
      g.top_action, g.top_kind, g.attention, g.candidates::jsonb, ${versions}::jsonb
    from ${given} left join unnest(${formers.map((row) => row.customer_id)}::uuid[], ${formers.map(({ arm }) => arm)}::text[],
      ${formers.map((row) => row.arm_since)}::date[]) as f (customer_id, arm, since) on f.customer_id = g.customer_id and f.arm = g.arm
    where g.customer_id <> all (${kept}::uuid[])`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0n);
}

/** On the worker. Decisions that were replaced before the day. */
export async function forgetOld(tx: Tx, before: string): Promise<void> {
  await sql`delete from intelligence.offer_decision where not is_current and decided_on < ${before}::date`.execute(tx);
}
