import { DomainError } from "../../../platform/errors/index.ts";
import { sampleAscending, seededRandom } from "../seeded.ts";
import type { Table } from "../tables/table.ts";
import { applyBins, type BinnedTable, type ColumnBins, fitBins } from "./bin-columns.ts";
import { defaultTreeOptions } from "./default-options.ts";
import { addTree, type GrownTree, TreeGrower } from "./grow-tree.ts";
import { type Loss, type LossRows, lossOf } from "./objectives.ts";
import type { Feature, Tree, TreeModel } from "./tree-model.ts";
import type { TreeOptions } from "./tree-options.ts";

/** What trees learn from. Weights are positive; without them every row weighs 1. */
export interface TrainingRows {
  readonly table: Table;
  readonly target: Float64Array;
  readonly weights?: Float64Array;
  /** Rows apart, with the same columns: training keeps the round at which their loss was least. */
  readonly validation?: { readonly table: Table; readonly target: Float64Array; readonly weights?: Float64Array };
}

/**
 * Gradient boosted trees on histograms (Friedman 2001; Ke et al. 2017, LightGBM): each round fits a tree to the gradient and curvature of
 * the loss and adds learningRate times its values. Deterministic: equal rows, options and seed give equal bytes.
 * Fails with invalid_input: no rows, no columns, a target outside the objective's range, a column twice, monotone on an unknown column.
 */
export function trainTrees(rows: TrainingRows, chosen: Partial<TreeOptions> = {}): TreeModel {
  const options = { ...defaultTreeOptions(rows.target, chosen.objective), ...chosen };
  refuseUnfit(rows, options);
  const columns = fitBins(rows.table, options);
  const loss = lossOf(options);
  const training = new Boosting(applyBins(rows.table, columns), rows.target, rows.weights ?? null, loss);
  const { validation } = rows;
  const held =
    validation === undefined
      ? null
      : new Boosting(applyBins(inOrder(validation.table, columns), columns), validation.target, validation.weights ?? null, loss);
  held?.startFrom(training.baseScores);
  const { trees, validationLoss } = boost(training, held, options);
  return {
    kind: "trees",
    version: 1,
    options,
    features: columns.map(featureOf),
    trainedRows: rows.table.rows,
    baseScores: training.baseScores,
    trees,
    validationLoss,
  };
}

/** A set of rows and where their scores stand. */
class Boosting {
  readonly table: BinnedTable;
  readonly rows: LossRows;
  readonly loss: Loss;
  baseScores: number[];

  constructor(table: BinnedTable, target: Float64Array, weights: Float64Array | null, loss: Loss) {
    this.table = table;
    this.loss = loss;
    this.baseScores = loss.baseScores(target, weights);
    this.rows = { target, weights, raw: new Float64Array(target.length * this.baseScores.length) };
    this.startFrom(this.baseScores);
  }

  startFrom(baseScores: number[]): void {
    this.baseScores = baseScores;
    baseScores.forEach((score, k) => {
      this.rawOf(k).fill(score);
    });
  }

  rawOf(klass: number): Float64Array {
    const { target, raw } = this.rows;
    return raw.subarray(klass * target.length, (klass + 1) * target.length);
  }
}

function boost(training: Boosting, held: Boosting | null, options: TreeOptions) {
  const random = seededRandom(options.seed);
  const grower = new TreeGrower(training.table, training.rows.weights, options);
  const pairs = new Float64Array(training.table.rows * 2);
  const width = training.table.columns.length;
  const trees: Tree[] = [];
  let best = { loss: held === null ? null : held.loss.mean(held.rows), trees: 0, round: 0 };
  for (let round = 1; round <= options.roundsMax; round += 1) {
    const sample = sampleAscending(training.table.rows, Math.max(1, Math.round(options.rowShare * training.table.rows)), random);
    const isWhole = sample.length === training.table.rows;
    const outside = isWhole ? null : restOf(sample, training.table.rows);
    // Every class of a round learns from the same scores.
    const grown: GrownTree[] = [];
    for (let klass = 0; klass < options.classes; klass += 1) {
      const used = sampleAscending(width, Math.max(1, Math.round(options.columnShare * width)), random);
      training.loss.fill(pairs, training.rows, klass);
      const tree = grower.grow(pairs, sample, used);
      if (options.classes === 1) addToRows(tree, training, outside);
      else grown.push(tree);
      if (held !== null && options.classes === 1) addTree(tree, held.table, held.rawOf(0), null);
      trees.push(tree.tree);
    }
    grown.forEach((tree, klass) => {
      addTree(tree, training.table, training.rawOf(klass), null);
      if (held !== null) addTree(tree, held.table, held.rawOf(klass), null);
    });
    if (held === null || best.loss === null) continue;
    const lossNow = held.loss.mean(held.rows);
    if (lossNow < best.loss) best = { loss: lossNow, trees: trees.length, round };
    else if (options.patienceRounds > 0 && round - best.round >= options.patienceRounds) break;
  }
  return { trees: held === null ? trees : trees.slice(0, best.trees), validationLoss: best.loss };
}

/** In the sample a row's leaf is known from growing; the others walk down the tree. */
function addToRows(grown: GrownTree, training: Boosting, outside: Int32Array | null): void {
  const raw = training.rawOf(0);
  for (const { node, from, to } of grown.leaves) {
    const value = grown.tree.value[node] as number;
    for (let index = from; index < to; index += 1) {
      const row = grown.places[index] as number;
      raw[row] = (raw[row] as number) + value;
    }
  }
  if (outside !== null) addTree(grown, training.table, raw, outside);
}

function restOf(sample: Int32Array, rows: number): Int32Array {
  const rest = new Int32Array(rows - sample.length);
  let next = 0;
  let filled = 0;
  for (let row = 0; row < rows; row += 1) {
    if (sample[next] === row) next += 1;
    else {
      rest[filled] = row;
      filled += 1;
    }
  }
  return rest;
}

/** The table's columns in the order in which the model knows them. */
function inOrder(table: Table, columns: readonly ColumnBins[]): Table {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  return {
    rows: table.rows,
    columns: columns.map(({ name }) => {
      const column = byName.get(name);
      if (column === undefined) throw new DomainError("invalid_input", `the validation rows have no column ${name}`);
      return column;
    }),
  };
}

function featureOf(column: ColumnBins): Feature {
  const { name, kind } = column;
  return kind === "number" ? { name, kind } : { name, kind, categories: column.categories };
}

function refuseUnfit({ table, target, weights }: TrainingRows, options: TreeOptions): void {
  const refuse = (sentence: string) => new DomainError("invalid_input", sentence);
  if (table.rows === 0 || table.columns.length === 0) throw refuse("there are no rows, or no columns, to learn from");
  if (target.length !== table.rows || (weights !== undefined && weights.length !== table.rows)) {
    throw refuse(`target and weights need ${table.rows} entries, one a row`);
  }
  const names = new Set(table.columns.map(({ name }) => name));
  if (names.size < table.columns.length) throw refuse("two columns have the same name");
  for (const name of Object.keys(options.monotone)) {
    if (table.columns.find((column) => column.name === name)?.kind !== "number")
      throw refuse(`${name} is no column of numbers, so it cannot be monotone`);
  }
  if (weights?.some((weight) => !(weight > 0 && weight < Infinity))) throw refuse("weights are above 0 and finite");
  const { objective, classes } = options;
  const fits: Record<TreeOptions["objective"], (value: number) => boolean> = {
    logistic: (value) => value === 0 || value === 1,
    softmax: (value) => Number.isInteger(value) && value >= 0 && value < classes,
    squared: Number.isFinite,
    poisson: (value) => value >= 0 && value < Infinity,
    tweedie: (value) => value >= 0 && value < Infinity,
  };
  if (!target.every(fits[objective])) throw refuse(`a target is not what ${objective} can learn`);
  if (objective === "logistic" && target.every((value) => value === target[0]))
    throw refuse("all rows have the same target: one class only");
  if ((objective === "softmax") !== classes > 1) throw refuse("softmax needs 2 classes or more, every other objective 1");
}
