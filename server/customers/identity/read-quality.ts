import { readNames } from "../../governance/access/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import type { MatchingQuality } from "./contract.ts";
import type { IdentityModel } from "./matching/index.ts";
import * as steward from "./steward-store.ts";
import { modelInForce } from "./work-on-identity.ts";

const MODELS_MAX = 100;

/** How good the matching is, from what was learned and what stands. Counts what the caller may see. Fails with not_allowed. */
export async function readMatchingQuality(tx: Tx, caller: Caller): Promise<MatchingQuality> {
  permit(caller, "identity:read");
  const { model } = await modelInForce(tx);
  const models = await steward.listModels(tx, MODELS_MAX);
  const names = await readNames(
    tx,
    models.map(({ createdBy }) => createdBy),
  );
  const active = models.find(({ state }) => state === "active");
  const { customers, same, apart, later, distribution } = await steward.readQualityCounts(tx);
  return {
    modelNo: active?.modelNo ?? null,
    learnedAt: active?.createdAt ?? null,
    learnedByName: active === undefined ? null : (names.get(active.createdBy) ?? null),
    parties: active?.training.parties ?? 0,
    customers,
    pairsCompared: active?.training.pairsCompared ?? 0,
    ...model.thresholds,
    distribution: [...distribution],
    decisions: { same, apart, later },
    open: await steward.countDoubts(tx),
    blocks: [...(active?.training.blocks ?? [])],
    columns: columnsOf(model),
    models: models.map(({ modelNo, state, createdAt, createdBy }) => ({ modelNo, state, createdAt, byName: names.get(createdBy) ?? null })),
  };
}

function columnsOf({ kinds }: IdentityModel): MatchingQuality["columns"] {
  return (["person", "organisation"] as const).flatMap((kind) =>
    kinds[kind].columns.map(({ name, levels }) => ({
      kind,
      column: name,
      levels: levels.map(({ name: level, bits, m, u }) => ({ level, bits, same: m, strangers: u })),
    })),
  );
}

/** What other thresholds would do, from the evidence that stands; nothing is changed. Precision and recall are what the model itself expects. Fails with not_allowed. */
export async function previewThreshold(tx: Tx, caller: Caller, asked: { joinBits: number; doubtBits?: number | undefined }) {
  permit(caller, "identity:read");
  const { thresholds } = (await modelInForce(tx)).model;
  const figures = async (joinBits: number, doubtBits: number) => {
    const { joinedPairs, doubtfulPairs, joinedSame, allSame } = await steward.weighPairs(tx, joinBits, Math.min(doubtBits, joinBits));
    return {
      joinedPairs,
      doubtfulPairs,
      precision: joinedPairs === 0 ? null : joinedSame / joinedPairs,
      recall: allSame === 0 ? null : joinedSame / allSame,
    };
  };
  return {
    now: await figures(thresholds.joinBits, thresholds.doubtBits),
    proposed: await figures(asked.joinBits, asked.doubtBits ?? thresholds.doubtBits),
  };
}
