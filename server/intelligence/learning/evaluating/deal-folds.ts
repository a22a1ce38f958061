import { seededRandom } from "../../../platform/random/index.ts";

/** Rows to train on and rows to judge by, both ascending. */
export interface Fold {
  readonly trainOn: Int32Array;
  readonly judgeBy: Int32Array;
}

/** Deals the rows of each class in turn to `folds` folds, shuffled by the seed, so that each has the same rate of events (Kohavi 1995). */
export function dealFolds(target: Float64Array, folds: number, seed = 1): Fold[] {
  const random = seededRandom(seed);
  const foldOf = new Int32Array(target.length);
  for (const klass of [0, 1]) {
    const rows = Int32Array.from(target.keys()).filter((row) => target[row] === klass);
    for (let last = rows.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      const kept = rows[last] as number;
      rows[last] = rows[other] as number;
      rows[other] = kept;
    }
    rows.forEach((row, place) => {
      foldOf[row] = place % folds;
    });
  }
  const all = Int32Array.from(target.keys());
  return Array.from({ length: folds }, (_, fold) => ({
    trainOn: all.filter((row) => foldOf[row] !== fold),
    judgeBy: all.filter((row) => foldOf[row] === fold),
  }));
}

/** The first `share` of the rows, as they stand in the file, and the rest. */
export function cutByOrder(rows: number, share: number): Fold {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const middle = Math.round(rows * share);
  return { trainOn: all.subarray(0, middle), judgeBy: all.subarray(middle) };
}
