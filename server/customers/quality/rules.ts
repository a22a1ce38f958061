/** Records a rule applies to, those that fail, and how much the rule counts. */
export interface Weighed {
  readonly records: number;
  readonly failing: number;
  readonly weight: number;
}

/** 0 to 100, two decimals: the share of what is right, each rule by its weight. null where nothing was looked at. */
export function scoreOf(figures: readonly Weighed[]): number | null {
  const looked = figures.reduce((sum, { records, weight }) => sum + records * weight, 0);
  if (looked === 0) return null;
  const wrong = figures.reduce((sum, { failing, weight }) => sum + failing * weight, 0);
  return Math.round((1 - wrong / looked) * 10_000) / 100;
}

export interface WorkCursor {
  readonly assetsMinor: string;
  readonly customerId: string;
}

export function writeWorkCursor({ assetsMinor, customerId }: WorkCursor): string {
  return `${assetsMinor} ${customerId}`;
}

const cursor = /^(-?\d{1,19}) ([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

/** null when the text is no place in a work list. */
export function readWorkCursor(text: string): WorkCursor | null {
  const [, assetsMinor, customerId] = cursor.exec(text) ?? [];
  return assetsMinor === undefined || customerId === undefined ? null : { assetsMinor, customerId };
}

/** Whether the first look of the day has to be taken (again): none yet, or a fifth more or fewer records than at the last. */
export function isDue(recordsNow: number, recordsThen: number | null): boolean {
  return recordsThen === null || Math.abs(recordsNow - recordsThen) > recordsThen / 5;
}

/** `YYYY-MM-DD` so many days before `now`. */
export function dayBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
}
