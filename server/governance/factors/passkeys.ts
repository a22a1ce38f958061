import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { UserId } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import {
  type ChallengePurpose,
  insertChallenge,
  insertPasskey,
  listPasskeys,
  lockPasskey,
  PASSKEYS_MAX,
  savePasskeyUse,
  takeChallenge,
} from "./store.ts";

const CHALLENGE_MS = 5 * 60_000;

/** A response of the browser: bounded here, looked into by the library. */
export type PasskeyResponse = Record<string, unknown>;

/** What the browser is to sign so that a new passkey is made. Fails with invalid_state when there are ten. */
export async function beginPasskey(
  tx: Tx,
  site: { publicUrl: URL; bank: string },
  person: { userId: UserId; login: string; displayName: string },
  now: Date,
): Promise<{ challengeId: string; options: unknown }> {
  const known = await listPasskeys(tx, person.userId);
  if (known.length >= PASSKEYS_MAX) throw new DomainError("invalid_state", "there are ten passkeys already");
  const options = await generateRegistrationOptions({
    rpName: site.bank,
    rpID: site.publicUrl.hostname,
    userID: new TextEncoder().encode(person.userId),
    userName: person.login,
    userDisplayName: person.displayName,
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  const expiresAt = new Date(now.getTime() + CHALLENGE_MS);
  const challengeId = await insertChallenge(tx, { userId: person.userId, purpose: "register", value: options.challenge, expiresAt });
  return { challengeId, options };
}

/** Fails with invalid_input when the response is not the answer to this challenge, on this site, with the person verified. */
export async function addPasskey(
  tx: Tx,
  publicUrl: URL,
  added: { userId: UserId; name: string; challengeId: string; response: PasskeyResponse },
  now: Date,
): Promise<void> {
  const challenge = await takeChallenge(tx, added.challengeId, { purpose: "register", userId: added.userId }, now);
  if (challenge === null) throw new DomainError("invalid_state", "there is no such challenge, or it has expired");
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: added.response as unknown as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: publicUrl.origin,
    expectedRPID: publicUrl.hostname,
    requireUserVerification: true,
  }).catch((cause: unknown) => {
    throw new DomainError("invalid_input", "the passkey's answer is not right", { cause });
  });
  if (!verified) throw new DomainError("invalid_input", "the passkey's answer is not right");
  const { credential } = registrationInfo;
  const { id, publicKey, counter, transports = [] } = credential;
  await insertPasskey(
    tx,
    { credentialId: id, userId: added.userId, publicKey: Buffer.from(publicKey), counter, transports: [...transports], name: added.name },
    now,
  );
}

/** What the browser is to sign with a passkey of this person; null: of whoever holds one for this site. */
export async function askForPasskey(
  tx: Tx,
  publicUrl: URL,
  wanted: { purpose: ChallengePurpose; userId: UserId | null },
  now: Date,
): Promise<{ challengeId: string; options: unknown }> {
  const known = wanted.userId === null ? [] : await listPasskeys(tx, wanted.userId);
  const options = await generateAuthenticationOptions({
    rpID: publicUrl.hostname,
    userVerification: "required",
    allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
  });
  const expiresAt = new Date(now.getTime() + CHALLENGE_MS);
  const challengeId = await insertChallenge(tx, { ...wanted, value: options.challenge, expiresAt });
  return { challengeId, options };
}

/** Whose passkey signed the challenge; null when it is nobody's, the answer is wrong or late, or the key was copied (its counter went back). */
export async function checkPasskey(
  tx: Tx,
  publicUrl: URL,
  attempt: { purpose: ChallengePurpose; userId: UserId | null; challengeId: string; response: PasskeyResponse },
  now: Date,
): Promise<UserId | null> {
  const challenge = await takeChallenge(tx, attempt.challengeId, attempt, now);
  const credentialId = typeof attempt.response.id === "string" ? attempt.response.id.slice(0, 1000) : "";
  const key = challenge === null ? null : await lockPasskey(tx, credentialId);
  if (challenge === null || key === null || (attempt.userId !== null && key.userId !== attempt.userId)) return null;
  const result = await verifyAuthenticationResponse({
    response: attempt.response as unknown as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: publicUrl.origin,
    expectedRPID: publicUrl.hostname,
    credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: key.counter, transports: [...key.transports] },
    requireUserVerification: true,
  }).catch(() => null); // whatever is wrong with the answer, it proves nobody
  if (result === null || !result.verified) return null;
  await savePasskeyUse(tx, key.credentialId, result.authenticationInfo.newCounter, now);
  return key.userId;
}
