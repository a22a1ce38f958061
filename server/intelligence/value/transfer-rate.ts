import type { ProfitParameters } from "./contract.ts";

/** The transfer price for a term in months, per year. */
export function transferRate({ transferRates }: Pick<ProfitParameters, "transferRates">, months: number): number {
  const above = transferRates.findIndex((point) => point.months >= months);
  const upper = transferRates[above === -1 ? transferRates.length - 1 : above];
  const lower = transferRates[above - 1];
  if (upper === undefined) return 0;
  if (above < 1 || lower === undefined) return upper.rate;
  return lower.rate + ((upper.rate - lower.rate) * (months - lower.months)) / (upper.months - lower.months);
}
