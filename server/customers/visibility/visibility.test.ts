import fc from "fast-check";
import { describe, expect } from "vitest";
import { type ActAs, test } from "../../../tests/support/database.ts";
import {
  bankUnit,
  type GivenCustomer,
  type GivenUnit,
  givenCustomer,
  givenPerson,
  givenPortfolio,
  givenUnit,
} from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import { explainCustomer, explainPerson } from "./explain.ts";

const roles = ["relationship_manager", "branch_manager", "analyst", "administrator", "auditor"] as const;
const places = ["bank", "north", "n1", "s1"] as const;

const shape = fc.record({
  people: fc.array(
    fc.record({
      roleId: fc.constantFrom(...roles),
      at: fc.constantFrom(...places),
      days: fc.constantFrom(0, 0, 0, -5, 5),
      cleared: fc.boolean(),
    }),
    { minLength: 2, maxLength: 4 },
  ),
  deputies: fc.array(fc.record({ from: fc.nat(3), to: fc.nat(3) }), { maxLength: 2 }),
  customers: fc.array(
    fc.record({
      branch: fc.constantFrom("n1", "s1", null),
      owner: fc.option(fc.nat(3)),
      sealed: fc.constantFrom(false, false, true),
      openedBy: fc.option(fc.nat(3)),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});
type Plan = typeof shape extends fc.Arbitrary<infer P> ? P : never;

async function arrange(tx: Tx, plan: Plan) {
  const bank = await bankUnit(tx);
  const north = await givenUnit(tx, "region", bank);
  const units: Record<string, GivenUnit> = {
    bank,
    north,
    n1: await givenUnit(tx, "branch", north),
    s1: await givenUnit(tx, "branch", null),
  };
  const people: (Caller & { roleId: string })[] = [];
  for (const { roleId, at, days, cleared } of plan.people) {
    const person = await givenPerson(tx, roleId, units[at] as GivenUnit);
    if (days !== 0)
      await sql`update governance.role_assignment set valid_from = current_date + ${days}::int, valid_until = current_date + ${days}::int where user_id = ${person.userId}`.execute(
        tx,
      );
    if (cleared)
      await sql`insert into governance.clearance (compartment_id, person_id, reason, given_by)
        select compartment_id, ${person.userId}, 'for the test', '00000000-0000-7000-8000-000000000001' from governance.compartment where code = 'VIP'`.execute(
        tx,
      );
    people.push({ ...person, roleId });
  }
  for (const { from, to } of plan.deputies) await nameDeputy(tx, people[from], people[to]);
  const customers: GivenCustomer[] = [];
  for (const { branch, owner, sealed, openedBy } of plan.customers) {
    const portfolioId = owner === null ? null : await givenPortfolio(tx, north, people[owner] ?? null);
    const customer = await givenCustomer(tx, { branch: branch === null ? null : (units[branch] as GivenUnit), portfolioId });
    if (sealed)
      await sql`update customers.customer set compartments = array(select compartment_id from governance.compartment where code = 'VIP')
        where customer_id = ${customer.customerId}`.execute(tx);
    const opener = openedBy === null ? undefined : people[openedBy];
    if (opener !== undefined)
      await sql`insert into customers.access_grant (person_id, customer_id, asked_for, reason, expires_at, review_due_at)
        values (${opener.userId}, ${customer.customerId}, 'C-1', 'A reason that is long enough', now() + interval '10 minutes', now() + interval '1 day')`.execute(
        tx,
      );
    customers.push(customer);
  }
  return { people, customers };
}

/** Where it is refused (oneself, a ruling role, duties kept apart) there is none. */
async function nameDeputy(tx: Tx, from: (Caller & { roleId: string }) | undefined, to: Caller | undefined): Promise<void> {
  await sql`savepoint deputy`.execute(tx);
  await sql`insert into governance.delegation (from_user_id, to_user_id, role_ids, valid_from, valid_until, reason, created_by)
    values (${from?.userId ?? null}, ${to?.userId ?? null}, array[${from?.roleId ?? ""}], current_date - 1, current_date + 1, 'On leave', ${from?.userId ?? null})`
    .execute(tx)
    .then(
      () => sql`release savepoint deputy`.execute(tx),
      () => sql`rollback to savepoint deputy`.execute(tx),
    );
}

const seenBy = (as: ActAs, person: Caller) =>
  as(person, async (own) =>
    (await sql<{ id: string }>`select customer_id as id from customers.customer`.execute(own)).rows.map(({ id }) => id),
  );

describe("who can see whom is what row security returns", () => {
  test("for every person and customer of generated banks, with days, deputies, portfolios, seals and broken glass", {
    timeout: 240_000,
  }, async ({ tx, as }) => {
    await fc.assert(
      fc.asyncProperty(shape, async (plan) => {
        await sql`savepoint run`.execute(tx);
        const { people, customers } = await arrange(tx, plan);
        const asker = await givenPerson(tx, "auditor", await bankUnit(tx));
        await sql`insert into governance.clearance (compartment_id, person_id, reason, given_by)
          select compartment_id, ${asker.userId}, 'for the test', '00000000-0000-7000-8000-000000000001' from governance.compartment`.execute(
          tx,
        );
        const real = new Map<string, string[]>();
        for (const person of people) real.set(person.userId, await seenBy(as, person));
        for (const { customerId } of customers) {
          const { people: told } = await as(asker, (own) => explainCustomer(own, asker, customerId));
          const expected = people.filter(({ userId }) => real.get(userId)?.includes(customerId)).map(({ userId }) => userId);
          expect(told.map(({ userId }) => userId).sort()).toEqual(expected.sort());
          for (const { reasons } of told) expect(reasons.length).toBeGreaterThan(0);
        }
        for (const person of people) {
          const { count, parts } = await as(asker, (own) => explainPerson(own, asker, person.userId));
          expect(count).toBe(real.get(person.userId)?.length);
          expect(parts.reduce((sum, part) => sum + part.count, 0)).toBeGreaterThanOrEqual(count);
        }
        await sql`rollback to savepoint run`.execute(tx);
      }),
      { numRuns: 25 },
    );
  });

  test("is told to who administers or audits, names no customer, and is on the trail", async ({ tx, as }) => {
    const branch = await givenUnit(tx, "branch", null);
    const customer = await givenCustomer(tx, { branch, fullName: "Zebulon Quaxley" });
    const manager = await givenPerson(tx, "relationship_manager", branch);
    await expect(as(manager, (own) => explainCustomer(own, manager, customer.customerId))).rejects.toMatchObject({ code: "not_allowed" });
    await expect(as(manager, (own) => sql`select * from customers.who_sees(${customer.customerId})`.execute(own))).rejects.toThrow();
    const admin = await givenPerson(tx, "administrator", branch);
    const told = await as(admin, (own) => explainCustomer(own, admin, `C-${customer.customerId}`));
    expect(told.people).toMatchObject([
      { userId: manager.userId, reasons: [{ kind: "unit", roleId: "relationship_manager", deputyFor: null }] },
    ]);
    expect(JSON.stringify(told)).not.toContain("Zebulon");
    const { rows } = await sql`select action from governance.audit_event where subject_ids @> array[${customer.customerId}::uuid]`.execute(
      tx,
    );
    expect(rows).toEqual([{ action: "access.explained" }]);
  });

  test("AC-20: a sealed customer does not exist for who is not cleared, nor in a count", async ({ tx, as }) => {
    const branch = await givenUnit(tx, "branch", null);
    const customer = await givenCustomer(tx, { branch });
    const manager = await givenPerson(tx, "relationship_manager", branch);
    const admin = await givenPerson(tx, "administrator", branch);
    await sql`insert into governance.clearance (compartment_id, person_id, reason, given_by)
      select compartment_id, ${manager.userId}, 'for the test', '00000000-0000-7000-8000-000000000001' from governance.compartment where code = 'VIP'`.execute(
      tx,
    );
    await sql`update customers.customer set compartments = array(select compartment_id from governance.compartment where code = 'VIP')
      where customer_id = ${customer.customerId}`.execute(tx);
    await expect(as(admin, (own) => explainCustomer(own, admin, customer.customerId))).rejects.toMatchObject({ code: "not_found" });
    expect(await as(admin, (own) => explainPerson(own, admin, manager.userId))).toEqual({ count: 0, parts: [] });
  });
});
