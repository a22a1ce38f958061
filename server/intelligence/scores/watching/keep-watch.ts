import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { areaUnderCurve, driftLevel, histogramStability, numberColumn, type Table } from "../../learning/index.ts";
import type { ModelWatch } from "../contract.ts";
import { tellDrift } from "../notice-store.ts";
import { openVersion } from "../registry/seal-version.ts";
import type { VersionRow } from "../store.ts";
import { saveWatch } from "./watch-store.ts";

const COLUMNS_TOLD = 20;
const MATURED_SIDE_MIN = 5;
const GAIN_HEARD = 0.1;

export interface Seen {
  readonly asOf: string;
  /** Rows of today, of the same kind as those it learned from. */
  readonly table: Table;
  readonly matured: ModelWatch["matured"];
}

/**
 * Worker role; of an intact version. Once a day; when it turns to "act", whoever trains or approves models is told. The scores decide; a column that carries a
 * tenth of the model and moved far asks for a look while they stand still.
 */
export async function keepWatch(tx: Tx, clock: Clock, row: VersionRow, { asOf, table, matured }: Seen): Promise<void> {
  const chances = openVersion(row).chancesOf(table);
  const flaggedShare = chances.filter((chance) => chance >= row.report.bands.raised).length / Math.max(chances.length, 1);
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const gains = new Map(row.report.importance.map(({ feature, gain }) => [feature, gain]));
  const columns = row.histograms
    .filter(({ name }) => gains.has(name))
    .map((histogram) => {
      const psi = histogramStability(histogram, byName.get(histogram.name));
      return { name: histogram.name, psi, level: driftLevel(psi) };
    })
    .sort((a, b) => b.psi - a.psi || (a.name < b.name ? -1 : 1));
  const base = row.histograms.find(({ name }) => name === "chance");
  const scorePsi = base === undefined ? 0 : histogramStability(base, numberColumn("chance", chances));
  const scoreLevel = driftLevel(scorePsi);
  const moved = columns.some(({ name, level: far }) => far === "act" && (gains.get(name) ?? 0) >= GAIN_HEARD);
  const level = scoreLevel === "stable" && moved ? "watch" : scoreLevel;
  const report: Pick<ModelWatch, "scorePsi" | "columns" | "flaggedShare" | "matured"> = {
    ...{ scorePsi, columns: columns.slice(0, COLUMNS_TOLD), matured, flaggedShare },
  };
  const of = { modelId: row.modelId, version: row.version };
  const day = clock.now().toISOString().slice(0, 10);
  const before = await saveWatch(tx, { ...of, watchedOn: day, asOf, rows: chances.length, level, report });
  if (level === "act" && before !== "act") await tellDrift(tx, row.modelId, row.version);
}

/** Chances against what came; null with too few of either class. */
export function measured(asOf: string, chances: Float64Array, target: Float64Array): ModelWatch["matured"] {
  const [rows, events] = [target.length, target.reduce((a, b) => a + b, 0)];
  if (Math.min(events, rows - events) < MATURED_SIDE_MIN) return null;
  return {
    ...{ asOf, rows, events, auc: areaUnderCurve(target, chances), eventRate: events / rows },
    meanChance: chances.reduce((a, b) => a + b, 0) / rows,
  };
}
