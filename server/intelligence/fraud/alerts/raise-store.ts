import { sql, type Tx } from "../../../platform/db/index.ts";
import type { RuleAction } from "../contract.ts";
import { type Payment, paymentId } from "../live/payment.ts";
import type { Suspect } from "../live/replay.ts";
import type { Standing } from "./rules.ts";

/** The customer of each record. */
export async function findOwners(tx: Tx, partyIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ partyId: string; customerId: string }>`
    select party_id as "partyId", customer_id as "customerId" from customers.published_party where party_id = any (${partyIds}::uuid[])`.execute(
    tx,
  );
  return new Map(rows.map(({ partyId, customerId }) => [partyId, customerId]));
}

/** Alerts of these customers that are not closed; nobody else adds to them meanwhile. Two raisings for one customer wait for each other. */
export async function lockOpenAlerts(tx: Tx, customerIds: readonly string[]): Promise<Standing[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(id::text, 63)) from (select unnest(${customerIds}::uuid[]) as id order by 1) c`.execute(
    tx,
  );
  const { rows } = await sql<Standing>`
    select a.alert_id as "alertId", a.party_id as "partyId", p.customer_id as "customerId",
      extract(epoch from a.first_at)::double precision as "firstAt", extract(epoch from a.last_at)::double precision as "lastAt"
    from customers.published_party p join intelligence.fraud_alert a using (party_id)
    where p.customer_id = any (${customerIds}::uuid[]) and a.state <> 'closed' order by a.last_at desc limit 10000 for update of a`.execute(
    tx,
  );
  return rows;
}

/** Ids of those that stand in an alert, or were decided on, already. */
export async function findRaised(tx: Tx, payments: readonly Payment[]): Promise<ReadonlySet<string>> {
  const asked = JSON.stringify(payments.map(({ sourceId, sourceKey }) => ({ s: sourceId, k: sourceKey })));
  const { rows } = await sql<{ sourceId: number; sourceKey: string }>`
    select a.s as "sourceId", a.k as "sourceKey" from jsonb_to_recordset(${asked}::jsonb) as a (s smallint, k text)
    where exists (select from intelligence.fraud_alert_payment x where x.source_id = a.s and x.source_key = a.k)
      or exists (select from intelligence.fraud_label l where l.source_id = a.s and l.source_key = a.k)`.execute(tx);
  return new Set(rows.map(({ sourceId, sourceKey }) => paymentId(sourceId, sourceKey)));
}

export interface NewAlert {
  readonly partyId: string;
  readonly alertId: string;
  readonly payments: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly probability: number;
  readonly amountMinor: bigint;
  readonly lossMinor: bigint;
  readonly action: RuleAction;
}
export type GrownAlert = NewAlert;

const asJson = (alerts: readonly NewAlert[]) =>
  JSON.stringify(alerts.map((alert) => ({ ...alert, amountMinor: alert.amountMinor.toString(), lossMinor: alert.lossMinor.toString() })));
const columns =
  sql.raw(`("partyId" uuid, "alertId" uuid, payments int, "firstAt" double precision, "lastAt" double precision, probability real,
  "amountMinor" bigint, "lossMinor" bigint, action text)`);

export async function insertAlerts(tx: Tx, alerts: readonly NewAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  await sql`
    with opened as (
      insert into intelligence.fraud_alert (party_id, alert_id, action, first_at, last_at, payments, probability, amount_minor, expected_loss_minor)
      select "partyId", "alertId", action, to_timestamp("firstAt") at time zone 'UTC', to_timestamp("lastAt") at time zone 'UTC', payments, probability,
        "amountMinor", "lossMinor"
      from jsonb_to_recordset(${asJson(alerts)}::jsonb) as n ${columns} returning party_id, alert_id, payments)
    insert into intelligence.fraud_alert_event (party_id, alert_id, kind, detail)
    select party_id, alert_id, 'opened', jsonb_build_object('payments', payments) from opened`.execute(tx);
}

export async function growAlerts(tx: Tx, alerts: readonly GrownAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  await sql`
    with grown as (
      update intelligence.fraud_alert a set payments = a.payments + n.payments, amount_minor = a.amount_minor + n."amountMinor",
        expected_loss_minor = a.expected_loss_minor + n."lossMinor", probability = greatest(a.probability, n.probability), version = a.version + 1,
        first_at = least(a.first_at, to_timestamp(n."firstAt") at time zone 'UTC'), last_at = greatest(a.last_at, to_timestamp(n."lastAt") at time zone 'UTC'),
        action = case when 'hold' in (a.action, n.action) then 'hold' when 'step_up' in (a.action, n.action) then 'step_up' else 'review' end
      from jsonb_to_recordset(${asJson(alerts)}::jsonb) as n ${columns}
      where a.party_id = n."partyId" and a.alert_id = n."alertId" returning a.party_id, a.alert_id, n.payments)
    insert into intelligence.fraud_alert_event (party_id, alert_id, kind, detail)
    select party_id, alert_id, 'grew', jsonb_build_object('payments', payments) from grown`.execute(tx);
}

export interface NewPayment {
  readonly partyId: string;
  readonly alertId: string;
  readonly suspect: Suspect;
  readonly bankMinor: bigint;
  readonly lossMinor: bigint;
}

export async function insertPayments(tx: Tx, payments: readonly NewPayment[]): Promise<void> {
  if (payments.length === 0) return;
  const rows = payments.map(
    ({ partyId, alertId, suspect: { payment, judgement, explanation, setNo, modelNo, isLive }, bankMinor, lossMinor }) => ({
      ...{
        party_id: partyId,
        alert_id: alertId,
        source_id: payment.sourceId,
        source_key: payment.sourceKey,
        holding_id: payment.holdingId,
      },
      ...{
        happened_at: new Date(payment.at * 1000).toISOString().slice(0, 19),
        has_time: payment.hasTime,
        amount_minor: payment.amountMinor.toString(),
      },
      ...{ currency: payment.currency, bank_minor: bankMinor.toString(), payee: payment.payee, payee_name: payment.payeeName },
      ...{ channel: payment.channel ?? null, category: payment.category ?? null, country: payment.country ?? null },
      ...{
        probability: judgement.probability,
        expected_loss_minor: lossMinor.toString(),
        action: judgement.action,
        because: judgement.because,
      },
      ...{
        rules: explanation.rules,
        reasons: explanation.reasons,
        features: explanation.features,
        set_no: setNo,
        model_no: modelNo,
        is_live: isLive,
      },
    }),
  );
  await sql`
    insert into intelligence.fraud_alert_payment
    select * from jsonb_populate_recordset(null::intelligence.fraud_alert_payment, ${JSON.stringify(rows)}::jsonb)`.execute(tx);
}

/** Whoever looks after the customer is told that something is suspected, and by which number they find them; nobody without clearance for a sealed one. */
export async function tellManagers(tx: Tx, alertIds: readonly string[]): Promise<void> {
  if (alertIds.length === 0) return;
  await sql`
    select governance.tell(array[f.owner_user_id], 'fraud_suspected', jsonb_build_object('customerNo', c.customer_no))
    from intelligence.fraud_alert a join customers.published_party p using (party_id) join customers.published_customer c using (customer_id)
      join governance.portfolio f using (portfolio_id)
    where a.alert_id = any (${alertIds}::uuid[]) and c.compartments is null and f.owner_user_id is not null limit 1000`.execute(tx);
}
