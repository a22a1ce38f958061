import type { Caller } from "../../../platform/caller/index.ts";
import type { ModelVersionSummary } from "../contract.ts";
import type { ModelRow, VersionRow } from "../store.ts";
import { isIntact } from "./seal-version.ts";

type Summary = Omit<ModelVersionSummary, "trainedAt" | "decidedAt"> & { readonly trainedAt: Date; readonly decidedAt: Date | null };

/** A version as lists show it; its state follows from the pointers of its model too. */
export function summaryOf(row: VersionRow, model: ModelRow, caller: Caller): Summary {
  const { version, learner, trainedAt, trainedByName, decidedAt, decidedByName, decisionNote, checksum, report } = row;
  return {
    ...{ version, learner, trainedAt, trainedByName, decidedAt, decidedByName, decisionNote, checksum },
    state: stateOf(row, model),
    isIntact: isIntact(row),
    isOwn: row.trainedBy === caller.userId,
    auc: report.measures.auc,
    baselineAuc: report.baseline.auc,
    liftAt10: report.measures.liftAt10,
    judgedTo: report.split.judge.to,
  };
}

function stateOf({ version, state }: VersionRow, { championVersion, challengerVersion }: ModelRow): ModelVersionSummary["state"] {
  if (version === championVersion) return "live";
  return version === challengerVersion ? "shadow" : state;
}
