import type { Command } from "commander";
import { type ImportResult, importDelivery, importLine } from "../../customers/intake/index.ts";
import { openDiskGuard } from "../../platform/db/index.ts";
import { terminalProgress } from "../progress.ts";
import { withDatabase } from "./open.ts";
import { printReport } from "./report.ts";

interface ImportOptions {
  mapping: string;
  dryRun?: boolean;
  json?: boolean;
}

export function addImportCommand(program: Command): void {
  program
    .command("import <folder-or-files...>")
    .description("load the files of one source; a killed import goes on when it is run again, a repeated one changes nothing")
    .requiredOption("--mapping <file>", "the YAML mapping of the source")
    .option("--dry-run", "say what would happen and keep nothing")
    .option("--json", "end with one line of JSON: load id, rows by kind, control totals")
    .action(async (given: string[], { mapping, dryRun = false, json = false }: ImportOptions) => {
      const result = await withDatabase(async ({ config, db, operator }) => {
        await openDiskGuard(config.home, config.diskReserveMiB).requireRoom();
        return bringIn({ db, caller: operator, mappingPath: mapping, dryRun, ...placeOf(given) });
      });
      if (json) return console.log(importLine(result));
      if (result.repeated) console.log("This delivery was loaded before; nothing was changed. Its report:");
      if (dryRun) console.log("A dry run: nothing was kept.");
      printReport(result.loadId, result.report);
    });
}

function bringIn(order: Parameters<typeof importDelivery>[0]): Promise<ImportResult> {
  const show = terminalProgress();
  return importDelivery({
    ...order,
    onProgress: ({ phase, file, bytes, ofBytes, customers }) =>
      show(
        customers === undefined
          ? { what: `${file ?? phase}, bytes`, done: bytes, total: ofBytes }
          : { what: "customers brought up to date", done: customers.done, total: customers.of },
      ),
  });
}

function placeOf(given: readonly string[]): { folder: string } | { files: readonly string[] } {
  const [only] = given;
  return given.length === 1 && only !== undefined ? { folder: only } : { files: given };
}
