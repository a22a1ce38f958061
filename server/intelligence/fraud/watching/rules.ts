import type { CourseSign, CourseWeek } from "./contract.ts";

/** Two weeks after it ended, what was going to be said of a week has been said. */
const MATURE_DAYS = 14;
const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
const USUAL_WEEKS = 8;
const USUAL_WEEKS_MIN = 4;
const RECENT_WEEKS = 4;
const DECIDED_MIN = 20;
const MISSED_MIN = 10;
/** Standard deviations of counts beyond which it is not chance. */
const FAR = 3;

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS;

export const isOver = (week: string, today: string) => daysBetween(week, today) >= WEEK_DAYS;
export const isMature = (week: string, today: string) => daysBetween(week, today) >= WEEK_DAYS + MATURE_DAYS;

/**
 * What is wrong with the alerts of a bank, from its weeks (the newest last; weeks without alerts among them). Pure.
 *
 * Volume: the last whole week against the middle of up to eight before it: twice or half, and three standard deviations of a count (Poisson) away.
 * The others are of mature weeks. Precision: the last four against all before, two thirds of it or less, and 95 % sure (two shares, normal approximation).
 * Calibration: frauds against those the chances led to expect, half as many again or two thirds, and three standard deviations of their sum away.
 * Missed: others found more frauds than the alerts did, and at least ten. Undecided: of twenty alerts or more, less than half were ever decided.
 */
export function signsOf(weeks: readonly CourseWeek[], today: string): CourseSign[] {
  const over = weeks.filter(({ week }) => isOver(week, today));
  const mature = weeks.filter(({ week }) => isMature(week, today));
  const recent = mature.slice(-RECENT_WEEKS);
  return [
    ...volume(over),
    ...precision(recent, mature.slice(0, -RECENT_WEEKS)),
    ...calibration(recent),
    ...missed(recent),
    ...undecided(recent),
  ];
}

const sum = (
  weeks: readonly CourseWeek[],
  of: "alerts" | "decided" | "confirmed" | "inconclusive" | "missed" | "expected" | "variance" | "frauds",
) => weeks.reduce((total, week) => total + week[of], 0);

function volume(over: readonly CourseWeek[]): CourseSign[] {
  const figure = over.at(-1)?.alerts ?? 0;
  const before = over.slice(-1 - USUAL_WEEKS, -1).map(({ alerts }) => alerts);
  if (before.length < USUAL_WEEKS_MIN) return [];
  const usual = middle(before);
  const far = FAR * Math.sqrt(Math.max(usual, 1));
  if (figure > 2 * usual && figure - usual > far) return [{ code: "volume_up", figure, usual }];
  return figure < usual / 2 && usual - figure > far ? [{ code: "volume_down", figure, usual }] : [];
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}

function precision(recent: readonly CourseWeek[], before: readonly CourseWeek[]): CourseSign[] {
  const [n, m] = [sum(recent, "decided"), sum(before, "decided")];
  if (n < DECIDED_MIN || m < DECIDED_MIN) return [];
  const [figure, usual] = [sum(recent, "confirmed") / n, sum(before, "confirmed") / m];
  const together = (sum(recent, "confirmed") + sum(before, "confirmed")) / (n + m);
  const deviation = Math.sqrt(together * (1 - together) * (1 / n + 1 / m));
  return figure <= usual / 1.5 && usual - figure > 1.96 * deviation ? [{ code: "precision", figure, usual }] : [];
}

function calibration(recent: readonly CourseWeek[]): CourseSign[] {
  const [figure, usual, variance] = [sum(recent, "frauds"), sum(recent, "expected"), sum(recent, "variance")];
  const isFar = Math.abs(figure - usual) > FAR * Math.sqrt(Math.max(variance, 1));
  return isFar && (figure > usual * 1.5 || figure < usual / 1.5) ? [{ code: "calibration", figure, usual }] : [];
}

function missed(recent: readonly CourseWeek[]): CourseSign[] {
  const [figure, usual] = [sum(recent, "missed"), sum(recent, "frauds")];
  return figure >= MISSED_MIN && figure > usual ? [{ code: "missed", figure, usual }] : [];
}

function undecided(recent: readonly CourseWeek[]): CourseSign[] {
  const [alerts, decided] = [sum(recent, "alerts"), sum(recent, "decided") + sum(recent, "inconclusive")];
  return alerts >= DECIDED_MIN && decided < alerts / 2 ? [{ code: "undecided", figure: decided / alerts, usual: 1 }] : [];
}

/** Nobody deciding asks for a look: it says nothing of the alerts themselves. */
export function levelOf(signs: readonly CourseSign[]): "stable" | "watch" | "act" {
  if (signs.some(({ code }) => code !== "undecided")) return "act";
  return signs.length > 0 ? "watch" : "stable";
}
