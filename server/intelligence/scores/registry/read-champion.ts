import type { Tx } from "../../../platform/db/index.ts";
import type { FitReport } from "../fitting/fit-report.ts";
import type { ReadyModel } from "../fitting/ready-model.ts";
import { findModel, findVersion } from "../store.ts";
import { openVersion } from "./seal-version.ts";

/** What serves for a purpose now, ready to score; null: nothing does. For modules that score themselves. Fails with invalid_state (altered). */
export async function readChampion(
  tx: Tx,
  modelId: string,
): Promise<{ readonly version: number; readonly ready: ReadyModel; readonly report: FitReport } | null> {
  const model = await findModel(tx, modelId);
  const row = model?.championVersion == null ? null : await findVersion(tx, modelId, model.championVersion);
  return row === null ? null : { version: row.version, ready: openVersion(row), report: row.report };
}
