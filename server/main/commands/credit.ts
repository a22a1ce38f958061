import type { Command } from "commander";
import { type BerkaPart, evaluateBerka } from "../../intelligence/credit/evaluating/index.ts";
import { refreshCredit } from "../../intelligence/credit/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { printTable, withDatabase } from "./open.ts";

export function addCreditCommands(program: Command): void {
  const credit = program.command("credit").description("who may stop paying, what would be lost, and who is watched");
  credit
    .command("refresh")
    .description("rate everybody anew with the model in force; limits, watch list and market risk with it")
    .option("--json", "one line of JSON")
    .action(({ json = false }: { json?: boolean }) => refresh(json));
  credit
    .command("evaluate")
    .description("score the loans of the Berka set (PKDD'99) from the first 90 days of their accounts, by time")
    .requiredOption("--berka <folder>", "its files, as published or gzipped")
    .option("--json", "one line of JSON")
    .action(({ berka, json = false }: { berka: string; json?: boolean }) => evaluate(berka, json));
}

async function refresh(json: boolean): Promise<void> {
  await withDatabase(async ({ db, operator }) => {
    const refreshed = await refreshCredit({ db, caller: operator, clock: systemClock, customerIds: null });
    if (json) console.log(JSON.stringify(refreshed));
    else printTable([refreshed]);
  });
}

function evaluate(folder: string, json: boolean): void {
  const evaluation = evaluateBerka(folder);
  if (json) {
    console.log(JSON.stringify(evaluation));
    return;
  }
  const { loans, bad, withTransactions, learnedFrom, seconds } = evaluation;
  console.log(
    `${loans} loans, ${bad} bad, ${withTransactions} with transactions; learned from the first ${learnedFrom}; ${seconds.toFixed(2)} s`,
  );
  const line = (part: string, of: BerkaPart) => ({
    ...{ part, loans: of.loans, bad: of.bad },
    ...{ scorecard: of.championAuc.toFixed(3), trees: of.challengerAuc.toFixed(3), "instalment alone": of.baselineAuc.toFixed(3) },
  });
  printTable([line("later, with transactions", evaluation.laterWithTransactions), line("all later", evaluation.later)]);
}
