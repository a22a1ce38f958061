import fc from "fast-check";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenPerson, givenPortfolio, givenSession, givenUnit } from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";

/** A person works on: the moment at which a standing is kept. */
const worksOn = (tx: Tx, { sessionId }: Caller) =>
  sql`update governance.session set last_seen_at = last_seen_at + interval '1 minute' where session_id = ${sessionId}`.execute(tx);

async function keptAndReckoned(tx: Tx, { userId }: Caller) {
  const { rows } = await sql<{ kept: unknown; told: unknown; reckoned: unknown }>`
    select (select to_jsonb(s) from governance.standing s where user_id = ${userId}) as kept,
      to_jsonb(governance.standing_of(${userId})) as told, to_jsonb(governance.reckon_standing(${userId})) as reckoned`.execute(tx);
  return rows[0] ?? { kept: null, told: null, reckoned: null };
}

describe("what a person may do and reach today", () => {
  test("is the same kept as reckoned, whatever changes and in whatever order", async ({ tx }) => {
    const bank = await bankUnit(tx);
    const [north, south] = [await givenUnit(tx, "region", null), await givenUnit(tx, "branch", null)];
    const [one, other] = [
      await givenSession(tx, await givenPerson(tx, "relationship_manager", south)),
      await givenSession(tx, await givenPerson(tx, "branch_manager", north)),
    ];
    const portfolio = await givenPortfolio(tx, south, one);
    await sql`insert into governance.role (role_id, permissions) values ('made_role', '{customer:read,load:run}')`.execute(tx);
    const grant = (who: Caller, role: string, unit: string) =>
      sql`insert into governance.role_assignment (user_id, role_id, unit_id) values (${who.userId}, ${role}, ${unit}) on conflict do nothing`.execute(
        tx,
      );
    const changes = {
      grant: () => grant(one, "made_role", north.unitId),
      grantBank: () => grant(other, "analyst", bank.unitId),
      take: () => sql`delete from governance.role_assignment where user_id = ${one.userId} and role_id = 'made_role'`.execute(tx),
      ended: () => sql`update governance.role_assignment set valid_until = current_date - 1 where user_id = ${other.userId}`.execute(tx),
      begun: () => sql`update governance.role_assignment set valid_until = null where user_id = ${other.userId}`.execute(tx),
      deputy: () =>
        sql`insert into governance.delegation (from_user_id, to_user_id, role_ids, valid_from, valid_until, reason, created_by)
          values (${one.userId}, ${other.userId}, '{relationship_manager}', current_date, current_date + 5, 'on leave', ${one.userId})`.execute(
          tx,
        ),
      deputyEnds: () =>
        sql`update governance.delegation set revoked_at = now(), revoked_by = ${one.userId} where revoked_at is null`.execute(tx),
      role: () => sql`update governance.role set permissions = '{customer:read}' where role_id = 'made_role'`.execute(tx),
      retire: () => sql`update governance.role set retired_at = now() where role_id = 'made_role'`.execute(tx),
      move: () => sql`update governance.organisation_unit set parent_id = ${north.unitId} where unit_id = ${south.unitId}`.execute(tx),
      moveBack: () => sql`update governance.organisation_unit set parent_id = ${bank.unitId} where unit_id = ${south.unitId}`.execute(tx),
      handOver: () => sql`update governance.portfolio set owner_user_id = ${other.userId} where portfolio_id = ${portfolio}`.execute(tx),
      close: () => sql`update governance.app_user set active = not active where user_id = ${one.userId}`.execute(tx),
      apart: () =>
        sql`insert into governance.sod_conflict (duty_a, duty_b, reason) values ('load:run', 'organisation:read', 'kept apart here') on conflict do nothing`.execute(
          tx,
        ),
    };
    type Change = keyof typeof changes;
    const done = new Set<Change>();
    // Some stand against one another and are refused: then nothing may have changed either.
    const attempt = async (change: Change) => {
      await sql`savepoint attempt`.execute(tx);
      await changes[change]().then(
        () => done.add(change),
        () => sql`rollback to savepoint attempt`.execute(tx),
      );
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...(Object.keys(changes) as Change[])), { minLength: 4, maxLength: 14 }), async (order) => {
        await sql`savepoint before`.execute(tx);
        for (const change of order) {
          for (const person of [one, other]) await worksOn(tx, person);
          await attempt(change);
          for (const person of [one, other]) {
            const { told, reckoned } = await keptAndReckoned(tx, person);
            expect(told, `after ${change}`).toEqual(reckoned);
          }
        }
        await sql`rollback to savepoint before`.execute(tx);
      }),
      { numRuns: 12, seed: 7 },
    );
    expect([...done].sort()).toEqual(Object.keys(changes).sort());
  });

  test("is kept while somebody works, and not for another day", async ({ tx }) => {
    const person = await givenSession(tx, await givenPerson(tx, "analyst", await bankUnit(tx)));
    await worksOn(tx, person);
    expect((await keptAndReckoned(tx, person)).kept).toMatchObject({ whole_bank: true });
    await sql`update governance.standing set on_day = on_day - 1, whole_bank = false, permissions = '{user:manage}'`.execute(tx);
    const { told, reckoned } = await keptAndReckoned(tx, person);
    expect(told).toEqual(reckoned);
    expect(told).toMatchObject({ whole_bank: true });
  });

  test("is not kept while another transaction changes it, which would be outlived", async ({ admin }) => {
    const person = await admin.transaction().execute(async (tx) => givenSession(tx, await givenPerson(tx, "analyst", await bankUnit(tx))));
    await sql`delete from governance.standing`.execute(admin);
    const change = await admin.startTransaction().execute();
    try {
      await sql`delete from governance.role_assignment where user_id = ${person.userId}`.execute(change);
      const meanwhile = await admin.transaction().execute(async (tx) => {
        await worksOn(tx, person);
        return keptAndReckoned(tx, person);
      });
      expect(meanwhile).toMatchObject({ kept: null, told: { whole_bank: true } });
    } finally {
      await change.commit().execute();
    }
    const after = await admin.transaction().execute(async (tx) => {
      await worksOn(tx, person);
      return keptAndReckoned(tx, person);
    });
    expect(after).toMatchObject({ kept: { whole_bank: false, permissions: [] }, told: { whole_bank: false } });
  });
});
