import { expect } from "vitest";
import { type FrozenClock, test } from "../../../tests/support/database.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { authenticate } from "./authenticate.ts";
import { operatorCaller } from "./callers.ts";
import { createUser } from "./create-user.ts";
import { saveSessionLimits } from "./session-limits.ts";
import { endAllSessions, endSession, listSessions } from "./sessions.ts";
import { signIn } from "./sign-in.ts";

const request = { id: "request-1", ip: "192.0.2.7", userAgent: "Firefox on a desk" };
const password = "correct horse battery";

async function givenSignedIn(db: Db, clock: FrozenClock, login: string, roleId = "analyst"): Promise<{ caller: Caller; token: string }> {
  clock.set(new Date()); // the database looks at its own clock too
  const operator = await operatorCaller(db);
  const wanted = { login, displayName: login, unitCode: "BANK", roleIds: [roleId], password };
  await inTransaction(db, operator, (tx) => createUser(tx, operator, wanted), { role: "worker" });
  return again(db, clock, login);
}

async function again(db: Db, clock: FrozenClock, login: string): Promise<{ caller: Caller; token: string }> {
  const { token } = await signIn(db, clock, { login, password, request });
  const caller = await authenticate(db, clock, token, request, "request");
  if (caller === null) throw new Error("the session is not alive");
  return { caller, token };
}

/** Does it after proving oneself by the password for exactly what was asked. */
async function proven<T>(db: Db, caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
  const hash = await inTransaction(db, caller, work).then(
    () => expect.unreachable("no proof was asked for"),
    (error: { detail?: { actionHash?: string } }) => error.detail?.actionHash ?? "",
  );
  await inTransaction(
    db,
    caller,
    (tx) =>
      sql`insert into governance.step_up (session_id, user_id, action_hash, method, proved_at, expires_at)
        values (${caller.sessionId}, ${caller.userId}, ${Buffer.from(hash, "hex")}, 'password', now(), 'infinity')`.execute(tx),
    { purpose: "sign_in" },
  );
  return inTransaction(db, caller, work);
}

test("AC-21, AC-22: a session ended from elsewhere is dead at once, for the server and inside a transaction that has begun", async ({
  db,
  clock,
}) => {
  const first = await givenSignedIn(db, clock, "desk");
  const phone = await again(db, clock, "desk");
  const { sessions } = await inTransaction(db, phone.caller, (tx) => listSessions(tx, phone.caller, clock, phone.caller.userId));
  expect(sessions.map(({ sessionId, current }) => [sessionId, current]).sort()).toEqual([
    [first.caller.sessionId, false],
    [phone.caller.sessionId, true],
  ]);
  expect(sessions[0]).toMatchObject({ ipAddress: "192.0.2.7", userAgent: "Firefox on a desk", method: "password" });
  const seen = await inTransaction(db, first.caller, async (tx) => {
    const acting = () => sql<{ who: string | null }>`select governance.acting_user() as who`.execute(tx);
    const before = (await acting()).rows[0]?.who;
    await proven(db, phone.caller, (own) => endSession(own, phone.caller, clock, phone.caller.userId, first.caller.sessionId ?? ""));
    return [before, (await acting()).rows[0]?.who];
  });
  expect(seen).toEqual([first.caller.userId, null]);
  expect(await authenticate(db, clock, first.token, request, "request")).toBeNull();
  expect(await authenticate(db, clock, phone.token, request, "request")).not.toBeNull();
});

test("whoever signs in where somebody is signed in ends that session and no other", async ({ db, clock }) => {
  const before = await givenSignedIn(db, clock, "counter.morning");
  const elsewhere = await again(db, clock, "counter.morning");
  await givenSignedIn(db, clock, "counter.noon");
  const after = await signIn(db, clock, { login: "counter.noon", password, request: { ...request, formerToken: before.token } });
  const alive = async (token: string) => (await authenticate(db, clock, token, request, "request")) !== null;
  expect([await alive(before.token), await alive(elsewhere.token), await alive(after.token)]).toEqual([false, true, true]);
  const wrong = signIn(db, clock, { login: "counter.noon", password: "wrong", request: { ...request, formerToken: after.token } });
  await expect(wrong).rejects.toMatchObject({ code: "sign_in_failed" });
  expect(await alive(after.token)).toBe(true);
});

test("nobody sees or ends another's sessions but who administers people, and that is on the trail", async ({ db, admin, clock }) => {
  const victim = await givenSignedIn(db, clock, "victim");
  const rival = await givenSignedIn(db, clock, "rival");
  const target = victim.caller.userId;
  await expect(inTransaction(db, rival.caller, (tx) => listSessions(tx, rival.caller, clock, target))).rejects.toMatchObject({
    code: "not_allowed",
  });
  await expect(inTransaction(db, rival.caller, (tx) => endAllSessions(tx, rival.caller, clock, target))).rejects.toMatchObject({
    code: "not_allowed",
  });
  const byHand = await inTransaction(db, rival.caller, (tx) =>
    sql`update governance.session set revoked_at = now() where user_id = ${target} returning session_id`.execute(tx),
  );
  expect(byHand.rows).toEqual([]);
  const ruler = await givenSignedIn(db, clock, "ruler", "administrator");
  const alive = async () => (await authenticate(db, clock, victim.token, request, "request")) !== null;
  const end = (tx: Tx) => endAllSessions(tx, ruler.caller, clock, target);
  await expect(inTransaction(db, ruler.caller, end), "a screen left open").rejects.toMatchObject({ code: "step_up_needed" });
  const one = inTransaction(db, ruler.caller, (tx) => endSession(tx, ruler.caller, clock, target, victim.caller.sessionId ?? ""));
  await expect(one).rejects.toMatchObject({ code: "step_up_needed" });
  expect(await alive()).toBe(true);
  expect(await proven(db, ruler.caller, end)).toEqual({ ended: 1 });
  expect(await alive()).toBe(false);
  const { rows } = await sql<{ who: string }>`
    select actor_id as who from governance.audit_event where action = 'session.killed' and subject_ids @> array[${target}::uuid]`.execute(
    admin,
  );
  expect(rows).toEqual([{ who: ruler.caller.userId }]);
});

test("shorter limits hold at once for sessions that are open", async ({ db, clock }) => {
  const ruler = await givenSignedIn(db, clock, "limits", "administrator");
  const person = await givenSignedIn(db, clock, "slow");
  const save = (limits: Parameters<typeof saveSessionLimits>[2]) =>
    inTransaction(db, ruler.caller, (tx) => saveSessionLimits(tx, ruler.caller, limits));
  await save({ idleMinutes: 5, absoluteHours: 1, perPersonMax: 2, secondFactor: "offered" });
  const start = clock.now().getTime();
  const alive = async () => (await authenticate(db, clock, person.token, request, "request")) !== null;
  clock.set(new Date(start + 4 * 60_000));
  expect(await alive()).toBe(true);
  clock.set(new Date(start + 4 * 60_000 + 5 * 60_000 + 1));
  expect(await alive()).toBe(false);
  clock.set(new Date(start));
  const next = await again(db, clock, "slow");
  for (let minutes = 4; minutes < 60; minutes += 4) {
    clock.set(new Date(start + minutes * 60_000));
    await authenticate(db, clock, next.token, request, "request");
  }
  clock.set(new Date(start + 60 * 60_000 + 5_000));
  expect(await authenticate(db, clock, next.token, request, "request")).toBeNull();
  await save({ idleMinutes: 15, absoluteHours: 10, perPersonMax: 5, secondFactor: "offered" });
});
