import { DomainError } from "../../../platform/errors/index.ts";
import type { Table } from "../tables/table.ts";
import type { Characteristic } from "./scorecard-model.ts";

type Bins = Pick<Characteristic, "name" | "kind" | "bins">;

/** In which bin a single value lies; -1 where none is for it: missing, or a category never seen, without a bin of its own. */
export function binFinder({ kind, bins }: Bins): (value: number | string | null | undefined) => number {
  const missing = bins.findIndex(({ isMissing }) => isMissing === true);
  if (kind === "number") {
    const bounds = bins.filter(({ upTo }) => upTo !== undefined).map(({ upTo }) => upTo ?? Infinity);
    return (value) =>
      value === null || value === undefined || Number.isNaN(Number(value)) ? missing : bounds.findIndex((bound) => Number(value) <= bound);
  }
  const rest = bins.findIndex(({ isRest }) => isRest === true);
  const places = new Map(bins.flatMap(({ categories = [] }, place) => categories.map((category) => [category, place])));
  return (value) => (value === null || value === undefined ? missing : (places.get(String(value)) ?? rest));
}

/** The bin of every row, as binFinder says. Fails with invalid_input where the table lacks the column. */
export function placesOf(characteristic: Bins, table: Table): Int32Array {
  const column = table.columns.find(({ name }) => name === characteristic.name);
  if (column?.kind !== characteristic.kind) {
    throw new DomainError("invalid_input", `the scorecard needs a ${characteristic.kind} column ${characteristic.name}`);
  }
  const find = binFinder(characteristic);
  if (column.kind === "number") return Int32Array.from(column.values, (value) => find(value));
  const ofCode = Int32Array.from([null, ...column.categories], find);
  return column.codes.map((code) => ofCode[code + 1] as number);
}
