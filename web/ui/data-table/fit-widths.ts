export interface ColumnWidth {
  /** Pixels: what the person chose, else what the page proposes. */
  readonly width: number;
  /** The person chose it, so that it is not taken back. */
  readonly chosen: boolean;
  /** Pixels the widest figure among the rows drawn so far needs; null where the column has words. */
  readonly figures: number | null;
}

/** Words may be cut at their end as far as this; below it they say too little. */
const wordsKeep = 0.72;

/**
 * Widths in pixels: a figure always has the room it needs, since a number that has lost digits is another number. Where all together are
 * wider than `available`, the words give way; what is still too much is scrolled to.
 */
export function fitWidths(columns: readonly ColumnWidth[], available: number): number[] {
  const wanted = columns.map(({ width, figures }) => Math.max(width, figures ?? 0));
  const slack = columns.map(({ chosen, figures }, index) =>
    chosen || figures !== null ? 0 : Math.floor((wanted[index] ?? 0) * (1 - wordsKeep)),
  );
  const over = sum(wanted) - available;
  if (available <= 0 || over <= 0) return wanted;
  const share = Math.min(1, over / Math.max(1, sum(slack)));
  return wanted.map((width, index) => width - Math.ceil((slack[index] ?? 0) * share));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
