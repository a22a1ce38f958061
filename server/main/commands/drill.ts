import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pino } from "pino";
import { operatorCaller } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { openKey, sealRows, withSealer } from "../../governance/audit-seals/index.ts";
import { beginTotp } from "../../governance/factors/index.ts";
import { findPersonByLogin } from "../../governance/walls/index.ts";
import { Archiver, archiveNow, openBackupKey, readState } from "../../platform/backup/index.ts";
import type { UserId } from "../../platform/caller/index.ts";
import { type Config, Refusal, readConfig } from "../../platform/config/index.ts";
import { type Db, dropTable, inTransaction, readTables, type TableState } from "../../platform/db/index.ts";
import { fillDemoBank } from "../demo-bank.ts";
import { openBank } from "../open-bank.ts";
import { takeBase } from "../take-base.ts";
import { printTable } from "./open.ts";
import { restoreInto } from "./restore.ts";

export interface DrillOptions {
  readonly folder?: string;
  readonly customers: number;
  readonly json?: boolean;
}

/** The table that is lost: history that nothing else holds. */
const LOST = "customers.transaction";
const RPO_SECONDS_MAX = 60;
const RTO_SECONDS_MAX = 15 * 60;

/** Fault F25: a bank, a backup, work, a table dropped at T, a restore to one second before T, and a comparison. Ends with 1 when anything differs. */
export async function drill({ folder, customers, json = false }: DrillOptions): Promise<void> {
  const place = resolve(folder ?? join(readConfig(process.env).home, "drill"));
  const config = readConfig({ VINCULO_HOME: join(place, "bank"), VINCULO_BACKUP_FOLDER: join(place, "backups") });
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  try {
    const { before, lostAt, rpoSeconds, backupSeconds, bytes } = await loseATable(config, customers);
    const target = join(place, "restored");
    const to = new Date(lostAt.getTime() - 1_000).toISOString();
    const outcome = await restoreInto(config, target, { to });
    const differing = await compare(target, before);
    const checks = [
      ...outcome.checks,
      {
        what: "rows as they were",
        result: differing.length === 0 ? `${before.length} tables alike` : differing.join(", "),
        isWhole: differing.length === 0,
      },
      { what: "RPO", result: `${rpoSeconds.toFixed(1)} s of ${RPO_SECONDS_MAX}`, isWhole: rpoSeconds <= RPO_SECONDS_MAX },
      { what: "RTO", result: `${outcome.seconds.toFixed(1)} s of ${RTO_SECONDS_MAX}`, isWhole: outcome.seconds <= RTO_SECONDS_MAX },
    ];
    const isWhole = checks.every((check) => check.isWhole);
    if (json) console.log(JSON.stringify({ isWhole, rpoSeconds, rtoSeconds: outcome.seconds, backupSeconds, bytes, checks }));
    else {
      printTable(checks.map((check) => ({ "": check.isWhole ? "ok" : "FAULT", what: check.what, result: check.result })));
      console.log(
        `The backup of ${(bytes / 2 ** 20).toFixed(0)} MiB took ${backupSeconds.toFixed(1)} s; the table was dropped at ${lostAt.toISOString()}, restored to ${to}.`,
      );
    }
    if (!isWhole) process.exitCode = 1;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

interface Loss {
  readonly before: readonly TableState[];
  readonly lostAt: Date;
  /** From the last commit to its being in the archive, the longest seen. */
  readonly rpoSeconds: number;
  readonly backupSeconds: number;
  readonly bytes: number;
}

async function loseATable(config: Config, customers: number): Promise<Loss> {
  const db = await openBank(config, { mode: "share" });
  const url = db.embeddedUrl ?? "";
  try {
    await fillDemoBank(db, { customers, folder: join(config.home, "demo") }, () => undefined);
    await sealSomething(db, config);
    const key = openBackupKey(config.backup.keyFile, config.backup.folder, true);
    const startedMs = performance.now();
    const base = await takeBase({ config, url, key, now: () => new Date() });
    await archiveNow({ url, folder: config.backup.folder, key });
    const backupSeconds = (performance.now() - startedMs) / 1000;
    const archiver = new Archiver({
      ...{ url, home: config.home, ...config.backup, now: () => new Date(), logger: pino({ level: "silent" }) },
      takeBase: () => Promise.resolve(),
    });
    archiver.begin();
    const rpoSeconds = await work(db, config);
    const before = await readTables(url);
    // Between what was acknowledged and the loss a clear second, so that the moment one second before it holds all of it.
    await wait(1_500);
    const lostAt = await dropTable(url, LOST);
    await wait(200);
    await archiver.close();
    return { before, lostAt, rpoSeconds, backupSeconds, bytes: base.base.bytes };
  } finally {
    await db.close();
  }
}

/** The trail gets its seals and one person a second factor, so that the restored bank has both to open. */
async function sealSomething(db: Db, config: Config): Promise<void> {
  await withSealer(db, async (connection) => {
    const key = await openKey(connection, config.audit.keyFile);
    while ((await sealRows(connection, key)) !== null);
  });
  const operator = await operatorCaller(db);
  const userId = await inTransaction(db, operator, (tx) => findPersonByLogin(tx, "admin"), { role: "worker" });
  if (userId === null) throw new Refusal("The bank of the drill has no administrator.");
  const nobody = { userId: null, sessionId: null, requestId: "drill" };
  const person = { userId: userId as UserId, login: "admin", bank: "Drill" };
  await inTransaction(db, nobody, (tx) => beginTotp(tx, person), { purpose: "sign_in" });
}

/** Commits one row after the other; each must be in the archive soon after. Answers with the longest time between. */
async function work(db: Db, config: Config): Promise<number> {
  const operator = await operatorCaller(db);
  let longest = 0;
  for (let turn = 0; turn < 5; turn += 1) {
    await inTransaction(
      db,
      operator,
      (tx) => record(tx, { caller: operator, action: "backup.drilled", subjectKind: "bank", detail: { turn } }),
      { role: "worker" },
    );
    const committedMs = Date.now();
    while (Date.parse(readState(config.home)?.archivedAt ?? "1970-01-01") <= committedMs) {
      if (Date.now() - committedMs > RPO_SECONDS_MAX * 1000) throw new Refusal("Nothing is archived: the drill has failed.");
      await wait(50);
    }
    longest = Math.max(longest, (Date.now() - committedMs) / 1000);
  }
  return longest;
}

/** The tables whose rows are not as many as before the loss. */
async function compare(home: string, before: readonly TableState[]): Promise<string[]> {
  const db = await openBank(readConfig({ VINCULO_HOME: home }), { mode: "share" });
  try {
    const now = new Map((await readTables(db.embeddedUrl ?? "")).map((table) => [table.name, table.rows]));
    return before
      .filter(({ name, rows }) => now.get(name) !== rows)
      .map(({ name, rows }) => `${name}: ${now.get(name) ?? "missing"}, was ${rows}`);
  } finally {
    await db.close();
  }
}
