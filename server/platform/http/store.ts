import type { UserId } from "../caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../db/index.ts";

export interface RequestKey {
  readonly userId: UserId;
  readonly endpoint: string;
  readonly key: string;
}

export interface KeptAnswer {
  readonly requestHash: Buffer;
  readonly status: number;
  readonly answer: unknown;
}

/** Claims the key until the end of the transaction. False: another transaction is working on it. */
export async function claimRequestKey(tx: Tx, { userId, endpoint, key }: RequestKey): Promise<boolean> {
  const { rows } = await sql<{ claimed: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${userId} ${endpoint} ${key}`}, 20250817)) as claimed`.execute(tx);
  return rows[0]?.claimed === true;
}

export async function readKeptAnswer(tx: Tx, { userId, endpoint, key }: RequestKey): Promise<KeptAnswer | null> {
  const { rows } = await sql<{ request_hash: Buffer; status: number; answer: unknown }>`
    select request_hash, status, answer from platform.idempotency
    where user_id = ${userId} and endpoint = ${endpoint} and key = ${key}`.execute(tx);
  const row = rows[0];
  return row === undefined ? null : { requestHash: row.request_hash, status: row.status, answer: row.answer };
}

export async function keepAnswer(tx: Tx, { userId, endpoint, key }: RequestKey, kept: KeptAnswer): Promise<void> {
  await sql`
    insert into platform.idempotency (user_id, endpoint, key, request_hash, status, answer)
    values (${userId}, ${endpoint}, ${key}, ${kept.requestHash}, ${kept.status}, ${JSON.stringify(kept.answer)}::jsonb)`.execute(tx);
}

/** Answers are kept seven days; the worker calls this daily. At most 10,000 rows a call; returns how many went. */
export async function forgetOldAnswers(tx: Tx): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from platform.idempotency where ctid = any(array(
      select ctid from platform.idempotency where created_at < now() - interval '7 days' limit 10000))`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

const nobody = { userId: null, sessionId: null, requestId: "readiness" };

/** Answers when the database does; used by readiness, outside any caller's context. */
export async function ping(db: Db): Promise<void> {
  // As a transaction, whose connection is given up when nobody answers: probes must not use up the pool.
  await inTransaction(db, nobody, (tx) => sql`select 1`.execute(tx), { purpose: "sign_in", readOnly: true });
}
