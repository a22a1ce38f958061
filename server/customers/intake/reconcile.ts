import type { Tx } from "../../platform/db/index.ts";
import { countJoins, type Joins } from "../identity/index.ts";
import { BALANCE_BREAKS_MAX, type ExpectedTotal, type LoadReport } from "./contract.ts";
import type { DeliveredFile } from "./load-plan.ts";
import type { FileEnds, LoadRun } from "./load-run.ts";
import { addCounts, addNumbers, controlTotals, expectedTotals, reportOf } from "./rules.ts";
import * as store from "./store.ts";

export interface RunFacts {
  readonly seconds: number;
  readonly dryRun: boolean;
  readonly complete: boolean;
}

/** The reconciliation report of a load, from its chunks, its quarantine and the tables themselves. */
export async function reconcile(tx: Tx, run: Pick<LoadRun, "load" | "plan">, ends: FileEnds, facts: RunFacts): Promise<LoadReport> {
  const { loadNo } = run.load;
  const chunks = await store.listChunks(tx, loadNo);
  const balances = await store.checkRunningBalances(tx, loadNo, BALANCE_BREAKS_MAX);
  const joins = await countJoins(tx, loadNo);
  return reportOf({
    kinds: withJoins(chunks.map((chunk) => chunk.counts).reduce(addCounts, {}), joins),
    holdings: chunks.map((chunk) => chunk.holdings).reduce(addNumbers, {}),
    totals: controlTotals(
      chunks.flatMap((chunk) => chunk.totals),
      await store.sumLanded(tx, loadNo),
    ),
    ...balances,
    expectedTotals: run.plan.files.flatMap((file) => expectedOf(file, chunks, ends, run.plan.announcements)),
    quarantineReasons: await store.listQuarantineReasons(tx, loadNo),
    filesLeftOut: [...run.plan.filesLeftOut],
    cardCells: chunks.map((chunk) => chunk.cardCells).reduce(addNumbers, {}),
    partiesMoved: joins.moved,
    ...facts,
  });
}

/** Chunks only know that a record was new; who belonged to somebody there before is linked, not created. */
function withJoins(kinds: LoadReport["kinds"], { linked }: Joins): LoadReport["kinds"] {
  const { party } = kinds;
  return party === undefined ? kinds : { ...kinds, party: { ...party, created: party.created - linked, linked } };
}

function expectedOf(
  file: DeliveredFile,
  chunks: readonly store.ChunkRow[],
  ends: FileEnds,
  announcements: ReadonlyMap<number, string>,
): ExpectedTotal[] {
  const { control } = file.plan;
  if (control === null) return [];
  const line = control.from === "trailer" ? ends.get(file.place)?.trailer : announcements.get(file.place);
  const announced = control.from === "mapping" ? control.announced() : control.announced(line ?? "");
  const own = chunks.filter((chunk) => chunk.fileNo === file.place).map((chunk) => chunk.control);
  return expectedTotals(file.identity.name, announced, control.summed, own);
}
