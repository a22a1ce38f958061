import { type Db, sql, type Tx } from "../db/index.ts";

export interface WaitingEvent {
  readonly eventId: bigint;
  readonly topic: string;
  readonly key: string;
  readonly payload: unknown;
  /** Which try this is, from 1. Also fences: who holds an older number has lost the event. */
  readonly attempt: number;
}

/** Wakes the relays at commit. PostgreSQL sends equal notices of one transaction once. */
export const outboxTopic = "outbox";

export async function insertEvent(tx: Tx, topic: string, key: string, payload: unknown): Promise<void> {
  await sql`
    with event as (
      insert into platform.outbox (topic, key, payload) values (${topic}, ${key}, ${JSON.stringify(payload)}::jsonb) returning topic
    )
    select pg_notify('vinculo', json_build_object('topic', ${outboxTopic}::text, 'key', topic)::text) from event`.execute(tx);
}

export async function notifyChannel(tx: Tx, topic: string, key: string): Promise<void> {
  await sql`select pg_notify('vinculo', json_build_object('topic', ${topic}::text, 'key', ${key}::text)::text)`.execute(tx);
}

/**
 * Takes the oldest event that is due and whose key has no older one waiting. One that is not committed yet is passed by and taken later:
 * waiting for every running transaction would let one long import hold up all news. Within a key the order is that of commits as long
 * as those who publish hold the row the key names, which changing it does.
 */
export async function claimEvent(db: Db, leaseSeconds: number): Promise<WaitingEvent | null> {
  const { rows } = await sql<{ event_id: bigint; topic: string; key: string; payload: unknown; attempts: number }>`
    update platform.outbox set attempts = attempts + 1, next_try_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    where event_id = (
      select e.event_id from platform.outbox e
      where e.relayed_at is null and (e.next_try_at is null or e.next_try_at <= clock_timestamp())
        and not exists (select from platform.outbox older where older.key = e.key and older.relayed_at is null and older.event_id < e.event_id)
      order by e.event_id limit 1 for update skip locked)
    returning event_id, topic, key, payload, attempts`.execute(db.worker);
  const row = rows[0];
  if (row === undefined) return null;
  return { eventId: row.event_id, topic: row.topic, key: row.key, payload: row.payload, attempt: row.attempts };
}

/** False: this consumer has handled the event already. Waits for another transaction that is handling it. */
export async function enterInbox(tx: Tx, consumer: string, eventId: bigint): Promise<boolean> {
  const { rows } = await sql`
    insert into platform.inbox (consumer, event_id) values (${consumer}, ${eventId}) on conflict do nothing returning consumer`.execute(tx);
  return rows.length === 1;
}

export async function markRelayed(db: Db, { eventId, attempt }: WaitingEvent): Promise<void> {
  await sql`
    update platform.outbox set relayed_at = clock_timestamp(), next_try_at = null
    where event_id = ${eventId} and attempts = ${attempt}`.execute(db.worker);
}

export async function postpone(db: Db, { eventId, attempt }: WaitingEvent, seconds: number): Promise<void> {
  await sql`
    update platform.outbox set next_try_at = clock_timestamp() + make_interval(secs => ${seconds})
    where event_id = ${eventId} and attempts = ${attempt}`.execute(db.worker);
}

/** The event is given up, so that later events of its key go on; it stays to be looked at and replayed. */
export async function giveUp(db: Db, { eventId, attempt }: WaitingEvent, consumer: string): Promise<void> {
  await sql`
    update platform.outbox set relayed_at = clock_timestamp(), failed_at = clock_timestamp(), failed_consumer = ${consumer}, next_try_at = null
    where event_id = ${eventId} and attempts = ${attempt}`.execute(db.worker);
}

/** Puts events that were given up back into the line; consumers that had handled them will not again. Returns how many. */
export async function replayFailedEvents(db: Db): Promise<number> {
  const { numAffectedRows } = await sql`
    update platform.outbox set relayed_at = null, failed_at = null, failed_consumer = null, attempts = 0, next_try_at = null
    where failed_at is not null`.execute(db.worker);
  return Number(numAffectedRows ?? 0n);
}

/** Relayed events are kept seven days, given-up ones until replayed. At most 10,000 a call; returns how many went. */
export async function forgetRelayedEvents(db: Db): Promise<number> {
  const { numAffectedRows } = await sql`
    with gone as (
      delete from platform.outbox where event_id = any(array(
        select event_id from platform.outbox where relayed_at < now() - interval '7 days' and failed_at is null limit 10000))
      returning event_id
    )
    delete from platform.inbox using gone where inbox.event_id = gone.event_id`.execute(db.worker);
  return Number(numAffectedRows ?? 0n);
}
