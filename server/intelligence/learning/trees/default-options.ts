import { standardTreeOptions, type TreeOptions } from "./tree-options.ts";

/**
 * The default configuration by the number of rows, for classes no more than twenty for each row of the rarest, for a thousand cases of
 * fraud tell no more among a million rows than among twenty thousand. So many rows count; how many rounds are worth it is found while
 * training (chooseRounds), up to roundsMax:
 *
 *   rows that count     leaves   columns a tree   learning rate   roundsMax
 *   below 5,000              7             30 %            0.04         300
 *   below 100,000           15             50 %            0.05         600
 *   from there on           31             50 %            0.1          300
 */
export function defaultTreeOptions(target: Float64Array, objective: TreeOptions["objective"] = "logistic"): TreeOptions {
  const rows = rowsThatCount(target, objective);
  const common = { ...standardTreeOptions, objective, minLeafRows: Math.min(20, Math.max(5, Math.round(rows / 40))) };
  if (rows < 5000) return { ...common, leavesMax: 7, columnShare: 0.3, learningRate: 0.04, roundsMax: 300, categoryMinRows: 100 };
  if (rows < 100_000) return common;
  return { ...common, leavesMax: 31, learningRate: 0.1, roundsMax: 300 };
}

function rowsThatCount(target: Float64Array, objective: TreeOptions["objective"]): number {
  if (objective !== "logistic") return target.length;
  const events = target.reduce((a, b) => a + b, 0);
  return Math.min(target.length, 20 * Math.min(events, target.length - events));
}
