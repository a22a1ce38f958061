import { inTransaction, type Tx } from "../../../platform/db/index.ts";
import { lastDayOf, monthNo, type RefreshOrder } from "../../facts/index.ts";
import { areaUnderCurve, driftLevel, histogramStability, numberColumn } from "../../learning/index.ts";
import type { ModelWatch } from "../contract.ts";
import type { ModelPlan } from "../model-plan.ts";
import { tellDrift } from "../notice-store.ts";
import { sampleCustomers } from "../population-store.ts";
import type { VersionRow } from "../store.ts";
import { newestScoredDay, readChances, saveWatch } from "./watch-store.ts";

const COLUMNS_TOLD = 20;
const CUSTOMERS_LOOKED_AT = 10_000;
const MATURED_SIDE_MIN = 5;

/**
 * Compares customers and scores of today with those the version was trained on (population stability index), and, where the outcome is known by now, its
 * older scores with what came of them. Kept once a day; when it turns to "act", whoever trains or approves models is told.
 */
export async function watchVersion({ db, caller, clock }: RefreshOrder, plan: ModelPlan, row: VersionRow, asOf: string): Promise<void> {
  const { scoring } = plan;
  if (scoring === null) return;
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker", statementTimeoutMs: 0 });
  const of = { modelId: row.modelId, version: row.version };
  const sample = await asWorker((tx) => sampleCustomers(tx, CUSTOMERS_LOOKED_AT));
  const { table } = await asWorker((tx) => scoring.rowsToScore(tx, { asOf, customerIds: sample, clock }));
  const chances = await asWorker((tx) => readChances(tx, { ...of, asOf }));
  const matured = await asWorker((tx) => maturedOf(tx, { plan: scoring, clock }, row, asOf));
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const columns = row.histograms
    .filter(({ name }) => name !== "chance")
    .map((histogram) => {
      const psi = histogramStability(histogram, byName.get(histogram.name));
      return { name: histogram.name, psi, level: driftLevel(psi) };
    })
    .sort((a, b) => b.psi - a.psi || (a.name < b.name ? -1 : 1));
  const given = numberColumn(
    "chance",
    Float64Array.from(chances, ({ chance }) => chance),
  );
  const base = row.histograms.find(({ name }) => name === "chance");
  const scorePsi = base === undefined ? 0 : histogramStability(base, given);
  const flagged = chances.reduce((sum, { band }) => sum + Number(band !== "low"), 0);
  const levels = [driftLevel(scorePsi), ...columns.map(({ level }) => level)];
  const level = levels.includes("act") ? "act" : levels.includes("watch") ? "watch" : "stable";
  const report: Pick<ModelWatch, "scorePsi" | "columns" | "flaggedShare" | "matured"> = {
    ...{ scorePsi, columns: columns.slice(0, COLUMNS_TOLD), matured },
    flaggedShare: chances.length === 0 ? 0 : flagged / chances.length,
  };
  await asWorker(async (tx) => {
    const day = clock.now().toISOString().slice(0, 10);
    const before = await saveWatch(tx, { ...of, watchedOn: day, asOf, rows: chances.length, level, report });
    if (level === "act" && before !== "act") await tellDrift(tx, row.modelId, row.version);
  });
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
  const events = known.reduce((sum, { outcome }) => sum + outcome, 0);
  if (Math.min(events, known.length - events) < MATURED_SIDE_MIN) return null;
  const target = Float64Array.from(known, ({ outcome }) => outcome);
  const chances = Float64Array.from(known, ({ chance }) => chance);
  return {
    ...{ asOf: day, rows: known.length, events, auc: areaUnderCurve(target, chances), eventRate: events / known.length },
    meanChance: chances.reduce((a, b) => a + b, 0) / known.length,
  };
}
