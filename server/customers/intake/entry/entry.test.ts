import { inspect } from "node:util";
import { describe, expect } from "vitest";
import { test } from "../../../../tests/support/database.ts";
import { bankMapping, clientsHeader, deliveryOf, nif } from "../../../../tests/support/delivery.ts";
import { bankUnit, givenPerson, givenPortfolio, givenUnit } from "../../../../tests/support/given.ts";
import { operatorCaller } from "../../../governance/access/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../../platform/db/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { findDuplicates, joinCustomers, learnAndMatch, matchAgain } from "../../identity/index.ts";
import { viewCustomer } from "../../overview/index.ts";
import { reverseLoad } from "../reverse-load.ts";
import { enterCustomer, listEntryPlaces } from "./enter-customer.ts";

const asWorker = async <T>(db: Db, work: (tx: Tx) => Promise<T>) => inTransaction(db, await operatorCaller(db), work, { role: "worker" });
const layla = {
  kind: "person",
  fullName: "ليلى حداد",
  latinName: "Layla Haddad",
  bornOn: "1988-04-02",
  phone: "+97150 555 0188",
  country: "AE",
} as const;
const orderOf = (branchCode: string, customer: Parameters<typeof enterCustomer>[2]["customer"], others: string[] = []) => ({
  entryId: newId() as string,
  branchCode,
  customer,
  others,
});

async function bring(db: Db, source: string, lines: readonly string[]): Promise<void> {
  const delivery = deliveryOf(bankMapping(source), { "clients.csv": [clientsHeader, ...lines] });
  const { importDelivery } = await import("../index.ts");
  await importDelivery({ db, caller: await operatorCaller(db), ...delivery });
}

const allCounts = (db: Db) =>
  asWorker(db, async (tx) => {
    const counts: Record<string, number> = {};
    for (const table of ["party", "load", "customer", "quarantine", "source_record", "search_entry", "match_entry"]) {
      const { rows } = await sql<{ rows: number }>`select count(*)::int as rows from ${sql.table(`customers.${table}`)}`.execute(tx);
      counts[table] = rows[0]?.rows ?? 0;
    }
    return counts;
  });

const recordsOf = (db: Db, customerId: string) =>
  asWorker(db, async (tx) => {
    const { rows } = await sql<{
      records: number;
    }>`select count(*)::int as records from customers.party where customer_id = ${customerId}`.execute(tx);
    return rows[0]?.records ?? 0;
  });

interface TwoBranches {
  readonly north: string;
  readonly south: string;
  readonly manager: Caller;
  readonly steward: Caller;
}
async function twoBranches(admin: { transaction(): { execute<T>(work: (tx: Tx) => Promise<T>): Promise<T> } }): Promise<TwoBranches> {
  return admin.transaction().execute(async (tx) => {
    const [north, south] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
    return {
      north: north.code,
      south: south.code,
      manager: await givenPerson(tx, "branch_manager", north),
      steward: await givenPerson(tx, "data_steward", await bankUnit(tx)),
    };
  });
}

describe("a customer entered by hand", () => {
  test("stands there at once with an origin, is found in any script, entered once however often it is sent, and can be taken back", async ({
    db,
    admin,
  }) => {
    const { north, manager } = await twoBranches(admin);
    const before = await allCounts(db);
    const order = orderOf(north, { ...layla, email: "layla@example.com", city: "Dubai", nationalId: "784198812345670" });
    const { customerId, loadId } = await enterCustomer(db, manager, order);
    expect(await enterCustomer(db, manager, order)).toEqual({ customerId, loadId });
    const view = await inTransaction(db, manager, (tx) => viewCustomer(tx, manager, customerId));
    expect(view.customer).toMatchObject({ fullName: layla.fullName, bornOn: layla.bornOn });
    expect(await recordsOf(db, customerId)).toBe(1);
    expect(inspect(view, { depth: 9 })).toContain("+971505550188");
    expect(inspect(view, { depth: 9 })).not.toContain("784198812345670");
    const { candidates } = await findDuplicates(db, manager, {
      kind: "person",
      fullName: "Leila Hadad",
      bornOn: layla.bornOn,
      phones: [],
      emails: [],
      identifiers: [],
    });
    expect(candidates.map(({ side }) => side.customerId)).toEqual([customerId]);
    const { rows: trail } = await sql<{ action: string }>`
      select action from governance.audit_event where actor_id = ${manager.userId} and ${customerId} = any (subject_ids::text[]) and action = 'customer.entered'`.execute(
      admin,
    );
    expect(trail).toHaveLength(1);
    await reverseLoad(db, await operatorCaller(db), loadId);
    expect(await allCounts(db)).toEqual({ ...before, load: (before.load ?? 0) + 1 });
  });

  test("is refused with every value that cannot be taken, and nothing stays", async ({ db, admin }) => {
    const { north, manager } = await twoBranches(admin);
    const before = await allCounts(db);
    const wrong = { ...layla, bornOn: "1850-01-01", language: "xx-nothing", nationalId: "12345678A", country: "ES" };
    const refused = enterCustomer(db, manager, orderOf(north, wrong));
    await expect(refused).rejects.toMatchObject({ code: "invalid_input" });
    await expect(refused).rejects.toMatchObject({
      fields: expect.arrayContaining([{ path: "customer.nationalId", reason: "invalid_check" }]) as unknown,
    });
    expect(await allCounts(db)).toEqual(before);
  });

  test("goes nowhere the caller does not reach, and who may not enter anybody cannot", async ({ db, admin }) => {
    const { north, south, manager } = await twoBranches(admin);
    const { analyst, foreign } = await admin.transaction().execute(async (tx) => {
      const unit = await givenUnit(tx, "branch", null);
      const owner = await givenPerson(tx, "relationship_manager", unit);
      const portfolioId = await givenPortfolio(tx, unit, owner);
      const { rows } = await sql<{ code: string }>`select code from governance.portfolio where portfolio_id = ${portfolioId}`.execute(tx);
      return { analyst: await givenPerson(tx, "analyst", await bankUnit(tx)), foreign: rows[0]?.code ?? "" };
    });
    await expect(enterCustomer(db, manager, orderOf(south, layla))).rejects.toMatchObject({ code: "not_found" });
    await expect(enterCustomer(db, manager, { ...orderOf(north, layla), portfolioCode: foreign })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(enterCustomer(db, analyst, orderOf(north, layla))).rejects.toMatchObject({ code: "not_allowed" });
    const places = await inTransaction(db, manager, (tx) => listEntryPlaces(tx, manager));
    expect(places.branches.map(({ code }) => code)).toEqual([north]);
  });

  test("AC-06: never joins, by its values, a customer its author may not see, and the author is not told of one", {
    timeout: 120_000,
  }, async ({ db, admin }) => {
    const { north, south, manager, steward } = await twoBranches(admin);
    const others = Array.from(
      { length: 60 },
      (_, at) =>
        `${at + 10},Rosa Prueba ${at},19${50 + (at % 40)}-03-0${1 + (at % 9)},${south},+3461000${String(at).padStart(4, "0")},${nif(at + 900)}`,
    );
    await bring(db, "core", [`1,Ines Vidal Soto,1979-06-07,${south},+34600111222,${nif(5)}`, ...others]);
    const operator = await operatorCaller(db);
    await learnAndMatch({ db, caller: operator, loadNo: null });
    const same = {
      kind: "person",
      fullName: "Ines Vidal Soto",
      bornOn: "1979-06-07",
      phone: "+34600111222",
      nationalId: nif(5),
      country: "ES",
    } as const;
    const { customerId } = await enterCustomer(db, manager, orderOf(north, same));
    const { rows } = await asWorker(db, (tx) =>
      sql<{ partyId: string }>`select party_id as "partyId" from customers.party where customer_id = ${customerId}`.execute(tx),
    );
    await matchAgain(
      db,
      operator,
      rows.map(({ partyId }) => partyId),
    );
    expect(await recordsOf(db, customerId)).toBe(1);
    const { rows: doubts } = await asWorker(db, (tx) =>
      sql<{ doubt: string }>`select doubt from customers.match_pair where doubt is not null`.execute(tx),
    );
    expect(doubts).toEqual([{ doubt: "by hand" }]);
    await learnAndMatch({ db, caller: operator, loadNo: null });
    expect(await recordsOf(db, customerId)).toBe(1);
    // Whoever may see both is told, and may join them.
    await expect(enterCustomer(db, steward, orderOf(south, same))).rejects.toMatchObject({
      code: "conflict",
      detail: { reason: "may_be_same" },
    });
    const { rows: known } = await asWorker(db, (tx) =>
      sql<{
        id: string;
      }>`select customer_id as id from customers.customer where full_name = ${same.fullName} and customer_id <> ${customerId}`.execute(tx),
    );
    await joinCustomers(db, steward, known[0]?.id ?? "", { otherCustomerId: customerId, reason: "the same passport" });
    expect(await recordsOf(db, known[0]?.id ?? "")).toBe(2);
  });

  test("that is surely known is refused with whom, and entered when the caller says that they are others", { timeout: 120_000 }, async ({
    db,
    admin,
  }) => {
    const { north, manager } = await twoBranches(admin);
    const first = {
      kind: "person",
      fullName: "Omid Rastegar Farahani",
      bornOn: "1981-09-10",
      phone: "+989121234567",
      email: "omid.rf@example.com",
      country: "IR",
    } as const;
    const one = await enterCustomer(db, manager, orderOf(north, first));
    const again = enterCustomer(db, manager, orderOf(north, first));
    await expect(again).rejects.toMatchObject({ code: "conflict", detail: { customerIds: [one.customerId] } });
    const twin = await enterCustomer(db, manager, orderOf(north, first, [one.customerId]));
    expect(twin.customerId).not.toBe(one.customerId);
  });
});
