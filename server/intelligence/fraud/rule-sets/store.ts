import { sql, type Tx } from "../../../platform/db/index.ts";
import type { FraudRuleSet } from "../contract.ts";
import { RULE_SETS_MAX } from "./contract.ts";

/** A back-test as it is kept: examples by their customer's record, whose name is read with the eyes of who looks. */
export interface KeptBacktest {
  readonly payments: number;
  readonly frauds: number;
  readonly fraudValue: number;
  readonly days: number;
  readonly currency: string;
  readonly shareMax: number;
  readonly rules: readonly (KeptFigures & {
    readonly name: string;
    readonly isRefused: boolean;
    readonly examples: readonly KeptExample[];
  })[];
  readonly together: KeptFigures;
}

export interface KeptFigures {
  readonly alerts: number;
  readonly alertsPerDay: number;
  readonly share: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly valueCaught: number;
  readonly valueShare: number | null;
}

export interface KeptExample {
  readonly partyId: string;
  readonly at: string;
  readonly amount: number;
  readonly payee: string;
  readonly isFraud: boolean;
  readonly evidence: Readonly<Record<string, number | string | null>>;
}

export interface RuleSetRow {
  readonly setNo: number;
  readonly title: string;
  readonly state: "draft" | "active" | "retired";
  readonly version: number;
  readonly rules: number;
  readonly writtenBy: string;
  readonly writtenAt: Date;
  readonly backtestedAt: Date | null;
  readonly isRefused: boolean;
  readonly activatedAt: Date | null;
}

const head = sql`
  set_no as "setNo", title, state, version, jsonb_array_length(document -> 'rules') as rules, written_by as "writtenBy", written_at as "writtenAt",
  backtested_at as "backtestedAt", coalesce(backtest @? '$.rules[*] ? (@.isRefused == true)', false) as "isRefused", activated_at as "activatedAt"`;

export async function listSets(tx: Tx): Promise<RuleSetRow[]> {
  const { rows } = await sql<RuleSetRow>`
    select ${head} from intelligence.fraud_rule_set order by state = 'active' desc, set_no desc limit ${RULE_SETS_MAX}`.execute(tx);
  return rows;
}

export interface WholeSet extends RuleSetRow {
  readonly document: unknown;
  readonly hash: string;
  readonly basedOn: number | null;
  readonly backtest: KeptBacktest | null;
}

/** `locked`: nobody else changes it until the transaction ends. */
export async function findSet(tx: Tx, setNo: number, locked = false): Promise<WholeSet | null> {
  const { rows } = await sql<WholeSet>`
    select ${head}, document, encode(hash, 'hex') as hash, based_on as "basedOn", backtest from intelligence.fraud_rule_set where set_no = ${setNo}
    ${locked ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

export async function countDrafts(tx: Tx): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from intelligence.fraud_rule_set where state = 'draft'`.execute(tx);
  return rows[0]?.count ?? 0;
}

export async function insertSet(tx: Tx, title: string, document: FraudRuleSet, basedOn: number | null, by: string): Promise<number> {
  const { rows } = await sql<{ setNo: number }>`
    insert into intelligence.fraud_rule_set (title, document, based_on, written_by) values (${title}, ${JSON.stringify(document)}::jsonb, ${basedOn}, ${by})
    returning set_no as "setNo"`.execute(tx);
  return rows[0]?.setNo ?? 0;
}

export async function updateSet(
  tx: Tx,
  setNo: number,
  { title, document }: { readonly title: string; readonly document: FraudRuleSet },
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    update intelligence.fraud_rule_set set title = ${title}, document = ${JSON.stringify(document)}::jsonb, written_by = ${by}, written_at = ${at}
    where set_no = ${setNo} returning version`.execute(tx);
  return rows[0]?.version ?? 0;
}

export async function deleteSet(tx: Tx, setNo: number): Promise<void> {
  await sql`delete from intelligence.fraud_rule_set where set_no = ${setNo}`.execute(tx);
}

/** Nothing when the rules changed since. */
export async function saveBacktest(tx: Tx, setNo: number, hash: string, backtest: KeptBacktest, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update intelligence.fraud_rule_set set backtest = ${JSON.stringify(backtest)}::jsonb, backtested_at = ${at}
    where set_no = ${setNo} and hash = decode(${hash}, 'hex') returning 1`.execute(tx);
  return rows.length > 0;
}

export async function findActive(tx: Tx): Promise<{ title: string; document: unknown } | null> {
  const { rows } = await sql<{ title: string; document: unknown }>`
    select title, document from intelligence.fraud_rule_set where state = 'active'`.execute(tx);
  return rows[0] ?? null;
}

/** Only in the transaction that completed the approval of exactly these rules. False: they are no longer as they were. */
export async function putInForce(tx: Tx, setNo: number, hash: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select intelligence.activate_fraud_rules(${setNo}, ${hash}) as done`.execute(tx);
  return rows[0]?.done ?? false;
}

/** Names of those records' customers that the caller may see. */
export async function findVisible(
  tx: Tx,
  partyIds: readonly string[],
): Promise<ReadonlyMap<string, { customerId: string; customerName: string }>> {
  const { rows } = await sql<{ partyId: string; customerId: string; customerName: string }>`
    select p.party_id as "partyId", c.customer_id as "customerId", c.full_name as "customerName"
    from customers.published_party p join customers.published_customer c using (customer_id) where p.party_id = any (${partyIds}::uuid[])`.execute(
    tx,
  );
  return new Map(rows.map(({ partyId, ...customer }) => [partyId, customer]));
}
