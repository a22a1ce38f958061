import { notProfiled } from "../../customers/consents/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import type { Band, ScoreReason } from "./contract.ts";

export interface ScoreRow {
  readonly customerId: string;
  readonly item: string;
  readonly chance: number;
  readonly band: Band;
  readonly reasons: ScoreReason[];
}

/** On the worker. The next customers with facts, in the order of their ids. */
export async function customersAfter(tx: Tx, after: string | null, rows: number): Promise<string[]> {
  const { rows: found } = await sql<{ id: string }>`
    select customer_id as id from intelligence.customer_fact where ${after}::uuid is null or customer_id > ${after}::uuid order by 1 limit ${rows}`.execute(
    tx,
  );
  return found.map(({ id }) => id);
}

/**
 * On the worker. Puts these scores in the place of those the customers had from this version for this day; who has none any more keeps none. Of two runs at once
 * (a night's, and one because a version was deployed) one waits for the other's slice.
 */
export async function replaceScores(
  tx: Tx,
  of: {
    readonly modelId: string;
    readonly version: number;
    readonly asOf: string;
    readonly customerIds: readonly string[];
    readonly now: Date;
  },
  scores: readonly ScoreRow[],
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`scores of ${of.modelId} ${of.version}`}, 0))`.execute(tx);
  await sql`delete from intelligence.customer_score where model_id = ${of.modelId} and version = ${of.version} and as_of = ${of.asOf}
    and customer_id = any (${of.customerIds}::uuid[])`.execute(tx);
  await sql`
    insert into intelligence.customer_score (customer_id, model_id, as_of, version, item, chance, band, reasons, scored_at)
    select u.id, ${of.modelId}, ${of.asOf}, ${of.version}, u.item, u.chance, u.band, u.reasons::jsonb, ${of.now}
    from unnest(${scores.map(({ customerId }) => customerId)}::uuid[], ${scores.map(({ item }) => item)}::text[], ${scores.map(({ chance }) => chance)}::real[],
      ${scores.map(({ band }) => band)}::text[], ${scores.map(({ reasons }) => JSON.stringify(reasons))}::text[]) as u (id, item, chance, band, reasons)`.execute(
    tx,
  );
}

/** On the worker. Scores of customers who object, or are gone, are withdrawn; `customerIds` null: of everybody. */
export async function withdrawScores(tx: Tx, customerIds: readonly string[] | null): Promise<void> {
  await sql`
    delete from intelligence.customer_score s where (${customerIds}::uuid[] is null or s.customer_id = any (${customerIds}::uuid[]))
      and (s.customer_id in (select ${notProfiled(customerIds)})
        or not exists (select from customers.published_customer c where c.customer_id = s.customer_id))`.execute(tx);
}

/** On the worker. Scores older than so many months go. */
export async function forgetOldScores(tx: Tx, before: string): Promise<void> {
  await sql`delete from intelligence.customer_score where as_of < ${before}`.execute(tx);
}

export interface CustomerScoreRow extends ScoreRow {
  readonly modelId: string;
  readonly asOf: string;
  readonly version: number;
  readonly scoredAt: Date;
}

/** What the champions say of one customer, newest day first, best answer first. As the person who asks. */
export async function readScoresOf(tx: Tx, customerId: string, most: number): Promise<CustomerScoreRow[]> {
  const { rows } = await sql<CustomerScoreRow>`
    select s.model_id as "modelId", s.as_of as "asOf", s.version, s.customer_id as "customerId", s.item, s.chance, s.band, s.reasons, s.scored_at as "scoredAt"
    from intelligence.customer_score s join intelligence.model m on m.model_id = s.model_id and m.champion_version = s.version
    where s.customer_id = ${customerId} order by s.as_of desc, s.model_id, s.chance desc, s.item limit ${most}`.execute(tx);
  return rows;
}

/** The course of a customer's scores over the months, whichever version gave them; of scores by item none. */
export async function readScoreHistory(
  tx: Tx,
  customerId: string,
  months: number,
): Promise<{ modelId: string; asOf: string; chance: number; band: Band }[]> {
  const { rows } = await sql<{ modelId: string; asOf: string; chance: number; band: Band }>`
    select * from (
      select distinct on (s.model_id, s.as_of) s.model_id as "modelId", s.as_of as "asOf", s.chance, s.band
      from intelligence.customer_score s
      where s.customer_id = ${customerId} and s.item = ''
        and exists (select from intelligence.model_deployment d where d.model_id = s.model_id and d.place = 'champion' and d.version = s.version)
      order by s.model_id, s.as_of, s.scored_at desc) h
    order by h."asOf" desc limit ${2 * months}`.execute(tx);
  return rows.reverse();
}

/** Of a customer whom the caller sees, whether models may speak of them; null: no such customer. */
export async function isProfiled(tx: Tx, customerId: string): Promise<boolean | null> {
  const { rows } = await sql<{ profiled: boolean }>`
    select customers.may_profile(customer_id) as profiled from customers.published_customer where customer_id = ${customerId}`.execute(tx);
  return rows[0]?.profiled ?? null;
}
