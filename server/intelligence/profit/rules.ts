/** Months of history that are kept: a year to look at and a year to compare it with. */
export const MONTHS_KEPT = 24;

/** The first day of the month so many months later (or earlier); `month` is any day of a month, YYYY-MM-DD. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const at = year * 12 + number - 1 + months;
  return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01`;
}

/** The last month that is over by the clock and by what was booked; null when nothing was booked. Days are ISO dates. */
export function lastWholeMonth(today: string, lastBooked: string | null): string | null {
  if (lastBooked === null) return null;
  const byClock = monthAfter(today, -1);
  const dayAfter = new Date(Date.parse(`${lastBooked}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  // A bank delivers some days into the month: those days are no whole month yet. A month without a booking on its last days is one by the clock.
  const byBooking =
    dayAfter.slice(8) === "01" ? monthAfter(dayAfter, -1) : monthAfter(lastBooked, byClock >= monthAfter(lastBooked, 0) ? 0 : -1);
  const [earlier = byClock] = [byBooking, byClock].toSorted();
  return earlier;
}

/** The months that are kept, oldest first. */
export const monthsUntil = (last: string, count = MONTHS_KEPT): string[] =>
  Array.from({ length: count }, (_, at) => monthAfter(last, at - count + 1));

export interface Version<Body> {
  readonly versionNo: number;
  readonly validFrom: string;
  readonly body: Body;
}

/** The version that holds for a month: the one with the latest day not after it, of those the newest. */
export function versionFor<V extends Pick<Version<unknown>, "versionNo" | "validFrom">>(
  month: string,
  approved: readonly V[],
): V | undefined {
  return approved
    .filter(({ validFrom }) => validFrom <= month)
    .toSorted((a, b) => b.validFrom.localeCompare(a.validFrom) || b.versionNo - a.versionNo)[0];
}

/** What two versions say differently, by the path of each figure: "transferRates.EUR.12". Lists of points are told apart by their term or name. */
export function differences(before: unknown, after: unknown, path = ""): { path: string; before: string | null; after: string | null }[] {
  const [left, right] = [leavesOf(before), leavesOf(after)];
  if (left === null || right === null) {
    const [was, is] = [textOf(before), textOf(after)];
    return was === is ? [] : [{ path, before: was, after: is }];
  }
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
    differences(left.get(key), right.get(key), path === "" ? key : `${path}.${key}`),
  );
}

const textOf = (value: unknown): string | null =>
  value === undefined ? null : typeof value === "object" ? JSON.stringify(value) : String(value);

function leavesOf(value: unknown): Map<string, unknown> | null {
  if (value === undefined) return new Map();
  if (Array.isArray(value)) return new Map(value.map((item: unknown, at) => pointOf(item, at)));
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : null;
}

function pointOf(item: unknown, at: number): [string, unknown] {
  if (typeof item !== "object" || item === null) return [String(at), item];
  if ("months" in item && "rate" in item) return [String(item.months), item.rate];
  if ("name" in item) {
    const { name, ...rest } = item;
    return [String(name), rest];
  }
  return [String(at), item];
}
