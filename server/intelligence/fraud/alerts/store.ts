import { sql, type Tx } from "../../../platform/db/index.ts";
import type { Alert, Outcome } from "./contract.ts";

const COUNT_MAX = 10_000;

/** Names are added by the verb. */
export type AlertRow = Omit<Alert, "assigneeName" | "currency">;

const wall = (column: string) => sql.raw(`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS')`);
const alertColumns = sql`
  a.alert_id as "alertId", c.customer_id as "customerId", c.full_name as "customerName", c.customer_no as "customerNo", a.state, a.outcome, a.action,
  ${wall("a.first_at")} as "firstAt", ${wall("a.last_at")} as "lastAt", a.payments, a.probability, a.amount_minor as "amountMinor",
  a.expected_loss_minor as "expectedLossMinor", a.opened_at as "openedAt", a.assignee_id as "assigneeId", a.informed_at as "informedAt",
  a.closed_at as "closedAt", a.version, coalesce(w.has_time, false) as "hasTime", coalesce(w.rules, '[]') as rules, coalesce(w.reasons, '[]') as reasons`;
/** Its customer, and the evidence of its most costly payment. */
const alertTables = sql`
  join customers.published_party p using (party_id) join customers.published_customer c using (customer_id)
  left join lateral (
    select (select jsonb_agg(jsonb_build_object('name', r.rule ->> 'name', 'note', r.rule ->> 'note')) from (select rule from jsonb_array_elements(x.rules) rule limit 5) r) as rules,
      x.reasons, x.has_time
    from intelligence.fraud_alert_payment x where x.party_id = a.party_id and x.alert_id = a.alert_id order by x.expected_loss_minor desc, x.source_key limit 1) w on true`;

export interface Place {
  readonly sort: string;
  readonly alertId: string;
}

export interface Wanted {
  readonly state: "waiting" | "mine" | "closed";
  readonly personId: string;
  readonly after: Place | null;
  readonly rows: number;
}

export async function listAlerts(tx: Tx, { state, personId, after, rows: limit }: Wanted): Promise<AlertRow[]> {
  const filter =
    state === "closed"
      ? sql`a.state = 'closed'`
      : state === "mine"
        ? sql`a.state = 'taken' and a.assignee_id = ${personId}`
        : sql`a.state <> 'closed'`;
  const start =
    after === null
      ? sql`true`
      : state === "closed"
        ? sql`(a.closed_at, a.alert_id) < (${after.sort}::timestamptz, ${after.alertId}::uuid)`
        : sql`(-a.expected_loss_minor, a.alert_id) > (${after.sort}::bigint, ${after.alertId}::uuid)`;
  const order = state === "closed" ? sql`a.closed_at desc, a.alert_id desc` : sql`a.expected_loss_minor desc, a.alert_id`;
  const { rows } = await sql<AlertRow>`
    select ${alertColumns} from (select * from intelligence.fraud_alert a where ${filter} and ${start} order by ${order} limit ${limit}) a ${alertTables}
    order by ${order}`.execute(tx);
  return rows;
}

export async function countWaiting(tx: Tx): Promise<{ alerts: number; expectedLossMinor: bigint }> {
  const { rows } = await sql<{ alerts: number; loss: bigint }>`
    select count(*)::int as alerts, coalesce(sum(expected_loss_minor), 0)::bigint as loss
    from (select expected_loss_minor from intelligence.fraud_alert where state <> 'closed' limit ${COUNT_MAX}) w`.execute(tx);
  return { alerts: rows[0]?.alerts ?? 0, expectedLossMinor: rows[0]?.loss ?? 0n };
}

export async function findAlert(tx: Tx, alertId: string): Promise<(AlertRow & { partyId: string }) | null> {
  const { rows } = await sql<AlertRow & { partyId: string }>`
    select ${alertColumns}, a.party_id as "partyId" from intelligence.fraud_alert a ${alertTables} where a.alert_id = ${alertId}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** null: not there, or not for this caller. */
export async function lockAlert(tx: Tx, alertId: string) {
  const { rows } = await sql<{ partyId: string; customerId: string; state: Alert["state"]; assigneeId: string | null; version: number }>`
    select a.party_id as "partyId", p.customer_id as "customerId", a.state, a.assignee_id as "assigneeId", a.version
    from intelligence.fraud_alert a join customers.published_party p using (party_id) where a.alert_id = ${alertId} for update of a`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export interface AlertChange {
  readonly partyId: string;
  readonly alertId: string;
  readonly state: Alert["state"];
  readonly assigneeId: string | null;
  readonly outcome?: Outcome | undefined;
  readonly closedBy?: string | undefined;
  readonly informed?: boolean | undefined;
  readonly now: Date;
}

export async function changeAlert(
  tx: Tx,
  { partyId, alertId, state, assigneeId, outcome, closedBy, informed, now }: AlertChange,
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    update intelligence.fraud_alert set state = ${state}, assignee_id = ${assigneeId}, outcome = ${outcome ?? null}, closed_by = ${closedBy ?? null},
      closed_at = ${outcome === undefined ? null : now}, informed_at = case when ${informed ?? false} then ${now} else informed_at end, version = version + 1
    where party_id = ${partyId} and alert_id = ${alertId} returning version`.execute(tx);
  return rows[0]?.version ?? 0;
}

export interface NewEvent {
  readonly partyId: string;
  readonly alertId: string;
  readonly kind: string;
  readonly personId: string;
  readonly note: string | null;
  readonly detail?: Record<string, unknown>;
}

export async function insertEvent(tx: Tx, { partyId, alertId, kind, personId, note, detail = {} }: NewEvent): Promise<void> {
  await sql`
    insert into intelligence.fraud_alert_event (party_id, alert_id, kind, person_id, note, detail)
    values (${partyId}, ${alertId}, ${kind}, ${personId}, ${note}, ${JSON.stringify(detail)}::jsonb)`.execute(tx);
}

/** Answers how many of them are not payments of the alert. */
export async function countForeign(tx: Tx, alert: { partyId: string; alertId: string }, paymentIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from unnest(${paymentIds}::text[]) id where not exists (
      select from intelligence.fraud_alert_payment x
      where x.party_id = ${alert.partyId} and x.alert_id = ${alert.alertId} and x.source_id || ':' || x.source_key = id)`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Writes what its payments were, and teaches it: `null` takes it back. */
export async function labelPayments(
  tx: Tx,
  alert: { partyId: string; alertId: string; by: string; now: Date },
  isFraud: boolean | null,
  genuine: readonly string[],
): Promise<number> {
  const { partyId, alertId, by, now } = alert;
  await sql`
    update intelligence.fraud_alert_payment set is_fraud = ${isFraud}::boolean and not (source_id || ':' || source_key = any (${genuine}::text[]))
    where party_id = ${partyId} and alert_id = ${alertId}`.execute(tx);
  await sql`delete from intelligence.fraud_label where party_id = ${partyId} and alert_id = ${alertId}`.execute(tx);
  if (isFraud === null) return 0;
  const { rows } = await sql`
    insert into intelligence.fraud_label (party_id, source_id, source_key, is_fraud, happened_on, alert_id, decided_by, decided_at)
    select party_id, source_id, source_key, is_fraud, happened_at::date, alert_id, ${by}, ${now} from intelligence.fraud_alert_payment
    where party_id = ${partyId} and alert_id = ${alertId} on conflict do nothing returning 1`.execute(tx);
  return rows.length;
}

export async function listPeople(tx: Tx): Promise<{ personId: string; name: string }[]> {
  const { rows } = await sql<{ personId: string; name: string }>`
    select u.user_id as "personId", u.display_name as name from governance.app_user u
    where u.active and exists (
      select from governance.role_assignment a join governance.role r using (role_id) where a.user_id = u.user_id and 'fraud:decide' = any (r.permissions))
    order by 2 limit 500`.execute(tx);
  return rows;
}

export async function listMarks(tx: Tx, customerId: string) {
  const { rows } = await sql<
    Pick<Alert, "alertId" | "state" | "outcome" | "firstAt" | "lastAt" | "payments" | "amountMinor" | "informedAt">
  >`
    select a.alert_id as "alertId", a.state, a.outcome, ${wall("a.first_at")} as "firstAt", ${wall("a.last_at")} as "lastAt", a.payments,
      a.amount_minor as "amountMinor", a.informed_at as "informedAt"
    from customers.published_party p join intelligence.fraud_alert a using (party_id)
    where p.customer_id = ${customerId} and (a.state <> 'closed' or (a.outcome = 'fraud_confirmed' and a.closed_at > now() - interval '90 days'))
    order by a.expected_loss_minor desc limit 20`.execute(tx);
  return rows;
}

export async function hasCustomer(tx: Tx, customerId: string): Promise<boolean> {
  const { rows } = await sql`select from customers.published_customer where customer_id = ${customerId}`.execute(tx);
  return rows.length > 0;
}
