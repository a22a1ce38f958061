import { sql, type Tx } from "../../platform/db/index.ts";
import type { Candidate } from "./action.ts";
import type { Answer, Arm } from "./contract.ts";

// Everything here runs as the person who asks: row security decides what is there.

/** null: no such customer for this person. */
export async function readLanguage(tx: Tx, customerId: string): Promise<{ language: string | null } | null> {
  const { rows } = await sql<{
    language: string | null;
  }>`select language from customers.customer where customer_id = ${customerId}`.execute(tx);
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
  readonly answeredAt: Date;
  readonly answeredBy: string;
}

/** Newest first. */
export async function listAnswers(tx: Tx, customerId: string, most: number): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select a.answer_id as "answerId", a.action_id as "actionId", a.answer, a.answered_at as "answeredAt", a.answered_by as "answeredBy"
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
  readonly decision: DecisionRow;
  readonly by: string;
  readonly at: Date;
}

export async function insertAnswer(tx: Tx, { answerId, partyId, actionId, answer, decision, by, at }: NewAnswer): Promise<void> {
  await sql`
    insert into intelligence.offer_answer (party_id, answer_id, action_id, answer, decision_id, arm, explored, propensity, answered_by, answered_at)
    values (${partyId}, ${answerId}, ${actionId}, ${answer}, ${decision.decisionId}, ${decision.arm}, ${decision.explored}, ${decision.propensity}, ${by}, ${at})`.execute(
    tx,
  );
}

export async function ownsPortfolio(tx: Tx, personId: string): Promise<boolean> {
  const { rows } = await sql<{ owns: boolean }>`
    select exists (select from governance.portfolio p join customers.customer c using (portfolio_id) where p.owner_user_id = ${personId}) as owns`.execute(
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
    from intelligence.offer_decision d join customers.customer c using (customer_id)
    where d.is_current and ${of.sales ? sql`d.attention = 0 and d.top_kind = 'sale'` : sql`d.attention > 0`}
      and (${of.ownerId}::uuid is null or c.portfolio_id in (select portfolio_id from governance.portfolio where owner_user_id = ${of.ownerId}::uuid))
      and not exists (select from customers.published_party p join intelligence.offer_answer a using (party_id)
        where p.customer_id = d.customer_id and a.answered_at > d.decided_at)
    order by d.attention desc, ${of.sales ? sql`(d.candidates -> 0 -> 'factors' ->> 'score')::bigint desc,` : sql``} d.customer_id limit ${of.rows}`.execute(
    tx,
  );
  return rows;
}
