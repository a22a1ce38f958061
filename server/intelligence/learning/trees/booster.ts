import { DomainError } from "../../../platform/errors/index.ts";
import { sampleAscending, seededRandom } from "../../../platform/random/index.ts";
import type { Table } from "../tables/table.ts";
import { applyBins, type BinnedTable, type ColumnBins, fitBins } from "./bin-columns.ts";
import { addTree, type GrownTree, TreeGrower } from "./grow-tree.ts";
import { type Loss, type LossRows, lossOf } from "./objectives.ts";
import type { Tree } from "./tree-model.ts";
import type { TreeOptions } from "./tree-options.ts";

/** Rows to learn from or to judge by. */
export interface LabelledRows {
  readonly table: Table;
  readonly target: Float64Array;
  /** Positive; without them every row weighs 1. */
  readonly weights?: Float64Array;
}

// A draw of fewer columns would leave trees with nothing to choose from.
const COLUMNS_DRAWN_MIN = 3;

/** Boosting under way: each round adds one tree a class, and moves the scores of the rows it learns from and of those held apart. */
export class Booster {
  readonly columns: readonly ColumnBins[];
  readonly baseScores: readonly number[];
  readonly trees: Tree[] = [];
  private readonly options: TreeOptions;
  private readonly loss: Loss;
  private readonly training: ScoredRows;
  private readonly held: ScoredRows | null;
  private readonly grower: TreeGrower;
  private readonly pairs: Float64Array;
  private readonly random: () => number;

  constructor(rows: LabelledRows, held: LabelledRows | null, options: TreeOptions) {
    this.options = options;
    this.loss = lossOf(options);
    this.columns = fitBins(rows.table, options);
    this.baseScores = this.loss.baseScores(rows.target, rows.weights ?? null);
    this.training = new ScoredRows(rows, this.columns, this.baseScores);
    this.held = held === null ? null : new ScoredRows(held, this.columns, this.baseScores);
    this.grower = new TreeGrower(this.training.binned, rows.weights ?? null, options);
    this.pairs = new Float64Array(rows.table.rows * 2);
    this.random = seededRandom(options.seed);
  }

  addRound(): void {
    const { training, held, options, pairs } = this;
    const { rows, columns } = training.binned;
    const sample = sampleAscending(rows, Math.max(1, Math.round(options.rowShare * rows)), this.random);
    const drawn = Math.max(Math.min(COLUMNS_DRAWN_MIN, columns.length), Math.round(options.columnShare * columns.length));
    // Every class of a round learns from the same scores, so no tree is added before all are grown.
    const grown: GrownTree[] = [];
    for (let klass = 0; klass < options.classes; klass += 1) {
      this.loss.fill(pairs, training.labels, klass);
      grown.push(this.grower.grow(pairs, sample, sampleAscending(columns.length, drawn, this.random)));
    }
    grown.forEach((tree, klass) => {
      // The grower remembers in which leaves the rows of its last tree lie; the others walk down.
      if (options.classes === 1) addToSample(tree, training.rawOf(0));
      const walking = options.classes > 1 ? null : restOf(sample, rows);
      if (walking === null || walking.length > 0) addTree(tree, training.binned, training.rawOf(klass), walking);
      if (held !== null) addTree(tree, held.binned, held.rawOf(klass), null);
      this.trees.push(tree.tree);
    });
  }

  /** Mean loss on the rows held apart; NaN where there are none. */
  heldLoss(): number {
    return this.held === null ? Number.NaN : this.loss.mean(this.held.labels);
  }
}

/** A set of rows and where their scores stand. */
class ScoredRows {
  readonly binned: BinnedTable;
  readonly labels: LossRows;

  constructor({ table, target, weights }: LabelledRows, columns: readonly ColumnBins[], baseScores: readonly number[]) {
    this.binned = applyBins(inOrder(table, columns), columns);
    this.labels = { target, weights: weights ?? null, raw: new Float64Array(target.length * baseScores.length) };
    baseScores.forEach((score, klass) => {
      this.rawOf(klass).fill(score);
    });
  }

  rawOf(klass: number): Float64Array {
    const { target, raw } = this.labels;
    return raw.subarray(klass * target.length, (klass + 1) * target.length);
  }
}

function addToSample({ tree, leaves, places }: GrownTree, raw: Float64Array): void {
  for (const { node, from, to } of leaves) {
    const value = tree.value[node] as number;
    for (let index = from; index < to; index += 1) {
      const row = places[index] as number;
      raw[row] = (raw[row] as number) + value;
    }
  }
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
      if (column === undefined) throw new DomainError("invalid_input", `the rows held apart have no column ${name}`);
      return column;
    }),
  };
}
