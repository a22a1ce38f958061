/** One tier of the bank, best first in the policy; the last one asks for nothing. */
export interface Tier {
  readonly name: string;
  /** Lifetime value and current profit a year, whichever the bank decided `value` means; minor units. */
  readonly valueMinor: number;
  /** Balances on both sides of the books, minor units. */
  readonly volumeMinor: number;
}

/** Explicit, versioned: a decision names the version. */
export interface TierPolicy {
  readonly version: number;
  readonly tiers: readonly Tier[];
  /** Share below a threshold that is still forgiven: 0.1 = a tier is kept down to 90 % of what it asks for. */
  readonly tolerance: number;
  /** Evaluations in a row below the tolerance before the customer falls. */
  readonly fallAfter: number;
  /** No fall earlier than so many months after the tier began. */
  readonly monthsMin: number;
  /** The best tier for who stands on the bank's list of bad reputation (fraud, arrears), by name. */
  readonly reputationCap: string;
}

export interface TierState {
  readonly tier: string;
  readonly since: string;
  /** Evaluations in a row in which less than the tier's tolerance was reached. */
  readonly belowCount: number;
}

export interface TierFacts {
  readonly valueMinor: number;
  readonly volumeMinor: number;
  readonly hasBadReputation: boolean;
  /** A tier granted to a person who appealed, until a day (inclusive). */
  readonly appeal: { readonly tier: string; readonly until: string } | null;
}

export type TierReason =
  | { readonly code: "value_reached" | "volume_reached"; readonly actualMinor: number; readonly neededMinor: number }
  | { readonly code: "within_tolerance" | "grace"; readonly actualMinor: number; readonly neededMinor: number; readonly belowCount: number }
  | { readonly code: "too_recent"; readonly since: string; readonly monthsMin: number }
  | { readonly code: "bad_reputation"; readonly cap: string }
  | { readonly code: "appeal"; readonly until: string }
  | { readonly code: "no_threshold_reached" };

export interface TierDecision extends TierState {
  readonly policyVersion: number;
  readonly move: "rise" | "fall" | "stay" | "first";
  readonly reasons: readonly TierReason[];
}

/**
 * The tier on a day (ISO dates). Value or volume reaches a tier. A customer rises at once; falls only after `fallAfter` evaluations in a row below the
 * tolerance and not before `monthsMin` months, and then to the tier reached. Bad reputation acts at once and above everything but an appeal.
 * Throws RangeError for a policy without tiers.
 */
export function decideTier(state: TierState | null, facts: TierFacts, policy: TierPolicy, today: string): TierDecision {
  const reached = reachedTier(facts, policy);
  const decided = (tier: string, reasons: readonly TierReason[], belowCount = 0): TierDecision => ({
    policyVersion: policy.version,
    tier,
    since: state?.tier === tier ? state.since : today,
    belowCount,
    move: state === null ? "first" : moveOf(place(policy, state.tier), place(policy, tier)),
    reasons,
  });
  const { appeal } = facts;
  // Who reaches more by themself than was granted, has it by themself.
  if (appeal !== null && appeal.until >= today && (facts.hasBadReputation || place(policy, appeal.tier) < place(policy, reached.name)))
    return decided(appeal.tier, [{ code: "appeal", until: appeal.until }]);
  if (facts.hasBadReputation) {
    const capped = place(policy, reached.name) < place(policy, policy.reputationCap) ? policy.reputationCap : reached.name;
    return decided(capped, [{ code: "bad_reputation", cap: policy.reputationCap }]);
  }
  const held = state === null ? undefined : policy.tiers.find(({ name }) => name === state.tier);
  if (state === null || held === undefined || place(policy, reached.name) <= place(policy, held.name)) {
    return decided(reached.name, [reachedBy(facts, reached)]);
  }
  return keepOrFall({ state, held, reached, facts, policy, today }, decided);
}

interface Fall {
  readonly state: TierState;
  readonly held: Tier;
  readonly reached: Tier;
  readonly facts: TierFacts;
  readonly policy: TierPolicy;
  readonly today: string;
}

function keepOrFall(
  { state, held, reached, facts, policy, today }: Fall,
  decided: (tier: string, reasons: readonly TierReason[], belowCount?: number) => TierDecision,
): TierDecision {
  const forgiven = 1 - policy.tolerance;
  const isTolerated = facts.valueMinor >= held.valueMinor * forgiven || facts.volumeMinor >= held.volumeMinor * forgiven;
  const figures = { actualMinor: facts.valueMinor, neededMinor: held.valueMinor };
  if (isTolerated) return decided(held.name, [{ code: "within_tolerance", ...figures, belowCount: 0 }]);
  const belowCount = state.belowCount + 1;
  if (belowCount < policy.fallAfter) return decided(held.name, [{ code: "grace", ...figures, belowCount }], belowCount);
  if (monthsBetween(state.since, today) < policy.monthsMin)
    return decided(held.name, [{ code: "too_recent", since: state.since, monthsMin: policy.monthsMin }], belowCount);
  return decided(reached.name, [reachedBy(facts, reached)]);
}

function reachedTier({ valueMinor, volumeMinor }: TierFacts, { tiers }: TierPolicy): Tier {
  const last = tiers.at(-1);
  if (last === undefined) throw new RangeError("a policy needs at least one tier");
  return tiers.find((tier) => valueMinor >= tier.valueMinor || volumeMinor >= tier.volumeMinor) ?? last;
}

function reachedBy({ valueMinor, volumeMinor }: TierFacts, tier: Tier): TierReason {
  if (valueMinor >= tier.valueMinor) return { code: "value_reached", actualMinor: valueMinor, neededMinor: tier.valueMinor };
  if (volumeMinor >= tier.volumeMinor) return { code: "volume_reached", actualMinor: volumeMinor, neededMinor: tier.volumeMinor };
  return { code: "no_threshold_reached" };
}

/** Place in the policy, 0 the best; a tier that is gone counts as the last. */
function place({ tiers }: TierPolicy, name: string): number {
  const at = tiers.findIndex((tier) => tier.name === name);
  return at < 0 ? tiers.length : at;
}

function moveOf(before: number, after: number): "rise" | "fall" | "stay" {
  return after < before ? "rise" : after > before ? "fall" : "stay";
}

/** Whole months from one ISO date to another. */
function monthsBetween(from: string, to: string): number {
  const [year = 0, month = 0, day = 0] = from.split("-").map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split("-").map(Number);
  return (toYear - year) * 12 + toMonth - month - (toDay < day ? 1 : 0);
}
