import type { Caller, SessionId, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { record } from "../audit/index.ts";
import {
  askForPasskey,
  checkPasskey,
  checkTotp,
  type Factors,
  factorsOf,
  type PasskeyResponse,
  spendRecoveryCode,
} from "../factors/index.ts";
import { actionHash, type WeightyAct } from "./action-hash.ts";
import { hashToken } from "./authenticate.ts";
import { countFailure, withFloor } from "./check-password.ts";
import { verifyPassword } from "./passwords.ts";
import { isLocked } from "./rules.ts";
import { findOwnAccount, insertProof, rotateToken, signsInByProvider, spendProof } from "./session-store.ts";
import { newToken } from "./sign-in.ts";

const PROOF_MS = 5 * 60_000;

/**
 * For acts that a session alone must not do. Spends the proof the person gave for exactly this act in this session within the last five minutes; it is
 * spent in the transaction of the act, so once. Fails with step_up_needed, whose detail says what the browser has to prove (the web client asks the
 * person and tries again by itself), and with not_allowed for programs and jobs, which cannot prove that a person is there.
 */
export async function requireStepUp(tx: Tx, caller: Caller, clock: Clock, act: WeightyAct): Promise<void> {
  if (caller.sessionId === null)
    throw new DomainError("not_allowed", "this act needs a person at a browser", { detail: { reason: "needs_person" } });
  const hash = actionHash(act);
  if (await spendProof(tx, { userId: caller.userId, sessionId: caller.sessionId, hash, now: clock.now() })) return;
  const { action, subjectIds } = act;
  const methods = methodsOf(await factorsOf(tx, caller.userId), await signsInByProvider(tx, caller.userId));
  throw new DomainError("step_up_needed", `${action} needs a proof`, {
    detail: { actionHash: hash.toString("hex"), action, subjectCount: subjectIds.length, methods },
  });
}

/** Whoever has a second factor proves themselves by it; only without one the password is asked again. Who comes by the bank's provider also by it. */
function methodsOf({ password, totp, passkeys }: Factors, byProvider: boolean): string[] {
  const provider = byProvider ? ["provider"] : [];
  if (!totp && passkeys === 0) return byProvider && !password ? provider : ["password", ...provider];
  return [...(passkeys > 0 ? ["passkey"] : []), ...(totp ? ["totp"] : []), "recovery_code", ...provider];
}

export interface Proof {
  readonly actionHash: string;
  readonly password?: string | undefined;
  readonly code?: string | undefined;
  readonly passkey?: { challengeId: string; response: PasskeyResponse } | undefined;
}

/** What a passkey is to sign to prove its holder. */
export async function beginStepUp(
  db: Db,
  caller: Caller,
  clock: Clock,
  publicUrl: URL,
): Promise<{ challengeId: string; options: unknown }> {
  return inTransaction(db, caller, (tx) => askForPasskey(tx, publicUrl, { purpose: "step_up", userId: caller.userId }, clock.now()), {
    purpose: "sign_in",
  });
}

/**
 * Keeps a proof for one act, and gives the session a new token: the one of before is worthless. Fails with sign_in_failed (counted like a wrong
 * password), not_allowed (a program).
 */
export async function proveStepUp(
  db: Db,
  caller: Caller,
  clock: Clock,
  publicUrl: URL,
  proof: Proof,
): Promise<{ token: string; maxAgeSeconds: number }> {
  const { sessionId } = caller;
  if (sessionId === null) throw new DomainError("not_allowed", "a program cannot prove that a person is there");
  return withFloor(async () => {
    const attempt = { caller: { ...caller, sessionId }, now: clock.now(), publicUrl, proof };
    const proven = await inTransaction(db, caller, (tx) => keepProof(tx, attempt), { purpose: "sign_in", retry: false });
    if (proven === null) throw new DomainError("sign_in_failed", "the proof is not right");
    return proven;
  });
}

interface Attempt {
  readonly caller: Caller & { readonly sessionId: SessionId };
  readonly now: Date;
  readonly publicUrl: URL;
  readonly proof: Proof;
}

async function keepProof(tx: Tx, attempt: Attempt): Promise<{ token: string; maxAgeSeconds: number } | null> {
  const { caller, now, proof } = attempt;
  const account = await findOwnAccount(tx, caller.userId);
  const locked = account !== null && isLocked(account.lockedUntil, now);
  const method = account === null || locked ? null : await methodProven(tx, attempt, account.passwordHash);
  const action = method === null ? "step_up.failed" : "step_up.proven";
  await record(tx, { caller, action, subjectKind: "user", subjectIds: [caller.userId], detail: { method, actionHash: proof.actionHash } });
  if (method === null) {
    if (account?.hasPassword && !locked) await countFailure(tx, account, now);
    return null;
  }
  return saveProof(tx, caller, { actionHash: proof.actionHash, method, now });
}

/**
 * Keeps the proof that the person gave at the bank's identity provider a moment ago, as its signed answer says; the caller of this function has checked
 * that it was the same person. Purpose sign_in.
 */
export async function keepProviderProof(
  tx: Tx,
  caller: Caller & { readonly sessionId: SessionId },
  clock: Clock,
  actionHash: string,
): Promise<{ token: string; maxAgeSeconds: number }> {
  const detail = { method: "provider", actionHash };
  await record(tx, { caller, action: "step_up.proven", subjectKind: "user", subjectIds: [caller.userId], detail });
  return saveProof(tx, caller, { actionHash, method: "provider", now: clock.now() });
}

async function saveProof(
  tx: Tx,
  { userId, sessionId }: { readonly userId: UserId; readonly sessionId: SessionId },
  { actionHash: hex, method, now }: { actionHash: string; method: string; now: Date },
): Promise<{ token: string; maxAgeSeconds: number }> {
  const expiresAt = new Date(now.getTime() + PROOF_MS);
  await insertProof(tx, { userId, sessionId, hash: Buffer.from(hex, "hex"), method, now, expiresAt });
  const token = newToken();
  const sessionEnds = await rotateToken(tx, sessionId, hashToken(token));
  return { token, maxAgeSeconds: Math.max(1, (sessionEnds.getTime() - now.getTime()) / 1000) };
}

async function methodProven(tx: Tx, attempt: Attempt, passwordHash: string | null): Promise<string | null> {
  const { now, publicUrl } = attempt;
  const { userId } = attempt.caller;
  const { password, code, passkey } = attempt.proof;
  const factors = await factorsOf(tx, userId);
  if (!factors.totp && factors.passkeys === 0)
    return password !== undefined && (await verifyPassword(password, passwordHash)) ? "password" : null;
  if (passkey !== undefined)
    return (await checkPasskey(tx, publicUrl, { ...passkey, purpose: "step_up", userId }, now)) === null ? null : "passkey";
  if (code === undefined) return null;
  if (await checkTotp(tx, { userId, code: code.trim(), now })) return "totp";
  return (await spendRecoveryCode(tx, userId, code, now)) ? "recovery_code" : null;
}
