import { appendFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { accountsHeader, bankMapping, clientsHeader, delivered, movementsHeader, smallBank } from "../../../tests/support/delivery.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { contentHash } from "./content-hash.ts";
import { loadDelivery } from "./load-delivery.ts";
import { openDelivery } from "./open-delivery.ts";

const open = (source: string, files: Readonly<Record<string, readonly string[]>>) => openDelivery(bankMapping(source), delivered(files));
const load = async (db: Db, source: string, files: Readonly<Record<string, readonly string[]>>) =>
  loadDelivery({ db, caller: await operatorCaller(db), delivery: await open(source, files), chunkRows: 3 });
const hashOf = async (db: Db) => (await inTransaction(db, await operatorCaller(db), contentHash, { role: "worker" })).tables;

const reasons = async (db: Db, loadNo: number) =>
  inTransaction(
    db,
    await operatorCaller(db),
    async (tx) =>
      (
        await sql<{ line: number; kind: string; reason: string; field: string | null }>`
          select line_no::int as line, kind, reason, field from customers.quarantine where load_no = ${loadNo} order by line_no, kind`.execute(
          tx,
        )
      ).rows,
    { role: "worker" },
  );

describe("rows", () => {
  test("of one key: the first counts, its repetition changes nothing, another content is quarantined, whatever chunk they fall into", async ({
    db,
  }) => {
    const rows = [
      "1,Ana,1980-01-01,B1,,",
      "1,Ana,1980-01-01,B1,,",
      "1,Eva,1980-01-01,B1,,",
      "2,Bea,1980-01-01,B1,,",
      "3,Cia,1980-01-01,B1,,",
      "1,Ida,1980-01-01,B1,,",
      "1,Ana,1980-01-01,B1,,",
    ];
    const { report, loadNo } = await load(db, "twice", { "clients.csv": [clientsHeader, ...rows] });
    expect(report.kinds.party).toEqual({ read: 7, created: 3, updated: 0, linked: 0, unchanged: 2, quarantined: 2 });
    expect(await reasons(db, loadNo)).toEqual([
      { line: 4, kind: "party", reason: "duplicate_key", field: null },
      { line: 7, kind: "party", reason: "duplicate_key", field: null },
    ]);
  });

  test("that name nothing that is there wait in quarantine with the field that names it", async ({ db }) => {
    const { loadNo, report } = await load(db, "nowhere", { "accounts.csv": [accountsHeader, "A1,99,2020-01-01,"] });
    expect(report.kinds.holding).toMatchObject({ created: 0, quarantined: 1 });
    expect(await reasons(db, loadNo)).toEqual([{ line: 2, kind: "holding", reason: "unknown_reference", field: "owner" }]);
  });

  test("may refer to rows further down in their own chunk", async ({ db }) => {
    const { report } = await load(db, "chain", {
      "clients.csv": [clientsHeader, "1,Ana,1980-01-01,B1,,"],
      "accounts.csv": [accountsHeader, "A3,1,2020-01-01,A2", "A2,1,2020-01-01,A1", "A1,1,2020-01-01,"],
    });
    expect(report.kinds.holding).toMatchObject({ read: 3, created: 3, quarantined: 0 });
  });

  test("with money that overflows, dates that do not exist and days far out of range are quarantined; negative money lands", async ({
    db,
  }) => {
    const { report, loadNo } = await load(db, "money", {
      "clients.csv": [clientsHeader, "1,Ana,1980-01-01,B1,,", "2,Eva,1980-02-30,B1,,"],
      "accounts.csv": [accountsHeader, "A1,1,2020-01-01,"],
      "movements.csv": [
        movementsHeader,
        "1,A1,2025-01-01,-12.34,,x",
        "2,A1,2025-01-01,99999999999999999999999999,,x",
        "3,A1,9999-01-01,1,,x",
        "4,A1,2025-02-30,1,,x",
      ],
    });
    expect(report.kinds.transaction).toMatchObject({ read: 4, created: 1, quarantined: 3 });
    expect(report.controlTotals).toEqual([
      {
        kind: "transaction",
        currency: "EUR",
        rows: 3,
        fileMinor: "-1034",
        quarantinedMinor: "200",
        databaseMinor: "-1234",
        differenceMinor: "0",
      },
    ]);
    expect(await reasons(db, loadNo)).toEqual(
      [
        { line: 3, kind: "overflow", reason: "overflow", field: "amount" },
        { line: 3, kind: "party", reason: "date_does_not_exist", field: "born_on" },
        { line: 4, kind: "transaction", reason: "date_out_of_range", field: "booked_on" },
        { line: 5, kind: "transaction", reason: "date_does_not_exist", field: "booked_on" },
      ]
        .map((row) => (row.kind === "overflow" ? { ...row, kind: "transaction" } : row))
        .sort((a, b) => a.line - b.line || (a.kind < b.kind ? -1 : 1)),
    );
  });
});

describe("deliveries", () => {
  test("without a file the mapping needs are refused before anything lands", async ({ db }) => {
    const before = await hashOf(db);
    await expect(
      openDelivery(
        bankMapping("gone").replaceAll("may_be_missing: true", "may_be_missing: false"),
        delivered({ "clients.csv": [clientsHeader] }),
      ),
    ).rejects.toMatchObject({
      code: "not_found",
      detail: { reason: "no_such_file" },
    });
    expect(await hashOf(db)).toEqual(before);
  });

  test("whose file changes while it is read are undone, nothing half-applied", async ({ db, admin }) => {
    const before = await hashOf(db);
    const files = delivered({ "clients.csv": smallBank(40, 1)["clients.csv"] ?? [] });
    const delivery = await openDelivery(bankMapping("moving"), files);
    const change = (name: string) => {
      if (name === "chunk 0.2") appendFileSync(files[0]?.path ?? "", "999,Late,1980-01-01,B1,,\n");
    };
    await expect(loadDelivery({ db, caller: await operatorCaller(db), delivery, chunkRows: 3, checkpoint: change })).rejects.toMatchObject({
      code: "unsupported_file",
      detail: { reason: "file_changed" },
    });
    expect(await hashOf(db)).toEqual(before);
    const { rows } = await sql<{
      state: string;
      code: string;
    }>`select state, failure ->> 'code' as code from customers.load where load_id = ${delivery.loadId}`.execute(admin);
    expect(rows).toEqual([{ state: "reversed", code: "unsupported_file" }]);
  });

  test("of one source at the same time: the second is told who is at it, and both orders end well", async ({ db }) => {
    const caller = await operatorCaller(db);
    const first = await open("shared", { "clients.csv": smallBank(60, 1)["clients.csv"] ?? [] });
    const second = await open("shared", { "clients.csv": smallBank(61, 1)["clients.csv"] ?? [] });
    let refused: unknown = null;
    let asked: Promise<unknown> | null = null;
    const interfere = (name: string) => {
      if (name === "chunk 0.2") asked = loadDelivery({ db, caller, delivery: second }).catch((error: unknown) => (refused = error));
    };
    const { report } = await loadDelivery({ db, caller, delivery: first, chunkRows: 3, checkpoint: interfere });
    await asked;
    expect(refused).toMatchObject({ code: "in_progress", detail: { by: "Operator", state: "running" } });
    expect(report.kinds.party?.created).toBe(60);
    expect((await loadDelivery({ db, caller, delivery: second })).report.kinds.party).toMatchObject({ created: 1, unchanged: 60 });
  });

  test("that meet a full disk stop with a clear code, keep their chunks, and go on when there is room", async ({ db, admin }) => {
    const caller = await operatorCaller(db);
    const bank = smallBank(40, 2);
    const undisturbed = await load(db, "room", bank);
    const right = await hashOf(db);
    const { reverseLoad } = await import("./reverse-load.ts");
    await reverseLoad(db, caller, undisturbed.loadId);
    // What PostgreSQL says when an extension of a file fails, raised where it would be: in the middle of a chunk.
    await sql`create function public.full_disk() returns trigger language plpgsql as $$ begin
      if (select count(*) from customers.load_chunk) % 100 = 20 then raise exception 'could not extend file: No space left on device' using errcode = '53100'; end if; return new; end $$`.execute(
      admin,
    );
    await sql`grant execute on function public.full_disk() to public`.execute(admin);
    await sql`delete from customers.load_chunk`.execute(admin);
    await sql`create trigger full_disk before insert on customers.load_chunk for each row execute function public.full_disk()`.execute(
      admin,
    );
    const delivery = await open("room", bank);
    await expect(loadDelivery({ db, caller, delivery, chunkRows: 3 })).rejects.toMatchObject({ code: "read_only" });
    const { rows } = await sql<{ state: string }>`select state from customers.load where load_id = ${delivery.loadId}`.execute(admin);
    expect(rows).toEqual([{ state: "failed" }]);
    const other = await open("room", { "clients.csv": [clientsHeader, "900,Zoe,1980-01-01,B1,,"] });
    await expect(loadDelivery({ db, caller, delivery: other })).rejects.toMatchObject({ code: "in_progress", detail: { state: "failed" } });
    await sql`drop trigger full_disk on customers.load_chunk`.execute(admin);
    await loadDelivery({ db, caller, delivery, chunkRows: 3 });
    expect(await hashOf(db)).toEqual(right);
  });
});
