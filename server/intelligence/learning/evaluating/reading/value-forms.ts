import { asciiDigits } from "../../../../platform/text/index.ts";

/** How the cells of a column are written. The first form that reads nearly all of them is taken. */
export interface ValueForm {
  readonly name: "number" | "number with a decimal comma" | "date" | "date, day first" | "date, month first";
  /** NaN for what is not of this form. Dates are days since 1970. */
  readonly read: (cell: string) => number;
}

const MISSING = new Set(["", "na", "n/a", "#n/a", "nan", "null", "nil", "?", "\\n", ".", "-", "--", "(null)", "<na>", "nat"]);

export function isMissing(cell: string): boolean {
  return cell.length <= 6 && MISSING.has(cell.toLowerCase());
}

const MS_PER_DAY = 86_400_000;
const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const infinite = /^([+-]?)(inf|infinity)$/i;
const grouped = /^[+-]?\d{1,3}([,' \u00a0\u202f]\d{3})+(\.\d+)?$/;
const comma = /^[+-]?(\d+|\d{1,3}([.' \u00a0\u202f]\d{3})+)(,\d+)?$/;
const money = /^([+-]?)\s*(?:[$€£¥]|USD|EUR|GBP)?\s*([+-]?[\d.,' \u00a0\u202f]+(?:e[+-]?\d+)?)\s*(?:%|[$€£¥]|USD|EUR|GBP)?$/i;
const isoDate = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const localDate = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

export const valueForms: readonly ValueForm[] = [
  { name: "number", read: readNumber },
  { name: "number with a decimal comma", read: readCommaNumber },
  { name: "date", read: (cell) => readDate(isoDate.exec(cell), [1, 2, 3]) },
  { name: "date, day first", read: (cell) => readDate(localDate.exec(cell), [3, 2, 1]) },
  { name: "date, month first", read: (cell) => readDate(localDate.exec(cell), [3, 1, 2]) },
];

function readNumber(cell: string): number {
  if (plain.test(cell)) return Number(cell);
  const endless = infinite.exec(cell);
  if (endless !== null) return endless[1] === "-" ? -Infinity : Infinity;
  const bare = bareNumber(cell);
  if (plain.test(bare)) return Number(bare);
  return grouped.test(bare) ? Number(bare.replace(/[,' \u00a0\u202f]/g, "")) : Number.NaN;
}

function readCommaNumber(cell: string): number {
  const bare = bareNumber(cell);
  return comma.test(bare) ? Number(bare.replace(/[.' \u00a0\u202f]/g, "").replace(",", ".")) : Number.NaN;
}

/** Without currency and percent sign, in ASCII digits. */
function bareNumber(cell: string): string {
  const ascii = /[^\x20-\x7e]/.test(cell) ? asciiDigits(cell) : cell;
  const [, sign = "", body] = money.exec(ascii) ?? [];
  return body === undefined ? ascii : `${sign}${body.trim()}`;
}

function readDate(match: RegExpExecArray | null, [year, month, day]: [number, number, number]): number {
  if (match === null) return Number.NaN;
  const part = (place: number) => Number(match[place] ?? 0);
  if (part(month) < 1 || part(month) > 12 || part(day) < 1 || part(day) > 31) return Number.NaN;
  return Date.UTC(part(year), part(month) - 1, part(day), part(4), part(5), part(6)) / MS_PER_DAY;
}
