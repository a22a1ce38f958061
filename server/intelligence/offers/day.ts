const DAY_MS = 86_400_000;

/** Days are yyyy-mm-dd throughout. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

export const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

export const earliest = (...days: readonly (string | null)[]): string | null =>
  days.reduce<string | null>((least, day) => (day !== null && (least === null || day < least) ? day : least), null);

/** Full years; of 29 February on 1 March. */
export function yearsAt(bornOn: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return today.slice(5) < bornOn.slice(5) ? years - 1 : years;
}

/** The next birthday, today included; 29 February is kept on 1 March of other years. */
export function nextBirthday(bornOn: string, today: string): string {
  const inYear = (year: number) => {
    const on = `${String(year).padStart(4, "0")}${bornOn.slice(4)}`;
    return Number.isNaN(Date.parse(on)) || new Date(on).toISOString().slice(0, 10) !== on ? `${String(year).padStart(4, "0")}-03-01` : on;
  };
  const year = Number(today.slice(0, 4));
  return inYear(year) >= today ? inYear(year) : inYear(year + 1);
}
