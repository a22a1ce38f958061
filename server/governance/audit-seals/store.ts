import type pg from "pg";
import type { RowGiven } from "./proof/check-trail.ts";

/** A connection of the login vinculo_sealer, which reads the trail and writes seals. */
export type SealerConnection = pg.Client;

/** A row of the trail as it is sealed: every column, texts where a number or a time could lose something. */
export type SealedRow = RowGiven & { readonly at: string; readonly xid: string };

const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
// A change here changes what is hashed: old seals would no longer fit. A new column goes into a new format of the statement.
// In the order of their names, in which they are hashed: that spares the sorting.
const sealedColumns = `
  action, actor_id as "actorId", ${instant("at")} as at, decision, detail, event_id::text as "eventId", array_to_json(field_classes) as "fieldClasses",
  ip_address::text as "ipAddress", purpose, encode(query_hash, 'hex') as "queryHash", request_id as "requestId", session_id as "sessionId",
  subject_count as "subjectCount", array_to_json(subject_ids) as "subjectIds", subject_kind as "subjectKind", user_agent as "userAgent", xid::text as xid`;

export interface StoredSeal {
  readonly no: string;
  readonly statement: string;
  readonly hash: Buffer;
  readonly signature: Buffer;
  readonly entries: Buffer;
}

export interface NewSeal extends StoredSeal {
  readonly sealedAt: string;
  readonly rows: number;
  readonly lastEventId: string;
  readonly firstAt: string;
  readonly lastAt: string;
}

/** One process seals at a time; the others wait. To the end of the transaction. */
export async function lockSealing(connection: SealerConnection): Promise<void> {
  await connection.query("select pg_advisory_xact_lock(hashtextextended('vinculo audit seal', 0))");
}

/** Without its entries, which can be long. */
export async function readLastSeal(connection: SealerConnection): Promise<Omit<StoredSeal, "entries"> | null> {
  const { rows } = await connection.query<Omit<StoredSeal, "entries">>(
    "select seal_no::text as no, statement, seal_hash as hash, signature from governance.audit_seal order by seal_no desc limit 1",
  );
  return rows[0] ?? null;
}

export interface UnsealedRows {
  readonly rows: SealedRow[];
  /** Of the statement that read the rows: what it saw. */
  readonly snapshot: string;
  /** The database's clock. */
  readonly at: string;
}

/** Rows committed since the snapshot, in the order of transactions and numbers; at most `rowsMax`. */
export async function readUnsealed(connection: SealerConnection, from: string, above: string, rowsMax: number): Promise<UnsealedRows> {
  const { rows } = await connection.query<SealedRow & { snapshot: string; now: string }>({
    name: "unsealed",
    text: `
      select ${sealedColumns}, pg_current_snapshot()::text as snapshot, ${instant("clock_timestamp()")} as now
      from governance.audit_event
      where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot) and event_id > $2::bigint
        and pg_visible_in_snapshot(xid, pg_current_snapshot()) -- a transaction that has not begun has written nothing, whatever a row says
      order by audit_event.xid, event_id limit $3`,
    values: [from, above, rowsMax],
  });
  return {
    rows: rows.map(({ snapshot: _, now: __, ...row }) => row as SealedRow),
    snapshot: rows[0]?.snapshot ?? from,
    at: rows[0]?.now ?? "",
  };
}

/** All rows of one transaction that has ended. */
export async function readTransactionRows(connection: SealerConnection, xid: string): Promise<SealedRow[]> {
  const text = `select ${sealedColumns} from governance.audit_event where xid = $1::xid8 order by event_id`;
  return (await connection.query<SealedRow>(text, [xid])).rows;
}

/** What a database says of its transactions now, and the largest number any seal holds. */
export async function readSnapshot(connection: SealerConnection): Promise<{ snapshot: string; lastSealedId: string }> {
  const { rows } = await connection.query<{ snapshot: string; lastSealedId: string }>(
    `select pg_current_snapshot()::text as snapshot, coalesce((select max(last_event_id) from governance.audit_seal), 0)::text as "lastSealedId"`,
  );
  return rows[0] ?? { snapshot: "1:1:", lastSealedId: "0" };
}

/** Until the end of the transaction nobody writes the trail; whoever was writing has ended. */
export async function holdWriters(connection: SealerConnection): Promise<void> {
  await connection.query("select governance.hold_audit_writers()");
}

/** All rows above a number, whatever their transaction, with what the statement saw. */
export async function readRowsAbove(connection: SealerConnection, above: string): Promise<UnsealedRows> {
  const { rows } = await connection.query<SealedRow & { snapshot: string; now: string }>(
    `select ${sealedColumns}, pg_current_snapshot()::text as snapshot, ${instant("clock_timestamp()")} as now
     from governance.audit_event where event_id > $1::bigint order by audit_event.xid, event_id`,
    [above],
  );
  return {
    rows: rows.map(({ snapshot: _, now: __, ...row }) => row as SealedRow),
    snapshot: rows[0]?.snapshot ?? "",
    at: rows[0]?.now ?? "",
  };
}

export async function insertSeal(connection: SealerConnection, seal: NewSeal): Promise<void> {
  await connection.query({
    name: "insert_seal",
    text: `insert into governance.audit_seal (seal_no, statement, seal_hash, signature, entries, sealed_at, row_count, last_event_id, first_at, last_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      seal.no,
      seal.statement,
      seal.hash,
      seal.signature,
      seal.entries,
      seal.sealedAt,
      seal.rows,
      seal.lastEventId,
      seal.firstAt,
      seal.lastAt,
    ],
  });
}

export async function keepPublicKey(connection: SealerConnection, keyId: string, publicKey: Buffer): Promise<void> {
  await connection.query("insert into governance.audit_seal_key (key_id, public_key) values ($1, $2) on conflict do nothing", [
    keyId,
    publicKey,
  ]);
}

export async function readPublicKeys(connection: SealerConnection): Promise<{ keyId: string; publicKey: Buffer }[]> {
  const text = `select key_id as "keyId", public_key as "publicKey" from governance.audit_seal_key order by since limit 1000`;
  return (await connection.query<{ keyId: string; publicKey: Buffer }>(text)).rows;
}

export async function prepareMonths(connection: SealerConnection): Promise<void> {
  await connection.query("select governance.prepare_audit_months()");
}

/** The next seals behind `after`, up to `last`; at most 500, and no more than some 20,000 rows. */
export async function readSeals(connection: SealerConnection, after: string, last: string): Promise<StoredSeal[]> {
  const { rows } = await connection.query<StoredSeal>({
    name: "seals",
    text: `
      select no, statement, hash, signature, entries from (
        select seal_no::text as no, seal_no, statement, seal_hash as hash, signature, entries, sum(row_count) over (order by seal_no) - row_count as before
        from (select * from governance.audit_seal where seal_no > $1::bigint and seal_no <= $2::bigint order by seal_no limit 500) next) counted
      where before < 20000 order by seal_no`,
    values: [after, last],
  });
  return rows;
}

export interface Window {
  readonly from: string;
  readonly to: string;
  /** Numbers above this one, up to that one. */
  readonly above: string;
  readonly ceiling: string;
}

/** The rows committed between two snapshots, in order. */
export async function readWindow(connection: SealerConnection, { from, to, above, ceiling }: Window): Promise<SealedRow[]> {
  const { rows } = await connection.query<SealedRow>({
    name: "window",
    text: `
      select ${sealedColumns} from governance.audit_event
      where xid >= pg_snapshot_xmin($1::pg_snapshot) and xid < pg_snapshot_xmax($2::pg_snapshot)
        and not pg_visible_in_snapshot(xid, $1::pg_snapshot) and pg_visible_in_snapshot(xid, $2::pg_snapshot)
        and event_id > $3::bigint and event_id <= $4::bigint
      order by audit_event.xid, event_id`,
    values: [from, to, above, ceiling],
  });
  return rows;
}

/** The rows of the first seal after transaction numbers began anew. */
export async function readNumbered(connection: SealerConnection, above: string, upto: string): Promise<SealedRow[]> {
  const text = `select ${sealedColumns} from governance.audit_event where event_id > $1::bigint and event_id <= $2::bigint order by audit_event.xid, event_id`;
  return (await connection.query<SealedRow>(text, [above, upto])).rows;
}

/** Where transaction numbers began anew: numbers above which rows belong to the time after. */
export async function readFreshStarts(connection: SealerConnection): Promise<{ no: string; above: string }[]> {
  const text = `select seal_no::text as no, statement::jsonb ->> 'above' as above from governance.audit_seal where statement like '%"upto":"%' order by seal_no limit 1000`;
  return (await connection.query<{ no: string; above: string }>(text)).rows;
}

/** Rows that no seal covers yet: how many, and the oldest. */
export async function readTail(connection: SealerConnection, to: string, above: string): Promise<{ rows: number; oldestAt: Date | null }> {
  const { rows } = await connection.query<{ rows: number; oldestAt: Date | null }>(
    `select count(*)::int as rows, min(at) as "oldestAt" from governance.audit_event
     where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot) and event_id > $2::bigint`,
    [to, above],
  );
  return rows[0] ?? { rows: 0, oldestAt: null };
}

/** Rows that no seal will ever take: of transactions that have not begun. At most 100. */
export async function readImpossible(connection: SealerConnection, above: string): Promise<SealedRow[]> {
  const text = `select ${sealedColumns} from governance.audit_event where xid >= pg_snapshot_xmax(pg_current_snapshot()) and event_id > $1::bigint order by event_id limit 100`;
  return (await connection.query<SealedRow>(text, [above])).rows;
}

/** Rows whose numbers are of the time before transaction numbers began anew, and which no seal of that time saw. At most 100. */
export async function readStrays(connection: SealerConnection, upto: string, to: string): Promise<SealedRow[]> {
  const text = `select ${sealedColumns} from governance.audit_event where event_id <= $1::bigint and not pg_visible_in_snapshot(xid, $2::pg_snapshot) order by event_id limit 100`;
  return (await connection.query<SealedRow>(text, [upto, to])).rows;
}

/** The seals that hold rows of these days (UTC, both included), and all between them; null when there are none. */
export async function readSealSpan(
  connection: SealerConnection,
  from: string | null,
  to: string | null,
): Promise<{ first: string; last: string; rows: number } | null> {
  const { rows } = await connection.query<{ first: string | null; last: string | null }>(
    `select min(seal_no)::text as first, max(seal_no)::text as last from governance.audit_seal
     where ($1::date is null or last_at >= $1::date::timestamp at time zone 'UTC') and ($2::date is null or first_at < ($2::date + 1)::timestamp at time zone 'UTC')`,
    [from, to],
  );
  const [span] = rows;
  if (span?.first == null || span.last === null) return null;
  const counted = await connection.query<{ rows: number }>(
    "select coalesce(sum(row_count), 0)::float8 as rows from governance.audit_seal where seal_no between $1::bigint and $2::bigint",
    [span.first, span.last],
  );
  return { first: span.first, last: span.last, rows: counted.rows[0]?.rows ?? 0 };
}

/** The hashes in hex of those of these seals that there are. At most 1,000 at once. */
export async function readSealHashes(connection: SealerConnection, nos: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const text = "select seal_no::text as no, encode(seal_hash, 'hex') as hash from governance.audit_seal where seal_no = any($1::bigint[])";
  const { rows } = await connection.query<{ no: string; hash: string }>(text, [nos]);
  return new Map(rows.map(({ no, hash }) => [no, hash]));
}

export async function readTimestamps(
  connection: SealerConnection,
  first: string,
  last: string,
): Promise<{ no: string; authority: string; token: Buffer }[]> {
  const text =
    "select seal_no::text as no, authority, token from governance.audit_timestamp where seal_no between $1::bigint and $2::bigint order by seal_no, authority";
  return (await connection.query<{ no: string; authority: string; token: Buffer }>(text, [first, last])).rows;
}
