import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { generateDemoBank } from "../../../db/demo/index.ts";
import { readConfig } from "../../platform/config/index.ts";
import { completeDemoBank } from "../complete-demo-bank.ts";
import { fillDemoBank } from "../demo-bank.ts";
import { terminalProgress } from "../progress.ts";
import { withDatabase } from "./open.ts";

interface DemoOptions {
  customers: number;
  seed: number;
  transactionsPerCustomer?: number;
  folder?: string;
  filesOnly?: boolean;
}

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("a whole number from 1");
  return number;
}

export function addDemoCommand(program: Command): void {
  program
    .command("demo")
    .description("generate the demo bank and bring it in through the import")
    .option("--customers <number>", "1 to 5,000,000", whole, 3000)
    .option("--seed <number>", "another bank of the same size", whole, 1)
    .option("--transactions-per-customer <number>", "about 70 unless given; fewer shorten the history", whole)
    .option("--folder <folder>", "where the files and the ground truth go; default: demo in VINCULO_HOME")
    .option("--files-only", "write the files and stop")
    .action(async ({ filesOnly = false, folder, ...options }: DemoOptions) => {
      const order = { ...options, folder: folder ?? join(readConfig(process.env).home, "demo") };
      const onProgress = terminalProgress();
      if (!filesOnly)
        return withDatabase(async ({ db }) => {
          await fillDemoBank(db, order, onProgress);
          onProgress({ what: "computing facts, value and risk, training models", done: 0, total: 1 });
          await completeDemoBank(db);
        });
      const { deliveries } = await generateDemoBank({
        ...order,
        onProgress: (done, total) => onProgress({ what: "generating customers", done, total }),
      });
      for (const delivery of deliveries) console.log(`${delivery.folder}  ${delivery.mappingPath}`);
    });
}
