import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import { type Db, type Tx, type WorkerConnection, withWorkerConnection } from "../../../platform/db/index.ts";
import { Reservoir } from "../../../platform/random/index.ts";
import { factorsOn, readLastBookedDay } from "../../facts/index.ts";
import { readIntact, watchRows } from "../../scores/index.ts";
import { type Characteristic, type CreditHistory, characteristicsOf, endOfMonth, firstArrears, monthOfDay } from "../behaviour.ts";
import { CREDIT_MODEL, type CreditScorer, creditScorerOf, tableOf } from "../credit-model.ts";
import { type PolicyInForce, readPolicy } from "../policy/store.ts";
import { bandOf } from "../rules.ts";
import { dayOf, isoOf, isoOfMonth } from "./days.ts";
import { type Factors, listDebtors, readHistories } from "./history-store.ts";
import { rateCustomer } from "./rate-customer.ts";
import { plansToKeep, type Snapshot, snapshotAt } from "./snapshots.ts";
import * as store from "./store.ts";

export interface CreditOrder {
  readonly db: Db;
  readonly caller: Caller;
  readonly clock: Clock;
  /** null: all of the bank. */
  readonly customerIds: readonly string[] | null;
}

const BATCH_CUSTOMERS = 2_000;
/** What a rating looks at, and the months before for which it is worked out too. */
const HISTORY_MONTHS = 16;
const MONTHS_BACK = 8;
const LOOKED_AT_MAX = 10_000;

/**
 * Rates the customers who owe, or might; those who no longer do lose their rating. When all are rated, the versions that serve are watched by a sample of
 * them. Answers how many were rated. Repeating it changes nothing.
 */
export async function rateCustomers(order: CreditOrder): Promise<{ rated: number }> {
  return withWorkerConnection(order.db, order.caller, async (connection) => {
    const run = await connection.inTransaction((tx) => prepareRun(tx, order.clock));
    if (run === null) return { rated: 0 };
    let rated = 0;
    for (let after: string | null = null; ; ) {
      const ids = await rateBatch(connection, run, order.customerIds, after);
      rated += ids.length;
      after = ids.at(-1) ?? after;
      if (ids.length < BATCH_CUSTOMERS) break;
    }
    if (order.customerIds === null) await watch(connection, run, order.clock);
    return { rated };
  });
}

interface Run extends PolicyInForce {
  readonly scorer: CreditScorer | null;
  /** Versions that score. */
  readonly serving: readonly number[];
  readonly sample: Reservoir<Looked>;
  readonly asOf: string;
  readonly factors: Factors;
}

/** As a customer stands today, and as of the newest month whose outcome is known. */
interface Looked {
  readonly today: Record<Characteristic, number>;
  readonly known: Snapshot | null;
}

async function prepareRun(tx: Tx, clock: Clock): Promise<Run | null> {
  const asOf = await readLastBookedDay(tx, isoOf(Math.floor(clock.now().getTime() / 86_400_000)));
  if (asOf === null) return null;
  const serving = await readIntact(tx, CREDIT_MODEL);
  return {
    ...(await readPolicy(tx)),
    scorer: creditScorerOf(serving),
    serving: [serving.champion, serving.challenger].flatMap((one) => (one === null ? [] : [one.version])),
    sample: new Reservoir(LOOKED_AT_MAX),
    asOf,
    factors: await factorsOn(tx, asOf),
  };
}

/** Keeps a customer to look at, where the models foresee anything of them. */
function lookAt({ policy, sample, asOf }: Run, customerId: string, history: CreditHistory): void {
  const day = dayOf(asOf);
  if (plansToKeep(policy, history, day) === null) return;
  const month = monthOfDay(day) - policy.learning.horizonMonths - (endOfMonth(monthOfDay(day)) > day ? 1 : 0);
  sample.offer(() => ({ today: characteristicsOf(history, day), known: snapshotAt(policy, customerId, history, month) }));
}

async function watch(connection: WorkerConnection, { serving, sample, asOf }: Run, clock: Clock): Promise<void> {
  const table = tableOf(sample.kept.map(({ today }) => today));
  const snapshots = sample.kept.flatMap(({ known }) => (known === null ? [] : [known]));
  const known = {
    asOf: isoOf(endOfMonth(snapshots[0]?.month ?? 0)),
    table: tableOf(snapshots.map(({ values }) => values)),
    target: Float64Array.from(snapshots, ({ event }) => Number(event)),
  };
  for (const version of serving)
    await connection.inTransaction((tx) =>
      watchRows(tx, clock, { modelId: CREDIT_MODEL, version, asOf }, { table, known: snapshots.length === 0 ? null : known }),
    );
}

async function rateBatch(connection: WorkerConnection, run: Run, only: readonly string[] | null, after: string | null): Promise<string[]> {
  return connection.inTransaction(async (tx) => {
    const ids = await listDebtors(tx, only, after, BATCH_CUSTOMERS);
    if (ids.length === 0) return ids;
    const asOfDay = dayOf(run.asOf);
    const histories = await readHistories(tx, run.factors, ids, isoOfMonth(monthOfDay(asOfDay) - HISTORY_MONTHS));
    const debts = await store.readDebts(tx, run.factors, ids);
    const notProfiled = await store.readNotProfiled(tx, ids);
    const rated: store.RatedCustomer[] = [];
    const months: store.MonthRating[] = [];
    for (const customerId of ids) {
      const history = histories.get(customerId);
      const own = debts.get(customerId) ?? [];
      if (history === undefined || own.length === 0) continue;
      const subject = { history, debts: own, asOfDay, mayProfile: !notProfiled.has(customerId) };
      const rating = rateCustomer(run.policy, run.scorer, subject);
      rated.push({ ...rating, customerId });
      const { band, probability } = rating;
      const defaultMinor = rating.exposures.reduce((sum, exposure) => sum + exposure.defaultMinor, 0);
      months.push({ customerId, month: isoOfMonth(monthOfDay(asOfDay)), band, probability, defaultMinor });
      if (subject.mayProfile && run.scorer !== null) lookAt(run, customerId, history);
      if (subject.mayProfile && run.scorer !== null) months.push(...monthsBefore(run, run.scorer, customerId, history, asOfDay));
    }
    await store.saveRatings(tx, { ratedOn: run.asOf, policyVersion: run.version, modelNo: run.scorer?.version ?? null }, ids, rated);
    await store.saveMonths(tx, months, isoOfMonth(monthOfDay(asOfDay)));
    return ids;
  });
}

/** What today's model would have said at the ends of earlier months, from what was booked by then. Fills gaps only (`saveMonths`). */
function monthsBefore(run: Run, scorer: CreditScorer, customerId: string, history: CreditHistory, asOfDay: number): store.MonthRating[] {
  const now = monthOfDay(asOfDay);
  const first = Math.min(now, ...history.months.map(({ month }) => month));
  const result: store.MonthRating[] = [];
  for (let month = Math.max(now - MONTHS_BACK, first + 5); month < now; month += 1) {
    const day = endOfMonth(month);
    const owed = history.plans.filter(({ openedDay, repaidDay }) => openedDay <= day && (repaidDay === null || repaidDay > day));
    const lines = history.lines.filter(({ openedDay }) => openedDay <= day);
    if (owed.length + lines.length === 0) continue;
    const values = characteristicsOf(history, day);
    const inDefault = values.daysPastDue >= run.policy.defaultDays || firstArrears(owed, run.policy.defaultDays, day - 31, day) !== null;
    const probability = inDefault ? 1 : scorer.score(values).probability;
    const defaultMinor = owed.reduce(
      (sum, { principalMinor, payments }) => sum + (payments?.findLast((payment) => payment.day <= day)?.owedAfterMinor ?? principalMinor),
      0,
    );
    result.push({ customerId, month: isoOfMonth(month), band: bandOf(run.policy, probability, inDefault), probability, defaultMinor });
  }
  return result;
}
