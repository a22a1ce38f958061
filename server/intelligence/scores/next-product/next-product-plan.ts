import type { Tx } from "../../../platform/db/index.ts";
import { type FactTable, factTable, monthNo } from "../../facts/index.ts";
import { categoryColumn, type Table } from "../../learning/index.ts";
import { groupsOf } from "../groups.ts";
import type { GatherOrder, ModelPlan, RowsOrder, ScoringRows } from "../model-plan.ts";
import { monthsLater, numbersOf, type PastFacts, pastFacts, stacked } from "../past-facts.ts";
import type { CustomerTraits } from "../population-store.ts";
import type { TrainingSet } from "../training-set.ts";
import { Popularity } from "./popularity.ts";
import { offeredProducts } from "./products.ts";
import { rankingMeasures } from "./ranking-measures.ts";

const HORIZON_MONTHS = 3;
/** Windows of outcome overlap less, and what is learned from stays small. */
const STEP_MONTHS = 2;

/** What of a customer says which product comes next; the product itself is a column beside them. */
const profileFacts = [
  ...[
    "kind",
    "customer_since",
    "in_3m_minor",
    "out_3m_minor",
    "out_count_3m",
    "out_count_trend",
    "in_trend",
    "active_months",
    "last_initiated_on",
  ],
  ...["has_salary", "salary_minor", "assets_minor", "assets_average_minor", "assets_change_minor", "current_minor", "debts_minor"],
  // A sum that came in, a journey, a child, money sent abroad: occasions show here before anybody speaks of them.
  ...["assets_change", "daily_trend", "leisure_trend", "travel_trend", "remittance_trend"],
  ...["holding_count", "kind_count", "opened_count", "last_opened_on", "next_maturity_on", ...offeredProducts.map(({ fact }) => fact)],
];

/** Which product will the customer newly take within three months? One model for all products, with the product as a column. */
export const nextProductPlan: ModelPlan = {
  modelId: "next_product",
  learner: "trees",
  // Small trees: which product it is says most, then an occasion in one or two facts; larger ones learn single customers, who come again each month.
  learnerOf: (kind) => (kind === "trees" ? { kind, options: { leavesMax: 8, minLeafRows: 50 } } : { kind }),
  async gather({ inTransaction, clock }: GatherOrder): Promise<TrainingSet> {
    return nextProductSet(
      await inTransaction((tx) => pastFacts(tx, clock, { horizonMonths: HORIZON_MONTHS, stepMonths: STEP_MONTHS, keys: profileFacts })),
    );
  },
  measure: rankingMeasures,
  scoring: {
    rowsToScore,
    outcomesOf,
    answersMax: 3,
    supplies: ["next_product", "next_product_share"],
    suppliedBy: (scored) => [scored?.answers[0]?.item ?? null, scored?.answers[0]?.chance ?? null],
  },
};

interface Question {
  readonly row: number;
  readonly item: string;
  readonly fact: string;
}

/** Each customer who holds anything, with each product there is room for. */
function questionsOf(table: FactTable): Question[] {
  const held = offeredProducts.map(({ fact }) => numbersOf(table, fact));
  const any = numbersOf(table, "holding_count");
  return table.customerIds.flatMap((_, row) =>
    (any[row] as number) === 0
      ? []
      : offeredProducts.flatMap(({ item, fact, heldMax }, place) =>
          (held[place]?.[row] as number) <= heldMax ? [{ row, item, fact }] : [],
        ),
  );
}

/** Kind and whether a salary comes: of what is known of the past, what tells buyers apart most. */
function segmentsOf(table: FactTable): (row: number) => string {
  const kind = table.columns.get("kind");
  const salary = numbersOf(table, "has_salary");
  return (row) => `${kind !== undefined && "places" in kind ? kind.places[row] : ""} ${salary[row]}`;
}

/** What is asked on each day, and whether the product had been taken three months later. */
export function nextProductSet({ asOfs, tableOf, traits }: PastFacts): TrainingSet {
  const popularity = new Popularity();
  const subjects = new Map<string, number>();
  const [asOfOf, subjectOf, target, baseline, items, who]: [
    number[],
    number[],
    number[],
    number[],
    string[],
    { traits: CustomerTraits | undefined; year: number }[],
  ] = [[], [], [], [], [], []];
  const parts = asOfs.map((asOf, place) => {
    const table = tableOf(asOf);
    const later = tableOf(monthsLater(asOf, HORIZON_MONTHS));
    const bought = boughtBetween(table, later);
    const segmentOf = segmentsOf(table);
    const questions = questionsOf(table).flatMap((question) => {
      const outcome = bought(question);
      return outcome === null ? [] : [{ ...question, bought: outcome, segment: segmentOf(question.row) }];
    });
    for (const { row, item, bought: isBought, segment } of questions) {
      const id = table.customerIds[row] as string;
      if (!subjects.has(id)) subjects.set(id, subjects.size);
      subjectOf.push(subjects.get(id) as number);
      asOfOf.push(place);
      items.push(item);
      target.push(Number(isBought));
      baseline.push(popularity.rateOf(monthNo(asOf), segment, item));
      who.push({ traits: traits.get(id), year: Number(asOf.slice(0, 4)) });
    }
    popularity.add(monthNo(asOf) + HORIZON_MONTHS, questions);
    return { table, rows: questions.map(({ row }) => row) };
  });
  return {
    ...{ table: withItems(stacked(parts, profileFacts), items), target: Float64Array.from(target), asOfs, horizonMonths: HORIZON_MONTHS },
    ...{ asOfOf: Int32Array.from(asOfOf), subjectOf: Int32Array.from(subjectOf), baseline: Float64Array.from(baseline) },
    groups: { ...groupsOf(who), item: items },
  };
}

/** The product as a column. */
function withItems(table: Table, items: readonly string[]): Table {
  return { rows: table.rows, columns: [...table.columns, categoryColumn("item", items)] };
}

/** Whether the product came; null where the customer is not in the later table and nothing is known. */
function boughtBetween(table: FactTable, later: FactTable): (question: Question) => boolean | null {
  const placeLater = new Map(later.customerIds.map((id, row) => [id, row]));
  return ({ row, fact }) => {
    const laterRow = placeLater.get(table.customerIds[row] as string);
    if (laterRow === undefined) return null;
    return (numbersOf(later, fact)[laterRow] as number) > (numbersOf(table, fact)[row] as number);
  };
}

async function rowsToScore(tx: Tx, { asOf, customerIds, clock }: RowsOrder): Promise<ScoringRows> {
  const table = await factTable(tx, { keys: profileFacts, asOf, customerIds, clock });
  const questions = questionsOf(table);
  const items = questions.map(({ item }) => item);
  return {
    customerIds: questions.map(({ row }) => table.customerIds[row] as string),
    items,
    table: withItems(stacked([{ table, rows: questions.map(({ row }) => row) }], profileFacts), items),
  };
}

async function outcomesOf(tx: Tx, { asOf, customerIds, clock }: RowsOrder): Promise<Map<string, 0 | 1>> {
  const keys = ["holding_count", ...offeredProducts.map(({ fact }) => fact)];
  const table = await factTable(tx, { keys, asOf, customerIds, clock });
  const bought = boughtBetween(table, await factTable(tx, { keys, asOf: monthsLater(asOf, HORIZON_MONTHS), customerIds, clock }));
  return new Map(
    questionsOf(table).flatMap((question) => {
      const outcome = bought(question);
      return outcome === null ? [] : [[`${table.customerIds[question.row]} ${question.item}`, outcome ? 1 : 0] as const];
    }),
  );
}
