/** Above it a list of customers is more work than everybody. */
export const NAMED_MAX = 250_000;

/** Whether a refresh is of everybody: asked for, a new month, or so much changed that names do not help. */
export function isOfAll(at: {
  readonly all: boolean;
  readonly asOf: string;
  readonly lastAsOf: string | null;
  readonly changed: number;
  readonly known: number;
}): boolean {
  return at.all || at.asOf !== at.lastAsOf || at.changed > NAMED_MAX || (at.changed > 1000 && at.changed * 4 > at.known);
}

const NIGHT_HOUR = 2;

/** Whether the work of the night is due: none ended since two o'clock (UTC) of this day, and it is past that. */
export function isNightDue(now: Date, lastEnd: Date | null): boolean {
  const night = new Date(now);
  night.setUTCHours(NIGHT_HOUR, 0, 0, 0);
  return now >= night && (lastEnd === null || lastEnd < night);
}
