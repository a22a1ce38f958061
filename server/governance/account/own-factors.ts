import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { readSessionOf, requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import * as factors from "../factors/index.ts";
import type { Account } from "./contract.ts";

/** What every act here is done with. They run in transactions of purpose sign_in: nowhere else can proofs be read or written. */
export interface Own {
  readonly db: Db;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly publicUrl: URL;
}

function asOneself<T>({ db, caller }: Own, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(db, caller, work, { purpose: "sign_in", retry: false });
}

const prove = (tx: Tx, { caller, clock }: Own, action: string, payload?: unknown) =>
  requireStepUp(tx, caller, clock, { action, subjectIds: [caller.userId], payload });

const note = (tx: Tx, { caller }: Own, action: string, detail: Record<string, unknown> = {}) =>
  record(tx, { caller, action, subjectKind: "user", subjectIds: [caller.userId], detail });

export async function readAccount(tx: Tx, caller: Caller): Promise<Account> {
  const { password, totp, recoveryCodes } = await factors.factorsOf(tx, caller.userId);
  const passkeys = await factors.listPasskeys(tx, caller.userId);
  return {
    ...{ password, totp, recoveryCodes },
    passkeys: passkeys.map(({ credentialId, name, createdAt, lastUsedAt }) => ({ credentialId, name, createdAt, lastUsedAt })),
  };
}

/** Fails with step_up_needed, invalid_state (an app is set up already). */
export async function beginTotp(own: Own): Promise<{ seed: string; uri: string }> {
  return asOneself(own, async (tx) => {
    await prove(tx, own, "factor.totp_begun");
    const { user, bank } = await readSessionOf(tx, own.caller.userId);
    const begun = await factors.beginTotp(tx, {
      userId: user.userId as Caller["userId"],
      login: user.login,
      bank: bank.name,
    });
    if (begun === null) throw new DomainError("invalid_state", "an authenticator app is set up already");
    await note(tx, own, "factor.totp_begun");
    return begun;
  });
}

/** Fails with invalid_state when the code is not the app's. */
export async function confirmTotp(own: Own, code: string): Promise<{ recoveryCodes: string[] }> {
  return asOneself(own, async (tx) => {
    const { userId } = own.caller;
    const right = await factors.checkTotp(tx, { userId, code, now: own.clock.now(), first: true });
    if (!right) throw new DomainError("invalid_state", "the code is not right", { detail: { reason: "wrong_code" } });
    await note(tx, own, "factor.totp_added");
    return firstRecoveryCodes(tx, own);
  });
}

/** Fails with step_up_needed, not_found. */
export async function removeTotp(own: Own): Promise<void> {
  await asOneself(own, async (tx) => {
    await prove(tx, own, "factor.totp_removed");
    if (!(await factors.deleteTotp(tx, own.caller.userId))) throw new DomainError("not_found", "no authenticator app is set up");
    await note(tx, own, "factor.totp_removed");
  });
}

/** Fails with step_up_needed. */
export async function renewRecoveryCodes(own: Own): Promise<{ recoveryCodes: string[] }> {
  return asOneself(own, async (tx) => {
    await prove(tx, own, "factor.recovery_renewed");
    await note(tx, own, "factor.recovery_renewed");
    return { recoveryCodes: await factors.renewRecoveryCodes(tx, own.caller.userId) };
  });
}

/** Fails with step_up_needed, invalid_state (ten already). */
export async function beginPasskey(own: Own): Promise<{ challengeId: string; options: unknown }> {
  return asOneself(own, async (tx) => {
    await prove(tx, own, "factor.passkey_begun");
    const { user, bank } = await readSessionOf(tx, own.caller.userId);
    const person = { userId: own.caller.userId, login: user.login, displayName: user.displayName };
    return factors.beginPasskey(tx, { publicUrl: own.publicUrl, bank: bank.name }, person, own.clock.now());
  });
}

/** Fails with invalid_state (the challenge is too old), invalid_input (the answer is not right), conflict (the passkey is known). */
export async function addPasskey(
  own: Own,
  added: { name: string; challengeId: string; response: factors.PasskeyResponse },
): Promise<{ recoveryCodes: string[] }> {
  return asOneself(own, async (tx) => {
    await factors.addPasskey(tx, own.publicUrl, { userId: own.caller.userId, ...added }, own.clock.now());
    await note(tx, own, "factor.passkey_added");
    return firstRecoveryCodes(tx, own);
  });
}

/** Fails with step_up_needed, not_found. */
export async function removePasskey(own: Own, credentialId: string): Promise<void> {
  await asOneself(own, async (tx) => {
    await prove(tx, own, "factor.passkey_removed", { credentialId });
    if (!(await factors.deletePasskey(tx, own.caller.userId, credentialId))) throw new DomainError("not_found", "no such passkey");
    await note(tx, own, "factor.passkey_removed");
  });
}

async function firstRecoveryCodes(tx: Tx, { caller }: Own): Promise<{ recoveryCodes: string[] }> {
  const { recoveryCodes } = await factors.factorsOf(tx, caller.userId);
  return { recoveryCodes: recoveryCodes > 0 ? [] : await factors.renewRecoveryCodes(tx, caller.userId) };
}
