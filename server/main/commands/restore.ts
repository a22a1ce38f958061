import { copyFileSync, existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { reapplyErasures } from "../../customers/erasure/index.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { openBackupKey, readRepository, restoreBackup, SealBroken } from "../../platform/backup/index.ts";
import { type Config, Refusal, readConfig } from "../../platform/config/index.ts";
import { columnsOf } from "../../platform/data-map/index.ts";
import { openBank } from "../open-bank.ts";
import { personalData } from "../personal-data.ts";
import { checkRestored, type RestoreCheck } from "../restore-checks.ts";
import { keyNames } from "../take-base.ts";
import { printTable } from "./open.ts";

export interface RestoreOptions {
  readonly from?: string;
  readonly to?: string;
  readonly keys?: string;
  readonly keyFile?: string;
  readonly erasures?: string;
}

export interface RestoreOutcome {
  readonly checks: readonly RestoreCheck[];
  readonly lastTransactionAt: Date | null;
  readonly seconds: number;
  readonly bytes: number;
}

const SPARE_CONNECTIONS = 30;
/** Beside the database, and so outside of what a restore brings back. */
const ERASURES = "erasures.jsonl";

export function addRestoreCommand(program: Command): void {
  program
    .command("restore <folder>")
    .description("make a new home of a backup, as it was at a moment; checks it before anybody works in it; touches nothing that is there")
    .option("--to <moment>", "as 2026-11-21T10:00:00Z; default: the last transaction there is")
    .option("--from <folder>", "the backups; default: VINCULO_BACKUP_FOLDER")
    .option("--keys <folder>", "your copy of the folder keys; default: that of VINCULO_HOME")
    .option("--key-file <file>", "the key of the backups; default: backup.key in that folder, else VINCULO_BACKUP_KEY_FILE")
    .option("--erasures <file>", "the list of erasures as it was last; default: erasures.jsonl in VINCULO_HOME")
    .action(async (folder: string, options: RestoreOptions) => {
      const outcome = await restoreInto(readConfig(process.env), resolve(folder), options);
      printTable(outcome.checks.map(({ what, result, isWhole }) => ({ "": isWhole ? "ok" : "FAULT", what, result })));
      console.log(
        `The last transaction is of ${outcome.lastTransactionAt?.toISOString() ?? "before the backup"}. Restored in ${outcome.seconds.toFixed(1)} s.`,
      );
      if (outcome.checks.some(({ isWhole }) => !isWhole)) process.exitCode = 1;
      else console.log(`Start it with VINCULO_HOME=${resolve(folder)} npm start, and take a new backup: vinculo backup.`);
    });
}

/** Restores and checks. Fails with Refusal, also for a damaged backup. */
export async function restoreInto(
  config: Config,
  target: string,
  options: RestoreOptions,
  say: (text: string) => void = console.error,
): Promise<RestoreOutcome> {
  const startedMs = performance.now();
  const folder = resolve(options.from ?? config.backup.folder);
  if (readRepository(folder) === null) throw new Refusal(`There are no backups in ${folder}: name their folder with --from.`);
  const keysFolder = resolve(options.keys ?? join(config.home, "keys"));
  const keyFile = options.keyFile ?? (options.keys === undefined ? config.backup.keyFile : join(keysFolder, "backup.key"));
  const restored = await restoreBackup({
    ...{ folder, target, keysFolder, key: openBackupKey(resolve(keyFile), folder, false), to: momentOf(options.to) },
    connectionsMax: config.appConnectionsMax + config.workerConnectionsMax + SPARE_CONNECTIONS,
    onStep: (text) => say(`· ${text}`),
  }).catch((error: unknown) => {
    throw error instanceof SealBroken
      ? new Refusal(`The backup is damaged: ${error.message}. Nothing of it may be used; restore an earlier one.`, error)
      : error;
  });
  carryErasures(options.erasures ?? join(config.home, ERASURES), target);
  say("· checking what was restored");
  const home = readConfig({ VINCULO_HOME: target, VINCULO_APP_CONNECTIONS: String(config.appConnectionsMax) });
  // A master key that lies elsewhere, or in a key service, is where this installation has it.
  const inKeys = config.encryption.transit === null && existsSync(home.encryption.keyFile);
  const db = await openBank(inKeys ? home : { ...home, encryption: config.encryption }, { mode: "share" });
  try {
    const others = Object.entries(restored.base.keys).filter(([name, hash]) => keyNames(keysFolder)[name] !== hash);
    const keys = {
      what: "keys",
      result:
        others.length === 0 ? "those of the backup" : `others than when the backup was taken: ${others.map(([name]) => name).join(", ")}`,
      isWhole: !others.some(([name]) => name === "context.key"),
    };
    const erased = await reapplyErasures({
      db,
      caller: await operatorCaller(db),
      now: new Date(),
      home: target,
      columns: columnsOf(personalData),
    });
    const erasures = {
      what: "erasures",
      result: `${erased.entries} in the list, ${erased.back} customers had come back: ${erased.erased} erased again, ${erased.held} held`,
      isWhole: true,
    };
    const checks = [keys, ...(await checkRestored(db, home, restored.base)), erasures];
    return {
      checks,
      lastTransactionAt: restored.lastTransactionAt,
      seconds: (performance.now() - startedMs) / 1000,
      bytes: restored.bytes,
    };
  } finally {
    await db.close();
  }
}

/** What was erased since the backup is in the restored database again: the list of it goes along, the longer one winning, so that it can be erased anew. */
function carryErasures(from: string, target: string): void {
  const to = join(target, ERASURES);
  if (!existsSync(from)) return;
  if (existsSync(to) && statSync(to).size >= statSync(from).size) return;
  copyFileSync(from, to);
}

function momentOf(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const at = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(at.getTime()))
    throw new Refusal(`${text} is no moment with its zone, as 2026-11-21T10:00:00Z.`);
  if (at > new Date()) throw new Refusal(`${text} is in the future.`);
  return at;
}
