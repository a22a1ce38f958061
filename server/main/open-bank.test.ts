import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, inject } from "vitest";
import { test } from "../../tests/support/database.ts";
import { operatorCaller } from "../governance/access/index.ts";
import { type Db, inTransaction, sql } from "../platform/db/index.ts";
import {
  KEY_LIFE_MS,
  listKeys,
  openEncryption,
  openField,
  openFileProvider,
  openKeyRing,
  sealField,
  setKeyRing,
} from "../platform/encryption/index.ts";
import { sealedColumns } from "./sealed-columns.ts";

const folder = mkdtempSync(join(tmpdir(), "vinculo-opening-"));
afterAll(() => rmSync(folder, { recursive: true }));

const column = sealedColumns[0]?.column ?? "";
const fileConfig = (keyFile: string) => ({ encryption: { keyFile, transit: null, provider: "file" } });
const open = async (
  db: Db,
  config: ReturnType<typeof fileConfig> | { encryption: { keyFile: string; transit: object; provider: string } },
) => openEncryption({ config: config as never, db, caller: await operatorCaller(db), columns: sealedColumns });
const keysOf = async (db: Db) => inTransaction(db, await operatorCaller(db), listKeys, { role: "worker" });

describe("a bank that was encrypted with one master key", () => {
  test("does not start with another, nor without: nothing is changed and no new one is made", async ({ db }) => {
    const before = await keysOf(db);
    openFileProvider(join(folder, "other.key"), true);
    await expect(open(db, fileConfig(join(folder, "other.key")))).rejects.toThrow(/is not the one this database was encrypted with/);
    await expect(open(db, fileConfig(join(folder, "none.key")))).rejects.toThrow(/The master key is missing/);
    expect(await keysOf(db)).toEqual(before);
    await open(db, fileConfig(inject("template").masterKeyFile));
    expect(await keysOf(db)).toEqual(before);
  });

  test("starts while its key service is away, and stays closed until it is there", async ({ db, admin }) => {
    // As if that service had wrapped them: keys of a file would want the file, too.
    const wrappedBy = (is: string, was: string) =>
      sql`update platform.data_key set wrapped = replace(wrapped, ${was}, ${is})`.execute(admin);
    await wrappedBy("vault:", "file:");
    const transit = { url: "http://127.0.0.1:1", tokenFile: join(folder, "no-token"), mount: "transit", key: "vinculo", namespace: null };
    await open(db, { encryption: { keyFile: "", transit, provider: "transit" } });
    const operator = await operatorCaller(db);
    const closed = expect.objectContaining({ code: "unavailable", detail: { reason: "key_provider" } });
    await expect(inTransaction(db, operator, (tx) => openField(tx, column), { role: "worker" })).rejects.toEqual(closed);
    await expect(inTransaction(db, operator, (tx) => sealField(tx, column), { role: "worker" })).rejects.toEqual(closed);
    await wrappedBy("file:", "vault:");
    setKeyRing(openKeyRing(openFileProvider(inject("template").masterKeyFile, false)));
  });
});

test("F24: after five minutes without the provider a number is neither opened nor written, and comes back with it", async ({ db, tx }) => {
  const operator = await operatorCaller(db);
  let nowMs = 0;
  let away = false;
  const real = openFileProvider(inject("template").masterKeyFile, false);
  const provider = { ...real, unwrap: (wrapped: string) => (away ? Promise.reject(new Error("gone")) : real.unwrap(wrapped)) };
  setKeyRing(openKeyRing(provider, () => nowMs));
  const asWorker = <T>(work: (own: typeof tx) => Promise<T>) => inTransaction(db, operator, work, { role: "worker" });
  const sealed = await asWorker(async (own) => (await sealField(own, column)).seal("row", "12345678Z"));
  away = true;
  nowMs = KEY_LIFE_MS - 1;
  expect(await asWorker(async (own) => (await openField(own, column)).open("row", sealed))).toBe("12345678Z");
  nowMs = KEY_LIFE_MS;
  await expect(asWorker((own) => openField(own, column))).rejects.toMatchObject({ code: "unavailable" });
  await expect(asWorker((own) => sealField(own, column))).rejects.toMatchObject({ code: "unavailable" });
  away = false;
  expect(await asWorker(async (own) => (await openField(own, column)).open("row", sealed))).toBe("12345678Z");
  setKeyRing(openKeyRing(real));
});

test("what lies in the database opens nothing: no key in the clear, and no login may write one but the worker", async ({ tx, as }) => {
  const { rows } = await sql<{ wrapped: string }>`select wrapped from platform.data_key`.execute(tx);
  expect(rows.length).toBeGreaterThan(3);
  for (const { wrapped } of rows) expect(wrapped).toMatch(/^file:[0-9a-f]{16}:[A-Za-z0-9+/=]{100,}$/);
  const nobody = { userId: null, sessionId: null, requestId: "test" };
  for (const statement of [
    sql`insert into platform.data_key (column_name, epoch, wrapped, master_key, seals_before) values ('a.b.c', 9, ${"x".repeat(50)}, 'mine', 0)`,
    sql`update platform.data_key set wrapped = ${"x".repeat(50)}`,
    sql`delete from platform.data_key`,
  ])
    await expect(as(nobody, (own) => statement.execute(own))).rejects.toMatchObject({ code: "42501" });
});
