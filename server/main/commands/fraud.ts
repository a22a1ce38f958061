import type { Command } from "commander";
import { evaluateFraud, type FraudEvaluation, type FraudMeasures } from "../../intelligence/fraud/evaluating/index.ts";
import { printTable } from "./open.ts";

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
