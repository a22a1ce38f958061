import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenPerson } from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Database, type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { record } from "../audit/index.ts";
import { checkDatabase } from "./check-database.ts";
import { exportTrail } from "./export-trail.ts";
import { type Verdict, verifyBundle } from "./proof/bundle.ts";
import { canonicalJson } from "./proof/canonical-json.ts";
import { entryOf, merkleRoot } from "./proof/merkle.ts";
import { hashStatement } from "./proof/statement.ts";
import { openSealKey, type SealKey, trustedKeys } from "./seal-key.ts";
import { BrokenChain, type Sealed, sealRows } from "./seal-rows.ts";
import { withSealer } from "./sealer-line.ts";
import { readTransactionRows } from "./store.ts";

let folder: string;
let key: SealKey;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vinculo-seals-"));
  key = openSealKey(join(folder, "audit-seal.pem"), true);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const person = (admin: Kysely<Database>): Promise<Caller> =>
  admin.transaction().execute(async (tx) => givenPerson(tx, "auditor", await bankUnit(tx)));

async function acts(db: Db, caller: Caller, count: number): Promise<void> {
  for (let act = 0; act < count; act += 1)
    await inTransaction(db, caller, (tx) =>
      record(tx, { caller, action: "customer.viewed", subjectKind: "customer", subjectIds: [crypto.randomUUID()] }),
    );
}

const seal = (db: Db) => withSealer(db, (connection) => sealRows(connection, key));
const check = (db: Db) => withSealer(db, (connection) => checkDatabase({ connection, keys: [key.publicKey], certificates: [] }));

/** As somebody would who owns the database server: triggers and row security do not stand in the way. */
async function asSuperuser(admin: Kysely<Database>, statement: ReturnType<typeof sql>): Promise<void> {
  await admin.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await statement.execute(tx);
  });
}

describe("sealing", () => {
  test("takes what was committed, once, and leaves what is under way to the next seal", async ({ db, admin }) => {
    const caller = await person(admin);
    await acts(db, caller, 3);
    const open = await admin.startTransaction().execute();
    const insert = sql`insert into governance.audit_event (actor_id, request_id, purpose, action, subject_kind) values (${caller.userId}, 'late', 'serve', 'late.committed', 'x')`;
    await insert.execute(open);
    await acts(db, caller, 2);
    const first = await seal(db);
    expect(first?.rows).toBe(5);
    expect(await seal(db)).toBeNull();
    await open.commit().execute();
    await acts(db, caller, 1);
    const second = await seal(db);
    expect(second?.rows).toBe(2); // the late one has a smaller number than rows of the first seal
    const { check: found, tail } = await check(db);
    expect([found.faults, found.seals, found.rows, tail.rows]).toEqual([[], 2, 7, 0]);
  });

  test("numbers that were rolled back are no gap", async ({ db, admin }) => {
    const caller = await person(admin);
    await inTransaction(db, caller, async (tx) => {
      await record(tx, { caller, action: "customer.viewed", subjectKind: "customer" });
      throw new Error("given up");
    }).catch(() => undefined);
    await acts(db, caller, 1);
    expect((await seal(db))?.rows).toBe(1);
    expect((await check(db)).check.faults).toEqual([]);
  });

  test("a database that counts its transactions anew, restored from a dump, goes on with a chain that holds", async ({ db, admin }) => {
    const caller = await person(admin);
    await acts(db, caller, 2);
    const before = await seal(db);
    if (before === null) throw new Error("there were rows to seal");
    // As if this server were a new one: what is sealed bears the numbers of another, far ahead.
    const far = await resealFarAhead(db, admin, before);
    await acts(db, caller, 2);
    const fresh = await seal(db);
    expect(fresh).toMatchObject({ rows: 2 });
    expect(JSON.parse(fresh?.statement ?? "{}")).toMatchObject({ from: "1:1:", previous: far });
    await acts(db, caller, 1);
    expect((await seal(db))?.rows).toBe(1);
    expect((await check(db)).check.faults).toEqual([]);
  });

  /** Rewrites the last seal and its rows, honestly signed, as a server with a billion transactions behind it would have made them. */
  async function resealFarAhead(db: Db, admin: Kysely<Database>, sealed: Sealed): Promise<string> {
    await asSuperuser(
      admin,
      sql`update governance.audit_event set xid = '1000000000' where event_id in (select event_id from governance.audit_event order by event_id desc limit ${sealed.rows})`,
    );
    const rows = await withSealer(db, (connection) => readTransactionRows(connection, "1000000000"));
    const entries = Buffer.concat(rows.map(entryOf));
    const old = JSON.parse(sealed.statement) as Record<string, unknown>;
    const text = canonicalJson({ ...old, to: "1000000001:1000000001:", root: merkleRoot(entries).toString("hex") });
    const hash = hashStatement(text);
    await asSuperuser(
      admin,
      sql`update governance.audit_seal set statement = ${text}, seal_hash = ${hash}, signature = ${key.sign(text)}, entries = ${entries} where seal_no = ${sealed.no}::bigint`,
    );
    return hash.toString("hex");
  }
});

describe("F23: a superuser rewrites", () => {
  const faultsAfter = async (db: Db, admin: Kysely<Database>, change: ReturnType<typeof sql>) => {
    await asSuperuser(admin, change);
    return (await check(db)).check.faults.map(({ kind, row, seal: no }) => ({ kind, row, seal: no }));
  };

  /** Three seals of four rows; the numbers of the rows of the second. */
  async function given(db: Db, admin: Kysely<Database>): Promise<{ rows: string[]; seals: string[]; undo: () => Promise<void> }> {
    const caller = await person(admin);
    const seals: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await acts(db, caller, 4);
      seals.push((await seal(db))?.no ?? "");
    }
    const { rows } = await sql<{
      id: string;
    }>`select event_id::text as id from governance.audit_event order by event_id desc limit 12`.execute(admin);
    await sql`create table if not exists public.kept_rows as select * from governance.audit_event with no data`.execute(admin);
    await sql`create table if not exists public.kept_seals as select * from governance.audit_seal with no data`.execute(admin);
    await sql`truncate public.kept_rows, public.kept_seals`.execute(admin);
    await sql`insert into public.kept_rows select * from governance.audit_event`.execute(admin);
    await sql`insert into public.kept_seals select * from governance.audit_seal`.execute(admin);
    const undo = async () => {
      await asSuperuser(admin, sql`delete from governance.audit_event`);
      await asSuperuser(admin, sql`delete from governance.audit_seal`);
      await asSuperuser(admin, sql`insert into governance.audit_event overriding system value select * from public.kept_rows`);
      await asSuperuser(admin, sql`insert into governance.audit_seal select * from public.kept_seals`);
      expect((await check(db)).check.faults).toEqual([]);
    };
    return {
      rows: rows
        .map(({ id }) => id)
        .reverse()
        .slice(4, 8),
      seals,
      undo,
    };
  }

  test("any column of a row: the row is named", async ({ db, admin }) => {
    const { rows, seals, undo } = await given(db, admin);
    const changes = [
      sql`action = 'customer.listed'`,
      sql`actor_id = gen_random_uuid()`,
      sql`at = at + interval '1 microsecond'`,
      sql`subject_ids = '{}'`,
      sql`subject_count = subject_count + 1`,
      sql`detail = '{"a": 1}'`,
      sql`decision = 'refused'`,
      sql`field_classes = '{name}'`,
      sql`ip_address = '192.0.2.1'`,
      sql`user_agent = 'other'`,
      sql`query_hash = '\\x00'`,
      sql`purpose = 'job'`,
      sql`request_id = 'other'`,
      sql`session_id = gen_random_uuid()`,
      sql`subject_kind = 'user'`,
    ];
    for (const change of changes) {
      const found = await faultsAfter(db, admin, sql`update governance.audit_event set ${change} where event_id = ${rows[1]}::bigint`);
      expect(found).toEqual([{ kind: "row_changed", row: rows[1], seal: seals[1] }]);
      await undo();
    }
  });

  test("a row away, a row in, two rows for one another, a row into another transaction: each is named", async ({ db, admin }) => {
    const { rows, seals, undo } = await given(db, admin);
    expect(await faultsAfter(db, admin, sql`delete from governance.audit_event where event_id = ${rows[2]}::bigint`)).toEqual([
      { kind: "row_removed", row: rows[2], seal: seals[1] },
    ]);
    await undo();
    const copy = sql`
      insert into governance.audit_event overriding system value
      select (e).* from (select jsonb_populate_record(k, '{"event_id": 900000001}') as e from public.kept_rows k where event_id = ${rows[0]}::bigint) x`;
    expect(await faultsAfter(db, admin, copy)).toEqual([{ kind: "row_inserted", row: "900000001", seal: seals[1] }]);
    await undo();
    const swap = sql`
      update governance.audit_event e set at = o.at, subject_ids = o.subject_ids from public.kept_rows o
      where (e.event_id, o.event_id) in ((${rows[0]}::bigint, ${rows[1]}::bigint), (${rows[1]}::bigint, ${rows[0]}::bigint))`;
    expect((await faultsAfter(db, admin, swap)).map(({ kind, row }) => [kind, row]).sort()).toEqual([
      ["row_changed", rows[0]],
      ["row_changed", rows[1]],
    ]);
    await undo();
    const moved = await faultsAfter(
      db,
      admin,
      sql`update governance.audit_event set xid = (select xid from public.kept_rows order by event_id desc limit 1) where event_id = ${rows[3]}::bigint`,
    );
    expect(moved).toEqual([
      { kind: "row_removed", row: rows[3], seal: seals[1] },
      { kind: "row_inserted", row: rows[3], seal: seals[2] },
    ]);
    await undo();
  });

  test("a row that says it is of a transaction to come is not sealed, and is named", async ({ db, admin }) => {
    const { rows, undo } = await given(db, admin);
    const copy = sql`
      insert into governance.audit_event overriding system value
      select (e).* from (select jsonb_populate_record(k, '{"event_id": 900000002, "xid": "2000000000"}') as e from public.kept_rows k where event_id = ${rows[0]}::bigint) x`;
    await asSuperuser(admin, copy);
    expect(await seal(db)).toBeNull();
    expect((await check(db)).check.faults).toMatchObject([{ kind: "row_inserted", row: "900000002" }]);
    await undo();
  });

  test("a seal: changed, taken away in the middle or at the end, or made anew with another key", async ({ db, admin }) => {
    const { seals, undo } = await given(db, admin);
    const [, middle, last] = seals;
    const edit = sql`update governance.audit_seal set statement = replace(statement, '"rows":4', '"rows":3') where seal_no = ${middle}::bigint`;
    expect((await faultsAfter(db, admin, edit)).filter(({ kind }) => kind === "seal_changed").map(({ seal: no }) => no)).toContain(middle);
    await undo();
    const entries = sql`update governance.audit_seal set entries = set_byte(entries, 9, get_byte(entries, 9) # 1) where seal_no = ${middle}::bigint`;
    expect(await faultsAfter(db, admin, entries)).toContainEqual({ kind: "seal_changed", row: null, seal: middle });
    await undo();
    expect(await faultsAfter(db, admin, sql`delete from governance.audit_seal where seal_no = ${middle}::bigint`)).toContainEqual({
      kind: "seal_missing",
      row: null,
      seal: middle,
    });
    await undo();
    // Only what left the machine knows of the last one.
    await asSuperuser(admin, sql`delete from governance.audit_seal where seal_no = ${last}::bigint`);
    const told = (async function* () {
      const { rows } = await sql<{
        no: string;
        hash: string;
      }>`select seal_no::text as no, encode(seal_hash, 'hex') as hash from public.kept_seals order by seal_no`.execute(admin);
      yield* rows;
    })();
    const verdict = await withSealer(db, (connection) =>
      checkDatabase({ connection, keys: [key.publicKey], certificates: [], elsewhere: told }),
    );
    expect(verdict.check.faults).toMatchObject([{ kind: "seal_missing", seal: last }]);
    expect(verdict.tail.rows).toBe(4);
    await undo();
    const forger = openSealKey(join(folder, "forger.pem"), true);
    const { rows } = await sql<{ statement: string }>`select statement from governance.audit_seal where seal_no = ${last}::bigint`.execute(
      admin,
    );
    const forged = sql`update governance.audit_seal set signature = ${forger.sign(rows[0]?.statement ?? "")} where seal_no = ${last}::bigint`;
    expect(await faultsAfter(db, admin, forged)).toEqual([{ kind: "seal_changed", row: null, seal: last }]);
    await expect(seal(db)).rejects.toBeInstanceOf(BrokenChain);
    await undo();
  });
});

describe("an exported trail", () => {
  const verify = (file: string): Promise<Verdict> => verifyBundle(file, { keys: [key.publicKey] });
  let made = 0;

  async function exported(db: Db, admin: Kysely<Database>, name = "trail.jsonl"): Promise<{ file: string; lines: string[] }> {
    made += 1;
    const caller = await person(admin);
    for (let turn = 0; turn < 3; turn += 1) {
      await acts(db, caller, 3);
      await seal(db);
    }
    const file = join(folder, `${made}-${name}`);
    await withSealer(db, (connection) => exportTrail({ connection, key, from: null, to: null, file, now: new Date() }));
    return { file, lines: name.endsWith(".gz") ? [] : readFileSync(file, "utf8").trimEnd().split("\n") };
  }

  const kindOf = (line: string) => (JSON.parse(line) as { kind: string }).kind;
  const rowOf = (line: string) => (JSON.parse(line) as { row: { eventId: string } }).row;

  test("verifies without a database, gzipped too, by a program that imports Node and its own folder only", async ({ db, admin }) => {
    const { file, lines } = await exported(db, admin);
    const verdict = await verify(file);
    expect(verdict).toMatchObject({ faultCount: 0, rows: lines.filter((line) => kindOf(line) === "row").length, notes: [] });
    expect((await verify((await exported(db, admin, "trail.jsonl.gz")).file)).faultCount).toBe(0);
    expect(statSync(file).mode & 0o077).toBe(0);
    const proof = join(import.meta.dirname, "proof");
    for (const name of ["bundle", "canonical-json", "check-trail", "der", "merkle", "statement", "timestamp-token", "verify"]) {
      const imports = [...readFileSync(join(proof, `${name}.ts`), "utf8").matchAll(/from "([^"]+)"/g)].map(([, from]) => from ?? "");
      expect(
        imports.filter((from) => !/^(node:|\.\/[\w-]+\.ts$)/.test(from)),
        name,
      ).toEqual([]);
    }
  });

  test("F23: every line that is changed, taken out, put in or moved is found, and the row is named", async ({ db, admin }) => {
    const { file, lines } = await exported(db, admin);
    const tampered = async (change: (lines: string[]) => string[]) => {
      const copy = join(folder, "tampered.jsonl");
      writeFileSync(copy, `${change([...lines]).join("\n")}\n`);
      return (await verify(copy)).faults.map(({ kind, row }) => [kind, row]);
    };
    const places = lines.flatMap((line, place) => (kindOf(line) === "row" ? [place] : []));
    const sealPlaces = lines.flatMap((line, place) => (kindOf(line) === "seal" ? [place] : []));
    for (const place of places.slice(-9)) {
      const { eventId } = rowOf(lines[place] ?? "");
      const edited = (line: string) => line.replace('"customer.viewed"', '"customer.listed"');
      expect(await tampered((all) => all.with(place, edited(all[place] ?? "")))).toEqual([["row_changed", eventId]]);
      expect(await tampered((all) => all.toSpliced(place, 1))).toEqual([
        ["row_removed", eventId],
        ["file_damaged", null],
      ]);
      const foreign = (all: string[]) => (all[place] ?? "").replace(`"eventId":"${eventId}"`, '"eventId":"777777777"');
      expect(await tampered((all) => all.toSpliced(place, 0, foreign(all)))).toEqual([
        ["row_inserted", "777777777"],
        ["file_damaged", null],
      ]);
      expect(await tampered((all) => all.toSpliced(place, 0, all[place] ?? ""))).toEqual([
        ["row_inserted", eventId],
        ["file_damaged", null],
      ]);
    }
    const [first = 0, second = 0] = places.slice(-3);
    const swapped = await tampered((all) => all.with(first, all[second] ?? "").with(second, all[first] ?? ""));
    expect(swapped).toEqual([["row_moved", rowOf(lines[first] ?? "").eventId]]);
    const lastSeal = sealPlaces.at(-1) ?? 0;
    expect((await tampered((all) => all.slice(0, lastSeal))).map(([kind]) => kind)).toEqual(["seal_missing", "file_damaged"]);
    const before = sealPlaces.at(-2) ?? 0;
    expect((await tampered((all) => all.toSpliced(before, lastSeal - before))).map(([kind]) => kind)).toContain("seal_missing");
    expect((await tampered((all) => all.with(0, (all[0] ?? "").replace(/"rows":\d+/, '"rows":1')))).map(([kind]) => kind)).toContain(
      "file_damaged",
    );
    expect((await tampered((all) => all.slice(1))).map(([kind]) => kind)).toContain("file_damaged");
    expect((await tampered((all) => [...all, "{"])).map(([kind]) => kind)).toEqual(["file_damaged"]);
    writeFileSync(join(folder, "junk.gz"), "junk");
    expect((await verify(join(folder, "junk.gz"))).faults.map(({ kind }) => kind)).toContain("file_damaged");
    expect((await verify(file)).faultCount).toBe(0);
  });

  test("signed anew by somebody else's key it is refused by whoever holds the bank's, and says so to whoever holds none", async ({
    db,
    admin,
  }) => {
    const { file } = await exported(db, admin);
    const forger = openSealKey(join(folder, "forger.pem"), true);
    expect((await verifyBundle(file, { keys: [forger.publicKey] })).faults[0]).toMatchObject({ kind: "file_damaged" });
    const trusting = await verifyBundle(file);
    expect([trusting.faultCount, trusting.notes]).toEqual([0, [expect.stringContaining(key.keyId)]]);
  });

  test("of some days only holds whole seals, and verifies by itself", async ({ db, admin }) => {
    await exported(db, admin);
    const caller = await person(admin);
    await acts(db, caller, 2);
    const last = await seal(db);
    const file = join(folder, "days.jsonl");
    const day = new Date().toISOString().slice(0, 10);
    const head = await withSealer(db, (connection) => exportTrail({ connection, key, from: day, to: day, file, now: new Date() }));
    expect(head.lastSeal).toBe(last?.no);
    expect((await verify(file)).faultCount).toBe(0);
    const never = withSealer(db, (connection) =>
      exportTrail({ connection, key, from: "2001-01-01", to: "2001-01-31", file: join(folder, "none"), now: new Date() }),
    );
    await expect(never).rejects.toThrow("No row of these days is sealed.");
    const again = withSealer(db, (connection) => exportTrail({ connection, key, from: day, to: day, file, now: new Date() }));
    await expect(again).rejects.toThrow("is there already");
  });
});

describe("the key", () => {
  test("is made for its owner alone, with its public half beside it, and refused when others may read it or it is none", () => {
    const file = join(folder, "fresh", "audit-seal.pem");
    expect(() => openSealKey(file, false)).toThrow("The key of the seals is missing");
    const made = openSealKey(file, true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(trustedKeys(file).map((one) => one.export({ type: "spki", format: "pem" }))).toEqual([
      made.publicKey.export({ type: "spki", format: "pem" }),
    ]);
    expect(openSealKey(file, false).keyId).toBe(made.keyId);
    writeFileSync(join(folder, "broken.pem"), "nothing", { mode: 0o600 });
    expect(() => openSealKey(join(folder, "broken.pem"), true)).toThrow("is not an Ed25519 private key");
    writeFileSync(join(folder, "open.pem"), readFileSync(file), { mode: 0o644 });
    expect(() => openSealKey(join(folder, "open.pem"), true)).toThrow("may be read by others");
  });
});
