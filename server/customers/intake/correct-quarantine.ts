import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Db, Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { CorrectionRequest, DiscardRequest } from "./contract.ts";
import * as mappings from "./mapping-store.ts";
import * as quarantine from "./quarantine-store.ts";
import { rerunRows } from "./rerun-rows.ts";
import * as store from "./store.ts";

/**
 * Runs corrected rows again, as a load of its own that can be reversed. Rows that are still wrong keep the correction and say why.
 * Fails with: not_allowed, not_found, conflict (somebody changed a row meanwhile), invalid_state (a row is not open any more, or the rows are of
 * several files), in_progress (somebody loads the source).
 */
export async function correctQuarantine(
  db: Db,
  caller: Caller,
  request: CorrectionRequest,
): Promise<{ loadId: string; landed: number; quarantined: number }> {
  permit(caller, "quarantine:correct");
  const ids = request.rows.map((row) => row.quarantineId);
  const [first] = await store.asWorker(db, caller, (tx) => quarantine.lockRows(tx, ids.slice(0, 1)));
  const from = first === undefined ? null : await store.asWorker(db, caller, (tx) => store.readLoadByNo(tx, first.loadNo));
  if (first === undefined || from === null) throw new DomainError("not_found", "no such row in quarantine");
  const sourceId = (await store.asWorker(db, caller, (tx) => mappings.findSource(tx, from.sourceCode))) ?? 0;
  const hold = await store.holdSource(db, sourceId);
  if (hold === null) throw new DomainError("in_progress", "somebody is loading this source right now");
  try {
    const take = async (tx: Tx) => {
      const rows = checkVersions(await quarantine.lockRows(tx, ids), request.rows);
      if (rows.some((row) => row.loadNo !== first.loadNo || row.fileNo !== first.fileNo))
        throw new DomainError("invalid_state", "correct rows of one file at a time");
      const corrected = new Map(request.rows.map((row) => [row.quarantineId, row.raw]));
      const byLine = new Map(rows.map((row) => [row.lineNo, corrected.get(row.quarantineId) ?? row.raw]));
      const siblings = await quarantine.lockSiblings(tx, first.loadNo, first.fileNo, [...byLine.keys()]);
      await record(tx, {
        caller,
        action: "quarantine.corrected",
        subjectKind: "quarantine",
        subjectIds: ids,
        detail: { loadNo: first.loadNo },
      });
      return siblings.map((row) => ({ ...row, raw: byLine.get(row.lineNo) ?? row.raw }));
    };
    const result = await rerunRows(db, caller, { from, files: [{ fileNo: first.fileNo, take }], why: "corrected" });
    return { loadId: result?.loadId ?? "", landed: result?.landed ?? 0, quarantined: result?.refused ?? 0 };
  } finally {
    await hold.release();
  }
}

/** Gives rows up. Fails with: not_allowed, not_found, conflict, invalid_state. */
export async function discardQuarantine(db: Db, caller: Caller, request: DiscardRequest): Promise<{ discarded: number }> {
  permit(caller, "quarantine:correct");
  const ids = request.rows.map((row) => row.quarantineId);
  return store.asWorker(db, caller, async (tx) => {
    checkVersions(await quarantine.lockRows(tx, ids), request.rows);
    await quarantine.discardRows(tx, ids, caller.userId);
    await record(tx, {
      caller,
      action: "quarantine.discarded",
      subjectKind: "quarantine",
      subjectIds: ids,
      detail: request.why ? { why: request.why } : {},
    });
    return { discarded: ids.length };
  });
}

function checkVersions(rows: quarantine.HeldRow[], wanted: readonly { quarantineId: string; version: number }[]): quarantine.HeldRow[] {
  const found = new Map(rows.map((row) => [row.quarantineId, row]));
  for (const { quarantineId, version } of wanted) {
    const row = found.get(quarantineId);
    if (row === undefined) throw new DomainError("not_found", "no such row in quarantine");
    if (row.state !== "open" && row.state !== "waiting") throw new DomainError("invalid_state", `the row is ${row.state} already`);
    if (row.version !== version) throw new DomainError("conflict", "somebody changed this row meanwhile");
  }
  return rows;
}
