import { at, COLUMNS } from "./columns.ts";
import { type RecordComparer, recordComparer } from "./compare-records.ts";
import { type IdentityModel, LEVELS_MAX, type Thresholds, weightsOf } from "./model.ts";
import { field, type RecordTable, ROW, type TableArrays } from "./record-table.ts";
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
  const { rows } = table;
  const atBest = bestBits(weights);
  const mostOf = (kind: number, column: number, rarity = 0) => (atBest[placeOf(kind, column, 1)] as number) + rarity;
  const most = [0, 1].map((kind) => ({
    identifier: mostOf(kind, at.identifier),
    phone: mostOf(kind, at.phone),
    email: mostOf(kind, at.email),
    place: mostOf(kind, at.place, RARITY_BITS_MAX),
  })) as [Most, Most];

  const bitsOf = (kind: number, column: number) =>
    (weights[placeOf(kind, column, levels[column] as number)] as number) + (bits[column] as number);

  function sumOf(kind: number): number {
    let sum = priorBits[kind] as number;
    for (let column = 0; column < COLUMNS; column += 1) sum += bitsOf(kind, column);
    return sum;
  }

  /** Whether the evidence may still reach `least`: column by column what was found takes the place of the best that could be found. */
  function isHopeful(kind: 0 | 1, a: number, b: number, least: number): boolean {
    const { identifier, phone, email, place } = most[kind];
    comparer.compareBearers(a, b);
    const street = comparer.streetAtBest(a, b);
    // Contacts, places and streets are not compared yet and weigh nothing.
    let hope = sumOf(kind) + identifier + phone + email + SLACK_BITS;
    if (street !== 0) hope += place + (atBest[placeOf(kind, at.address, street)] as number);
    if (hope < least) return false;
    comparer.compareIdentifiers(a, b);
    hope += bitsOf(kind, at.identifier) - identifier;
    if (hope < least) return false;
    comparer.comparePhones(a, b);
    hope += bitsOf(kind, at.phone) - phone;
    if (hope < least) return false;
    comparer.compareEmails(a, b);
    hope += bitsOf(kind, at.email) - email;
    if (hope < least) return false;
    if (street === 0) return true;
    comparer.comparePlaces(a, b);
    hope += bitsOf(kind, at.place) - place;
    if (hope < least) return false;
    comparer.compareStreets(a, b);
    return true;
  }

  function scoreAbove(one: number, other: number, least: number): number {
    const kind = rows[one * ROW + field.kind] as 0 | 1;
    if (kind !== rows[other * ROW + field.kind]) return Number.NEGATIVE_INFINITY;
    const isInOrder = comparer.isInOrder(one, other);
    if (!isHopeful(kind, isInOrder ? one : other, isInOrder ? other : one, least)) return Number.NEGATIVE_INFINITY;
    const sum = sumOf(kind);
    return kind === 0 && sum >= thresholds.joinBits && !isBackedUp() ? thresholds.joinBits - NAME_ONLY_BITS : sum;
  }

  function isBackedUp(): boolean {
    return TELLING.some((column) => bitsOf(0, column) > 0);
  }

  return { comparer, scoreAbove, isBackedUp, score: (a, b) => scoreAbove(a, b, Number.NEGATIVE_INFINITY) };
}

interface Most {
  readonly identifier: number;
  readonly phone: number;
  readonly email: number;
  readonly place: number;
}

// Sums of fractions in another order may differ in their last digits.
const SLACK_BITS = 1e-6;

function placeOf(kind: number, column: number, level: number): number {
  return (kind * COLUMNS + column) * LEVELS_MAX + level;
}

/** At the place of each level what it or any worse one weighs at best; a missing value weighs nothing. */
function bestBits(weights: Float64Array): Float64Array {
  const best = weights.map((bits) => Math.max(0, bits));
  for (let place = best.length - 2; place >= 0; place -= 1) {
    if (place % LEVELS_MAX !== LEVELS_MAX - 1) best[place] = Math.max(best[place] as number, best[place + 1] as number);
  }
  return best;
}

/** How far below joining two people stay for whom nothing but the name speaks: a person has to decide, however rare the name. */
const NAME_ONLY_BITS = 1;
const TELLING = [at.birth, at.address, at.place, at.phone, at.email, at.identifier];
