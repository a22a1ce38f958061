import fc from "fast-check";
import { afterAll, describe, expect } from "vitest";
import { type FrozenClock, frozenClock, test } from "../../../tests/support/database.ts";
import { CLIENT_ID, CLIENT_SECRET, type FakeProvider, type Misbehaviour, startFakeProvider } from "../../../tests/support/fake-provider.ts";
import { givenProof } from "../../../tests/support/given.ts";
import type { Caller, UserId } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { openOutbound } from "../../platform/outbound/index.ts";
import { actionHash, authenticate, createUser, operatorCaller, requireStepUp, setUserActive, signIn } from "../access/index.ts";
import { leave, type World } from "./go-and-return.ts";
import { identityProviderRoutes } from "./routes.ts";
import { arrivedWith, matchPerson } from "./rules.ts";
import { beginTrial, finishTrial, readProvider, saveEmergencyAccounts, saveProvider } from "./set-up-provider.ts";
import { beginProviderProof, finishProviderProof, signInByProvider } from "./sign-in-by-provider.ts";
import { endSessionsByProvider, leaveSession } from "./sign-out-by-provider.ts";
import { unlinkPerson } from "./unlink-person.ts";

const request = { id: "request-1", ip: "192.0.2.7", userAgent: "Firefox" };
const password = "correct horse battery";

const clock = frozenClock(new Date()); // the database and the provider look at their own clocks too
let provider: FakeProvider;
let world: World;
let admin: Caller;
afterAll(() => provider?.close());

async function givenPerson(db: Db, login: string, roleId: string, email?: string): Promise<UserId> {
  const operator = await operatorCaller(db);
  const wanted = { login, displayName: login, unitCode: "BANK", roleIds: [roleId], password, ...(email === undefined ? {} : { email }) };
  return (await inTransaction(db, operator, (tx) => createUser(tx, operator, wanted), { role: "worker" })).userId as UserId;
}

async function enter(db: Db, clock: FrozenClock, login: string): Promise<Caller> {
  const { token } = await signIn(db, clock, { login, password, request });
  const caller = await authenticate(db, clock, token, request, "request");
  if (caller === null) throw new Error("the session is not alive");
  return caller;
}

const settings = {
  ...{ name: "Bank sign-in", clientId: CLIENT_ID, linksByEmail: true, groupClaim: null as string | null, enabled: false },
  localSignIn: "everybody" as "everybody" | "emergency",
};

async function save(db: Db, change: Partial<typeof settings> & { clientSecret?: string }) {
  const { provider: now } = await inTransaction(db, admin, (tx) => readProvider(tx, admin, world.publicUrl));
  const kept = now === null ? settings : { ...settings, enabled: now.enabled, localSignIn: now.localSignIn };
  const wanted = { ...kept, issuer: provider.issuer, version: now?.version ?? 0, ...change };
  const attempt = () => saveProvider(world, admin, wanted);
  const hash = await attempt().then(
    () => null,
    (error: { code: string; detail: { actionHash?: string } }) => {
      if (error.code !== "step_up_needed") throw error;
      return error.detail.actionHash ?? "";
    },
  );
  if (hash === null) return;
  await prove(db, admin, hash);
  await attempt();
}

async function prove(db: Db, who: Caller, hash: string): Promise<void> {
  await inTransaction(
    db,
    who,
    (tx) =>
      sql`insert into governance.step_up (session_id, user_id, action_hash, method, proved_at, expires_at)
      values (${who.sessionId}, ${who.userId}, ${Buffer.from(hash, "hex")}, 'password', now(), now() + interval '5 minutes')`.execute(tx),
    { purpose: "sign_in" },
  );
}

/** Leaves, signs in there, comes back. */
async function through(claims: Record<string, unknown>, how?: Misbehaviour) {
  const { url, secret } = await leave(world, { purpose: "oidc", userId: null, requestId: "r" });
  return signInByProvider(world, { parameters: provider.signIn(url, claims, how), secret }, request);
}

const claimsOf = (name: string, more: Record<string, unknown> = {}) => ({
  sub: `sub-${name}`,
  email: `${name}@bank.example`,
  email_verified: true,
  ...more,
});

async function confirm(db: Db, admins: Caller, userId: string): Promise<void> {
  await inTransaction(db, admins, (tx) =>
    sql`update governance.app_user set email_confirmed_at = now() where user_id = ${userId}`.execute(tx),
  );
}

describe("the bank's identity provider", () => {
  test("AC-29, AC-17: is set up by who may, its secret never read back, and taken into use only after it was tried", async ({
    db,
    admin: owner,
  }) => {
    provider = await startFakeProvider();
    world = {
      db,
      clock,
      outbound: openOutbound({ hosts: [], internalHosts: [provider.host] }),
      publicUrl: new URL("https://crm.bank.example"),
    };
    await givenPerson(db, "admin.oidc", "administrator");
    admin = await enter(db, clock, "admin.oidc");
    await givenPerson(db, "rival.oidc", "branch_manager");
    const rival = await enter(db, clock, "rival.oidc");
    await expect(inTransaction(db, rival, (tx) => readProvider(tx, rival, world.publicUrl))).rejects.toMatchObject({ code: "not_allowed" });
    const byHand = inTransaction(db, rival, (tx) => sql`select governance.set_provider_secret('\\x00')`.execute(tx));
    await expect(byHand).rejects.toMatchObject({ code: "not_found" });
    await save(db, { clientSecret: CLIENT_SECRET });
    await expect(save(db, { enabled: true })).rejects.toMatchObject({ detail: { reason: "not_tried" } });
    await expect(leave(world, { purpose: "oidc", userId: null, requestId: "r" })).rejects.toMatchObject({
      detail: { reason: "no_provider" },
    });
    const { url, secret } = await beginTrial(world, admin);
    const tried = await finishTrial(world, admin, {
      parameters: provider.signIn(url, claimsOf("stranger", { department: "Treasury" })),
      secret,
    });
    expect(tried.outcome).toBe("no_account");
    expect(tried.claims).toContainEqual({ name: "department", value: "Treasury" });
    await save(db, { enabled: true });
    const read = JSON.stringify(await inTransaction(db, admin, (tx) => readProvider(tx, admin, world.publicUrl)));
    expect(read).toContain('"hasSecret":true');
    const { rows } = await sql<{ found: boolean }>`
      select exists (select from governance.audit_event e where e::text like ${`%${CLIENT_SECRET}%`})
        or exists (select from governance.identity_provider_secret s where s::text like ${`%${Buffer.from(CLIENT_SECRET).toString("hex")}%`}) as found`.execute(
      owner,
    );
    expect([read.includes(CLIENT_SECRET), rows[0]?.found]).toEqual([false, false]);
    const served = await inTransaction(db, admin, (tx) => sql`select * from governance.identity_provider_secret`.execute(tx));
    expect(served.rows).toEqual([]);
  });

  test("AC-27: links by an address that both sides vouch for, and what proved the person before is void", async ({ db }) => {
    const userId = await givenPerson(db, "mallory", "analyst", "Victim@bank.example");
    const squatter = await enter(db, clock, "mallory");
    await expect(through(claimsOf("victim")), "nobody here vouched").rejects.toMatchObject({
      code: "sign_in_failed",
      detail: { reason: "no_account" },
    });
    await expect(confirm(db, squatter, userId), "not one's own").rejects.toMatchObject({ code: "not_found" });
    await confirm(db, admin, userId);
    await expect(through(claimsOf("victim", { email_verified: false }))).rejects.toMatchObject({ detail: { reason: "no_account" } });
    await expect(through(claimsOf("victim", { email: "other@bank.example" }))).rejects.toMatchObject({ detail: { reason: "no_account" } });
    const entered = await through(claimsOf("victim"));
    expect(entered.session.user.login).toBe("mallory");
    await expect(signIn(db, clock, { login: "mallory", password, request })).rejects.toMatchObject({ code: "sign_in_failed" });
    const { rows } = await inTransaction(db, squatter, (tx) =>
      sql<{ who: string | null }>`select governance.acting_user() as who`.execute(tx),
    );
    expect(rows, "the session of before").toEqual([{ who: null }]);
    // Linked is linked: another subject with the same address is nobody, and a changed address changes nothing.
    await expect(through(claimsOf("victim", { sub: "another" }))).rejects.toMatchObject({ detail: { reason: "no_account" } });
    expect((await through(claimsOf("victim", { email: "new@bank.example" }))).session.user.login).toBe("mallory");
  });

  test.each<[string, Misbehaviour & { claims?: Record<string, unknown> }]>([
    ["alg none", { unsigned: true }],
    ["a foreign key", { foreignKey: true }],
    ["another audience", { audience: "other-client" }],
    ["another issuer", { issuer: "https://evil.example" }],
    ["another nonce", { nonce: "replayed" }],
    ["a token that is over", { claims: { exp: 1_000_000 } }],
  ])("AC-29: refuses %s", async (_, { claims, ...how }) => {
    await expect(through(claimsOf("victim", claims), how)).rejects.toMatchObject({
      code: "sign_in_failed",
      detail: { reason: "not_proven" },
    });
  });

  test("AC-29: state, browser and PKCE belong together, once", async () => {
    const mine = await leave(world, { purpose: "oidc", userId: null, requestId: "r" });
    const other = await leave(world, { purpose: "oidc", userId: null, requestId: "r" });
    expect(new URL(mine.url).searchParams.get("code_challenge_method")).toBe("S256");
    const back = (parameters: string, secret: string) => signInByProvider(world, { parameters, secret }, request);
    const refused = { code: "sign_in_failed" };
    await expect(back(provider.signIn(other.url, claimsOf("victim")), mine.secret), "in another browser").rejects.toMatchObject(refused);
    const stolen = new URLSearchParams(provider.signIn(mine.url, claimsOf("victim")));
    const third = await leave(world, { purpose: "oidc", userId: null, requestId: "r" });
    stolen.set("state", third.state);
    await expect(back(stolen.toString(), third.secret), "a code of another trip").rejects.toMatchObject(refused);
    const good = provider.signIn(mine.url, claimsOf("victim"));
    await back(good, mine.secret);
    await expect(back(good, mine.secret), "twice").rejects.toMatchObject(refused);
    await expect(back("error=access_denied", mine.secret)).rejects.toMatchObject(refused);
  });

  test("AC-32: whatever a provider calls somebody neither matches nor fails differently", async () => {
    for (const odd of [
      "*()\\\0",
      "*",
      "%",
      "' or 1=1 --",
      "\u0000",
      "a".repeat(5_000),
      "vict*@bank.example",
      ["victim@bank.example"],
      { $ne: null },
      7,
      null,
    ]) {
      await expect(through(claimsOf("odd", { email: odd }))).rejects.toMatchObject({
        code: "sign_in_failed",
        detail: { reason: "no_account" },
      });
      if (typeof odd === "string" && odd !== "")
        await expect(through(claimsOf("odd", { sub: odd }))).rejects.toMatchObject({ detail: { reason: "no_account" } });
    }
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.anything(), (subject, email) => {
        const arrived = arrivedWith({ sub: subject, email, email_verified: true, groups: email }, "groups");
        if (arrived !== null) expect(matchPerson(arrived, null, [], true).userId).toBeNull();
        expect(arrived?.email?.includes("\0") ?? false).toBe(false);
      }),
    );
  });

  test("AC-24: whoever comes back from the provider is answered alike, and not before a fixed time", async ({ db }) => {
    const route = identityProviderRoutes.find(({ endpoint }) => endpoint.name === "finishProviderSignIn");
    const answer = async (claims: Record<string, unknown>) => {
      const { url, secret } = await leave(world, { purpose: "oidc", userId: null, requestId: "r" });
      const body = { parameters: provider.signIn(url, claims), secret };
      const began = performance.now();
      const refused = await route?.handle({ ...world, body, request, cookie: { token: null } }).catch((error: unknown) => error);
      return { refused, ms: performance.now() - began };
    };
    const closed = await givenPerson(db, "closed.oidc", "analyst", "closed@bank.example");
    await confirm(db, admin, closed);
    await through(claimsOf("closed"));
    const operator = await operatorCaller(db);
    await inTransaction(db, operator, (tx) => setUserActive(tx, operator, "closed.oidc", false), { role: "worker" });
    for (const claims of [claimsOf("nobody"), claimsOf("closed"), claimsOf("odd", { email: "*" })]) {
      const { refused, ms } = await answer(claims);
      expect(refused).toMatchObject({ code: "sign_in_failed", detail: { reason: "no_account" } });
      expect(ms).toBeGreaterThan(295);
    }
  });

  test("proves one exact act at the provider, for the same person alone", async ({ db }) => {
    const { token } = await through(claimsOf("victim"));
    const caller = await authenticate(db, clock, token, request, "request");
    if (caller === null) throw new Error("the session is not alive");
    const act = { action: "key.asked", subjectIds: [] };
    const needed = inTransaction(db, caller, (tx) => requireStepUp(tx, caller, clock, act));
    await expect(needed).rejects.toMatchObject({ code: "step_up_needed", detail: { methods: ["provider"] } });
    const hash = actionHash(act).toString("hex");
    const wrong = await beginProviderProof(world, caller, hash);
    await expect(
      finishProviderProof(world, caller, { parameters: provider.signIn(wrong.url, claimsOf("stranger")), secret: wrong.secret }),
    ).rejects.toMatchObject({ code: "sign_in_failed" });
    const stale = await beginProviderProof(world, caller, hash);
    const longAgo = { auth_time: Math.floor(Date.now() / 1000) - 3_600 };
    await expect(
      finishProviderProof(world, caller, { parameters: provider.signIn(stale.url, claimsOf("victim", longAgo)), secret: stale.secret }),
    ).rejects.toMatchObject({ code: "sign_in_failed" });
    const right = await beginProviderProof(world, caller, hash);
    await finishProviderProof(world, caller, { parameters: provider.signIn(right.url, claimsOf("victim")), secret: right.secret });
    await inTransaction(db, caller, (tx) => requireStepUp(tx, caller, clock, act));
  });

  test("AC-21: signs out on both sides: here at once, there by an address, and from there by a signed token", async ({ db }) => {
    const session = async (sid: string) => {
      const { token } = await through(claimsOf("victim", { sid }));
      return { token, caller: (await authenticate(db, clock, token, request, "request")) as Caller };
    };
    const alive = async ({ token }: { token: string }) => (await authenticate(db, clock, token, request, "request")) !== null;
    const [one, two, three] = [await session("one"), await session("two"), await session("three")];
    const { logoutUrl } = await leaveSession(world, one.caller);
    expect(logoutUrl).toMatch(/\/logout\?id_token_hint=.+post_logout_redirect_uri=https%3A%2F%2Fcrm\.bank\.example%2Fsign-in/);
    for (const how of [{ foreignKey: true }, { unsigned: true }, { audience: "other" }])
      await expect(endSessionsByProvider(world, "r", await provider.logoutToken({ sid: "two" }, how))).rejects.toMatchObject({
        code: "invalid_input",
      });
    await expect(endSessionsByProvider(world, "r", await provider.logoutToken({ sid: "two", nonce: "n" }))).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await alive(two)).toBe(true);
    const token = await provider.logoutToken({ sid: "two" });
    await endSessionsByProvider(world, "r", token);
    await endSessionsByProvider(world, "r", token);
    expect([await alive(one), await alive(two), await alive(three)]).toEqual([false, false, true]);
    await endSessionsByProvider(world, "r", await provider.logoutToken({ sub: "sub-victim" }));
    expect(await alive(three)).toBe(false);
  });

  test("AC-27: a link is taken back by an administrator with a proof; the subject is nobody then, and nothing links it again by itself", async ({
    db,
    admin: owner,
  }) => {
    const userId = await givenPerson(db, "mislinked", "analyst", "mislinked@bank.example");
    await confirm(db, admin, userId);
    const { token } = await through(claimsOf("mislinked"));
    const undo = (who: Caller, whose = userId) => inTransaction(db, who, (tx) => unlinkPerson(tx, who, clock, whose));
    const rival = (await authenticate(db, clock, (await through(claimsOf("victim"))).token, request, "request")) as Caller;
    await expect(undo(rival)).rejects.toMatchObject({ code: "not_allowed" });
    const byHand = inTransaction(db, rival, (tx) =>
      sql`delete from governance.external_identity where user_id = ${userId} returning issuer`.execute(tx),
    );
    expect((await byHand).rows).toEqual([]);
    await expect(undo(admin, admin.userId)).rejects.toMatchObject({ detail: { reason: "oneself" } });
    await expect(undo(admin)).rejects.toMatchObject({ code: "step_up_needed" });
    expect(await authenticate(db, clock, token, request, "request"), "refused is unchanged").not.toBeNull();
    const payload = { issuers: [provider.issuer] };
    await givenProof(owner as unknown as Tx, admin, { action: "user.provider_unlinked", subjectIds: [userId], payload });
    await undo(admin);
    expect(await authenticate(db, clock, token, request, "request")).toBeNull();
    await expect(through(claimsOf("mislinked"))).rejects.toMatchObject({ code: "sign_in_failed", detail: { reason: "no_account" } });
    await expect(undo(admin), "twice").rejects.toMatchObject({ code: "not_found" });
    await confirm(db, admin, userId);
    expect((await through(claimsOf("mislinked", { sub: "the right one" }))).session.user.login).toBe("mislinked");
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int n from governance.audit_event where action = 'user.provider_unlinked'`.execute(owner);
    expect(rows[0]?.n).toBe(1);
  });

  test("roles follow the groups of a claim where the bank says so, and never rule", async ({ db, admin: owner }) => {
    const map = (group: string, role: string) =>
      sql`insert into governance.people_group_role (group_name, role_id, unit_id, set_by) select ${group}, ${role}, unit_id, ${admin.userId} from governance.organisation_unit where kind = 'bank'`.execute(
        owner,
      );
    await map("risk desk", "risk_officer");
    await map("trail", "auditor").then(
      () => expect.unreachable(),
      (error: { code: string }) => expect(error.code).toBe("VS007"),
    );
    const rolesOf = async (groups: unknown) =>
      (await through(claimsOf("victim", { groups }))).session.user.roles.map(({ roleId }) => roleId).sort();
    expect(await rolesOf(["Risk Desk"]), "not asked for").toEqual(["analyst"]);
    await save(db, { groupClaim: "groups" });
    expect(await rolesOf(["Risk Desk", "Unknown"])).toEqual(["analyst", "risk_officer"]);
    expect(await rolesOf([])).toEqual(["analyst"]);
  });

  test("local sign-in is for emergency accounts alone when the bank says so, and they work when the provider is down", async ({
    db,
    admin: owner,
  }) => {
    await expect(save(db, { localSignIn: "emergency" })).rejects.toMatchObject({ detail: { reason: "no_emergency_account" } });
    const safe = await givenPerson(db, "safe.account", "administrator");
    await givenProof(owner as unknown as Tx, admin, {
      action: "identity_provider.saved",
      subjectIds: [safe],
      payload: { emergency: true },
    });
    await inTransaction(db, admin, (tx) => saveEmergencyAccounts(tx, admin, clock, [safe]));
    await save(db, { localSignIn: "emergency" });
    await expect(signIn(db, clock, { login: "rival.oidc", password, request })).rejects.toMatchObject({ code: "sign_in_failed" });
    provider.answers = false;
    clock.set(new Date(clock.now().getTime() + 11 * 60_000)); // what the provider said is forgotten
    await expect(leave(world, { purpose: "oidc", userId: null, requestId: "r" })).rejects.toMatchObject({
      code: "unavailable",
      detail: { reason: "provider_down" },
    });
    expect((await signIn(db, clock, { login: "safe.account", password, request })).session.user.login).toBe("safe.account");
    const { rows } = await sql<{
      told: number;
    }>`select count(*)::int as told from governance.notification where kind = 'emergency_sign_in' and person_id = ${admin.userId}`.execute(
      owner,
    );
    expect(rows[0]?.told).toBe(1);
    const emptied = inTransaction(db, admin, async (tx) => {
      await givenProof(owner as unknown as Tx, admin, { action: "identity_provider.saved", subjectIds: [], payload: { emergency: true } });
      await saveEmergencyAccounts(tx, admin, clock, []);
    });
    await expect(emptied).rejects.toMatchObject({ detail: { reason: "no_emergency_account" } });
  });
});
