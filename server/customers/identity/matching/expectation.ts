import { columns } from "./columns.ts";
import type { Pattern } from "./patterns.ts";

/** Chances of each level given that both records say something, by column; level 1 stands at 0. */
export type Chances = readonly (readonly number[])[];

export interface Learned {
  readonly m: Chances;
  /** How often both records say something when they are one, by column. */
  readonly present: readonly number[];
  readonly expectedMatches: number;
  readonly logLikelihoods: readonly number[];
}

const ROUNDS_MAX = 30;
const GAIN_MIN = 1e-5;
// As many matches with the usual chances are mixed in, so that a few pairs cannot teach nonsense.
const USUAL_MATCHES = 8;
const FIRST_SHARE = 0.2;
const SHARE_MIN = 1e-7;

/**
 * Expectation-maximisation over counts of patterns: which pairs are matches is not known, what strangers look like (`u`) is.
 * Only the `free` columns take part; the others agree because of how the pairs were chosen.
 */
export function learnChances(patterns: readonly Pattern[], u: Chances, start: Chances, free: readonly number[]): Learned {
  const pairs = patterns.reduce((sum, { count }) => sum + count, 0);
  let m = start;
  let share = FIRST_SHARE;
  let present: readonly number[] = columns.map(() => 0);
  let expectedMatches = 0;
  const logLikelihoods: number[] = [];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const sums = columns.map(({ levels }) => new Float64Array(levels.length + 1));
    expectedMatches = 0;
    let logLikelihood = 0;
    for (const { levels, count } of patterns) {
      const [ifMatch, ifNot] = [share * chanceOf(levels, m, free), (1 - share) * chanceOf(levels, u, free)];
      const matches = (count * ifMatch) / (ifMatch + ifNot);
      logLikelihood += count * Math.log(ifMatch + ifNot);
      expectedMatches += matches;
      for (const column of free) {
        const sum = sums[column] as Float64Array;
        const level = levels[column] as number;
        sum[level] = (sum[level] as number) + matches;
      }
    }
    logLikelihoods.push(logLikelihood);
    m = columns.map((column, place) => (free.includes(place) ? sharesOf(sums[place] as Float64Array, column.m) : (start[place] ?? [])));
    present = sums.map((sum) => (expectedMatches === 0 ? 0 : 1 - (sum[0] as number) / expectedMatches));
    share = Math.min(1 - SHARE_MIN, Math.max(SHARE_MIN, expectedMatches / pairs));
    const before = logLikelihoods.at(-2);
    if (before !== undefined && Math.abs(logLikelihood - before) < GAIN_MIN * Math.abs(before)) break;
  }
  return { m, present, expectedMatches, logLikelihoods };
}

function sharesOf(sum: Float64Array, usual: readonly number[]): number[] {
  const total = sum.reduce((all, matches) => all + matches, 0) - (sum[0] as number);
  return usual.map((chance, level) => ((sum[level + 1] as number) + USUAL_MATCHES * chance) / (total + USUAL_MATCHES));
}

/** The chance of a pattern, columns taken as independent; what is missing says nothing. */
export function chanceOf(levels: Uint8Array, chances: Chances, among: readonly number[]): number {
  let chance = 1;
  for (const column of among) {
    const level = levels[column] as number;
    if (level !== 0) chance *= chances[column]?.[level - 1] ?? 1;
  }
  return chance;
}
