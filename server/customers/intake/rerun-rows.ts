import type { Caller } from "../../platform/caller/index.ts";
import { type Db, sql, type Tx, withWorkerConnection } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { refreshInside } from "../profiles/index.ts";
import { chunkFrame } from "./chunk-frame.ts";
import type { Load } from "./contract.ts";
import { cutLines } from "./cut-lines.ts";
import { landLines, reportAlone } from "./land-alone.ts";
import { lookupTables } from "./landing/lookups.ts";
import { keepOnlyKinds, stageCells } from "./landing/rerun-staging.ts";
import { castStaged, clearWorkTables, prepareStaging } from "./landing/staging.ts";
import { makeMonths, monthsNeeded } from "./landing/transaction-months.ts";
import { kindsOf } from "./load-plan.ts";
import { type Mapping, parseMapping, planFile } from "./mapping/index.ts";
import type { FilePlan } from "./mapping/plan.ts";
import * as mappings from "./mapping-store.ts";
import { type HeldRow, type Settled, settleRows } from "./quarantine-store.ts";
import * as store from "./store.ts";

/** Rows of one file of the load they came from. */
export interface RerunFile {
  readonly fileNo: number;
  /** Locks the rows, when what is before them in this load has landed. None: there is nothing to do. */
  readonly take: (tx: Tx) => Promise<readonly HeldRow[]>;
}

export interface RerunOrder {
  /** The load the rows came from. */
  readonly from: Load;
  readonly files: readonly RerunFile[];
  /** waiting: only what waited, and only if nobody brought it meanwhile. corrected: all that the rows say. */
  readonly why: "waiting" | "corrected";
}

export interface RerunResult extends Settled {
  readonly loadId: string;
}

/**
 * Runs rows out of quarantine again through the same door, as a load of their own: one transaction with its customers and its report. A rerun
 * that changes nothing leaves no trace (null). Fails with invalid_state when the mapping no longer fits the rows or the other files of the
 * delivery that they look into are gone; waiting rows of such a file are passed over.
 */
export async function rerunRows(db: Db, caller: Caller, order: RerunOrder): Promise<RerunResult | null> {
  return withWorkerConnection(db, caller, async (connection) => {
    const text = await connection.inTransaction((tx) => mappings.readMappingText(tx, order.from.mappingId));
    if (text === null) throw new DomainError("invalid_state", "the mapping these rows came in by is not known any more");
    const tx = await connection.begin();
    const result = await rerunInside(tx, { db, caller, order, mapping: parseMapping(text) });
    if (result.landed + result.superseded === 0 && order.why === "waiting") {
      await connection.rollback();
      return null;
    }
    await connection.commit();
    return result;
  });
}

interface Rerun {
  readonly db: Db;
  readonly caller: Caller;
  readonly order: RerunOrder;
  readonly mapping: Mapping;
}

async function rerunInside(tx: Tx, rerun: Rerun): Promise<RerunResult> {
  const startedMs = performance.now();
  const { caller, order } = rerun;
  const { from } = order;
  const load = await store.insertLoad(tx, {
    loadId: newId(),
    sourceId: (await mappings.findSource(tx, from.sourceCode)) ?? 0,
    mappingId: from.mappingId,
    files: from.files,
    given: [],
    startedBy: caller.userId,
    correctsLoadNo: from.loadNo,
  });
  let sum: Settled = { landed: 0, refused: 0, superseded: 0 };
  for (const file of order.files) {
    await sql`savepoint rerun_file`.execute(tx);
    const settled = await rerunFile(tx, rerun, load, file);
    // Of waiting rows that go on waiting nothing changes.
    if (settled === null || (order.why === "waiting" && settled.landed + settled.superseded === 0)) {
      await sql`rollback to savepoint rerun_file`.execute(tx);
      continue;
    }
    sum = {
      landed: sum.landed + settled.landed,
      refused: sum.refused + settled.refused,
      superseded: sum.superseded + settled.superseded,
    };
  }
  if (order.why === "waiting" && sum.landed + sum.superseded === 0) return { loadId: load.loadId, ...sum };
  await refreshInside(tx, load.loadNo);
  await store.finishLoad(tx, load.loadNo, await reportAlone(tx, load, startedMs));
  await store.notifyLoad(tx, load.loadId);
  return { loadId: load.loadId, ...sum };
}

/** Lands the rows of one file and settles them in quarantine; null where there are none, or none that can be tried. */
async function rerunFile(tx: Tx, { db, caller, order, mapping }: Rerun, load: store.LoadHead, given: RerunFile): Promise<Settled | null> {
  const { from, why } = order;
  const { fileNo } = given;
  const file = from.files[fileNo];
  if (file === undefined) throw new DomainError("invalid_state", "the file these rows came from is not known any more");
  const plan = planFile(mapping, file.part, file.columns);
  const lookups = lookupTables(plan.lookups, from.loadNo, fileNo);
  if (!(await store.tablesExist(tx, Object.values(lookups)))) {
    if (why === "waiting") return null;
    throw new DomainError(
      "invalid_state",
      "these rows look into other files of their delivery, which are gone: load the corrected delivery instead",
    );
  }
  const rows = await given.take(tx);
  if (rows.length === 0) return null;
  await prepareStaging(tx, plan);
  await clearWorkTables(tx, plan);
  const { cells, bad } = await cellsOf(plan, rows);
  await stageCells(tx, plan, cells);
  await castStaged(tx, plan, lookups);
  if (why === "waiting") await keepOnlyKinds(tx, kindsOf(plan), rows);
  const months = kindsOf(plan).has("transaction") ? await monthsNeeded(tx) : [];
  if (months.length > 0) await makeMonths(db, caller, months);
  const waited = why === "waiting";
  const frame = chunkFrame({ load, plan, fileNo, caller, changedAt: waited ? from.startedAt : load.startedAt, createsOnly: waited });
  await landLines(tx, { load, plan, frame, lines: rows.map((row) => row.lineNo), bad });
  return settleRows(
    tx,
    { loadNo: load.loadNo, fileNo, by: caller.userId },
    rows.map((row) => row.quarantineId),
  );
}

/** Cells in the order of the file's columns, each line once. Rows that could not be cut before are cut from their corrected text. */
async function cellsOf(plan: FilePlan, rows: readonly HeldRow[]) {
  const byLine = new Map(rows.map((row) => [row.lineNo, row]));
  const whole = [...byLine.values()].filter((row) => row.kind !== "row");
  const cells = whole.map((row) => ({ line: row.lineNo, cells: plan.header.map((name) => row.raw[name] ?? "") }));
  const texts = [...byLine.values()].filter((row) => row.kind === "row").map((row) => ({ line: row.lineNo, text: row.raw.line ?? "" }));
  const cut = await cutLines(plan.format, plan.header, texts);
  return { cells: [...cells, ...cut.rows], bad: cut.bad };
}
