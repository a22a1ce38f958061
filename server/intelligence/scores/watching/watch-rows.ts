import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import type { Table } from "../../learning/index.ts";
import { isIntact, openVersion } from "../registry/seal-version.ts";
import { findVersion } from "../store.ts";
import { keepWatch, measured } from "./keep-watch.ts";

/** Of rows scored elsewhere: how the version does today. Worker role; at most some ten thousand rows. */
export async function watchRows(
  tx: Tx,
  clock: Clock,
  { modelId, version, asOf }: { readonly modelId: string; readonly version: number; readonly asOf: string },
  {
    table,
    known,
  }: { readonly table: Table; readonly known: { readonly asOf: string; readonly table: Table; readonly target: Float64Array } | null },
): Promise<void> {
  const row = await findVersion(tx, modelId, version);
  if (row === null || table.rows === 0 || !isIntact(row)) return;
  // What it learned from says nothing of how it does since.
  const isNews = known !== null && known.asOf > (row.report.data.asOfs.at(-1) ?? "");
  const matured = isNews ? measured(known.asOf, openVersion(row).chancesOf(known.table), known.target) : null;
  await keepWatch(tx, clock, row, { asOf, table, matured });
}
