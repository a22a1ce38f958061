/** A chance of more: what a product the customer may yet buy would bring. */
export interface Potential {
  readonly product: string;
  readonly probability: number;
  readonly marginMinor: number;
  /** When it would be bought, in months from now. */
  readonly month: number;
}

export interface LifetimeOrder {
  /** Expected margin of each month ahead while the customer stays, minor units; its length is the horizon. */
  readonly monthMarginsMinor: readonly number[];
  /** The chance of leaving in each month for those still there, 0 to 1. */
  readonly hazards: readonly number[];
  /** Per year. */
  readonly discountRate: number;
  readonly potentials: readonly Potential[];
}

export interface LifetimeValue {
  /** Of what the customer has today. */
  readonly currentMinor: number;
  /** Of what the customer may yet buy; reported apart, never added silently. */
  readonly potentialMinor: number;
  /** Share still there after each month. */
  readonly survival: readonly number[];
}

/**
 * Σ_t S(t) · margin_t / (1 + d/12)^t, S(t) = Π (1 − hazard_s), months t from 1; potentials Σ P · margin · S(t_k) / (1 + d/12)^(t_k).
 * Throws RangeError when hazards do not cover the months or are no chances.
 */
export function lifetimeValue({ monthMarginsMinor, hazards, discountRate, potentials }: LifetimeOrder): LifetimeValue {
  if (hazards.length !== monthMarginsMinor.length) throw new RangeError("each month needs a margin and a hazard");
  if (!hazards.every((hazard) => hazard >= 0 && hazard <= 1)) throw new RangeError("a hazard is a chance between 0 and 1");
  const monthFactor = 1 / (1 + discountRate / 12);
  const survival: number[] = [];
  let currentMinor = 0;
  for (const [at, margin] of monthMarginsMinor.entries()) {
    const left = (survival[at - 1] ?? 1) * (1 - (hazards[at] ?? 0));
    survival.push(left);
    currentMinor += left * margin * monthFactor ** (at + 1);
  }
  const leftAt = (month: number) => (month < 1 ? 1 : (survival[Math.min(month, survival.length) - 1] ?? 1));
  const potentialMinor = potentials.reduce(
    (sum, { probability, marginMinor, month }) => sum + probability * marginMinor * leftAt(month) * monthFactor ** month,
    0,
  );
  return { currentMinor, potentialMinor, survival };
}

/** The same margin and monthly retention for ever: m · r / (1 + d/12 − r). Only where both are constant. Throws RangeError when it has no end. */
export function constantLifetimeValue(monthMarginMinor: number, retention: number, discountRate: number): number {
  const below = 1 + discountRate / 12 - retention;
  if (!(retention >= 0 && retention <= 1) || below <= 0) throw new RangeError("retention must lie between 0 and 1, and below the discount");
  return (monthMarginMinor * retention) / below;
}
