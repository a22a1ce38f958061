import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { emptyFeatures, FeatureColumns, FeatureStream, FraudScorer, measureHistory, type Transaction, trainScore } from "../index.ts";
import { BoundedKeys, RecentIds } from "./bounded-keys.ts";
import { featureCatalogue, LABEL_DELAY, requireFeature } from "./catalogue.ts";
import { COUNT, SUM, WindowLog } from "./window-log.ts";

vi.setConfig({ testTimeout: 60_000 });

const HOUR = 3_600;
const DAY = 86_400;
/** Monday, 11 June 2018, noon. */
const noon = Date.UTC(2018, 5, 11, 12) / 1000;

let ids = 0;
function payment(at: number, amount: number, rest: Partial<Transaction> = {}): Transaction {
  ids += 1;
  return { id: `t${ids}`, at, account: "card", payee: "shop", amount, ...rest };
}

function measured(stream: FeatureStream, transaction: Transaction) {
  const features = emptyFeatures();
  expect(stream.measure(transaction, features)).toBe("measured");
  return (name: string) => features[requireFeature(name)];
}

test("windows hold the payment itself and what lies within them, to the second", () => {
  const stream = new FeatureStream();
  measured(stream, payment(noon, 10));
  measured(stream, payment(noon + HOUR - 1, 30));
  const at = measured(stream, payment(noon + HOUR, 20));
  expect([at("account.count_1h"), at("account.sum_1h"), at("account.mean_1h"), at("account.max_1h")]).toEqual([2, 50, 25, 30]);
  expect([at("account.count_24h"), at("account.max_24h"), at("payee.count_24h")]).toEqual([3, 30, 3]);
  expect(at("account.seconds_since_last")).toBe(1);
  const later = measured(stream, payment(noon + 30 * DAY, 5, { payee: "other" }));
  expect([later("account.count_7d"), later("account.count_30d"), later("payee.count_30d")]).toEqual([1, 3, 1]);
});

test("time of day and week-end are those of the payment's wall clock", () => {
  const stream = new FeatureStream();
  const monday = measured(stream, payment(noon, 1));
  expect([monday("hour"), monday("weekday"), monday("is_night"), monday("is_weekend")]).toEqual([12, 1, 0, 0]);
  const night = measured(stream, payment(noon + 5.5 * DAY, 1));
  expect([night("hour"), night("weekday"), night("is_night"), night("is_weekend")]).toEqual([0, 7, 1, 1]);
  expect(night("account.night_share_30d")).toBe(0.5);
});

test("an amount is compared with the account's own earlier ones, never with itself", () => {
  const stream = new FeatureStream();
  const first = measured(stream, payment(noon, 10));
  expect([first("account.amount_z"), first("account.amount_to_mean"), first("account.amount_to_max_30d")]).toEqual([NaN, NaN, NaN]);
  measured(stream, payment(noon + 1, 14));
  const large = measured(stream, payment(noon + 2, 60));
  expect(large("account.amount_to_mean")).toBeCloseTo(5, 4);
  expect(large("account.amount_z")).toBeCloseTo(24, 3);
  expect(large("account.amount_to_max_30d")).toBeCloseTo(60 / 14, 9);
  expect(large("account.large_7d")).toBe(1);
  expect(measured(stream, payment(noon + 3, 12))("account.large_7d")).toBe(1);
});

test("new payees, their age, and how many accounts meet at one", () => {
  const stream = new FeatureStream();
  expect(measured(stream, payment(noon, 1))("account.new_payee")).toBe(1);
  const again = measured(stream, payment(noon + 2 * DAY, 1));
  expect([again("account.new_payee"), again("account.payee_age_days")]).toEqual([0, 2]);
  measured(stream, payment(noon + 2 * DAY + 1, 1, { account: "second" }));
  expect(measured(stream, payment(noon + 2 * DAY + 2, 1, { account: "third" }))("payee.accounts_24h")).toBe(3);
  expect(measured(stream, payment(noon + 2 * DAY + 3, 1, { payee: "else" }))("account.payees_24h")).toBe(2);
});

test("a fraud counts at its payee only when the delay of labels is over, even if it is confirmed at once", () => {
  const stream = new FeatureStream();
  const fraud = payment(noon, 10);
  measured(stream, fraud);
  measured(stream, payment(noon + 60, 10));
  stream.confirmFraud(fraud);
  const before = measured(stream, payment(noon + LABEL_DELAY - 1, 10));
  expect([before("payee.known_30d"), before("payee.risk_30d"), before("payee.days_since_last_fraud")]).toEqual([0, NaN, NaN]);
  const after = measured(stream, payment(noon + LABEL_DELAY + 60, 10));
  expect([after("payee.known_24h"), after("payee.risk_24h"), after("payee.risk_30d")]).toEqual([2, 0.5, 0.5]);
  expect(after("payee.days_since_first_fraud")).toBeCloseTo(7 + 60 / DAY, 9);
  expect(after("account.known_frauds_30d")).toBe(1);
  const nextDay = measured(stream, payment(noon + LABEL_DELAY + DAY + 61, 10));
  expect([nextDay("payee.risk_24h"), nextDay("payee.risk_7d")]).toEqual([NaN, 0.5]);
});

test("twice, late, too late, ahead of the clock, refunded, broken: each has its name, and none but the late one is taken in", () => {
  const stream = new FeatureStream({ lateMax: DAY });
  const first = payment(noon, 10);
  measured(stream, first);
  const arrival = (transaction: Transaction) => stream.measure(transaction, emptyFeatures());
  expect(arrival(first)).toBe("duplicate");
  expect(arrival({ ...first, amount: 99 })).toBe("duplicate");
  expect(arrival(payment(noon, -10))).toBe("refund");
  expect(arrival(payment(Number.NaN, 10))).toBe("invalid");
  expect(arrival(payment(noon, Number.POSITIVE_INFINITY))).toBe("invalid");
  expect(arrival(payment(noon, 10, { account: "" }))).toBe("invalid");
  expect(arrival(payment(noon + 365 * DAY, 10, { receivedAt: noon }))).toBe("ahead_of_clock");
  const skewed = measured(stream, payment(noon + 300, 10, { receivedAt: noon + 100 }));
  expect(skewed("account.seconds_since_last")).toBe(100);
  const late = measured(stream, payment(noon - HOUR, 7));
  expect([late("account.count_24h"), late("account.seconds_since_last")]).toEqual([1, NaN]);
  expect(arrival(payment(noon - DAY, 10))).toBe("too_late");
  expect(measured(stream, payment(noon + 200, 0))("account.count_24h")).toBe(4);
});

test("a check of the card with nothing, and an account with one payment, give numbers or missing, never infinity", () => {
  const stream = new FeatureStream();
  measured(stream, payment(noon, 0));
  const features = emptyFeatures();
  stream.measure(payment(noon + 1, 50), features);
  expect([...features].some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false);
});

/** What the stream answers, computed from all payments by definition. */
function byDefinition(all: readonly Transaction[], frauds: ReadonlySet<string>, one: Transaction) {
  const within = (key: "account" | "payee", from: number, to: number) =>
    all.filter((other) => other[key] === one[key] && other.at <= to && other.at > from);
  const delayed = within("payee", one.at - LABEL_DELAY - 7 * DAY, one.at - LABEL_DELAY);
  return {
    "account.count_24h": within("account", one.at - DAY, one.at).length,
    "account.sum_7d": within("account", one.at - 7 * DAY, one.at).reduce((sum, { amount }) => sum + amount, 0),
    "payee.max_30d": Math.max(...within("payee", one.at - 30 * DAY, one.at).map(({ amount }) => amount)),
    "payee.known_7d": delayed.length,
    "payee.risk_7d": delayed.length === 0 ? Number.NaN : delayed.filter(({ id }) => frauds.has(id)).length / delayed.length,
  };
}

const streams = fc.array(
  fc.record({
    gap: fc.integer({ min: 1, max: 3 * DAY }),
    account: fc.constantFrom("a", "b", "c"),
    payee: fc.constantFrom("x", "y"),
    cents: fc.integer({ min: 0, max: 100_000 }),
    isFraud: fc.boolean(),
    confirmedAfter: fc.integer({ min: 0, max: LABEL_DELAY }),
  }),
  { minLength: 1, maxLength: 80 },
);

test("live equals batch to the last bit, whenever within the delay frauds are confirmed, and both equal the definition", () => {
  // biome-ignore lint/nursery/noFloatingPromises: a property that is not asynchronous answers at once
  fc.assert(
    fc.property(streams, (drawn) => {
      let at = noon;
      const all = drawn.map(({ gap, account, payee, cents }, place) => {
        at += gap;
        return { id: String(place), at, account, payee, amount: cents / 100 };
      });
      const frauds = new Set(all.filter((_, place) => drawn[place]?.isFraud).map(({ id }) => id));
      const batch: number[][] = [];
      measureHistory(
        { count: all.length, transaction: (place) => all[place] as Transaction, isFraud: (place) => frauds.has(String(place)) },
        { each: (_, features) => batch.push([...features]) },
      );
      const live = new FeatureStream();
      const waiting: { transaction: Transaction; known: number }[] = [];
      for (const [place, transaction] of all.entries()) {
        for (const fraud of waiting.filter(({ known }) => known <= transaction.at)) {
          live.confirmFraud(fraud.transaction);
          waiting.splice(waiting.indexOf(fraud), 1);
        }
        const features = emptyFeatures();
        live.measure(transaction, features);
        expect([...features]).toEqual(batch[place]);
        for (const [name, value] of Object.entries(byDefinition(all.slice(0, place + 1), frauds, transaction)))
          expect(Math.round((features[requireFeature(name)] ?? 0) * 1e6), name).toBe(Math.round(value * 1e6));
        if (frauds.has(transaction.id)) waiting.push({ transaction, known: transaction.at + (drawn[place]?.confirmedAfter ?? 0) });
      }
    }),
    { seed: 5, numRuns: 60 },
  );
});

test("a very busy key keeps every payment in bounded memory; only the edge of long windows blurs", () => {
  const log = new WindowLog();
  for (let at = 0; at < 10_000; at += 1) log.add({ time: at, amount: 2, isNight: false, isWeekend: false, isLarge: false }, 20_000, 64);
  let [count, sum] = [0, 0];
  for (let place = 0; place < log.size; place += 1) {
    count += log.at(place, COUNT);
    sum += log.at(place, SUM);
  }
  expect([count, sum]).toEqual([10_000, 20_000]);
  expect(log.size).toBeLessThanOrEqual(64);
  expect(log.data.length).toBeLessThanOrEqual(64 * 8);
  // The newest third is still exact.
  expect(log.at(log.size - 1, COUNT)).toBe(1);
});

test("keys beyond the bound give way, the one idle longest first; idle ones are forgotten; ids are remembered for a while", () => {
  const keys = new BoundedKeys(() => ({ seen: 0 }), { keysMax: 100, idleMax: 10 * DAY });
  for (let at = 0; at < 1_000; at += 1) keys.see(`k${at}`, at);
  expect(keys.size).toBeLessThanOrEqual(100);
  expect(keys.find("k999")).toBeDefined();
  expect(keys.find("k500")).toBeUndefined();
  keys.see("new", 30 * DAY);
  expect(keys.size).toBe(1);
  const recent = new RecentIds(3);
  for (const id of ["a", "b", "c", "d"]) recent.add(id);
  expect([recent.has("a"), recent.has("d"), recent.has("e")]).toEqual([true, true, false]);
  const stream = new FeatureStream({ accountsMax: 10, payeesMax: 10 });
  for (let at = 0; at < 500; at += 1) measured(stream, payment(noon + at, 1, { account: `c${at}`, payee: `p${at}` }));
  expect(stream.memory.accounts).toBeLessThanOrEqual(10);
});

test("features have distinct names, and asking for another fails", () => {
  expect(new Set(featureCatalogue.map(({ name }) => name)).size).toBe(featureCatalogue.length);
  expect(() => requireFeature("account.count_2h")).toThrow("no feature");
});

test("a score learned from the stream is the same live, and its reasons name what spoke for fraud", () => {
  const payments = Array.from({ length: 900 }, (_, place) =>
    payment(noon + place * 7_000, place % 30 === 29 ? 500 : 20 + (place % 7), { account: `c${place % 9}` }),
  );
  const rows = new FeatureColumns(payments.length);
  const history = {
    count: payments.length,
    transaction: (place: number) => payments[place] as Transaction,
    isFraud: (place: number) => place % 30 === 29,
  };
  measureHistory(history, { each: (_, features) => rows.add(features) });
  const scorer = new FraudScorer(
    trainScore(
      rows,
      Float64Array.from(payments, (_, place) => (place % 30 === 29 ? 1 : 0)),
    ),
  );
  const stream = new FeatureStream();
  const features = emptyFeatures();
  const scores = payments.map((one) => {
    stream.measure(one, features);
    return scorer.score(features);
  });
  expect(Math.min(...scores.filter((_, place) => place % 30 === 29))).toBeGreaterThan(
    Math.max(...scores.filter((_, place) => place % 30 !== 29)),
  );
  stream.measure(payment(noon + 900 * 7_000, 500, { account: "c2" }), features);
  const [first, second] = scorer.reasons(features, 3);
  expect(scorer.reasons(features, 3).length).toBeLessThanOrEqual(3);
  expect(first?.contribution).toBeGreaterThan(second?.contribution ?? 0);
  expect([
    "amount",
    "account.amount_to_mean",
    "account.amount_z",
    "account.mean_1h",
    "account.max_1h",
    "payee.max_1h",
    "account.amount_to_max_30d",
    "payee.amount_to_mean_30d",
  ]).toContain(first?.feature);
});
