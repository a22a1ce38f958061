// ISO 4217 minor units. Intl follows everyday habit instead (no decimals for IRR, IQD, LBP …), which would misread what the server keeps.
const decimals: Record<string, number> = {};
for (const code of "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ")) decimals[code] = 0;
for (const code of "BHD IQD JOD KWD LYD OMR TND".split(" ")) decimals[code] = 3;
for (const code of ["CLF", "UYW"]) decimals[code] = 4;

/** Currencies whose minor unit stands in ISO 4217 but is paid with nowhere. */
const wholeInUse = new Set("AFN IQD IRR KPW LAK LBP MMK SOS SYP YER".split(" "));

/** Decimals to show of an exact amount: zeros of a minor unit that nobody uses are left out; anything else is shown whole. */
export function shownDecimals(decimal: string, currency: string): number {
  return wholeInUse.has(currency) && /^[^.]*\.0+$/.test(decimal) ? 0 : currencyDecimals(currency);
}

export function currencyDecimals(currency: string): number {
  return decimals[currency] ?? 2;
}

/** Minor units as an exact decimal string: ("-12345", "EUR") -> "-123.45". */
export function minorToDecimal(minor: string | bigint, currency: string): string {
  const value = BigInt(minor);
  const places = currencyDecimals(currency);
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  return `${value < 0n ? "-" : ""}${whole}${places === 0 ? "" : `.${digits.slice(digits.length - places)}`}`;
}

/** An exact decimal string as minor units, or null when it has more decimals than the currency. */
export function decimalToMinor(decimal: string, currency: string): string | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match) return null;
  const places = currencyDecimals(currency);
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > places) return null;
  return BigInt(`${match[1]}${match[2]}${fraction.padEnd(places, "0")}`).toString();
}
