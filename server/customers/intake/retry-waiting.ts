import type { Caller } from "../../platform/caller/index.ts";
import type { Db } from "../../platform/db/index.ts";
import * as quarantine from "./quarantine-store.ts";
import { rerunRows } from "./rerun-rows.ts";
import * as store from "./store.ts";

const BATCH_ROWS = 20_000;

/**
 * Tries rows of a source again that wait for records they refer to (late files, files out of order). Each batch that brings something is a load of
 * its own that names the load its rows came from. The caller holds the source. Goes round until nothing lands any more.
 */
export async function retryWaiting(db: Db, caller: Caller, sourceId: number): Promise<number> {
  let landed = 0;
  for (let again = true; again; ) {
    again = false;
    for (const group of await store.asWorker(db, caller, (tx) => quarantine.listWaiting(tx, sourceId))) {
      const now = await retryGroup(db, caller, group);
      landed += now;
      again ||= now > 0;
    }
  }
  return landed;
}

async function retryGroup(db: Db, caller: Caller, group: quarantine.WaitingGroup): Promise<number> {
  const from = await store.asWorker(db, caller, (tx) => store.readLoadByNo(tx, group.loadNo));
  if (from === null) return 0;
  let landed = 0;
  for (let afterLine = -1, more = true; more; ) {
    let rows: readonly quarantine.HeldRow[] = [];
    const take = async (tx: Parameters<typeof quarantine.lockWaiting>[0]) => {
      rows = await quarantine.lockWaiting(tx, group, afterLine, BATCH_ROWS);
      return rows;
    };
    const result = await rerunRows(db, caller, { from, fileNo: group.fileNo, rows: [], why: "waiting" }, take).catch(ignoreGoneFiles);
    landed += result?.landed ?? 0;
    more = rows.length === BATCH_ROWS;
    afterLine = rows.at(-1)?.lineNo ?? afterLine;
  }
  return landed;
}

/** Rows whose delivery's other files are gone wait for a person. */
function ignoreGoneFiles(error: unknown): null {
  if ((error as { code?: string }).code === "invalid_state") return null;
  throw error;
}
