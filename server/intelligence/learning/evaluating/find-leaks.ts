import { sampleAscending, seededRandom } from "../../../platform/random/index.ts";
import { areaUnderCurve } from "../measures/ranking.ts";
import { binEvidence } from "../scorecard/bin-evidence.ts";
import { placesOf } from "../scorecard/place-in-bin.ts";
import { defaultScorecardOptions } from "../scorecard/train-scorecard.ts";
import { type Column, type Table, takeRows, takeValues } from "../tables/table.ts";

/** A column that tells the target almost alone. */
export interface Leak {
  readonly column: string;
  readonly auc: number;
}

const ROWS_LOOKED_AT_MAX = 40_000;
// Nothing honest that a bank knows beforehand has been seen to reach this alone.
const AUC_SUSPECT = 0.95;

/**
 * Columns that alone rank the target nearly without error: weights of evidence from one half of (a sample of) the rows, judged by the
 * AUC on the other. Most often such a column was filled in after the event.
 */
export function findLeaks(table: Table, target: Float64Array): Leak[] {
  const sample = sampleAscending(table.rows, ROWS_LOOKED_AT_MAX, seededRandom(11));
  const [even, odd] = [0, 1].map((half) => sample.filter((_, place) => place % 2 === half)) as [Int32Array, Int32Array];
  return table.columns
    .map((column) => ({ column: column.name, auc: aucAlone(column, target, even, odd) }))
    .filter(({ auc }) => auc >= AUC_SUSPECT)
    .sort((a, b) => b.auc - a.auc);
}

function aucAlone(column: Column, target: Float64Array, learn: Int32Array, judge: Int32Array): number {
  const [learnTarget, judgeTarget] = [takeValues(target, learn), takeValues(target, judge)];
  const isMixed = (list: Float64Array) => list.includes(0) && list.includes(1);
  if (!isMixed(learnTarget) || !isMixed(judgeTarget)) return 0.5;
  const half = (rows: Int32Array): Table =>
    takeRows({ rows: column.kind === "number" ? column.values.length : column.codes.length, columns: [column] }, rows);
  const options = { ...defaultScorecardOptions(learn.length), binShareMin: 0.001 };
  const binned = binEvidence(half(learn).columns[0] as Column, learnTarget, options);
  // The weight falls as events grow more frequent.
  const evidence = binned.bins.map(({ weightOfEvidence }) => -weightOfEvidence);
  return areaUnderCurve(
    judgeTarget,
    Float64Array.from(placesOf(binned, half(judge)), (bin) => evidence[bin] ?? 0),
  );
}
