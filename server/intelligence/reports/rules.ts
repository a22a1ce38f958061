import type { MailTime, MeasureChoice, ReportDefinition, ReportFigure } from "./contract.ts";

export interface Choices {
  readonly measures: readonly MeasureChoice[];
  readonly dimensions: ReadonlySet<string>;
}

/** What is wrong with a definition for somebody with these choices, or null. Its filter is checked as that of a segment. */
export function faultOf({ over, measures, rows, columns, compare }: ReportDefinition, choices: Choices): string | null {
  for (const { of, take } of measures) {
    const measure = choices.measures.find((one) => one.over === over && one.of === of);
    if (measure === undefined) return `there is no measure ${of} over ${over}`;
    if (!measure.takes.includes(take)) return `${of} has no ${take}`;
  }
  for (const key of [rows, columns]) {
    if (key === null) continue;
    if (!choices.dimensions.has(key)) return `there is no dimension ${key}`;
    if (key === "month" && over === "now") return "what is counted as of now has no months";
  }
  if (rows !== null && rows === columns) return "rows and columns are the same";
  if (rows === null && columns !== null) return "columns need rows";
  if (over === "now" && compare !== "none") return "what is counted as of now has nothing to compare with";
  return null;
}

/** Months looked at, and how many months lie between them and what they are compared with. */
export function windowOf({ months, compare }: Pick<ReportDefinition, "months" | "compare">, untilMonth: number) {
  const shift = compare === "none" ? 0 : compare === "previous" ? months : 12;
  return { from: untilMonth - months + 1, to: untilMonth, shift };
}

export const SMALL = 3;

/**
 * Leaves out figures of one or two customers, and so many others that none of them can be told from the totals: in every line of groups that add up with
 * exactly one left out, the smallest of the others goes too, until there is no such line. A line is the groups of one row with their total, of one column
 * with theirs, and the totals with that of all.
 */
export function maskSmall(figures: readonly ReportFigure[]): { figures: ReportFigure[]; masked: boolean } {
  const out = new Set(figures.flatMap((figure, at) => (isSmall(figure) ? [at] : [])));
  if (out.size === 0) return { figures: [...figures], masked: false };
  const lines = linesOf(figures);
  for (let again = true; again; ) {
    again = false;
    for (const line of lines) {
      const hidden = line.filter((at) => out.has(at));
      if (hidden.length !== 1) continue;
      const next = line.filter((at) => !out.has(at)).sort((a, b) => sizeOf(figures[a]) - sizeOf(figures[b]))[0];
      if (next === undefined) continue;
      out.add(next);
      again = true;
    }
  }
  const bare = (figure: ReportFigure): ReportFigure => ({
    ...figure,
    customers: null,
    values: figure.values.map(() => null),
    before: figure.before?.map(() => null) ?? null,
  });
  return { figures: figures.map((figure, at) => (out.has(at) ? bare(figure) : figure)), masked: true };
}

const sizeOf = (figure: ReportFigure | undefined): number => figure?.customers ?? 0;
const isSmall = ({ customers }: ReportFigure): boolean => customers !== null && customers > 0 && customers < SMALL;

/** Places of figures that add up to one of them, that one included. */
function linesOf(figures: readonly ReportFigure[]): number[][] {
  const lines = new Map<string, number[]>();
  const put = (name: string, at: number) => lines.set(name, [...(lines.get(name) ?? []), at]);
  for (const [at, { row, column }] of figures.entries()) {
    put(`row ${row}`, at);
    put(`column ${column}`, at);
  }
  return [...lines.values()].filter((line) => line.length > 1);
}

// No time zone is off the hour by anything but quarters.
const QUARTER_MS = 900_000;
/** A month, and a day that has no such hour. */
const QUARTERS_MAX = 34 * 24 * 4;

/** The next moment after `now` at which it is the full hour in the zone, of a day, a Monday, a first of the month there. */
export function nextMailAt({ every, hour, zone }: MailTime, now: Date): Date {
  const clock = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: zone, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn" },
    ...{ weekday: "short", day: "numeric", hour: "numeric", minute: "numeric" },
  });
  const first = Math.floor(now.getTime() / QUARTER_MS) + 1;
  for (let quarter = first; quarter < first + QUARTERS_MAX; quarter += 1) {
    const at = new Date(quarter * QUARTER_MS);
    const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
    const isDay = every === "day" || (every === "week" ? parts.get("weekday") === "Mon" : parts.get("day") === "1");
    if (isDay && Number(parts.get("hour")) === hour && Number(parts.get("minute")) === 0) return at;
  }
  throw new RangeError(`no ${hour} o'clock in ${zone}`);
}
