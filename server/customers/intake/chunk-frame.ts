import type { Caller } from "../../platform/caller/index.ts";
import type { ChunkFrame } from "./landing/resolve.ts";
import { columnOfField } from "./mapping/index.ts";
import type { FilePlan } from "./mapping/plan.ts";
import type { LoadHead } from "./store.ts";

interface FrameParts {
  readonly load: LoadHead;
  readonly plan: FilePlan;
  readonly fileNo: number;
  readonly caller: Caller;
  /** Default: when the load was started. */
  readonly changedAt?: Date;
  readonly createsOnly?: boolean;
}

/** What all chunks of one file of a load have in common. */
export function chunkFrame({ load, plan, fileNo, caller, changedAt = load.startedAt, createsOnly = false }: FrameParts): ChunkFrame {
  return {
    sourceId: load.sourceId,
    loadNo: load.loadNo,
    changedAt: changedAt.toISOString(),
    createsOnly,
    fileNo,
    decidedBy: caller.userId,
    raw: plan.raw("s"),
    keptRaw: plan.keptRaw("s"),
    lostColumn: (kind) => columnOfField(plan, kind, "l.lost", (field) => `l.${field}`),
    columnOf: (kind, field) => columnOfField(plan, kind, field),
    repeats: new Set<string>(),
  };
}
