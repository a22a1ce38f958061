import { randomBytes } from "node:crypto";
import type { Caller, SessionId, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { record } from "../audit/index.ts";
import { checkPasskey, type PasskeyResponse } from "../factors/index.ts";
import { hashToken } from "./authenticate.ts";
import { checkPassword, comer, recordFailure, type SignInOccasion, type SignInRequest, withFloor } from "./check-password.ts";
import type { Session } from "./contract.ts";
import { readSessionOf } from "./read-session.ts";
import { sessionExpiry } from "./rules.ts";
import { readSessionLimits } from "./session-limits.ts";
import { signOut } from "./sign-out.ts";
import { findSession, insertSession, maySignInLocally, type SessionRow, type SignInMethod } from "./store.ts";

const TOKEN_BYTES = 32;

export interface SignedIn {
  readonly session: Session;
  /** For the cookie; only its hash is kept. */
  readonly token: string;
  readonly maxAgeSeconds: number;
}

/**
 * A new session. Fails with sign_in_failed, the same for an unknown login, a wrong password or code, a closed or locked account; the failure is
 * counted and audited. Fails with second_factor_needed when the password was right and the person has more than that, or must have (`enrol`: set it up by enrolTotp).
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

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

export interface Proven {
  readonly userId: UserId;
  readonly method: SignInMethod;
  /** In the transaction that opens the session. */
  readonly also?: (tx: Tx, sessionId: SessionId) => Promise<void>;
}

const holderOf = ({ userId, displayName, sessionId }: SessionRow, { id, ip, userAgent }: SignInOccasion): Caller => ({
  ...{ userId, displayName, sessionId, userAgent, requestId: id, ipAddress: ip },
  permissions: new Set(),
});

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
      if (former?.revokedAt === null) await signOut(tx, holderOf(former, request), clock);
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
        caller: { ...comer(userId, request), sessionId },
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
