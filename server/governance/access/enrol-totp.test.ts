import { generateSync } from "otplib";
import { expect } from "vitest";
import { type FrozenClock, test } from "../../../tests/support/database.ts";
import { type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { operatorCaller } from "./callers.ts";
import { createUser } from "./create-user.ts";
import { enrolTotp } from "./enrol-totp.ts";
import { defaultSessionLimits } from "./rules.ts";
import { saveSessionLimits } from "./session-limits.ts";
import { signIn } from "./sign-in.ts";

const request = { id: "request-1", ip: "192.0.2.7", userAgent: "Firefox on a desk" };
const password = "correct horse battery staple";

async function givenRequired(db: Db, login: string, secondFactor: "offered" | "required" = "required"): Promise<void> {
  const operator = await operatorCaller(db);
  await inTransaction(
    db,
    operator,
    async (tx) => {
      await createUser(tx, operator, { login, displayName: login, unitCode: "BANK", roleIds: ["analyst"], password });
      await saveSessionLimits(tx, operator, { ...defaultSessionLimits, secondFactor });
    },
    { role: "worker" },
  );
}

const codeOf = (seed: string, clock: FrozenClock) => generateSync({ secret: seed, epoch: Math.floor(clock.now().getTime() / 1000) });

test("where a second factor is required, a password alone opens nothing, and the first code of the app opens a session", async ({
  db,
  admin,
  clock,
}) => {
  clock.set(new Date());
  await givenRequired(db, "newcomer");
  const attempt = (code?: string) => signIn(db, clock, { login: "newcomer", password, code, request });
  await expect(attempt()).rejects.toMatchObject({ code: "second_factor_needed", detail: { enrol: true } });
  await expect(attempt("000000")).rejects.toMatchObject({ code: "sign_in_failed" });
  const { seed, uri } = await enrolTotp(db, clock, { login: "newcomer", password, request });
  expect(uri).toContain("otpauth://totp/");
  await expect(attempt()).rejects.toMatchObject({ code: "second_factor_needed" });
  expect((await attempt(codeOf(seed, clock))).session.user.login).toBe("newcomer");
  const { rows } = await sql<{ method: string }>`
    select s.method from governance.session s join governance.app_user u using (user_id) where u.login = 'newcomer'`.execute(admin);
  expect(rows).toEqual([{ method: "totp" }]);
});

test("no seed is given for a wrong password, to whoever has a second factor, or where none is required", async ({ db, clock }) => {
  clock.set(new Date());
  await givenRequired(db, "holder");
  const enrol = (secret = password) => enrolTotp(db, clock, { login: "holder", password: secret, request });
  await expect(enrol("wrong")).rejects.toMatchObject({ code: "sign_in_failed" });
  const { seed } = await enrol();
  await signIn(db, clock, { login: "holder", password, code: codeOf(seed, clock), request });
  await expect(enrol()).rejects.toMatchObject({ code: "sign_in_failed" });
  await givenRequired(db, "free", "offered");
  await expect(enrolTotp(db, clock, { login: "free", password, request })).rejects.toMatchObject({ code: "sign_in_failed" });
  await expect(enrolTotp(db, clock, { login: "nobody", password, request })).rejects.toMatchObject({ code: "sign_in_failed" });
});
