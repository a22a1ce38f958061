import { seededRandom } from "../../../platform/random/index.ts";
import type { Column, Table } from "../tables/table.ts";
import type { TreeModel } from "./tree-model.ts";

export interface Importance {
  readonly feature: string;
  readonly importance: number;
}

/** Each feature's share of the training loss taken away by splits on it (Breiman et al. 1984), largest first; shares add up to 1. */
export function gainImportance(model: TreeModel): Importance[] {
  const sums = new Float64Array(model.features.length);
  for (const tree of model.trees) {
    tree.feature.forEach((feature, node) => {
      if (feature >= 0) sums[feature] = (sums[feature] as number) + (tree.gain[node] as number);
    });
  }
  const total = sums.reduce((a, b) => a + b, 0) || 1;
  return ranked(model.features.map(({ name }, place) => ({ feature: name, importance: (sums[place] as number) / total })));
}

/**
 * How much worse a measure gets when one column's values are dealt anew among the rows (Breiman 2001, section 10), largest first.
 * `measure`: higher is better. Use rows the model was not trained on.
 */
export function permutationImportance(table: Table, measure: (table: Table) => number, seed = 1): Importance[] {
  const whole = measure(table);
  const random = seededRandom(seed);
  return ranked(
    table.columns.map((column, place) => {
      const dealt = table.columns.with(place, dealAnew(column, random));
      return { feature: column.name, importance: whole - measure({ ...table, columns: dealt }) };
    }),
  );
}

function dealAnew(column: Column, random: () => number): Column {
  if (column.kind === "number") {
    const values = column.values.slice();
    shuffle(values, random);
    return { ...column, values };
  }
  const codes = column.codes.slice();
  shuffle(codes, random);
  return { ...column, codes };
}

function shuffle(list: Float64Array | Int32Array, random: () => number): void {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = list[last] as number;
    list[last] = list[other] as number;
    list[other] = kept;
  }
}

function ranked(importances: Importance[]): Importance[] {
  return importances.sort((a, b) => b.importance - a.importance || (a.feature < b.feature ? -1 : 1));
}
