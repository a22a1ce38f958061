import { randomBytes } from "node:crypto";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { record } from "../audit/index.ts";
import { hashToken } from "./authenticate.ts";
import type { Session } from "./contract.ts";
import { verifyPassword } from "./passwords.ts";
import { readSessionOf } from "./read-session.ts";
import { afterFailure, isLocked, sessionExpiry, sessionLimits } from "./rules.ts";
import { type Account, findAccount, insertSession, saveFailures } from "./store.ts";

const TOKEN_BYTES = 32;
// Every answer takes at least this long, so that a known login cannot be told from an unknown one by time.
const ANSWER_FLOOR_MS = 300;

export interface SignInRequest {
  readonly login: string;
  readonly password: string;
  readonly request: { id: string; ip: string; userAgent: string };
}

/**
 * A new session and its token (to be put in the cookie; only its hash is kept).
 * Fails with sign_in_failed, the same for an unknown login, a wrong password, a closed or locked account; the failure is counted and audited.
 */
export async function signIn(
  db: Db,
  clock: Clock,
  input: SignInRequest,
): Promise<{ session: Session; token: string; maxAgeSeconds: number }> {
  const floor = new Promise((done) => setTimeout(done, ANSWER_FLOOR_MS));
  try {
    const account = await checkPassword(db, clock, input);
    if (account === null) throw new DomainError("sign_in_failed", "unknown login, wrong password, or locked");
    return await openSession(db, clock, account, input);
  } finally {
    await floor;
  }
}

async function checkPassword(db: Db, clock: Clock, { login, password, request }: SignInRequest): Promise<Account | null> {
  const asNobody = { userId: null, sessionId: null, requestId: request.id };
  return inTransaction(
    db,
    asNobody,
    async (tx) => {
      const now = clock.now();
      const account = await findAccount(tx, login);
      const locked = account !== null && isLocked(account.lockedUntil, now);
      const correct = await verifyPassword(password, locked ? null : (account?.passwordHash ?? null));
      if (correct && account !== null) {
        if (account.failedCount > 0 || account.lockedUntil !== null) await saveFailures(tx, account.userId, 0, null);
        return account;
      }
      if (account !== null && !locked) await countFailure(tx, account, now);
      await record(tx, {
        caller: { ...asNobody, userId: account?.userId ?? NOBODY, ipAddress: request.ip, userAgent: request.userAgent },
        action: locked ? "sign_in.refused_locked" : "sign_in.failed",
        decision: "refused",
        subjectKind: "user",
        subjectIds: account === null ? [] : [account.userId],
      });
      return null;
    },
    { purpose: "sign_in", retry: false },
  );
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

async function countFailure(tx: Tx, account: Account, now: Date): Promise<void> {
  const after = afterFailure(account.failedCount, now);
  await saveFailures(tx, account.userId, after.failedCount, after.lockedUntil);
}

async function openSession(db: Db, clock: Clock, account: Account, { request }: SignInRequest) {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const now = clock.now();
  const caller = { userId: account.userId, sessionId: null, requestId: request.id };
  const session = await inTransaction(
    db,
    caller,
    async (tx) => {
      const sessionId = newId<"Session">();
      await insertSession(tx, {
        sessionId,
        tokenHash: hashToken(token),
        userId: account.userId,
        now,
        expiresAt: sessionExpiry(now),
        ipAddress: request.ip,
        userAgent: request.userAgent,
      });
      await record(tx, {
        caller: { ...caller, sessionId, ipAddress: request.ip, userAgent: request.userAgent },
        action: "sign_in.done",
        subjectKind: "user",
        subjectIds: [account.userId],
      });
      return readSessionOf(tx, account.userId);
    },
    { purpose: "sign_in" },
  );
  return { session, token, maxAgeSeconds: sessionLimits.absoluteHours * 3600 };
}
