import { at, COLUMNS } from "./columns.ts";
import { type RecordComparer, recordComparer } from "./compare-records.ts";
import { type IdentityModel, LEVELS_MAX, type Thresholds, weightsOf } from "./model.ts";
import type { RecordTable, TableArrays } from "./record-table.ts";
import { RARITY_BITS_MAX, type TermBits, termBits } from "./terms.ts";

/** All that scoring pairs needs, in a form that can be handed to a worker thread. */
export interface ScoringTask {
  readonly table: TableArrays;
  readonly terms: TermBits;
  readonly exclusive: ReadonlySet<number>;
  readonly weights: Float64Array;
  readonly priorBits: readonly [person: number, organisation: number];
  readonly thresholds: Thresholds;
}

export interface Scorer {
  readonly comparer: RecordComparer;
  /** Bits of evidence, prior included; minus infinity for a person and an organisation. `comparer` keeps the levels behind them. */
  readonly score: (a: number, b: number) => number;
  /** The same, but minus infinity as soon as it is clear that `least` cannot be reached; the levels are not complete then. */
  readonly scoreAbove: (a: number, b: number, least: number) => number;
  /** Whether anything but names, sex and nationality spoke for the two people compared last. */
  readonly isBackedUp: () => boolean;
}

export function scoringTask(table: RecordTable, model: IdentityModel): ScoringTask {
  // First, for it adds words to the pool.
  const terms = termBits(model, table);
  return {
    table: table.arrays(),
    terms,
    exclusive: table.exclusiveTypes,
    weights: weightsOf(model),
    priorBits: [model.kinds.person.priorBits, model.kinds.organisation.priorBits],
    thresholds: model.thresholds,
  };
}

export function scorerOf({ table, terms, exclusive, weights, priorBits, thresholds }: ScoringTask): Scorer {
  const comparer = recordComparer(table, terms, exclusive);
  const { levels, bits } = comparer;
  const bestStreet = [0, 1].map((kind) => bestBits(weights, kind, at.address));
  const bestPlace = [0, 1].map((kind) => bestBits(weights, kind, at.place) + RARITY_BITS_MAX);

  function sumOf(kind: number): number {
    let sum = priorBits[kind] as number;
    const from = kind * COLUMNS * LEVELS_MAX;
    for (let column = 0; column < COLUMNS; column += 1) {
      sum += (weights[from + column * LEVELS_MAX + (levels[column] as number)] as number) + (bits[column] as number);
    }
    return sum;
  }

  function scoreAbove(a: number, b: number, least: number): number {
    const kind = table.kind[a] as number;
    if (kind !== table.kind[b]) return Number.NEGATIVE_INFINITY;
    comparer.comparePerson(a, b);
    const hope = least - (bestStreet[kind] as number);
    if (sumOf(kind) + (bestPlace[kind] as number) < hope) return Number.NEGATIVE_INFINITY;
    comparer.comparePlace(a, b);
    if (sumOf(kind) < hope) return Number.NEGATIVE_INFINITY;
    comparer.compareStreet(a, b);
    const sum = sumOf(kind);
    return kind === 0 && sum >= thresholds.joinBits && !isBackedUp() ? thresholds.joinBits - NAME_ONLY_BITS : sum;
  }

  function isBackedUp(): boolean {
    return TELLING.some((column) => (weights[column * LEVELS_MAX + (levels[column] as number)] as number) + (bits[column] as number) > 0);
  }

  return { comparer, scoreAbove, isBackedUp, score: (a, b) => scoreAbove(a, b, Number.NEGATIVE_INFINITY) };
}

function bestBits(weights: Float64Array, kind: number, column: number): number {
  const from = (kind * COLUMNS + column) * LEVELS_MAX;
  return Math.max(0, ...weights.subarray(from, from + LEVELS_MAX));
}

/** How far below joining two people stay for whom nothing but the name speaks: a person has to decide, however rare the name. */
const NAME_ONLY_BITS = 1;
const TELLING = [at.birth, at.address, at.place, at.phone, at.email, at.identifier];
