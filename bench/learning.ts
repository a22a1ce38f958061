import {
  PointsScorer,
  TreeExplainer,
  TreeScorer,
  trainLogistic,
  trainScorecard,
  trainTrees,
  writeModel,
} from "../server/intelligence/learning/index.ts";
import { syntheticRows } from "./learning-rows.ts";
import { printRows } from "./table.ts";

const ROWS = 45_000;
const SINGLE_ROWS = 5_000;
const EXPLAINED_ROWS = 500;

/** Training, scoring and explaining on this one thread, by its processor time: what else the machine does hardly counts. The second of two runs is shown. */
export function benchLearning(): void {
  const { table, target } = syntheticRows(ROWS, 7);
  const rows: Record<string, string>[] = [];
  const say = (work: string, seconds: number, count: number, goal: string) => {
    const each = seconds / count;
    rows.push({
      work,
      "cpu s": seconds.toFixed(3),
      "a second": Math.round(1 / each).toLocaleString("en"),
      "ms each": (1000 * each).toFixed(4),
      goal,
    });
  };
  const fixed = { roundsMax: 100, leavesMax: 31, learningRate: 0.1, rowShare: 1, columnShare: 1 };
  const [model, fixedSeconds] = second(() => trainTrees({ table, target }, fixed));
  say(`train 100 trees of 31 leaves, ${ROWS.toLocaleString("en")} x ${table.columns.length}`, fixedSeconds, 1, "about 1 s");
  const [standard, standardSeconds] = second(() => trainTrees({ table, target }));
  say(
    `train under the defaults: rounds found, then ${standard.trees.length} trees of ${standard.options.leavesMax}`,
    standardSeconds,
    1,
    "",
  );
  for (const [name, trees] of [
    ["100 x 31", model] as const,
    [`${standard.trees.length} x ${standard.options.leavesMax}`, standard] as const,
  ]) {
    const scorer = new TreeScorer(trees);
    say(`score many rows, ${name}`, second(() => scorer.meansOfTable(table))[1], ROWS, "100,000 rows/s");
    const encoded: Float64Array[] = [];
    scorer.eachBlock({ rows: SINGLE_ROWS, columns: table.columns }, (block, _, count, width) => {
      for (let row = 0; row < count; row += 1) encoded.push(block.slice(row * width, (row + 1) * width));
    });
    say(`score one row, ${name}`, second(() => encoded.map((row) => scorer.meansOfRow(row)))[1], SINGLE_ROWS, "under 1 ms");
    const explainer = new TreeExplainer(scorer);
    const explain = () => encoded.slice(0, EXPLAINED_ROWS).map((row) => [scorer.meansOfRow(row), explainer.contributionsOf(row)]);
    say(`one row with reasons, ${name}`, second(explain)[1], EXPLAINED_ROWS, "under 5 ms");
  }
  const [card, cardSeconds] = second(() => trainScorecard(table, target));
  say("train a scorecard", cardSeconds, 1, "");
  const points = new PointsScorer(card);
  say("points of many rows", second(() => points.pointsOfTable(table))[1], ROWS, "");
  say("train a logistic regression", second(() => trainLogistic(table, target))[1], 1, "");
  printRows(rows);
  console.log(
    `\nmodel file of 100 x 31: ${Math.round(writeModel(model).length / 1024)} KiB; peak memory of the process ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
  );
}

function second<T>(work: () => T): [T, number] {
  work();
  const before = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(before);
  return [result, (user + system) / 1e6];
}
