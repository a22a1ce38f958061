/** One thing that can be wrong with a record: SQL conditions and reasons over the columns of the value level, tried in order. */
export interface Fault {
  readonly field: string;
  readonly column: string | null;
  readonly raw: string;
  readonly when: string;
  readonly reason: string;
}

/**
 * The SQL of a record grows in levels, each a sub-select over the one before, so that nothing is computed twice: r (texts as they came), m
 * (coded), v (values), then the number of the first fault, then what is said of it. `offset 0` keeps the planner from folding them together.
 */
export class Levels {
  readonly raw = new Map<string, string>();
  readonly coded = new Map<string, string>();
  readonly values = new Map<string, string>();
  /** Values that need other values: money in the currency of its row. */
  readonly later = new Map<string, string>();
  readonly faults: Fault[] = [];
  readonly output = new Map<string, string>();
}
