import { DomainError } from "../../../platform/errors/index.ts";
import { factorsOn, readLastBookedDay } from "../../facts/index.ts";
import type { GatherOrder, ModelPlan, TrainingSet } from "../../scores/index.ts";
import { groupsOf, readTraits } from "../../scores/index.ts";
import { characteristics, endOfMonth, monthOfDay } from "../behaviour.ts";
import { CREDIT_MODEL, tableOf } from "../credit-model.ts";
import { readPolicy } from "../policy/store.ts";
import { refreshCredit } from "../refresh-credit.ts";
import { dayOf, isoOf, isoOfMonth } from "./days.ts";
import { listDebtors, readHistories } from "./history-store.ts";
import { type Snapshot, snapshotsOf } from "./snapshots.ts";
import * as store from "./store.ts";

const BATCH_CUSTOMERS = 2_000;
const CUSTOMERS_MAX = 50_000;
const HISTORY_MONTHS = 36;

/**
 * Will the customer stop paying? Learned from what was known at the end of each past month and what came afterwards. A scorecard serves, because who is
 * judged is told the points; boosted trees held to the same directions may score in its shadow.
 */
export const creditPlan: ModelPlan = {
  modelId: CREDIT_MODEL,
  learner: "scorecard",
  learnerOf: (kind) =>
    kind === "scorecard"
      ? { kind, directions: characteristics }
      : { kind, options: { roundsMax: 120, monotone: characteristics, seed: 1 } },
  gather: gatherCredit,
  scoring: null,
  rescore: refreshCredit,
};

type Traits = Awaited<ReturnType<typeof readTraits>>[number];

/** Customers who object to profiling, and sealed ones, are left out. Looks at 50,000 debtors of the last three years at most. */
async function gatherCredit({ inTransaction, clock, signal }: GatherOrder): Promise<TrainingSet> {
  const { policy, asOf, left } = await inTransaction(async (tx) => ({
    policy: (await readPolicy(tx)).policy,
    asOf: await readLastBookedDay(tx, isoOf(Math.floor(clock.now().getTime() / 86_400_000))),
    left: new Set([...(await store.readNotProfiled(tx, null)), ...(await store.readSealed(tx))]),
  }));
  const snapshots: Snapshot[] = [];
  const traits = new Map<string, Traits>();
  if (asOf !== null) {
    const factors = await inTransaction((tx) => factorsOn(tx, asOf));
    const from = isoOfMonth(monthOfDay(dayOf(asOf)) - HISTORY_MONTHS);
    for (let after: string | null = null, seen = 0; seen < CUSTOMERS_MAX; ) {
      signal.throwIfAborted();
      const ids: string[] = await inTransaction((tx) => listDebtors(tx, null, after, BATCH_CUSTOMERS));
      const known = ids.filter((id) => !left.has(id));
      const histories = await inTransaction((tx) => readHistories(tx, factors, known, from));
      for (const [customerId, history] of histories) snapshots.push(...snapshotsOf(policy, customerId, history, dayOf(asOf)));
      for (const one of await inTransaction((tx) => readTraits(tx, known))) traits.set(one.customerId, one);
      seen += ids.length;
      after = ids.at(-1) ?? after;
      if (ids.length < BATCH_CUSTOMERS) break;
    }
  }
  const { eventsMin, horizonMonths } = policy.learning;
  const events = snapshots.filter(({ event }) => event).length;
  if (events < eventsMin)
    throw new DomainError("invalid_input", `${events} customers in arrears are too few to learn from`, {
      detail: { reason: "too_few_events", events, rows: snapshots.length },
    });
  return creditSet(snapshots, horizonMonths, traits);
}

export function creditSet(
  snapshots: readonly Snapshot[],
  horizonMonths: number,
  traits: ReadonlyMap<string, Traits> = new Map(),
): TrainingSet {
  const rows = [...snapshots].sort((a, b) => a.month - b.month);
  const months = [...new Set(rows.map(({ month }) => month))];
  const placeOf = new Map(months.map((month, place) => [month, place]));
  const subjects = new Map<string, number>();
  for (const { customerId } of rows) if (!subjects.has(customerId)) subjects.set(customerId, subjects.size);
  return {
    table: tableOf(rows.map(({ values }) => values)),
    target: Float64Array.from(rows, ({ event }) => Number(event)),
    asOfs: months.map((month) => isoOf(endOfMonth(month))),
    asOfOf: Int32Array.from(rows, ({ month }) => placeOf.get(month) ?? 0),
    horizonMonths,
    subjectOf: Int32Array.from(rows, ({ customerId }) => subjects.get(customerId) ?? 0),
    groups: groupsOf(rows.map(({ customerId, month }) => ({ traits: traits.get(customerId), year: Math.floor(month / 12) }))),
    baseline: Float64Array.from(rows, ({ baseline }) => baseline),
  };
}
