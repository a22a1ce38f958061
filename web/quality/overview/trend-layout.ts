export interface DayScore {
  readonly day: string;
  readonly score: number;
}

export interface Curve {
  /** Of an SVG of 100 by 100, time along the reading direction. */
  readonly points: string;
  readonly end: { readonly x: number; readonly y: number };
  readonly low: number;
  readonly high: number;
}

const dayOf = (text: string): number => Date.parse(text) / 86_400_000;

/** A line over the days; the scale holds all scores and at least five points, so that a hair's breadth does not look like a fall. */
export function layCurve(days: readonly DayScore[], isRightToLeft: boolean): Curve | null {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || days.length < 2) return null;
  const scores = days.map(({ score }) => score);
  const middle = (Math.max(...scores) + Math.min(...scores)) / 2;
  const half = Math.max(2.5, (Math.max(...scores) - Math.min(...scores)) / 2);
  const high = Math.min(100, Math.ceil(middle + half));
  const low = Math.max(0, Math.min(Math.floor(middle - half), high - 5));
  const span = dayOf(last.day) - dayOf(first.day);
  const places = days.map(({ day, score }) => {
    const along = ((dayOf(day) - dayOf(first.day)) / span) * 100;
    return { x: isRightToLeft ? 100 - along : along, y: 100 - ((score - low) / (high - low)) * 100 };
  });
  const end = places.at(-1) ?? { x: 0, y: 0 };
  return { points: places.map(({ x, y }) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" "), end, low, high };
}
