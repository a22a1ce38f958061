import { type ContextCaller, type Db, inTransaction, sql, type Tx } from "../../../platform/db/index.ts";
import { factCurrency } from "../../facts/index.ts";
import type { PaymentDecision } from "./contract.ts";
import type { Rates } from "./money.ts";
import type { DecisionRow, KnownAccount, KnownCase, Payment, PaymentRow } from "./payment.ts";

const FETCH_ROWS = 5_000;
const LOADS_MAX = 100_000;
const RULE_SETS_READ = 1;

export const asWorker = <T>(db: Db, caller: ContextCaller, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(db, caller, work, { role: "worker" });

/** The rates of the last day they are known for. */
export async function readRates(tx: Tx): Promise<Rates> {
  const { rows } = await sql<{ currency: string; rate: number }>`
    select distinct on (currency) currency, rate from intelligence.exchange_rate order by currency, valid_from desc limit 300`.execute(tx);
  return { reporting: await factCurrency(tx), byCurrency: new Map(rows.map(({ currency, rate }) => [currency, rate])) };
}

export interface InForce {
  readonly setNo: number;
  readonly document: unknown;
  readonly backtest: { readonly rules: readonly { readonly name: string; readonly precision: number | null }[] } | null;
}

/** Which rules are in force; null before there are rules. */
export async function readInForce(tx: Tx): Promise<InForce | null> {
  const { rows } = await sql<InForce>`
    select s.set_no as "setNo", s.document, s.backtest
    from intelligence.fraud_rule_set s where s.state = 'active' limit ${RULE_SETS_READ}`.execute(tx);
  return rows[0] ?? null;
}

export async function readSources(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{
    code: string;
    sourceId: number;
  }>`select code, source_id as "sourceId" from customers.published_source order by 2 limit 1000`.execute(tx);
  return new Map(rows.map(({ code, sourceId }) => [code, sourceId]));
}

/** Finished loads whose payments were judged (`followed`), or were not yet. */
export async function listLoads(tx: Tx, followed: boolean): Promise<number[]> {
  const { rows } = await sql<{ loadNo: number }>`
    select l.load_no as "loadNo" from customers.finished_load l left join intelligence.fraud_followed f using (load_no)
    where (f.load_no is not null) = ${followed} order by 1 limit ${LOADS_MAX}`.execute(tx);
  return rows.map(({ loadNo }) => loadNo);
}

export async function saveFollowed(
  tx: Tx,
  loads: readonly { readonly loadNo: number; readonly payments: number; readonly alerts: number }[],
): Promise<void> {
  await sql`
    insert into intelligence.fraud_followed (load_no, payments, alerts)
    select * from jsonb_to_recordset(${JSON.stringify(loads)}::jsonb) as l ("loadNo" int, payments int, alerts int) on conflict do nothing`.execute(
    tx,
  );
}

export interface LoadedPayment extends PaymentRow {
  readonly loadNo: number;
}

/** Payments of these loads booked from a day on, in the order in which they were booked. One transaction; memory holds some thousands at a time. */
export async function* readPayments(tx: Tx, loads: readonly number[], from: string): AsyncGenerator<readonly LoadedPayment[]> {
  await sql`
    declare payments no scroll cursor for
    select p.source_id as "sourceId", p.source_key as "sourceKey", p.party_id as "partyId", p.holding_id as "holdingId", p.booked_on as "bookedOn",
      p.amount_minor as "amountMinor", p.currency, p.payee, p.payee_name as "payeeName", p.channel, p.category, p.load_no as "loadNo"
    from customers.payment p
    where p.booked_on >= ${from}::date and p.load_no = any (${loads}::int[])
    order by p.booked_on, p.load_no, p.line_no, p.source_id, p.source_key`.execute(tx);
  for (;;) {
    const { rows } = await sql<LoadedPayment>`fetch ${sql.raw(String(FETCH_ROWS))} from payments`.execute(tx);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close payments`.execute(tx);
}

export async function firstBookedOn(tx: Tx, loads: readonly number[], from: string): Promise<string | null> {
  const { rows } = await sql<{ first: string | null }>`
    select min(booked_on) as first from customers.payment where booked_on >= ${from}::date and load_no = any (${loads}::int[])`.execute(tx);
  return rows[0]?.first ?? null;
}

const CASES_MAX = 200_000;

/** What people found out of payments since a label, with where the payments lie. */
export async function listCases(tx: Tx, afterNo: bigint, from: string): Promise<KnownCase[]> {
  const { rows } = await sql<KnownCase>`
    select l.label_no as "labelNo", l.source_id as "sourceId", l.source_key as "sourceKey", l.is_fraud as "isFraud",
      coalesce(d.holding_id, p.holding_id)::text as account, coalesce(d.payee, p.payee) as payee,
      extract(epoch from coalesce(d.happened_at, p.booked_on + interval '12 hours'))::double precision as "wallSeconds"
    from intelligence.fraud_label l
      left join intelligence.fraud_decision d on d.source_id = l.source_id and d.source_key = l.source_key
      left join customers.payment p on p.party_id = l.party_id and p.booked_on = l.happened_on and p.source_id = l.source_id and p.source_key = l.source_key
    where l.label_no > ${afterNo} and l.happened_on >= ${from}::date and coalesce(d.payee, p.payee) is not null
    order by l.label_no limit ${CASES_MAX}`.execute(tx);
  return rows;
}

export interface KeptDecision {
  readonly payment: Payment;
  readonly accountKey: string;
  readonly receivedAt: Date;
  readonly answer: PaymentDecision;
}

const DECISIONS_MAX = 500_000;

/** What the switch was answered since a moment, oldest first; the latest half million. */
export async function listDecisions(tx: Tx, since: Date): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select * from (
      select d.source_id as "sourceId", d.source_key as "sourceKey", d.account_key as "accountKey", d.party_id as "partyId", d.holding_id as "holdingId",
        extract(epoch from d.happened_at)::double precision as "wallSeconds", d.received_at as "receivedAt", d.amount_minor as "amountMinor", d.currency, d.payee,
        d.payee_name as "payeeName", d.channel, d.country, d.category, d.answer
      from intelligence.fraud_decision d where d.received_at >= ${since} order by d.received_at desc limit ${DECISIONS_MAX}) newest
    order by "wallSeconds"`.execute(tx);
  return rows;
}

export async function insertDecisions(tx: Tx, kept: readonly KeptDecision[]): Promise<void> {
  const rows = kept.map(({ payment, accountKey, receivedAt, answer }) => ({
    ...{
      source_id: payment.sourceId,
      source_key: payment.sourceKey,
      account_key: accountKey,
      party_id: payment.partyId,
      holding_id: payment.holdingId,
    },
    ...{
      happened_at: new Date(payment.at * 1000).toISOString().slice(0, 23),
      received_at: receivedAt,
      amount_minor: payment.amountMinor.toString(),
    },
    ...{ currency: payment.currency, payee: payment.payee, payee_name: payment.payeeName, channel: payment.channel ?? null },
    ...{ country: payment.country ?? null, category: payment.category ?? null, answer },
  }));
  await sql`
    insert into intelligence.fraud_decision
    select * from jsonb_populate_recordset(null::intelligence.fraud_decision, ${JSON.stringify(rows)}::jsonb) on conflict do nothing`.execute(
    tx,
  );
}

/** Accounts by their key at a source; those not known are left out. */
export async function findAccounts(
  tx: Tx,
  asked: readonly { readonly sourceId: number; readonly key: string }[],
): Promise<(KnownAccount & { readonly sourceId: number; readonly key: string })[]> {
  const { rows } = await sql<KnownAccount & { sourceId: number; key: string }>`
    select r.source_id as "sourceId", r.source_key as key, r.row_id as "holdingId", r.party_id as "partyId"
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a ("sourceId" smallint, key text)
      join customers.published_record r on r.source_id = a."sourceId" and r.kind = 'holding' and r.source_key = a.key`.execute(tx);
  return rows;
}

export async function hasDecisions(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select from intelligence.fraud_decision limit 1`.execute(tx);
  return rows.length > 0;
}
