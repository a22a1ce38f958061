import type { Tx } from "../../../platform/db/index.ts";
import { type FactTable, factTable } from "../../facts/index.ts";
import { groupsOf } from "../groups.ts";
import type { GatherOrder, ModelPlan, RowsOrder, ScoringRows } from "../model-plan.ts";
import { learnedFacts, monthsLater, numbersOf, type PastFacts, pastFacts, stacked } from "../past-facts.ts";
import type { TrainingSet } from "../training-set.ts";
import { daysAhead } from "./days-ahead.ts";
import { hasLeft, isHere, type Standing } from "./leaving.ts";

const HORIZON_MONTHS = 3;

/** Will the customer leave within three months? Learned from who left and who stayed in the bank's own past. */
export const churnPlan: ModelPlan = {
  modelId: "churn",
  learner: "trees",
  learnerOf: (kind) => ({ kind }),
  async gather({ inTransaction, clock }: GatherOrder): Promise<TrainingSet> {
    return churnSet(
      await inTransaction((tx) => pastFacts(tx, clock, { horizonMonths: HORIZON_MONTHS, stepMonths: 1, keys: learnedFacts })),
    );
  },
  measure: daysAhead,
  scoring: {
    rowsToScore,
    outcomesOf,
    answersMax: 1,
    supplies: ["churn_share", "churn_band"],
    suppliedBy: (scored) => [scored?.answers[0]?.chance ?? null, scored?.answers[0]?.band ?? null],
  },
};

async function rowsToScore(tx: Tx, { asOf, customerIds, clock }: RowsOrder): Promise<ScoringRows> {
  const table = await factTable(tx, { keys: learnedFacts, asOf, customerIds, clock });
  const standingOf = standingsOf(table);
  const rows = table.customerIds.flatMap((_, row) => (isHere(standingOf(row)) ? [row] : []));
  return {
    customerIds: rows.map((row) => table.customerIds[row] as string),
    items: rows.map(() => ""),
    table: stacked([{ table, rows }], learnedFacts),
  };
}

async function outcomesOf(tx: Tx, { asOf, customerIds, clock }: RowsOrder): Promise<Map<string, 0 | 1>> {
  const table = await factTable(tx, { keys: standingFacts, asOf, customerIds, clock });
  const later = await factTable(tx, { keys: standingFacts, asOf: monthsLater(asOf, HORIZON_MONTHS), customerIds, clock });
  const placeLater = new Map(later.customerIds.map((id, row) => [id, row]));
  const [before, after] = [standingsOf(table), standingsOf(later)];
  return new Map(
    table.customerIds.flatMap((id, row) => {
      const laterRow = placeLater.get(id);
      if (laterRow === undefined || !isHere(before(row))) return [];
      return [[`${id} `, hasLeft(before(row), after(laterRow)) === null ? 0 : 1] as const];
    }),
  );
}

/** Who was here at each day, and whether they had left three months later. */
export function churnSet({ asOfs, tableOf, traits }: PastFacts): TrainingSet {
  const subjects = new Map<string, number>();
  const [asOfOf, subjectOf, target, eventDay, who]: [
    number[],
    number[],
    number[],
    number[],
    { traits: ReturnType<typeof traits.get>; year: number }[],
  ] = [[], [], [], [], []];
  const parts = asOfs.map((asOf, place) => {
    const table = tableOf(asOf);
    const later = tableOf(monthsLater(asOf, HORIZON_MONTHS));
    const placeLater = new Map(later.customerIds.map((id, row) => [id, row]));
    const [before, after] = [standingsOf(table), standingsOf(later)];
    const rows: number[] = [];
    table.customerIds.forEach((id, row) => {
      const standing = before(row);
      const laterRow = placeLater.get(id);
      // Who is not in the later table went to another customer's record, or objected meanwhile: nothing is known of their leaving.
      if (!isHere(standing) || laterRow === undefined) return;
      const how = hasLeft(standing, after(laterRow));
      rows.push(row);
      asOfOf.push(place);
      subjectOf.push(subjects.get(id) ?? subjects.size);
      if (!subjects.has(id)) subjects.set(id, subjects.size);
      target.push(how === null ? 0 : 1);
      eventDay.push(how === null ? Number.NaN : leftOn(later, laterRow, how));
      who.push({ traits: traits.get(id), year: Number(asOf.slice(0, 4)) });
    });
    return { table, rows };
  });
  const table = stacked(parts, learnedFacts);
  return {
    ...{ table, target: Float64Array.from(target), asOfs, asOfOf: Int32Array.from(asOfOf), horizonMonths: HORIZON_MONTHS },
    ...{ subjectOf: Int32Array.from(subjectOf), groups: groupsOf(who), eventDay: Float64Array.from(eventDay) },
    baseline: baselineOf(table),
  };
}

/** What a colleague would go by: the fewer payments out in the last three months against the months before, the likelier. */
function baselineOf(table: TrainingSet["table"]): Float64Array {
  const trend = table.columns.find(({ name }) => name === "out_count_trend");
  if (trend?.kind !== "number") throw new TypeError("the baseline needs out_count_trend");
  return trend.values.map((value) => (Number.isNaN(value) ? -1 : -value));
}

const DAY_MS = 86_400_000;

/** Days since 1970: the last closing, or the last thing decided. */
function leftOn(later: FactTable, row: number, how: "closed" | "silent"): number {
  const end = Date.parse(`${later.asOf}T00:00:00Z`) / DAY_MS;
  return end - (numbersOf(later, how === "closed" ? "last_closed_on" : "last_initiated_on")[row] as number);
}

const standingFacts = ["accounts_held", "savings_accounts_held", "last_initiated_on", "assets_minor", "has_salary"] as const;

function standingsOf(table: FactTable): (row: number) => Standing {
  const [accounts, savings, quiet] = [
    numbersOf(table, "accounts_held"),
    numbersOf(table, "savings_accounts_held"),
    numbersOf(table, "last_initiated_on"),
  ];
  const [assets, salary] = [numbersOf(table, "assets_minor"), numbersOf(table, "has_salary")];
  return (row) => ({
    accounts: accounts[row] as number,
    savings: savings[row] as number,
    quietDays: quiet[row] as number,
    assetsMinor: assets[row] as number,
    hasSalary: salary[row] === 1,
  });
}
