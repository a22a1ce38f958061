import { record } from "../../../governance/audit/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { FraudRuleSet } from "../contract.ts";
import { asWorker, readRates } from "../live/store.ts";
import type { Backtest, BacktestExample } from "../rules/backtest.ts";
import { doHeavyWork } from "../training/heavy-work.ts";
import { type PaymentColumns, readHistory } from "../training/history.ts";
import * as store from "./store.ts";

export interface BacktestOrder {
  readonly db: Db;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly setNo: number;
  readonly signal: AbortSignal;
}

/** Tests rules on the bank's own past and keeps the report with them, unless they changed meanwhile. Fails with not_found. */
export async function testRules({ db, caller, clock, setNo, signal }: BacktestOrder): Promise<void> {
  const { set, columns, rates } = await asWorker(db, caller, async (tx) => {
    const found = await store.findSet(tx, setNo);
    if (found === null) throw new DomainError("not_found", "no such rule set");
    return { set: found, columns: await readHistory(tx, clock.now()), rates: await readRates(tx) };
  });
  const rules = FraudRuleSet.parse(set.document);
  const result = await doHeavyWork({ what: "backtest", columns, rules }, signal);
  await asWorker(db, caller, async (tx) => {
    const kept = keep(result, columns, rates.reporting, rules.policy.shareMax);
    const isKept = await store.saveBacktest(tx, setNo, set.hash, kept, clock.now());
    const refused = kept.rules.filter(({ isRefused }) => isRefused).map(({ name }) => name);
    await record(tx, {
      ...{ caller, action: "fraud_rules.tested", subjectKind: "fraud_rules" },
      detail: { setNo, isKept, payments: kept.payments, frauds: kept.frauds, alerts: kept.together.alerts, refused: refused.slice(0, 20) },
    });
  });
}

function keep({ rules, ...rest }: Backtest, columns: PaymentColumns, currency: string, shareMax: number): store.KeptBacktest {
  const places = new Map(columns.ids.map((id, place) => [id, place]));
  const example = ({ transaction, isFraud, evidence }: BacktestExample): store.KeptExample => ({
    partyId: columns.texts[columns.parties[places.get(transaction.id) ?? -1] ?? -1] ?? "",
    at: new Date(transaction.at * 1000).toISOString().slice(0, 10),
    ...{ amount: transaction.amount, payee: transaction.payee, isFraud, evidence },
  });
  return { ...rest, currency, shareMax, rules: rules.map((rule) => ({ ...rule, examples: rule.examples.map(example) })) };
}
