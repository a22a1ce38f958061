import { inTransaction, type Tx } from "../../../platform/db/index.ts";
import { lastDayOf, monthNo, type RefreshOrder, readWindow, supplyFacts } from "../../facts/index.ts";
import { type Band, SCORE_MONTHS_MAX } from "../contract.ts";
import type { Bands } from "../fitting/fit-report.ts";
import type { ReadyModel } from "../fitting/ready-model.ts";
import type { ModelPlan, ScoredCustomer } from "../model-plan.ts";
import { tellAltered } from "../notice-store.ts";
import { isIntact, openVersion } from "../registry/seal-version.ts";
import { customersAfter, forgetOldScores, replaceScores, type ScoreRow, withdrawScores } from "../score-store.ts";
import { findVersion, listModelRows, type VersionRow } from "../store.ts";
import { watchVersion } from "../watching/watch-version.ts";
import { reasonsOf } from "./reasons.ts";

/** Customers scored in one transaction. */
const SLICE_CUSTOMERS = 25_000;

type Scoring = NonNullable<ModelPlan["scoring"]>;

interface Serving {
  readonly plan: ModelPlan;
  readonly scoring: Scoring;
  readonly row: VersionRow;
  readonly ready: ReadyModel;
  readonly isChampion: boolean;
}

/**
 * Scores the customers as of the last month that is over, by every champion and, in the shadow, every challenger; withdraws what objectors and the gone
 * still had; looks at drift when everybody was scored. Doing it twice gives the same. An altered version scores nothing, and those who
 * look after models are told. `onlyModel`: one of them.
 */
export async function scoreCustomers(
  order: RefreshOrder & { readonly plans: readonly ModelPlan[]; readonly onlyModel?: string },
): Promise<void> {
  const { db, caller, clock, customerIds, plans, onlyModel, signal } = order;
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker", statementTimeoutMs: 0 });
  const asOf = await asWorker(async (tx) => lastDayOf((await readWindow(tx, clock.now())).untilMonth));
  await asWorker((tx) => withdrawScores(tx, customerIds));
  for (const serving of await asWorker((tx) => servingVersions(tx, plans, onlyModel))) {
    for (let after: string | null = null; ; ) {
      signal?.throwIfAborted();
      const slice: readonly string[] = customerIds ?? (await asWorker((tx) => customersAfter(tx, after, SLICE_CUSTOMERS)));
      if (slice.length > 0) await asWorker((tx) => scoreSlice(tx, order, serving, { asOf, customerIds: slice }));
      after = slice.at(-1) ?? null;
      if (customerIds !== null || slice.length < SLICE_CUSTOMERS) break;
    }
    if (customerIds === null) await watchVersion(order, serving.plan, serving.row, asOf);
  }
  if (customerIds === null) await asWorker((tx) => forgetOldScores(tx, lastDayOf(monthNo(asOf) - SCORE_MONTHS_MAX)));
}

async function servingVersions(tx: Tx, plans: readonly ModelPlan[], onlyModel: string | undefined): Promise<Serving[]> {
  const serving: Serving[] = [];
  for (const model of await listModelRows(tx)) {
    const plan = plans.find(({ modelId }) => modelId === model.modelId);
    if (plan === undefined || plan.scoring === null || (onlyModel !== undefined && onlyModel !== model.modelId)) continue;
    for (const [version, isChampion] of [
      [model.championVersion, true],
      [model.challengerVersion, false],
    ] as const) {
      const row = version === null ? null : await findVersion(tx, model.modelId, version);
      if (row === null) continue;
      if (isIntact(row)) serving.push({ plan, scoring: plan.scoring, row, ready: openVersion(row), isChampion });
      else await tellAltered(tx, row.modelId, row.version);
    }
  }
  return serving;
}

async function scoreSlice(
  tx: Tx,
  { clock }: RefreshOrder,
  { scoring, row, ready, isChampion }: Serving,
  { asOf, customerIds }: { asOf: string; customerIds: readonly string[] },
): Promise<void> {
  const rows = await scoring.rowsToScore(tx, { asOf, customerIds, clock });
  const chances = ready.chancesOf(rows.table);
  const { report, modelId, version } = row;
  const best = bestAnswers(rows.customerIds, chances, scoring.answersMax);
  const scores = best.map((place): ScoreRow => {
    const chance = chances[place] as number;
    const band = bandOf(chance, report.bands);
    const reasons = band === "low" ? [] : reasonsOf(ready, rows.table, place, row.histograms);
    return { customerId: rows.customerIds[place] as string, item: rows.items[place] as string, chance, band, reasons };
  });
  await replaceScores(tx, { modelId, version, asOf, customerIds, now: clock.now() }, scores);
  if (isChampion && scoring.supplies.length > 0) {
    const byCustomer = new Map<string, ScoredCustomer>();
    for (const score of scores) {
      const answers = [...(byCustomer.get(score.customerId)?.answers ?? []), score];
      byCustomer.set(score.customerId, { customerId: score.customerId, answers });
    }
    const supplied = customerIds.map((customerId) => ({ customerId, values: scoring.suppliedBy(byCustomer.get(customerId) ?? null) }));
    await supplyFacts(tx, scoring.supplies, supplied);
  }
}

export function bandOf(chance: number, { raised, high }: Bands): Band {
  if (chance >= high) return "high";
  return chance >= raised ? "medium" : "low";
}

/** Places of the best rows of each customer, rows of one customer standing together. */
function bestAnswers(customerIds: readonly string[], chances: Float64Array, most: number): number[] {
  const kept: number[] = [];
  for (let from = 0; from < customerIds.length; ) {
    let to = from + 1;
    while (to < customerIds.length && customerIds[to] === customerIds[from]) to += 1;
    const places = Array.from({ length: to - from }, (_, offset) => from + offset);
    kept.push(...places.sort((a, b) => (chances[b] as number) - (chances[a] as number) || a - b).slice(0, most));
    from = to;
  }
  return kept;
}
