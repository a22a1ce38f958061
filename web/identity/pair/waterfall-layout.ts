interface Step {
  readonly column: string;
  readonly level: string | null;
  readonly bits: number;
  readonly rarityBits: number;
}

export interface WaterfallInput {
  readonly priorBits: number;
  readonly steps: readonly Step[];
  readonly bits: number;
  readonly joinBits: number;
  readonly doubtBits: number;
}

/** A bar from one running sum to the next, both as shares of the width. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly gain: boolean;
}

export interface WaterfallRow {
  readonly column: string;
  readonly bits: number;
  readonly bar: Bar | null;
  readonly rarityBar: Bar | null;
  /** The running sum behind this row. */
  readonly sum: number;
}

export interface Waterfall {
  readonly prior: Bar;
  readonly rows: readonly WaterfallRow[];
  /** What the sum was held back by (only names could be compared), or null when the steps add up. */
  readonly heldBack: { readonly bits: number; readonly bar: Bar } | null;
  readonly zero: number;
  readonly join: number;
  readonly doubt: number;
  readonly sum: Bar;
}

const MARGIN = 0.04;
/** Smaller than what is shown: rounding, not a rule. */
const NOTHING = 0.05;

/** Where the bars of a waterfall stand: from what holds of two records picked at random, over what each field adds, to the sum. */
export function layWaterfall({ priorBits, steps, bits, joinBits, doubtBits }: WaterfallInput): Waterfall {
  const ends = [0, priorBits, joinBits, doubtBits, bits];
  let running = priorBits;
  for (const step of steps) {
    running += step.bits;
    ends.push(running);
    running += step.rarityBits;
    ends.push(running);
  }
  const low = Math.min(...ends);
  const span = Math.max(...ends) - low || 1;
  const place = (value: number): number => MARGIN + ((value - low) / span) * (1 - 2 * MARGIN);
  const barOf = (from: number, to: number): Bar => ({
    from: place(Math.min(from, to)),
    to: place(Math.max(from, to)),
    gain: to >= from,
  });
  let sum = priorBits;
  const rows = steps.map((step): WaterfallRow => {
    const middle = sum + step.bits;
    const end = middle + step.rarityBits;
    const row = {
      column: step.column,
      bits: step.bits + step.rarityBits,
      bar: step.bits === 0 ? null : barOf(sum, middle),
      rarityBar: Math.abs(step.rarityBits) < NOTHING ? null : barOf(middle, end),
      sum: end,
    };
    sum = end;
    return row;
  });
  const rest = bits - sum;
  return {
    prior: barOf(0, priorBits),
    rows,
    heldBack: Math.abs(rest) < NOTHING ? null : { bits: rest, bar: barOf(sum, bits) },
    zero: place(0),
    join: place(joinBits),
    doubt: place(doubtBits),
    sum: barOf(0, bits),
  };
}
