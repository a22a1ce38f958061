import type { Command } from "commander";
import { describeSettings } from "../../platform/config/index.ts";
import { describeServer, openDiskGuard } from "../../platform/db/index.ts";
import { describeBackup } from "../describe-backup.ts";
import { printTable, withDatabase } from "./open.ts";

export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("what Vinculo finds on this machine: settings, disk, database; ends with 1 when something needs a person")
    .action(() =>
      withDatabase(async ({ config, db, operator }) => {
        // A password in an address is nobody's business on a screen.
        const inForce = (name: string, byDefault: string | null) =>
          process.env[name] ? (/URL|TOKEN/.test(name) ? "(set)" : process.env[name]) : (byDefault ?? "");
        printTable(
          describeSettings().map(({ name, explanation, default: byDefault }) => ({
            setting: name,
            value: inForce(name, byDefault),
            explanation,
          })),
        );
        const server = await describeServer(db, operator);
        const freeMiB = await openDiskGuard(config.home, config.diskReserveMiB).freeMiB();
        console.log(`\nNode ${process.version}; PostgreSQL ${server.version}, ${server.databaseMiB} MiB, ${server.migrations} migrations`);
        console.log(`${server.connections} of ${server.connectionsMax} connections; ${freeMiB} MiB free on the disk of ${config.home}`);
        const backup = describeBackup(config);
        console.log(backup.line);
        const troubles = [
          ...backup.troubles,
          ...(freeMiB < config.diskReserveMiB
            ? [`Less than ${config.diskReserveMiB} MiB is free: Vinculo only reads until there is more.`]
            : []),
          ...(server.longRunning > 0 ? [`${server.longRunning} statements have been running for more than ten seconds.`] : []),
          ...(server.connections > server.connectionsMax * 0.9 ? ["Nearly all database connections are in use."] : []),
        ];
        for (const trouble of troubles) console.log(trouble);
        if (troubles.length === 0) console.log("All is well.");
        else process.exitCode = 1;
      }),
    );
}
