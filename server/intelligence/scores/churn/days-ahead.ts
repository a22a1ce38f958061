import type { ExtraMeasures, TrainingSet } from "../training-set.ts";

const DAY_MS = 86_400_000;

/**
 * How early the bank's own leavers were flagged, on days the model had not seen: of those who left in the judged time, the share flagged at any judged day
 * before, and the median of the days from the first flag to the leaving.
 */
export function daysAhead(
  { asOfs, asOfOf, subjectOf, target, eventDay }: TrainingSet,
  {
    rows,
    chances,
    bands: { raised },
  }: { readonly rows: Int32Array; readonly chances: Float64Array; readonly bands: { readonly raised: number } },
): ExtraMeasures {
  const leftOn = new Map<number, number>();
  rows.forEach((row) => {
    const day = eventDay?.[row] ?? Number.NaN;
    if (target[row] === 1 && !Number.isNaN(day)) leftOn.set(subjectOf[row] as number, day);
  });
  const first = new Map<number, number>();
  rows.forEach((row, index) => {
    const subject = subjectOf[row] as number;
    const left = leftOn.get(subject);
    const day = Date.parse(`${asOfs[asOfOf[row] as number]}T00:00:00Z`) / DAY_MS;
    if (left === undefined || day >= left || (chances[index] as number) < raised) return;
    first.set(subject, Math.min(first.get(subject) ?? Infinity, day));
  });
  const ahead = [...first].map(([subject, day]) => (leftOn.get(subject) as number) - day).sort((a, b) => a - b);
  return {
    leavers: leftOn.size,
    warned_share: leftOn.size === 0 ? null : first.size / leftOn.size,
    days_ahead: ahead[Math.floor(ahead.length / 2)] ?? null,
  };
}
