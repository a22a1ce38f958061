import type { Command } from "commander";
import {
  applyParameters,
  listParameters,
  proposeParameters,
  readParameters,
  readParameterYaml,
  refreshProfit,
} from "../../intelligence/profit/index.ts";
import { evaluateValue, type HoldoutError, type Unit, unitDays, type ValueEvaluation } from "../../intelligence/value/evaluating/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/config/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { type Opened, printTable, readText, withDatabase } from "./open.ts";

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
    .command("refresh")
    .description(
      "reckon months, values, tiers and lifetime values of all customers anew; the same comes out as from what follows loads by itself",
    )
    .action(() =>
      withDatabase(async ({ db, operator }) => {
        const started = performance.now();
        await applyParameters({ db, caller: operator, clock: systemClock });
        const progress = (done: number) => console.error(`  ${done} customers`);
        const { customers, month } = await refreshProfit({
          db,
          caller: operator,
          clock: systemClock,
          customers: "all",
          onProgress: progress,
        });
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        console.log(month === null ? "Nothing is booked yet." : `${customers} customers up to ${month.slice(0, 7)}, ${seconds} s`);
      }),
    );
  value
    .command("parameters")
    .description("show the parameters of profit as YAML, or propose those of a file; somebody else approves them on the screen")
    .option("--version-no <number>", "a version; default: the one in force")
    .option("--propose <file>", "YAML in the form in which they are shown")
    .option("--from <date>", "first day of the month from which the proposal holds")
    .option("--reason <text>", "why: whoever approves reads it")
    .action((options: ParameterOptions) =>
      withDatabase((opened) => (options.propose === undefined ? showParameters(opened, options) : propose(opened, options))),
    );
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

interface ParameterOptions {
  versionNo?: string;
  propose?: string;
  from?: string;
  reason?: string;
}

async function showParameters({ db, operator }: Opened, { versionNo }: ParameterOptions): Promise<void> {
  const found = await inTransaction(
    db,
    operator,
    async (tx) => {
      const { inForce, versions } = await listParameters(tx, operator, systemClock);
      const wanted = versionNo === undefined ? inForce : Number(versionNo);
      if (wanted === null || !versions.some((version) => version.versionNo === wanted)) throw new Refusal("There is no such version.");
      return readParameters(tx, operator, wanted);
    },
    { purpose: "serve" },
  );
  const { version, yaml } = found;
  console.log(`# version ${version.versionNo}, ${version.state}, from ${version.validFrom}: ${version.reason}`);
  process.stdout.write(yaml);
}

async function propose({ db, operator }: Opened, { propose: file = "", from = "", reason = "" }: ParameterOptions): Promise<void> {
  if (!/^\d{4}-\d{2}-01$/.test(from)) throw new Refusal("--from is the first day of a month, such as 2026-12-01.");
  if (reason.trim().length < 10) throw new Refusal("--reason says in ten characters or more why.");
  const yaml = readText(file);
  const reading = readParameterYaml(yaml);
  if (reading.body === null) {
    const lines = reading.problems.map(({ path, reason: problem }) => `  ${path}: ${problem}`);
    throw new Refusal(`${file} holds no parameters that could be used:\n${lines.join("\n")}`);
  }
  const { versionNo } = await inTransaction(
    db,
    operator,
    (tx) => proposeParameters(tx, operator, systemClock, { validFrom: from, reason, yaml }),
    {
      role: "worker",
    },
  );
  console.log(`Version ${versionNo} is proposed. Somebody else who may set parameters approves it under Profitability, Parameters.`);
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
