import { describe, expect } from "vitest";
import { type FrozenClock, test } from "../../../tests/support/database.ts";
import { givenProof } from "../../../tests/support/given.ts";
import type { Caller, UserId } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { actionHash, authenticate, createUser, operatorCaller, proveStepUp, signIn } from "../access/index.ts";
import { lookAtLink, redeemLink } from "./links.ts";
import { changePerson, createPerson, makeLink, readPerson, removeFactors, setPersonActive } from "./manage-people.ts";

const request = { id: "request-1", ip: "192.0.2.7", userAgent: "test" };
const password = "correct horse battery";
const publicUrl = new URL("https://crm.bank.example");

async function givenSignedIn(db: Db, clock: FrozenClock, login: string, roleId: string): Promise<Caller> {
  clock.set(new Date()); // the database looks at its own clock too
  const operator = await operatorCaller(db);
  const wanted = { login, displayName: login, unitCode: "BANK", roleIds: [roleId], password };
  await inTransaction(db, operator, (tx) => createUser(tx, operator, wanted), { role: "worker" });
  const { token } = await signIn(db, clock, { login, password, request });
  const caller = await authenticate(db, clock, token, request, "request");
  if (caller === null) throw new Error("the session is not alive");
  return caller;
}

async function givenInvited(db: Db, clock: FrozenClock, admin: Caller, login: string) {
  const { rows } = await inTransaction(db, admin, (tx) =>
    sql<{ id: string }>`select unit_id as id from governance.organisation_unit where kind = 'bank'`.execute(tx),
  );
  const wanted = { login, displayName: login, email: null, homeUnitId: rows[0]?.id ?? "", locale: "ar" };
  const made = await inTransaction(db, admin, (tx) => createPerson(tx, admin, clock, publicUrl, wanted));
  return { ...made, userId: made.userId as UserId, token: made.link.url.split("#")[1] ?? "" };
}

const redeem = (db: Db, clock: FrozenClock, token: string, secret = "a password of her own") =>
  redeemLink(db, clock, { requestId: "r", token, password: secret });

describe("AC-26: a link", () => {
  test("sets a password once, of a hundred at the same moment, and its token is not in the database", async ({ db, admin, clock }) => {
    const ruler = await givenSignedIn(db, clock, "ruler1", "administrator");
    const { token, link } = await givenInvited(db, clock, ruler, "invited");
    expect(link).toMatchObject({ kind: "invite", expiresAt: new Date(clock.now().getTime() + 72 * 3_600_000) });
    expect(await lookAtLink(db, clock, { requestId: "r", token })).toMatchObject({ login: "invited", kind: "invite" });
    const stored = await sql<{
      found: boolean;
    }>`select bool_or(i::text like ${`%${token}%`}) as found from governance.invitation i`.execute(admin);
    expect(stored.rows[0]?.found).toBe(false);
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => redeem(db, clock, token)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const entered = await signIn(db, clock, { login: "invited", password: "a password of her own", request });
    expect(entered.session.permissions).toEqual([]);
    await expect(lookAtLink(db, clock, { requestId: "r", token })).rejects.toMatchObject({ code: "not_found" });
  });

  test("is too old after its time, and void after a newer one or when the account is closed", async ({ db, clock }) => {
    const ruler = await givenSignedIn(db, clock, "ruler2", "administrator");
    const { token, userId } = await givenInvited(db, clock, ruler, "late");
    const prove = () =>
      proveStepUp(db, ruler, clock, publicUrl, {
        actionHash: actionHash({ action: "user.link_made", subjectIds: [userId] }).toString("hex"),
        password,
      });
    const again = () => inTransaction(db, ruler, (tx) => makeLink(tx, ruler, clock, publicUrl, userId));
    await expect(again()).rejects.toMatchObject({ code: "step_up_needed" });
    await prove();
    const second = await again();
    await expect(redeem(db, clock, token)).rejects.toMatchObject({ code: "not_found" });
    const start = clock.now().getTime();
    clock.set(new Date(start + 72 * 3_600_000 + 1));
    await expect(redeem(db, clock, second.url.split("#")[1] ?? "")).rejects.toMatchObject({ code: "not_found" });
    clock.set(new Date(start));
    await redeem(db, clock, second.url.split("#")[1] ?? "");
    await prove();
    const reset = await again();
    expect(reset).toMatchObject({ kind: "reset", expiresAt: new Date(start + 15 * 60_000) });
    const { version } = await inTransaction(db, ruler, (tx) => readPerson(tx, ruler, clock, userId));
    await inTransaction(db, ruler, (tx) => setPersonActive(tx, ruler, clock, userId, { version, active: false }));
    await expect(redeem(db, clock, reset.url.split("#")[1] ?? "")).rejects.toMatchObject({ code: "not_found" });
  });

  test("AC-25: leads to the installation's own address, whatever the request said", async ({ db, clock }) => {
    const ruler = await givenSignedIn(db, clock, "ruler3", "administrator");
    const { link } = await givenInvited(db, clock, ruler, "addressed");
    expect(link.url).toMatch(/^https:\/\/crm\.bank\.example\/invitation#[A-Za-z0-9_-]{43}$/);
  });

  test("refuses a password that holds the login, and stays good for another", async ({ db, clock }) => {
    const ruler = await givenSignedIn(db, clock, "ruler4", "administrator");
    const { token } = await givenInvited(db, clock, ruler, "samira");
    await expect(redeem(db, clock, token, "My name is Samira")).rejects.toMatchObject({ code: "invalid_input" });
    await redeem(db, clock, token);
  });
});

describe("an account", () => {
  test("AC-21: that is closed has no session, and its holder cannot open it again", async ({ db, clock }) => {
    const ruler = await givenSignedIn(db, clock, "ruler5", "administrator");
    const leaver = await givenSignedIn(db, clock, "leaver", "analyst");
    const { version } = await inTransaction(db, ruler, (tx) => readPerson(tx, ruler, clock, leaver.userId));
    const close = (wanted: number) =>
      inTransaction(db, ruler, (tx) => setPersonActive(tx, ruler, clock, leaver.userId, { version: wanted, active: false }));
    await expect(close(version + 1)).rejects.toMatchObject({ code: "conflict" });
    await close(version);
    const { rows } = await inTransaction(db, leaver, (tx) =>
      sql<{ who: string | null }>`select governance.acting_user() as who`.execute(tx),
    );
    expect(rows).toEqual([{ who: null }]);
    const reopen = inTransaction(db, leaver, (tx) =>
      sql`update governance.app_user set active = true where user_id = ${leaver.userId} returning user_id`.execute(tx),
    );
    expect((await reopen).rows).toEqual([]);
    await expect(signIn(db, clock, { login: "leaver", password, request })).rejects.toMatchObject({ code: "sign_in_failed" });
  });

  test("AC-33: another address needs a proof for exactly that address; another name does not", async ({ db, admin, clock }) => {
    const ruler = await givenSignedIn(db, clock, "ruler8", "administrator");
    const { userId } = await givenInvited(db, clock, ruler, "moved");
    const change = (request: { version: number; email?: string; displayName?: string }) =>
      inTransaction(db, ruler, (tx) => changePerson(tx, ruler, clock, userId, request));
    await change({ version: 1, displayName: "Moved" });
    const taken = { version: 2, email: "mine@evil.example" };
    await expect(change(taken)).rejects.toMatchObject({ code: "step_up_needed" });
    const proof = { action: "user.changed", subjectIds: [userId], payload: { email: "hers@bank.example" } };
    await givenProof(admin as unknown as Tx, ruler, proof);
    await expect(change(taken), "a proof for another address").rejects.toMatchObject({ code: "step_up_needed" });
    await change({ version: 2, email: "hers@bank.example" });
    await change({ version: 3, email: "hers@bank.example", displayName: "Moved again" });
    const { rows } = await sql`select email, display_name as name from governance.app_user where user_id = ${userId}`.execute(admin);
    expect(rows).toEqual([{ email: "hers@bank.example", name: "Moved again" }]);
  });

  test("AC-18: is nobody's to change but an administrator's, and not their own", async ({ db, clock }) => {
    const ruler = await givenSignedIn(db, clock, "ruler6", "administrator");
    const rival = await givenSignedIn(db, clock, "rival6", "branch_manager");
    const attempts = (caller: Caller, userId: UserId) => [
      inTransaction(db, caller, (tx) => changePerson(tx, caller, clock, userId, { version: 1, email: "mine@bank.example" })),
      inTransaction(db, caller, (tx) => setPersonActive(tx, caller, clock, userId, { version: 1, active: false })),
      inTransaction(db, caller, (tx) => makeLink(tx, caller, clock, publicUrl, userId)),
      inTransaction(db, caller, (tx) => removeFactors(tx, caller, clock, userId)),
    ];
    for (const result of await Promise.allSettled(attempts(rival, ruler.userId)))
      expect(result).toMatchObject({ status: "rejected", reason: { code: "not_allowed" } });
    for (const result of await Promise.allSettled(attempts(ruler, ruler.userId)))
      expect(result).toMatchObject({ status: "rejected", reason: { detail: { reason: "oneself" } } });
  });
});
