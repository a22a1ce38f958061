import type { Caller } from "../../platform/caller/index.ts";
import type { Db, Tx } from "../../platform/db/index.ts";
import * as quarantine from "./quarantine-store.ts";
import { rerunRows } from "./rerun-rows.ts";
import * as store from "./store.ts";

/** Rows of one transaction, at most. */
const BATCH_ROWS = 20_000;

/**
 * Tries rows of a source again that wait for records they refer to (late files, files out of order). What landed of one load's rows, of all its files,
 * is a load of its own that names the load they came from. The caller holds the source. Goes round until nothing lands any more.
 */
export async function retryWaiting(db: Db, caller: Caller, sourceId: number): Promise<number> {
  let landed = 0;
  for (let again = true; again; ) {
    again = false;
    const groups = await store.asWorker(db, caller, (tx) => quarantine.listWaiting(tx, sourceId));
    for (const loadNo of new Set(groups.map((group) => group.loadNo))) {
      const now = await retryLoad(
        db,
        caller,
        loadNo,
        groups.filter((group) => group.loadNo === loadNo),
      );
      landed += now;
      again ||= now > 0;
    }
  }
  return landed;
}

async function retryLoad(db: Db, caller: Caller, loadNo: number, groups: readonly quarantine.WaitingGroup[]): Promise<number> {
  const from = await store.asWorker(db, caller, (tx) => store.readLoadByNo(tx, loadNo));
  if (from === null) return 0;
  let landed = 0;
  const lastLines = new Map(groups.map(({ fileNo }) => [fileNo, -1]));
  for (let left = 0; left === 0; ) {
    left = BATCH_ROWS;
    const take = (group: quarantine.WaitingGroup) => async (tx: Tx) => {
      const rows = await quarantine.lockWaiting(tx, group, lastLines.get(group.fileNo) ?? -1, left);
      left -= rows.length;
      lastLines.set(group.fileNo, rows.at(-1)?.lineNo ?? lastLines.get(group.fileNo) ?? -1);
      return rows;
    };
    const files = groups.map((group) => ({ fileNo: group.fileNo, take: take(group) }));
    landed += (await rerunRows(db, caller, { from, files, why: "waiting" }))?.landed ?? 0;
  }
  return landed;
}
