import { copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { startTransit } from "../../../tests/support/fake-transit.ts";
import { Refusal } from "../../platform/config/index.ts";
import { type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { keyRing, openEncryption, openField, sealField, setKeyRing } from "../../platform/encryption/index.ts";
import { operatorCaller } from "../access/index.ts";
import { totpSeeds } from "../factors/index.ts";
import { moveKeys } from "./move-keys.ts";

const folder = mkdtempSync(join(tmpdir(), "vinculo-move-"));
const keyFile = join(folder, "master.key");
const tokenFile = join(folder, "token");
const before = keyRing;
const transit = await startTransit("s.token");
let kept: ReturnType<typeof keyRing> | null = null;
afterAll(async () => {
  if (kept !== null) setKeyRing(kept);
  await transit.close();
  rmSync(folder, { recursive: true });
});

/** As a server started with these settings opens its keys. */
async function start(db: Db, provider: "file" | "transit", withTransit = true): Promise<void> {
  const service = { url: transit.url, tokenFile, mount: "transit", key: "vinculo", namespace: null };
  const encryption = { keyFile, transit: withTransit ? service : null, provider };
  await openEncryption({ config: { encryption }, db, caller: await operatorCaller(db), columns: [totpSeeds] });
}

test("F24: keys move from the file to a key service and back while values are read and written; then the provider of before is not needed", async ({
  db,
  admin,
}) => {
  kept = before();
  copyFileSync(inject("template").masterKeyFile, keyFile);
  writeFileSync(tokenFile, "s.token\n", { mode: 0o600 });
  const operator = await operatorCaller(db);
  const asWorker = { role: "worker" } as const;
  const wrappers = async () => {
    const { rows } = await sql<{ by: string }>`select distinct split_part(wrapped, ':', 1) as by from platform.data_key`.execute(admin);
    return rows.map(({ by }) => by);
  };
  const sealed = await inTransaction(db, operator, async (tx) => (await sealField(tx, totpSeeds.column)).seal("row", "value"), asWorker);
  const readsAndWrites = () =>
    inTransaction(
      db,
      operator,
      async (tx) => {
        const { open, seal } = await sealField(tx, totpSeeds.column);
        return [open("row", sealed), (await openField(tx, totpSeeds.column)).open("other", seal("other", "new"))];
      },
      asWorker,
    );
  for (const [to, from] of [
    ["transit", "file"],
    ["file", "vault"],
  ] as const) {
    await start(db, to);
    expect(await wrappers()).toEqual([from]);
    let moving = true;
    const work = (async () => {
      for (let n = 0; moving || n < 3; n += 1) expect(await readsAndWrites()).toEqual(["value", "new"]);
    })();
    expect((await moveKeys(db, operator)).moved).toBeGreaterThan(0);
    moving = false;
    await work;
    expect(await wrappers()).toEqual([to === "transit" ? "vault" : "file"]);
    expect((await moveKeys(db, operator)).moved, "again").toBe(0);
    // Another process, without the provider of before.
    if (to === "transit") renameSync(keyFile, `${keyFile}.away`);
    await start(db, to, to === "transit");
    expect(await readsAndWrites()).toEqual(["value", "new"]);
    if (to === "transit") renameSync(`${keyFile}.away`, keyFile);
  }
  // Too early: what the other one has wrapped does not open without it, and is not taken for lost.
  await start(db, "transit");
  await moveKeys(db, operator);
  await expect(start(db, "file", false)).rejects.toThrow(Refusal);
  // The provider to move to is away: nothing has changed.
  await start(db, "file");
  writeFileSync(tokenFile, "wrong\n");
  await expect(moveKeys(db, operator)).rejects.toThrow();
  expect(await wrappers()).toEqual(["vault"]);
  const { rows } = await sql<{
    told: number;
  }>`select count(*)::int told from governance.audit_event where action = 'encryption.keys_moved'`.execute(admin);
  expect(rows[0]?.told).toBe(5);
});
