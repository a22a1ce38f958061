import { generateSync } from "otplib";
import { describe, expect } from "vitest";
import { type FrozenClock, test } from "../../../tests/support/database.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { beginTotp, checkTotp, renewRecoveryCodes } from "../factors/index.ts";
import { actionHash } from "./action-hash.ts";
import { authenticate } from "./authenticate.ts";
import { operatorCaller } from "./callers.ts";
import { createUser } from "./create-user.ts";
import { signIn } from "./sign-in.ts";
import { proveStepUp, requireStepUp } from "./step-up.ts";

const request = { id: "request-1", ip: "192.0.2.7", userAgent: "test" };
const password = "correct horse battery";
const publicUrl = new URL("https://crm.bank.example");
const act = {
  action: "role.granted",
  subjectIds: ["7e2f0e39-0000-7000-8000-000000000001"],
  payload: { roleId: "administrator", until: null },
};

async function givenSignedIn(db: Db, clock: FrozenClock, login: string, code?: string): Promise<{ caller: Caller; token: string }> {
  clock.set(new Date()); // the database looks at its own clock too
  const operator = await operatorCaller(db);
  const wanted = { login, displayName: login, unitCode: "BANK", roleIds: ["analyst"], password };
  await inTransaction(db, operator, (tx) => createUser(tx, operator, wanted), { role: "worker" });
  const { token } = await signIn(db, clock, { login, password, code, request });
  return { caller: await callerBy(db, clock, token), token };
}

async function callerBy(db: Db, clock: FrozenClock, token: string): Promise<Caller> {
  const caller = await authenticate(db, clock, token, request, "request");
  if (caller === null) throw new Error("the session is not alive");
  return caller;
}

const attempt = (db: Db, clock: FrozenClock, caller: Caller, wanted = act) =>
  inTransaction(db, caller, (tx) => requireStepUp(tx, caller, clock, wanted)).then(
    () => "done",
    (error: { code?: string; detail?: object }) => error,
  );

const hashOf = (wanted = act) => actionHash(wanted).toString("hex");

describe("AC-33: a weighty act", () => {
  test("needs a proof for exactly this act, in this session, once, within five minutes", async ({ db, clock }) => {
    const { caller } = await givenSignedIn(db, clock, "weighty");
    expect(await attempt(db, clock, caller)).toMatchObject({
      code: "step_up_needed",
      detail: { actionHash: hashOf(), action: "role.granted", methods: ["password"] },
    });
    await proveStepUp(db, caller, clock, publicUrl, { actionHash: hashOf(), password });
    const changed = { ...act, payload: { ...act.payload, roleId: "auditor" } };
    expect(await attempt(db, clock, caller, changed)).toMatchObject({ code: "step_up_needed" });
    expect(await attempt(db, clock, caller, { ...act, subjectIds: [caller.userId] })).toMatchObject({ code: "step_up_needed" });
    expect(await attempt(db, clock, caller)).toBe("done");
    expect(await attempt(db, clock, caller)).toMatchObject({ code: "step_up_needed" });
    const other = await signIn(db, clock, { login: "weighty", password, request });
    await proveStepUp(db, caller, clock, publicUrl, { actionHash: hashOf(), password });
    expect(await attempt(db, clock, await callerBy(db, clock, other.token))).toMatchObject({ code: "step_up_needed" });
    clock.set(new Date(clock.now().getTime() + 5 * 60_000 + 1));
    expect(await attempt(db, clock, caller)).toMatchObject({ code: "step_up_needed" });
  });

  test("that fails leaves its proof unspent, and of two at once one is done", async ({ db, clock }) => {
    const { caller } = await givenSignedIn(db, clock, "twice");
    await proveStepUp(db, caller, clock, publicUrl, { actionHash: hashOf(), password });
    const failing = inTransaction(db, caller, async (tx) => {
      await requireStepUp(tx, caller, clock, act);
      throw new Error("the act itself failed");
    });
    await expect(failing).rejects.toThrow("the act itself failed");
    const results = await Promise.all([attempt(db, clock, caller), attempt(db, clock, caller), attempt(db, clock, caller)]);
    expect(results.filter((result) => result === "done")).toHaveLength(1);
  });

  test("is not for jobs and programs", async ({ db, clock }) => {
    const { caller } = await givenSignedIn(db, clock, "program");
    expect(await attempt(db, clock, { ...caller, sessionId: null })).toMatchObject({ code: "not_allowed" });
  });

  test("the hash stands for every value and not for the order of keys", () => {
    expect(actionHash({ ...act, payload: { until: null, roleId: "administrator" } })).toEqual(actionHash(act));
    expect(actionHash({ ...act, payload: { roleId: "administrator", until: null, unit: "x" } })).not.toEqual(actionHash(act));
    expect(actionHash({ ...act, action: "role.taken" })).not.toEqual(actionHash(act));
  });
});

test("AC-23: a proof gives the session a new token, and the old one is dead", async ({ db, clock }) => {
  const { caller, token } = await givenSignedIn(db, clock, "rotated");
  const renewed = await proveStepUp(db, caller, clock, publicUrl, { actionHash: hashOf(), password });
  expect(await authenticate(db, clock, token, request, "request")).toBeNull();
  expect((await callerBy(db, clock, renewed.token)).sessionId).toBe(caller.sessionId);
});

test("wrong proofs count like wrong passwords: ten lock the account, and are on the trail", async ({ db, admin, clock }) => {
  const { caller } = await givenSignedIn(db, clock, "guesser");
  for (let guess = 0; guess < 10; guess += 1)
    await expect(proveStepUp(db, caller, clock, publicUrl, { actionHash: hashOf(), password: "wrong" })).rejects.toMatchObject({
      code: "sign_in_failed",
    });
  await expect(proveStepUp(db, caller, clock, publicUrl, { actionHash: hashOf(), password })).rejects.toMatchObject({
    code: "sign_in_failed",
  });
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from governance.audit_event where action = 'step_up.failed' and actor_id = ${caller.userId}`.execute(
    admin,
  );
  expect(rows[0]?.count).toBe(11);
});

describe("a person with an authenticator app", () => {
  async function givenTotp(db: Db, clock: FrozenClock, login: string) {
    const { caller } = await givenSignedIn(db, clock, login);
    return inTransaction(
      db,
      caller,
      async (tx) => {
        const begun = await beginTotp(tx, { userId: caller.userId, login, bank: "Bank" });
        const seed = begun?.seed ?? "";
        expect(await checkTotp(tx, { userId: caller.userId, code: codeOf(seed, clock), now: clock.now(), first: true })).toBe(true);
        return { caller, seed, recovery: await renewRecoveryCodes(tx, caller.userId) };
      },
      { purpose: "sign_in" },
    );
  }
  const codeOf = (seed: string, clock: FrozenClock) => generateSync({ secret: seed, epoch: Math.floor(clock.now().getTime() / 1000) });
  const wait = (clock: FrozenClock, seconds: number) => clock.set(new Date(clock.now().getTime() + seconds * 1000));

  test("is not let in by the password alone; by a code once; not by a code of before", async ({ db, clock }) => {
    const { seed } = await givenTotp(db, clock, "app");
    const enter = (code?: string) => signIn(db, clock, { login: "app", password, code, request });
    await expect(enter()).rejects.toMatchObject({ code: "second_factor_needed", detail: { totp: true, passkey: false } });
    await expect(signIn(db, clock, { login: "app", password: "wrong", code: codeOf(seed, clock), request })).rejects.toMatchObject({
      code: "sign_in_failed",
    });
    await expect(enter(codeOf(seed, clock))).rejects.toMatchObject({ code: "sign_in_failed" }); // it was spent when the app was set up
    wait(clock, 60);
    const code = codeOf(seed, clock);
    await expect(enter(code)).resolves.toMatchObject({ session: { user: { login: "app" } } });
    await expect(enter(code)).rejects.toMatchObject({ code: "sign_in_failed" });
    wait(clock, 300);
    await expect(enter(code)).rejects.toMatchObject({ code: "sign_in_failed" });
  });

  test("comes in by each recovery code once, however it is spelled", async ({ db, clock }) => {
    const { recovery } = await givenTotp(db, clock, "lost-phone");
    const code = recovery[0]?.toLowerCase().replaceAll("-", " ") ?? "";
    await expect(signIn(db, clock, { login: "lost-phone", password, code, request })).resolves.toBeDefined();
    await expect(signIn(db, clock, { login: "lost-phone", password, code, request })).rejects.toMatchObject({ code: "sign_in_failed" });
  });

  test("proves an act by a code, not by the password", async ({ db, clock }) => {
    const { caller, seed } = await givenTotp(db, clock, "strong");
    expect(await attempt(db, clock, caller)).toMatchObject({ detail: { methods: ["totp", "recovery_code"] } });
    await expect(proveStepUp(db, caller, clock, publicUrl, { actionHash: hashOf(), password })).rejects.toMatchObject({
      code: "sign_in_failed",
    });
    wait(clock, 60);
    await proveStepUp(db, caller, clock, publicUrl, { actionHash: hashOf(), code: codeOf(seed, clock) });
    expect(await attempt(db, clock, caller)).toBe("done");
  });

  test("AC-16: the seed is not in the database, and not readable while serving", async ({ db, admin, clock }) => {
    const { caller, seed } = await givenTotp(db, clock, "sealed");
    const { rows } = await sql<{
      sealed: Buffer;
    }>`select sealed_seed as sealed from governance.totp where user_id = ${caller.userId}`.execute(admin);
    expect(rows[0]?.sealed.toString("latin1")).not.toContain(seed);
    for (const table of ["totp", "recovery_code", "credential"]) {
      const read = await inTransaction(db, caller, (tx) => sql`select user_id from ${sql.id("governance", table)}`.execute(tx));
      expect(read.rows, table).toEqual([]);
    }
  });
});
