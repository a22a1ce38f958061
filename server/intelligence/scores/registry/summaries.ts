import type { latestApprovals } from "../../../governance/approvals/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { ModelVersionSummary } from "../contract.ts";
import type { ModelRow, VersionRow } from "../store.ts";
import { isIntact } from "./seal-version.ts";

type Latest = NonNullable<ReturnType<Awaited<ReturnType<typeof latestApprovals>>["get"]>>;
type Summary = Omit<ModelVersionSummary, "trainedAt" | "approval"> & { readonly trainedAt: Date; readonly approval: Latest | null };

/** A version as lists show it; its state follows from the pointers of its model and from its newest request for approval too. */
export function summaryOf(row: VersionRow, model: ModelRow, caller: Caller, approval: Latest | null): Summary {
  const { version, learner, trainedAt, trainedByName, checksum, report } = row;
  return {
    ...{ version, learner, trainedAt, trainedByName, approval, checksum },
    state: stateOf(row, model, approval),
    isIntact: isIntact(row),
    isOwn: row.trainedBy === caller.userId,
    auc: report.measures.auc,
    baselineAuc: report.baseline.auc,
    liftAt10: report.measures.liftAt10,
    judgedTo: report.split.judge.to,
  };
}

function stateOf(
  { version, state }: VersionRow,
  { championVersion, challengerVersion }: ModelRow,
  approval: Latest | null,
): ModelVersionSummary["state"] {
  if (version === championVersion) return "live";
  if (version === challengerVersion) return "shadow";
  return state === "trained" && approval?.state !== "waiting" ? "refused" : state;
}
