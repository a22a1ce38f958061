import { randomBytes } from "node:crypto";
import type { SessionId, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { RequestInfo } from "../../platform/http/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { record } from "../audit/index.ts";
import { checkPasskey, checkTotp, factorsOf, type PasskeyResponse, spendRecoveryCode } from "../factors/index.ts";
import { hashToken } from "./authenticate.ts";
import type { Session } from "./contract.ts";
import { verifyPassword } from "./passwords.ts";
import { readSessionOf } from "./read-session.ts";
import { afterFailure, isLocked, sessionExpiry } from "./rules.ts";
import { readSessionLimits } from "./session-limits.ts";
import { signOut } from "./sign-out.ts";
import { type Account, findAccount, findSession, insertSession, maySignInLocally, type SignInMethod, saveFailures } from "./store.ts";

const TOKEN_BYTES = 32;
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

export interface SignedIn {
  readonly session: Session;
  /** For the cookie; only its hash is kept. */
  readonly token: string;
  readonly maxAgeSeconds: number;
}

/**
 * A new session. Fails with sign_in_failed, the same for an unknown login, a wrong password or code, a closed or locked account; the failure is
 * counted and audited. Fails with second_factor_needed when the password was right and the person has more than that.
 */
export async function signIn(db: Db, clock: Clock, input: SignInRequest): Promise<SignedIn> {
  return withFloor(async () => {
    const found = await checkPassword(db, clock, input);
    if (found === null) throw new DomainError("sign_in_failed", "unknown login, wrong password or code, or locked");
    if (found.method === null) throw new DomainError("second_factor_needed", "the password alone is not enough", { detail: found.detail });
    return openSession(db, clock, { userId: found.userId, method: found.method }, input.request);
  });
}

/** A new session for whoever holds the passkey. Fails with sign_in_failed. */
export async function signInByPasskey(
  db: Db,
  clock: Clock,
  publicUrl: URL,
  input: { challengeId: string; response: PasskeyResponse; request: SignInOccasion },
): Promise<SignedIn> {
  return withFloor(async () => {
    const asNobody = { userId: null, sessionId: null, requestId: input.request.id };
    const userId = await inTransaction(
      db,
      asNobody,
      async (tx) => {
        const holder = await checkPasskey(tx, publicUrl, { ...input, purpose: "sign_in", userId: null }, clock.now());
        if (holder === null) await recordFailure(tx, null, "sign_in.failed", input.request);
        if (holder === null || (await maySignInLocally(tx, holder))) return holder;
        await recordFailure(tx, holder, "sign_in.refused_local", input.request);
        return null;
      },
      { purpose: "sign_in", retry: false },
    );
    if (userId === null) throw new DomainError("sign_in_failed", "no such passkey, or a wrong answer");
    return openSession(db, clock, { userId, method: "passkey" }, input.request);
  });
}

export async function withFloor<T>(work: () => Promise<T>): Promise<T> {
  const floor = new Promise((done) => setTimeout(done, ANSWER_FLOOR_MS));
  try {
    return await work();
  } finally {
    await floor;
  }
}

type Found = { userId: UserId; method: SignInMethod } | { userId: UserId; method: null; detail: Record<string, unknown> };

async function checkPassword(db: Db, clock: Clock, { login, password, code, request }: SignInRequest): Promise<Found | null> {
  const asNobody = { userId: null, sessionId: null, requestId: request.id };
  return inTransaction(
    db,
    asNobody,
    async (tx) => {
      const now = clock.now();
      const account = await findAccount(tx, login);
      const locked = account !== null && isLocked(account.lockedUntil, now);
      const correct = await verifyPassword(password, locked ? null : (account?.passwordHash ?? null));
      const found = correct && account !== null ? await withSecondFactor(tx, account, code, now) : null;
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
async function withSecondFactor(tx: Tx, { userId }: Account, code: string | undefined, now: Date): Promise<Found | null> {
  const factors = await factorsOf(tx, userId);
  if (!factors.totp && factors.passkeys === 0) return { userId, method: "password" };
  if (code === undefined) return { userId, method: null, detail: { totp: factors.totp, passkey: factors.passkeys > 0 } };
  if (await checkTotp(tx, { userId, code: code.trim(), now })) return { userId, method: "totp" };
  return (await spendRecoveryCode(tx, userId, code, now)) ? { userId, method: "recovery_code" } : null;
}

export const NOBODY = "00000000-0000-0000-0000-000000000000";

async function recordFailure(tx: Tx, userId: UserId | null, action: string, request: RequestInfo): Promise<void> {
  await record(tx, {
    caller: { userId: userId ?? NOBODY, sessionId: null, requestId: request.id, ipAddress: request.ip, userAgent: request.userAgent },
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

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

export interface Proven {
  readonly userId: UserId;
  readonly method: SignInMethod;
  /** In the transaction that opens the session. */
  readonly also?: (tx: Tx, sessionId: SessionId) => Promise<void>;
}

/** For whoever has proven who they are. The session this browser had ends, and those beyond the allowed number, the oldest first. */
export async function openSession(db: Db, clock: Clock, { userId, method, also }: Proven, request: SignInOccasion): Promise<SignedIn> {
  const token = newToken();
  const now = clock.now();
  const caller = { userId, sessionId: null, requestId: request.id };
  const former = typeof request.formerToken === "string" ? await findSession(db, hashToken(request.formerToken)) : null;
  return inTransaction(
    db,
    caller,
    async (tx) => {
      if (former?.revokedAt === null) await signOut(tx, { ...former, requestId: request.id, permissions: new Set() }, clock);
      const limits = await readSessionLimits(tx);
      const sessionId = newId<"Session">();
      await insertSession(tx, {
        ...{ sessionId, tokenHash: hashToken(token), userId, now, method },
        expiresAt: sessionExpiry(now, limits),
        perPersonMax: limits.perPersonMax,
        ipAddress: request.ip,
        userAgent: request.userAgent,
      });
      await also?.(tx, sessionId);
      await record(tx, {
        caller: { ...caller, sessionId, ipAddress: request.ip, userAgent: request.userAgent },
        action: "sign_in.done",
        subjectKind: "user",
        subjectIds: [userId],
        detail: { method },
      });
      return { session: await readSessionOf(tx, userId), token, maxAgeSeconds: limits.absoluteHours * 3600 };
    },
    { purpose: "sign_in" },
  );
}
