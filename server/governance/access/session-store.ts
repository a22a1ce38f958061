import type { SessionId, UserId } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import type { OpenSession } from "./contract.ts";

export const SESSIONS_LISTED_MAX = 50;

/** Those that live, the one used last first. Which ones a caller sees is decided by the policy: one's own, or everybody's. */
export async function listOpenSessions(
  tx: Tx,
  userId: UserId,
  own: SessionId | null,
  now: Date,
  idleMinutes: number,
): Promise<OpenSession[]> {
  const { rows } = await sql<OpenSession>`
    select session_id as "sessionId", created_at as "createdAt", last_seen_at as "lastSeenAt", host(ip_address) as "ipAddress", coalesce(user_agent, '') as "userAgent",
      method, session_id is not distinct from ${own}::uuid as current
    from governance.session
    where user_id = ${userId} and revoked_at is null and expires_at > ${now} and last_seen_at > ${now}::timestamptz - make_interval(mins => ${idleMinutes})
    order by last_seen_at desc, session_id desc limit ${SESSIONS_LISTED_MAX}`.execute(tx);
  return rows;
}

/** The ids of the sessions that ended by it. `only`: that one. `except`: all but that one. */
export async function endSessionsOf(
  tx: Tx,
  userId: UserId,
  now: Date,
  { only = null, except = null }: { only?: string | null; except?: SessionId | null },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update governance.session set revoked_at = ${now}
    where user_id = ${userId} and revoked_at is null and (${only}::uuid is null or session_id = ${only}::uuid) and session_id is distinct from ${except}::uuid
    returning session_id as id`.execute(tx);
  return rows.map(({ id }) => id);
}

export interface OwnAccount {
  readonly userId: UserId;
  readonly hasPassword: boolean;
  readonly passwordHash: string | null;
  readonly failedCount: number;
  readonly lockedUntil: Date | null;
}

/** Purpose sign_in. The account of who is signed in; without a password (sign-in by the bank's own provider) the rest is empty. */
export async function findOwnAccount(tx: Tx, userId: UserId): Promise<OwnAccount | null> {
  const { rows } = await sql<OwnAccount>`
    select u.user_id as "userId", c.user_id is not null as "hasPassword", c.password_hash as "passwordHash", coalesce(c.failed_count, 0) as "failedCount",
      c.locked_until as "lockedUntil"
    from governance.app_user u left join governance.credential c using (user_id) where u.user_id = ${userId} and u.active`.execute(tx);
  return rows[0] ?? null;
}

export async function signsInByProvider(tx: Tx, userId: UserId): Promise<boolean> {
  const { rows } = await sql<{ does: boolean }>`select governance.signs_in_by_provider(${userId}) as does`.execute(tx);
  return rows[0]?.does === true;
}

export interface NewProof {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly hash: Buffer;
  readonly method: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

export async function insertProof(tx: Tx, proof: NewProof): Promise<void> {
  await sql`
    insert into governance.step_up (session_id, user_id, action_hash, method, proved_at, expires_at)
    values (${proof.sessionId}, ${proof.userId}, ${proof.hash}, ${proof.method}, ${proof.now}, ${proof.expiresAt})`.execute(tx);
}

/** false when there is none left. Of two acts at once with one proof, one waits and then finds it spent. */
export async function spendProof(tx: Tx, wanted: Pick<NewProof, "userId" | "sessionId" | "hash" | "now">): Promise<boolean> {
  const { rows } = await sql`
    update governance.step_up set used_at = ${wanted.now}
    where proof_id = (
        select proof_id from governance.step_up
        where user_id = ${wanted.userId} and session_id = ${wanted.sessionId} and action_hash = ${wanted.hash} and used_at is null and expires_at > ${wanted.now}
        order by proved_at desc limit 1)
      and used_at is null
    returning proof_id`.execute(tx);
  return rows.length === 1;
}

/** When the session ends. */
export async function rotateToken(tx: Tx, sessionId: SessionId, tokenHash: Buffer): Promise<Date> {
  const { rows } = await sql<{ endsAt: Date }>`
    update governance.session set token_hash = ${tokenHash} where session_id = ${sessionId} and revoked_at is null returning expires_at as "endsAt"`.execute(
    tx,
  );
  return rows[0]?.endsAt ?? new Date(0);
}

/** Purpose sign_in. */
export async function savePassword(tx: Tx, userId: UserId, passwordHash: string, now: Date): Promise<void> {
  await sql`
    insert into governance.credential (user_id, password_hash, changed_at) values (${userId}, ${passwordHash}, ${now})
    on conflict (user_id) do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at, failed_count = 0, locked_until = null`.execute(
    tx,
  );
}
