import type { ProfitParameters } from "./contract.ts";

/** The transfer price of a currency for a term in months, per year. Throws RangeError for a currency without rates. */
export function transferRate({ transferRates }: Pick<ProfitParameters, "transferRates">, currency: string, months: number): number {
  const points = transferRates[currency];
  if (points === undefined) throw new RangeError(`no transfer rates of ${currency}`);
  const above = points.findIndex((point) => point.months >= months);
  const upper = points[above === -1 ? points.length - 1 : above];
  const lower = points[above - 1];
  if (upper === undefined) return 0;
  if (above < 1 || lower === undefined) return upper.rate;
  return lower.rate + ((upper.rate - lower.rate) * (months - lower.months)) / (upper.months - lower.months);
}
