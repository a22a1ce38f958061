import type { ProfitParameters } from "../value/contract.ts";
import {
  type BgNbd,
  bgNbdExpected,
  expectedValue,
  fitBgNbd,
  fitGammaGamma,
  fittingFault,
  type GammaGamma,
  historyFault,
  lifetimeValue,
  type PurchaseHistory,
} from "../value/index.ts";
import type { Adoption, Lifetime, LifetimeRow, TenureBand } from "./value-store.ts";

/** What lifetime values of a month are reckoned with. */
export interface ValueModel {
  /** Chance to close everything within a month, by years since the customer came. */
  readonly hazards: readonly { readonly fromYears: number; readonly hazard: number }[];
  /** How often who pays by themself will go on to, in days; null where it cannot be learned. */
  readonly paying: BgNbd | null;
  /** What a day of payments earns, minor units. */
  readonly earning: GammaGamma | null;
  readonly adoption: readonly Adoption[];
}

export const TENURE_YEARS = [0, 1, 2, 5, 10] as const;
/** So many months of everybody's leaving count beside those of a band: a band with few customers says little by itself. */
const PRIOR_MONTHS = 200;

export function learnModel(bands: readonly TenureBand[], teachers: readonly LifetimeRow[], adoption: readonly Adoption[]): ValueModel {
  const months = bands.reduce((sum, band) => sum + band.months, 0);
  const overall = months === 0 ? 0 : bands.reduce((sum, band) => sum + band.left, 0) / months;
  const histories = teachers.map(paymentsOf).filter((history) => historyFault(history) === null);
  const canFit = fittingFault(histories) === null;
  const paying = canFit ? fitBgNbd(histories) : null;
  const earning = canFit ? fitGammaGamma(histories) : null;
  return {
    hazards: bands.map(({ fromYears, months: lived, left }) => ({
      fromYears,
      hazard: Math.min(1, (left + PRIOR_MONTHS * overall) / (lived + PRIOR_MONTHS)),
    })),
    paying: paying?.isReached ? paying.model : null,
    earning: earning?.isReached ? earning.model : null,
    adoption,
  };
}

function paymentsOf({ activeDays, lastDay, observedDays, paymentsMinor }: LifetimeRow): PurchaseHistory {
  return {
    repeats: Math.max(0, activeDays - 1),
    lastAt: lastDay,
    observed: observedDays,
    meanValue: activeDays === 0 ? 0 : Math.max(0, paymentsMinor / activeDays),
  };
}

/** Months of a product's profit counted when it is bought, at most. */
const POTENTIAL_MONTHS = 36;
/** When within the coming year a product is taken to be bought. */
const BOUGHT_AFTER_MONTHS = 6;

/**
 * Over the horizon, discounted: holdings by the chance to be there times their margin of the last twelve months; payments by BG/NBD and gamma-gamma
 * (value/), or, where these could not be learned, as they are and for as long as the customer stays; what may be bought apart, by how many of the segment
 * bought it within a year and what it earns of those who have it.
 */
export function lifetimeOf(row: LifetimeRow, model: ValueModel, { discountRate, horizonMonths }: ProfitParameters): Lifetime {
  const hazards = Array.from({ length: horizonMonths }, (_, at) => hazardAt(model, row.tenureMonths + at));
  const margin = row.otherMinor / Math.max(1, row.months);
  const potentials = model.adoption
    .filter(({ segment, product, marginMinor }) => segment === row.segment && marginMinor > 0 && !row.products.includes(product))
    .map(({ product, without, opened, marginMinor }) => ({
      ...{ product, probability: Math.min(1, opened / Math.max(1, without)), month: BOUGHT_AFTER_MONTHS },
      marginMinor: (marginMinor * Math.min(POTENTIAL_MONTHS, horizonMonths - BOUGHT_AFTER_MONTHS)) / 12,
    }));
  const order = { monthMarginsMinor: Array<number>(horizonMonths).fill(margin), hazards, discountRate };
  const { currentMinor, potentialMinor, survival } = lifetimeValue({ ...order, potentials });
  const activityMinor = paymentsAhead(row, model, { discountRate, horizonMonths }, survival);
  return {
    customerId: row.customerId,
    lifetimeMinor: currentMinor + activityMinor,
    activityMinor,
    potentialMinor,
    stays: survival[11] ?? 1,
  };
}

function hazardAt({ hazards }: ValueModel, months: number): number {
  return hazards.findLast(({ fromYears }) => months >= fromYears * 12)?.hazard ?? 0;
}

function paymentsAhead(
  row: LifetimeRow,
  { paying, earning }: ValueModel,
  { discountRate, horizonMonths }: Pick<ProfitParameters, "discountRate" | "horizonMonths">,
  survival: readonly number[],
): number {
  const history = paymentsOf(row);
  if (row.activeDays === 0 || row.paymentsMinor <= 0) return 0;
  if (paying === null || historyFault(history) !== null) {
    const monthly = (row.paymentsMinor / Math.max(30, row.observedDays)) * 30.4375;
    return survival.reduce((sum, left, at) => sum + (left * monthly) / (1 + discountRate / 12) ** (at + 1), 0);
  }
  const daily = earning === null ? history.meanValue : expectedValue(earning, history);
  let [sum, before] = [0, 0];
  for (let year = 1; year <= Math.ceil(horizonMonths / 12); year += 1) {
    const until = bgNbdExpected(paying, history, Math.min(year * 12, horizonMonths) * 30.4375);
    sum += ((until - before) * daily) / (1 + discountRate) ** (year - 0.5);
    before = until;
  }
  return Number.isFinite(sum) ? sum : 0;
}
