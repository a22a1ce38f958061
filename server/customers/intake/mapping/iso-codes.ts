/** ISO 3166-1 alpha-2, officially assigned, and XK as everybody uses it. */
export const countries: readonly string[] = (
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN " +
  "CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM " +
  "HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK " +
  "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW " +
  "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI " +
  "VN VU WF WS XK YE YT ZA ZM ZW"
).split(" ");

/** ISO 4217, today's and those an archive still holds, as the runtime knows them. */
export const currencies: readonly string[] = Intl.supportedValuesOf("currency").filter((code) => /^[A-Z]{3}$/.test(code));

// Decimals by ISO 4217. CLDR, which the runtime follows, counts the digits people use, which differ (IQD, IRR, LBP).
const otherDecimals: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF ITL ESP BEF LUF PTE GRD".split(" ").map((code) => [code, 0]),
  ),
  ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** Decimals of a currency's minor unit. */
export function minorDigits(currency: string): number {
  return otherDecimals[currency] ?? 2;
}

/** SQL for the decimals of the currency a text holds; 2 for what is no currency. */
export function minorDigitsSql(currency: string): string {
  const codesWith = (digits: number) => Object.keys(otherDecimals).filter((code) => otherDecimals[code] === digits);
  const cases = [0, 3, 4].map((digits) => `when upper(${currency}) in ('${codesWith(digits).join("', '")}') then ${digits}`);
  return `case ${cases.join(" ")} else 2 end`;
}
