import type { Command } from "commander";
import { evaluateValue, type HoldoutError, type Unit, unitDays, type ValueEvaluation } from "../../intelligence/value/evaluating/index.ts";
import { Refusal } from "../../platform/config/index.ts";
import { printTable } from "./open.ts";

interface EvaluateOptions {
  data: string;
  customer?: string;
  date?: string;
  amount?: string;
  summary?: string;
  until?: string;
  unit?: string;
  json?: boolean;
}

export function addValueCommands(program: Command): void {
  const value = program.command("value").description("what customers are worth");
  value
    .command("evaluate")
    .description("fit the models of purchasing (BG/NBD, Pareto/NBD, gamma-gamma) to a file and judge them on what came afterwards")
    .requiredOption(
      "--data <file>",
      "CSV or the like, also gzipped: one row a purchase, or one row a customer; delimiter and columns are found",
    )
    .option("--customer <column>", "column of the customer, by name or number")
    .option("--date <column>", "column of the day of the purchase")
    .option("--amount <column>", "column of the amount")
    .option("--summary <columns>", "one row a customer: the columns frequency,recency,age[,mean]")
    .option("--until <date>", "last day to learn from; the rest judges. Default: the middle of the time")
    .option("--unit <unit>", `unit of time: ${Object.keys(unitDays).join(", ")}`, "week")
    .option("--json", "one line of JSON")
    .action(({ json = false, unit = "week", ...order }: EvaluateOptions) => {
      if (!isUnit(unit)) throw new Refusal(`--unit is one of ${Object.keys(unitDays).join(", ")}.`);
      const evaluation = evaluateValue({ ...order, unit });
      if (json) console.log(JSON.stringify(evaluation));
      else printEvaluation(evaluation);
    });
}

const isUnit = (text: string): text is Unit => Object.hasOwn(unitDays, text);

function printEvaluation({ bgNbd, paretoNbd, gammaGamma, holdout, ...rest }: ValueEvaluation): void {
  const { rows, customers, repeatCustomers, period, unit, seconds } = rest;
  console.log(`${rows} rows, ${customers} customers, ${repeatCustomers} of them came back; ${seconds.toFixed(2)} s`);
  if (period !== null)
    console.log(`learned from ${period.from} to ${period.learnedUntil}, judged until ${period.to}; unit of time: ${unit}`);
  for (const [reason, count] of Object.entries(rest.rowsLeftOut)) console.log(`${count} rows left out: ${reason}`);
  type Fit = { readonly logLikelihood: number; readonly isReached: boolean };
  const line = (model: string, parameters: Record<string, number>, { logLikelihood, isReached }: Fit, error: HoldoutError | null) => ({
    model,
    parameters: Object.entries(parameters)
      .map(([name, at]) => `${name} ${at.toFixed(3)}`)
      .join("  "),
    "log-likelihood": logLikelihood.toFixed(2),
    ...errorCells(error),
    remark: isReached ? "" : "NOT SETTLED: do not rely on the parameters",
  });
  const { r, alpha, a, b } = bgNbd;
  const { s, beta } = paretoNbd;
  printTable([
    line("BG/NBD", { r, alpha, a, b }, bgNbd, bgNbd.holdout),
    line("Pareto/NBD", { r: paretoNbd.r, alpha: paretoNbd.alpha, s, beta }, paretoNbd, paretoNbd.holdout),
    ...(gammaGamma === null ? [] : [line("gamma-gamma", { p: gammaGamma.p, q: gammaGamma.q, gamma: gammaGamma.gamma }, gammaGamma, null)]),
  ]);
  if (gammaGamma !== null) console.log(`gamma-gamma learned from ${gammaGamma.customers} customers who came back`);
  if (holdout === null) return;
  console.log(`held out: ${holdout.units.toFixed(1)} ${unit}s, ${holdout.purchases} purchases worth ${holdout.value.toFixed(0)}`);
  if (holdout.valuePredicted !== null) console.log(`worth predicted by BG/NBD and gamma-gamma: ${holdout.valuePredicted.toFixed(0)}`);
  printTable([{ baseline: "everybody goes on as before", ...errorCells(holdout.sameRate) }]);
}

function errorCells(error: HoldoutError | null) {
  return {
    predicted: error?.predicted.toFixed(0) ?? "",
    "mean error": error?.meanAbsolute.toFixed(3) ?? "",
    "root mean square": error?.rootMeanSquare.toFixed(3) ?? "",
    correlation: error?.correlation.toFixed(3) ?? "",
  };
}
