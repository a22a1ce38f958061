import { digitsOnly, fold } from "../../../platform/text/index.ts";

/*
 * Values that sources write when they know none. Those that only a frequency betrays (a branch's phone, 01.01.1980 in one bank) are found by placeholders.ts.
 */
const NO_BIRTH = new Set([19000101, 11111111, 99991231, 29991231, 19010101, 18991231, 18000101, 10101]);
const NO_EMAIL = /^(no|none|noemail|nomail|na|n\.a|test|unknown|null|no-?reply|noreply|x+)$/;
const PHONE_DIGITS_MIN = 6;
const IDENTIFIER_LENGTH_MIN = 4;

/** yyyymmdd as one number with 0 for unknown parts; 0 when nothing is known, the text is no date, or it is a well-known filler. */
export function dayNumber(text: string): number {
  const digits = digitsOnly(text);
  if (digits.length !== 8 && digits.length !== 6 && digits.length !== 4) return 0;
  const day = Number(digits.padEnd(8, "0"));
  const year = Math.floor(day / 10_000);
  return NO_BIRTH.has(day) || year < 1800 || year > 2200 || day % 10_000 > 1299 || day % 100 > 31 ? 0 : day;
}

/** Digits with the country first where it is known; "" when there are too few or they are all alike. */
export function phoneDigits(text: string): string {
  const digits = digitsOnly(text).replace(/^00/, "");
  return digits.length < PHONE_DIGITS_MIN || /^(\d)\1*$/.test(digits.slice(3)) || /^0?123456789?0?$/.test(digits) ? "" : digits;
}

export interface Email {
  readonly whole: string;
  readonly local: string;
}

/** Lower case, without a +tag; null when it is no address or says that there is none. */
export function emailOf(text: string): Email | null {
  const address = text.trim().toLowerCase();
  const at = address.lastIndexOf("@");
  // A local part alone ("name@") still tells something.
  const local = (at < 0 ? "" : address.slice(0, at)).replace(/\+.*$/, "");
  return local === "" || NO_EMAIL.test(local) ? null : { whole: `${local}${address.slice(at)}`, local };
}

/** Letters and digits only; "" for what is too short or a row of equal or counting digits. */
export function identifierValue(text: string): string {
  const value = fold(text).replaceAll(" ", "");
  const filler = /^(.)\1*$/.test(value) || /^0*(123456789?|12345678|987654321)0*$/.test(value);
  return value.length < IDENTIFIER_LENGTH_MIN || filler ? "" : value;
}

const sexes: Record<string, string> = {
  f: "f",
  m: "m",
  w: "f",
  male: "m",
  female: "f",
  man: "m",
  woman: "f",
  ذكر: "m",
  انثي: "f",
  مرد: "m",
  زن: "f",
  男: "m",
  女: "f",
  h: "m",
  hombre: "m",
  mujer: "f",
};

/** f, m or "" for what is neither said nor one of the two. */
export function sexOf(text: string): string {
  return sexes[fold(text)] ?? "";
}
