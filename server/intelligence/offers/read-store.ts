import { sql, type Tx } from "../../platform/db/index.ts";
import type { Candidate } from "./action.ts";
import type { Answer, Arm, SpokenChannel } from "./contract.ts";

// Everything here runs as the person who asks: row security decides what is there.

/** null: no such customer for this person. */
export async function readLanguage(tx: Tx, customerId: string): Promise<{ language: string | null } | null> {
  const { rows } = await sql<{
    language: string | null;
  }>`select language from customers.published_customer where customer_id = ${customerId}`.execute(tx);
  return rows[0] ?? null;
}

export interface DecisionRow {
  readonly decisionId: string;
  readonly decidedOn: string;
  readonly decidedAt: Date;
  readonly arm: Arm;
  readonly explored: boolean;
  readonly propensity: number | null;
  readonly usesProfile: boolean;
  readonly candidates: readonly Candidate[];
  readonly shownAt: Date | null;
}

export async function findDecision(tx: Tx, customerId: string): Promise<DecisionRow | null> {
  const { rows } = await sql<DecisionRow>`
    select decision_id as "decisionId", decided_on as "decidedOn", decided_at as "decidedAt", arm, explored, propensity, uses_profile as "usesProfile", candidates, shown_at as "shownAt"
    from intelligence.offer_decision where customer_id = ${customerId} and is_current`.execute(tx);
  return rows[0] ?? null;
}

export interface BelongsRow {
  readonly customerId: string;
  readonly actionId: string;
  /** Whether the segment of the action is there, and whether the customer is in it. */
  readonly isThere: boolean;
  readonly isIn: boolean;
}

/** Of these customers, for each action that is for a segment; at most 200 customers, and none the caller does not see. */
export async function readBelonging(tx: Tx, customerIds: readonly string[]): Promise<BelongsRow[]> {
  const { rows } = await sql<BelongsRow>`
    select customer_id as "customerId", action_id as "actionId", is_there as "isThere", is_in as "isIn" from intelligence.offer_standing(${customerIds}::uuid[])`.execute(
    tx,
  );
  return rows;
}

/** Once a decision: when it was first in front of a person of the bank. */
export async function noteShown(tx: Tx, customerId: string, now: Date): Promise<void> {
  await sql`update intelligence.offer_decision set shown_at = ${now} where customer_id = ${customerId} and is_current and shown_at is null`.execute(
    tx,
  );
}

/** The customer is decided upon anew with the next round. */
export async function makeDue(tx: Tx, customerId: string, today: string): Promise<void> {
  await sql`update intelligence.offer_decision set due_on = ${today}::date where customer_id = ${customerId} and is_current`.execute(tx);
}

/** A suspicion of fraud that is open now, whenever the decision was made. */
export async function hasOpenAlert(tx: Tx, customerId: string): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select exists (select from customers.published_party p join intelligence.fraud_alert a using (party_id)
      where p.customer_id = ${customerId} and a.state <> 'closed') as open`.execute(tx);
  return rows[0]?.open ?? false;
}

export interface AnswerRow {
  readonly answerId: string;
  readonly actionId: string;
  readonly answer: Answer;
  readonly channel: SpokenChannel | null;
  readonly answeredAt: Date;
  readonly answeredBy: string;
}

/** Newest first. */
export async function listAnswers(tx: Tx, customerId: string, most: number): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select a.answer_id as "answerId", a.action_id as "actionId", a.answer, a.channel, a.answered_at as "answeredAt", a.answered_by as "answeredBy"
    from customers.published_party p join intelligence.offer_answer a using (party_id) where p.customer_id = ${customerId}
    order by a.answered_at desc, a.answer_id desc limit ${most}`.execute(tx);
  return rows;
}

/** The record an answer hangs on. */
export async function findParty(tx: Tx, customerId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select party_id as id from customers.published_party where customer_id = ${customerId} order by party_id limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

export interface NewAnswer {
  readonly answerId: string;
  readonly partyId: string;
  readonly actionId: string;
  readonly answer: Answer;
  readonly channel: SpokenChannel;
  readonly decision: DecisionRow;
  readonly by: string;
  readonly at: Date;
}

export async function insertAnswer(tx: Tx, { answerId, partyId, actionId, answer, channel, decision, by, at }: NewAnswer): Promise<void> {
  await sql`
    insert into intelligence.offer_answer (party_id, answer_id, action_id, answer, channel, decision_id, arm, explored, propensity, answered_by, answered_at)
    values (${partyId}, ${answerId}, ${actionId}, ${answer}, ${channel}, ${decision.decisionId}, ${decision.arm}, ${decision.explored}, ${decision.propensity}, ${by}, ${at})`.execute(
    tx,
  );
}

/** Takes an answer of a customer away, if that person wrote it since then. Answers what it was; null: it is not there, or not to be taken back. */
export async function deleteAnswer(
  tx: Tx,
  of: { readonly customerId: string; readonly answerId: string; readonly by: string; readonly since: Date },
): Promise<{ actionId: string; answer: Answer } | null> {
  const { rows } = await sql<{ actionId: string; answer: Answer }>`
    delete from intelligence.offer_answer a using customers.published_party p
    where p.party_id = a.party_id and p.customer_id = ${of.customerId} and a.answer_id = ${of.answerId} and a.answered_by = ${of.by} and a.answered_at > ${of.since}
    returning a.action_id as "actionId", a.answer`.execute(tx);
  return rows[0] ?? null;
}

export async function ownsPortfolio(tx: Tx, personId: string): Promise<boolean> {
  const { rows } = await sql<{ owns: boolean }>`
    select exists (select from governance.portfolio p join customers.published_customer c using (portfolio_id) where p.owner_user_id = ${personId}) as owns`.execute(
    tx,
  );
  return rows[0]?.owns ?? false;
}

export interface AttentionRow {
  readonly customerId: string;
  readonly customerNo: string;
  readonly fullName: string;
  readonly latinName: string | null;
  readonly language: string | null;
  readonly decidedOn: string;
  readonly candidates: readonly Candidate[];
}

/**
 * Whom most is at stake with today, of the portfolios the person keeps or of all they see; whoever was answered since it was decided is left out, and with
 * `sales` come those of whom nothing but a sale is to be said, behind.
 */
export async function listPressing(
  tx: Tx,
  of: { readonly ownerId: string | null; readonly sales: boolean; readonly rows: number },
): Promise<AttentionRow[]> {
  const { rows } = await sql<AttentionRow>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.full_name as "fullName", c.latin_name as "latinName", c.language,
      d.decided_on as "decidedOn", d.candidates
    from intelligence.offer_decision d join customers.published_customer c using (customer_id)
    where d.is_current and ${of.sales ? sql`d.attention = 0 and d.top_kind = 'sale'` : sql`d.attention > 0`}
      and (${of.ownerId}::uuid is null or c.portfolio_id in (select portfolio_id from governance.portfolio where owner_user_id = ${of.ownerId}::uuid))
      and not exists (select from customers.published_party p join intelligence.offer_answer a using (party_id)
        where p.customer_id = d.customer_id and a.answered_at > d.decided_at)
    order by d.attention desc, ${of.sales ? sql`(d.candidates -> 0 -> 'factors' ->> 'score')::bigint desc,` : sql``} d.customer_id limit ${of.rows}`.execute(
    tx,
  );
  return rows;
}
