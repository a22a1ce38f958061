import { afterAll, describe, expect } from "vitest";
import { authenticateKey } from "../../server/governance/keys/index.ts";
import { endpoints, routes } from "../../server/main/wiring.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { systemClock } from "../../server/platform/clock/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../server/platform/db/index.ts";
import { test } from "../support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenProof, givenSession, givenUnit } from "../support/given.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const clock = systemClock;

/** As the fixture gives it: past row-level security, each statement by itself. */
type Admin = Db["app"];

interface World {
  readonly server: TestServer;
  readonly callers: Record<"analyst" | "admin" | "rival", Caller>;
  readonly customerId: string;
}

describe("API keys", () => {
  let world: World;
  afterAll(() => world?.server.server.close());

  async function keyOf(admin: Admin, owner: "analyst" | "admin", more: Record<string, unknown> = {}) {
    const body = {
      purpose: "Nightly comparison of branches",
      scopes: ["organisation:read"],
      ipRanges: ["192.0.2.0/24"],
      days: 30,
      rowsPerDay: 3,
      ...more,
    };
    await givenProof(admin as unknown as Tx, world.callers[owner], { action: "key.asked", subjectIds: [], payload: body });
    const answer = await world.server.send(owner, { method: "POST", url: "/api/keys", payload: body });
    return { status: answer.statusCode, ...answer.json<{ keyId: string; key: string; code?: string; detail?: unknown }>() };
  }

  /** Looks at the request for the key as its decider does, proves it for what was shown, and approves. */
  async function approve(admin: Admin, by: "admin" | "rival" | "analyst", keyId: string, more: { hash?: string } = {}) {
    const { rows } = await sql<{ id: string }>`
      select request_id as id from governance.approval_request where action = 'key.approved' and ${keyId}::uuid = any (subject_ids)`.execute(
      admin,
    );
    const url = `/api/approvals/${rows[0]?.id}`;
    const seen = await world.server.send(by, { method: "GET", url });
    if (seen.statusCode !== 200) return seen;
    const hash = more.hash ?? seen.json<{ hash: string }>().hash;
    const act = { action: "approval.approved", subjectIds: [rows[0]?.id ?? ""], payload: { act: "key.approved", hash } };
    await givenProof(admin as unknown as Tx, world.callers[by], act);
    const payload = { approve: true, note: "compared with the ticket", hash: seen.json<{ hash: string }>().hash };
    return world.server.send(by, { method: "POST", url: `${url}/decision`, payload });
  }

  const ask = (key: string | null, url: string, ip = "192.0.2.9", method: "GET" | "POST" = "GET") =>
    world.server.server.inject({ method, url, remoteAddress: ip, headers: key === null ? {} : { authorization: `Bearer ${key}` } });

  test("AC-31, AC-65: made by one person and approved by another, with no more than its owner has, from its addresses alone", async ({
    db,
    admin,
  }) => {
    world = await admin.transaction().execute(async (tx) => {
      const branch = await givenUnit(tx, "branch", null);
      const bank = await bankUnit(tx);
      const customer = await givenCustomer(tx, { branch });
      for (let n = 0; n < 4; n += 1) await givenCustomer(tx, { branch });
      const callers = {
        analyst: await givenSession(tx, await givenPerson(tx, "analyst", branch)),
        admin: await givenSession(tx, await givenPerson(tx, "administrator", bank)),
        rival: await givenSession(tx, await givenPerson(tx, "administrator", bank)),
      };
      const parts = { authenticateKey: (key: string, request: { id: string; ip: string }) => authenticateKey(db, clock, key, request) };
      return { server: await startTestServer({ db, routes, callers, clock, parts }), callers, customerId: customer.customerId };
    });
    expect(await keyOf(admin, "analyst", { scopes: ["audit:read"] })).toMatchObject({ status: 403, detail: { reason: "scope_not_held" } });
    expect(await keyOf(admin, "analyst", { userId: world.callers.admin.userId })).toMatchObject({ status: 400 });
    expect(await keyOf(admin, "analyst", { scopes: ["key:manage"] })).toMatchObject({ status: 400 });
    expect(await keyOf(admin, "analyst", { ipRanges: ["0.0.0.0/0"] })).toMatchObject({ status: 400 });
    expect(await keyOf(admin, "analyst", { days: 366 })).toMatchObject({ status: 400 });
    const made = await keyOf(admin, "analyst");
    expect(made.key).toMatch(/^vk_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{43}$/);
    expect((await ask(made.key, "/api/organisation/units")).statusCode, "before it is approved").toBe(401);
    expect((await approve(admin, "analyst", made.keyId)).json(), "by who made it").toMatchObject({ detail: { reason: "own" } });
    const other = "0".repeat(64);
    expect((await approve(admin, "admin", made.keyId, { hash: other })).json(), "a proof for something else").toMatchObject({
      code: "step_up_needed",
    });
    expect((await approve(admin, "admin", made.keyId)).json()).toMatchObject({ state: "approved" });
    expect((await approve(admin, "rival", made.keyId)).statusCode, "decided already").toBe(404);
    expect((await ask(made.key, "/api/organisation/units")).statusCode).toBe(200);
    expect((await ask(made.key, "/api/organisation/units", "198.51.100.1")).statusCode, "from elsewhere").toBe(401);
    const own = await keyOf(admin, "admin", { scopes: ["scim"] });
    expect((await approve(admin, "admin", own.keyId)).json(), "one's own").toMatchObject({ detail: { reason: "own" } });
    for (const by of ["admin", "rival"] as const) {
      const byHand = inTransaction(db, world.callers[by], (tx) =>
        sql`update governance.api_key set approved_at = now() where key_id = ${own.keyId}`.execute(tx),
      );
      await expect(byHand).rejects.toThrow("42501");
      const past = inTransaction(db, world.callers[by], (tx) => sql`select governance.activate_key(${own.keyId}, now())`.execute(tx));
      await expect(past, "past the approval").rejects.toThrow("42501");
    }
    expect((await world.server.send("admin", { method: "DELETE", url: `/api/keys/${own.keyId}` })).statusCode).toBe(204);
    expect((await approve(admin, "rival", own.keyId)).json(), "a key that has ended").toMatchObject({ state: "changed" });
    expect((await ask(own.key, "/scim/v2/Users")).statusCode).toBe(401);
    const keys = (await world.server.send("rival", { method: "GET", url: "/api/keys" })).json<{ keys: Record<string, unknown>[] }>().keys;
    expect(Object.fromEntries(keys.map(({ keyId, state }) => [keyId, state]))).toEqual({ [made.keyId]: "active", [own.keyId]: "refused" });
  });

  test("AC-31: what a person does alone, minting and approving first of all, no key does; and SCIM no cookie", async ({ admin }) => {
    const scopes = ["customer:export", "customer:read", "load:read", "organisation:read", "quality:read"];
    const made = await keyOf(admin, "analyst", { scopes });
    expect((await approve(admin, "admin", made.keyId)).statusCode).toBe(200);
    for (const endpoint of endpoints) {
      const path = endpoint.path.replaceAll(/:(\w+)/g, () => crypto.randomUUID());
      const inject = { method: endpoint.method, url: path, remoteAddress: "192.0.2.9" };
      const forPeople =
        endpoint.access === "signed_in" ||
        endpoint.from === "browser" ||
        !(endpoint.access === "public" || scopes.includes(endpoint.access));
      if (forPeople || endpoint.answerKind === "events") {
        const answer = await world.server.server.inject({ ...inject, headers: { authorization: `Bearer ${made.key}` } });
        if (endpoint.access === "public") continue;
        expect([answer.statusCode, answer.json<{ code: string }>().code], endpoint.name).toEqual([403, "not_allowed"]);
      }
      if (endpoint.from === "key") {
        const answer = await world.server.send("admin", { method: endpoint.method, url: path });
        expect(answer.statusCode, endpoint.name).toBe(403);
      }
    }
    const both = await world.server.server.inject({
      method: "GET",
      url: "/api/organisation/units",
      remoteAddress: "192.0.2.9",
      headers: { authorization: `Bearer ${made.key}`, cookie: "__Host-vinculo=admin" },
    });
    expect(both.statusCode, "key and cookie at once").toBe(401);
  });

  test("is cut to its scopes in the database too: nothing the server could forget gives it more", async ({ db, admin }) => {
    const made = await keyOf(admin, "analyst");
    await approve(admin, "admin", made.keyId);
    const caller = await authenticateKey(db, clock, made.key, { id: "r", ip: "192.0.2.9" });
    if (caller === null) throw new Error("the key does not live");
    const asked = (who: Caller) =>
      inTransaction(db, who, async (tx) => {
        const { rows } = await sql<{ seen: number; holds: boolean }>`
          select (select count(*) from customers.customer)::int as seen, governance.holds('customer:read') as holds`.execute(tx);
        return rows[0];
      });
    expect(await asked(world.callers.analyst)).toEqual({ seen: 5, holds: true });
    expect(await asked(caller)).toEqual({ seen: 0, holds: false });
    const minted = inTransaction(db, caller, (tx) =>
      sql`insert into governance.api_key (prefix, token_hash, owner_id, purpose, scopes, ip_ranges, rows_per_day, created_at, expires_at)
        values ('vk_aaaaaaaa', ${Buffer.alloc(32, 7)}, ${caller.userId}, 'made by a key itself', '{organisation:read}', '{192.0.2.0/24}', 1, now(), now() + interval '1 day')`.execute(
        tx,
      ),
    );
    await expect(minted).rejects.toThrow();
  });

  test("AC-64: has a budget of rows of its own, and every row of the trail names it", async ({ admin }) => {
    const scopes = ["customer:read"];
    const made = await keyOf(admin, "analyst", { scopes });
    await approve(admin, "admin", made.keyId);
    expect((await ask(made.key, "/api/customers?rows=2")).statusCode).toBe(200);
    expect((await ask(made.key, `/api/customers/${world.customerId}`)).statusCode).toBe(200);
    expect((await ask(made.key, "/api/customers?rows=2")).json()).toMatchObject({ code: "limit_reached" });
    expect((await world.server.send("analyst", { method: "GET", url: "/api/customers?rows=5" })).statusCode, "its owner goes on").toBe(200);
    const { rows } = await sql<{ key: string | null }>`
      select detail ->> 'keyId' as key from governance.audit_event where actor_id = ${world.callers.analyst.userId} and action like 'customer.%' order by event_id`.execute(
      admin,
    );
    expect(rows.map(({ key }) => key)).toEqual([made.keyId, made.keyId, null]);
  });

  test("AC-22: revoked or over, it is dead with the commit, inside a transaction that has begun too; AC-21: with its owner's account as well", async ({
    db,
    admin,
  }) => {
    const made = await keyOf(admin, "analyst");
    await approve(admin, "admin", made.keyId);
    const caller = await authenticateKey(db, clock, made.key, { id: "r", ip: "192.0.2.9" });
    if (caller === null) throw new Error("the key does not live");
    const seen = await inTransaction(db, caller, async (tx) => {
      const acting = async () => (await sql<{ who: string | null }>`select governance.acting_user() as who`.execute(tx)).rows[0]?.who;
      const before = await acting();
      expect((await world.server.send("rival", { method: "DELETE", url: `/api/keys/${made.keyId}` })).statusCode).toBe(204);
      return [before, await acting()];
    });
    expect(seen).toEqual([caller.userId, null]);
    expect((await ask(made.key, "/api/organisation/units")).statusCode).toBe(401);
    const next = await keyOf(admin, "analyst");
    await approve(admin, "admin", next.keyId);
    const later = { now: () => new Date(Date.now() + 30 * 86_400_000 + 1_000) };
    expect(await authenticateKey(db, later, next.key, { id: "r", ip: "192.0.2.9" })).toBeNull();
    await sql`update governance.app_user set active = false where user_id = ${world.callers.analyst.userId}`.execute(admin);
    expect((await ask(next.key, "/api/organisation/units")).statusCode).toBe(401);
    await sql`update governance.app_user set active = true where user_id = ${world.callers.analyst.userId}`.execute(admin);
  });

  test("AC-16: is nowhere in the database, in no answer but the first, and in no log line", async ({ admin }) => {
    const made = await keyOf(admin, "analyst");
    const listed = await world.server.send("admin", { method: "GET", url: "/api/keys" });
    const secret = made.key.slice(12);
    expect(listed.body).toContain(made.key.slice(0, 11));
    expect(listed.body).not.toContain(secret);
    expect(JSON.stringify(world.server.logged)).not.toContain(secret);
    const { rows } = await sql<{ found: boolean }>`
      select exists (select from governance.api_key k where k::text like ${`%${secret}%`}) or exists (select from governance.audit_event e where e::text like ${`%${secret}%`}) as found`.execute(
      admin,
    );
    expect(rows[0]?.found).toBe(false);
  });
});
