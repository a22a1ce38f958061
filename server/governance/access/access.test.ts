import { describe, expect } from "vitest";
import { type FrozenClock, test } from "../../../tests/support/database.ts";
import { bankUnit, givenPerson } from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { authenticate } from "./authenticate.ts";
import { operatorCaller } from "./callers.ts";
import { createUser } from "./create-user.ts";
import { setUserActive } from "./manage-users.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { updatePreferences } from "./update-preferences.ts";

const request = { id: "request-1", ip: "192.0.2.7", userAgent: "test" };
const password = "correct horse battery";

async function givenAccount(db: Db, login: string): Promise<Caller> {
  const operator = await operatorCaller(db);
  const wanted = { login, displayName: "Ana", unitCode: "BANK", roleIds: ["analyst" as const], password };
  await inTransaction(db, operator, (tx) => createUser(tx, operator, wanted), { role: "worker" });
  return operator;
}

const later = (clock: FrozenClock, minutes: number) => clock.set(new Date(clock.now().getTime() + minutes * 60_000));

describe("signing in", () => {
  test("the right password opens a session with the person's rights, and the token is nowhere in the database", async ({
    db,
    admin,
    clock,
  }) => {
    await givenAccount(db, "ana");
    const { session, token } = await signIn(db, clock, { login: "ANA", password, request });
    expect(session.user.login).toBe("ana");
    const { rows: roles } = await sql<{ permissions: string[] }>`select permissions from governance.role where role_id = 'analyst'`.execute(
      admin,
    );
    expect(session.permissions).toEqual(roles[0]?.permissions.toSorted());
    expect(session.permissions).toContain("customer:read");
    expect(session.permissions).not.toContain("user:manage");
    const caller = await authenticate(db, clock, token, request, "request");
    expect(caller).toMatchObject({ userId: session.user.userId, displayName: "Ana" });
    const stored = await sql<{ found: boolean }>`select bool_or(s::text like ${`%${token}%`}) as found from governance.session s`.execute(
      admin,
    );
    expect(stored.rows[0]?.found).toBe(false);
  });

  test("AC-24: an unknown login, a wrong password and a closed account fail alike, and each failure is on the trail", async ({
    db,
    admin,
    clock,
  }) => {
    const operator = await givenAccount(db, "closed");
    await inTransaction(db, operator, (tx) => setUserActive(tx, operator, "closed", false), { role: "worker" });
    await givenAccount(db, "open");
    const before = await failures(admin);
    for (const attempt of [
      { login: "nobody", password },
      { login: "open", password: "wrong" },
      { login: "closed", password },
    ]) {
      const failure = await signIn(db, clock, { ...attempt, request }).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: "sign_in_failed",
        message: "unknown login, wrong password or code, or locked",
        fields: undefined,
        detail: undefined,
      });
    }
    expect(await failures(admin)).toBe(before + 3);
  });

  test("ten wrong passwords lock the account for half an hour, even for the right one", async ({ db, clock }) => {
    await givenAccount(db, "guessed");
    const guesses = Array.from({ length: 10 }, () =>
      signIn(db, clock, { login: "guessed", password: "guess", request }).catch(() => "refused"),
    );
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(["refused"]));
    await expect(signIn(db, clock, { login: "guessed", password, request })).rejects.toMatchObject({ code: "sign_in_failed" });
    later(clock, 31);
    await expect(signIn(db, clock, { login: "guessed", password, request })).resolves.toMatchObject({
      session: { user: { login: "guessed" } },
    });
  });
});

test("opening an account that wrong passwords locked lets the person in at once", async ({ db, clock }) => {
  const operator = await givenAccount(db, "forgetful");
  for (let guess = 0; guess < 10; guess += 1)
    await signIn(db, clock, { login: "forgetful", password: "guess", request }).catch(() => "refused");
  await expect(signIn(db, clock, { login: "forgetful", password, request })).rejects.toMatchObject({ code: "sign_in_failed" });
  await inTransaction(db, operator, (tx) => setUserActive(tx, operator, "forgetful", true), { role: "worker" });
  await expect(signIn(db, clock, { login: "forgetful", password, request })).resolves.toMatchObject({
    session: { user: { login: "forgetful" } },
  });
});

describe("a session", () => {
  test("ends after fifteen idle minutes, lives on while it is used, and ends after ten hours in any case", async ({ db, clock }) => {
    await givenAccount(db, "idle");
    const { token } = await signIn(db, clock, { login: "idle", password, request });
    const alive = async (occasion: "request" | "recheck" = "request") => (await authenticate(db, clock, token, request, occasion)) !== null;
    later(clock, 14);
    expect(await alive()).toBe(true);
    later(clock, 14);
    expect(await alive("recheck")).toBe(true);
    later(clock, 2);
    expect(await alive()).toBe(false); // looking on behalf of an open tab had not prolonged it
    const second = await signIn(db, clock, { login: "idle", password, request });
    for (let passed = 0; passed < 600; passed += 10) {
      later(clock, 10);
      await authenticate(db, clock, second.token, request, "request");
    }
    expect(await authenticate(db, clock, second.token, request, "request")).toBeNull();
  });

  test("signing out, and closing the account, end it at once: for the server and inside the database", async ({ db, clock }) => {
    clock.set(new Date()); // the database looks at its own clock too
    const operator = await givenAccount(db, "leaver");
    const first = await signIn(db, clock, { login: "leaver", password, request });
    const second = await signIn(db, clock, { login: "leaver", password, request });
    const one = await authenticate(db, clock, first.token, request, "request");
    const two = await authenticate(db, clock, second.token, request, "request");
    if (one === null || two === null) throw new Error("both sessions were opened");
    await inTransaction(db, one, (tx) => signOut(tx, one, clock));
    expect(await authenticate(db, clock, first.token, request, "request")).toBeNull();
    expect(await acting(db, one)).toBeNull();
    expect(await acting(db, two)).toBe(two.userId);
    await inTransaction(db, operator, (tx) => setUserActive(tx, operator, "leaver", false), { role: "worker" });
    expect(await authenticate(db, clock, second.token, request, "request")).toBeNull();
    expect(await acting(db, two)).toBeNull();
  });

  test("a closed account that is opened again, and a new password, leave no session of before alive", async ({ db, admin, clock }) => {
    clock.set(new Date());
    const operator = await givenAccount(db, "reopened");
    const setActive = (active: boolean) =>
      inTransaction(db, operator, (tx) => setUserActive(tx, operator, "reopened", active), { role: "worker" });
    const old = await signIn(db, clock, { login: "reopened", password, request });
    await setActive(false);
    await setActive(true);
    expect(await authenticate(db, clock, old.token, request, "request")).toBeNull();
    const next = await signIn(db, clock, { login: "reopened", password, request });
    await givenAccount(db, "bystander");
    const bystander = await signIn(db, clock, { login: "bystander", password, request });
    await givenAccount(db, "reopened"); // the same login again: a new password
    expect(await authenticate(db, clock, next.token, request, "request")).toBeNull();
    expect(await authenticate(db, clock, bystander.token, request, "request")).not.toBeNull();
    const { rows } = await sql<{ live: number }>`
      select count(*) filter (where revoked_at is null)::int as live from governance.session s join governance.app_user u using (user_id)
      where u.login = 'reopened'`.execute(admin);
    expect(rows).toEqual([{ live: 0 }]);
  });

  test("the sixth session of one person ends the oldest", async ({ db, clock }) => {
    await givenAccount(db, "many");
    const tokens: string[] = [];
    for (let place = 0; place < 6; place += 1) {
      later(clock, 1);
      tokens.push((await signIn(db, clock, { login: "many", password, request })).token);
    }
    const alive = await Promise.all(tokens.map(async (token) => (await authenticate(db, clock, token, request, "request")) !== null));
    expect(alive).toEqual([false, true, true, true, true, true]);
  });
});

describe("inside the database", () => {
  test("passwords and other people's sessions cannot be read while serving a person, nor by nobody", async ({ tx, as }) => {
    const person = await givenPerson(tx, "analyst", await bankUnit(tx));
    await sql`insert into governance.credential (user_id, password_hash) values (${person.userId}, 'hash')`.execute(tx);
    await sql`insert into governance.session (token_hash, user_id, expires_at) values ('x', '00000000-0000-7000-8000-000000000001', 'infinity')`.execute(
      tx,
    );
    for (const table of ["credential", "session"]) {
      const { rows } = await as(person, (own) => sql`select user_id from ${sql.id("governance", table)}`.execute(own));
      expect(rows).toEqual([]);
    }
    await expect(as(person, (own) => sql`select token_hash from governance.session`.execute(own))).rejects.toThrow();
    const nobody = { userId: null, sessionId: null, requestId: "test" };
    const { rows } = await as(nobody, (own) => sql`select * from governance.app_user`.execute(own));
    expect(rows).toEqual([]);
  });

  test("AC-40: a context that is unsigned, changed or expired is an error, never rows", async ({ tx, as }) => {
    const person = await givenPerson(tx, "analyst", await bankUnit(tx));
    const rival = await givenPerson(tx, "analyst", await bankUnit(tx));
    const attempts: ((good: string) => string)[] = [
      (good) => good.replace(/\..*/, `.${Buffer.from("forged").toString("base64url")}`),
      (good) => forge(good, (claims) => ({ ...claims, u: rival.userId })),
      (good) => forge(good, (claims) => ({ ...claims, exp: 99_999_999_999 })),
      () => "nonsense",
      () => "a.b.c",
    ];
    for (const attempt of attempts) {
      const stolen = as(person, async (own) => {
        const { rows } = await sql<{ good: string }>`select current_setting('vinculo.context') as good`.execute(own);
        await sql`select set_config('vinculo.context', ${attempt(rows[0]?.good ?? "")}, true)`.execute(own);
        return sql`select governance.acting_user()`.execute(own);
      });
      await expect(stolen).rejects.toThrow();
    }
    const own = await as(person, (context) => sql<{ who: string }>`select governance.acting_user() as who`.execute(context));
    expect(own.rows[0]?.who).toBe(person.userId);
  });

  test("AC-39: the serving login can neither change the trail nor the schema, nor become another role", async ({ db, admin }) => {
    // Through the login itself: inside `as` the connection is the administrator's, who may become anybody.
    const person = await admin.transaction().execute(async (tx) => givenPerson(tx, "administrator", await bankUnit(tx)));
    const statements = [
      "update governance.audit_event set action = 'x'",
      "delete from governance.audit_event",
      "truncate governance.audit_event",
      "truncate customers.customer",
      "create table public.mine (a int)",
      "copy governance.role to program 'cat'",
      "select pg_read_file('/etc/passwd')",
      "set role vinculo_owner",
      "select * from platform.context_key",
      "select sealed_value from customers.identifier",
      "update governance.role set permissions = '{audit:read}'",
      "insert into governance.role_assignment select user_id, 'auditor', home_unit_id from governance.app_user",
    ];
    for (const statement of statements) {
      await expect(
        inTransaction(db, person, (own) => sql.raw(statement).execute(own)),
        statement,
      ).rejects.toThrow();
    }
  });
});

test("changing preferences under an old version is a conflict and changes nothing", async ({ tx, as }) => {
  const person = await givenPerson(tx, "analyst", await bankUnit(tx));
  const changed = await as(person, (own) => updatePreferences(own, person, 1, { locale: "fa", calendar: "persian" }));
  expect(changed.user).toMatchObject({ version: 2, preferences: { locale: "fa", calendar: "persian", digits: "local" } });
  await expect(as(person, (own) => updatePreferences(own, person, 1, { locale: "es" }))).rejects.toMatchObject({ code: "conflict" });
  const { rows } = await sql`select locale, version from governance.app_user where user_id = ${person.userId}`.execute(tx);
  expect(rows).toEqual([{ locale: "fa", version: 2 }]);
});

async function failures(admin: Db["app"]): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from governance.audit_event where action = 'sign_in.failed'`.execute(admin);
  return rows[0]?.count ?? 0;
}

async function acting(db: Db, caller: Caller): Promise<string | null> {
  const { rows } = await inTransaction(db, caller, (tx: Tx) =>
    sql<{ who: string | null }>`select governance.acting_user() as who`.execute(tx),
  );
  return rows[0]?.who ?? null;
}

function forge(good: string, change: (claims: Record<string, unknown>) => Record<string, unknown>): string {
  const [body = "", mac = ""] = good.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
  return `${Buffer.from(JSON.stringify(change(claims))).toString("base64url")}.${mac}`;
}
