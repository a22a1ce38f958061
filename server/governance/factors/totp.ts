import { generateSecret, generateURI, verifySync } from "otplib";
import type { UserId } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { seal, unseal } from "../../platform/secrets/index.ts";
import { insertTotp, lockTotp, saveTotpUse } from "./store.ts";

const PERIOD_SECONDS = 30;
/** One step to either side: a phone's clock may be half a minute off (RFC 6238, 5.2). */
const TOLERANCE_SECONDS = 30;

/** A new seed for an authenticator app, not yet valid: null when the person has a confirmed one. */
export async function beginTotp(
  tx: Tx,
  secret: Buffer,
  person: { userId: UserId; login: string; bank: string },
): Promise<{ seed: string; uri: string } | null> {
  const seed = generateSecret();
  const begun = await insertTotp(tx, person.userId, seal(secret, seed, { use: "totp seed", about: person.userId }));
  return begun ? { seed, uri: generateURI({ issuer: person.bank, label: person.login, secret: seed }) } : null;
}

/** The right code of this moment, never used before. `first` is the proof that the app has taken the seed; afterwards only confirmed seeds count. */
export async function checkTotp(
  tx: Tx,
  secret: Buffer,
  attempt: { userId: UserId; code: string; now: Date; first?: boolean },
): Promise<boolean> {
  const row = await lockTotp(tx, attempt.userId);
  if (row === null || row.confirmed === (attempt.first ?? false) || !/^\d{6}$/.test(attempt.code)) return false;
  const result = verifySync({
    secret: unseal(secret, row.sealedSeed, { use: "totp seed", about: attempt.userId }),
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
