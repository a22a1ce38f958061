/** A calendar's way to write a day (days since 1970-01-01). */
export interface DateWriter {
  /** YYYYMMDD */
  compact(day: number): string;
  /** year, month, day joined by the mark, zero-filled: 1403/12/30 */
  joined(day: number, mark: string): string;
  /** DD.MM.YYYY */
  european(day: number): string;
}

const DAY_MS = 86_400_000;

type Parts = readonly [year: string, month: string, day: string];

/** Remembers what it has written: a bank has many rows and few days. */
function dateWriter(calendar: "gregory" | "persian" | "islamic-umalqura"): DateWriter {
  const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
    timeZone: "UTC",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const parts = remembered((day): Parts => {
    const found = new Map(format.formatToParts(day * DAY_MS).map((part) => [part.type, part.value]));
    return [(found.get("year") ?? "").padStart(4, "0"), found.get("month") ?? "", found.get("day") ?? ""];
  });
  return {
    compact: remembered((day) => parts(day).join("")),
    joined: (day, mark) => parts(day).join(mark),
    european: remembered((day) => {
      const [year, month, date] = parts(day);
      return `${date}.${month}.${year}`;
    }),
  };
}

function remembered<Written>(write: (day: number) => Written): (day: number) => Written {
  const known = new Map<number, Written>();
  return (day) => {
    let written = known.get(day);
    if (written === undefined) {
      written = write(day);
      known.set(day, written);
    }
    return written;
  };
}

export const gregorian = dateWriter("gregory");
export const jalali = dateWriter("persian");
export const hijri = dateWriter("islamic-umalqura");

/** 0 Sunday … 6 Saturday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

export function monthOf(day: number): number {
  return Number(gregorian.compact(day).slice(4, 6));
}

/** The digits 0-9 of a text in another script. */
export function digitsAs(text: string, zero: "٠" | "۰"): string {
  const base = zero.charCodeAt(0);
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(base + Number(digit)));
}
