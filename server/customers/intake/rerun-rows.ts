import type { Caller } from "../../platform/caller/index.ts";
import { type Db, type Tx, withWorkerConnection } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { refreshInside } from "../profiles/index.ts";
import { chunkFrame } from "./chunk-frame.ts";
import type { Load } from "./contract.ts";
import { cutLines } from "./cut-lines.ts";
import { landAlone } from "./land-alone.ts";
import { lookupTables } from "./landing/lookups.ts";
import { keepOnlyKinds, stageCells } from "./landing/rerun-staging.ts";
import { castStaged, prepareStaging } from "./landing/staging.ts";
import { makeMonths, monthsNeeded } from "./landing/transaction-months.ts";
import { kindsOf } from "./load-plan.ts";
import { parseMapping, planFile } from "./mapping/index.ts";
import type { FilePlan } from "./mapping/plan.ts";
import * as mappings from "./mapping-store.ts";
import { type HeldRow, type Settled, settleRows } from "./quarantine-store.ts";
import * as store from "./store.ts";

export interface RerunOrder {
  /** The load the rows came from; all rows are of one of its files. */
  readonly from: Load;
  readonly fileNo: number;
  readonly rows: readonly HeldRow[];
  /** waiting: only what waited, and only if nobody brought it meanwhile. corrected: all that the rows say. */
  readonly why: "waiting" | "corrected";
}

export interface RerunResult extends Settled {
  readonly loadId: string;
}

/**
 * Runs rows out of quarantine again through the same door, as a load of their own: one transaction with its customers and its report. A rerun
 * that changes nothing leaves no trace (null). Fails with invalid_state when the mapping no longer fits the rows or the other files of the
 * delivery that they look into are gone.
 */
export async function rerunRows(
  db: Db,
  caller: Caller,
  order: RerunOrder,
  before: (tx: Tx) => Promise<readonly HeldRow[]>,
): Promise<RerunResult | null> {
  return withWorkerConnection(db, caller, async (connection) => {
    const mapping = await connection.inTransaction((tx) => mappings.readMappingText(tx, order.from.mappingId));
    const file = order.from.files[order.fileNo];
    if (mapping === null || file === undefined)
      throw new DomainError("invalid_state", "the file these rows came from is not known any more");
    const plan = planFile(parseMapping(mapping), file.part, file.columns);
    await connection.inTransaction((tx) => prepareStaging(tx, plan));
    const tx = await connection.begin();
    const rows = await before(tx);
    const result = await rerunInside(db, caller, tx, plan, { ...order, rows });
    if (result.landed + result.superseded === 0 && order.why === "waiting") {
      await connection.rollback();
      return null;
    }
    await connection.commit();
    return result;
  });
}

async function rerunInside(db: Db, caller: Caller, tx: Tx, plan: FilePlan, order: RerunOrder): Promise<RerunResult> {
  const startedMs = performance.now();
  const { from, fileNo, rows } = order;
  const lookups = lookupTables(plan.lookups, from.loadNo, fileNo);
  if (!(await store.tablesExist(tx, Object.values(lookups)))) {
    throw new DomainError(
      "invalid_state",
      "these rows look into other files of their delivery, which are gone: load the corrected delivery instead",
    );
  }
  const sourceId = (await mappings.findSource(tx, from.sourceCode)) ?? 0;
  const load = await store.insertLoad(tx, {
    loadId: newId(),
    sourceId,
    mappingId: from.mappingId,
    files: from.files,
    given: [],
    startedBy: caller.userId,
    correctsLoadNo: from.loadNo,
  });
  const { cells, bad } = await cellsOf(plan, rows);
  await stageCells(tx, plan, cells);
  await castStaged(tx, plan, lookups);
  if (order.why === "waiting") await keepOnlyKinds(tx, kindsOf(plan), rows);
  const months = kindsOf(plan).has("transaction") ? await monthsNeeded(tx) : [];
  if (months.length > 0) await makeMonths(db, caller, months);
  const waited = order.why === "waiting";
  const frame = chunkFrame({ load, plan, fileNo, caller, changedAt: waited ? from.startedAt : load.startedAt, createsOnly: waited });
  const report = await landAlone(tx, { load, plan, frame, lines: rows.map((row) => row.lineNo), bad, startedMs });
  const settled = await settleRows(
    tx,
    { loadNo: load.loadNo, fromLoadNo: from.loadNo, fileNo, by: caller.userId },
    rows.map((row) => row.quarantineId),
  );
  await refreshInside(tx, load.loadNo);
  await store.finishLoad(tx, load.loadNo, report);
  await store.notifyLoad(tx, load.loadId);
  return { loadId: load.loadId, ...settled };
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
