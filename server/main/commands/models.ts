import type { Command } from "commander";
import { type Evaluation, evaluateModels, type ModelFigures } from "../../intelligence/learning/evaluating/index.ts";
import { Refusal } from "../../platform/config/index.ts";
import { addRegistryCommands } from "./model-registry.ts";
import { printTable } from "./open.ts";

interface EvaluateOptions {
  data: string;
  target: string;
  positive: string;
  drop?: string;
  folds?: string;
  byOrder?: string;
  json?: boolean;
}

const evaluateHelp = `
FILE is delimited text as it comes: delimiter, quotes, header, encoding, decimal mark, dates and types of columns are found by
themselves; gzip and zip are opened (FILE.zip#NAME where a zip holds several tables, zips inside it included).

  vinculo models evaluate --data bank.csv --target y --positive yes --drop duration --folds 5
  vinculo models evaluate --data bank.csv --target y --positive yes --drop duration --by-order 0.8`;

export function addModelCommands(program: Command): void {
  const models = program.command("models").description("models that learn from the bank's own rows");
  addRegistryCommands(models);
  models
    .command("evaluate")
    .description("train and judge boosted trees, a scorecard and a logistic regression, under their defaults, on any table")
    .requiredOption("--data <file>", "delimited text, also gzipped or in a zip")
    .requiredOption("--target <column>", "the column to predict; its number from 1 where the file has no header")
    .requiredOption("--positive <value>", "the value that is the event (several with commas between)")
    .option("--drop <columns>", "columns to leave out, with commas between")
    .option("--folds <number>", "2 to 20 stratified folds; 5 when neither this nor --by-order is given")
    .option("--by-order <share>", "train on this share of the rows as they stand, judge by the rest, and watch for drift")
    .option("--json", "one line of JSON")
    .addHelpText("after", evaluateHelp)
    .action(async ({ data, target, positive, drop = "", json = false, ...how }: EvaluateOptions) => {
      const dropped = drop.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
      const evaluation = await evaluateModels({ data, target, positive, drop: dropped, ...protocolOf(how) });
      if (json) console.log(JSON.stringify(evaluation));
      else print(evaluation);
    });
}

function protocolOf({ folds, byOrder }: Pick<EvaluateOptions, "folds" | "byOrder">): { folds: number } | { byOrder: number } {
  if (folds !== undefined && byOrder !== undefined) throw new Refusal("Give either --folds or --by-order, not both.");
  if (byOrder !== undefined) {
    const share = Number(byOrder);
    if (!(share > 0 && share < 1)) throw new Refusal("--by-order is a share between 0 and 1, for instance 0.8.");
    return { byOrder: share };
  }
  const number = Number(folds ?? 5);
  if (!(Number.isInteger(number) && number >= 2 && number <= 20)) throw new Refusal("--folds is a whole number from 2 to 20.");
  return { folds: number };
}

function print({ rows, columns, eventRate, protocol, boostedTrees, scorecard, logistic, drift, warnings }: Evaluation): void {
  console.log(`${rows} rows, ${columns} columns, ${percent(eventRate)} events; ${protocol}`);
  printTable([line("boosted trees", boostedTrees), line("scorecard", scorecard), line("logistic", logistic)]);
  for (const [model, { leftOut }] of Object.entries({ "boosted trees": boostedTrees, scorecard, logistic }))
    if (leftOut.length > 0) console.log(`${model}: without ${leftOut.join(", ")}, whose say did not last among the earlier rows`);
  if (drift !== undefined) {
    const { scorePsi, scoreLevel, eventRateBefore, eventRateAfter, shuffledAuc, alarm } = drift;
    console.log(`\ndrift ${alarm ? "ALARM" : "none to act on"}: score PSI ${scorePsi.toFixed(2)} (${scoreLevel})`);
    console.log(
      `events ${percent(eventRateBefore)} before, ${percent(eventRateAfter)} after; shuffled folds of the earlier rows promise AUC ${shuffledAuc.toFixed(4)}`,
    );
    printTable(drift.columns.slice(0, 10).map(({ name, psi, level }) => ({ column: name, PSI: psi.toFixed(3), level })));
  } else console.log("\nShuffled folds promise too much where customers or the market change: see --by-order as well.");
  for (const warning of warnings) console.log(`! ${warning}`);
}

function line(model: string, figures: ModelFigures): Record<string, string> {
  const mean = (value: number, sd: number | null, digits = 4) => `${value.toFixed(digits)}${sd === null ? "" : ` ± ${sd.toFixed(digits)}`}`;
  const { slope, intercept, expectedError } = figures.calibration;
  return {
    model,
    AUC: mean(figures.auc, figures.aucSd),
    AP: mean(figures.ap, figures.apSd),
    KS: mean(figures.ks, figures.ksSd, 3),
    "log-loss": mean(figures.logLoss, figures.logLossSd),
    Brier: mean(figures.brier, figures.brierSd),
    "lift at 10 %": mean(figures.liftAt10, figures.liftAt10Sd, 2),
    "calibration (slope, intercept, error)": `${slope.toFixed(2)}, ${intercept.toFixed(2)}, ${expectedError.toFixed(4)}`,
    "s a model": figures.trainSeconds.toFixed(2),
    seconds: figures.seconds.toFixed(1),
    MiB: String(figures.memoryMiB),
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
