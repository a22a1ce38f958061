import { seededRandom } from "../../../platform/random/index.ts";
import { takeRows, takeValues } from "../tables/table.ts";
import { Booster, type LabelledRows } from "./booster.ts";
import type { TreeOptions } from "./tree-options.ts";

// A fifth of few rows says little: then every fifth takes its turn.
const ROWS_FOR_ONE_FOLD = 6_000;
const FOLDS = 5;

/**
 * How many rounds are best on rows held apart: a fifth of the rows drawn by the seed, or below 6,000 rows all five fifths side by side,
 * whose mean loss decides (early stopping, Prechelt 1998, on cross-validation). Weak signals stop early, strong ones run on. The model
 * itself learns from a quarter more rows, and takes a quarter more rounds. Rows in the order of time: the latest fifth is held apart, for drawn rows
 * have neighbours of their own day among the others, and promise rounds that later days do not bear.
 */
export function chooseRounds(rows: LabelledRows & { readonly inTime?: boolean }, options: TreeOptions): number {
  const foldOf = rows.inTime === true ? latestApart(rows) : dealt(rows, options);
  const folds = rows.inTime !== true && rows.table.rows < ROWS_FOR_ONE_FOLD ? FOLDS : 1;
  const boosters = Array.from({ length: folds }, (_, fold) => {
    const learn = part(rows, (row) => foldOf[row] !== fold);
    const held = part(rows, (row) => foldOf[row] === fold);
    return new Booster(learn, held, options);
  });
  const meanLoss = () => boosters.reduce((sum, booster) => sum + booster.heldLoss(), 0) / folds;
  let best = { loss: meanLoss(), round: 0 };
  for (let round = 1; round <= options.roundsMax; round += 1) {
    for (const booster of boosters) booster.addRound();
    const loss = meanLoss();
    if (loss < best.loss) best = { loss, round };
    else if (options.patienceRounds > 0 && round - best.round >= options.patienceRounds) break;
  }
  return Math.round((best.round * FOLDS) / (FOLDS - 1));
}

/** The latest fifth in fold 0. */
function latestApart({ target }: LabelledRows): Int32Array {
  const cut = target.length - Math.floor(target.length / FOLDS);
  return Int32Array.from(target.keys(), (row) => Number(row < cut));
}

/** Deals rows of like targets in turn, in the order of the seed, so that every fold has its share of events. */
function dealt({ target }: LabelledRows, { seed }: TreeOptions): Int32Array {
  const random = seededRandom(seed ^ 0xf01d);
  const chance = Float64Array.from(target, random);
  const order = Uint32Array.from(target.keys()).sort(
    (a, b) => (target[a] as number) - (target[b] as number) || (chance[a] as number) - (chance[b] as number) || a - b,
  );
  const foldOf = new Int32Array(target.length);
  order.forEach((row, place) => {
    foldOf[row] = place % FOLDS;
  });
  return foldOf;
}

function part({ table, target, weights }: LabelledRows, isIn: (row: number) => boolean): LabelledRows {
  const places = Int32Array.from(target.keys()).filter(isIn);
  const taken = { table: takeRows(table, places), target: takeValues(target, places) };
  return weights === undefined ? taken : { ...taken, weights: takeValues(weights, places) };
}
