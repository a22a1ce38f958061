import { createHash } from "node:crypto";
import { afterAll, describe, expect } from "vitest";
import { type FrozenClock, frozenClock, test } from "../../../tests/support/database.ts";
import { bankUnit, givenPerson, givenProof, givenSession } from "../../../tests/support/given.ts";
import { startTestServer, type TestServer } from "../../../tests/support/server.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { authenticateKey } from "../keys/index.ts";
import { ERROR_SCHEMA, GROUP_SCHEMA, type ScimGroup, type ScimUser, USER_SCHEMA } from "./contract.ts";
import { parseFilter } from "./filter.ts";
import { setGroupRole } from "./group-roles.ts";
import { provisioningRoutes } from "./routes.ts";

const clock: FrozenClock = frozenClock(new Date());
const KEY = `vk_abcdefgh_${"k".repeat(43)}`;
let server: TestServer;
let admin: Caller;
afterAll(() => server?.server.close());

async function ask(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  url: string,
  payload?: object,
  headers: Record<string, string> = {},
) {
  const type = payload === undefined ? {} : { "content-type": "application/scim+json" };
  const answer = await server.server.inject({
    ...{ method, url: `/scim/v2${url}`, remoteAddress: "192.0.2.9", headers: { authorization: `Bearer ${KEY}`, ...type, ...headers } },
    ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
  });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: (answer.body === "" ? null : answer.json()) as Record<string, unknown>,
  };
}

const create = async (userName: string, more: object = {}) =>
  (
    await ask("POST", "/Users", {
      schemas: [USER_SCHEMA],
      userName,
      emails: [{ value: `${userName}@bank.example`, primary: true }],
      ...more,
    })
  ).body as unknown as ScimUser;
const patch = (path: string, ...Operations: object[]) => ask("PATCH", path, { Operations });

async function given(db: Db, owner: Db["app"]): Promise<void> {
  if (server !== undefined) return;
  admin = await owner.transaction().execute(async (tx) => givenSession(tx, await givenPerson(tx, "administrator", await bankUnit(tx))));
  const hash = createHash("sha256").update(KEY).digest();
  await owner.transaction().execute(async (tx) => {
    const keeper = await givenPerson(tx, "administrator", await bankUnit(tx));
    await sql`insert into governance.api_key (prefix, token_hash, owner_id, purpose, scopes, ip_ranges, rows_per_day, created_at, expires_at, approved_at)
      values ('vk_abcdefgh', ${hash}, ${keeper.userId}, 'the directory of the bank', '{scim}', '{192.0.2.0/24}', 0, now(), now() + interval '30 days', now())`.execute(
      tx,
    );
  });
  const parts = { authenticateKey: (key: string, request: { id: string; ip: string }) => authenticateKey(db, clock, key, request) };
  server = await startTestServer({ db, routes: provisioningRoutes, callers: { admin }, clock, parts });
}

describe("a directory", () => {
  test("provisions, finds, changes and closes a person, in SCIM's own words", async ({ db, admin: owner }) => {
    await given(db, owner);
    const made = await ask("POST", "/Users", {
      schemas: [USER_SCHEMA],
      userName: "Samira.N",
      externalId: "e-1",
      name: { givenName: "Samira", familyName: "Nasser" },
      emails: [{ value: "samira@bank.example", type: "work", primary: true }],
      title: "Adviser",
    });
    expect(made).toMatchObject({
      status: 201,
      body: { userName: "samira.n", displayName: "Samira Nasser", active: true, externalId: "e-1" },
    });
    const user = made.body as unknown as ScimUser;
    expect(made.headers).toMatchObject({
      etag: user.meta.version,
      location: `http://localhost:3000/scim/v2/Users/${user.id}`,
      "content-type": "application/scim+json; charset=utf-8",
    });
    expect(await ask("POST", "/Users", { userName: "samira.n" })).toMatchObject({
      status: 409,
      body: { schemas: [ERROR_SCHEMA], status: "409", scimType: "uniqueness" },
    });
    for (const filter of [
      `userName eq "SAMIRA.N"`,
      `externalId eq "e-1"`,
      `emails[type eq "work"].value eq "samira@bank.example" and active eq true`,
      `displayName sw "samira"`,
    ]) {
      const found = await ask("GET", `/Users?filter=${encodeURIComponent(filter)}`);
      expect(found.body, filter).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [{ id: user.id }] });
    }
    expect((await ask("GET", `/Users?filter=${encodeURIComponent('userName sw "\'; drop table x --"')}`)).body).toMatchObject({
      totalResults: 0,
    });
    expect(await ask("GET", `/Users?filter=${encodeURIComponent('password eq "x"')}`)).toMatchObject({
      status: 400,
      body: { scimType: "invalidFilter" },
    });
    expect(
      await ask(
        "PATCH",
        `/Users/${user.id}`,
        { Operations: [{ op: "Replace", path: "displayName", value: "Samira N." }] },
        { "if-match": 'W/"99"' },
      ),
    ).toMatchObject({ status: 412 });
    expect(
      await ask(
        "PATCH",
        `/Users/${user.id}`,
        { Operations: [{ op: "Replace", path: "displayName", value: "Samira N." }] },
        { "if-match": user.meta.version },
      ),
    ).toMatchObject({ status: 200, body: { displayName: "Samira N." } });
    expect(await patch(`/Users/${user.id}`, { op: "explode" })).toMatchObject({ status: 400, body: { scimType: "invalidSyntax" } });
    expect((await ask("DELETE", `/Users/${user.id}`)).status).toBe(204);
    expect((await ask("GET", `/Users/${user.id}`)).status).toBe(404);
    const { rows } = await sql<{ active: boolean; events: number }>`
      select active, (select count(*)::int from governance.audit_event where subject_ids @> array[${user.id}::uuid] and detail ->> 'keyId' is not null) as events
      from governance.app_user where user_id = ${user.id}`.execute(owner);
    expect(rows[0], "history stays").toEqual({ active: false, events: 3 });
    expect(await create("samira.n"), "comes back as who she was").toMatchObject({ id: user.id, active: true });
  });

  test("pages through what there is", async ({ db, admin: owner }) => {
    await given(db, owner);
    for (const name of ["page.one", "page.two", "page.three"]) await create(name);
    const page = (query: string) => ask("GET", `/Users?filter=${encodeURIComponent('userName sw "page."')}&${query}`);
    const [first, second] = [await page("startIndex=1&count=2"), await page("startIndex=3&count=2")];
    expect([first.body.totalResults, first.body.itemsPerPage, second.body.itemsPerPage]).toEqual([3, 2, 1]);
    expect((await page("count=0")).body).toMatchObject({ totalResults: 3, Resources: [] });
    expect((await ask("GET", "/ServiceProviderConfig")).body).toMatchObject({ patch: { supported: true }, etag: { supported: true } });
    expect((await ask("GET", "/ResourceTypes")).body).toMatchObject({ totalResults: 2 });
    expect((await ask("GET", "/Schemas")).body).toMatchObject({ totalResults: 3 });
  });

  test("AC-21: closes an account with everything open in its name, and not its own keeper's", async ({ db, admin: owner }) => {
    await given(db, owner);
    const user = await create("leaver");
    const sessionId = crypto.randomUUID();
    await sql`insert into governance.session (session_id, token_hash, user_id, expires_at) values (${sessionId}, ${Buffer.from(sessionId)}, ${user.id}, now() + interval '1 hour')`.execute(
      owner,
    );
    const acting = () =>
      inTransaction(
        db,
        { userId: user.id as never, sessionId: sessionId as never, requestId: "r" },
        async (tx) => (await sql<{ who: string | null }>`select governance.acting_user() as who`.execute(tx)).rows[0]?.who,
      );
    expect(await acting()).toBe(user.id);
    expect(await patch(`/Users/${user.id}`, { op: "Replace", path: "active", value: "False" })).toMatchObject({
      status: 200,
      body: { active: false },
    });
    expect(await acting()).toBeNull();
    await patch(`/Users/${user.id}`, { op: "replace", value: { active: true } });
    expect(await acting(), "opened again, the session of before stays dead").toBeNull();
    const { rows } = await sql<{ id: string }>`select owner_id as id from governance.api_key where prefix = 'vk_abcdefgh'`.execute(owner);
    expect(await patch(`/Users/${rows[0]?.id}`, { op: "replace", path: "active", value: false })).toMatchObject({
      status: 400,
      body: { scimType: "mutability" },
    });
  });

  test("gives by groups the roles that the bank says, refuses duties kept apart, and takes them back", async ({ db, admin: owner }) => {
    await given(db, owner);
    const bank = await bankUnit(owner as unknown as Tx);
    const map = async (groupName: string, roleId: string) => {
      const key = { groupName, roleId, unitId: bank.unitId };
      await givenProof(owner as unknown as Tx, admin, { action: "group_role.set", subjectIds: [], payload: key });
      await inTransaction(db, admin, (tx) => setGroupRole(tx, admin, clock, key));
    };
    await map("analysts", "analyst");
    await map("stewards", "data_steward");
    await expect(map("admins", "administrator"), "roles that rule are not for groups").rejects.toMatchObject({
      detail: { reason: "ruling_role" },
    });
    await expect(map("trail", "auditor")).rejects.toMatchObject({ detail: { reason: "ruling_role" } });
    const [one, two] = [await create("group.one"), await create("group.two")];
    const group = (
      await ask("POST", "/Groups", { schemas: [GROUP_SCHEMA], displayName: "Analysts", externalId: "g-1", members: [{ value: one.id }] })
    ).body as unknown as ScimGroup;
    const roles = async (id: string) =>
      (
        await sql<{ role: string }>`select role_id as role from governance.role_assignment where user_id = ${id} order by 1`.execute(owner)
      ).rows.map(({ role }) => role);
    expect(await roles(one.id)).toEqual(["analyst"]);
    await patch(`/Groups/${group.id}`, { op: "add", path: "members", value: [{ value: two.id }] });
    expect([await roles(one.id), await roles(two.id)]).toEqual([["analyst"], ["analyst"]]);
    await patch(`/Groups/${group.id}`, { op: "remove", path: `members[value eq "${one.id}"]` });
    expect([await roles(one.id), await roles(two.id)]).toEqual([[], ["analyst"]]);
    await sql`insert into governance.role_assignment (user_id, role_id, unit_id) values (${one.id}, 'auditor', ${bank.unitId})`.execute(
      owner,
    );
    const refused = await patch(`/Groups/${group.id}`, { op: "add", path: "members", value: [{ value: one.id }] });
    expect(refused).toMatchObject({
      status: 400,
      body: { schemas: [ERROR_SCHEMA], scimType: "invalidValue", detail: expect.stringContaining("kept apart") },
    });
    expect((await ask("GET", `/Groups/${group.id}`)).body, "denied means unchanged").toMatchObject({ members: [{ value: two.id }] });
    expect((await ask("GET", "/Groups?excludedAttributes=members")).body).not.toHaveProperty("Resources.0.members");
    await ask("PUT", `/Groups/${group.id}`, { displayName: "Stewards", members: [{ value: two.id }] });
    expect(await roles(two.id), "another name carries another role").toEqual(["data_steward"]);
    expect((await ask("DELETE", `/Groups/${group.id}`)).status).toBe(204);
    expect(await roles(two.id)).toEqual([]);
    expect(await roles(one.id), "what a person gave stays").toEqual(["auditor"]);
  });

  test("is let in by its key alone, and refused in SCIM's words", async ({ db, admin: owner }) => {
    await given(db, owner);
    const byCookie = await server.send("admin", { method: "GET", url: "/scim/v2/Users" });
    expect([byCookie.statusCode, byCookie.json()]).toMatchObject([403, { schemas: [ERROR_SCHEMA], status: "403" }]);
    const nobody = await server.server.inject({ method: "GET", url: "/scim/v2/Users" });
    expect([nobody.statusCode, nobody.json()]).toMatchObject([401, { schemas: [ERROR_SCHEMA], status: "401" }]);
    expect((await ask("POST", "/Users", { userName: "x", emails: "none" })).body).toMatchObject({
      status: "400",
      scimType: "invalidValue",
    });
  });
});

test.each([
  "userName",
  "userName eq",
  'userName ne "x"',
  'userName eq "x" or active eq true',
  'userName eq "x',
  '(userName eq "x")',
  `${'userName eq "x" and '.repeat(5)}userName eq "x"`,
  'userName eq "\\u0000"',
])("the filter %s is refused", (text) => {
  expect(() => parseFilter(text, ["username", "active"])).toThrow();
});
