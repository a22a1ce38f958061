/** Months are numbered year * 12 + month - 1: a difference of two is a number of months. */
export const monthNo = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** The same of a day in SQL. */
export const monthNoSql = (day: string): string => `(extract(year from ${day})::int * 12 + extract(month from ${day})::int - 1)`;

export const firstDayOf = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01`;

/** The last day of the month, as yyyy-mm-dd. */
export function lastDayOf(month: number): string {
  const day = new Date(`${firstDayOf(month + 1)}T00:00:00Z`);
  day.setUTCDate(0);
  return day.toISOString().slice(0, 10);
}

/**
 * The month up to which facts are counted: the last one that is over, of those in which anything was booked. A bank whose data ends in the past is seen
 * as it was then; a booking dated tomorrow (`lastBookedOn` is at most today) moves nothing.
 */
export function countedMonth(today: string, lastBookedOn: string | null): number {
  const over = monthNo(today) - 1;
  return lastBookedOn === null ? over : Math.min(monthNo(lastBookedOn), over);
}
