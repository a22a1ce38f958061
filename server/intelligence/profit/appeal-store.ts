import { sql, type Tx } from "../../platform/db/index.ts";
import { APPEALS_MAX, type Appeal } from "./contract.ts";

const described = (caller: string) => sql`
  a.appeal_id as "appealId", c.customer_id as "customerId", c.customer_no as "customerNo", c.full_name as "fullName", c.language,
  (select t.tier from intelligence.customer_tier t where t.customer_id = c.customer_id) as "currentTier", a.tier, a.reason, a.state,
  coalesce(p.display_name, '') as "askedByName", a.asked_by = ${caller}::uuid as "isOwn", a.asked_at as "askedAt", a.until,
  d.display_name as "decidedByName", a.decided_at as "decidedAt", a.note
  from intelligence.tier_appeal a join customers.published_party y using (party_id) join customers.published_customer c using (customer_id)
    left join governance.app_user p on p.user_id = a.asked_by left join governance.app_user d on d.user_id = a.decided_by`;

export async function listAppealsOf(tx: Tx, caller: string, customerId: string): Promise<Appeal[]> {
  const { rows } =
    await sql<Appeal>`select ${described(caller)} where c.customer_id = ${customerId} order by a.asked_at desc limit 20`.execute(tx);
  return rows;
}

/** Those that wait first, then the newest. */
export async function listAppeals(tx: Tx, caller: string): Promise<Appeal[]> {
  const { rows } = await sql<Appeal>`
    select ${described(caller)} order by a.state <> 'asked', a.asked_at desc, a.appeal_id limit ${APPEALS_MAX}`.execute(tx);
  return rows;
}

/** The record an appeal is written at: the customer's first; null when there is no such customer for the caller. */
export async function findParty(tx: Tx, customerId: string): Promise<string | null> {
  const { rows } = await sql<{ partyId: string }>`
    select party_id as "partyId" from customers.published_party where customer_id = ${customerId} order by source_id, source_key limit 1`.execute(
    tx,
  );
  return rows[0]?.partyId ?? null;
}

/** null when one waits already. */
export async function insertAppeal(
  tx: Tx,
  { partyId, tier, reason, by }: { partyId: string; tier: string; reason: string; by: string },
): Promise<string | null> {
  const { rows } = await sql<{ appealId: string }>`
    insert into intelligence.tier_appeal (party_id, tier, reason, asked_by) values (${partyId}, ${tier}, ${reason}, ${by})
    on conflict do nothing returning appeal_id as "appealId"`.execute(tx);
  return rows[0]?.appealId ?? null;
}

export async function findAppeal(tx: Tx, appealId: string) {
  const { rows } = await sql<{ customerId: string; askedBy: string; state: string; tier: string }>`
    select y.customer_id as "customerId", a.asked_by as "askedBy", a.state, a.tier from intelligence.tier_appeal a join customers.published_party y using (party_id)
    where a.appeal_id = ${appealId}`.execute(tx);
  return rows[0] ?? null;
}

/** False when somebody was quicker, or it is the caller's own. */
export async function saveDecision(
  tx: Tx,
  appealId: string,
  { state, until, note, by }: { state: "granted" | "refused"; until: string | null; note: string; by: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update intelligence.tier_appeal set state = ${state}, until = ${until}::date, note = ${note}, decided_by = ${by}, decided_at = now()
    where appeal_id = ${appealId} and state = 'asked' and asked_by <> ${by}`.execute(tx);
  return numAffectedRows === 1n;
}
