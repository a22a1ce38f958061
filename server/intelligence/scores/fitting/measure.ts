import {
  adverseImpact,
  areaUnderCurve,
  brierScore,
  type Importance,
  logLoss,
  permutationImportance,
  rankingOf,
  type Table,
  takeRows,
  takeValues,
} from "../../learning/index.ts";
import type { TrainingSet } from "../training-set.ts";
import type { Bands, FitReport, GroupFigures, Measures } from "./fit-report.ts";
import type { ReadyModel } from "./ready-model.ts";

const GROUP_SIDE_MIN = 10;
const GROUPS_PER_KIND_MAX = 30;
const GROUP_ROWS_MIN = 30;
const PERMUTED_OTHERS_MAX = 1_500;

export function measuresOf(target: Float64Array, chances: Float64Array): Measures {
  return {
    ...rankingOf(target, chances),
    logLoss: logLoss(target, chances),
    brier: brierScore(target, chances),
    eventRate: sum(target) / target.length,
  };
}

/** The 90th and 97th of 100 chances: one customer in ten is flagged. */
export function bandsOf(chances: Float64Array): Bands {
  const sorted = chances.slice().sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 1;
  return { raised: at(0.9), high: at(0.97) };
}

/** Day by day of those judged: whether it fades with distance. */
export function byTime(set: TrainingSet, rows: Int32Array, chances: Float64Array): FitReport["byTime"] {
  const places = [...new Set(Array.from(rows, (row) => set.asOfOf[row] as number))].sort((a, b) => a - b);
  return places.map((place) => {
    const among = indices(rows.length, (index) => set.asOfOf[rows[index] as number] === place);
    const target = Float64Array.from(among, (index) => set.target[rows[index] as number] as number);
    const part = Float64Array.from(among, (index) => chances[index] as number);
    const events = sum(target);
    const told = events > 0 && events < target.length ? rankingOf(target, part) : null;
    return { asOf: set.asOfs[place] as string, rows: target.length, events, auc: told?.auc ?? null, liftAt10: told?.liftAt10 ?? null };
  });
}

/** By branch, language and the like: how well it ranks there, how far chances are from what happened, and who is spared being flagged. */
export function groupFigures(set: TrainingSet, rows: Int32Array, chances: Float64Array, bands: Bands): GroupFigures[] {
  return Object.entries(set.groups).flatMap(([by, names]) => {
    const own = Array.from(rows, (row) => names[row] ?? null);
    const spared = Array.from(chances, (chance) => Number(chance < bands.raised));
    const impact = new Map(adverseImpact(own, spared).map((one) => [one.group, one]));
    return [...impact.values()]
      .filter((one) => one.rows >= GROUP_ROWS_MIN)
      .sort((a, b) => b.rows - a.rows || (a.group < b.group ? -1 : 1))
      .slice(0, GROUPS_PER_KIND_MAX)
      .map(({ group, ratio, isAdverse }) => {
        const among = indices(rows.length, (index) => own[index] === group);
        const target = Float64Array.from(among, (index) => set.target[rows[index] as number] as number);
        const part = Float64Array.from(among, (index) => chances[index] as number);
        const events = sum(target);
        const isTold = Math.min(events, target.length - events) >= GROUP_SIDE_MIN;
        return {
          ...{ by, group, rows: target.length, events, auc: isTold ? areaUnderCurve(target, part) : null },
          ...{ meanChance: sum(part) / part.length, eventRate: events / target.length, ratio, isAdverse },
        };
      });
  });
}

/** Fall of the AUC when one column is dealt anew among judged rows: all events and 1,500 others at most. */
export function permuted(model: ReadyModel, set: TrainingSet, table: Table, rows: Int32Array): Importance[] {
  const others = rows.filter((row) => set.target[row] === 0);
  const step = Math.max(1, Math.ceil(others.length / PERMUTED_OTHERS_MAX));
  const chosen = Int32Array.from([...rows.filter((row) => set.target[row] === 1), ...others.filter((_, place) => place % step === 0)]);
  const target = takeValues(set.target, chosen);
  return permutationImportance(takeRows(table, chosen), (dealt) => areaUnderCurve(target, model.rawOf(dealt)));
}

function indices(length: number, wanted: (index: number) => boolean): number[] {
  const found: number[] = [];
  for (let index = 0; index < length; index += 1) if (wanted(index)) found.push(index);
  return found;
}

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}
