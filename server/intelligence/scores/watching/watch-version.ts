import { inTransaction, type Tx } from "../../../platform/db/index.ts";
import { lastDayOf, monthNo, type RefreshOrder } from "../../facts/index.ts";
import type { ModelWatch } from "../contract.ts";
import type { ModelPlan } from "../model-plan.ts";
import { sampleCustomers } from "../population-store.ts";
import type { VersionRow } from "../store.ts";
import { keepWatch, measured } from "./keep-watch.ts";
import { newestScoredDay, readChances } from "./watch-store.ts";

const CUSTOMERS_LOOKED_AT = 10_000;

/**
 * Compares customers and scores of today with those the version was trained on (population stability index), and, where the outcome is known by now, its
 * older scores with what came of them. Kept once a day; when it turns to "act", whoever trains or approves models is told.
 */
export async function watchVersion({ db, caller, clock }: RefreshOrder, plan: ModelPlan, row: VersionRow, asOf: string): Promise<void> {
  const { scoring } = plan;
  if (scoring === null) return;
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker", statementTimeoutMs: 0 });
  const sample = await asWorker((tx) => sampleCustomers(tx, CUSTOMERS_LOOKED_AT));
  const { table } = await asWorker((tx) => scoring.rowsToScore(tx, { asOf, customerIds: sample, clock }));
  const matured = await asWorker((tx) => maturedOf(tx, { plan: scoring, clock }, row, asOf));
  await asWorker((tx) => keepWatch(tx, clock, row, { asOf, table, matured }));
}

type Scoring = NonNullable<ModelPlan["scoring"]>;

/** The newest scores of the version whose outcome is known, against it; null where there are none, or too few of either class. */
async function maturedOf(
  tx: Tx,
  { plan, clock }: { plan: Scoring; clock: RefreshOrder["clock"] },
  { modelId, version, report }: VersionRow,
  asOf: string,
): Promise<ModelWatch["matured"]> {
  const until = lastDayOf(monthNo(asOf) - report.data.horizonMonths);
  const day = await newestScoredDay(tx, { modelId, version, until });
  if (day === null) return null;
  const scores = await readChances(tx, { modelId, version, asOf: day });
  const customerIds = [...new Set(scores.map(({ customerId }) => customerId))];
  const outcomes = await plan.outcomesOf(tx, { asOf: day, customerIds, clock });
  const known = scores.flatMap((score) => {
    const outcome = outcomes.get(`${score.customerId} ${score.item}`);
    return outcome === undefined ? [] : [{ chance: score.chance, outcome }];
  });
  return measured(
    day,
    Float64Array.from(known, ({ chance }) => chance),
    Float64Array.from(known, ({ outcome }) => outcome),
  );
}
