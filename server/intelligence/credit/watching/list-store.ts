import { sql, type Tx } from "../../../platform/db/index.ts";
import type { WatchRule } from "../rules.ts";
import type { AlertKind } from "./store.ts";

// Everything here runs as the person who asks: row security decides what is there.

export interface WatchRow {
  readonly watchId: string;
  readonly partyId: string;
  readonly rule: WatchRule | null;
  readonly reason: string | null;
  readonly enteredBy: string;
  readonly enteredAt: Date;
  readonly reviewOn: string;
  readonly actions: string;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  readonly leftBy: string | null;
  readonly leftAt: Date | null;
  readonly leftReason: string | null;
  readonly version: number;
}

const columns = sql`w.watch_id as "watchId", w.party_id as "partyId", w.rule, w.reason, w.entered_by as "enteredBy", w.entered_at as "enteredAt",
  w.review_on as "reviewOn", w.actions, w.reviewed_by as "reviewedBy", w.reviewed_at as "reviewedAt", w.left_by as "leftBy", w.left_at as "leftAt",
  w.left_reason as "leftReason", w.version`;

const WATCHES_MAX = 20;

/** Standing ones first, then the last left. */
export async function listWatchOf(tx: Tx, customerId: string): Promise<WatchRow[]> {
  const { rows } = await sql<WatchRow>`
    select ${columns} from customers.published_party p join intelligence.watch_entry w using (party_id) where p.customer_id = ${customerId}
    order by w.left_at desc nulls first, w.entered_at desc limit ${WATCHES_MAX}`.execute(tx);
  return rows;
}

export interface WatchedRow extends WatchRow {
  readonly customerId: string;
  readonly fullName: string;
  readonly customerNo: string;
  readonly branchName: string | null;
  readonly band: string | null;
  readonly daysPastDue: number | null;
  readonly drawnMinor: bigint | null;
  readonly expectedLossMinor: bigint | null;
}

/** `overdue`: only those whose review was due before that day. */
export async function listWatched(tx: Tx, request: { left: boolean; overdueOn: string | null; max: number }): Promise<WatchedRow[]> {
  const { rows } = await sql<WatchedRow>`
    select ${columns}, c.customer_id as "customerId", c.full_name as "fullName", c.customer_no as "customerNo",
      (select u.name from governance.organisation_unit u where u.unit_id = c.branch_id) as "branchName", r.band, r.days_past_due as "daysPastDue",
      r.drawn_minor as "drawnMinor", r.expected_loss_minor as "expectedLossMinor"
    from intelligence.watch_entry w join customers.published_party p using (party_id) join customers.published_customer c using (customer_id)
      left join intelligence.credit_rating r using (customer_id)
    where (w.left_at is not null) = ${request.left} and (${request.overdueOn}::date is null or w.review_on < ${request.overdueOn})
    order by case when ${request.left} then w.left_at end desc nulls last, w.review_on, r.expected_loss_minor desc nulls last, w.watch_id limit ${request.max}`.execute(
    tx,
  );
  return rows;
}

export async function insertWatch(
  tx: Tx,
  entry: { partyId: string; watchId: string; reason: string; reviewOn: string; actions: string; by: string },
): Promise<void> {
  await sql`
    insert into intelligence.watch_entry (party_id, watch_id, reason, entered_by, review_on, actions)
    values (${entry.partyId}, ${entry.watchId}, ${entry.reason}, ${entry.by}, ${entry.reviewOn}, ${entry.actions})`.execute(tx);
}

export async function isWatched(tx: Tx, customerId: string): Promise<boolean> {
  const { rows } = await sql`
    select from customers.published_party p join intelligence.watch_entry w using (party_id) where p.customer_id = ${customerId} and w.left_at is null`.execute(
    tx,
  );
  return rows.length > 0;
}

/** With the customer it is on by now; waits for who is changing it. */
export async function lockWatch(tx: Tx, partyId: string, watchId: string): Promise<(WatchRow & { readonly customerId: string }) | null> {
  const { rows } = await sql<WatchRow & { readonly customerId: string }>`
    select ${columns}, p.customer_id as "customerId" from intelligence.watch_entry w join customers.published_party p using (party_id)
    where w.party_id = ${partyId} and w.watch_id = ${watchId}`.execute(tx);
  return rows[0] ?? null;
}

/** False when somebody was faster. */
export async function saveReview(
  tx: Tx,
  review: { partyId: string; watchId: string; version: number; reviewOn: string; actions: string; by: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update intelligence.watch_entry set review_on = ${review.reviewOn}, actions = ${review.actions}, reviewed_by = ${review.by}, reviewed_at = ${review.at}, version = version + 1
    where party_id = ${review.partyId} and watch_id = ${review.watchId} and version = ${review.version} and left_at is null returning version`.execute(
    tx,
  );
  return rows.length > 0;
}

/** False when somebody was faster. */
export async function saveLeave(
  tx: Tx,
  leave: { partyId: string; watchId: string; version: number; reason: string; by: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update intelligence.watch_entry set left_by = ${leave.by}, left_at = ${leave.at}, left_reason = ${leave.reason}, version = version + 1
    where party_id = ${leave.partyId} and watch_id = ${leave.watchId} and version = ${leave.version} and left_at is null returning version`.execute(
    tx,
  );
  return rows.length > 0;
}

export interface AlertRow {
  readonly alertId: string;
  readonly kind: AlertKind;
  readonly openedAt: Date;
  readonly seenAt: Date | null;
}

/** Of a group only who sees the whole bank is told: its sum tells of members others may not see. */
const told = sql`(a.kind <> 'group_limit_breached' or (select governance.sees_whole_bank()))`;

export async function listAlertsOf(tx: Tx, customerId: string): Promise<AlertRow[]> {
  const { rows } = await sql<AlertRow>`
    select a.alert_id as "alertId", a.kind, a.opened_at as "openedAt", a.seen_at as "seenAt"
    from customers.published_party p join intelligence.credit_alert a using (party_id)
    where p.customer_id = ${customerId} and a.closed_at is null and ${told} order by a.opened_at desc limit 20`.execute(tx);
  return rows;
}

export interface OwnAlertRow extends Omit<AlertRow, "seenAt"> {
  readonly partyId: string;
  readonly customerId: string;
  readonly fullName: string;
  readonly band: string | null;
  readonly daysPastDue: number | null;
}

/** Of the customers in the caller's own portfolios, not seen yet. */
export async function listOwnAlerts(tx: Tx, max: number): Promise<OwnAlertRow[]> {
  const { rows } = await sql<OwnAlertRow>`
    select a.party_id as "partyId", a.alert_id as "alertId", a.kind, c.customer_id as "customerId", c.full_name as "fullName", r.band,
      r.days_past_due as "daysPastDue", a.opened_at as "openedAt"
    from customers.published_customer c join customers.published_party p using (customer_id) join intelligence.credit_alert a using (party_id)
      left join intelligence.credit_rating r using (customer_id)
    where c.portfolio_id = any ((select governance.visible_portfolios())::uuid[]) and a.closed_at is null and a.seen_at is null and ${told}
    order by array_position(array['limit_breached', 'group_limit_breached', 'watched', 'band_worsened'], a.kind), a.opened_at desc, a.alert_id limit ${max}`.execute(
    tx,
  );
  return rows;
}

/** Answers the customer; null where there is no such alert for the caller. */
export async function markSeen(tx: Tx, partyId: string, alertId: string, by: string, at: Date): Promise<string | null> {
  const { rows } = await sql<{ customerId: string }>`
    update intelligence.credit_alert a set seen_by = ${by}, seen_at = ${at} from customers.published_party p
    where p.party_id = a.party_id and a.party_id = ${partyId} and a.alert_id = ${alertId} returning p.customer_id as "customerId"`.execute(
    tx,
  );
  return rows[0]?.customerId ?? null;
}
