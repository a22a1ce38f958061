import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { accountsHeader, bankMapping, clientsHeader, delivered, movementsHeader, nif, smallBank } from "../../../tests/support/delivery.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { refreshAfterLoad } from "../profiles/index.ts";
import { contentHash } from "./content-hash.ts";
import { correctQuarantine, discardQuarantine } from "./correct-quarantine.ts";
import { dryRunDelivery } from "./dry-run.ts";
import { encoderOf } from "./encode-text.ts";
import { openErrorFile } from "./error-file.ts";
import { loadDelivery } from "./load-delivery.ts";
import * as mappings from "./mapping-store.ts";
import { openDelivery } from "./open-delivery.ts";
import { listWaiting } from "./quarantine-store.ts";
import { listQuarantine } from "./read-loads.ts";
import { restoreQuarantine } from "./restore-quarantine.ts";
import { reverseLoad } from "./reverse-load.ts";
import * as store from "./store.ts";

const load = async (db: Db, source: string, files: Readonly<Record<string, readonly string[]>>) =>
  loadDelivery({
    db,
    caller: await operatorCaller(db),
    delivery: await openDelivery(bankMapping(source), delivered(files)),
    chunkRows: 50,
  });
const hashOf = async (db: Db) => (await inTransaction(db, await operatorCaller(db), contentHash, { role: "worker" })).tables;
const quarantined = async (db: Db, loadId: string) => {
  const caller = await operatorCaller(db);
  return inTransaction(db, caller, (tx) => listQuarantine(tx, caller, { loadId }));
};

describe("a row in quarantine", () => {
  test("lands when it is corrected, with everything that waited for it, and comes back when the correction is reversed", async ({ db }) => {
    const caller = await operatorCaller(db);
    const clean = {
      "clients.csv": [clientsHeader, `1,Ana,1980-02-28,B1,+34600000001,${nif(701)}`],
      "accounts.csv": [accountsHeader, "A1,1,2020-01-01,"],
    };
    const right = await load(db, "fix", clean);
    const hash = await hashOf(db);
    await reverseLoad(db, caller, right.loadId);
    const broken = { ...clean, "clients.csv": (clean["clients.csv"] ?? []).map((line) => line.replace("02-28", "02-30")) };
    const { loadId, report } = await load(db, "fix", broken);
    expect(report.kinds.party).toMatchObject({ created: 0, quarantined: 1 });
    const before = await hashOf(db);
    const { rows } = await quarantined(db, loadId);
    const party = rows.find((row) => row.kind === "party");
    expect(party).toMatchObject({ reason: "date_does_not_exist", field: "born_on", column: "born", lineNo: 2, state: "open" });
    if (party === undefined) return;
    const wrong = await correctQuarantine(db, caller, {
      rows: [{ quarantineId: party.quarantineId, version: party.version, raw: { ...party.raw, born: "soon" } }],
    });
    expect(wrong).toMatchObject({ landed: 0 });
    const again = (await quarantined(db, loadId)).rows.find((row) => row.kind === "party");
    expect(again).toMatchObject({ reason: "not_a_date", raw: { born: "soon" }, state: "open" });
    await expect(
      correctQuarantine(db, caller, { rows: [{ quarantineId: party.quarantineId, version: party.version, raw: party.raw }] }),
    ).rejects.toMatchObject({ code: "conflict" });
    const fixed = await correctQuarantine(db, caller, {
      rows: [{ quarantineId: party.quarantineId, version: again?.version ?? 0, raw: { ...party.raw, born: "1980-02-28" } }],
    });
    expect(fixed.quarantined).toBe(0);
    expect((await quarantined(db, loadId)).rows.map((row) => row.state)).toEqual(expect.not.arrayContaining(["open"]));
    const { retryWaiting } = await import("./retry-waiting.ts");
    const sourceId = await inTransaction(
      db,
      caller,
      async (tx) =>
        (await sql<{ id: number }>`select source_id as id from customers.source where code = 'fix'`.execute(tx)).rows[0]?.id ?? 0,
    );
    await retryWaiting(db, caller, sourceId);
    const drop = (tables: Record<string, string>) => ({ ...tables, source_record: "raw rows keep the line they came with" });
    expect(drop(await hashOf(db))).toEqual(drop(hash));
    const { rows: retries } = await inTransaction(db, caller, (tx) =>
      sql<{ id: string }>`
      select load_id as id from customers.load where corrects_load_no is not null and state = 'done' order by load_no desc`.execute(tx),
    );
    for (const { id } of retries) await reverseLoad(db, caller, id);
    expect(await hashOf(db)).toEqual(before);
    expect((await quarantined(db, loadId)).rows.every((row) => row.state === "open" || row.state === "waiting")).toBe(true);
  });

  test("that could not be cut is corrected as a line", async ({ db }) => {
    const caller = await operatorCaller(db);
    const { loadId } = await load(db, "cut", {
      "clients.csv": [clientsHeader, "1,Ana,1980-01-01,B1,,,,,one too many", "2,Eva,1980-01-01,B1,,"],
    });
    const [row] = (await quarantined(db, loadId)).rows;
    expect(row).toMatchObject({ kind: "row", reason: "wrong_number_of_columns" });
    if (row === undefined) return;
    const fixed = await correctQuarantine(db, caller, {
      rows: [{ quarantineId: row.quarantineId, version: row.version, raw: { line: "1,Ana,1980-01-01,B1,," } }],
    });
    expect(fixed).toMatchObject({ landed: 1, quarantined: 0 });
  });

  test("is given up once, and then stays out of error files", async ({ db }) => {
    const caller = await operatorCaller(db);
    const { loadId } = await load(db, "drop", { "clients.csv": [clientsHeader, "1,,1980-01-01,B1,,", "2,,1980-01-01,B1,,"] });
    const [row] = (await quarantined(db, loadId)).rows;
    if (row === undefined) throw new Error("nothing in quarantine");
    const request = { rows: [{ quarantineId: row.quarantineId, version: row.version }] };
    expect(await discardQuarantine(db, caller, request)).toEqual({ discarded: 1 });
    await expect(discardQuarantine(db, caller, request)).rejects.toMatchObject({ code: "invalid_state" });
    const { stream, fileName } = await openErrorFile(db, caller, loadId, 0);
    expect(fileName).toBe("clients.csv");
    expect(await text(stream)).toBe(`${clientsHeader}\n2,,1980-01-01,B1,,\n`);
  });

  test("comes back out of the discarded, once, and not when its load was reversed", async ({ db }) => {
    const caller = await operatorCaller(db);
    const { loadId } = await load(db, "back", { "clients.csv": [clientsHeader, "1,,1980-01-01,B1,,", "2,Eva,1980-01-01,B1,,"] });
    const [row] = (await quarantined(db, loadId)).rows;
    if (row === undefined) throw new Error("nothing in quarantine");
    const back = { quarantineIds: [row.quarantineId] };
    await expect(restoreQuarantine(db, caller, back)).rejects.toMatchObject({ code: "invalid_state" });
    await discardQuarantine(db, caller, { rows: [{ quarantineId: row.quarantineId, version: row.version }], why: "a test row" });
    expect(await restoreQuarantine(db, caller, back)).toEqual({ restored: 1 });
    expect((await quarantined(db, loadId)).rows[0]).toMatchObject({ state: "open", version: row.version + 2 });
    await reverseLoad(db, caller, loadId);
    await expect(restoreQuarantine(db, caller, back)).rejects.toMatchObject({ code: "invalid_state" });
  });

  test("goes round through the error file with the same mapping", async ({ db }) => {
    const caller = await operatorCaller(db);
    const { loadId } = await load(db, "round", {
      "clients.csv": [clientsHeader, '1,"Ana, la ""grande""",1980-13-01,B1,,', "2,Eva,1980-01-01,B1,,"],
    });
    const { stream } = await openErrorFile(db, caller, loadId, 0);
    const file = await text(stream);
    const [target] = delivered({ "clients.csv": [] });
    if (target === undefined) return;
    writeFileSync(target.path, file.replace("1980-13-01", "1980-12-01"));
    const { report } = await loadDelivery({ db, caller, delivery: await openDelivery(bankMapping("round"), [target]) });
    expect(report.kinds.party).toMatchObject({ read: 1, created: 1 });
    const { rows } = await inTransaction(db, caller, (tx) =>
      sql<{ name: string }>`select full_name as name from customers.party where full_name like 'Ana, la%'`.execute(tx),
    );
    expect(rows).toEqual([{ name: 'Ana, la "grande"' }]);
  });
});

test("a dry run reports what the load then does, and leaves nothing", async ({ db, admin }) => {
  const caller = await operatorCaller(db);
  const files = delivered({ ...smallBank(40, 2), "ids.csv": ["client,nif", "77,00000000T"] });
  const delivery = await openDelivery(bankMapping("rehearsed"), files);
  const before = await hashOf(db);
  const loads = async () => (await sql<{ n: number }>`select count(*)::int as n from customers.load`.execute(admin)).rows[0]?.n;
  const had = await loads();
  const { report, quarantined: rows } = await dryRunDelivery({ db, caller, delivery });
  expect(await hashOf(db)).toEqual(before);
  expect(await loads()).toBe(had);
  expect(report).toMatchObject({ dryRun: true, complete: true });
  expect(rows).toHaveLength(1);
  const real = await loadDelivery({ db, caller, delivery });
  expect(report.kinds).toEqual(real.report.kinds);
  expect(report.controlTotals).toEqual(real.report.controlTotals);
});

test("golden values are the same whether the short way for single parties is taken or not; it is told how many customers stand", async ({
  db,
}) => {
  const caller = await operatorCaller(db);
  const { loadNo } = await load(db, "golden", {
    ...smallBank(30, 2),
    "clients2.csv": [clientsHeader, `x1,Otra Ana,1980-01-01,B1,+34600111222,${nif(3)}`, "x2,Sola,1980-01-01,B2,+34600111333,"],
  });
  const short = await hashOf(db);
  const told: object[] = [];
  await refreshAfterLoad({ db, caller, loadNo, paths: { single: false }, onProgress: (progress) => told.push(progress) });
  expect(await hashOf(db)).toEqual(short);
  const { rows } = await inTransaction(
    db,
    caller,
    (tx) => sql<{ n: number }>`select count(distinct customer_id)::int as n from customers.party where load_no = ${loadNo}`.execute(tx),
    { role: "worker" },
  );
  expect(told).toEqual([{ done: rows[0]?.n, of: rows[0]?.n }]);
});

test("every encoding is written as it is read", () => {
  for (const [encoding, sample] of [
    ["windows-1256", "سلام، علي"],
    ["gb18030", "王小明 𠮷 €"],
    ["latin1", "Muñoz é"],
    ["utf-16be", "سلام 王"],
  ] as const) {
    expect(new TextDecoder(encoding === "latin1" ? "iso-8859-1" : encoding).decode(encoderOf(encoding)(sample))).toBe(sample);
  }
});

test("a movement that waits is not landed over a newer one of the same key", async ({ db }) => {
  const caller = await operatorCaller(db);
  const bank = { "clients.csv": [clientsHeader, "1,Ana,1980-01-01,B1,,"] };
  await load(db, "newer", { "movements.csv": [movementsHeader, "M1,A1,2025-01-01,1.00,,old"] });
  await load(db, "newer", {
    ...bank,
    "accounts.csv": [accountsHeader, "A1,1,2020-01-01,"],
    "movements.csv": [movementsHeader, "M1,A1,2025-01-01,2.00,,new"],
  });
  const { rows } = await inTransaction(db, caller, (tx) =>
    sql<{ description: string }>`
    select description from customers.transaction t join customers.source s using (source_id) where s.code = 'newer'`.execute(tx),
  );
  expect(rows).toEqual([{ description: "new" }]);
  const { rows: waiting } = await inTransaction(db, caller, (tx) =>
    sql<{ state: string }>`
    select q.state from customers.quarantine q join customers.load l using (load_no) join customers.source s using (source_id) where s.code = 'newer'`.execute(
      tx,
    ),
  );
  expect(waiting).toEqual([{ state: "superseded" }]);
});

test("a waiting row is tried again when its own record has come, not before", async ({ db }) => {
  const caller = await operatorCaller(db);
  const client = [clientsHeader, "1,Ana,1980-01-01,B1,,"];
  await load(db, "patient", {
    "clients.csv": client,
    "movements.csv": [movementsHeader, "M1,A1,2025-01-01,1.00,,late", "M2,A2,2025-01-01,2.00,,later"],
  });
  const ready = async () =>
    store.asWorker(db, caller, async (tx) => {
      const sourceId = (await mappings.findSource(tx, "patient")) ?? 0;
      return (await listWaiting(tx, sourceId)).map(({ rows }) => rows);
    });
  expect(await ready()).toEqual([]);
  await load(db, "patient", { "clients.csv": client, "accounts.csv": [accountsHeader, "A1,1,2020-01-01,"] });
  const { rows } = await inTransaction(db, caller, (tx) =>
    sql<{ key: string; state: string }>`
    select q.source_key as key, q.state from customers.quarantine q join customers.load l using (load_no) join customers.source s using (source_id)
    where s.code = 'patient' order by 1`.execute(tx),
  );
  expect(rows).toEqual([
    { key: "M1", state: "corrected" },
    { key: "M2", state: "waiting" },
  ]);
  expect(await ready()).toEqual([]);
});
