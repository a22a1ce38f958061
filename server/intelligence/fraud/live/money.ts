import { minorDigits, minorToDecimal } from "../../../platform/money/index.ts";

/** Units of the bank's currency for one unit of another. */
export interface Rates {
  readonly reporting: string;
  readonly byCurrency: ReadonlyMap<string, number>;
}

/** An amount in units of the bank's currency: what features and rules compare. A currency without a rate counts one to one. */
export function unitsOf(minor: bigint, currency: string, { reporting, byCurrency }: Rates): number {
  const units = Number(minorToDecimal(minor, currency));
  return currency === reporting ? units : units * (byCurrency.get(currency) ?? 1);
}

/** Units of the bank's currency as whole minor units. */
export function minorOf(units: number, { reporting }: Rates): bigint {
  return BigInt(Math.round(units * 10 ** minorDigits(reporting)));
}
