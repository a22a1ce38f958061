import { DomainError } from "../../../platform/errors/index.ts";
import type { Table } from "../tables/table.ts";
import { placesIn } from "./bin-columns.ts";
import { FlatTrees } from "./flat-trees.ts";
import { toMeans } from "./objectives.ts";
import type { TreeModel } from "./tree-model.ts";

const BLOCK_ROWS = 512;

/** A row for people: column name -> number, name of a category, or null where missing. Columns the model does not know are ignored. */
export type NamedRow = Readonly<Record<string, number | string | null | undefined>>;

/** A model ready to score. Build it once, keep it: laying it out costs more than a row. */
export class TreeScorer {
  readonly model: TreeModel;
  readonly flat: FlatTrees;
  private readonly classes: number;
  private readonly places: readonly (ReadonlyMap<string, number> | null)[];

  constructor(model: TreeModel) {
    this.model = model;
    this.flat = new FlatTrees(model);
    this.classes = model.baseScores.length;
    this.places = model.features.map((feature) =>
      feature.kind === "category" ? new Map(feature.categories.map((category, place) => [category, place])) : null,
    );
  }

  /** A row as the trees walk it. A category never seen counts as other, an infinite number as beyond every bound. */
  encode(row: NamedRow): Float64Array {
    return Float64Array.from(this.model.features, ({ name }, place) => {
      const value = row[name];
      if (value === null || value === undefined) return Number.NaN;
      const known = this.places[place];
      if (known === null || known === undefined) return Math.min(Number(value), Number.MAX_VALUE);
      return known.get(String(value)) ?? known.size;
    });
  }

  /** Raw score of one encoded row (of its class `klass` under softmax). */
  rawOfRow(row: Float64Array, klass = 0): number {
    let raw = this.model.baseScores[klass] as number;
    for (let index = klass; index < this.model.trees.length; index += this.classes) raw += this.flat.scoreOf(index, row, 0);
    return raw;
  }

  /** Probability, or expected value, of one encoded row; one per class under softmax. */
  meansOfRow(row: Float64Array): Float64Array {
    return toMeans(
      this.model.options.objective,
      Float64Array.from({ length: this.classes }, (_, klass) => this.rawOfRow(row, klass)),
    );
  }

  /** Raw scores of a table, row after row, `classes` entries each. Columns are found by name. Fails with invalid_input when one is not there or of another kind. */
  rawOfTable(table: Table): Float64Array {
    const raw = new Float64Array(table.rows * this.classes);
    // The same order of adding up as for a single row gives the same last digit.
    for (let at = 0; at < raw.length; at += 1) raw[at] = this.model.baseScores[at % this.classes] as number;
    const { length } = this.model.trees;
    this.eachBlock(table, (values, first, rows, width) => {
      for (let index = 0; index < length; index += 1) {
        this.flat.addScores(index, { values, rows, width }, raw, first * this.classes + (index % this.classes), this.classes);
      }
    });
    return raw;
  }

  /** Probabilities, or expected values, of a table; under softmax one per class, row after row. */
  meansOfTable(table: Table): Float64Array {
    const raw = this.rawOfTable(table);
    const { objective } = this.model.options;
    if (objective !== "softmax") return toMeans(objective, raw);
    for (let at = 0; at < raw.length; at += this.classes) raw.set(toMeans(objective, raw.subarray(at, at + this.classes)), at);
    return raw;
  }

  /** Hands on the table as encoded rows, some hundreds at a time; the block is used again for the next. */
  eachBlock(table: Table, use: (block: Float64Array, first: number, rows: number, width: number) => void): void {
    const width = this.model.features.length;
    const block = new Float64Array(Math.min(BLOCK_ROWS, table.rows) * width);
    const writers = this.writersFor(table);
    for (let first = 0; first < table.rows; first += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, table.rows - first);
      writers.forEach((write, place) => {
        write(block, first, rows, place);
      });
      use(block, first, rows, width);
    }
  }

  private writersFor(table: Table): ((block: Float64Array, first: number, rows: number, place: number) => void)[] {
    const width = this.model.features.length;
    const byName = new Map(table.columns.map((column) => [column.name, column]));
    return this.model.features.map((feature) => {
      const column = byName.get(feature.name);
      if (column?.kind !== feature.kind) {
        throw new DomainError(
          "invalid_input",
          `the model needs a ${feature.kind} column ${feature.name}; the table has ${column?.kind ?? "none"}`,
        );
      }
      if (column.kind === "number") {
        return (block, first, rows, place) => {
          for (let row = 0; row < rows; row += 1)
            block[row * width + place] = Math.min(column.values[first + row] as number, Number.MAX_VALUE);
        };
      }
      const places = placesIn(feature.kind === "category" ? feature.categories : [], column.categories);
      return (block, first, rows, place) => {
        for (let row = 0; row < rows; row += 1) {
          const code = column.codes[first + row] as number;
          block[row * width + place] = code < 0 ? Number.NaN : (places[code] as number);
        }
      };
    });
  }
}
