import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../config/index.ts";
import { type Db, identifySystem, openDatabase, readTables } from "../db/index.ts";
import { Archiver, archiveNow, checkRepository, claimRepository, listBases, makeBase, openBackupKey, restoreBackup } from "./index.ts";
import { logFolder, segmentName, segmentStart } from "./repository.ts";

// One real server, one repository, the tests in their order: what a bank would live through.
const place = mkdtempSync(join(tmpdir(), "vinculo-backup-"));
const home = join(place, "bank");
const folder = join(place, "backups");
const keyFile = join(home, "keys", "backup.key");
const logger = pino({ level: "silent" });
let db: Db;
let url = "";

beforeAll(async () => {
  db = await openDatabase(readConfig({ VINCULO_HOME: home }), { durable: false, migrations: [] });
  url = db.embeddedUrl ?? "";
  await query("create table staging.kept (n int)");
}, 120_000);
afterAll(async () => {
  await db.close();
  rmSync(place, { recursive: true, force: true });
}, 60_000);

async function query(text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await wait(20);
}

async function takeBase(): Promise<void> {
  const key = openBackupKey(keyFile, folder, true);
  const { systemId } = await identifySystem(url);
  await claimRepository(folder, { format: 1, systemId, keyId: key.keyId });
  const now = () => new Date();
  await makeBase({ url, home, folder, key, vinculo: "test", now, tables: await readTables(url), keys: {} });
}

function startArchiver(): Archiver {
  const archiver = new Archiver({
    ...{ url, home, folder, keyFile, keepDays: 14, everyHours: 24, now: () => new Date(), logger, takeBase },
  });
  archiver.begin();
  return archiver;
}

/** A clock that goes on by so many milliseconds each time somebody looks at it. */
function* clockOf(stepMs: number): Generator<number, never> {
  for (let now = Date.now(); ; now += stepMs) yield now;
}

const restore = (name: string, to: Date | null) =>
  restoreBackup({
    folder,
    key: openBackupKey(keyFile, folder, false),
    target: join(place, name),
    keysFolder: join(home, "keys"),
    to,
    connectionsMax: 50,
    durable: false,
  });

async function rowsIn(name: string): Promise<number[]> {
  const restored = await openDatabase(readConfig({ VINCULO_HOME: join(place, name) }), { durable: false, migrations: [] });
  const client = new pg.Client({ connectionString: restored.embeddedUrl ?? "" });
  try {
    await client.connect();
    const { rows } = await client.query<{ n: number }>("select n from staging.kept order by n");
    return rows.map(({ n }) => n);
  } finally {
    await client.end();
    await restored.close();
  }
}

describe("F25: backup and restore", { timeout: 120_000 }, () => {
  test("to a moment before a loss, with everything acknowledged until then", async () => {
    await query("insert into staging.kept values (1)");
    mkdirSync(join(home, "uploads"), { recursive: true });
    writeFileSync(join(home, "uploads", "delivery.csv"), "a;b\n");
    await takeBase();
    const archiver = startArchiver();
    await query("insert into staging.kept values (2)");
    const [moment] = await query("select clock_timestamp() as at from pg_sleep(0.005)");
    await query("delete from staging.kept");
    await query("insert into staging.kept values (3)");
    await until(() => archiver.state.archivedLsn !== null);
    await archiver.close();
    const { files, segments } = await restore("before", moment?.at as Date);
    expect(await rowsIn("before")).toEqual([1, 2]);
    expect({ files: files > 500, segments: segments > 0 }).toEqual({ files: true, segments: true });
    expect(readFileSync(join(place, "before", "uploads", "delivery.csv"), "utf8")).toBe("a;b\n");
  });

  test("no key lies in the backup, and nothing there can be read", () => {
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const secret = readFileSync(keyFile, "utf8").trim();
    const password = (JSON.parse(readFileSync(join(home, "keys", "database.json"), "utf8")) as { admin: string }).admin;
    for (const { parentPath, name } of names) {
      const bytes = readFileSync(join(parentPath, name));
      for (const text of [secret, password, "create table", "a;b\n"])
        expect(bytes.includes(text), `${name} holds ${text.slice(0, 3)}`).toBe(false);
    }
    expect(() => openBackupKey(join(folder, "backup.key"), folder, true)).toThrow("must not lie among them");
  });

  test("a moment before the first backup or behind the end of the log, a folder in use and a lost key are refused in a sentence", async () => {
    await expect(restore("early", new Date("2020-01-01T00:00:00Z"))).rejects.toThrow("nothing before that can be restored");
    await expect(restore("late", new Date(Date.now() + 3_600_000))).rejects.toThrow("The archived log ends before that moment");
    await expect(restore("bank", null)).rejects.toThrow("is not empty");
    expect(() => openBackupKey(join(place, "nowhere.key"), folder, false)).toThrow("The key of the backups is missing");
    const other = join(place, "other.key");
    writeFileSync(other, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
    expect(() => listBases(folder, openBackupKey(other, folder, false))).toThrow("sealed with another key");
  });

  test("archiving that fails is told once, keeps no acknowledged row from the archive, and is told again when it works", async () => {
    const told: (string | null)[] = [];
    const key = openBackupKey(keyFile, folder, false);
    renameSync(folder, `${folder}.away`);
    const ticks = clockOf(20_000);
    const archiver = new Archiver({
      ...{ url, home, folder, keyFile, keepDays: 14, everyHours: 24, logger, takeBase },
      now: () => new Date(ticks.next().value),
      onTrouble: async (trouble) => void told.push(trouble),
    });
    archiver.begin();
    await query("insert into staging.kept values (4)");
    await until(() => told.length > 0);
    expect(archiver.state.failingSince).not.toBeNull();
    renameSync(`${folder}.away`, folder);
    await until(() => told.length > 1);
    await archiver.close();
    expect(told).toEqual([expect.stringContaining("is not there"), null]);
    expect((await checkRepository(folder, key)).faults).toEqual([]);
    await restore("caught-up", null);
    expect(await rowsIn("caught-up")).toEqual([3, 4]);
  });

  test("F23: a flipped byte and a missing segment are named, and what stands on them is not restored", async () => {
    const key = openBackupKey(keyFile, folder, false);
    await archiveNow({ url, folder, key });
    const [base] = listBases(folder, key);
    const file = join(folder, "base", base?.baseId ?? "", "base.sealed");
    const whole = readFileSync(file);
    writeFileSync(file, Buffer.concat([whole.subarray(0, 100_000), Buffer.from([(whole[100_000] ?? 0) ^ 1]), whole.subarray(100_001)]));
    expect((await checkRepository(folder, key)).faults).toEqual([expect.stringMatching(/base\.sealed: frame \d+ does not open/)]);
    await expect(restore("flipped", null)).rejects.toThrow("does not open");
    writeFileSync(file, whole);
    const manifest = join(folder, "base", base?.baseId ?? "", "backup.json");
    const text = readFileSync(manifest, "utf8");
    writeFileSync(manifest, text.replace("staging.kept", "staging.kepp"));
    expect(() => listBases(folder, key)).toThrow("was changed");
    writeFileSync(manifest, text);
    await query("select pg_switch_wal()");
    await query("insert into staging.kept values (5)");
    await query("select pg_switch_wal()");
    await query("insert into staging.kept values (6)");
    await archiveNow({ url, folder, key });
    const log = logFolder(folder, 1);
    const [, middle = ""] = readdirSync(log).sort();
    rmSync(join(log, middle));
    expect((await checkRepository(folder, key)).faults).toEqual([expect.stringContaining(`${middle} is missing`)]);
  });
});

test("names of segments and their places follow from one another", () => {
  for (const lsn of [0n, 0x1600_0000n, 0xff00_0000n, 0x1_0000_0000n, 0xabc_1200_0000n]) expect(segmentStart(segmentName(1, lsn))).toBe(lsn);
  expect(segmentName(2, 0x1_1600_1234n)).toBe("000000020000000100000016");
});
