// ISO 4217 minor units. Intl follows everyday habit instead (no decimals for IRR, IQD, LBP ...), which would misread what the bank keeps.
const digits = new Map<string, number>([
  ..."BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0] as const),
  ..."BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3] as const),
  ["CLF", 4],
  ["UYW", 4],
]);

/** How many digits of an amount in minor units stand behind the decimal mark: 2 for EUR, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: string): number => digits.get(currency) ?? 2;

/** Minor units as an exact decimal: (-12345n, "EUR") gives "-123.45". */
export function minorToDecimal(minor: bigint, currency: string): string {
  const places = minorDigits(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(places + 1, "0");
  const whole = text.slice(0, text.length - places);
  return `${minor < 0n ? "-" : ""}${whole}${places === 0 ? "" : `.${text.slice(text.length - places)}`}`;
}
