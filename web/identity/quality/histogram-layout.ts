interface Bin {
  readonly bits: number;
  readonly pairs: number;
}

export interface Column {
  readonly bits: number;
  readonly pairs: number;
  /** Share of the height, on a logarithmic scale: one pair can be seen beside a hundred thousand. */
  readonly height: number;
  /** The last column holds everything from its points on. */
  readonly isRest: boolean;
}

export const COLUMNS_MAX = 36;

/** One column per whole point from the first to the last without gaps; what lies behind the last column is added to it. */
export function layHistogram(bins: readonly Bin[], columnsMax: number = COLUMNS_MAX): Column[] {
  if (bins.length === 0) return [];
  const low = Math.min(...bins.map(({ bits }) => bits));
  const high = Math.max(...bins.map(({ bits }) => bits));
  const columns = Math.min(columnsMax, high - low + 1);
  const pairs = Array.from({ length: columns }, () => 0);
  for (const bin of bins) {
    const place = Math.min(columns - 1, bin.bits - low);
    pairs[place] = (pairs[place] ?? 0) + bin.pairs;
  }
  const most = Math.max(1, ...pairs);
  const isCut = high - low + 1 > columns;
  return pairs.map((count, place) => ({
    bits: low + place,
    pairs: count,
    height: Math.log1p(count) / Math.log1p(most),
    isRest: isCut && place === columns - 1,
  }));
}
