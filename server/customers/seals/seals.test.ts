import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, type GivenCustomer, givenCustomer, givenPerson } from "../../../tests/support/given.ts";
import { givenClearance, givenCompartment, givenSeal } from "../../../tests/support/given-seal.ts";
import { giveClearance, listCompartments, openWall } from "../../governance/walls/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { liftSeal, listSeals, sealCustomer } from "./seal-customer.ts";

async function compartmentsOf(tx: Tx, { customerId }: Pick<GivenCustomer, "customerId">): Promise<number[] | null> {
  const { rows } = await sql<{ compartments: number[] | null }>`
    select compartments::int[] as compartments from customers.customer where customer_id = ${customerId}`.execute(tx);
  return rows[0]?.compartments ?? null;
}

async function move(tx: Tx, { partyId }: GivenCustomer, to: Pick<GivenCustomer, "customerId">): Promise<void> {
  await sql`update customers.party set customer_id = ${to.customerId} where party_id = ${partyId}`.execute(tx);
}

describe("a seal follows the records of its customer", () => {
  test("joining a sealed record to a customer seals the whole, whichever way the pointer moves, and search entries with it", async ({
    tx,
  }) => {
    const [sealed, plain] = [await givenCustomer(tx), await givenCustomer(tx)];
    const vip = await givenCompartment(tx, "vip");
    await givenSeal(tx, sealed, vip);
    await move(tx, sealed, plain);
    expect(await compartmentsOf(tx, plain)).toEqual([vip]);
    const { rows } = await sql<{
      sealed: boolean;
    }>`select compartments is not null as sealed from customers.search_entry where customer_id = ${plain.customerId}`.execute(tx);
    expect(rows).toEqual([{ sealed: true }]);
    await move(tx, sealed, sealed);
    expect([await compartmentsOf(tx, plain), await compartmentsOf(tx, sealed)]).toEqual([null, [vip]]);
  });

  test("a record that was joined to a sealed customer is free again when it parts; a record sealed by itself stays sealed", async ({
    tx,
  }) => {
    const [sealed, plain] = [await givenCustomer(tx), await givenCustomer(tx)];
    const vip = await givenCompartment(tx, "vip");
    await givenSeal(tx, sealed, vip);
    await move(tx, plain, sealed);
    const wall = await givenCompartment(tx, "wall");
    await givenSeal(tx, sealed, wall);
    expect(await compartmentsOf(tx, sealed)).toEqual([vip, wall]);
    await move(tx, plain, plain);
    // It was a record of the customer when the wall was put up, and was not when it was sealed as well known.
    expect(await compartmentsOf(tx, plain)).toEqual([wall]);
  });

  test("a customer whose row is written after its records is sealed with its first row", async ({ tx }) => {
    const customer = await givenCustomer(tx);
    const vip = await givenCompartment(tx, "vip");
    await givenSeal(tx, customer, vip);
    const { rows } = await sql<
      Record<string, unknown>
    >`delete from customers.customer where customer_id = ${customer.customerId} returning customer_no`.execute(tx);
    await sql`insert into customers.customer (customer_id, customer_no, kind, full_name, sort_name) values (${customer.customerId}, ${rows[0]?.customer_no}, 'person', 'x', 'x')`.execute(
      tx,
    );
    expect(await compartmentsOf(tx, customer)).toEqual([vip]);
  });

  test("a load that is taken back and comes again brings the record sealed", async ({ tx }) => {
    const customer = await givenCustomer(tx);
    const vip = await givenCompartment(tx, "vip");
    await givenSeal(tx, customer, vip);
    const again = { customerId: newId(), partyId: newId() };
    await sql`create temporary table was on commit drop as select * from customers.party where party_id = ${customer.partyId}`.execute(tx);
    await sql`update customers.party set source_key = 'gone' where party_id = ${customer.partyId}`.execute(tx);
    await sql`update was set party_id = ${again.partyId}, customer_id = ${again.customerId}`.execute(tx);
    await sql`insert into customers.party select * from was`.execute(tx);
    await sql`insert into customers.customer (customer_id, customer_no, kind, full_name, sort_name) values (${again.customerId}, ${`C-${again.customerId}`}, 'person', 'x', 'x')`.execute(
      tx,
    );
    expect(await compartmentsOf(tx, again)).toEqual([vip]);
  });
});

describe("keeping seals", () => {
  test("sealing by number and lifting are done, recorded, and kept in the list with people and reasons", async ({ db, admin }) => {
    const { compliance, customer, customerNo, vip } = await admin.transaction().execute(async (tx) => {
      const officer = await givenPerson(tx, "compliance_officer", await bankUnit(tx));
      const given = await givenCustomer(tx, { fullName: "Sealed By Number" });
      return { compliance: officer, customer: given, customerNo: `C-${given.customerId}`, vip: await givenCompartment(tx, "vip") };
    });
    const { sealId } = await sealCustomer(db, compliance, { customerNo, compartmentId: vip, reason: "member of the government" });
    await expect(
      sealCustomer(db, compliance, { customerNo, compartmentId: vip, reason: "member of the government" }),
    ).rejects.toMatchObject({
      code: "invalid_state",
    });
    await expect(
      sealCustomer(db, compliance, { customerNo: "C-0", compartmentId: vip, reason: "member of the government" }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    const listed = await inTransaction(db, compliance, (tx) => listSeals(tx, compliance, { compartmentId: vip }));
    // Without clearance the one who keeps the seals sees the number that was sealed, and no name.
    expect(listed.seals).toMatchObject([{ sealId, customerNo, customerId: null, customerName: null, liftedAt: null }]);
    await liftSeal(db, compliance, sealId, "left the government");
    await expect(liftSeal(db, compliance, sealId, "left the government")).rejects.toMatchObject({ code: "not_found" });
    const { rows } = await sql<{
      action: string;
    }>`select action from governance.audit_event where ${customer.customerId}::uuid = any (subject_ids) order by event_id`.execute(admin);
    expect(rows.map(({ action }) => action)).toEqual(["customer.sealed", "customer.unsealed"]);
  });

  test("who may not keep seals can neither list nor write them, past the verbs neither", async ({ tx, as }) => {
    const manager = await givenPerson(tx, "branch_manager", await bankUnit(tx));
    const customer = await givenCustomer(tx);
    await givenSeal(tx, customer, await givenCompartment(tx, "vip"));
    await expect(as(manager, (own) => listCompartments(own, manager))).rejects.toMatchObject({ code: "not_allowed" });
    for (const table of ["customers.seal", "governance.compartment", "governance.clearance"])
      expect((await as(manager, (own) => sql`select from ${sql.table(table)}`.execute(own))).rows).toEqual([]);
    await expect(as(manager, (own) => sql`update customers.customer set compartments = null`.execute(own))).rejects.toMatchObject({
      code: "42501",
    });
    await expect(
      as(manager, (own) =>
        sql`insert into governance.clearance (compartment_id, person_id, reason, given_by) values (1, ${manager.userId}, 'because I want to', ${manager.userId})`.execute(
          own,
        ),
      ),
    ).rejects.toMatchObject({ code: /42501|23514/ });
  });

  test("nobody gives oneself clearance, and nobody stands on two sides of one conflict", async ({ tx, as }) => {
    const bank = await bankUnit(tx);
    const [officer, banker] = [await givenPerson(tx, "compliance_officer", bank), await givenPerson(tx, "relationship_manager", bank)];
    const give = (compartmentId: number, to: Caller) =>
      as(officer, (own) => giveClearance(own, officer, compartmentId, { personId: to.userId, reason: "works on the deal" }));
    const open = (code: string) => as(officer, (own) => openWall(own, officer, { code, name: code, conflictSet: "Falcon" }));
    const [buyer, seller] = [await open("FALCON-BUY"), await open("FALCON-SELL")];
    await expect(give(buyer.compartmentId, officer)).rejects.toMatchObject({ code: "invalid_state", detail: { reason: "oneself" } });
    await give(buyer.compartmentId, banker);
    await expect(give(seller.compartmentId, banker)).rejects.toMatchObject({ code: "invalid_state", detail: { reason: "two_sides" } });
    await givenClearance(tx, banker, await givenCompartment(tx, "vip"));
    const { compartments } = await as(officer, (own) => listCompartments(own, officer));
    expect(compartments.find(({ code }) => code === "FALCON-BUY")?.clearances).toHaveLength(1);
  });
});
