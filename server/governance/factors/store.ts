import type { UserId } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";

// Everything here but factorsOf and the listing of one's own passkeys works only in transactions of purpose sign_in.

export interface Factors {
  readonly password: boolean;
  readonly totp: boolean;
  readonly recoveryCodes: number;
  readonly passkeys: number;
}

/** How many factors a person has; all null (so: none) for whoever may not know. */
export async function factorsOf(tx: Tx, userId: UserId): Promise<Factors> {
  const { rows } = await sql<Factors>`
    select coalesce(password, false) as password, coalesce(totp, false) as totp, coalesce(recovery_codes, 0) as "recoveryCodes", coalesce(passkeys, 0) as passkeys
    from governance.factors_of(${userId})`.execute(tx);
  return rows[0] ?? { password: false, totp: false, recoveryCodes: 0, passkeys: 0 };
}

export interface TotpRow {
  readonly sealedSeed: Buffer;
  readonly confirmed: boolean;
  readonly lastStep: string;
}

/** Locked, so that of two requests with the same code one waits and then finds it used. */
export async function lockTotp(tx: Tx, userId: UserId): Promise<TotpRow | null> {
  const { rows } = await sql<TotpRow>`
    select sealed_seed as "sealedSeed", confirmed_at is not null as confirmed, last_step::text as "lastStep"
    from governance.totp where user_id = ${userId} for update`.execute(tx);
  return rows[0] ?? null;
}

/** Replaces a seed that was never confirmed; null when a confirmed one stands there. */
export async function insertTotp(tx: Tx, userId: UserId, sealedSeed: Buffer): Promise<boolean> {
  await sql`delete from governance.totp where user_id = ${userId} and confirmed_at is null`.execute(tx);
  const { rows } = await sql`
    insert into governance.totp (user_id, sealed_seed) values (${userId}, ${sealedSeed}) on conflict (user_id) do nothing returning user_id`.execute(
    tx,
  );
  return rows.length === 1;
}

export async function saveTotpUse(tx: Tx, userId: UserId, step: number, now: Date): Promise<void> {
  await sql`update governance.totp set last_step = ${step}, confirmed_at = coalesce(confirmed_at, ${now}) where user_id = ${userId}`.execute(
    tx,
  );
}

export async function deleteTotp(tx: Tx, userId: UserId): Promise<boolean> {
  const { rows } = await sql`delete from governance.totp where user_id = ${userId} returning user_id`.execute(tx);
  return rows.length === 1;
}

export async function replaceRecoveryCodes(tx: Tx, userId: UserId, hashes: readonly Buffer[]): Promise<void> {
  await sql`delete from governance.recovery_code where user_id = ${userId}`.execute(tx);
  for (const hash of hashes) await sql`insert into governance.recovery_code (user_id, code_hash) values (${userId}, ${hash})`.execute(tx);
}

export async function crossOutRecoveryCode(tx: Tx, userId: UserId, hash: Buffer, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update governance.recovery_code set used_at = ${now} where user_id = ${userId} and code_hash = ${hash} and used_at is null returning user_id`.execute(
    tx,
  );
  return rows.length === 1;
}

export interface PasskeyRow {
  readonly credentialId: string;
  readonly userId: UserId;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export const PASSKEYS_MAX = 10;

export async function listPasskeys(tx: Tx, userId: UserId): Promise<PasskeyRow[]> {
  const { rows } = await sql<PasskeyRow>`
    select credential_id as "credentialId", user_id as "userId", public_key as "publicKey", counter::float as counter, transports, name, created_at as "createdAt",
      last_used_at as "lastUsedAt"
    from governance.passkey where user_id = ${userId} order by created_at limit ${PASSKEYS_MAX}`.execute(tx);
  return rows;
}

export async function lockPasskey(tx: Tx, credentialId: string): Promise<PasskeyRow | null> {
  const { rows } = await sql<PasskeyRow>`
    select p.credential_id as "credentialId", p.user_id as "userId", p.public_key as "publicKey", p.counter::float as counter, p.transports, p.name,
      p.created_at as "createdAt", p.last_used_at as "lastUsedAt"
    from governance.passkey p join governance.app_user u using (user_id) where p.credential_id = ${credentialId} and u.active for update of p`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export async function insertPasskey(tx: Tx, key: Omit<PasskeyRow, "createdAt" | "lastUsedAt">, now: Date): Promise<void> {
  await sql`
    insert into governance.passkey (credential_id, user_id, public_key, counter, transports, name, created_at)
    values (${key.credentialId}, ${key.userId}, ${key.publicKey}, ${key.counter}, ${key.transports}::text[], ${key.name}, ${now})`.execute(
    tx,
  );
}

export async function savePasskeyUse(tx: Tx, credentialId: string, counter: number, now: Date): Promise<void> {
  await sql`update governance.passkey set counter = ${counter}, last_used_at = ${now} where credential_id = ${credentialId}`.execute(tx);
}

/** false when there is no such passkey of this person. */
export async function deletePasskey(tx: Tx, userId: UserId, credentialId: string): Promise<boolean> {
  const { rows } = await sql`
    delete from governance.passkey where user_id = ${userId} and credential_id = ${credentialId} returning credential_id`.execute(tx);
  return rows.length === 1;
}

export type ChallengePurpose = "register" | "sign_in" | "step_up" | "oidc";

export interface NewChallenge {
  readonly userId: UserId | null;
  readonly purpose: ChallengePurpose;
  readonly value: string;
  readonly expiresAt: Date;
}

export async function insertChallenge(tx: Tx, challenge: NewChallenge): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into governance.challenge (user_id, purpose, value, expires_at)
    values (${challenge.userId}, ${challenge.purpose}, ${challenge.value}, ${challenge.expiresAt}) returning challenge_id as id`.execute(
    tx,
  );
  return rows[0]?.id ?? "";
}

/** Takes it away, so that it is answered once; null when it is not there, too old, or was meant for something or somebody else. */
export async function takeChallenge(
  tx: Tx,
  challengeId: string,
  wanted: { purpose: ChallengePurpose; userId: UserId | null },
  now: Date,
): Promise<string | null> {
  const { rows } = await sql<{ value: string; fits: boolean }>`
    delete from governance.challenge where challenge_id = ${challengeId}
    returning value, purpose = ${wanted.purpose} and user_id is not distinct from ${wanted.userId}::uuid and expires_at > ${now} as fits`.execute(
    tx,
  );
  return rows[0]?.fits === true ? rows[0].value : null;
}

/** Any one sealed seed with its person, to see whether it opens; null when nobody has one. */
export async function findAnyTotp(tx: Tx): Promise<{ userId: UserId; sealedSeed: Buffer } | null> {
  const { rows } = await sql<{ userId: UserId; sealedSeed: Buffer }>`
    select user_id as "userId", sealed_seed as "sealedSeed" from governance.totp order by user_id limit 1`.execute(tx);
  return rows[0] ?? null;
}
