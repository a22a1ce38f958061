import { createPublicKey, type KeyObject } from "node:crypto";
import { TrailCheck } from "./proof/check-trail.ts";
import { keyIdOf, NO_SNAPSHOT, readStatement, type Statement } from "./proof/statement.ts";
import { checkTimestamp } from "./proof/timestamp-token.ts";
import { isVisible, parseSnapshot } from "./snapshot.ts";
import * as store from "./store.ts";

/** Larger than any number of a row. */
const NO_CEILING = "9223372036854775807";

export interface DatabaseCheck {
  readonly connection: store.SealerConnection;
  /** The keys that are believed. Those in the database are only believed where none is given. */
  readonly keys: readonly KeyObject[];
  readonly certificates: readonly string[];
  /** Seals as they left the machine, in order: number and hash in hex. */
  readonly elsewhere?: AsyncIterable<{ no: string; hash: string }>;
  /** Seals whose rows are not in the database any more, because their months were exported and detached. */
  readonly archived?: ReadonlySet<string>;
  readonly onProgress?: (done: { seals: number; rows: number }) => Promise<void> | void;
  readonly signal?: AbortSignal;
}

export interface DatabaseVerdict {
  readonly check: TrailCheck;
  readonly tail: { rows: number; oldestAt: Date | null };
  readonly keysFromDatabase: boolean;
}

/** Checks every seal there is and every row it covers, block by block. Fails as the database fails, or when the signal aborts. */
export async function checkDatabase(order: DatabaseCheck): Promise<DatabaseVerdict> {
  const { connection } = order;
  const keys = order.keys.length > 0 ? order.keys : (await store.readPublicKeys(connection)).map(({ publicKey }) => keyOf(publicKey));
  const check = new TrailCheck({ keys: new Map(keys.map((key) => [keyIdOf(key), key])), previous: null, first: 1n });
  const starts = await store.readFreshStarts(connection);
  const end = await store.readLastSeal(connection);
  let last: Statement | null = null;
  // The database fetches the next block while this one is hashed.
  let next = end === null ? null : fetchBlock(connection, null, end.no, starts);
  while (next !== null && end !== null) {
    order.signal?.throwIfAborted();
    const block: Block = await next;
    await order.onProgress?.({ seals: check.seals, rows: check.rows });
    next = block.last === null ? null : fetchBlock(connection, block.last, end.no, starts);
    next?.catch(() => undefined);
    for (const row of block.strays) reportStray(check, row);
    for (const { run, rows } of block.runs) last = checkRun(order, check, run, rows) ?? last;
  }
  check.finish(null);
  await compareElsewhere(order, check);
  await checkTimestamps(order, check);
  for (const row of await store.readImpossible(connection, last?.upto ?? last?.above ?? "0")) reportStray(check, row);
  const tail = await store.readTail(connection, last?.to ?? NO_SNAPSHOT, last?.upto ?? last?.above ?? "0");
  return { check, tail, keysFromDatabase: order.keys.length === 0 };
}

function reportStray(check: TrailCheck, { eventId, at, xid }: store.SealedRow): void {
  check.report("row_inserted", null, eventId, `Row ${eventId} (${at}) was inserted: it says it is of transaction ${xid}, which cannot be.`);
}

function keyOf(der: Buffer): KeyObject {
  return createPublicKey({ key: der, type: "spki", format: "der" });
}

type Given = store.StoredSeal & { readonly read: Statement | null };

/** Seals that follow on one another, whose rows one question can fetch. */
function runsOf(seals: readonly store.StoredSeal[]): Given[][] {
  const runs: Given[][] = [];
  for (const seal of seals) {
    const given = { ...seal, read: readStatement(seal.statement) };
    const before = runs.at(-1)?.at(-1)?.read;
    const follows =
      before != null && given.read !== null && given.read.upto === null && before.upto === null && before.to === given.read.from;
    if (follows) runs.at(-1)?.push(given);
    else runs.push([given]);
  }
  return runs;
}

interface Block {
  readonly runs: readonly { readonly run: readonly Given[]; readonly rows: readonly store.SealedRow[] }[];
  readonly strays: readonly store.SealedRow[];
  /** null: there was no seal any more, and this is the end. */
  readonly last: Given | null;
}

type FreshStarts = readonly { no: string; above: string }[];

async function fetchBlock(connection: store.SealerConnection, before: Given | null, end: string, starts: FreshStarts): Promise<Block> {
  const seals = await store.readSeals(connection, before?.no ?? "0", end);
  const runs: { run: Given[]; rows: store.SealedRow[] }[] = [];
  const strays: store.SealedRow[] = [];
  let last = before;
  for (const run of runsOf(seals)) {
    const [first] = run;
    // Only the first time: what came before one beginning came before the next as well.
    if (first?.read?.upto != null && last?.read != null && starts[0]?.no === first.no)
      strays.push(...(await store.readStrays(connection, first.read.above, last.read.to)));
    runs.push({ run, rows: await rowsOf(connection, run, starts) });
    last = run.at(-1) ?? last;
  }
  return { runs, strays, last: seals.length === 0 ? null : last };
}

function checkRun(order: DatabaseCheck, check: TrailCheck, run: readonly Given[], rows: readonly store.SealedRow[]): Statement | null {
  const snapshots = run.map(({ read }) => parseSnapshot(read?.to ?? NO_SNAPSHOT));
  const bySeal = Map.groupBy(rows, ({ xid }) => firstSeeing(BigInt(xid), snapshots));
  for (const [place, { no, statement, signature, entries, hash, read }] of run.entries()) {
    check.seal({ statement, signature, entries });
    // The chain is in the statements; a column beside them that says otherwise would mislead whoever asks by it.
    if (read !== null && (read.no !== no || check.lastHash !== hash.toString("hex")))
      check.report("seal_changed", no, null, `Seal ${no} is kept under another number or hash than its statement gives.`);
    for (const row of bySeal.get(place) ?? []) check.row(row);
    if (order.archived?.has(no)) check.missingRowsAreElsewhere();
  }
  return run.at(-1)?.read ?? null;
}

async function rowsOf(
  connection: store.SealerConnection,
  run: readonly Given[],
  starts: readonly { no: string; above: string }[],
): Promise<store.SealedRow[]> {
  const [first, last] = [run[0], run.at(-1)];
  if (first?.read == null || last?.read == null) return [];
  if (first.read.upto !== null) return store.readNumbered(connection, first.read.above, first.read.upto);
  const next = starts.find(({ no }) => BigInt(no) > BigInt(last.no));
  return store.readWindow(connection, {
    from: first.read.from,
    to: last.read.to,
    above: first.read.above,
    ceiling: next?.above ?? NO_CEILING,
  });
}

/** Snapshots only grow, so the seal of a row is the first that saw its transaction. */
function firstSeeing(xid: bigint, snapshots: readonly ReturnType<typeof parseSnapshot>[]): number {
  let [low, high] = [0, snapshots.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isVisible(xid, snapshots[middle] as (typeof snapshots)[number])) high = middle;
    else low = middle + 1;
  }
  return low;
}

const BATCH = 1_000;

/** What left the machine cannot be taken back: a seal that stands there must stand here, and say the same. */
async function compareElsewhere({ connection, elsewhere }: DatabaseCheck, check: TrailCheck): Promise<void> {
  const missing: string[] = [];
  const compare = async (told: readonly { no: string; hash: string }[]) => {
    const here = await store.readSealHashes(
      connection,
      told.map(({ no }) => no),
    );
    for (const { no, hash } of told) {
      const own = here.get(no);
      if (own === undefined) missing.push(no);
      else if (own !== hash) check.report("seal_changed", no, null, `Seal ${no} is another one here than where it was told.`);
    }
  };
  let batch: { no: string; hash: string }[] = [];
  for await (const one of elsewhere ?? []) {
    batch.push(one);
    if (batch.length < BATCH) continue;
    await compare(batch);
    batch = [];
  }
  await compare(batch);
  const [first] = missing;
  if (first !== undefined)
    check.report(
      "seal_missing",
      first,
      null,
      `Seal ${first} left the machine and is not here${missing.length > 1 ? `, nor are ${missing.length - 1} others` : ""}.`,
    );
}

async function checkTimestamps({ connection, certificates }: DatabaseCheck, check: TrailCheck): Promise<void> {
  const stamps = await store.readTimestamps(connection, "0", NO_CEILING);
  for (let at = 0; at < stamps.length; at += BATCH) {
    const batch = stamps.slice(at, at + BATCH);
    const hashes = await store.readSealHashes(
      connection,
      batch.map(({ no }) => no),
    );
    for (const { no, token } of batch) {
      const hash = hashes.get(no);
      const fault =
        hash === undefined ? "there is no such seal" : checkTimestamp(token, { hash: Buffer.from(hash, "hex"), certificates }).fault;
      if (fault !== null) check.report("timestamp_wrong", no, null, `The time stamp of seal ${no} does not hold: ${fault}.`);
    }
  }
}
