import type { Caller } from "../../../platform/caller/index.ts";
import { type Db, sql, type Tx, type WorkerConnection } from "../../../platform/db/index.ts";
import type { KindCounts, LoadProgress } from "../contract.ts";
import { kindsOf } from "../load-plan.ts";
import type { FilePlan } from "../mapping/plan.ts";
import type { RowBatch } from "../reading/index.ts";
import { noCounts } from "../rules.ts";
import { insertChunk, setProgress } from "../store.ts";
import { landCatalogues } from "./land-catalogues.ts";
import { landingOrder, landRecords } from "./land-records.ts";
import { noteNumbers } from "./note-numbers.ts";
import type { ChunkFrame } from "./resolve.ts";
import { castStaged, copyRows, prepareStaging, quarantineBadRows, sumControls } from "./staging.ts";
import { makeMonths, monthsNeeded } from "./transaction-months.ts";
import { type Ahead, nothingAhead, type PartyTurn, writeAhead } from "./write-ahead.ts";

export interface Chunk {
  readonly batch: RowBatch;
  readonly chunkNo: number;
  /** Settles when the chunk before this one is committed, or failed. */
  readonly before: Promise<void>;
  readonly partyTurn: PartyTurn;
  readonly progress: () => LoadProgress;
  /** Told how much of the chunk's work is done, from 0 to 1. */
  readonly done: (share: number) => void;
}

export interface LaneParts {
  readonly db: Db;
  readonly caller: Caller;
  readonly plan: FilePlan;
  readonly frame: ChunkFrame;
  readonly lookups: Readonly<Record<string, string>>;
}

/** One of the connections that take turns with the chunks of a delivery. */
export interface Seat {
  readonly connection: WorkerConnection;
  /** The chunk it is at; fails when that failed. */
  busy: Promise<void>;
}

/** What a connection does with the chunks of one file. A chunk is one transaction. */
export class Lane {
  private readonly parts: LaneParts;
  private readonly seat: Seat;
  private prepared = false;

  constructor(parts: LaneParts, seat: Seat) {
    this.parts = parts;
    this.seat = seat;
  }

  /** To be called when the connection is idle. Stages and writes what is new at once; claims it, and lands the rest, when the chunk before is in. */
  run(chunk: Chunk): Promise<void> {
    this.seat.busy = this.land(chunk);
    return this.seat.busy;
  }

  private async land(chunk: Chunk): Promise<void> {
    const { db, caller, plan, frame, lookups } = this.parts;
    const { connection } = this.seat;
    if (!this.prepared) await connection.inTransaction((tx) => prepareStaging(tx, plan));
    this.prepared = true;
    await connection.inTransaction(async (tx) => {
      // A chunk waits for the one before as long as that needs; one lost in a crash is done again, so it need not wait for the disk.
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
      await sql`set local synchronous_commit = off`.execute(tx);
      await sql`set local default_statistics_target = 10`.execute(tx); // sizes and ranges; autovacuum looks closer later
      await copyRows(connection, "staged", chunk.batch.copy);
      chunk.done(0.25);
      await castStaged(tx, plan, lookups);
      chunk.done(0.45);
      const control = await sumControls(tx, plan, chunk.batch.bad.length);
      const kinds = kindsOf(plan);
      if (kinds.has("transaction")) await makeMonths(db, caller, await monthsNeeded(tx));
      const inOrder = landingOrder.filter((kind) => kinds.has(kind));
      const ahead = await writeAhead(tx, inOrder, frame, chunk.partyTurn);
      chunk.partyTurn.end();
      chunk.done(0.7);
      await chunk.before;
      const landed = await landChunk(tx, plan, frame, chunk.batch, ahead);
      chunk.done(0.9);
      const { chunkNo, batch } = chunk;
      const { fileNo, loadNo } = frame;
      await insertChunk(tx, loadNo, { fileNo, chunkNo, firstLine: batch.firstLine, lastLine: batch.lastLine, ...landed, control });
      await setProgress(tx, loadNo, "reading", chunk.progress());
      await renewStatistics(tx, kinds);
    });
  }
}

/** What the planner knows of the tables a load fills grows with them: it is renewed when one has become half as large again. */
async function renewStatistics(tx: Tx, kinds: ReadonlySet<string>): Promise<void> {
  const tables = new Set(["source_record", ...[...kinds].flatMap((kind) => statisticsOf[kind] ?? [])]);
  const { rows } = await sql<{ name: string }>`
    select oid::regclass::text as name from pg_class
    where relnamespace = 'customers'::regnamespace and relname = any (${[...tables]}::text[])
      and pg_relation_size(oid) > 1.5 * greatest(relpages, 12) * current_setting('block_size')::int`.execute(tx);
  if (rows.length === 0) return;
  await sql.raw(`analyze ${rows.map(({ name }) => name).join(", ")}`).execute(tx);
}

const statisticsOf: Readonly<Record<string, readonly string[]>> = {
  party: ["party", "identity_link"],
  contact_point: ["contact_point"],
  identifier: ["identifier"],
  holding: ["holding", "holding_role"],
  holding_role: ["holding_role"],
  balance: ["balance"],
  transaction: ["transaction_key"],
};

/** Everything a staged and cast chunk becomes. */
export async function landChunk(
  tx: Tx,
  plan: Pick<FilePlan, "records" | "header">,
  frame: ChunkFrame,
  batch: Pick<RowBatch, "bad"> & Partial<Pick<RowBatch, "cardCells">>,
  ahead: Ahead = nothingAhead,
) {
  const kinds = kindsOf(plan);
  await quarantineBadRows(tx, frame.loadNo, frame.fileNo, batch.bad);
  const catalogues = await landCatalogues(tx, kinds, frame);
  const { counts, totals, holdings } = await landRecords(tx, kinds, frame, ahead);
  await noteNumbers(tx, frame.loadNo);
  const bad = batch.bad.length;
  const uncut: Record<string, KindCounts> = bad === 0 ? {} : { row: { ...noCounts, read: bad, quarantined: bad } };
  const cardCells = Object.fromEntries([...(batch.cardCells ?? [])].map(([column, cells]) => [plan.header[column] ?? "", cells]));
  return { counts: { ...catalogues, ...counts, ...uncut }, totals, holdings, cardCells };
}
