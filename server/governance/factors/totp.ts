import { generateSecret, generateURI, verifySync } from "otplib";
import type { UserId } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { openField, type SealedColumn, sealField } from "../../platform/encryption/index.ts";
import { insertTotp, lockTotp, saveTotpUse } from "./store.ts";

const PERIOD_SECONDS = 30;
/** One step to either side: a phone's clock may be half a minute off (RFC 6238, 5.2). */
const TOLERANCE_SECONDS = 30;

export const totpSeeds: SealedColumn = {
  column: "governance.totp.sealed_seed",
  isIndexed: false,
  key: [{ name: "user_id", type: "uuid" }],
  rowId: "user_id",
};

/** A new seed for an authenticator app, not yet valid: null when the person has a confirmed one. */
export async function beginTotp(
  tx: Tx,
  person: { userId: UserId; login: string; bank: string },
): Promise<{ seed: string; uri: string } | null> {
  const seed = generateSecret();
  const field = await sealField(tx, totpSeeds.column);
  const begun = await insertTotp(tx, person.userId, field.seal(person.userId, seed));
  return begun ? { seed, uri: generateURI({ issuer: person.bank, label: person.login, secret: seed }) } : null;
}

/** The right code of this moment, never used before. `first` is the proof that the app has taken the seed; afterwards only confirmed seeds count. */
export async function checkTotp(tx: Tx, attempt: { userId: UserId; code: string; now: Date; first?: boolean }): Promise<boolean> {
  const row = await lockTotp(tx, attempt.userId);
  if (row === null || row.confirmed === (attempt.first ?? false) || !/^\d{6}$/.test(attempt.code)) return false;
  const field = await openField(tx, totpSeeds.column);
  const result = verifySync({
    secret: field.open(attempt.userId, row.sealedSeed),
    token: attempt.code,
    epoch: Math.floor(attempt.now.getTime() / 1000),
    period: PERIOD_SECONDS,
    epochTolerance: TOLERANCE_SECONDS,
  });
  if (!result.valid) return false;
  const step = Math.floor(attempt.now.getTime() / 1000 / PERIOD_SECONDS) + result.delta;
  if (step <= Number(row.lastStep)) return false;
  await saveTotpUse(tx, attempt.userId, step, attempt.now);
  return true;
}
