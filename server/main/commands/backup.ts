import type { Command } from "commander";
import { archiveNow, checkRepository, listBases, openBackupKey, readRepository, readState } from "../../platform/backup/index.ts";
import { type Config, Refusal, readConfig } from "../../platform/config/index.ts";
import { readArchiver } from "../../platform/db/index.ts";
import { terminalProgress } from "../progress.ts";
import { takeBase } from "../take-base.ts";
import { drill } from "./drill.ts";
import { printTable, withDatabase } from "./open.ts";

const OWN_SERVER =
  "This database is a server of your own (DATABASE_URL): back it up with its own tools, as docs/operations/backup.md shows for pgBackRest, and let vinculo backup --check look after them.";
/** An archive that is older is behind. The embedded one archives every second. */
const BEHIND_MS = 10 * 60_000;
const MIB = 2 ** 20;

export function addBackupCommand(program: Command): void {
  const backup = program
    .command("backup")
    .description("back up the whole installation, sealed; from the first one on the log is archived second by second")
    .option(
      "--check",
      "instead: open everything there is, look for gaps, and say how far back and forth a restore reaches; ends with 1 on a fault",
    )
    .action(({ check = false }: { check?: boolean }) => (check ? checkBackups() : makeBackup()));
  backup
    .command("list")
    .description("the backups there are")
    .action(() => list(readConfig(process.env)));
  backup
    .command("drill")
    .description(
      "prove it: back up, write, lose a table, restore to one second before, compare; in folders of its own beside a running bank",
    )
    .option("--folder <folder>", "where the two homes of the drill may lie; removed afterwards. Default: drill in VINCULO_HOME")
    .option("--customers <number>", "size of the bank of the drill", Number, 300)
    .option("--json", "end with one line of JSON")
    .action(drill);
}

async function makeBackup(): Promise<void> {
  await withDatabase(async ({ config, db }) => {
    if (db.embeddedUrl === null) throw new Refusal(OWN_SERVER);
    const startedMs = performance.now();
    const { folder, keyFile } = config.backup;
    const isFirst = readRepository(folder) === null;
    const key = openBackupKey(keyFile, folder, isFirst);
    const show = terminalProgress();
    const base = await takeBase({
      ...{ config, url: db.embeddedUrl, key, now: () => new Date() },
      onProgress: (bytes) => show({ what: "bytes of the database", done: bytes, total: null }),
    });
    await archiveNow({ url: db.embeddedUrl, folder, key });
    const seconds = (performance.now() - startedMs) / 1000;
    console.log(`Backup ${base.baseId}: ${mib(base.base.bytes)} MiB of database, ${base.files.length} files, in ${seconds.toFixed(1)} s.`);
    console.log(`It lies in ${folder}, ${mib(base.base.storedBytes)} MiB, sealed with key ${key.keyId}.`);
    if (isFirst)
      console.log(`Keep a copy of ${keyFile} and of the folder keys away from the backups: without them nothing can be restored.`);
  });
}

const mib = (bytes: number) => (bytes / MIB).toFixed(1);

function list(config: Config): void {
  const { folder, keyFile } = config.backup;
  if (readRepository(folder) === null) throw new Refusal(`There are no backups in ${folder}: make the first with vinculo backup.`);
  printTable(
    listBases(folder, openBackupKey(keyFile, folder, false)).map((base) => ({
      backup: base.baseId,
      finished: base.finishedAt,
      timeline: base.timeline,
      "database MiB": mib(base.base.bytes),
      "stored MiB": mib(base.base.storedBytes),
      files: base.files.length,
      rows: base.tables.reduce((sum, { rows }) => sum + rows, 0),
    })),
  );
}

async function checkBackups(): Promise<void> {
  const config = readConfig(process.env);
  const faults = config.databaseUrl === null ? await checkOwnRepository(config) : await checkForeignArchive(config.databaseUrl);
  for (const fault of faults) console.log(`FAULT  ${fault}`);
  if (faults.length === 0) console.log("All is well.");
  else process.exitCode = 1;
}

async function checkOwnRepository(config: Config): Promise<string[]> {
  const { folder, keyFile } = config.backup;
  if (readRepository(folder) === null) return [`there are no backups in ${folder}`];
  const startedMs = performance.now();
  const report = await checkRepository(folder, openBackupKey(keyFile, folder, false));
  const state = readState(config.home);
  const [oldest, newest] = [report.bases[0], report.bases.at(-1)];
  if (oldest === undefined || newest === undefined) return ["no backup was ever finished"];
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(
    `${report.bases.length} backups and ${report.segments} segments of the log, ${mib(report.bytes)} MiB, opened in ${seconds} s.`,
  );
  console.log(`A restore reaches from ${oldest.finishedAt} to ${state?.archivedAt ?? newest.finishedAt}.`);
  const ageHours = (Date.now() - Date.parse(newest.startedAt)) / 3_600_000;
  return [
    ...report.faults,
    ...(ageHours > 2 * config.backup.everyHours ? [`the newest backup is ${ageHours.toFixed(0)} hours old`] : []),
    ...(state?.trouble ? [`archiving fails since ${state.failingSince}: ${state.trouble}`] : []),
  ];
}

/** For a server of the bank's own: what it says itself of its archiving. */
async function checkForeignArchive(url: string): Promise<string[]> {
  const { isOn, lastArchivedAt, lastFailedAt, failures, slots } = await readArchiver(url);
  console.log(
    `Archiving is ${isOn ? "on" : "off"}; last archived ${lastArchivedAt?.toISOString() ?? "never"}; ${failures} failures since the statistics began.`,
  );
  for (const slot of slots)
    console.log(`Slot ${slot.name}: ${slot.isActive ? "in use" : "unused"}, keeps back ${slot.keptBytes / BigInt(MIB)} MiB.`);
  if (!isOn && !slots.some(({ isActive }) => isActive))
    return ["the log is archived nowhere: only the moment of the last base backup could be restored"];
  return [
    ...(lastFailedAt !== null && (lastArchivedAt === null || lastFailedAt > lastArchivedAt)
      ? [`archiving fails since ${lastFailedAt.toISOString()}`]
      : []),
    ...(isOn && lastArchivedAt !== null && Date.now() - lastArchivedAt.getTime() > BEHIND_MS
      ? ["nothing was archived for ten minutes: is archive_timeout set to 60?"]
      : []),
    ...slots
      .filter(({ isActive, keptBytes }) => !isActive && keptBytes > 2n ** 30n)
      .map(({ name }) => `slot ${name} is unused and keeps back more than a gibibyte`),
  ];
}
