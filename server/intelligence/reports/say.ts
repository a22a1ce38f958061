import type { Mailbox } from "../../governance/access/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { minorDigits, minorToDecimal } from "../../platform/money/index.ts";
import { type ReportDefinition, type ReportGroup, type ReportTake, wordKeys } from "./contract.ts";
import { type Dimension, dimensionsFor } from "./dimensions.ts";
import { type Measure, measuresFor } from "./measures.ts";

/** Words of the screens by message key; null: there is none. Made by whoever knows where they lie (main). */
export type Words = (locale: string, key: string, values?: Readonly<Record<string, string | number>>) => string | null;

export interface Saying {
  readonly measures: readonly string[];
  readonly rows: string | null;
  readonly columns: string | null;
  readonly group: (axis: "rows" | "columns", group: ReportGroup) => string;
  readonly value: (measure: number, value: string | null) => string;
  /** The plain number for a file: amounts in whole units of the currency. */
  readonly decimal: (measure: number, value: string | null) => string | null;
  readonly message: (key: string, values?: Readonly<Record<string, string | number>>) => string;
}

/** What a report and its figures are called in a person's language, for files and mail. */
export function sayReport(
  words: Words,
  reader: Pick<Mailbox, "locale" | "calendar">,
  caller: Caller,
  definition: ReportDefinition,
  currency: string,
): Saying {
  const { locale, calendar } = reader;
  const first = (keys: readonly string[], otherwise: string) =>
    keys.reduce<string | null>((found, key) => found ?? words(locale, key), null) ?? otherwise;
  const measures = definition.measures.map(({ of, take }) => {
    const measure = measuresFor(caller).find((one) => one.over === definition.over && one.of === of);
    return { take, measure, name: measureName(words, locale, measure, first(wordKeys.measure(of), of), take) };
  });
  const dimension = (key: string | null) => (key === null ? undefined : dimensionsFor(caller).get(key));
  const axes = { rows: dimension(definition.rows), columns: dimension(definition.columns) };
  const nameOf = (axis: Dimension | undefined) => (axis === undefined ? null : first(wordKeys.dimension(axis.key), axis.key));
  const format = new Formats(locale, calendar, currency);
  return {
    measures: measures.map(({ name }) => name),
    rows: nameOf(axes.rows),
    columns: nameOf(axes.columns),
    group: (axis, group) => groupName(words, locale, format, axes[axis], group),
    value: (at, value) => format.value(measures[at]?.measure, measures[at]?.take ?? "sum", value),
    decimal: (at, value) => format.decimal(measures[at]?.measure, measures[at]?.take ?? "sum", value),
    message: (key, values) => words(locale, key, values) ?? key,
  };
}

function measureName(words: Words, locale: string, measure: Measure | undefined, name: string, take: ReportTake): string {
  const whole =
    measure === undefined || measure.months === null ? name : (words(locale, "segments:window", { name, count: measure.months }) ?? name);
  return words(locale, `reports:take.${take}`, { name: whole }) ?? whole;
}

function groupName(words: Words, locale: string, format: Formats, axis: Dimension | undefined, { key, name }: ReportGroup): string {
  if (name !== null) return name;
  // Who holds no product and is in no segment is known to.
  if (key === null) return words(locale, axis?.overlaps === true ? "reports:none" : "reports:unknown") ?? "?";
  if (axis === undefined) return key;
  if (axis.kind === "month") return format.month(key);
  if (axis.kind === "flag") return words(locale, `reports:flag.${key}`) ?? key;
  if (axis.bounds !== null) {
    const next = axis.bounds[axis.bounds.indexOf(Number(key)) + 1];
    const values = { from: format.number(Number(key)), to: next === undefined ? "" : format.number(next - 1) };
    return (
      words(locale, next === undefined ? "reports:bandFrom" : next - 1 === Number(key) ? "reports:bandOne" : "reports:band", values) ?? key
    );
  }
  const word = wordKeys.group(axis.key, key).reduce<string | null>((found, one) => found ?? words(locale, one), null);
  return word ?? format.code(axis.key, key);
}

class Formats {
  readonly locale: string;
  readonly calendar: string;
  readonly currency: string;

  constructor(locale: string, calendar: string, currency: string) {
    this.locale = locale;
    this.calendar = calendar;
    this.currency = currency;
  }

  number(value: number, places = 0): string {
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: places }).format(value);
  }

  month(day: string): string {
    const options = { year: "numeric", month: "long", timeZone: "UTC" } as const;
    return new Intl.DateTimeFormat(`${this.locale}-u-ca-${this.calendar}`, options).format(new Date(`${day}T00:00:00Z`));
  }

  /** Names of languages and countries; other codes as they are. */
  code(dimension: string, code: string): string {
    const type = dimension === "language" ? "language" : dimension === "country" || dimension === "nationality" ? "region" : null;
    if (type === null || !/^[A-Za-z]{2,3}$/.test(code)) return code;
    try {
      return new Intl.DisplayNames(this.locale, { type }).of(type === "region" ? code.toUpperCase() : code) ?? code;
    } catch {
      // Not every pair of letters is a country.
      return code;
    }
  }

  value(measure: Measure | undefined, take: ReportTake, value: string | null): string {
    if (value === null) return "–";
    if (isShare(measure, take))
      return new Intl.NumberFormat(this.locale, { style: "percent", maximumFractionDigits: 1 }).format(Number(value));
    const decimal = this.decimal(measure, take, value) ?? "0";
    if (measure?.kind === "money")
      return `${new Intl.NumberFormat(this.locale, { maximumFractionDigits: 0 }).format(Number(decimal))} ${this.currency}`;
    return this.number(Number(decimal), take === "average" ? 1 : 0);
  }

  decimal(measure: Measure | undefined, take: ReportTake, value: string | null): string | null {
    if (value === null) return null;
    if (measure?.kind === "money" && !isShare(measure, take)) return minorToDecimal(BigInt(wholeOf(value)), this.currency);
    return plain(value, Math.max(minorDigits(this.currency), 6));
  }
}

const isShare = (measure: Measure | undefined, take: ReportTake): boolean => take === "share" || measure?.kind === "share";

/** Averages of minor units to the nearest one. */
const wholeOf = (value: string): string => (/^-?\d+$/.test(value) ? value : Math.round(Number(value)).toFixed(0));

/** Without an exponent, and no more places than a file takes. */
const plain = (value: string, places: number): string => (/^-?\d+$/.test(value) ? value : String(Number(Number(value).toFixed(places))));
