import { canonicalJson } from "./proof/canonical-json.ts";
import { entryOf, merkleRoot } from "./proof/merkle.ts";
import { hashStatement, isSignedBy, NO_SEAL_BEFORE, NO_SNAPSHOT, readStatement, type Statement } from "./proof/statement.ts";
import type { SealKey } from "./seal-key.ts";
import { cutSnapshot, parseSnapshot } from "./snapshot.ts";
import * as store from "./store.ts";

/** More wait for the next seal. 10,000 rows are five seconds of 2,000 rows a second, and a list of entries of 400 kB. */
export const SEAL_ROWS_MAX = 10_000;

export interface Sealed {
  readonly no: string;
  readonly sealedAt: string;
  readonly rows: number;
  readonly statement: string;
  readonly hash: Buffer;
  readonly signature: Buffer;
}

/** The last seal there is was not made by this key, or not as it stands there: sealing on would hide it. */
export class BrokenChain extends Error {}

/**
 * Seals what has been committed since the last seal, in one transaction; null when that is nothing. Rows of transactions that are still under way are taken by
 * the seal after their end; numbers of rows that were rolled back are simply not there. Fails with BrokenChain, or as the database fails.
 */
export async function sealRows(connection: store.SealerConnection, key: SealKey): Promise<Sealed | null> {
  await connection.query("begin");
  try {
    await store.lockSealing(connection);
    const last = await readLast(connection, key);
    const window = (await freshStart(connection, last)) ?? (await nextWindow(connection, last));
    const sealed = window === null ? null : makeSeal(last, window, key);
    if (sealed !== null) await store.insertSeal(connection, sealed);
    await connection.query("commit");
    return sealed;
  } catch (error) {
    await connection.query("rollback").catch(() => undefined);
    throw error;
  }
}

interface Last {
  readonly hash: string;
  readonly statement: Statement | null;
}

async function readLast(connection: store.SealerConnection, key: SealKey): Promise<Last> {
  const seal = await store.readLastSeal(connection);
  if (seal === null) return { hash: NO_SEAL_BEFORE, statement: null };
  const statement = readStatement(seal.statement);
  if (statement === null || statement.no !== seal.no) throw new BrokenChain(`seal ${seal.no} is no statement of a seal`);
  if (!hashStatement(seal.statement).equals(seal.hash)) throw new BrokenChain(`seal ${seal.no} has another hash than its statement`);
  if (statement.key === key.keyId && !isSignedBy(seal.statement, seal.signature, key.publicKey))
    throw new BrokenChain(`seal ${seal.no} is not signed by its key`);
  return { hash: seal.hash.toString("hex"), statement };
}

interface SealWindow {
  readonly rows: readonly store.SealedRow[];
  readonly from: string;
  readonly to: string;
  readonly above: string;
  readonly upto: string | null;
  readonly at: string;
}

async function nextWindow(connection: store.SealerConnection, { statement }: Last): Promise<SealWindow | null> {
  const from = statement?.to ?? NO_SNAPSHOT;
  const above = statement?.upto ?? statement?.above ?? "0";
  const { rows, snapshot, at } = await store.readUnsealed(connection, from, above, SEAL_ROWS_MAX + 1);
  const beyond = rows[SEAL_ROWS_MAX];
  if (rows.length === 0) return null;
  if (beyond === undefined) return { rows, from, to: snapshot, above, upto: null, at };
  // Cut between two transactions, so that a snapshot can say where.
  const whole = rows.filter(({ xid }) => xid !== beyond.xid);
  const seen = parseSnapshot(snapshot);
  if (whole.length > 0) return { rows: whole, from, to: cutSnapshot(seen, BigInt(beyond.xid)), above, upto: null, at };
  const one = await store.readTransactionRows(connection, beyond.xid);
  return {
    rows: one.filter(({ eventId }) => BigInt(eventId) > BigInt(above)),
    from,
    to: cutSnapshot(seen, BigInt(beyond.xid) + 1n),
    above,
    upto: null,
    at,
  };
}

/**
 * A database that was restored from a dump counts its transactions from the beginning: by them its rows look old. The first seal there takes what has a larger
 * number than any sealed row, in a moment in which nobody writes the trail; null in every other case.
 */
async function freshStart(connection: store.SealerConnection, { statement }: Last): Promise<SealWindow | null> {
  if (statement === null) return null;
  const { snapshot, lastSealedId } = await store.readSnapshot(connection);
  if (parseSnapshot(snapshot).xmax >= parseSnapshot(statement.to).xmax) return null;
  await store.holdWriters(connection);
  const { rows, snapshot: seen, at } = await store.readRowsAbove(connection, lastSealedId);
  if (rows.length === 0) return null;
  const upto = rows.reduce((most, { eventId }) => (BigInt(eventId) > most ? BigInt(eventId) : most), 0n);
  return { rows, from: NO_SNAPSHOT, to: seen, above: lastSealedId, upto: String(upto), at };
}

function makeSeal(last: Last, { rows, from, to, above, upto, at }: SealWindow, key: SealKey): store.NewSeal & Sealed {
  const entries = Buffer.concat(rows.map(entryOf));
  const times = rows.map((row) => row.at).sort();
  const statement: Statement = {
    format: "vinculo-seal-1",
    no: String(BigInt(last.statement?.no ?? "0") + 1n),
    sealedAt: at,
    rows: rows.length,
    firstAt: times[0] ?? at,
    lastAt: times.at(-1) ?? at,
    root: merkleRoot(entries).toString("hex"),
    previous: last.hash,
    from,
    to,
    above,
    upto,
    key: key.keyId,
  };
  const text = canonicalJson(statement);
  const lastEventId = rows.reduce((most, { eventId }) => (BigInt(eventId) > most ? BigInt(eventId) : most), 0n);
  const { no, sealedAt, firstAt, lastAt } = statement;
  return {
    no,
    sealedAt,
    firstAt,
    lastAt,
    rows: rows.length,
    lastEventId: String(lastEventId),
    statement: text,
    hash: hashStatement(text),
    signature: key.sign(text),
    entries,
  };
}
