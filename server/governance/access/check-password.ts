import type { UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import type { RequestInfo } from "../../platform/http/index.ts";
import { record } from "../audit/index.ts";
import { checkTotp, factorsOf, spendRecoveryCode } from "../factors/index.ts";
import { verifyPassword } from "./passwords.ts";
import { afterFailure, isLocked } from "./rules.ts";
import { readSessionLimits } from "./session-limits.ts";
import { type Account, findAccount, maySignInLocally, type SignInMethod, saveFailures } from "./store.ts";

// Every answer takes at least this long, so that a known login cannot be told from an unknown one by time.
export const ANSWER_FLOOR_MS = 300;

export interface SignInRequest {
  readonly login: string;
  readonly password: string;
  /** Six digits of an authenticator app, or a recovery code. */
  readonly code?: string | undefined;
  readonly request: SignInOccasion;
}

export interface SignInOccasion extends RequestInfo {
  /** Of the session this browser had so far: it ends with the new one. */
  readonly formerToken?: string | null;
}

/** `method` is null while the password alone is not enough; `detail` says what is missing. */
export type Found = { userId: UserId; method: SignInMethod } | { userId: UserId; method: null; detail: Record<string, unknown> };

/** Login, password and second factor together; null for whatever does not fit, which is counted and on the trail. */
export async function checkPassword(db: Db, clock: Clock, { login, password, code, request }: SignInRequest): Promise<Found | null> {
  const asNobody = { userId: null, sessionId: null, requestId: request.id };
  return inTransaction(
    db,
    asNobody,
    async (tx) => {
      const now = clock.now();
      const account = await findAccount(tx, login);
      const locked = account !== null && isLocked(account.lockedUntil, now);
      const correct = await verifyPassword(password, locked ? null : (account?.passwordHash ?? null));
      const found = correct && account !== null ? await withSecondFactor(tx, account, code, request, now) : null;
      if (found !== null && !(await maySignInLocally(tx, found.userId))) {
        await recordFailure(tx, found.userId, "sign_in.refused_local", request);
        return null;
      }
      if (found !== null && account !== null) {
        const counted = account.failedCount > 0 || account.lockedUntil !== null;
        if (found.method !== null && counted) await saveFailures(tx, account.userId, 0, null);
        return found;
      }
      if (account !== null && !locked) await countFailure(tx, account, now);
      await recordFailure(tx, account?.userId ?? null, locked ? "sign_in.refused_locked" : "sign_in.failed", request);
      return null;
    },
    { purpose: "sign_in", retry: false },
  );
}

/** Who has a second factor is let in by it alone; a wrong code counts like a wrong password. */
async function withSecondFactor(
  tx: Tx,
  account: Account,
  code: string | undefined,
  request: SignInOccasion,
  now: Date,
): Promise<Found | null> {
  const { userId } = account;
  const factors = await factorsOf(tx, userId);
  if (!factors.totp && factors.passkeys === 0) return withFirstFactor(tx, account, code, request, now);
  if (code === undefined) return { userId, method: null, detail: { totp: factors.totp, passkey: factors.passkeys > 0 } };
  if (await checkTotp(tx, { userId, code: code.trim(), now })) return { userId, method: "totp" };
  return (await spendRecoveryCode(tx, userId, code, now)) ? { userId, method: "recovery_code" } : null;
}

/** Where the bank requires more than a password, the first code of the app that enrolTotp gave the seed for. */
async function withFirstFactor(
  tx: Tx,
  { userId }: Account,
  code: string | undefined,
  request: SignInOccasion,
  now: Date,
): Promise<Found | null> {
  if ((await readSessionLimits(tx)).secondFactor !== "required") return { userId, method: "password" };
  if (code === undefined) return { userId, method: null, detail: { enrol: true } };
  if (!(await checkTotp(tx, { userId, code: code.trim(), now, first: true }))) return null;
  await record(tx, { caller: comer(userId, request), action: "factor.totp_added", subjectKind: "user", subjectIds: [userId] });
  return { userId, method: "totp" };
}

export const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Who is coming in, as the trail names them before there is a session; null: nobody we know. */
export const comer = <Id extends string>(userId: Id | null, { id, ip, userAgent }: RequestInfo) => ({
  userId: userId ?? NOBODY,
  ...{ sessionId: null, requestId: id, ipAddress: ip, userAgent },
});

export async function recordFailure(tx: Tx, userId: UserId | null, action: string, request: RequestInfo): Promise<void> {
  await record(tx, {
    caller: comer(userId, request),
    action,
    decision: "refused",
    subjectKind: "user",
    subjectIds: userId === null ? [] : [userId],
  });
}

export async function countFailure(tx: Tx, account: Pick<Account, "userId" | "failedCount">, now: Date): Promise<void> {
  const after = afterFailure(account.failedCount, now);
  await saveFailures(tx, account.userId, after.failedCount, after.lockedUntil);
}

export async function withFloor<T>(work: () => Promise<T>): Promise<T> {
  const floor = new Promise((done) => setTimeout(done, ANSWER_FLOOR_MS));
  try {
    return await work();
  } finally {
    await floor;
  }
}
