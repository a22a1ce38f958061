import type { Command } from "commander";
import { catalogue, viewFacts } from "../../intelligence/facts/index.ts";
import { runRefresh } from "../../intelligence/refresh/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/config/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { printTable, withDatabase } from "./open.ts";

interface Options {
  all?: boolean;
  json?: boolean;
}

export function addFactCommands(program: Command): void {
  const facts = program.command("facts").description("what is known of each customer in figures, and what is computed from it");
  facts
    .command("refresh")
    .description("compute what follows from changes since the last time; goes on with a refresh that was stopped")
    .option("--all", "of everybody")
    .option("--json", "one line of JSON")
    .action(({ all = false, json = false }: Options) => refresh(all ? "all" : "changed", json));
  facts
    .command("rebuild")
    .description("count every month of everybody from nothing, then compute everything")
    .option("--json", "one line of JSON")
    .action(({ json = false }: Options) => refresh("rebuild", json));
  facts
    .command("show <customer>")
    .description("the facts of one customer, by number or id")
    .option("--json", "one line of JSON")
    .action((customer: string, { json = false }: Options) => show(customer, json));
}

async function refresh(what: "changed" | "all" | "rebuild", json: boolean): Promise<void> {
  await withDatabase(async ({ db, operator }) => {
    const refreshed = await runRefresh({ db, caller: operator, clock: systemClock, what });
    if (refreshed === null) throw new Refusal("Another refresh is under way: wait for it, or look at it with vinculo doctor.");
    if (json) return console.log(JSON.stringify(refreshed));
    console.log(refreshed.customers === null ? "everybody" : `${refreshed.customers} customers`);
    printTable(refreshed.stepsDone.map(({ name, seconds }) => ({ step: name, seconds: seconds.toFixed(2) })));
  });
}

async function show(customer: string, json: boolean): Promise<void> {
  await withDatabase(async ({ db, operator }) => {
    const found = await inTransaction(db, operator, (tx) => viewFacts(tx, operator, customer), { role: "worker" });
    if (found === null) throw new Refusal(`There is no customer ${customer}, or nothing is computed of it yet.`);
    const plain = Object.fromEntries(
      Object.entries(found.values).map(([key, value]) => [key, typeof value === "bigint" ? value.toString() : value]),
    );
    if (json) return console.log(JSON.stringify({ asOf: found.asOf, facts: plain }));
    console.log(`as of ${found.asOf}`);
    printTable(
      catalogue.flatMap(({ key, kind, months }) =>
        key in plain ? [{ fact: key, value: plain[key] ?? "", kind, months: months ?? "" }] : [],
      ),
    );
  });
}
