import type { Kysely } from "kysely";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { accountsHeader, bankMapping, clientsHeader, delivered, movementsHeader, nif, smallBank } from "../../../tests/support/delivery.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { type Database, type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { refreshCustomers } from "../profiles/index.ts";
import { contentHash } from "./content-hash.ts";
import { findMappingNamed } from "./keep-mappings.ts";
import { loadDelivery } from "./load-delivery.ts";
import { openDelivery } from "./open-delivery.ts";
import { findLoadNamed } from "./read-loads.ts";
import { reverseLoad } from "./reverse-load.ts";

const load = async (db: Db, source: string, files: Readonly<Record<string, readonly string[]>>) =>
  loadDelivery({
    db,
    caller: await operatorCaller(db),
    delivery: await openDelivery(bankMapping(source), delivered(files)),
    chunkRows: 50,
  });
const hashOf = async (db: Db) => (await inTransaction(db, await operatorCaller(db), contentHash, { role: "worker" })).tables;
const reverse = async (db: Db, loadId: string) => reverseLoad(db, await operatorCaller(db), loadId);

describe("one load", () => {
  test("accounts for every row, joins nobody by chance, and adds the money up", async ({ db, admin }) => {
    const before = await hashOf(db);
    const bank = smallBank(120, 3);
    const { report, loadId } = await load(db, "one", bank);
    expect(report.kinds.party).toEqual({ read: 120, created: 120, updated: 0, linked: 0, unchanged: 0, quarantined: 0 });
    expect(report.kinds.transaction?.created).toBe(360);
    expect(report.controlTotals.map((total) => total.differenceMinor)).toEqual(["0"]);
    expect(report.runningBalances).toMatchObject({ accounts: 120, broken: 0 });
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from customers.customer where assets_minor + debts_minor > 0 and phone is not null`.execute(admin);
    expect(rows[0]?.n).toBeGreaterThan(100);
    const loaded = await hashOf(db);
    const again = await load(db, "one", bank);
    expect(again.repeated).toBe(true);
    expect(await hashOf(db)).toEqual(loaded);
    await reverse(db, loadId);
    expect(await hashOf(db)).toEqual(before);
    const third = await load(db, "one", bank);
    expect(third.repeated).toBe(false);
    expect(await hashOf(db)).toEqual(loaded);
    await reverse(db, loadId);
  });

  test("of movements alone moves totals and rewrites nothing a customer is found by; a refresh of everybody finds nothing left to do", async ({
    db,
    admin,
  }) => {
    const bank = smallBank(12, 2);
    const { "clients.csv": clients = [], "accounts.csv": accounts = [], "movements.csv": movements = [] } = bank;
    const first = await load(db, "money", { "clients.csv": clients, "accounts.csv": accounts });
    const ofSource = sql`select p.customer_id from customers.party p join customers.source s using (source_id) where s.code = 'money'`;
    const customers = async () => {
      const { rows } = await sql<{ id: string; entry: string; quality: string; moved: boolean }>`
        select c.customer_id as id, e.xmin::text as entry, q.xmin::text as quality, c.last_transaction_on is not null as moved
        from customers.customer c join customers.search_entry e using (customer_id) join customers.party_quality q using (customer_id)
        where c.customer_id in (${ofSource}) order by 1`.execute(admin);
      return rows;
    };
    const before = await customers();
    const second = await load(db, "money", { "movements.csv": movements });
    const after = await customers();
    expect(before.map(({ moved }) => moved)).toEqual(Array(12).fill(false));
    expect(after).toEqual(before.map((customer) => ({ ...customer, moved: true })));
    const third = await load(db, "money", {
      "clients.csv": [clientsHeader, (clients[3] ?? "").replace("+34600000003", "+34600555003")],
      "movements.csv": [movementsHeader, "M9-5,A5,2025-03-20,1.00,9.00,pago"],
    });
    const changed = await customers();
    expect(changed.filter(({ entry }, place) => entry !== after[place]?.entry)).toHaveLength(1);
    const kept = await hashOf(db);
    await refreshCustomers(
      db,
      await operatorCaller(db),
      changed.map(({ id }) => id),
    );
    expect(await hashOf(db)).toEqual(kept);
    for (const { loadId } of [third, second, first]) await reverse(db, loadId);
  });

  test("AC-57: writes what its mapping names and nothing else, whatever else its file holds", async ({ db, admin }) => {
    const counts = async () => {
      const { rows } = await sql<{ name: string; rows: string }>`
        select t.name, (xpath('/row/n/text()', query_to_xml('select count(*) as n from ' || t.name, false, true, '')))[1]::text as rows
        from (select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind = 'r' and n.nspname in ('customers', 'governance', 'intelligence', 'platform')) t order by 1`.execute(admin);
      return new Map(rows.map(({ name, rows: count }) => [name, count]));
    };
    const before = await counts();
    const foreign = ["customer_id", "party_id", "branch_id", "owner_user_id", "verified_by", "sealed", "load_no", "segment", "role_id"];
    const more = [crypto.randomUUID(), crypto.randomUUID(), "BANK", "operator", "true", "true", "1", "vip", "administrator"];
    const { report } = await load(db, "named", {
      "clients.csv": [`${clientsHeader},${foreign.join(",")}`, `C1,Ana Prueba,1980-01-01,,,${nif(77001)},${more.join(",")}`],
    });
    expect(report.kinds.party).toMatchObject({ created: 1, quarantined: 0 });
    const after = await counts();
    const changed = [...after].filter(([name, rows]) => before.get(name) !== rows).map(([name]) => name);
    const ofLoads = ["load", "load_chunk", "mapping", "source", "source_record"];
    const ofCustomers = ["customer", "identifier", "identity_link", "party", "search_entry"];
    const reckoned = ["changed_customer", "party_quality", "quality_figure"];
    expect(changed).toEqual(
      [
        ...[...ofLoads, ...ofCustomers, ...reckoned].map((name) => `customers.${name}`),
        "governance.audit_event_default",
        "platform.outbox",
      ].sort(),
    );
    const { rows } = await sql`
      select p.segment, p.branch_code is null as "noBranch", c.branch_id is null as "nowhere", p.party_id::text = any (${more}) as forged
      from customers.party p join customers.customer c using (customer_id) join customers.identifier i using (party_id) join customers.source s on s.source_id = p.source_id
      where s.code = 'named'`.execute(admin);
    expect(rows).toEqual([{ segment: null, noBranch: true, nowhere: true, forged: false }]);
    for (const field of ["customer_id", "party_id", "load_no", "sealed", "full_name; drop table customers.party"]) {
      const wide = bankMapping("wide").replace("branch_code: branch", `"${field}": branch`);
      await expect(openDelivery(wide, delivered({ "clients.csv": [clientsHeader] })), field).rejects.toThrow();
    }
  });

  test("a later delivery updates, and its reversal puts every old value back", async ({ db }) => {
    const first = await load(db, "upd", smallBank(80, 2));
    const before = await hashOf(db);
    const changed = smallBank(80, 2);
    const second = await load(db, "upd", {
      "clients.csv": (changed["clients.csv"] ?? []).map((line) =>
        line.replace("Ana Prueba 7", "Ana Nueva 7").replace("+3460000003", "+3461111103"),
      ),
      "accounts.csv": (changed["accounts.csv"] ?? []).map((line) => line.replace("A3,3,", "A3,4,")),
      "movements.csv": [
        ...(changed["movements.csv"] ?? []).map((line) => line.replace("pago 5", "corregido 5")),
        "M9-1,A1,2026-02-01,1.00,,tarde",
      ],
    });
    expect(second.report.kinds.party?.updated).toBe(11);
    expect(second.report.kinds.transaction).toMatchObject({ created: 1, quarantined: 0 });
    expect(second.report.kinds.transaction?.updated).toBeGreaterThan(10);
    expect(await hashOf(db)).not.toEqual(before);
    await reverse(db, second.loadId);
    expect(await hashOf(db)).toEqual(before);
    await reverse(db, first.loadId);
  });

  test("is not reversed under the feet of later loads: the refusal names them", async ({ db }) => {
    const first = await load(db, "dep", {
      "clients.csv": [clientsHeader, "1,Ana,1980-01-01,B1,,"],
      "accounts.csv": [accountsHeader, "A1,1,2020-01-01,"],
    });
    const second = await load(db, "dep", { "movements.csv": [movementsHeader, "M1,A1,2025-01-01,5.00,,x"] });
    await expect(reverse(db, first.loadId)).rejects.toMatchObject({
      code: "depends_on_this",
      detail: { loads: [{ loadNo: second.loadNo, kind: "transaction", rows: 1 }] },
    });
    await reverse(db, second.loadId);
    await reverse(db, first.loadId);
    await expect(reverse(db, first.loadId)).rejects.toMatchObject({ code: "invalid_state" });
  });
});

test("an operator names a load by its number or its id, and a mapping by its name; what is not there is refused by the words that were typed", async ({
  db,
}) => {
  const caller = await operatorCaller(db);
  const { loadId, loadNo } = await load(db, "named", { "clients.csv": [clientsHeader, "1,Ana,1980-01-01,B1,,"] });
  const found = (name: string) => inTransaction(db, caller, (tx) => findLoadNamed(tx, caller, name));
  for (const name of [loadId, String(loadNo), `#${loadNo}`]) expect((await found(name)).loadId).toBe(loadId);
  for (const name of ["x", "999999", "99999999999", "", "-1", "1.5", "00000000-0000-8000-8000-000000000000"])
    await expect(found(name), name).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining(`there is no load ${name}:`),
    });
  const mapping = (name: string) => inTransaction(db, caller, (tx) => findMappingNamed(tx, caller, name));
  expect((await mapping("named")).text).toBe(bankMapping("named"));
  for (const name of ["zz", "00000000-0000-8000-8000-000000000000"])
    await expect(mapping(name), name).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining(`there is no mapping ${name}:`),
    });
  await reverse(db, loadId);
});

describe("who is who", () => {
  const client = (id: string, name: string, number: number) => `${id},${name},1980-01-01,B1,,${nif(number)}`;
  const customersOf = async (admin: Kysely<Database>, source: string) => {
    const { rows } = await sql<{ key: string; customer: string }>`
      select p.source_key as key, p.customer_id as customer from customers.party p join customers.source s using (source_id) where s.code = ${source} order by 1`.execute(
      admin,
    );
    return Object.fromEntries(rows.map((row) => [row.key, row.customer]));
  };

  test("parties with one verified national id are one customer, in one chunk and across sources, and reversing parts them again", async ({
    db,
    admin,
  }) => {
    const empty = await hashOf(db);
    const one = await load(db, "ida", {
      "clients.csv": [clientsHeader, client("1", "Ana", 501), client("2", "Ana P.", 501), client("3", "Luis", 502)],
    });
    expect(one.report.kinds.party).toMatchObject({ created: 2, linked: 1 });
    const before = await hashOf(db);
    const two = await load(db, "idb", { "clients.csv": [clientsHeader, client("x", "Prueba Ana", 501)] });
    expect(two.report.kinds.party).toMatchObject({ created: 0, linked: 1 });
    const a = await customersOf(admin, "ida");
    const b = await customersOf(admin, "idb");
    expect(a["1"]).toBe(a["2"]);
    expect(b.x).toBe(a["1"]);
    expect(a["3"]).not.toBe(a["1"]);
    await expect(reverse(db, one.loadId)).rejects.toMatchObject({ code: "depends_on_this" });
    await reverse(db, two.loadId);
    expect(await hashOf(db)).toEqual(before);
    await reverse(db, one.loadId);
    expect(await hashOf(db)).toEqual(empty);
  });

  test("an id that comes later joins too, and reversing gives the customer its number back", async ({ db, admin }) => {
    const numbers = async () =>
      (await sql<{ no: string }>`select customer_no as no from customers.customer order by 1`.execute(admin)).rows;
    const one = await load(db, "late", { "clients.csv": [clientsHeader, client("1", "Eva", 601), "2,Eva Q,1980-01-01,B1,,"] });
    const before = await hashOf(db);
    const had = await numbers();
    const two = await load(db, "late", { "ids.csv": ["client,nif", `2,${nif(601)}`] });
    expect(two.report.partiesMoved).toBe(1);
    expect(await numbers()).toHaveLength(had.length - 1);
    await reverse(db, two.loadId);
    expect(await hashOf(db)).toEqual(before);
    expect(await numbers()).toEqual(had);
    await reverse(db, one.loadId);
  });
});

describe("late files", () => {
  test("rows that name what is not there yet wait, and land by themselves when it comes; the result is that of the right order", async ({
    db,
    admin,
  }) => {
    const bank = smallBank(30, 2);
    const inOrder = await load(db, "order", bank);
    const right = await hashOf(db);
    await reverse(db, inOrder.loadId);
    const early = await load(db, "order", { "movements.csv": bank["movements.csv"] ?? [] });
    expect(early.report.kinds.transaction).toMatchObject({ read: 60, created: 0, quarantined: 60 });
    await load(db, "order", { "accounts.csv": bank["accounts.csv"] ?? [] });
    await load(db, "order", { "clients.csv": bank["clients.csv"] ?? [] });
    expect(await hashOf(db)).toEqual(right);
    const { rows } = await sql<{ state: string }>`select distinct q.state from customers.quarantine q join customers.load l using (load_no)
      join customers.source s using (source_id) where s.code = 'order'`.execute(admin);
    expect(rows).toEqual([{ state: "corrected" }]);
  });
});
