import type { Tx } from "../../platform/db/index.ts";
import type { LoadReport } from "./contract.ts";
import { landChunk } from "./landing/lane.ts";
import type { ChunkFrame } from "./landing/resolve.ts";
import type { FilePlan } from "./mapping/plan.ts";
import type { BadRow } from "./reading/index.ts";
import { reconcile } from "./reconcile.ts";
import * as store from "./store.ts";

export interface LoneChunk {
  readonly load: store.LoadHead;
  readonly plan: FilePlan;
  readonly frame: ChunkFrame;
  /** Lines of the file the rows stand for; at least one. */
  readonly lines: readonly number[];
  readonly bad: readonly BadRow[];
}

/** Lands what is staged and cast of one file as its only chunk, in a load that is one transaction. */
export async function landLines(tx: Tx, { load, plan, frame, lines, bad }: LoneChunk): Promise<void> {
  const landed = await landChunk(tx, plan, frame, { bad });
  await store.insertChunk(tx, load.loadNo, {
    fileNo: frame.fileNo,
    chunkNo: 1,
    firstLine: Math.min(...lines),
    lastLine: Math.max(...lines),
    ...landed,
    control: {},
  });
}

/** The report of a load that is one transaction. */
export function reportAlone(tx: Tx, load: store.LoadHead, startedMs: number): Promise<LoadReport> {
  return reconcile(tx, { load, plan: { files: [], filesLeftOut: [], announcements: new Map() } }, new Map(), {
    seconds: (performance.now() - startedMs) / 1000,
    dryRun: false,
    complete: true,
  });
}
