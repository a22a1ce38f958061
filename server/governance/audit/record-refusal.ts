import { type Db, inTransaction } from "../../platform/db/index.ts";
import type { Refused } from "../../platform/http/index.ts";
import { record } from "./record.ts";
import { refusedSubjects } from "./rules.ts";

/**
 * A person was told "not allowed" or "nothing here": the attempt is on the trail, in a transaction of its own, because that of the attempt is gone.
 * Fails with unavailable; the person is then told that instead.
 */
export async function recordRefusal(db: Db, { caller, endpoint, code, params }: Refused): Promise<void> {
  const { kind, ids } = refusedSubjects(params);
  await inTransaction(db, caller, (tx) =>
    record(tx, {
      caller,
      action: "access.refused",
      decision: "refused",
      subjectKind: kind,
      subjectIds: ids,
      detail: { endpoint, code },
    }),
  );
}
