export interface Point {
  readonly customers: number;
  readonly profit: number;
}

export interface Layout {
  /** The curve as points of an SVG of 1000 by 400, customers along the reading direction. */
  readonly line: string;
  readonly area: string;
  readonly high: number;
  readonly low: number;
}

export const WIDTH = 1000;
export const HEIGHT = 400;

export const placeOf = (customers: number, isRightToLeft: boolean): number => (isRightToLeft ? 1 - customers : customers) * WIDTH;
export const heightOf = (profit: number, { high, low }: Pick<Layout, "high" | "low">): number =>
  HEIGHT - ((profit - low) / (high - low)) * HEIGHT;

/** The scale holds zero, all of the profit and the peak with a little room above. */
export function layWhale(points: readonly Point[], isRightToLeft: boolean): Layout {
  const profits = points.map(({ profit }) => profit);
  const high = Math.max(1, ...profits) * 1.06;
  const low = Math.min(0, ...profits) * 1.06;
  const at = ({ customers, profit }: Point) =>
    `${placeOf(customers, isRightToLeft).toFixed(1)},${heightOf(profit, { high, low }).toFixed(1)}`;
  const line = points.map(at).join(" ");
  const zero = heightOf(0, { high, low }).toFixed(1);
  return { line, area: `${placeOf(0, isRightToLeft)},${zero} ${line} ${placeOf(1, isRightToLeft)},${zero}`, high, low };
}

/** The share of customers under a pointer. */
export function shareAt(clientX: number, box: { readonly left: number; readonly width: number }, isRightToLeft: boolean): number {
  const along = Math.min(1, Math.max(0, (clientX - box.left) / box.width));
  return Math.round((isRightToLeft ? 1 - along : along) * 1000) / 1000;
}
