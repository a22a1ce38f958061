import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { contentHash, findLoadNamed, listLoads, openErrorFile, resumeHere, reverseLoad } from "../../customers/intake/index.ts";
import { inTransaction, openDiskGuard } from "../../platform/db/index.ts";
import { terminalProgress } from "../progress.ts";
import { fileRefusal, type Opened, printTable, withDatabase } from "./open.ts";
import { printReport } from "./report.ts";

/** By number or id. */
const loadOf = ({ db, operator }: Opened, name: string) => inTransaction(db, operator, (tx) => findLoadNamed(tx, operator, name));

export function addLoadCommands(program: Command): void {
  const loads = program.command("loads").description("what was loaded: list, show, resume, errors, hash");
  loads
    .command("list", { isDefault: true })
    .description("the newest fifty; what staff entered by hand only with --source staff")
    .option("--source <code>", "only of this source")
    .action(({ source }: { source?: string }) =>
      withDatabase(async ({ db, operator }) => {
        const found = await inTransaction(db, operator, (tx) =>
          listLoads(tx, operator, source === undefined ? {} : { sourceCode: source }),
        );
        printTable(
          found.loads.map((load) => ({
            no: load.loadNo,
            load: load.loadId,
            source: load.sourceCode,
            mapping: `${load.mappingName} ${load.mappingVersion}`,
            state: load.state,
            rows: Object.values(load.report?.kinds ?? {}).reduce((sum, { read }) => sum + read, 0),
            quarantined: load.quarantined,
            started: load.startedAt.toISOString(),
            by: load.startedBy,
          })),
        );
      }),
    );
  loads
    .command("show <load>")
    .description("its reconciliation report; a load is named by its number or its id")
    .option("--json", "as JSON")
    .action((name: string, { json = false }: { json?: boolean }) =>
      withDatabase(async (opened) => {
        const load = await loadOf(opened, name);
        if (json) return console.log(JSON.stringify(load, null, 2));
        console.log(`${load.sourceName}, ${load.state}, started ${load.startedAt.toISOString()} by ${load.startedBy}`);
        if (load.failure !== null) console.log(`Failed: ${load.failure.message} (${load.failure.code})`);
        if (load.report !== null) printReport(load.loadId, load.report);
      }),
    );
  addResume(loads);
  loads
    .command("errors <load> <file-number> <target>")
    .description("write the quarantined rows of one file as a file of the same form, to be mended and loaded again; files count from 0")
    .action((name: string, fileNo: string, target: string) =>
      withDatabase(async (opened) => {
        const { loadId } = await loadOf(opened, name);
        const { stream } = await openErrorFile(opened.db, opened.operator, loadId, /^\d{1,4}$/.test(fileNo) ? Number(fileNo) : -1);
        await pipeline(stream, createWriteStream(target)).catch((error: unknown) => {
          throw fileRefusal(error, target);
        });
        console.log(`Written to ${target}.`);
      }),
    );
  loads
    .command("hash")
    .description("a hash of everything known of customers, without ids and times: two banks with the same content have the same")
    .action(() =>
      withDatabase(async ({ db, operator }) =>
        console.log(await inTransaction(db, operator, contentHash, { role: "worker", readOnly: true, statementTimeoutMs: 0 })),
      ),
    );
  program
    .command("reverse <load>")
    .description("take a load back exactly, updates included; refused, naming what, when later loads or work of people stand on it")
    .action((name: string) =>
      withDatabase(async (opened) => {
        const { loadId } = await loadOf(opened, name);
        const { keptCodes } = await reverseLoad(opened.db, opened.operator, loadId);
        console.log("Reversed.");
        if (keptCodes.length > 0) console.log(`Kept, because people or customers stand on them: ${keptCodes.join(", ")}`);
      }),
    );
}

function addResume(loads: Command): void {
  loads
    .command("resume <load>")
    .description("go on with a load that stopped, behind its last finished part and from the files it was started with")
    .action((name: string) =>
      withDatabase(async (opened) => {
        const { config, db, operator } = opened;
        const { loadNo } = await loadOf(opened, name);
        await openDiskGuard(config.home, config.diskReserveMiB).requireRoom();
        const show = terminalProgress();
        const { loadId, repeated, report } = await resumeHere({
          db,
          caller: operator,
          home: config.home,
          loadNo,
          onProgress: ({ phase, file, bytes, ofBytes }) => show({ what: `${file ?? phase}, bytes`, done: bytes, total: ofBytes }),
        });
        if (repeated) console.log("This load is done already; nothing was changed. Its report:");
        printReport(loadId, report);
      }),
    );
}
