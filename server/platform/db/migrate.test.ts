import pg from "pg";
import { expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { Refusal } from "../config/index.ts";
import { type Migration, migrate, missingMigrations, readMigrations } from "./migrate.ts";

const step = (name: string, text = "select 1", sha256 = "a".repeat(64)): Migration => ({ name, text, sha256 });
const recorded = (...names: string[]) => names.map((name) => ({ name, sha256: "a".repeat(64) }));

test("only what the database lacks is applied, in order", () => {
  const known = [step("0001_a.sql"), step("0002_b.sql"), step("0003_c.sql")];
  expect(missingMigrations(recorded("0001_a.sql"), known).map(({ name }) => name)).toEqual(["0002_b.sql", "0003_c.sql"]);
});

test("a database newer than the program is refused", () => {
  expect(() => missingMigrations(recorded("0001_a.sql", "0002_b.sql"), [step("0001_a.sql")])).toThrow(/newer than this Vinculo.*0002_b/);
});

test("an applied migration whose content changed is refused", () => {
  expect(() => missingMigrations(recorded("0001_a.sql"), [step("0001_a.sql", "", "b".repeat(64))])).toThrow(
    /0001_a\.sql was applied with other content/,
  );
});

test("a migration that slipped in before an applied one is refused", () => {
  expect(() =>
    missingMigrations(recorded("0001_a.sql", "0003_c.sql"), [step("0001_a.sql"), step("0002_b.sql"), step("0003_c.sql")]),
  ).toThrow(Refusal);
});

test("a migration that fails leaves nothing behind and says where it failed; after repair it goes through, as vinculo_owner", async ({
  clone,
}) => {
  const admin = new pg.Client({ connectionString: clone.adminUrl });
  await admin.connect();
  try {
    const before = readMigrations();
    const broken = step("9001_broken.sql", "create table platform.half ();\nselect 1;\nselect no_such_column;");
    await expect(migrate(admin, [...before, broken])).rejects.toThrow(/9001_broken\.sql failed at line 3/);
    expect((await admin.query("select to_regclass('platform.half') as half")).rows).toEqual([{ half: null }]);
    const repaired = { ...broken, text: "create table platform.half ();" };
    expect(await migrate(admin, [...before, repaired])).toEqual(["9001_broken.sql"]);
    expect(await migrate(admin, [...before, repaired])).toEqual([]);
    expect((await admin.query("select tableowner from pg_tables where tablename = 'half'")).rows).toEqual([
      { tableowner: "vinculo_owner" },
    ]);
  } finally {
    await admin.end();
  }
});

test("two processes that migrate at once apply each migration once", async ({ clone }) => {
  const clients = [1, 2].map(() => new pg.Client({ connectionString: clone.adminUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  try {
    const { rows } = await (clients[0] as pg.Client).query<{ name: string; sha256: string }>("select name, sha256 from platform.migration");
    const known = [...rows.map((row) => step(row.name, "", row.sha256)), step("9002_once.sql", "create table platform.once ()")];
    const applied = await Promise.all(clients.map((client) => migrate(client, known)));
    expect(applied.flat()).toEqual(["9002_once.sql"]);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
});
