import { COLUMNS, columns, type TermKind, termKinds } from "./columns.ts";

/** What was learned, as a plain JSON value: kept under a version, compared, explained, put back. */
export interface IdentityModel {
  readonly format: 1;
  readonly seed: number;
  readonly kinds: { readonly person: KindModel; readonly organisation: KindModel };
  readonly terms: Readonly<Record<TermKind, Terms>>;
  readonly placeholders: Placeholders;
  /** In bits of evidence, prior included: at and above `joinBits` two records are one, from `doubtBits` on a person decides. */
  readonly thresholds: Thresholds;
}

export interface Thresholds {
  readonly joinBits: number;
  readonly doubtBits: number;
}

export interface KindModel {
  /** log2 of the odds that two records drawn at random are one. */
  readonly priorBits: number;
  readonly columns: readonly ColumnModel[];
  readonly training: TrainingRecord;
}

export interface ColumnModel {
  readonly name: string;
  readonly levels: readonly LevelModel[];
}

export interface LevelModel {
  readonly name: string;
  /** How often records that are one agree so, where both say something. */
  readonly m: number;
  /** How often strangers do. */
  readonly u: number;
  /** log2(m / u), smoothed so that a better level never weighs less than a worse one. */
  readonly bits: number;
}

export interface TrainingRecord {
  readonly records: number;
  readonly randomPairs: number;
  readonly sessions: readonly TrainingSession[];
  readonly labelledPairs: number;
  readonly certainPairs: readonly { readonly rule: string; readonly pairs: number; readonly expectedShare: number }[];
}

export interface TrainingSession {
  readonly keyClass: string;
  readonly pairs: number;
  readonly expectedMatches: number;
  readonly logLikelihoods: readonly number[];
}

/** How common the values of one kind are; values not listed are rare and share `floor`. */
export interface Terms {
  /** Chance that two random records agree on it. */
  readonly base: number;
  readonly floor: number;
  readonly shares: Readonly<Record<string, number>>;
}

/** Values that stand for "not known" although they look like one; treated as missing. */
export interface Placeholders {
  readonly births: readonly number[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly identifiers: readonly string[];
}

export const noPlaceholders: Placeholders = { births: [], phones: [], emails: [], identifiers: [] };

export const defaultThresholds: Thresholds = { joinBits: 3, doubtBits: -2 };

const noTraining: TrainingRecord = { records: 0, randomPairs: 0, sessions: [], labelledPairs: 0, certainPairs: [] };
const DEFAULT_PRIOR_BITS = -17;

/** What holds before anything is learned: an empty bank can match its first records. */
export function defaultModel(): IdentityModel {
  const kind: KindModel = {
    priorBits: DEFAULT_PRIOR_BITS,
    columns: columns.map(({ name, levels, m, u }) => ({
      name,
      levels: levels.map((level, place) => ({
        name: level,
        m: m[place] ?? 0,
        u: u[place] ?? 1,
        bits: Math.log2((m[place] ?? 0) / (u[place] ?? 1)),
      })),
    })),
    training: noTraining,
  };
  const terms = Object.fromEntries(termKinds.map((name) => [name, { base: 1e-3, floor: 1e-3, shares: {} }])) as unknown as Record<
    TermKind,
    Terms
  >;
  return {
    format: 1,
    seed: 1,
    kinds: { person: kind, organisation: kind },
    terms,
    placeholders: noPlaceholders,
    thresholds: defaultThresholds,
  };
}

export const LEVELS_MAX = 8;

/** Bits by kind, column and level as one array: place (kind * COLUMNS + column) * LEVELS_MAX + level; level 0 (missing) weighs nothing. */
export function weightsOf(model: IdentityModel): Float64Array<SharedArrayBuffer> {
  const weights = new Float64Array(new SharedArrayBuffer(2 * COLUMNS * LEVELS_MAX * Float64Array.BYTES_PER_ELEMENT));
  for (const [kind, { columns: learned }] of [model.kinds.person, model.kinds.organisation].entries()) {
    for (const [column, { levels }] of learned.entries()) {
      for (const [level, { bits }] of levels.entries()) weights[(kind * COLUMNS + column) * LEVELS_MAX + level + 1] = bits;
    }
  }
  return weights;
}

/** The probability behind so many bits of evidence, prior included. */
export function probabilityOf(bits: number): number {
  return 1 / (1 + 2 ** -bits);
}
