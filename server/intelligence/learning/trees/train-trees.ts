import { DomainError } from "../../../platform/errors/index.ts";
import type { ColumnBins } from "./bin-columns.ts";
import { Booster, type LabelledRows } from "./booster.ts";
import { chooseRounds } from "./choose-rounds.ts";
import { defaultTreeOptions } from "./default-options.ts";
import type { Feature, TreeModel } from "./tree-model.ts";
import type { TreeOptions } from "./tree-options.ts";

export interface TrainingRows extends LabelledRows {
  /** Rows apart, with the same columns: training keeps the round at which their loss was least. */
  readonly validation?: LabelledRows;
  /** The rows stand in the order of time: the number of rounds is found on the latest ones, for later ones are what it is for. */
  readonly inTime?: boolean;
}

/**
 * Gradient boosted trees on histograms (Friedman 2001; Ke et al. 2017, LightGBM): each round fits a tree to the gradient and curvature of
 * the loss and adds learningRate times its values. How many rounds: as many as `roundsMax` says where it is given; else as many as were
 * best on rows held apart (drawn, or the latest where they stand in time), after which all rows are learned from. Deterministic: equal rows, options and seed give equal bytes.
 * Fails with invalid_input: no rows, no columns, a target outside the objective's range, a column twice, monotone on an unknown column.
 */
export function trainTrees(rows: TrainingRows, chosen: Partial<TreeOptions> = {}): TreeModel {
  const options = { ...defaultTreeOptions(rows.target, chosen.objective), ...chosen };
  refuseUnfit(rows, options);
  const booster = new Booster(rows, rows.validation ?? null, options);
  if (rows.validation !== undefined) return stoppedModel(booster, rows, options);
  const rounds = chosen.roundsMax ?? chooseRounds(rows, options);
  for (let round = 0; round < rounds; round += 1) booster.addRound();
  return modelOf(booster, rows, options, null);
}

function stoppedModel(booster: Booster, rows: TrainingRows, options: TreeOptions): TreeModel {
  let best = { loss: booster.heldLoss(), round: 0 };
  for (let round = 1; round <= options.roundsMax; round += 1) {
    booster.addRound();
    const loss = booster.heldLoss();
    if (loss < best.loss) best = { loss, round };
    else if (options.patienceRounds > 0 && round - best.round >= options.patienceRounds) break;
  }
  booster.trees.length = best.round * options.classes;
  return modelOf(booster, rows, options, best.loss);
}

function modelOf(
  { columns, baseScores, trees }: Booster,
  { table }: TrainingRows,
  options: TreeOptions,
  validationLoss: number | null,
): TreeModel {
  const features = columns.map(featureOf);
  return { kind: "trees", version: 1, options, features, trainedRows: table.rows, baseScores, trees, validationLoss };
}

function featureOf(column: ColumnBins): Feature {
  const { name, kind } = column;
  return kind === "number" ? { name, kind } : { name, kind, categories: column.categories };
}

function refuseUnfit({ table, target, weights }: TrainingRows, options: TreeOptions): void {
  const refuse = (sentence: string) => new DomainError("invalid_input", sentence);
  if (table.rows === 0 || table.columns.length === 0) throw refuse("there are no rows, or no columns, to learn from");
  if (target.length !== table.rows || (weights !== undefined && weights.length !== table.rows)) {
    throw refuse(`target and weights need ${table.rows} entries, one a row`);
  }
  const names = new Set(table.columns.map(({ name }) => name));
  if (names.size < table.columns.length) throw refuse("two columns have the same name");
  for (const name of Object.keys(options.monotone)) {
    if (table.columns.find((column) => column.name === name)?.kind !== "number")
      throw refuse(`${name} is no column of numbers, so it cannot be monotone`);
  }
  if (weights?.some((weight) => !(weight > 0 && weight < Infinity))) throw refuse("weights are above 0 and finite");
  const { objective, classes } = options;
  const fits: Record<TreeOptions["objective"], (value: number) => boolean> = {
    logistic: (value) => value === 0 || value === 1,
    softmax: (value) => Number.isInteger(value) && value >= 0 && value < classes,
    squared: Number.isFinite,
    poisson: (value) => value >= 0 && value < Infinity,
    tweedie: (value) => value >= 0 && value < Infinity,
  };
  if (!target.every(fits[objective])) throw refuse(`a target is not what ${objective} can learn`);
  if (objective === "logistic" && target.every((value) => value === target[0]))
    throw refuse("all rows have the same target: one class only");
  if ((objective === "softmax") !== classes > 1) throw refuse("softmax needs 2 classes or more, every other objective 1");
}
