import { randomInt } from "node:crypto";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, sql, type Tx, type WorkerConnection, withWorkerConnection } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { sealIdentifiers } from "../identifiers/index.ts";
import { chunkFrame } from "./chunk-frame.ts";
import { EXAMPLES_OF_REASON, type LoadProgress, type LoadReport, type QuarantinedRow } from "./contract.ts";
import { landChunk } from "./landing/lane.ts";
import { dropAllLookups, fillLookups } from "./landing/lookups.ts";
import { sealWith } from "./landing/seal-numbers.ts";
import { castStaged, clearWorkTables, copyRows, prepareStaging, sumControls } from "./landing/staging.ts";
import { makeMonths, monthsNeeded } from "./landing/transaction-months.ts";
import { type DeliveredFile, kindsOf } from "./load-plan.ts";
import { Meter } from "./meter.ts";
import type { Delivery } from "./open-delivery.ts";
import { listExamples } from "./quarantine-store.ts";
import { type FileEnd, readFile } from "./reading/index.ts";
import { reconcile } from "./reconcile.ts";
import { filesOf, keepSourceAndMapping } from "./register-load.ts";
import * as store from "./store.ts";
import { tellProgress } from "./tell-progress.ts";

export const DRY_RUN_ROWS_MAX = 200_000;
const BATCH_ROWS = 20_000;

export interface DryRun {
  readonly report: LoadReport;
  readonly quarantined: QuarantinedRow[];
}

export interface DryOrder {
  readonly db: Db;
  readonly caller: Caller;
  readonly delivery: Delivery;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/**
 * What a load would do: the same code in one transaction that is rolled back. Looks at the first 200,000 rows of the delivery; `complete` says
 * whether that was all. Golden values are not computed. Fails with: not_allowed, and what landing fails with.
 */
export async function dryRunDelivery(order: DryOrder): Promise<DryRun> {
  permit(order.caller, "load:run");
  const files = order.delivery.plan.files.filter(({ plan }) => plan.records.length > 0);
  // A number no real load has or will have: a rehearsal takes none away.
  const rehearsalNo = randomInt(1_500_000_000, 2_000_000_000);
  return withWorkerConnection(order.db, order.caller, async (connection) => {
    const lookups = new Map<number, Record<string, string>>();
    const [casting, landing] = [new Meter(files), new Meter(files)];
    const stage: Stage = { order, connection, files, lookups, rehearsalNo };
    const rehearseAll = async () => {
      for (const file of files) lookups.set(file.place, await fillLookups(connection, order.delivery.plan, file, rehearsalNo));
      // A missing month would be made inside the transaction and lock all readers of transactions out until its end.
      const months = await rehearse(stage, casting, async (tx, file) => (kindsOf(file.plan).has("transaction") ? monthsNeeded(tx) : []));
      await makeMonths(order.db, order.caller, [...new Set(months.results.flat())]);
      return await landAndReport(stage, landing);
    };
    try {
      const tell = (progress: LoadProgress) => Promise.resolve(order.onProgress?.(progress));
      return await tellProgress(() => ofBothPasses(casting.progress(), landing.progress()), tell, rehearseAll);
    } finally {
      await connection.rollback();
      await connection.inTransaction((tx) => dropAllLookups(tx, rehearsalNo));
    }
  });
}

/** Of a rehearsal's time the first pass, which only casts, takes about this share. */
const CASTING_SHARE = 0.3;

/** How far a rehearsal is. Of a delivery longer than it looks at, only that beginning is the whole. */
function ofBothPasses(casting: LoadProgress, landing: LoadProgress): LoadProgress {
  const wholeBytes = casting.rows === 0 ? casting.ofBytes : Math.round((casting.bytes * DRY_RUN_ROWS_MAX) / casting.rows);
  const ofBytes = Math.min(casting.ofBytes, wholeBytes);
  const bytes = Math.min(ofBytes, Math.round(CASTING_SHARE * casting.bytes + (1 - CASTING_SHARE) * landing.bytes));
  return { ...(landing.rows === 0 ? casting : landing), bytes, ofBytes };
}

async function landAndReport(stage: Stage, meter: Meter): Promise<DryRun> {
  const { order } = stage;
  const startedMs = performance.now();
  let load: store.LoadHead | null = null;
  let chunkNo = 0;
  let answer: DryRun | null = null;
  const land = async (tx: Tx, file: DeliveredFile, batch: Parameters<typeof landChunk>[3] & { firstLine: number; lastLine: number }) => {
    load ??= await rehearsedLoad(tx, order, stage.rehearsalNo);
    const frame = chunkFrame({ load, plan: file.plan, fileNo: file.place, caller: order.caller });
    const control = await sumControls(tx, file.plan, batch.bad.length);
    const landed = await landChunk(tx, file.plan, frame, batch);
    chunkNo += 1;
    await store.insertChunk(tx, load.loadNo, {
      fileNo: file.place,
      chunkNo,
      firstLine: batch.firstLine,
      lastLine: batch.lastLine,
      ...landed,
      control,
    });
  };
  await rehearse(stage, meter, land, async (tx, ends, complete) => {
    load ??= await rehearsedLoad(tx, order, stage.rehearsalNo);
    const facts = { seconds: (performance.now() - startedMs) / 1000, dryRun: true, complete };
    const report = await reconcile(tx, { load, plan: order.delivery.plan }, ends, facts);
    answer = { report, quarantined: await listExamples(tx, load.loadId, EXAMPLES_OF_REASON) };
  });
  return answer ?? Promise.reject(new Error("a rehearsal ended without a report"));
}

interface Stage {
  readonly order: DryOrder;
  readonly connection: WorkerConnection;
  readonly files: readonly DeliveredFile[];
  /** Place of a file -> the tables its lookups look into. */
  readonly lookups: ReadonlyMap<number, Record<string, string>>;
  readonly rehearsalNo: number;
}

type Each<T> = (
  tx: Tx,
  file: DeliveredFile,
  batch: { bad: Parameters<typeof landChunk>[3]["bad"]; firstLine: number; lastLine: number },
) => Promise<T>;
type AtEnd = (tx: Tx, ends: ReadonlyMap<number, FileEnd>, complete: boolean) => Promise<void>;

/** Stages and casts the first rows of a delivery in one transaction, hands every batch to `each`, and rolls back. */
async function rehearse<T>(stage: Stage, meter: Meter, each: Each<T>, atEnd: AtEnd = () => Promise.resolve()) {
  const { order, connection, files, lookups } = stage;
  const results: T[] = [];
  const ends = new Map<number, FileEnd>();
  let left = DRY_RUN_ROWS_MAX;
  const tx = await connection.begin();
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
  for (const file of files) {
    await prepareStaging(tx, file.plan);
    meter.begin(file);
    const rows = readFile(file.path, file.plan.format, {
      columns: file.plan.header,
      batchRows: BATCH_ROWS,
      append: file.plan.append,
      cards: file.plan.cards,
      seal: sealWith(await sealIdentifiers(tx)),
      expected: file.identity,
      onBytes: (bytes) => meter.read(bytes),
    });
    while (left > 0) {
      order.signal?.throwIfAborted();
      const next = await rows.next();
      if (next.done) {
        ends.set(file.place, next.value);
        break;
      }
      const rowsRead = next.value.rows + next.value.bad.length;
      left -= rowsRead;
      const done = meter.take(rowsRead, next.value.bytesRead);
      await copyRows(connection, "staged", next.value.copy);
      await castStaged(tx, file.plan, lookups.get(file.place) ?? {});
      done(0.5);
      results.push(await each(tx, file, next.value));
      done(1);
      await clearWorkTables(tx, file.plan);
    }
    await rows.return(undefined as never);
  }
  await atEnd(tx, ends, ends.size === files.length);
  await connection.rollback();
  return { results };
}

/** A load that nobody ever sees. Its state claims no source, so that a real load need not wait for a rehearsal. */
async function rehearsedLoad(tx: Tx, { caller, delivery }: DryOrder, loadNo: number): Promise<store.LoadHead> {
  const { sourceId, mappingId } = await keepSourceAndMapping(tx, caller, delivery);
  return store.insertLoad(tx, {
    loadId: newId(),
    sourceId,
    mappingId,
    files: filesOf(delivery),
    given: [],
    startedBy: caller.userId,
    correctsLoadNo: null,
    state: "reversed",
    loadNo,
  });
}
