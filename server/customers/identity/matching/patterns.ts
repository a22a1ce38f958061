import { COLUMNS } from "./columns.ts";

const LEVEL_CODES = 8;

/** How often each combination of levels came up: all that learning needs to know of pairs. */
export interface Pattern {
  readonly levels: Uint8Array;
  readonly count: number;
}

/** Counts combinations of levels as they are shown. */
export class PatternCounter {
  pairs = 0;
  private readonly counts = new Map<number, number>();

  add(levels: Uint8Array): void {
    let code = 0;
    for (let column = 0; column < COLUMNS; column += 1) code = code * LEVEL_CODES + (levels[column] as number);
    this.counts.set(code, (this.counts.get(code) ?? 0) + 1);
    this.pairs += 1;
  }

  /** In an order that does not depend on which pair was shown first: sums of fractions must come out the same. */
  patterns(): Pattern[] {
    return [...this.counts]
      .sort(([a], [b]) => a - b)
      .map(([code, count]) => {
        const levels = new Uint8Array(COLUMNS);
        let rest = code;
        for (let column = COLUMNS - 1; column >= 0; column -= 1) {
          levels[column] = rest % LEVEL_CODES;
          rest = Math.floor(rest / LEVEL_CODES);
        }
        return { levels, count };
      });
  }
}
