import { describe, expect } from "vitest";
import { type ActAs, test } from "../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenPortfolio, givenUnit } from "../../../tests/support/given.ts";
import { givenClearance, givenCompartment, givenSeal, systemOperator } from "../../../tests/support/given-seal.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import { listCustomers, searchCustomers } from "../directory/index.ts";
import { listTransactions } from "../holdings/index.ts";
import { viewCustomer } from "../overview/index.ts";
import { breakGlass, endGrant, listOwnGrants } from "./break-glass.ts";
import { listGrants, reviewGrant } from "./review-grants.ts";
import { tellOverdue } from "./store.ts";

const reason = "the customer stands at the counter and cannot pay for the flight";

async function world(tx: Tx) {
  const bank = await bankUnit(tx);
  const [north, south] = [await givenUnit(tx, "branch", bank), await givenUnit(tx, "branch", bank)];
  const manager = await givenPerson(tx, "branch_manager", north);
  const owner = await givenPerson(tx, "relationship_manager", south);
  const [officer, second] = [await givenPerson(tx, "compliance_officer", bank), await givenPerson(tx, "compliance_officer", bank)];
  const vip = await givenCompartment(tx, "vip");
  await givenClearance(tx, owner, vip);
  await givenClearance(tx, officer, vip);
  const sealed = await givenCustomer(tx, { fullName: "zebulon far", branch: south, portfolioId: await givenPortfolio(tx, south, owner) });
  await givenSeal(tx, sealed, vip);
  const ask = (as: ActAs, caller: Caller, customerNo = `C-${sealed.customerId}`.toUpperCase()) =>
    as(caller, (own) => breakGlass(own, caller, { customerNo, reason }));
  // Numbers of the demo are capital; those of arranged customers hold letters of their id.
  await sql`update customers.customer set customer_no = upper(customer_no)`.execute(tx);
  return { bank, north, manager, owner, officer, second, sealed, ask };
}

const told = async (tx: Tx, { userId }: Caller) =>
  (await sql<{ kind: string }>`select kind from governance.notification where person_id = ${userId} order by 1`.execute(tx)).rows.map(
    ({ kind }) => kind,
  );

describe("breaking glass", () => {
  test("opens one customer to one person, tells owner and compliance, and marks every row of the trail", async ({ tx, as, clock }) => {
    const { manager, owner, officer, second, sealed, ask } = await world(tx);
    const look = () => as(manager, (own) => viewCustomer(own, manager, sealed.customerId));
    await expect(look()).rejects.toMatchObject({ code: "not_found" });
    expect(await ask(as, manager)).toMatchObject({ state: "opened", customerId: sealed.customerId });
    expect((await look()).customer.fullName).toBe("zebulon far");
    const { transactions } = await as(manager, (own) => listTransactions(own, manager, sealed.customerId, { rows: 10 }));
    expect(transactions).toHaveLength(1);
    // It opens a door, not the bank: lists and searches go on as before.
    const list = await as(manager, (own) => listCustomers(own, manager, clock, { sort: "name", direction: "ascending", rows: 10 }));
    const found = await as(manager, (own) => searchCustomers(own, manager, "zebulon", 10));
    expect([list.customers, found.found]).toEqual([[], []]);
    const other = await givenPerson(tx, "branch_manager", await givenUnit(tx, "branch", null));
    await expect(as(other, (own) => viewCustomer(own, other, sealed.customerId))).rejects.toMatchObject({ code: "not_found" });
    expect([await told(tx, owner), await told(tx, officer), await told(tx, second)]).toEqual([
      ["glass_broken_of_own"],
      ["glass_broken"],
      ["glass_broken"],
    ]);
    const { rows } = await sql<{ action: string; marked: boolean }>`
      select action, detail ? 'breakGlass' as marked from governance.audit_event
      where actor_id = ${manager.userId} and ${sealed.customerId}::uuid = any (subject_ids) order by event_id`.execute(tx);
    expect(rows).toEqual([
      { action: "glass.broken", marked: true },
      { action: "customer.viewed", marked: true },
      { action: "transaction.listed", marked: true },
    ]);
    const { rows: events } = await sql<{ topic: string }>`select topic from platform.outbox where topic = 'glass_broken'`.execute(tx);
    expect(events).toHaveLength(1);
  });

  test("ends with its time, and at once when given back", async ({ tx, as }) => {
    const { manager, sealed, ask } = await world(tx);
    const look = () => as(manager, (own) => viewCustomer(own, manager, sealed.customerId));
    await ask(as, manager);
    await look();
    await sql`update customers.access_grant set granted_at = granted_at - interval '1 hour', expires_at = clock_timestamp() - interval '1 second'`.execute(
      tx,
    );
    await expect(look()).rejects.toMatchObject({ code: "not_found" });
    await ask(as, manager);
    await look();
    const { grants } = await as(manager, (own) => listOwnGrants(own, manager));
    await as(manager, (own) => endGrant(own, manager, grants[0]?.grantId ?? ""));
    await expect(look()).rejects.toMatchObject({ code: "not_found" });
  });

  test("an unknown number costs as much as a known one: it counts, alarms and waits for a review", async ({ tx, as }) => {
    const { manager, officer, ask } = await world(tx);
    for (let n = 0; n < 5; n += 1) expect(await ask(as, manager, `99999${n}`)).toMatchObject({ state: "nothing", customerId: null });
    await expect(ask(as, manager)).rejects.toMatchObject({ code: "VL001" });
    expect(await told(tx, officer)).toHaveLength(5);
    const { grants } = await as(officer, (own) => listGrants(own, officer, { state: "waiting" }));
    expect(grants.map(({ askedFor, opened }) => [askedFor, opened])).toEqual([0, 1, 2, 3, 4].map((n) => [`C-99999${n}`, false]));
  });

  test("no glass is broken for a customer in reach, without the right, or without a reason", async ({ tx, as }) => {
    const { bank, north, manager, sealed, ask } = await world(tx);
    const near = await givenCustomer(tx, { branch: north });
    await sql`update customers.customer set customer_no = upper(customer_no)`.execute(tx);
    expect(await ask(as, manager, `C-${near.customerId}`)).toMatchObject({ state: "in_reach", customerId: near.customerId });
    const analyst = await givenPerson(tx, "analyst", bank);
    await expect(ask(as, analyst)).rejects.toMatchObject({ code: "not_allowed" });
    for (const [caller, why] of [
      [analyst, reason],
      [manager, "asdf                 "],
    ] as const)
      await expect(
        as(caller, (own) => sql`select * from customers.break_glass(${`C-${sealed.customerId}`.toUpperCase()}, ${why})`.execute(own)),
      ).rejects.toMatchObject({ code: /42501|23514/ });
    await expect(
      as(manager, (own) =>
        sql`insert into customers.access_grant (person_id, customer_id, asked_for, reason, expires_at, review_due_at)
          values (${manager.userId}, ${sealed.customerId}, 'x', ${reason}, now() + interval '5 minutes', now())`.execute(own),
      ),
    ).rejects.toMatchObject({ code: "42501" });
    const { rows } = await sql`select from customers.access_grant`.execute(tx);
    expect(rows).toEqual([]);
  });
});

describe("a review", () => {
  test("shows what was done, is closed by somebody else, once; what is overdue is told again, once", async ({ tx, as }) => {
    const { manager, officer, sealed, ask } = await world(tx);
    await ask(as, manager);
    await as(manager, (own) => viewCustomer(own, manager, sealed.customerId));
    await sql`update customers.access_grant set review_due_at = now() - interval '1 minute'`.execute(tx);
    expect([await as(systemOperator, tellOverdue, { role: "worker" }), await as(systemOperator, tellOverdue, { role: "worker" })]).toEqual([
      1, 0,
    ]);
    const { grants } = await as(officer, (own) => listGrants(own, officer, { state: "waiting" }));
    const [grant] = grants;
    expect(grant?.acts).toEqual([{ action: "customer.viewed", times: 1 }]);
    const review = { verdict: "justified" as const, note: "seen with the branch", version: grant?.version ?? 0 };
    await expect(as(manager, (own) => reviewGrant(own, manager, grant?.grantId ?? "", review))).rejects.toMatchObject({
      code: "not_allowed",
    });
    await as(officer, (own) => reviewGrant(own, officer, grant?.grantId ?? "", review));
    await expect(as(officer, (own) => reviewGrant(own, officer, grant?.grantId ?? "", review))).rejects.toMatchObject({
      code: "invalid_state",
    });
  });

  test("nobody closes the review of the own access, past the verb neither", async ({ tx, as }) => {
    const { manager, ask } = await world(tx);
    await ask(as, manager);
    await sql`insert into governance.role_assignment (user_id, role_id, unit_id) select ${manager.userId}, 'compliance_officer', unit_id from governance.organisation_unit where kind = 'bank'`.execute(
      tx,
    );
    const both: Caller = { ...manager, permissions: new Set([...manager.permissions, "glass:review"]) };
    const { rows } = await sql<{ id: string }>`select grant_id as id from customers.access_grant`.execute(tx);
    const review = { verdict: "justified" as const, note: "I know it was", version: 1 };
    await expect(as(both, (own) => reviewGrant(own, both, rows[0]?.id ?? "", review))).rejects.toMatchObject({ code: "invalid_state" });
    await expect(
      as(both, (own) =>
        sql`update customers.access_grant set reviewed_by = ${both.userId}, reviewed_at = now(), verdict = 'justified'`.execute(own),
      ),
    ).rejects.toMatchObject({ code: /23514|42501/ });
  });
});
