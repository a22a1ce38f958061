import type { Caller, KeyId, UserId } from "../../platform/caller/index.ts";
import { askOutside, type Db, sql, type Tx } from "../../platform/db/index.ts";
import { type ApiKey, KEYS_MAX } from "./contract.ts";

export type KeyRow = Omit<ApiKey, "state" | "approval"> & { readonly approved: boolean; readonly revoked: boolean };

const key =
  sql.raw(`k.key_id as "keyId", k.prefix, k.owner_id as "ownerId", coalesce(o.display_name, '') as "ownerName", k.purpose, k.scopes,
  array(select r::text from unnest(k.ip_ranges) r) as "ipRanges", k.rows_per_day::int as "rowsPerDay",
  coalesce((select b.rows from governance.api_key_rows b where b.key_id = k.key_id and b.class = 'customer' and b.day = current_date), 0)::int as "rowsToday",
  k.approved_at is not null as approved, k.revoked_at is not null as revoked, k.created_at as "createdAt", k.expires_at as "expiresAt",
  r.display_name as "endedByName", k.last_used_at as "lastUsedAt", host(k.last_ip) as "lastIp"
  from governance.api_key k left join governance.app_user o on o.user_id = k.owner_id
    left join governance.app_user r on r.user_id = k.revoked_by`);

/** Those that wait first, then the newest. Whose they may see is the policy's to say. */
export async function listKeys(tx: Tx): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    select ${key} order by (k.approved_at is null and k.revoked_at is null) desc, k.key_id desc limit ${KEYS_MAX}`.execute(tx);
  return rows;
}

/** Locked until the end of the transaction. */
export async function lockKey(tx: Tx, keyId: string): Promise<KeyRow | null> {
  await sql`select from governance.api_key where key_id = ${keyId} for update`.execute(tx);
  const { rows } = await sql<KeyRow>`select ${key} where k.key_id = ${keyId}`.execute(tx);
  return rows[0] ?? null;
}

export interface NewKey {
  readonly keyId: string;
  readonly prefix: string;
  readonly tokenHash: Buffer;
  readonly ownerId: UserId;
  readonly purpose: string;
  readonly scopes: readonly string[];
  readonly ipRanges: readonly string[];
  readonly rowsPerDay: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export async function insertKey(tx: Tx, made: NewKey): Promise<void> {
  await sql`
    insert into governance.api_key (key_id, prefix, token_hash, owner_id, purpose, scopes, ip_ranges, rows_per_day, created_at, expires_at)
    values (${made.keyId}, ${made.prefix}, ${made.tokenHash}, ${made.ownerId}, ${made.purpose}, ${made.scopes}::text[],
      array(select network(r::inet) from unnest(${made.ipRanges}::text[]) r), ${made.rowsPerDay}, ${made.createdAt}, ${made.expiresAt})`.execute(
    tx,
  );
}

/** In the transaction of its approval alone. false: it has ended, or is in force already. */
export async function activate(tx: Tx, keyId: string, at: Date): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select governance.activate_key(${keyId}, ${at}) as done`.execute(tx);
  return rows[0]?.done === true;
}

export async function saveRevocation(tx: Tx, keyId: string, by: UserId, at: Date): Promise<void> {
  await sql`update governance.api_key set revoked_by = ${by}, revoked_at = ${at} where key_id = ${keyId}`.execute(tx);
}

export interface FoundKey {
  readonly keyId: KeyId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly permissions: readonly string[];
  readonly lastUsedAt: Date | null;
}

const FIND_KEY = `
  select key_id as "keyId", user_id as "userId", display_name as "displayName", permissions, last_used_at as "lastUsedAt"
  from governance.find_key($1, $2::inet, $3)`;

/** null: unknown, waiting, over, revoked, from elsewhere, or the owner's account is closed. Outside any transaction: knowing the key is what it takes. */
export async function findKey(db: Db, tokenHash: Buffer, address: string, now: Date): Promise<FoundKey | null> {
  const [found] = await askOutside<FoundKey>(db, { name: "find_key", text: FIND_KEY, values: [tokenHash, address, now] });
  return found ?? null;
}

/** In the key's own context. */
export async function touchKey(tx: Tx, caller: Pick<Caller, "ipAddress">, now: Date): Promise<void> {
  await sql`select governance.touch_key(${caller.ipAddress}::inet, ${now})`.execute(tx);
}

/** Worker role. */
export async function findKeyByPrefix(tx: Tx, prefix: string): Promise<KeyRow | null> {
  const { rows } = await sql<KeyRow>`select ${workerKey} where k.prefix = ${prefix}`.execute(tx);
  return rows[0] ?? null;
}

/** Worker role. */
export async function listAllKeys(tx: Tx): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`select ${workerKey} order by k.key_id desc limit ${KEYS_MAX}`.execute(tx);
  return rows;
}

const workerKey =
  sql.raw(`k.key_id as "keyId", k.prefix, k.owner_id as "ownerId", coalesce(o.login, '') as "ownerName", k.purpose, k.scopes,
  array(select r::text from unnest(k.ip_ranges) r) as "ipRanges", k.rows_per_day::int as "rowsPerDay", 0 as "rowsToday", k.approved_at is not null as approved,
  k.revoked_at is not null as revoked, k.created_at as "createdAt", k.expires_at as "expiresAt", null as "endedByName", k.last_used_at as "lastUsedAt",
  host(k.last_ip) as "lastIp" from governance.api_key k left join governance.app_user o on o.user_id = k.owner_id`);
