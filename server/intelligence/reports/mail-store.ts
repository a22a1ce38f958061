import { sql, type Tx } from "../../platform/db/index.ts";
import type { MailTime } from "./contract.ts";

export interface MailOrder extends MailTime {
  readonly nextAt: Date;
  readonly sentAt: Date | null;
  readonly failure: string | null;
}

export interface MailKey {
  readonly personId: string;
  readonly reportId: string;
}

export async function findOrder(tx: Tx, { personId, reportId }: MailKey): Promise<MailOrder | null> {
  const { rows } = await sql<MailOrder>`
    select every, hour, zone, next_at as "nextAt", sent_at as "sentAt", failure from intelligence.report_mail where person_id = ${personId} and report_id = ${reportId}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export async function countOrders(tx: Tx, personId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from intelligence.report_mail where person_id = ${personId}`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

export async function saveOrder(tx: Tx, { personId, reportId }: MailKey, { every, hour, zone }: MailTime, nextAt: Date): Promise<void> {
  await sql`
    insert into intelligence.report_mail (person_id, report_id, every, hour, zone, next_at) values (${personId}, ${reportId}, ${every}, ${hour}, ${zone}, ${nextAt})
    on conflict (person_id, report_id) do update set every = excluded.every, hour = excluded.hour, zone = excluded.zone, next_at = excluded.next_at, failure = null`.execute(
    tx,
  );
}

export async function deleteOrder(tx: Tx, { personId, reportId }: MailKey): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from intelligence.report_mail where person_id = ${personId} and report_id = ${reportId}`.execute(tx);
  return numAffectedRows === 1n;
}

/** Those whose time has come, the longest waiting first. Worker role. */
export async function listDue(tx: Tx, now: Date, rows: number): Promise<MailKey[]> {
  const found = await sql<MailKey>`
    select person_id as "personId", report_id as "reportId" from intelligence.report_mail where next_at <= ${now} order by next_at limit ${rows}`.execute(
    tx,
  );
  return found.rows;
}

/** How it went, and when the next is due. Worker role. */
export async function noteSent(
  tx: Tx,
  { personId, reportId }: MailKey,
  nextAt: Date,
  outcome: { sentAt: Date } | { failure: string },
): Promise<void> {
  const [sentAt, failure] = "sentAt" in outcome ? [outcome.sentAt, null] : [null, outcome.failure.slice(0, 60)];
  await sql`
    update intelligence.report_mail set next_at = ${nextAt}, sent_at = coalesce(${sentAt}, sent_at), failure = ${failure}
    where person_id = ${personId} and report_id = ${reportId}`.execute(tx);
}
