const dayMs = 86_400_000;

/** The bank's day, `YYYY-MM-DD`: the server counts its days in UTC too. */
export function todayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + days * dayMs).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when the second lies before the first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** Completed years. Who was born on 29 February is a year older on 28 February of a common year. */
export function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return anniversary(from, Number(to.slice(0, 4))) <= to ? years : years - 1;
}

/** Days until the next anniversary; 0 on the day itself. */
export function daysToAnniversary(of: string, today: string): number {
  const year = Number(today.slice(0, 4));
  const thisYear = anniversary(of, year);
  return daysBetween(today, thisYear >= today ? thisYear : anniversary(of, year + 1));
}

function anniversary(of: string, year: number): string {
  const day = `${year}${of.slice(4)}`;
  const exists = new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) === day;
  return exists ? day : `${year}-02-28`;
}
