import { describe, expect } from "vitest";
import { type ActAs, test } from "../../../tests/support/database.ts";
import { bankUnit, type GivenUnit, givenCustomer, givenNumber, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Dimension, QualityField } from "./contract.ts";
import { listQualityWork } from "./list-quality-work.ts";
import { measures } from "./measures.ts";
import { readQuality, readQualityTrend } from "./read-quality.ts";
import { refreshCustomers } from "./refresh-store.ts";
import { findSharedDates, listDue, saveDay, sumFigures } from "./stock-store.ts";

interface World {
  readonly tx: Tx;
  readonly as: ActAs;
  readonly branch: GivenUnit;
  readonly steward: Caller;
}

async function world(tx: Tx, as: ActAs): Promise<World> {
  const bank = await bankUnit(tx);
  return { tx, as, branch: await givenUnit(tx, "branch", bank), steward: await givenPerson(tx, "data_steward", bank) };
}

/** A person of whom everything is known and right; `change` spoils it. */
async function someone({ tx, branch }: World, assetsMinor = 1000n, fullName = "Ana Ruiz") {
  const given = await givenCustomer(tx, { branch, assetsMinor, fullName, phone: "+34600111222", nationalId: "12345678Z" });
  await sql`update customers.party set born_on = '1980-02-03', sex = 'female', nationality = 'ES', language = 'es', occupation = 'baker', changed_at = now()
    where party_id = ${given.partyId}`.execute(tx);
  await givenNumber(tx, given.partyId, "12345678Z", "ES");
  await sql`insert into customers.contact_point (party_id, contact_point_id, source_id, kind, value, normalised, parts, changed_at, load_no)
    select party_id, uuidv7(), source_id, x.kind, x.value, x.value, x.parts, now(), 1
    from customers.party, (values ('email', 'ana@mail.example', null::jsonb), ('address', 'Calle Mayor 1', '{"city": "Madrid", "country": "ES"}')) x (kind, value, parts)
    where party_id = ${given.partyId}`.execute(tx);
  await sql`update customers.contact_point set changed_at = now() where party_id = ${given.partyId}`.execute(tx);
  return given;
}

/** A second record of the same customer, alike in everything. */
async function secondRecord(tx: Tx, { partyId, customerId }: { partyId: string; customerId: string }): Promise<string> {
  const other = newId();
  await sql`insert into customers.party (party_id, customer_id, source_id, source_key, kind, full_name, sex, born_on, nationality, language, occupation, changed_at, load_no)
    select ${other}, customer_id, source_id, ${other}, kind, full_name, sex, born_on, nationality, language, occupation, changed_at, load_no
    from customers.party where party_id = ${partyId}`.execute(tx);
  await sql`insert into customers.contact_point select ${other}, uuidv7(), source_id, kind, purpose, value, normalised, parts, changed_at, load_no
    from customers.contact_point where party_id = ${partyId}`.execute(tx);
  await sql`insert into customers.identifier (party_id, identifier_id, source_id, scheme, country, sealed_value, blind, last4, check_fails, verified, load_no)
    select ${other}, uuidv7(), source_id, scheme, country, sealed_value, blind, last4, check_fails, verified, load_no from customers.identifier where party_id = ${partyId}`.execute(
    tx,
  );
  await sql`update customers.customer set party_count = 2 where customer_id = ${customerId}`.execute(tx);
  return other;
}

const look = ({ as, steward }: World, ...customers: readonly { customerId: string }[]) =>
  as(
    steward,
    (tx) =>
      refreshCustomers(
        tx,
        customers.map(({ customerId }) => customerId),
      ),
    { role: "worker" },
  );

/** Rules a record fails, as "dimension field". */
async function failuresOf(tx: Tx, partyId: string): Promise<string[]> {
  const { rows } = await sql<{ failing: string }>`select failing::text from customers.party_quality where party_id = ${partyId}`.execute(
    tx,
  );
  const bits = BigInt(rows[0]?.failing ?? -1n);
  return measures.filter(({ ruleNo }) => (bits >> BigInt(ruleNo)) & 1n).map(({ dimension, field }) => `${dimension} ${field}`);
}

const work = ({ as, steward }: World, dimension: Dimension, field: QualityField, caller = steward) =>
  as(caller, (tx) => listQualityWork(tx, caller, { dimension, field, rows: 50 }));

describe("a record", () => {
  test("of which everything is known and right fails nothing", async ({ tx, as }) => {
    const here = await world(tx, as);
    const given = await someone(here);
    await look(here, given);
    expect(await failuresOf(tx, given.partyId)).toEqual([]);
  });

  const faults: readonly (readonly [string, string, readonly string[]])[] = [
    ["born_on = null", "party", ["completeness born_on"]],
    ["nationality = null, language = null", "party", ["completeness nationality", "completeness language"]],
    ["born_on = '1900-01-01'", "party", ["validity born_on"]],
    ["born_on = current_date + 3", "party", ["validity born_on"]],
    ["full_name = 'Unknown'", "party", ["validity full_name"]],
    ["full_name = 'xxxxxx'", "party", ["validity full_name"]],
    ["full_name = ' '", "party", ["completeness full_name"]],
    ["changed_at = now() - interval '5 years'", "party", ["freshness occupation"]],
    ["normalised = null where kind = 'phone'", "contact_point", ["validity phone"]],
    ["normalised = 'ana@mail' where kind = 'email'", "contact_point", ["validity email"]],
    ["parts = '{\"city\": \"Madrid\"}' where kind = 'address'", "contact_point", ["validity address"]],
    ["changed_at = now() - interval '25 months' where kind = 'phone'", "contact_point", ["freshness phone"]],
  ];
  for (const [change, table, failures] of faults) {
    test(`with ${change} fails ${failures.join(" and ")} alone`, async ({ tx, as }) => {
      const here = await world(tx, as);
      const given = await someone(here);
      const [set, where] = change.split(" where ");
      await sql`update customers.${sql.raw(table)} set ${sql.raw(set ?? "")} where party_id = ${given.partyId} and ${sql.raw(where ?? "true")}`.execute(
        tx,
      );
      await look(here, given);
      expect(await failuresOf(tx, given.partyId)).toEqual(failures);
    });
  }

  test("with a number whose check letter is another fails validity national_id alone", async ({ tx, as }) => {
    const here = await world(tx, as);
    const given = await someone(here);
    await givenNumber(tx, given.partyId, "12345678A", "ES");
    await look(here, given);
    expect(await failuresOf(tx, given.partyId)).toEqual(["validity national_id"]);
  });

  test("without telephone, e-mail, address and number lacks them, and they are not called wrong or old as well", async ({ tx, as }) => {
    const here = await world(tx, as);
    const given = await someone(here);
    await sql`delete from customers.contact_point where party_id = ${given.partyId}`.execute(tx);
    await sql`delete from customers.identifier where party_id = ${given.partyId}`.execute(tx);
    await look(here, given);
    expect(await failuresOf(tx, given.partyId)).toEqual(
      ["national_id", "phone", "email", "address"].map((field) => `completeness ${field}`),
    );
  });

  test("disagrees with another of the same customer in both, and in nothing that only one of them says", async ({ tx, as }) => {
    const here = await world(tx, as);
    const given = await someone(here);
    const other = await secondRecord(tx, given);
    await sql`update customers.party set born_on = '1981-02-03', sex = null where party_id = ${other}`.execute(tx);
    await givenNumber(tx, other, "87654321X", "ES");
    await look(here, given);
    expect(await failuresOf(tx, given.partyId)).toEqual(["conflict born_on", "conflict national_id"]);
    expect(await failuresOf(tx, other)).toEqual(["completeness sex", "conflict born_on", "conflict national_id"]);
  });

  test("born on a day that too many share fails once that is found, and no more when it is not so any longer", async ({ tx, as }) => {
    const here = await world(tx, as);
    const crowd = [];
    for (let n = 0; n < 22; n += 1) crowd.push(await someone(here));
    await look(here, ...crowd);
    const found = await as(here.steward, findSharedDates, { role: "worker" });
    expect(found).toEqual(["1980-02-03"]);
    const due = await as(here.steward, (own) => listDue(own, found, null, 100), { role: "worker" });
    expect(due).toEqual(expect.arrayContaining(crowd.map(({ customerId }) => customerId)));
    await look(here, ...crowd);
    expect(await failuresOf(tx, crowd[0]?.partyId ?? "")).toEqual(["validity born_on"]);
    await sql`update customers.party set born_on = '1990-01-01' where party_id <> ${crowd[0]?.partyId ?? ""}`.execute(tx);
    expect(await as(here.steward, findSharedDates, { role: "worker" })).toContain("1980-02-03");
    await look(here, ...crowd.slice(0, 1));
    expect(await failuresOf(tx, crowd[0]?.partyId ?? "")).toEqual([]);
  });

  test("is due again when a value becomes too old, and when a rule changes; not otherwise", async ({ tx, as }) => {
    const here = await world(tx, as);
    const given = await someone(here);
    await look(here, given);
    const due = () => as(here.steward, (own) => listDue(own, [], null, 100), { role: "worker" });
    expect(await due()).not.toContain(given.customerId);
    await sql`update customers.party_quality set turns_on = current_date where party_id = ${given.partyId}`.execute(tx);
    expect(await due()).toContain(given.customerId);
    await look(here, given);
    expect(await due()).not.toContain(given.customerId);
    await sql`update customers.party_quality set computed_at = now() - interval '1 hour'`.execute(tx);
    await sql`update customers.quality_rule set active = false where dimension = 'completeness' and field = 'sex'`.execute(tx);
    expect(await due()).toContain(given.customerId);
  });
});

describe("check digits", () => {
  const numbers: readonly (readonly [string, string, boolean | null])[] = [
    ["ES", "12345678Z", false],
    ["ES", "X1234567L", false],
    ["ES", "12345678A", true],
    ["IR", "0013542419", false],
    ["IR", "0013542418", true],
    ["IR", "1111111111", true],
    ["CN", "11010519491231002X", false],
    ["CN", "110105194912310021", true],
    ["SA", "1000000008", false],
    ["SA", "1000000009", true],
    ["GB", "AB123456C", null],
  ];
  for (const [country, value, wrong] of numbers) {
    test(`of ${country} ${value} are ${wrong === null ? "not known" : wrong ? "wrong" : "right"}`, async ({ tx }) => {
      const { rows } = await sql<{
        wrong: boolean | null;
      }>`select customers.number_fails('national_id', ${country}, ${value}) as wrong`.execute(tx);
      expect(rows[0]?.wrong).toBe(wrong);
    });
  }
});

describe("figures and work lists", () => {
  test("a repaired value leaves the list and the figures at once, and what is left is the larger customer first", async ({ tx, as }) => {
    const here = await world(tx, as);
    const [small, large] = [await someone(here, 10n), await someone(here, 90_000n)];
    await sql`update customers.party set nationality = null where party_id in (${small.partyId}, ${large.partyId})`.execute(tx);
    await look(here, small, large);
    const listed = async () => (await work(here, "completeness", "nationality")).customers.map(({ customerId }) => customerId);
    const failing = async () => {
      const { figures } = await as(here.steward, (own) => readQuality(own, here.steward, { branchId: here.branch.unitId }));
      return figures.find(({ dimension, field }) => dimension === "completeness" && field === "nationality");
    };
    expect(await listed()).toEqual([large.customerId, small.customerId]);
    expect(await failing()).toMatchObject({ records: 2, failing: 2 });
    await sql`update customers.party set nationality = 'ES' where party_id = ${large.partyId}`.execute(tx);
    await look(here, large);
    expect(await listed()).toEqual([small.customerId]);
    expect(await failing()).toMatchObject({ records: 2, failing: 1 });
  });

  test("looking twice and summing up change no figure; what is gone is counted no more", async ({ tx, as }) => {
    const here = await world(tx, as);
    const given = await someone(here);
    const other = await secondRecord(tx, given);
    const read = () => as(here.steward, (own) => readQuality(own, here.steward, { branchId: here.branch.unitId }));
    await look(here, given);
    const once = await read();
    expect(once.records).toBe(2);
    await look(here, given);
    await as(here.steward, sumFigures, { role: "worker" });
    expect(await read()).toEqual(once);
    for (const table of ["contact_point", "identifier", "party"])
      await as(here.steward, (own) => sql`delete from customers.${sql.raw(table)} where party_id = ${other}`.execute(own), {
        role: "worker",
      });
    await look(here, given);
    expect((await read()).records).toBe(1);
  });

  test("a customer who moves to another branch takes the figures along", async ({ tx, as }) => {
    const here = await world(tx, as);
    const elsewhere = await givenUnit(tx, "branch", await bankUnit(tx));
    const given = await someone(here);
    await look(here, given);
    await sql`update customers.customer set branch_id = ${elsewhere.unitId} where customer_id = ${given.customerId}`.execute(tx);
    await look(here, given);
    const recordsOf = async (branchId: string) => (await as(here.steward, (own) => readQuality(own, here.steward, { branchId }))).records;
    expect([await recordsOf(here.branch.unitId), await recordsOf(elsewhere.unitId)]).toEqual([0, 1]);
  });

  test("a branch manager counts and lists the own branch alone, head office all; asking for another branch answers nothing", async ({
    tx,
    as,
  }) => {
    const here = await world(tx, as);
    const there = { ...here, branch: await givenUnit(tx, "branch", await bankUnit(tx)) };
    const manager = await givenPerson(tx, "branch_manager", here.branch);
    const [mine, theirs] = [await someone(here), await someone(there)];
    await sql`update customers.party set sex = null where party_id in (${mine.partyId}, ${theirs.partyId})`.execute(tx);
    await look(here, mine, theirs);
    const own = await as(manager, (inside) => readQuality(inside, manager, {}));
    expect(own.records).toBe(1);
    expect(own.branches.map(({ branchId }) => branchId)).toEqual([here.branch.unitId]);
    expect((await as(manager, (inside) => readQuality(inside, manager, { branchId: there.branch.unitId }))).records).toBe(0);
    expect((await work(here, "completeness", "sex", manager)).customers.map(({ customerId }) => customerId)).toEqual([mine.customerId]);
    const all = (await work(here, "completeness", "sex")).customers.map(({ customerId }) => customerId);
    expect(all).toEqual(expect.arrayContaining([mine.customerId, theirs.customerId]));
  });

  test("an auditor reads figures and no names; a relationship manager reads neither", async ({ tx, as }) => {
    const here = await world(tx, as);
    await look(here, await someone(here));
    const auditor = await givenPerson(tx, "auditor", await bankUnit(tx));
    expect((await as(auditor, (own) => readQuality(own, auditor, {}))).records).toBe(1);
    await expect(work(here, "validity", "phone", auditor)).rejects.toMatchObject({ code: "not_allowed" });
    const officer = await givenPerson(tx, "relationship_manager", here.branch);
    await expect(as(officer, (own) => readQuality(own, officer, {}))).rejects.toMatchObject({ code: "not_allowed" });
  });

  test("a list goes on where its page ended, and tells what the failing record says but never a number", async ({ tx, as }) => {
    const here = await world(tx, as);
    const given = [];
    for (const assets of [300n, 200n, 200n, 100n]) given.push(await someone(here, assets));
    for (const { partyId } of given) {
      await sql`update customers.contact_point set normalised = null, value = '600 11' where kind = 'phone' and party_id = ${partyId}`.execute(
        tx,
      );
      await givenNumber(tx, partyId, "12345678A", "ES");
    }
    await look(here, ...given);
    const page = (after?: string) =>
      as(here.steward, (own) => listQualityWork(own, here.steward, { dimension: "validity", field: "phone", rows: 3, after }));
    const first = await page();
    const second = await page(first.next ?? "");
    expect([first.customers.length, second.customers.length, second.next]).toEqual([3, 1, null]);
    expect(new Set([...first.customers, ...second.customers].map(({ customerId }) => customerId)).size).toBe(4);
    expect(first.customers[0]?.records[0]).toMatchObject({ source: "Given", values: ["600 11"] });
    const numbers = await work(here, "validity", "national_id");
    expect(numbers.customers[0]?.records[0]?.values).toEqual([]);
    expect(JSON.stringify(numbers.customers.map(({ records }) => records))).not.toContain("12345678A");
    await expect(page("made up")).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("the figures of a day are kept once, the last look of it, and follow the days", async ({ tx, as, clock }) => {
    const here = await world(tx, as);
    const given = await someone(here);
    await sql`update customers.party set sex = null where party_id = ${given.partyId}`.execute(tx);
    await look(here, given);
    const save = (day: string) => as(here.steward, (own) => saveDay(own, day, "2025-03-15"), { role: "worker" });
    await save("2026-03-14");
    await sql`update customers.party set sex = 'female' where party_id = ${given.partyId}`.execute(tx);
    await save("2026-03-15");
    await look(here, given);
    await save("2026-03-15");
    const { points } = await as(here.steward, (own) =>
      readQualityTrend(own, here.steward, clock, { field: "sex", branchId: here.branch.unitId, days: 30 }),
    );
    expect(points).toEqual([
      { day: "2026-03-14", dimension: "completeness", score: 0, records: 1, failing: 1 },
      { day: "2026-03-15", dimension: "completeness", score: 100, records: 1, failing: 0 },
    ]);
  });
});
