import type { CategoryColumn, Column, NumberColumn } from "../tables/table.ts";
import type { Characteristic, ScoreBin, ScorecardOptions } from "./scorecard-model.ts";

/** A bin while it is still being joined with its neighbours. */
interface Pool {
  readonly upTo?: number | null;
  readonly categories?: readonly string[];
  readonly isRest?: true;
  readonly events: number;
  readonly others: number;
}

type Binned = Omit<Characteristic, "coefficient">;

// Half a row is added to each class of a bin, so that a bin without events has a finite weight (Good 1965; Zdravevski et al. 2011).
const HALF_A_ROW = 0.5;

/**
 * Cuts a column into bins of like rates and gives each its weight of evidence (Good 1950; Siddiqi 2006, chapter 6): equal-sized fine
 * bins, or categories in the order of their rates, whose neighbours are joined, the most alike first, until all hold enough rows and
 * differ by chi-square (ChiMerge, Kerber 1992). Missing values are a bin of their own.
 */
export function binEvidence(column: Column, target: Float64Array, options: ScorecardOptions): Binned {
  const all = countOf(target, () => true);
  const rowsMin = Math.max(5, options.binShareMin * target.length);
  const missing = countOf(
    target,
    column.kind === "number" ? (row) => Number.isNaN(column.values[row]) : (row) => (column.codes[row] as number) < 0,
  );
  const pools = column.kind === "number" ? numberPools(column, target, options) : categoryPools(column, target, rowsMin);
  const isMonotone = column.kind === "number" && (options.monotone === true || (options.monotone || []).includes(column.name));
  const joined = joinAlike(isMonotone ? inOneDirection(pools) : pools, rowsMin, options);
  const own = missing.events + missing.others >= rowsMin / 2 ? [{ ...missing, isMissing: true as const }] : [];
  const evidence = (bin: Pool) =>
    Math.log((bin.others + HALF_A_ROW) / (all.others + 2 * HALF_A_ROW) / ((bin.events + HALF_A_ROW) / (all.events + 2 * HALF_A_ROW)));
  const bins: ScoreBin[] = [...joined, ...own].map((bin) => ({ ...bin, weightOfEvidence: evidence(bin), points: 0 }));
  const informationValue = bins.reduce((sum, bin) => sum + (bin.others / all.others - bin.events / all.events) * bin.weightOfEvidence, 0);
  return { name: column.name, kind: column.kind, bins, informationValue };
}

function countOf(target: Float64Array, isIn: (row: number) => boolean): { events: number; others: number } {
  let [events, rows] = [0, 0];
  target.forEach((value, row) => {
    if (!isIn(row)) return;
    rows += 1;
    events += value;
  });
  return { events, others: rows - events };
}

function numberPools({ values }: NumberColumn, target: Float64Array, { fineBins }: ScorecardOptions): Pool[] {
  const order = Uint32Array.from(values.keys())
    .filter((row) => !Number.isNaN(values[row]))
    .sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
  const pools: Pool[] = [];
  let [events, rows] = [0, 0];
  let filled = 0;
  order.forEach((row, place) => {
    events += target[row] as number;
    rows += 1;
    const next = order[place + 1];
    const value = values[row] as number;
    if (next === undefined) pools.push({ upTo: null, events, others: rows - events });
    else if (values[next] !== value && place + 1 >= ((filled + 1) * order.length) / fineBins) {
      const above = values[next] as number;
      const middle = value / 2 + above / 2;
      pools.push({ upTo: middle >= value && middle < above ? middle : value, events, others: rows - events });
      filled = Math.floor(((place + 1) * fineBins) / order.length);
      [events, rows] = [0, 0];
    }
  });
  // An infinite bound would not survive JSON.
  return pools.map((pool) => (pool.upTo === -Infinity ? { ...pool, upTo: -Number.MAX_VALUE } : pool));
}

/** One pool a category, by rising rate of events; those with too few rows together in one without a list: the rest, also for the never seen. */
function categoryPools({ codes, categories }: CategoryColumn, target: Float64Array, rowsMin: number): Pool[] {
  const events = new Float64Array(categories.length);
  const rows = new Float64Array(categories.length);
  codes.forEach((code, row) => {
    if (code < 0) return;
    rows[code] = (rows[code] as number) + 1;
    events[code] = (events[code] as number) + (target[row] as number);
  });
  const enough = Math.max(5, rowsMin / 5);
  const own: Pool[] = [];
  const rest = { events: 0, others: 0 };
  rows.forEach((count, code) => {
    if (count === 0) return;
    const [found, others] = [events[code] as number, count - (events[code] as number)];
    if (count >= enough) own.push({ categories: [categories[code] as string], events: found, others });
    else {
      rest.events += found;
      rest.others += others;
    }
  });
  const pools = rest.events + rest.others > 0 ? [...own, { ...rest, categories: [], isRest: true as const }] : own;
  return pools.sort((a, b) => rateOf(a) - rateOf(b) || ((a.categories?.[0] ?? "") < (b.categories?.[0] ?? "") ? -1 : 1));
}

function rateOf({ events, others }: Pool): number {
  return (events + HALF_A_ROW) / (events + others + 2 * HALF_A_ROW);
}

/** Rates that all rise or all fall, whichever tells more, by pooling adjacent violators (Ayer et al. 1955). */
function inOneDirection(pools: readonly Pool[]): Pool[] {
  const pooled = (direction: 1 | -1) => {
    const kept: Pool[] = [];
    for (const pool of pools) {
      let merged = pool;
      for (let last = kept.at(-1); last !== undefined && direction * (rateOf(merged) - rateOf(last)) <= 0; last = kept.at(-1)) {
        kept.pop();
        merged = join(last, merged);
      }
      kept.push(merged);
    }
    return kept;
  };
  const [rising, falling] = [pooled(1), pooled(-1)];
  return spreadOf(rising) >= spreadOf(falling) ? rising : falling;
}

/** Sum of squared distances of the bins' rates from the mean, by rows. */
function spreadOf(pools: readonly Pool[]): number {
  const rows = pools.reduce((sum, { events, others }) => sum + events + others, 0);
  const mean = pools.reduce((sum, { events }) => sum + events, 0) / rows;
  return pools.reduce((sum, pool) => sum + (pool.events + pool.others) * (rateOf(pool) - mean) ** 2, 0);
}

function joinAlike(pools: readonly Pool[], rowsMin: number, { binsMax, chiSquareMin }: ScorecardOptions): Pool[] {
  const left = [...pools];
  while (left.length > 1) {
    const costs = left.slice(1).map((pool, place) => chiSquare(left[place] as Pool, pool));
    const small = left.findIndex(({ events, others }) => events + others < rowsMin);
    let at = costs.indexOf(Math.min(...costs));
    if (small >= 0) at = small === 0 || (costs[small] ?? Infinity) < (costs[small - 1] as number) ? small : small - 1;
    else if ((costs[at] as number) >= chiSquareMin && left.length <= binsMax) break;
    left.splice(at, 2, join(left[at] as Pool, left[at + 1] as Pool));
  }
  return left;
}

function join(first: Pool, second: Pool): Pool {
  const counts = { events: first.events + second.events, others: first.others + second.others };
  if (first.categories === undefined || second.categories === undefined) return { upTo: second.upTo ?? null, ...counts };
  const rest = first.isRest === true || second.isRest === true ? { isRest: true as const } : {};
  return { categories: [...first.categories, ...second.categories], ...rest, ...counts };
}

/** Pearson's statistic for the two bins having one rate. */
function chiSquare(a: Pool, b: Pool): number {
  const [rowsA, rowsB] = [a.events + a.others, b.events + b.others];
  const rate = (a.events + b.events) / (rowsA + rowsB);
  if (rate === 0 || rate === 1) return 0;
  return ((a.events - rowsA * rate) ** 2 / rowsA + (b.events - rowsB * rate) ** 2 / rowsB) / (rate * (1 - rate));
}
