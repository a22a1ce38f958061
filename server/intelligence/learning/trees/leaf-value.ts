import type { TreeOptions } from "./tree-options.ts";

/** Between which values a leaf must stay so that monotone columns stay monotone. */
export interface ValueBounds {
  readonly low: number;
  readonly high: number;
}

export const unbounded: ValueBounds = { low: -Infinity, high: Infinity };

/** Sums over a set of rows. Rows are estimated from the curvature while a split is sought, and counted once it is made. */
export interface Sums {
  readonly gradient: number;
  readonly curvature: number;
  readonly rows: number;
}

/** The value that lessens the loss most in second order, -G / (H + l2) (Chen and Guestrin 2016, eq. 5), smoothed to the parent's and kept in bounds. */
export function leafValue(sums: Sums, l2: number, parent: number, bounds: ValueBounds, { parentSmoothing }: TreeOptions): number {
  const free = -sums.gradient / (sums.curvature + l2);
  const smooth = parentSmoothing === 0 ? free : (free * sums.rows + parent * parentSmoothing) / (sums.rows + parentSmoothing);
  return Math.min(Math.max(smooth, bounds.low), bounds.high);
}

/** Twice the drop of the loss when the rows get this value: -(2 G w + (H + l2) w^2). */
export function dropOf({ gradient, curvature }: Sums, l2: number, value: number): number {
  return -(2 * gradient * value + (curvature + l2) * value * value);
}
