import type { Tx } from "../../../platform/db/index.ts";
import type { FitReport } from "../fitting/fit-report.ts";
import type { ReadyModel } from "../fitting/ready-model.ts";
import { tellAltered } from "../notice-store.ts";
import { findModel, findVersion, type VersionRow } from "../store.ts";
import { isIntact, openVersion } from "./seal-version.ts";

export interface ServingVersion {
  readonly version: number;
  readonly ready: ReadyModel;
  readonly report: FitReport;
}

export interface Serving {
  readonly champion: ServingVersion | null;
  /** Scores in the shadow: nobody acts by it. */
  readonly challenger: ServingVersion | null;
}

/** What serves for a purpose now, ready to score, for modules that score themselves; null: nothing does. Fails with invalid_state (altered). */
export async function readServing(tx: Tx, modelId: string): Promise<Serving> {
  const { champion, challenger } = await rowsOf(tx, modelId);
  return { champion: champion && opened(champion), challenger: challenger !== null && isIntact(challenger) ? opened(challenger) : null };
}

/** The same on the worker, where work goes on without: an altered version serves nobody, and whoever looks after models is told. */
export async function readIntact(tx: Tx, modelId: string): Promise<Serving> {
  const { champion, challenger } = await rowsOf(tx, modelId);
  const intact = async (row: VersionRow | null) => {
    if (row === null || isIntact(row)) return row && opened(row);
    await tellAltered(tx, row.modelId, row.version);
    return null;
  };
  return { champion: await intact(champion), challenger: await intact(challenger) };
}

/** What is known of the versions that serve, without opening them. */
export async function servingReports(
  tx: Tx,
  modelId: string,
): Promise<Record<"champion" | "challenger", Omit<ServingVersion, "ready"> | null>> {
  const { champion, challenger } = await rowsOf(tx, modelId);
  return { champion, challenger };
}

/** Only which version is champion: for who looks often. */
export async function championOf(tx: Tx, modelId: string): Promise<number | null> {
  return (await findModel(tx, modelId))?.championVersion ?? null;
}

async function rowsOf(tx: Tx, modelId: string): Promise<{ champion: VersionRow | null; challenger: VersionRow | null }> {
  const model = await findModel(tx, modelId);
  const find = (version: number | null | undefined) => (version == null ? null : findVersion(tx, modelId, version));
  return { champion: await find(model?.championVersion), challenger: await find(model?.challengerVersion) };
}

const opened = (row: VersionRow): ServingVersion => ({ version: row.version, ready: openVersion(row), report: row.report });
