import {
  backtest,
  emptyFeatures,
  FeatureColumns,
  FeatureStream,
  FraudScorer,
  fires,
  type History,
  measureHistory,
  parseRule,
  type Transaction,
  trainScore,
} from "../server/intelligence/fraud/index.ts";
import { percentile } from "./client.ts";
import { simulatePayments } from "./fraud-payments.ts";
import { printRows } from "./table.ts";

const DAYS = 66;
/** The Handbook's 5,000 customers make 9,600 payments a day. */
const PAYMENTS_PER_CUSTOMER = 1.92 * DAYS;
const TRAIN_ROWS = 67_000;

const rules = [
  "account.amount_z > 6 and amount > 50",
  "account.large_7d >= 3 and account.amount_to_mean > 3",
  "payee.risk_7d > 0.2 and payee.known_7d >= 2",
  "account.count_1h >= 6 and account.payees_24h >= 5",
  "is_night and account.new_payee and amount > 3 * account.mean_30d",
].map((text, at) => ({ name: `r${at}`, text, action: "review" as const, expression: parseRule(text) }));

/** Batch features, training and a back-test over a simulated history; then the same payments live: features, score and rules of one at a time at a fixed rate. */
export async function benchFraud(payments: number, seconds: number, perSecond: number): Promise<void> {
  const history = simulatePayments(Math.round(payments / PAYMENTS_PER_CUSTOMER), DAYS, 0);
  const size = history.count.toLocaleString("en");
  const train = new FeatureColumns(TRAIN_ROWS);
  const target = new Float64Array(TRAIN_ROWS);
  const firstTrained = Math.max(0, Math.floor(history.count * 0.7) - TRAIN_ROWS);
  const batch = clocked(() =>
    measureHistory(history, {
      each: (place, features) => {
        if (place < firstTrained || train.rows >= TRAIN_ROWS) return;
        target[train.rows] = history.isFraud(place) ? 1 : 0;
        train.add(features);
      },
    }),
  );
  const training = clocked(() => trainScore(train, target.subarray(0, train.rows)));
  const tested = clocked(() => backtest(history, rules));
  printRows([
    row(`features of ${size} payments`, batch, history.count),
    row(`training on ${train.rows.toLocaleString("en")}`, training, train.rows),
    row(`back-test of ${rules.length} rules`, tested, history.count),
  ]);
  await live(history, new FraudScorer(training.result), { seconds, perSecond });
  console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`);
}

interface Clocked<Result> {
  readonly result: Result;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

function clocked<Result>(work: () => Result): Clocked<Result> {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const result = work();
  return { result, seconds: (performance.now() - started) / 1000, cpuSeconds: process.cpuUsage(cpu).user / 1e6 };
}

function row(work: string, { seconds, cpuSeconds }: Clocked<unknown>, count: number): Record<string, string> {
  return {
    work,
    seconds: seconds.toFixed(1),
    "cpu s": cpuSeconds.toFixed(1),
    "per cpu second": Math.round(count / cpuSeconds).toLocaleString("en"),
  };
}

/** The stream already knows the first half. A payment's time runs from when it was due to when its decision stands. */
async function live(history: History, scorer: FraudScorer, pace: { readonly seconds: number; readonly perSecond: number }): Promise<void> {
  const stream = new FeatureStream();
  const features = emptyFeatures();
  let next = Math.floor(history.count / 2);
  for (let place = 0; place < next; place += 1) stream.measure(history.transaction(place), features);
  const decideOn = (transaction: Transaction) => {
    stream.measure(transaction, features);
    const score = scorer.score(features);
    return score > 0.5 || rules.some(({ expression }) => fires(expression, { transaction, features }));
  };
  const atPace = async (work: () => void) => {
    const [answered, worked]: [number[], number[]] = [[], []];
    const started = performance.now();
    for (let sent = 0; sent < pace.seconds * pace.perSecond && next < history.count; sent += 1) {
      const due = started + (sent * 1000) / pace.perSecond;
      // The last millisecond before a payment is due is waited out, so that a timer's coarseness is not counted as the product's.
      while (performance.now() < due - 1) await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now() - 1)));
      while (performance.now() < due);
      const before = performance.now();
      work();
      const now = performance.now();
      worked.push(now - before);
      answered.push(now - due);
    }
    return { answered, worked };
  };
  let alerts = 0;
  const floor = await atPace(() => undefined);
  const { answered, worked } = await atPace(() => {
    if (decideOn(history.transaction(next))) alerts += 1;
    next += 1;
  });
  const times = (name: string, measured: readonly number[]) => {
    const sorted = measured.toSorted((a, b) => a - b);
    const at = (share: number) => percentile(sorted, share).toFixed(3);
    return { time: name, payments: String(sorted.length), p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
  };
  console.log(`\nlive, ${pace.perSecond} payments a second, milliseconds (goal: p99 < 10), ${alerts} alerts`);
  printRows([
    times("features, score and rules", worked),
    times("from due to decided", answered),
    times("floor: from due to nothing done", floor.answered),
  ]);
  const rest = clocked(() => {
    for (const end = Math.min(history.count, next + 100_000); next < end; next += 1) decideOn(history.transaction(next));
  });
  const { accounts, payees, entries } = stream.memory;
  console.log(
    `as fast as it goes: ${Math.round(100_000 / rest.cpuSeconds).toLocaleString("en")} a cpu second; remembers ${accounts} accounts, ${payees} payees, ${entries} entries`,
  );
}
