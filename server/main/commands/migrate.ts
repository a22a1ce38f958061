import type { Command } from "commander";
import { withDatabase } from "./open.ts";

export function addMigrateCommand(program: Command): void {
  program
    .command("migrate")
    .description("bring the database to this version of Vinculo and stop")
    .action(() => withDatabase(async () => console.log("The database is up to date.")));
}
