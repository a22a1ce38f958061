import { sql, type Tx } from "../../../platform/db/index.ts";
import { ALERT_PAYMENTS_MAX, type AlertPayment } from "./contract.ts";

interface AlertKey {
  readonly partyId: string;
  readonly alertId: string;
}

export async function listPayments(tx: Tx, { partyId, alertId }: AlertKey): Promise<AlertPayment[]> {
  const { rows } = await sql<AlertPayment>`
    select x.source_id || ':' || x.source_key as "paymentId", s.name as "sourceName", x.holding_id as "holdingId", coalesce(h.kind, 'other') as "holdingKind",
      h.number as "holdingNumber", to_char(x.happened_at, 'YYYY-MM-DD"T"HH24:MI:SS') as at, x.has_time as "hasTime", x.amount_minor as "amountMinor", x.currency,
      x.bank_minor as "bankMinor", coalesce(x.payee_name, x.payee) as payee, x.channel, x.category, x.country, x.probability,
      x.expected_loss_minor as "expectedLossMinor", x.action, x.because, x.rules, x.reasons, x.features, x.set_no as "setNo", x.model_no as "modelNo",
      x.is_live as "isLive", x.is_fraud as "isFraud"
    from intelligence.fraud_alert_payment x join customers.published_source s using (source_id) left join customers.published_account h on h.holding_id = x.holding_id
    where x.party_id = ${partyId} and x.alert_id = ${alertId} order by x.happened_at, x.source_key limit ${ALERT_PAYMENTS_MAX}`.execute(tx);
  return rows;
}

export async function listEvents(tx: Tx, { partyId, alertId }: AlertKey) {
  const { rows } = await sql<{ kind: never; personId: string | null; at: Date; note: string | null; detail: Record<string, unknown> }>`
    select kind, person_id as "personId", at, note, detail from intelligence.fraud_alert_event
    where party_id = ${partyId} and alert_id = ${alertId} order by event_id desc limit 200`.execute(tx);
  return rows;
}

/**
 * Of each payee of the alert: how many customers the reader may see paid it in the 90 days before, frauds found there, and other alerts on it. Row security
 * decides what counts.
 */
export async function listShared(tx: Tx, { partyId, alertId }: AlertKey) {
  const { rows } = await sql<{ payee: string; customers: number; payments: number; confirmedFrauds: number; alerts: never[] }>`
    with payees as (
      select x.payee, min(coalesce(x.payee_name, x.payee)) as name, min(x.happened_at)::date as first_on, max(x.happened_at)::date as last_on, sum(x.expected_loss_minor) as loss
      from intelligence.fraud_alert_payment x where x.party_id = ${partyId} and x.alert_id = ${alertId} group by 1 order by loss desc limit 20)
    select y.name as payee, s.customers, s.payments, coalesce(o.frauds, 0)::int as "confirmedFrauds", coalesce(o.alerts, '[]') as alerts
    from payees y
      cross join lateral (
        select count(distinct p.customer_id)::int as customers, count(*)::int as payments from customers.payment t join customers.published_party p using (party_id)
        where t.payee = y.payee and t.booked_on between y.first_on - 90 and y.last_on) s
      left join lateral (
        select sum(z.frauds) as frauds, jsonb_agg(jsonb_build_object('alertId', z.alert_id, 'customerId', z.customer_id, 'customerName', z.full_name, 'state', z.state,
          'outcome', z.outcome) order by z.opened_at desc) as alerts
        from (
          select a.alert_id, c.customer_id, c.full_name, a.state, a.outcome, a.opened_at, count(*) filter (where x.is_fraud) as frauds
          from intelligence.fraud_alert_payment x join intelligence.fraud_alert a using (party_id, alert_id) join customers.published_party p using (party_id)
            join customers.published_customer c using (customer_id)
          where x.payee = y.payee and a.alert_id <> ${alertId} group by 1, 2, 3, 4, 5, 6 order by a.opened_at desc limit 20) z) o on true
    order by y.loss desc`.execute(tx);
  return rows;
}

export async function listUsual(tx: Tx, { partyId, alertId }: AlertKey) {
  const { rows } = await sql<{
    holdingId: string;
    payments: number;
    meanMinor: bigint;
    largestMinor: bigint;
    payees: number;
    currency: string;
  }>`
    select t.holding_id as "holdingId", count(*)::int as payments, avg(t.amount_minor)::bigint as "meanMinor", max(t.amount_minor) as "largestMinor",
      count(distinct t.payee)::int as payees, t.currency
    from (select party_id, holding_id, min(happened_at)::date as first_on from intelligence.fraud_alert_payment
        where party_id = ${partyId} and alert_id = ${alertId} group by 1, 2) x
      join customers.payment t on t.party_id = x.party_id and t.holding_id = x.holding_id and t.booked_on >= x.first_on - 90 and t.booked_on < x.first_on
    group by t.holding_id, t.currency limit 20`.execute(tx);
  return rows;
}
