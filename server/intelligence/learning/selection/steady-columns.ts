import { sampleAscending, seededRandom } from "../../../platform/random/index.ts";
import { areaUnderCurve } from "../measures/ranking.ts";
import { type Table, takeRows, takeValues } from "../tables/table.ts";

/** A column that was left out, and how much better later rows were foretold without it. */
export interface UnsteadyColumn {
  readonly column: string;
  /** Mean gain of AUC over the steps forward in time. */
  readonly gain: number;
}

/** Learns from the first table and its target, and scores the second. */
export type Foretell = (learn: Table, target: Float64Array, judge: Table) => Float64Array;

const BLOCKS = 5;
const BLOCK_ROWS_MAX = 8_000;
const BLOCK_EVENTS_MIN = 20;
const GAIN_MIN = 0.002;
/** A column without which the later rows are foretold so much worse is not tried again. */
const LOSS_KEPT = 0.003;
const COLUMNS_MAX = 60;

/**
 * Columns whose say about the target does not last, in rows that stand in the order of time: five blocks; the model learns from the first
 * ones and foretells the next, four times over (rolling origin: Tashman 2000). The column without which the later rows are foretold best,
 * by 0.002 of AUC or more on the mean, is left out, then the next, until there is none (backward elimination: Guyon and Elisseeff 2003).
 * A calendar month is such a column: it names the years that were learned from. Looks at 8,000 rows a block and at tables of up to 60
 * columns; where a block has fewer than 20 rows of either class nothing can be said, and all columns are kept.
 */
export function unsteadyColumns(table: Table, target: Float64Array, foretell: Foretell): UnsteadyColumn[] {
  const steps = stepsOf(table, target);
  if (steps === null || table.columns.length > COLUMNS_MAX) return [];
  const found: UnsteadyColumn[] = [];
  let kept = table.columns.map(({ name }) => name);
  let tried = kept;
  let now = forwardAuc(steps, kept, foretell);
  while (kept.length > 2) {
    const trials = tried.map((column) => ({
      column,
      gain:
        forwardAuc(
          steps,
          kept.filter((name) => name !== column),
          foretell,
        ) - now,
    }));
    const [worst] = trials.toSorted((a, b) => b.gain - a.gain);
    if (worst === undefined || worst.gain < GAIN_MIN) break;
    found.push(worst);
    kept = kept.filter((name) => name !== worst.column);
    tried = trials.flatMap(({ column, gain }) => (column === worst.column || gain < -LOSS_KEPT ? [] : [column]));
    now += worst.gain;
  }
  return found;
}

interface Step {
  readonly learn: Table;
  readonly learnTarget: Float64Array;
  readonly judge: Table;
  readonly judgeTarget: Float64Array;
}

function stepsOf(table: Table, target: Float64Array): Step[] | null {
  const random = seededRandom(23);
  const blocks = Array.from({ length: BLOCKS }, (_, block) => {
    const first = Math.floor((block * table.rows) / BLOCKS);
    const rows = Math.floor(((block + 1) * table.rows) / BLOCKS) - first;
    return sampleAscending(rows, Math.min(rows, BLOCK_ROWS_MAX), random).map((row) => first + row);
  });
  const isFit = blocks.every((rows) => {
    const events = takeValues(target, rows).reduce((a, b) => a + b, 0);
    return Math.min(events, rows.length - events) >= BLOCK_EVENTS_MIN;
  });
  if (!isFit) return null;
  return blocks.slice(1).map((judged, place) => {
    const learned = Int32Array.from(blocks.slice(0, place + 1).flatMap((rows) => [...rows]));
    return {
      learn: takeRows(table, learned),
      learnTarget: takeValues(target, learned),
      judge: takeRows(table, judged),
      judgeTarget: takeValues(target, judged),
    };
  });
}

/** Mean over the steps. */
function forwardAuc(steps: readonly Step[], names: readonly string[], foretell: Foretell): number {
  const only = (table: Table): Table => ({ ...table, columns: table.columns.filter(({ name }) => names.includes(name)) });
  const aucs = steps.map(({ learn, learnTarget, judge, judgeTarget }) =>
    areaUnderCurve(judgeTarget, foretell(only(learn), learnTarget, only(judge))),
  );
  return aucs.reduce((a, b) => a + b, 0) / aucs.length;
}
