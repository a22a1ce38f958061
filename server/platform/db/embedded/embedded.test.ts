import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../../config/index.ts";
import { inTransaction, type OpenOptions, openDatabase, sql } from "../index.ts";
import { takeLock } from "./instance-lock.ts";

// One real server for the file, started and stopped by the tests in their order.
const OPENING_MS = 60_000;
const caller = { userId: null, sessionId: null, requestId: "r" };
let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "vinculo-embedded-"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const open = (options: OpenOptions = {}, env: Record<string, string> = {}) =>
  openDatabase(readConfig({ VINCULO_HOME: home, ...env }), { durable: false, migrations: [], ...options });
const serverPid = () => Number(readFileSync(join(home, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);

test("a second start keeps the data, and the keys are readable for their owner only", { timeout: OPENING_MS }, async () => {
  const first = await open();
  const write = sql`create table staging.kept as select 1 as one`;
  await inTransaction(first, caller, (tx) => write.execute(tx), { role: "worker" });
  await first.close();
  const second = await open();
  const { rows } = await inTransaction(second, caller, (tx) => sql`select one from staging.kept`.execute(tx), { role: "worker" });
  await second.close();
  expect(rows).toEqual([{ one: 1 }]);
  for (const name of ["context.key", "database.json"]) expect(statSync(join(home, "keys", name)).mode & 0o777).toBe(0o600);
});

test("the command line shares the server of a running Vinculo and leaves it running; a second Vinculo is refused", {
  timeout: OPENING_MS,
}, async () => {
  const serving = await open({ mode: "serve" });
  try {
    const pid = serverPid();
    const sharing = await open({ mode: "share" });
    await sharing.close();
    expect(serverPid()).toBe(pid);
    await expect(open({ mode: "serve" })).rejects.toThrow(`already running on ${home} as pid ${process.pid}`);
    await expect(inTransaction(serving, caller, (tx) => sql`select 1`.execute(tx))).resolves.toBeDefined();
  } finally {
    await serving.close();
  }
});

test("a server that is killed comes back by itself", { timeout: OPENING_MS }, async () => {
  const back = Promise.withResolvers<void>();
  const db = await open({ notice: (text) => text.endsWith("is back") && back.resolve() });
  try {
    process.kill(serverPid(), "SIGKILL");
    await back.promise;
    await expect(inTransaction(db, caller, (tx) => sql`select 1`.execute(tx))).resolves.toBeDefined();
  } finally {
    await db.close();
  }
});

test("data of another PostgreSQL are refused, with the way out", async () => {
  const file = join(home, "postgres", "PG_VERSION");
  writeFileSync(file, "17\n");
  await expect(open()).rejects.toThrow(/belong to PostgreSQL 17.*runs PostgreSQL 18.*pg_dump/);
  writeFileSync(file, "18\n");
});

test("data without their passwords are refused, and no new passwords are made", async () => {
  renameSync(join(home, "keys"), join(home, "keys.away"));
  await expect(open()).rejects.toThrow(/restore that folder from your backup/);
  expect(statSync(join(home, "keys", "database.json"), { throwIfNoEntry: false })).toBeUndefined();
  rmSync(join(home, "keys"), { recursive: true, force: true });
  renameSync(join(home, "keys.away"), join(home, "keys"));
});

test("a folder with something else in it is refused and left alone", async () => {
  const other = join(home, "other");
  mkdirSync(join(other, "postgres"), { recursive: true });
  writeFileSync(join(other, "postgres", "letter.txt"), "dear");
  await expect(open({}, { VINCULO_HOME: other })).rejects.toThrow(/holds files but no PostgreSQL data/);
  expect(readFileSync(join(other, "postgres", "letter.txt"), "utf8")).toBe("dear");
});

test("a database port that is taken is refused by its number", { timeout: OPENING_MS }, async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as { port: number };
  await expect(open({}, { VINCULO_DB_PORT: String(port) })).rejects.toThrow(`Port ${port} on 127.0.0.1`);
  await new Promise((resolve) => taken.close(resolve));
});

test("a home that cannot be written is refused", async () => {
  await expect(open({}, { VINCULO_HOME: "/proc/vinculo" })).rejects.toThrow(/cannot write to its folder \/proc\/vinculo/);
});

test("a lock has one holder, who can be asked for, and is free again after release", async () => {
  const first = await takeLock(home, "serving", 0);
  expect(await takeLock(home, "serving", 0)).toEqual({ heldBy: process.pid });
  if ("release" in first) await first.release();
  const second = await takeLock(home, "serving", 0);
  expect(second).toHaveProperty("release");
  if ("release" in second) await second.release();
});
