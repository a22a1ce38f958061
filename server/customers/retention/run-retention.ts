import { requireStepUp } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { sendJob } from "../../platform/jobs/index.ts";
import { type Erasing, restrictFormer } from "../erasure/index.ts";
import { cutOf } from "./change-rule.ts";
import type { Overdue } from "./contract.ts";
import { retentionJob } from "./retention-job.ts";
import * as store from "./store.ts";
import { sweeps } from "./sweep-store.ts";

const BATCH_ROWS = 5_000;
/** Of one table in one run: what is left waits for the next. */
const BATCHES_MAX = 2_000;
const CUSTOMERS_MAX = 200;

/** What a run would delete; nothing is touched. Fails with not_allowed. */
export async function previewRetention(db: Db, caller: Caller, clock: Clock): Promise<{ overdue: Overdue[]; customers: number }> {
  permit(caller, "privacy:manage");
  const today = clock.now();
  const found = await inTransaction(
    db,
    caller,
    async (tx) => {
      const overdue: Overdue[] = [];
      for (const sweep of sweeps) {
        const before = cutOf(await store.findRule(tx, sweep.rule), today);
        if (before === null) continue;
        overdue.push({ rule: sweep.rule, table: sweep.table, before, rows: await store.countOver(tx, sweep, before) });
      }
      const end = cutOf(await store.findRule(tx, "relationship"), today);
      return { overdue, customers: end === null ? 0 : (await store.listFormer(tx, end, 10_000)).length };
    },
    { role: "worker", readOnly: true },
  );
  await inTransaction(db, caller, (tx) =>
    record(tx, { caller, action: "retention.previewed", subjectKind: "retention", subjectCount: found.overdue.length }),
  );
  return found;
}

/** Fails with not_allowed, step_up_needed. */
export async function orderRetention(tx: Tx, caller: Caller, clock: Clock): Promise<void> {
  permit(caller, "privacy:manage");
  await requireStepUp(tx, caller, clock, { action: "retention.ordered", subjectIds: [] });
  await sendJob(tx, retentionJob, {});
  await record(tx, { caller, action: "retention.ordered", subjectKind: "retention", subjectCount: 1 });
}

/** Deletes in batches, each a transaction; stops between batches when it is told to. Former customers are restricted and erased one by one. */
export async function runRetention(erasing: Erasing, signal: AbortSignal): Promise<{ rows: number; customers: number }> {
  const { db, caller, now } = erasing;
  const inWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker" });
  let total = 0;
  for (const sweep of sweeps) {
    const before = cutOf(await inWorker((tx) => store.findRule(tx, sweep.rule)), now);
    if (before === null) continue;
    let rows = 0;
    for (let batch = 0; batch < BATCHES_MAX && !signal.aborted; batch += 1) {
      const deleted = await inWorker((tx) => store.deleteOver(tx, sweep, before, BATCH_ROWS));
      rows += deleted;
      if (deleted < BATCH_ROWS) break;
    }
    if (rows > 0)
      await inWorker((tx) =>
        record(tx, {
          caller,
          action: "retention.deleted",
          subjectKind: "retention",
          subjectCount: rows,
          detail: { table: sweep.table, rule: sweep.rule, before },
        }),
      );
    total += rows;
  }
  const end = cutOf(await inWorker((tx) => store.findRule(tx, "relationship")), now);
  const former = end === null ? [] : await inWorker((tx) => store.listFormer(tx, end, CUSTOMERS_MAX));
  for (const customer of former) if (!signal.aborted) await restrictFormer(erasing, customer);
  return { rows: total, customers: former.length };
}
