import type { Command } from "commander";
import {
  evaluateFraud,
  type FraudEvaluation,
  type FraudMeasures,
  readTransactions,
  type TransactionFile,
} from "../../intelligence/fraud/evaluating/index.ts";
import { type Backtest, type BacktestFigures, backtest, backtestOptions, readRuleSet } from "../../intelligence/fraud/index.ts";
import { Refusal } from "../../platform/config/index.ts";
import { printTable, readText } from "./open.ts";

interface DataOptions {
  data: string;
  id?: string;
  time?: string;
  account?: string;
  payee?: string;
  amount?: string;
  fraud?: string;
  json?: boolean;
}

export function addFraudCommands(program: Command): void {
  const fraud = program.command("fraud").description("which payments are fraud");
  withData(
    fraud.command("evaluate").description("train the product's own score on a week of card transactions and judge it on a later one"),
  )
    .option("--test-from <date>", "first day of the week to judge on. Default: the last seven days")
    .action(({ json = false, ...order }: DataOptions & { testFrom?: string }) => {
      const evaluation = evaluateFraud(order);
      if (json) console.log(JSON.stringify(evaluation));
      else printEvaluation(evaluation);
    });
  withData(fraud.command("backtest").description("say what rules would have done on past transactions; opens no database"))
    .requiredOption("--rules <file>", "YAML: the rules")
    .option("--from <date>", "payments before it only fill the windows. Default: 30 days after the first, or half of a shorter history")
    .option("--share-max <share>", "a rule that fires on a larger share of payments is refused", String(backtestOptions.shareMax))
    .action(runBacktest);
}

interface BacktestCommand extends DataOptions {
  rules: string;
  from?: string;
  shareMax: string;
}

function runBacktest({ rules: rulesFile, from, shareMax, json = false, ...columns }: BacktestCommand): void {
  const reading = readRuleSet(readText(rulesFile));
  if (reading.problems !== null) {
    const lines = reading.problems.map(
      ({ where, column, reason }) => `  ${where}${column === null ? "" : `, column ${column}`}: ${reason}`,
    );
    throw new Refusal(`${rulesFile} holds no rules that could be used:\n${lines.join("\n")}`);
  }
  const share = Number(shareMax);
  if (!(share > 0 && share <= 1)) throw new Refusal("--share-max is a share above 0, at most 1.");
  const fromSeconds = from === undefined ? undefined : Date.parse(from) / 1000;
  if (Number.isNaN(fromSeconds)) throw new Refusal("--from is a date such as 2018-07-11.");
  const result = backtest(readHistory(columns), reading.rules, {
    shareMax: share,
    ...(fromSeconds === undefined ? {} : { from: fromSeconds }),
  });
  if (json) console.log(JSON.stringify(result));
  else printBacktest(result, share);
  if (result.rules.some(({ isRefused }) => isRefused)) process.exitCode = 1;
}

const readHistory = ({ data, ...names }: DataOptions): TransactionFile => readTransactions(data, names);

function printBacktest({ payments, frauds, days, rules, together }: Backtest, shareMax: number): void {
  console.log(`${payments} payments of ${days.toFixed(0)} days, ${frauds} of them fraud`);
  const percent = (share: number | null) => (share === null ? "-" : `${(share * 100).toFixed(2)} %`);
  const cells = (figures: BacktestFigures) => ({
    "alerts a day": figures.alertsPerDay.toFixed(1),
    "of payments": percent(figures.share),
    precision: percent(figures.precision),
    recall: percent(figures.recall),
    "value caught": figures.valueCaught.toFixed(0),
    "of the value": percent(figures.valueShare),
  });
  printTable([
    ...rules.map(({ isRefused, ...rule }) => ({ rule: rule.name, ...cells(rule), remark: isRefused ? "REFUSED" : "" })),
    { rule: "together", ...cells(together), remark: "" },
  ]);
  for (const { name, examples, isRefused } of rules) {
    if (isRefused) console.log(`\n${name} is refused: it fires on more than ${percent(shareMax)} of the payments.`);
    if (examples.length > 0) console.log(`\n${name}, for example`);
    for (const { transaction, isFraud, evidence } of examples) {
      const { id, at, account, payee, amount } = transaction;
      const seen = Object.entries(evidence).map(
        ([what, value]) => `${what} ${typeof value === "number" ? Number(value.toFixed(3)) : value}`,
      );
      const when = new Date(at * 1000).toISOString().slice(0, 19).replace("T", " ");
      console.log(
        `  ${isFraud ? "fraud  " : "genuine"}  ${id}  ${when}  ${account} to ${payee}  ${amount.toFixed(2)}  (${seen.join(", ")})`,
      );
    }
  }
}

/** What every command on transactions takes. */
function withData(command: Command): Command {
  return command
    .requiredOption("--data <path>", "delimited file with a header, also gzipped, or a folder of them: one row a transaction")
    .option("--id <column>", "column of the transaction's own number; columns not named are found by their usual names")
    .option("--time <column>", "column of the date and time")
    .option("--account <column>", "column of the card, account or customer")
    .option("--payee <column>", "column of the terminal, merchant or receiver")
    .option("--amount <column>", "column of the amount")
    .option("--fraud <column>", "column that says 1 for fraud")
    .option("--json", "one line of JSON");
}

function printEvaluation(evaluation: FraudEvaluation): void {
  const { transactions, frauds, outOfOrder, train, test, seconds, peakMemoryMiB } = evaluation;
  console.log(`${transactions} transactions, ${frauds} frauds, ${outOfOrder} out of order`);
  const oddities = { ...evaluation.rowsLeftOut, ...evaluation.arrivals, measured: 0 };
  for (const [reason, count] of Object.entries(oddities)) if (count > 0) console.log(`${count} left out: ${reason}`);
  printTable([
    { week: "learned from", ...train },
    { week: "judged on", ...test },
  ]);
  const line = (score: string, { auc, averagePrecision, cardPrecision100 }: FraudMeasures) => ({
    score,
    AUC: auc.toFixed(4),
    "average precision": averagePrecision.toFixed(4),
    "card precision@100": cardPrecision100.toFixed(4),
  });
  printTable([line("boosted trees", evaluation), line("amount alone", evaluation.byAmount)]);
  console.log(`most used: ${evaluation.important.map(({ feature }) => feature).join(", ")}`);
  const laps = Object.entries(seconds).map(([what, taken]) => `${what} ${taken.toFixed(1)} s`);
  console.log(`${laps.join(", ")}; at most ${peakMemoryMiB} MiB`);
}
