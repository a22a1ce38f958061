const PLAIN_DIGITS = /^\+?[0-9]*$/;
const LOCAL_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g;

/** Arabic-Indic, Persian and full-width digits become ASCII, everything else stays: the same three sets as platform.ascii_digits in the database. */
export function asciiDigits(text: string): string {
  // All three sets start at a multiple of sixteen.
  return text.replace(LOCAL_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** The digits of a text in ASCII, nothing else: "+۹۸ (۲۱) 12" gives "982112". */
export function digitsOnly(text: string): string {
  if (PLAIN_DIGITS.test(text)) {
    return text.startsWith("+") ? text.slice(1) : text;
  }
  return asciiDigits(text).replace(/[^0-9]+/g, "");
}
