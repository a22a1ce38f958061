import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { factCurrency } from "../facts/index.ts";
import { SCORE_MONTHS_MAX, type ScoreHonesty } from "./contract.ts";
import { isProfiled, readScoreHistory, readScoresOf } from "./score-store.ts";
import { findVersion, listModelRows } from "./store.ts";
import { listWatches } from "./watching/watch-store.ts";

const SCORES_READ = 200;

/** What the models say of a customer; nothing from the moment the customer objects. Fails with not_allowed, not_found. */
export async function readCustomerScores(tx: Tx, caller: Caller, customerId: string) {
  permit(caller, "customer:read");
  const profiled = await isProfiled(tx, customerId);
  if (profiled === null) throw new DomainError("not_found", "no such customer");
  await record(tx, { caller, action: "scores.viewed", subjectKind: "customer", subjectIds: [customerId] });
  if (!profiled) return { isProfiled: false, scores: [], history: [], honesty: [], currency: await factCurrency(tx) };
  const all = await readScoresOf(tx, customerId, SCORES_READ);
  const newest = new Map<string, string>();
  for (const { modelId, asOf } of all) newest.set(modelId, [newest.get(modelId) ?? asOf, asOf].sort().at(-1) as string);
  const scores = all.filter(({ modelId, asOf }) => newest.get(modelId) === asOf);
  return {
    isProfiled: true,
    scores: scores.map(({ customerId: _, ...score }) => score),
    history: await readScoreHistory(tx, customerId, SCORE_MONTHS_MAX),
    honesty: await honestyOf(tx, new Set(scores.map(({ modelId }) => modelId))),
    currency: await factCurrency(tx),
  };
}

async function honestyOf(tx: Tx, modelIds: ReadonlySet<string>): Promise<ScoreHonesty[]> {
  const found: ScoreHonesty[] = [];
  for (const { modelId, championVersion } of await listModelRows(tx)) {
    if (championVersion === null || !modelIds.has(modelId)) continue;
    const version = await findVersion(tx, modelId, championVersion);
    if (version === null) continue;
    const { measures, baseline, data, split, extra } = version.report;
    const [watch] = await listWatches(tx, { modelId, version: championVersion }, 1);
    found.push({
      ...{ modelId, version: championVersion, auc: measures.auc, baselineAuc: baseline.auc, liftAt10: measures.liftAt10 },
      ...{ eventRate: measures.eventRate, horizonMonths: data.horizonMonths, judgedFrom: split.judge.from, judgedTo: split.judge.to },
      ...{ warnedShare: extra.warned_share ?? null, daysAhead: extra.days_ahead ?? null, level: watch?.level ?? null },
    });
  }
  return found;
}
