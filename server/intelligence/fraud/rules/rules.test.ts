import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { featureCatalogue, requireFeature } from "../features/catalogue.ts";
import {
  backtest,
  decide,
  emptyFeatures,
  evidenceOf,
  fires,
  type History,
  parseRule,
  RuleFault,
  rankAlerts,
  readRuleSet,
  type Transaction,
} from "../index.ts";

vi.setConfig({ testTimeout: 60_000 });

const transaction: Transaction = { id: "1", at: 0, account: "A7", payee: "T1", amount: 120, country: "IR" };

function features(values: Readonly<Record<string, number>>): Float64Array {
  const vector = emptyFeatures().fill(Number.NaN);
  for (const [name, value] of Object.entries(values)) vector[requireFeature(name)] = value;
  return vector;
}

const measured = {
  transaction,
  features: features({ amount: 120, hour: 23.5, weekday: 6, is_night: 0, is_weekend: 1, "account.count_1h": 4, "account.mean_7d": 30 }),
};
const lists = new Map<string, readonly (string | number)[]>([
  ["watched", ["T1", "T9"]],
  ["mixed", ["T1", 4]],
]);
const isHit = (text: string) => fires(parseRule(text, lists), measured);

test.each([
  "amount > 100",
  "amount > 3 * account.mean_7d and account.count_1h >= 4",
  "amount - 20 * 2 + 1 = 81",
  "amount / 4 / 3 = 10",
  "-amount < -100",
  "is_weekend and not is_night",
  "not (amount < 100 or hour < 12)",
  "not not is_weekend",
  'country in ["IR", "AE"] and payee in watched',
  'country = "IR" and country != "AE" and account not in ["B1"]',
  "weekday in [6, 7]",
  "amount not in [-1, 2]",
  "max(amount, 5, 200) = 200 and min(1, 2) = 1 and abs(-3) = 3 and round(2.6) = 3",
  "known(country) and not known(channel) and not known(payee.risk_7d)",
  "true and (amount > 100) = is_weekend",
  "false or true",
])("fires: %s", (text) => {
  expect(isHit(text)).toBe(true);
});

describe("what is missing decides nothing", () => {
  test.each([
    "payee.risk_7d > 0",
    "not (payee.risk_7d > 0)",
    "payee.risk_7d > 0 and true",
    'channel = "web"',
    'channel != "web"',
    'not (channel in ["web"])',
    "amount / 0 > 1",
    "payee.risk_7d in [1]",
    "amount > 100 and false",
  ])("stays silent: %s", (text) => {
    expect(isHit(text)).toBe(false);
  });

  test("but what is known does", () => {
    expect(isHit("payee.risk_7d > 0 or amount > 100")).toBe(true);
    expect(isHit("not (payee.risk_7d > 0 and amount < 100)")).toBe(true);
  });
});

test("the evidence is what the rule looked at, null where missing", () => {
  const rule = parseRule('amount > 100 and (payee.risk_7d > 0 or country = "IR")');
  expect(evidenceOf(rule, measured)).toEqual({ amount: 120, "payee.risk_7d": null, country: "IR" });
});

test.each([
  ["", 1, "something is missing"],
  ["amount", 1, "expected true or false, found a number"],
  ["amount >", 9, "something is missing"],
  ["amount > 5 and", 15, "something is missing"],
  ['amount > "5"', 10, "expected a number, found a text"],
  ['amount = "5"', 10, "expected a number, found a text"],
  ["country > 5", 1, "expected a number, found a text"],
  ["account.count_2h > 5", 1, "there is no account.count_2h"],
  ["count_1h > 5", 1, "there is account.count_1h"],
  ["amount > 5 amount", 12, "expected and, or, or the end"],
  ["amount > 5; drop", 11, '";" means nothing'],
  ["amount > 5 and `x`", 16, "means nothing"],
  ['country = "IR', 11, "never closed"],
  ["amount in [1, ]", 15, "expected a number, found ]"],
  ["amount in 5", 11, "expected a list"],
  ["payee in nobody", 10, "there is no list nobody"],
  ["payee in mixed", 10, "does not hold a text only"],
  ["is_night in [1]", 1, "in no list"],
  ["not amount", 5, "expected true or false"],
  ["1 + is_night > 2", 5, "expected a number, found true or false"],
  ["abs(1, 2) > 1", 1, "takes one"],
  ["max(1) > 1", 1, "takes two or more"],
  ["known(5)", 7, "asks about a name"],
  ["eval(1) = 1", 1, "there is no eval"],
  ["constructor = 1", 1, "there is no constructor"],
  ["(amount > 5", 12, "expected ), found the end"],
  ["amount > 5)", 11, "expected and, or, or the end, found )"],
])("refused with its column: %s", (text, column, reason) => {
  let fault: unknown;
  try {
    parseRule(text, lists);
  } catch (error) {
    fault = error;
  }
  expect(fault).toBeInstanceOf(RuleFault);
  expect(fault).toMatchObject({ column, reason: expect.stringContaining(reason) });
});

test("bounds: characters, levels, parts, items", () => {
  const refused = (text: string) => expect(() => parseRule(text));
  refused(`amount > ${"1".repeat(3_000)}`).toThrow("at most 2000 characters");
  refused(`${"(".repeat(500)}amount > 1${")".repeat(500)}`).toThrow("32 levels");
  refused(`${"not ".repeat(400)}is_night`).toThrow("32 levels");
  refused(`amount > ${"-".repeat(400)}1`).toThrow("32 levels");
  refused(Array(200).fill("1>0").join(" or ")).toThrow("300 parts");
  refused(`amount in [${Array.from({ length: 900 }, (_, at) => at % 10).join(",")}]`).not.toThrow();
  refused(`${Array(70).fill("hour<1").join(" or ")}`).not.toThrow();
});

test("any text is a rule or a fault with a column inside it, and any rule says yes or no", () => {
  const soup = fc
    .array(
      fc.constantFrom(
        ...[
          "and",
          "or",
          "not",
          "in",
          "(",
          ")",
          "[",
          "]",
          ",",
          "<",
          ">=",
          "=",
          "!=",
          "+",
          "-",
          "*",
          "/",
          "5",
          '"IR"',
          "true",
          "watched",
          "known",
          "max",
        ],
        ...["amount", "country", "payee", "is_night", "payee.risk_7d", "__proto__", "é", "\n"],
      ),
      { maxLength: 25 },
    )
    .map((words) => words.join(" "));
  let rules = 0;
  // biome-ignore lint/nursery/noFloatingPromises: a property that is not asynchronous answers at once
  fc.assert(
    fc.property(
      fc.oneof({ weight: 4, arbitrary: soup }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 80 }) }),
      (text) => {
        try {
          expect(typeof fires(parseRule(text, lists), measured)).toBe("boolean");
          rules += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(RuleFault);
          expect((error as RuleFault).column).toBeGreaterThanOrEqual(1);
          expect((error as RuleFault).column).toBeLessThanOrEqual(text.length + 1);
        }
      },
    ),
    { seed: 11, numRuns: 1_500 },
  );
  expect(rules).toBeGreaterThan(0);
});

/** Rules as text together with what they must say, computed beside the parser. */
const numbers = fc.constantFrom({ text: "amount", value: 120 }, { text: "7", value: 7 }, { text: "(1 + 2 * 3)", value: 7 }, { text: "payee.risk_7d", value: Number.NaN }); // biome-ignore format: one line
const { rule: builtRules } = fc.letrec<{ rule: { text: string; value: boolean | null } }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(numbers, fc.constantFrom("<", ">="), numbers).map(([a, sign, b]) => ({
      text: `${a.text} ${sign} ${b.text}`,
      value: Number.isNaN(a.value + b.value) ? null : sign === "<" ? a.value < b.value : a.value >= b.value,
    })),
    tie("rule").map(({ text, value }) => ({ text: `not (${text})`, value: value === null ? null : !value })),
    fc.tuple(tie("rule"), fc.constantFrom("and", "or"), tie("rule")).map(([a, word, b]) => ({
      text: `(${a.text}) ${word} (${b.text})`,
      value: [a.value, b.value].includes(word === "or") ? word === "or" : a.value === null || b.value === null ? null : word === "and",
    })),
  ),
}));

test("a rule says what its parts say", () => {
  // biome-ignore lint/nursery/noFloatingPromises: a property that is not asynchronous answers at once
  fc.assert(
    fc.property(builtRules, ({ text, value }) => {
      expect(fires(parseRule(text), measured), text).toBe(value === true);
    }),
    { seed: 3, numRuns: 500 },
  );
});

test("a document is read whole, or every problem of it is named", () => {
  const read = readRuleSet(
    "version: 2\nlists: { watched: [T1] }\nrules:\n  - { name: a, when: payee in watched }\n  - { name: b, when: amount > 5, action: hold }",
  );
  expect(read.rules?.map(({ name, action }) => [name, action])).toEqual([["a", "review"], ["b", "hold"]]); // biome-ignore format: one line
  const problems = (text: string) => readRuleSet(text).problems;
  expect(
    problems("version: 1\nrules:\n  - { name: a, when: amount > }\n  - { name: a, when: hour > 5 }\n  - { name: c, when: x > 1 }"),
  ).toMatchObject([
    { where: "a", column: 9 },
    { where: "a", column: null, reason: "stands twice" },
    { where: "c", column: 1 },
  ]);
  expect(problems("rules: []")).toMatchObject([{ where: "version" }, { where: "rules" }]);
  expect(problems("version: 1\nrules: [{ name: A b, when: 'true', actions: x }]")).toHaveLength(2);
  expect(problems("a: &a [1]\nb: *a")).toMatchObject([{ where: "the document" }]);
  expect(problems("{")).toMatchObject([{ where: "the document" }]);
  expect(problems("")).toHaveLength(1);
});

const DAY = 86_400;
const history = (count: number): History => ({
  count,
  transaction: (place) => ({ id: String(place), at: place * (DAY / 4), account: `a${place % 7}`, payee: "p", amount: place % 10 }),
  isFraud: (place) => place % 10 === 9,
});
const rulesOf = (...texts: string[]) =>
  texts.map((text, at) => ({ name: `r${at}`, text, action: "review" as const, expression: parseRule(text) }));

test("a back-test counts alerts, frauds and value after the warm-up, and shows examples of both kinds", () => {
  const result = backtest(history(400), rulesOf("amount >= 8", "amount > 100"), { shareMax: 0.5 });
  // 30 days of 4 payments fill the windows; of the 280 after them every tenth is a fraud of 9.
  expect(result).toMatchObject({ payments: 280, frauds: 28, fraudValue: 252 });
  expect(result.days).toBeCloseTo(69.75, 9);
  const [first, second] = result.rules;
  expect(first).toMatchObject({
    name: "r0",
    isRefused: false,
    alerts: 56,
    share: 0.2,
    precision: 0.5,
    recall: 1,
    valueCaught: 252,
    valueShare: 1,
  });
  expect(first?.alertsPerDay).toBeCloseTo(56 / 69.75, 9);
  expect(first?.examples.map(({ isFraud }) => isFraud)).toEqual([true, true, true, false, false]);
  expect(first?.examples[0]).toMatchObject({ transaction: { id: "129" }, evidence: { amount: 9 } });
  expect(second).toMatchObject({ alerts: 0, precision: null, recall: 0, examples: [], isRefused: false });
});

test("a rule that would fire on too much is refused with its back-test, and does not count among the others", () => {
  const { rules, together } = backtest(history(400), rulesOf("amount >= 0", "amount = 9"), { shareMax: 0.15 });
  expect(rules.map(({ isRefused, share }) => [isRefused, share])).toEqual([[true, 1], [false, 0.1]]); // biome-ignore format: one line
  expect(rules[0]?.examples).toHaveLength(5);
  expect(together).toMatchObject({ alerts: 28, precision: 1, recall: 1 });
});

test("a back-test of nothing is nothing", () => {
  const result = backtest(history(0), rulesOf("true"));
  expect(result).toMatchObject({ payments: 0, days: 0, together: { alerts: 0, share: 0, precision: null, recall: null } });
  expect(result.rules[0]).toMatchObject({ isRefused: false, alertsPerDay: 0 });
});

test("the strictest rule decides; without one, what there is to lose against what looking costs", () => {
  const decided = (probability: number, ...ruleActions: ("review" | "step_up" | "hold")[]) =>
    decide({ probability, amountMinor: 10_000n, ruleActions }, 500);
  expect(decided(0, "review", "hold", "step_up")).toEqual({ action: "hold", expectedLossMinor: 0, because: "rule" });
  expect(decided(0.06)).toEqual({ action: "review", expectedLossMinor: 600, because: "expected_loss" });
  expect(decided(0.05)).toEqual({ action: null, expectedLossMinor: 500, because: "below_review_cost" });
});

test("the queue begins with what there is most to lose", () => {
  const alerts = [{ id: 1, expectedLossMinor: 5, at: 9 }, { id: 2, expectedLossMinor: 50, at: 3 }, { id: 3, expectedLossMinor: 50, at: 1 }]; // biome-ignore format: one line
  expect(rankAlerts(alerts).map(({ id }) => id)).toEqual([3, 2, 1]);
});

test("every feature of the catalogue can be asked for by name", () => {
  for (const { name, isFlag } of featureCatalogue) expect(() => parseRule(isFlag ? name : `${name} > 0`)).not.toThrow();
});
