/// <reference lib="es2025.intl" />
import { minorToDecimal, shownDecimals } from "./currency.ts";
import { inDigits } from "./digits.ts";
import { directionOf, intlTag, numberingOf, type Preferences } from "./languages.ts";

export type DateStyle = "short" | "medium" | "long" | "month" | "monthName" | "monthShort" | "day" | "year" | "weekday";
/** "code": 1,250.00 EUR. "plain": without the currency. "round": without decimals where there are none. "compact": 1.25K EUR. */
export type MoneyStyle = "code" | "plain" | "round" | "compact";

const dateStyles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  short: { year: "numeric", month: "2-digit", day: "2-digit" },
  medium: { year: "numeric", month: "short", day: "numeric" },
  long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  month: { year: "numeric", month: "long" },
  monthName: { month: "long" },
  monthShort: { month: "short" },
  day: { month: "short", day: "numeric" },
  year: { year: "numeric" },
  weekday: { weekday: "long" },
};

/** Largest first: a span is told in the first unit it fills. */
const relativeUnits = [
  ["year", 365.25 * 86_400_000],
  ["month", 30.44 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** `YYYY-MM-DD`: a day in the bank's books, the same day for every reader whatever the time zone. */
export function isBusinessDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

const isOfNumber = new Set<Intl.NumberFormatPartTypes>(["minusSign", "plusSign", "integer", "group", "decimal", "fraction"]);

/**
 * A minus is as wide as a digit, does not look like a hyphen, and stands before the digits in every script, as a plus does: Intl writes it
 * with marks that put it behind them on an Arabic page. The isolate is around sign and digits alone; "million" keeps its place in the reading direction.
 */
function signed(parts: readonly Intl.NumberFormatPart[], rightToLeft: boolean): string {
  const write = (part: Intl.NumberFormatPart): string => (part.type === "minusSign" ? "\u2212" : part.value);
  if (!rightToLeft || !parts.some((part) => part.type === "minusSign" || part.type === "plusSign")) return parts.map(write).join("");
  const last = parts.findLastIndex((part) => isOfNumber.has(part.type));
  const number = parts.slice(0, last + 1).filter((part) => isOfNumber.has(part.type));
  return `\u2066${number.map(write).join("")}\u2069${parts
    .slice(last + 1)
    .map(write)
    .join("")}`;
}

/** Intl writes a Persian date with a weekday, or a month with its year, the wrong way round: "1404 Tir 7, Saturday". */
function inOrder(parts: Intl.DateTimeFormatPart[], locale: Preferences["locale"], style: DateStyle): string {
  if (locale !== "fa" || (style !== "long" && style !== "month")) return parts.map((part) => part.value).join("");
  const order = style === "long" ? ["weekday", "day", "month", "year", "era"] : ["month", "year", "era"];
  return order.flatMap((type) => parts.find((part) => part.type === type)?.value ?? []).join(" ");
}

function memo<Key extends string, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

function nameOf(tag: string, type: "language" | "region", code: string): string {
  if (!/^[a-z]{2,3}(?:-[a-z]{2,4})?$/i.test(code) || (type === "region" && code.length !== 2)) return code;
  return new Intl.DisplayNames(tag, { type }).of(type === "region" ? code.toUpperCase() : code) ?? code;
}

const hourOfDay = (tag: string, hour: number): string =>
  new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }).format(Date.UTC(2000, 0, 1, hour));

function percents(tag: string, rightToLeft: boolean) {
  const write = (ratio: number, places: number, signDisplay: "auto" | "exceptZero"): string => {
    const format = new Intl.NumberFormat(tag, { style: "percent", minimumFractionDigits: 0, maximumFractionDigits: places, signDisplay });
    return signed(format.formatToParts(ratio), rightToLeft);
  };
  return {
    /** 0.125 -> 12.5 %. */
    percent: (ratio: number, places = 1): string => write(ratio, places, "auto"),
    /** 0.125 -> +12.5 %, -0.125 -> −12.5 %. */
    percentChange: (ratio: number, places = 1): string => write(ratio, places, "exceptZero"),
  };
}

/**
 * Every number, amount and date that a person reads goes through here; nothing else in `web/` calls Intl or toLocaleString.
 * `timeZone` is for tests; without it instants are shown in the browser's zone.
 */
export function createFormat(preferences: Preferences, timeZone?: string) {
  const tag = intlTag(preferences);
  const zone = timeZone === undefined ? {} : { timeZone };
  const numberFormat = memo((places: string) => {
    const digits = Number(places);
    return new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  });
  const rightToLeft = directionOf(preferences.locale) === "rtl";
  const plainNumber = new Intl.NumberFormat(tag, { maximumFractionDigits: 20 });
  const compactNumber = new Intl.NumberFormat(tag, { notation: "compact", maximumSignificantDigits: 3 });
  const businessDate = memo((style: DateStyle) => new Intl.DateTimeFormat(tag, { ...dateStyles[style], timeZone: "UTC" }));
  const instantDate = memo((style: DateStyle) => new Intl.DateTimeFormat(tag, { ...dateStyles[style], ...zone }));
  const instantTime = new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit", ...zone });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  const durationFormat = memo((style: "narrow" | "short" | "long") => new Intl.DurationFormat(tag, { style }));

  function number(value: number | bigint | string, places?: number): string {
    const format = places === undefined ? plainNumber : numberFormat(String(places));
    return signed(format.formatToParts(value as Intl.StringNumericLiteral), rightToLeft);
  }

  const compact = (value: number | bigint | Intl.StringNumericLiteral) => signed(compactNumber.formatToParts(value), rightToLeft);
  function money(minor: string | bigint, currency: string, style: MoneyStyle = "code"): string {
    const decimal = minorToDecimal(minor, currency);
    if (style === "plain") return number(decimal, shownDecimals(decimal, currency));
    if (style === "compact") return `${compact(decimal as Intl.StringNumericLiteral)}\u00a0${currency}`;
    const whole = style === "round" && /^[^.]*(\.0*)?$/.test(decimal);
    return `${number(decimal, whole ? 0 : shownDecimals(decimal, currency))}\u00a0${currency}`;
  }

  /** A `YYYY-MM-DD` or an ISO instant; answers the text itself when it is neither. */
  function date(value: string | Date, style: DateStyle = "medium"): string {
    const business = typeof value === "string" && isBusinessDate(value);
    const at = business ? new Date(`${value}T00:00:00Z`) : new Date(value);
    if (Number.isNaN(at.getTime())) return String(value);
    return inOrder((business ? businessDate(style) : instantDate(style)).formatToParts(at), preferences.locale, style);
  }

  function dateTime(value: string | Date, style: DateStyle = "medium"): string {
    const at = new Date(value);
    return Number.isNaN(at.getTime()) ? String(value) : `${date(at, style)} ${instantTime.format(at)}`;
  }

  function relativeTime(value: string | Date, nowMs: number): string {
    const businessDay = typeof value === "string" && isBusinessDate(value);
    const at = businessDay ? new Date(`${value}T00:00:00`) : new Date(value);
    const now = businessDay ? new Date(nowMs).setHours(0, 0, 0, 0) : nowMs;
    const difference = at.getTime() - now;
    const [unit, unitMs] =
      relativeUnits.find(([, ms]) => Math.abs(difference) >= ms) ?? (businessDay ? relativeUnits[2] : relativeUnits[5]);
    return relative.format(Math.round(difference / unitMs), unit);
  }

  function duration(ms: number, style: "narrow" | "short" | "long" = "short"): string {
    const seconds = Math.max(0, Math.round(ms / 1000));
    if (seconds === 0) return new Intl.DurationFormat(tag, { style, secondsDisplay: "always" }).format({ seconds: ms > 0 ? 1 : 0 });
    const hours = Math.floor(seconds / 3600);
    const parts = { hours, minutes: Math.floor((seconds % 3600) / 60), seconds: hours > 0 ? 0 : seconds % 60 };
    return durationFormat(style).format(parts);
  }

  function bytes(value: number): string {
    const step = Math.min(byteUnits.length - 1, value < 1000 ? 0 : Math.floor(Math.log10(value) / 3));
    const options: Intl.NumberFormatOptions = { style: "unit", unit: byteUnits[step] ?? "byte", unitDisplay: "short" };
    return new Intl.NumberFormat(tag, { ...options, maximumSignificantDigits: 3 }).format(value / 1000 ** step);
  }

  return {
    tag,
    numbering: numberingOf(preferences),
    number,
    compact,
    ...percents(tag, rightToLeft),
    money,
    currencyName: (code: string): string => new Intl.DisplayNames(tag, { type: "currency" }).of(code) ?? code,
    /** Names of ISO 639 languages and ISO 3166 countries; what is no such code comes back as it is. */
    languageName: (code: string): string => nameOf(tag, "language", code),
    countryName: (code: string): string => nameOf(tag, "region", code),
    date,
    /** A full hour of the day, 0 to 23. */
    clock: (hour: number): string => hourOfDay(tag, hour),
    dateTime,
    time: (value: string | Date): string => instantTime.format(new Date(value)),
    relativeTime,
    duration,
    bytes,
    /** Account numbers, phones and other codes: same digits as the rest of the page, never grouped. */
    code: (text: string): string => inDigits(text, numberingOf(preferences)),
    list: (items: readonly string[]): string => new Intl.ListFormat(tag, { type: "conjunction" }).format(items),
  };
}

export type Format = ReturnType<typeof createFormat>;
