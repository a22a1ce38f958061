/** How one group fares against the group favoured most. */
export interface GroupImpact {
  readonly group: string;
  readonly rows: number;
  readonly selectionRate: number;
  /** Selection rate over the best group's; below 0.8 is adverse impact. */
  readonly ratio: number;
  readonly isAdverse: boolean;
}

// A rate over fewer rows says nothing about a group.
const GROUP_ROWS_MIN = 30;
const FOUR_FIFTHS = 0.8;

/**
 * Adverse impact by the four-fifths rule (US Uniform Guidelines on Employee Selection Procedures 1978, 29 CFR 1607.4 D; used alike for
 * credit under ECOA): `selected` is 1 for the favourable decision. Groups under 30 rows are shown but neither best nor called adverse.
 */
export function adverseImpact(groups: readonly (string | null)[], selected: ArrayLike<number>): GroupImpact[] {
  const counts = new Map<string, { rows: number; selected: number }>();
  groups.forEach((group, row) => {
    if (group === null) return;
    const count = counts.get(group) ?? { rows: 0, selected: 0 };
    count.rows += 1;
    count.selected += selected[row] as number;
    counts.set(group, count);
  });
  const large = [...counts.values()].filter(({ rows }) => rows >= GROUP_ROWS_MIN);
  const best = Math.max(0, ...large.map((count) => count.selected / count.rows));
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, count]) => {
      const selectionRate = count.selected / count.rows;
      const ratio = best === 0 ? 1 : selectionRate / best;
      return { group, rows: count.rows, selectionRate, ratio, isAdverse: count.rows >= GROUP_ROWS_MIN && ratio < FOUR_FIFTHS };
    });
}
