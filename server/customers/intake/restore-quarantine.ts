import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { RestoreRequest } from "./contract.ts";
import * as quarantine from "./quarantine-store.ts";
import * as store from "./store.ts";

/**
 * Takes a discard back. Fails with: not_allowed, not_found, invalid_state (a row is not discarded, or its load was reversed: loading the delivery
 * again brings it back).
 */
export async function restoreQuarantine(db: Db, caller: Caller, request: RestoreRequest): Promise<{ restored: number }> {
  permit(caller, "quarantine:correct");
  const ids = [...new Set(request.quarantineIds)];
  return store.asWorker(db, caller, async (tx) => {
    const rows = await quarantine.lockRows(tx, ids);
    if (rows.length < ids.length) throw new DomainError("not_found", "no such row in quarantine");
    for (const loadNo of new Set(rows.map((row) => row.loadNo))) {
      if ((await store.readLoadByNo(tx, loadNo))?.state === "reversed")
        throw new DomainError("invalid_state", `load ${loadNo} was reversed`);
    }
    const other = rows.find((row) => row.state !== "discarded");
    if (other !== undefined) throw new DomainError("invalid_state", `the row is ${other.state}`);
    await quarantine.restoreRows(tx, ids);
    await record(tx, { caller, action: "quarantine.restored", subjectKind: "quarantine", subjectIds: ids });
    return { restored: ids.length };
  });
}
