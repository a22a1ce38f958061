import { DomainError } from "../../../platform/errors/index.ts";
import type { TrainingSet } from "../training-set.ts";

/** Rows learned from, rows on which training stops and chances are calibrated, and the latest rows, by which the model is judged. */
export interface TimeSplit {
  readonly learn: Int32Array;
  readonly tune: Int32Array;
  readonly judge: Int32Array;
}

const EVENTS_MIN = 10;

/**
 * By whole days, never by drawing rows: a shuffled test promises what the next month does not keep. The latest quarter of the days
 * judges; of those before, days whose outcome was not known when judging began are left out (embargo, Lopez de Prado 2018, chapter 7);
 * of what remains the later third tunes. Fails with invalid_input: fewer than ten events on either side of the cut, and says how many.
 */
export function splitByTime({ asOfs, asOfOf, horizonMonths, knownOn, target }: TrainingSet): TimeSplit {
  const judged = Math.max(1, Math.round(asOfs.length / 4));
  const firstJudged = asOfs.length - judged;
  const begins = asOfs[firstJudged] as string;
  const isKnown = (place: number) =>
    knownOn === undefined ? monthsBetween(asOfs[place] as string, begins) >= horizonMonths : (knownOn[place] as string) <= begins;
  const known = asOfs.filter((_, place) => place < firstJudged && isKnown(place));
  if (known.length < 2)
    throw new DomainError("invalid_input", `there are ${asOfs.length} past days to learn from, too few to judge by later ones`, {
      detail: { reason: "too_few_days", days: asOfs.length },
    });
  const tuned = Math.max(1, Math.round(known.length / 3));
  const rowsOf = (from: number, to: number) =>
    Int32Array.from(asOfOf.keys()).filter((row) => (asOfOf[row] as number) >= from && (asOfOf[row] as number) < to);
  const split = {
    learn: rowsOf(0, known.length - tuned),
    tune: rowsOf(known.length - tuned, known.length),
    judge: rowsOf(firstJudged, asOfs.length),
  };
  for (const [part, rows] of Object.entries(split)) {
    const events = rows.reduce((sum, row) => sum + (target[row] as number), 0);
    const fewer = Math.min(events, rows.length - events);
    if (fewer < EVENTS_MIN)
      throw new DomainError("invalid_input", `the rows to ${part} have ${events} events among ${rows.length}: ten of either are needed`, {
        detail: { reason: "too_few_events", part, events, rows: rows.length },
      });
  }
  return split;
}

export function monthsBetween(from: string, to: string): number {
  const month = (day: string) => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7));
  return month(to) - month(from);
}
