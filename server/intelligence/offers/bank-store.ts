import { sql, type Tx } from "../../platform/db/index.ts";
import type { OfferAction, OfferPolicy } from "./action.ts";
import { ACTIONS_MAX } from "./contract.ts";

/** Money of actions is reckoned with as numbers: estimates, far below 2^53. */
export async function listActions(tx: Tx): Promise<OfferAction[]> {
  const { rows } = await sql<OfferAction>`
    select action_id as "actionId", kind, signal, product, purpose, uses_profile as "usesProfile", place, base_rate as "baseRate", gain_minor::float8 as "gainMinor",
      gain_share as "gainShare", cost_minor::float8 as "costMinor", loss_minor::float8 as "lossMinor", default_max as "defaultMax", age_min as "ageMin", age_max as "ageMax",
      customer_kinds as "customerKinds", countries::text[] as countries, lever, active, segment_id as "segmentId", version
    from intelligence.offer_action order by place limit ${ACTIONS_MAX}`.execute(tx);
  return rows;
}

export async function readPolicy(tx: Tx): Promise<OfferPolicy> {
  const { rows } = await sql<OfferPolicy>`
    select version, hold_out_share as "holdOutShare", random_share as "randomShare", exploration_share as "explorationShare", refused_max as "refusedMax",
      refused_days as "refusedDays", pause_days as "pauseDays", later_days as "laterDays", contacts_day as "contactsDay", contacts_week as "contactsWeek",
      contacts_month as "contactsMonth", product_share_max as "productShareMax", phone_week as "phoneWeek",
      email_week as "emailWeek", exposure_min as "exposureMin" from intelligence.offer_policy`.execute(tx);
  const [policy] = rows;
  if (policy === undefined) throw new Error("no rules of the house");
  return policy;
}

/** The number of the latest change of any setting; 0: as the product came. */
export async function readSettingsVersion(tx: Tx): Promise<number> {
  const { rows } = await sql<{ no: number }>`select coalesce(max(change_no), 0)::int as no from intelligence.offer_change`.execute(tx);
  return rows[0]?.no ?? 0;
}

/** What is drawn with. */
export async function readSalt(tx: Tx): Promise<string> {
  const { rows } = await sql<{ salt: string }>`select salt from intelligence.offer_policy`.execute(tx);
  return rows[0]?.salt ?? "";
}

/** By action, since the day. "later" is an answer that is not yes. */
export async function countAnswers(tx: Tx, since: Date): Promise<ReadonlyMap<string, { agreed: number; all: number }>> {
  const { rows } = await sql<{ id: string; agreed: number; all: number }>`
    select action_id as id, count(*) filter (where answer = 'agreed')::int as agreed, count(*)::int as "all"
    from intelligence.offer_answer where answered_at >= ${since} group by 1`.execute(tx);
  return new Map(rows.map(({ id, agreed, all }) => [id, { agreed, all }]));
}

/** The average chance of default of who has one; 0 where nobody has. */
export async function readAverageDefault(tx: Tx): Promise<number> {
  const { rows } = await sql<{
    mean: number;
  }>`select coalesce(avg(default_share), 0)::float8 as mean from intelligence.customer_fact`.execute(tx);
  return rows[0]?.mean ?? 0;
}

export async function servingVersions(tx: Tx): Promise<Record<string, number>> {
  const { rows } = await sql<{ id: string; version: number }>`
    select model_id as id, champion_version as version from intelligence.model where champion_version is not null and model_id in ('churn', 'next_product')
    order by 1`.execute(tx);
  return Object.fromEntries(rows.map(({ id, version }) => [id, version]));
}
