import { describe, expect } from "vitest";
import { type ActAs, type FrozenClock, test } from "../../../tests/support/database.ts";
import { bankUnit, type GivenUnit, givenPerson, givenProof, givenSession, givenUnit } from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import type { Permission } from "../permissions/contract.ts";
import { delegate, endDelegation, listDelegations } from "./delegate.ts";
import { changeGrant, grantRole, takeRole } from "./grant-roles.ts";
import { listGrants } from "./grant-store.ts";
import { keepApart } from "./keep-apart.ts";
import { changeRole, createRole, listRoles, retireRole } from "./make-roles.ts";

const DAY_MS = 86_400_000;
const day = (offset: number) => new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);
const always = { validFrom: day(0), validUntil: null };

async function world(tx: Tx, clock: FrozenClock) {
  clock.set(new Date()); // grants are looked at by the clock of the database
  const bank = await bankUnit(tx);
  const admin = await givenSession(tx, await givenPerson(tx, "administrator", bank));
  const branch = await givenUnit(tx, "branch", null);
  return { bank, branch, admin };
}

async function permissionsOf(tx: Tx, person: Caller): Promise<string[]> {
  const { rows } = await sql<{ permissions: string[] }>`select governance.permissions_of(${person.userId}) as permissions`.execute(tx);
  return rows[0]?.permissions ?? [];
}

const units = (as: ActAs, person: Caller) =>
  as(person, async (own) => (await sql<{ ids: string[] }>`select governance.visible_units() as ids`.execute(own)).rows[0]?.ids ?? []);

describe("a grant", () => {
  test("holds from its first to its last day and reaches what lies under its unit", async ({ tx, as, clock }) => {
    const { bank, branch, admin } = await world(tx, clock);
    const person = await givenPerson(tx, "auditor", branch);
    await sql`delete from governance.role_assignment where user_id = ${person.userId}`.execute(tx);
    const grant = (days: { validFrom: string; validUntil: string | null }) =>
      as(admin, (own) => grantRole(own, admin, clock, { userId: person.userId, roleId: "analyst", unitId: branch.unitId, ...days }));
    await grant({ validFrom: day(1), validUntil: day(9) });
    expect(await permissionsOf(tx, person)).toEqual([]);
    expect(await units(as, person)).toEqual([]);
    const change = (version: number, days: { validFrom: string; validUntil: string | null }) =>
      as(admin, (own) =>
        changeGrant(own, admin, clock, { userId: person.userId, roleId: "analyst", unitId: branch.unitId, version, ...days }),
      );
    await change(1, { validFrom: day(-3), validUntil: day(0) });
    expect(await permissionsOf(tx, person)).toContain("customer:read");
    expect(await units(as, person)).toEqual([branch.unitId]);
    await expect(change(1, always)).rejects.toMatchObject({ code: "conflict" });
    await sql`update governance.role_assignment set valid_until = ${day(-1)} where user_id = ${person.userId}`.execute(tx);
    expect(await permissionsOf(tx, person)).toEqual([]);
    expect(await as(admin, (own) => listGrants(own, person.userId, day(0)))).toMatchObject([{ state: "over" }]);
    await expect(grant({ validFrom: day(0), validUntil: day(-1) })).rejects.toMatchObject({ detail: { reason: "days_turned" } });
    expect(bank.unitId).not.toBe(branch.unitId);
  });

  test("ends the sessions of the person, given or taken, and stands on the trail", async ({ tx, as, clock }) => {
    const { branch, admin } = await world(tx, clock);
    const person = await givenSession(tx, await givenPerson(tx, "analyst", branch));
    const request = { userId: person.userId, roleId: "branch_manager", unitId: branch.unitId };
    const live = async () =>
      (
        await sql<{
          live: boolean;
        }>`select revoked_at is null as live from governance.session where session_id = ${person.sessionId}`.execute(tx)
      ).rows[0]?.live;
    expect(await live()).toBe(true);
    await as(admin, (own) => grantRole(own, admin, clock, { ...request, ...always }));
    expect(await live()).toBe(false);
    await as(admin, (own) => takeRole(own, admin, clock, { ...request, version: 1 }));
    const { rows } = await sql<{ action: string }>`
      select action from governance.audit_event where subject_ids @> array[${person.userId}::uuid] order by event_id`.execute(tx);
    expect(rows.map(({ action }) => action)).toEqual(["role.granted", "role.taken"]);
  });

  test("AC-18: is nobody's to give but an administrator's, never to oneself, and not by a statement of one's own either", async ({
    tx,
    as,
    clock,
  }) => {
    const { branch, admin } = await world(tx, clock);
    const rival = await givenSession(tx, await givenPerson(tx, "branch_manager", branch));
    const victim = await givenPerson(tx, "analyst", branch);
    const wanted = { roleId: "data_steward", unitId: branch.unitId, ...always };
    await expect(as(rival, (own) => grantRole(own, rival, clock, { userId: victim.userId, ...wanted }))).rejects.toMatchObject({
      code: "not_allowed",
    });
    await expect(as(admin, (own) => grantRole(own, admin, clock, { userId: admin.userId, ...wanted }))).rejects.toMatchObject({
      detail: { reason: "oneself" },
    });
    await sql`insert into governance.role (role_id, name, permissions, built_in) values ('plain', 'Plain', '{quality:read}', false)`.execute(
      tx,
    );
    for (const [who, toWhom] of [
      [rival, victim],
      [rival, rival],
      [admin, admin],
    ] as const) {
      const byHand = as(who, (own) =>
        sql`insert into governance.role_assignment (user_id, role_id, unit_id, granted_by) values (${toWhom.userId}, 'plain', ${branch.unitId}, ${who.userId})`.execute(
          own,
        ),
      );
      await expect(byHand).rejects.toThrow(/row-level security/);
    }
    for (const column of ["email", "display_name", "home_unit_id", "active"]) {
      const value = { email: "'x@y.z'", display_name: "'x'", home_unit_id: `'${branch.unitId}'`, active: "false" }[column] ?? "";
      const change = (who: Caller, whom: Caller) =>
        as(who, (own) =>
          sql.raw(`update governance.app_user set ${column} = ${value} where user_id = '${whom.userId}' returning user_id`).execute(own),
        );
      expect((await change(rival, victim)).rows, column).toEqual([]);
      if (column !== "home_unit_id") await expect(change(rival, rival), column).rejects.toThrow(/somebody else/);
    }
    expect(await permissionsOf(tx, victim)).not.toContain("load:run");
  });

  test("AC-33: of a ruling role needs a proof for exactly this person, role and unit", async ({ tx, as, clock }) => {
    const { bank, branch, admin } = await world(tx, clock);
    const person = await givenPerson(tx, "analyst", branch);
    await sql`delete from governance.role_assignment where user_id = ${person.userId}`.execute(tx);
    const request = { userId: person.userId, roleId: "administrator", unitId: bank.unitId, ...always };
    const { userId, ...payload } = request;
    const grant = () => as(admin, (own) => grantRole(own, admin, clock, request));
    await expect(grant()).rejects.toMatchObject({ code: "step_up_needed" });
    await givenProof(tx, admin, { action: "role.granted", subjectIds: [userId], payload: { ...payload, unitId: branch.unitId } });
    await expect(grant()).rejects.toMatchObject({ code: "step_up_needed" });
    await givenProof(tx, admin, { action: "role.granted", subjectIds: [userId], payload });
    await grant();
    expect(await permissionsOf(tx, person)).toContain("user:manage");
  });
});

describe("duties kept apart", () => {
  test("are refused at the grant with the reason: an administrator reads no customers and does not audit", async ({ tx, as, clock }) => {
    const { branch, admin } = await world(tx, clock);
    const other = await givenPerson(tx, "administrator", branch);
    for (const [roleId, dutyA] of [
      ["relationship_manager", "customer:read"],
      ["auditor", "audit:read"],
    ] as const) {
      const attempt = as(admin, (own) => grantRole(own, admin, clock, { userId: other.userId, roleId, unitId: branch.unitId, ...always }));
      await expect(attempt, roleId).rejects.toMatchObject({
        code: "invalid_state",
        detail: { reason: "duties_conflict", dutyA, heldRoleId: "administrator" },
      });
      const byHand = sql`insert into governance.role_assignment (user_id, role_id, unit_id) values (${other.userId}, ${roleId}, ${branch.unitId})`;
      await sql`savepoint attempt`.execute(tx);
      await expect(byHand.execute(tx), "past the verb, as whoever owns the database").rejects.toThrow(/kept apart/);
      await sql`rollback to savepoint attempt`.execute(tx);
    }
  });

  test("do not stand in one role, whoever makes it", async ({ tx, as, clock }) => {
    const { admin } = await world(tx, clock);
    const permissions: Permission[] = ["customer:read", "user:manage"];
    await expect(as(admin, (own) => createRole(own, admin, clock, { name: "Both", note: "", permissions }))).rejects.toMatchObject({
      detail: { reason: "duties_conflict" },
    });
  });

  test("that come together by a later rule give nothing, neither of them, until one is taken away", async ({ tx, as, clock }) => {
    const { branch, admin } = await world(tx, clock);
    const person = await givenPerson(tx, "relationship_manager", branch);
    await sql`insert into governance.role_assignment (user_id, role_id, unit_id) values (${person.userId}, 'data_steward', ${branch.unitId})`.execute(
      tx,
    );
    expect(await units(as, person)).toEqual([branch.unitId]);
    const rule = { dutyA: "relationship_manager", dutyB: "load:run", reason: "Who serves customers loads no files." };
    expect(await as(admin, (own) => keepApart(own, admin, rule))).toEqual({ peopleInConflict: 1 });
    expect(await permissionsOf(tx, person)).toEqual([]);
    expect(await units(as, person)).toEqual([]);
    expect((await as(admin, (own) => listGrants(own, person.userId, day(0)))).map(({ state }) => state)).toEqual(["conflict", "conflict"]);
    await sql`delete from governance.role_assignment where user_id = ${person.userId} and role_id = 'data_steward'`.execute(tx);
    expect(await units(as, person)).toEqual([branch.unitId]);
  });

  test("two grants at the same moment do not slip past each other", async ({ db, admin }) => {
    const person = await admin.transaction().execute(async (own) => {
      const made = await givenPerson(own, "analyst", await bankUnit(own));
      await sql`delete from governance.role_assignment where user_id = ${made.userId}`.execute(own);
      return made;
    });
    const grant = (roleId: string) =>
      admin.transaction().execute(async (own) => {
        await sql`insert into governance.role_assignment (user_id, role_id, unit_id) select ${person.userId}, ${roleId}, home_unit_id
          from governance.app_user where user_id = ${person.userId}`.execute(own);
        await sql`select pg_sleep(0.05)`.execute(own);
      });
    const results = await Promise.allSettled([grant("administrator"), grant("auditor"), grant("relationship_manager")]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(db).toBeDefined();
  });
});

describe("AC-10: a deputy", () => {
  async function deputy(tx: Tx, as: ActAs, clock: FrozenClock) {
    const { bank, branch, admin } = await world(tx, clock);
    const boss = await givenSession(tx, await givenPerson(tx, "branch_manager", branch));
    const other = await givenUnit(tx, "branch", null);
    const stand = await givenPerson(tx, "analyst", other);
    const request = {
      ...{ fromUserId: boss.userId, toUserId: stand.userId, roleIds: ["branch_manager"], reason: "On leave" },
      ...{ validFrom: day(0), validUntil: day(5) },
    };
    const act = {
      action: "deputy.named",
      subjectIds: [boss.userId, stand.userId],
      payload: { roleIds: request.roleIds, validFrom: request.validFrom, validUntil: request.validUntil },
    };
    await givenProof(tx, boss, act);
    const { delegationId } = await as(boss, (own) => delegate(own, boss, clock, request));
    return { bank, branch, other, admin, boss, stand, delegationId, request };
  }
  const sorted = (...given: GivenUnit[]) => given.map(({ unitId }) => unitId).sort();

  test("has what the other has, at the other's unit, and it dies with the other's right", async ({ tx, as, clock }) => {
    const { branch, other, boss, stand } = await deputy(tx, as, clock);
    expect((await units(as, stand)).sort()).toEqual(sorted(branch, other));
    expect(await permissionsOf(tx, stand)).toContain("relation:write");
    await sql`update governance.role_assignment set valid_until = ${day(-1)} where user_id = ${boss.userId}`.execute(tx);
    expect(await units(as, stand)).toEqual([other.unitId]);
    expect(await permissionsOf(tx, stand)).not.toContain("relation:write");
    await sql`update governance.role_assignment set valid_until = null where user_id = ${boss.userId}`.execute(tx);
    await sql`update governance.app_user set active = false where user_id = ${boss.userId}`.execute(tx);
    expect(await units(as, stand)).toEqual([other.unitId]);
  });

  test("cannot pass it on, and nobody passes on what they do not hold or what rules", async ({ tx, as, clock }) => {
    const { branch, stand, admin, boss } = await deputy(tx, as, clock);
    const third = await givenPerson(tx, "analyst", branch);
    const seated = await givenSession(tx, stand);
    const pass = async (caller: Caller, fromUserId: string, roleId: string, toUserId: string = third.userId) => {
      const days = { validFrom: day(0), validUntil: day(1) };
      await givenProof(tx, caller, { action: "deputy.named", subjectIds: [fromUserId, toUserId], payload: { roleIds: [roleId], ...days } });
      return as(caller, (own) => delegate(own, caller, clock, { fromUserId, toUserId, roleIds: [roleId], reason: "Chain", ...days }));
    };
    await expect(pass(seated, stand.userId, "branch_manager")).rejects.toMatchObject({ detail: { reason: "not_passed_on" } });
    await expect(pass(seated, boss.userId, "branch_manager")).rejects.toMatchObject({ code: "not_allowed" });
    await expect(pass(boss, boss.userId, "data_steward")).rejects.toMatchObject({ detail: { reason: "not_passed_on" } });
    await expect(pass(admin, boss.userId, "branch_manager", admin.userId)).rejects.toMatchObject({ detail: { reason: "oneself" } });
    const blank = await givenPerson(tx, "analyst", branch);
    await sql`delete from governance.role_assignment where user_id = ${blank.userId}`.execute(tx);
    await expect(pass(admin, admin.userId, "administrator", blank.userId)).rejects.toMatchObject({ detail: { reason: "not_passed_on" } });
    const auditor = await givenPerson(tx, "auditor", branch);
    await expect(pass(boss, boss.userId, "branch_manager", auditor.userId)).rejects.toMatchObject({
      detail: { reason: "duties_conflict" },
    });
  });

  test("is one no more when the days are over, and at once when it is ended; others cannot end it", async ({ tx, as, clock }) => {
    const { branch, other, boss, stand, delegationId } = await deputy(tx, as, clock);
    const rival = await givenPerson(tx, "branch_manager", branch);
    await expect(as(rival, (own) => endDelegation(own, rival, clock, delegationId, 1))).rejects.toMatchObject({ code: "not_found" });
    await as(boss, (own) => endDelegation(own, boss, clock, delegationId, 1));
    expect(await units(as, stand)).toEqual([other.unitId]);
    const { delegations } = await as(stand, (own) => listDelegations(own, stand, clock, stand.userId));
    expect(delegations).toMatchObject([{ state: "revoked", fromUserId: boss.userId }]);
    await expect(as(rival, (own) => listDelegations(own, rival, clock, stand.userId))).rejects.toMatchObject({ code: "not_allowed" });
  });
});

describe("a role of the bank's own", () => {
  test("AC-14: gives its permissions until it is retired, and never again", async ({ tx, as, clock }) => {
    const { branch, admin } = await world(tx, clock);
    const { roleId } = await as(admin, (own) =>
      createRole(own, admin, clock, { name: "Cashier", note: "", permissions: ["customer:read"] }),
    );
    const person = await givenPerson(tx, roleId, branch);
    expect(await permissionsOf(tx, person)).toEqual(["customer:read"]);
    await as(admin, (own) => changeRole(own, admin, clock, roleId, { version: 1, permissions: ["customer:read", "quality:read"] }));
    expect(await permissionsOf(tx, person)).toEqual(["customer:read", "quality:read"]);
    await as(admin, (own) => retireRole(own, admin, clock, roleId, 2));
    expect(await permissionsOf(tx, person)).toEqual([]);
    const { roleId: second } = await as(admin, (own) =>
      createRole(own, admin, clock, { name: "Cashier", note: "", permissions: ["customer:read"] }),
    );
    expect(second).not.toBe(roleId);
    expect(await permissionsOf(tx, person)).toEqual([]);
    await expect(as(admin, (own) => changeRole(own, admin, clock, roleId, { version: 3, name: "Back" }))).rejects.toMatchObject({
      detail: { reason: "role_retired" },
    });
  });

  test("is told from those of the product, which do not change", async ({ tx, as, clock }) => {
    const { admin } = await world(tx, clock);
    await expect(
      as(admin, (own) => changeRole(own, admin, clock, "auditor", { version: 1, permissions: ["customer:read"] })),
    ).rejects.toMatchObject({ detail: { reason: "built_in_role" } });
    const { roles } = await as(admin, (own) => listRoles(own, admin));
    expect(roles.map(({ roleId }) => roleId)).not.toContain("operator");
    expect(roles.find(({ roleId }) => roleId === "administrator")).toMatchObject({ ruling: true, builtIn: true });
  });
});
