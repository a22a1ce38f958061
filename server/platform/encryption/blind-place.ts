import type { Tx } from "../db/index.ts";

/** What one transaction of a pass did. */
export interface PassBatch {
  /** Where to go on: the key of the last row that is done, or before the first that somebody else held; null: at the beginning. */
  readonly after: string | null;
  /** How many rows it wrote. */
  readonly rows: number;
  /** How many values did not open: nothing finds them by their number any more. */
  readonly broken: number;
}

/**
 * Looks at `limit` rows behind `after` (null begins), on the worker, and writes what is to be written on those that nobody holds: it never waits for a row, so it stops
 * nobody who does. null when none is left.
 */
export type BlindPass = (tx: Tx, after: string | null, limit: number) => Promise<PassBatch | null>;

/** A place where blind indexes of a column stand, and what is done there while their key changes (docs/decisions/0018). */
export interface BlindPlace {
  /** While a key is coming: its form is put beside the one in use. Whoever writes meanwhile writes both. */
  readonly add?: BlindPass;
  /** When it is in use and the other one goes: the form in use is its own alone. */
  readonly change?: BlindPass;
  /** When that one is gone: what is left of it goes, too. */
  readonly clear?: BlindPass;
}

/** Where a pass goes on that listed these keys and could lock those. */
export function goOnBehind(listed: readonly string[], locked: ReadonlySet<string>, after: string | null): string | null {
  const held = listed.findIndex((key) => !locked.has(key));
  return held < 0 ? (listed.at(-1) ?? after) : (listed[held - 1] ?? after);
}
