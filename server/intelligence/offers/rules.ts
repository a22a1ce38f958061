import type { Candidate } from "./action.ts";
import type { Gate } from "./contract.ts";

export interface AtReading {
  /** From answers since the decision, by action. */
  readonly rests: (candidate: Candidate) => { readonly gate: Gate; readonly until: string | null } | null;
  readonly purposeOf: (actionId: string) => "service" | "marketing" | null;
  /** Closes an action for a segment in which the customer is not, or that is gone. */
  readonly belongs: (actionId: string) => { readonly gate: Gate; readonly until: null } | null;
  /** What marketing is kept from by now; null: it may go. */
  readonly contact: { readonly gate: Gate; readonly until: string | null } | null;
  readonly hasOpenAlert: boolean;
}

/**
 * A decision as it holds at the moment of reading: what was said, asked or suspected since then closes its gates at once, without waiting for the next
 * round. Nothing that was removed comes back. Pure.
 */
export function asItHolds(
  candidates: readonly Candidate[],
  { rests, purposeOf, belongs, contact, hasOpenAlert }: AtReading,
): { open: Candidate[]; removed: Candidate[] } {
  const now = candidates.map((candidate): Candidate => {
    if (candidate.gate !== null) return candidate;
    const purpose = purposeOf(candidate.actionId);
    if (purpose === null) return { ...candidate, gate: "switched_off", until: null };
    const outside = belongs(candidate.actionId);
    if (outside !== null) return { ...candidate, ...outside };
    if (purpose === "marketing" && contact !== null) return { ...candidate, ...contact };
    if (candidate.kind === "sale" && hasOpenAlert) return { ...candidate, gate: "fraud_alert", until: null };
    return { ...candidate, ...(rests(candidate) ?? {}) };
  });
  return { open: now.filter(({ gate }) => gate === null), removed: now.filter(({ gate }) => gate !== null) };
}

export interface Interval {
  readonly from: number;
  readonly to: number;
}

const Z_95 = 1.959963984540054;

/** The score interval of a share (Wilson, 1927), 95 %. `all` at least 1. */
export function wilson(hits: number, all: number): Interval {
  const share = hits / all;
  const square = Z_95 ** 2;
  const middle = share + square / (2 * all);
  const half = Z_95 * Math.sqrt((share * (1 - share)) / all + square / (4 * all ** 2));
  return { from: Math.max(0, (middle - half) / (1 + square / all)), to: Math.min(1, (middle + half) / (1 + square / all)) };
}

/** How much larger one share is than another, with a 95 % interval from both Wilson intervals (Newcombe 1998, method 10). */
export function newcombe(one: { hits: number; all: number }, other: { hits: number; all: number }): Interval & { readonly by: number } {
  const [p, q] = [one.hits / one.all, other.hits / other.all];
  const [a, b] = [wilson(one.hits, one.all), wilson(other.hits, other.all)];
  return { by: p - q, from: p - q - Math.hypot(p - a.from, b.to - q), to: p - q + Math.hypot(a.to - p, q - b.from) };
}

export interface Exposed {
  readonly trait: string;
  readonly group: string;
  readonly customers: number;
  readonly proposed: number;
}

/**
 * How often each group is proposed a sale first, against the group of the same trait that is most often. Uneven: below `least` of it, and so surely (the
 * 95 % interval of the difference leaves none).
 */
export function exposureOf<Row extends Exposed>(
  rows: readonly Row[],
  least: number,
): (Row & { rate: number; ratio: number; isUneven: boolean })[] {
  const highest = (trait: string) =>
    rows
      .filter((row) => row.trait === trait && row.customers > 0)
      .toSorted((a, b) => b.proposed / b.customers - a.proposed / a.customers)[0];
  return rows.map((row) => {
    const top = highest(row.trait);
    const rate = row.customers === 0 ? 0 : row.proposed / row.customers;
    const ratio = top === undefined || top.proposed === 0 ? 1 : rate / (top.proposed / top.customers);
    const isUneven =
      top !== undefined &&
      row.customers > 0 &&
      ratio < least &&
      newcombe({ hits: top.proposed, all: top.customers }, { hits: row.proposed, all: row.customers }).from > 0;
    return { ...row, rate, ratio, isUneven };
  });
}

/**
 * The chance of sizes at least so far from the shares drawn (chi-square), for up to three arms; null without customers. Chances of the upper tail for one and
 * two degrees of freedom are exact: erfc(sqrt(x / 2)) by Abramowitz and Stegun 7.1.26 (error below 2e-7), and exp(-x / 2).
 */
export function sizesChance(arms: readonly { readonly customers: number; readonly share: number }[]): number | null {
  const drawn = arms.filter(({ share }) => share > 0);
  const all = drawn.reduce((sum, { customers }) => sum + customers, 0);
  if (all === 0 || drawn.length < 2) return null;
  const square = drawn.reduce((sum, { customers, share }) => sum + (customers - all * share) ** 2 / (all * share), 0);
  return drawn.length === 2 ? complementOfError(Math.sqrt(square / 2)) : Math.exp(-square / 2);
}

function complementOfError(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.min(1, poly * Math.exp(-x * x));
}

/** The least difference between two shares that is found four times of five, two-sided at 5 %; null without anybody in an arm. */
export function detectable(rate: number, one: number, other: number): number | null {
  if (one === 0 || other === 0) return null;
  return (Z_95 + 0.8416212335729143) * Math.sqrt(rate * (1 - rate) * (1 / one + 1 / other));
}
