import fc from "fast-check";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import { givenCompartment, givenSeal } from "../../../tests/support/given-seal.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import { CustomerSort, Filter } from "../directory/contract.ts";
import { searchCustomers } from "../directory/index.ts";
import { revealIdentifier } from "./reveal-identifier.ts";

const wanted = { scheme: "national_id", country: null, last4: "5331", reason: "checked against the passport" };

async function world(tx: Tx) {
  const branch = await givenUnit(tx, "branch", null);
  const customer = await givenCustomer(tx, { fullName: "reveal me", branch, nationalId: "Q7755331" });
  return { branch, customer, manager: await givenPerson(tx, "branch_manager", branch) };
}

describe("revealing an identifier", () => {
  test("shows one value of one customer whole, with its reason on the trail before it", async ({ tx, as }) => {
    const { customer, manager } = await world(tx);
    const { values, seconds } = await as(manager, (own) => revealIdentifier(own, manager, customer.customerId, wanted));
    expect([values, seconds]).toEqual([["Q7755331"], 60]);
    const { rows } = await sql<{ action: string; detail: object }>`
      select action, detail from governance.audit_event where actor_id = ${manager.userId}`.execute(tx);
    expect(rows).toEqual([{ action: "identifier.revealed", detail: { scheme: "national_id", country: null, reason: wanted.reason } }]);
  });

  test("what cannot be written down is not shown", async ({ tx, as }) => {
    const { customer, manager } = await world(tx);
    await sql`alter table governance.audit_event add constraint nothing check (action <> 'identifier.revealed')`.execute(tx);
    await expect(as(manager, (own) => revealIdentifier(own, manager, customer.customerId, wanted))).rejects.toMatchObject({
      code: "23514",
    });
  });

  test("AC-01: for a customer out of reach, a sealed one and one that does not exist the answer is the same", async ({ tx, as }) => {
    const { branch, manager } = await world(tx);
    const far = await givenCustomer(tx, { branch: await givenUnit(tx, "branch", null), nationalId: "Q7755331" });
    const sealed = await givenCustomer(tx, { branch, nationalId: "Q7755331" });
    await givenSeal(tx, sealed, await givenCompartment(tx, "vip"));
    for (const customerId of [far.customerId, sealed.customerId, crypto.randomUUID()])
      await expect(as(manager, (own) => revealIdentifier(own, manager, customerId, wanted))).rejects.toMatchObject({ code: "not_found" });
    expect((await sql`select from customers.reveal`.execute(tx)).rows).toEqual([]);
  });

  test("is bounded by an hourly quota, and not for everybody", async ({ tx, as }) => {
    const { customer, manager } = await world(tx);
    await sql`insert into platform.setting (name, value) values ('limits.reveal', '{"perHour": 2}')`.execute(tx);
    const ask = () => as(manager, (own) => revealIdentifier(own, manager, customer.customerId, wanted));
    await ask();
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: "VL001", constraint: "reveal" });
    await sql`update customers.reveal set at = at - interval '61 minutes'`.execute(tx);
    await ask();
    const analyst = await givenPerson(tx, "analyst", await bankUnit(tx));
    await expect(as(analyst, (own) => revealIdentifier(own, analyst, customer.customerId, wanted))).rejects.toMatchObject({
      code: "not_allowed",
    });
    await expect(
      as(analyst, (own) =>
        sql`select customers.reveal_identifier(${customer.customerId}, 'national_id', null, '5331', 'because I can')`.execute(own),
      ),
    ).rejects.toMatchObject({ code: "42501" });
  });

  test("the login that serves people can read neither the number nor the delivered row nor the search terms that hold it", async ({
    tx,
    as,
  }) => {
    const { manager } = await world(tx);
    for (const statement of [
      sql`select sealed_value from customers.identifier`,
      sql`select max(blind) from customers.identifier`,
      sql`select count(*) from customers.identifier group by blind`,
      sql`select from customers.identifier order by blind`,
      sql`select from customers.identifier where sealed_value = '\\x00'`,
      sql`select raw from customers.source_record`,
      sql`select terms from customers.search_entry`,
      sql`select * from customers.reveal`,
    ])
      await expect(as(manager, (own) => statement.execute(own))).rejects.toMatchObject({ code: "42501" });
  });

  test("a delivered row gives its numbers masked, whatever stands between their characters and whatever digits they are written in", async ({
    tx,
    as,
  }) => {
    const { customer, manager } = await world(tx);
    const raw = { id: "Q-775 5331", other: "۷۷۵-۵۳۳۱", name: "reveal me", short: "5331" };
    await sql`insert into customers.source_record (source_id, kind, source_key, party_id, row_id, content_hash, raw, load_no, line_no)
      select source_id, 'party', source_key, party_id, party_id, 1, ${JSON.stringify(raw)}::jsonb, 1, 1 from customers.party where party_id = ${customer.partyId}
      on conflict (source_id, kind, source_key) do update set raw = excluded.raw`.execute(tx);
    const { rows } = await as(manager, (own) =>
      sql<{ row: object }>`select customers.delivered_row(${customer.customerId}, ${customer.partyId}) as row`.execute(own),
    );
    expect(rows[0]?.row).toEqual({ id: "•••• 5331", other: "•••• 5331", name: "reveal me", short: "5331" });
  });
});

describe("AC-04: a masked value is no field of a filter or an order", () => {
  const masked = [
    "identifier",
    "identifiers",
    "nationalId",
    "national_id",
    "value",
    "last4",
    "passport",
    "taxId",
    "raw",
    "details",
    "searchTerms",
  ];
  const operators = [
    "is",
    "starts_with",
    "contains",
    "is_one_of",
    "is_none_of",
    "at_least",
    "before",
    "is_known",
    "min",
    "max",
    "distinct",
  ];
  const spelt = fc
    .tuple(
      fc.constantFrom(...masked),
      fc.constantFrom("", "customer.", "party.identifiers.", "owner.manager.", "c."),
      fc.constantFrom("", ".value", "[0]", "::text", " "),
    )
    .map(([name, before, after]) => `${before}${name}${after}`);

  test("AC-05: nor through a path, an alias, a nested group or an empty list: it is refused, not answered with nothing", () => {
    fc.assert(
      fc.property(
        spelt,
        fc.constantFrom(...operators),
        fc.constantFrom<unknown>("Q77", [], ["Q77"], 5),
        fc.integer({ min: 0, max: 2 }),
        (field, operator, value, depth) => {
          let filter: unknown = { match: "any", conditions: [{ field, operator, value }] };
          for (let level = 0; level < depth; level += 1) filter = { match: "all", conditions: [filter] };
          expect(Filter.safeParse(filter).success).toBe(false);
          expect(CustomerSort.safeParse(field).success).toBe(false);
        },
      ),
    );
    for (const field of ["segment", "country", "branch", "portfolio", "customer"])
      expect(Filter.safeParse({ match: "all", conditions: [{ field, operator: "is_one_of", value: [] }] }).success).toBe(false);
  });

  test("and a search finds it whole or not at all, so that nobody guesses it digit by digit", async ({ tx, as }) => {
    const { customer, manager } = await world(tx);
    const found = async (text: string) =>
      (await as(manager, (own) => searchCustomers(own, manager, text, 10))).found.map((hit) => hit.customer.customerId);
    expect(await found("Q7755331")).toEqual([customer.customerId]);
    for (let length = 2; length < 8; length += 1) expect(await found("Q7755331".slice(0, length))).toEqual([]);
    expect(await found("5331")).toEqual([]);
  });
});
