import { inTransaction, type Tx } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { dayOf, type Erasing, eraseCustomer, planFor } from "./erase.ts";
import { findBack, makeDue, rememberAgain } from "./erase-store.ts";
import { type LogEntry, readLog } from "./erasure-log.ts";
import { insertErasure, listDue, restrict } from "./store.ts";

export interface Reapplied {
  /** Erasures in the log. */
  readonly entries: number;
  /** Customers that had come back. */
  readonly back: number;
  readonly held: number;
  /** Erased whole by this run; of the others a law keeps a part, restricted. */
  readonly erased: number;
}

/** At once; more wait for the next hour. */
const DUE_MAX = 200;

/**
 * After a restore: the log beside the database says what was erased since the backup; it is restricted and erased again under the terms and holds of now.
 * What is done already is left alone, so it may be run at any time.
 */
export async function reapplyErasures(erasing: Erasing): Promise<Reapplied> {
  const log = await readLog(erasing.home);
  const latest = new Map(log.map((entry) => [entry.erasureId, entry]));
  const counts = { entries: latest.size, back: 0, held: 0, erased: 0 };
  for (const entry of latest.values()) {
    const state = await inTransaction(erasing.db, erasing.caller, (tx) => restrictAgain(tx, erasing, entry, log), { role: "worker" });
    if (state === "gone") continue;
    counts.back += 1;
    const outcome = state === "held" ? "held" : await eraseCustomer(erasing, entry.erasureId);
    if (outcome === "held") counts.held += 1;
    if (outcome === "erased") counts.erased += 1;
  }
  return counts;
}

async function restrictAgain(
  tx: Tx,
  { caller, columns, now }: Erasing,
  { erasureId, partyIds, at }: LogEntry,
  log: readonly LogEntry[],
): Promise<"gone" | "held" | "restricted"> {
  for (const one of log) if (one.erasureId === erasureId) await rememberAgain(tx, one);
  const back = await findBack(tx, erasureId, partyIds);
  if (back === null) return "gone";
  if (back.state === null) {
    const plan = await planFor(tx, columns, back.partyIds, now);
    await insertErasure(tx, {
      ...back,
      erasureId,
      plan,
      by: caller.userId,
      receivedOn: at.slice(0, 10),
      evidence: "re-applied after a restore",
    });
  }
  if ((back.state ?? "asked") === "asked" && (await restrict(tx, erasureId)) === "held") return "held";
  await makeDue(tx, erasureId, dayOf(now));
  return "restricted";
}

/** More of those restricted customers whose terms are over by now; 200 at once. How many were looked at. */
export async function eraseDue(erasing: Erasing): Promise<number> {
  const today = dayOf(erasing.now);
  const due = await inTransaction(erasing.db, erasing.caller, (tx) => listDue(tx, today, DUE_MAX), { role: "worker" });
  for (const erasureId of due) await eraseCustomer(erasing, erasureId);
  return due.length;
}

/** A customer whose terms are over, without anybody's wish: restricted and erased at once under the rules the bank approved. */
export async function restrictFormer(
  erasing: Erasing,
  customer: { customerId: string; customerNo: string; partyIds: readonly string[] },
): Promise<void> {
  const { db, caller, columns, now } = erasing;
  const erasureId = newId();
  const ready = await inTransaction(
    db,
    caller,
    async (tx) => {
      const plan = await planFor(tx, columns, customer.partyIds, now);
      if (plan.active) return false;
      const wish = {
        ...customer,
        erasureId,
        plan,
        by: caller.userId,
        receivedOn: dayOf(now),
        evidence: "over its term",
        cause: "retention" as const,
      };
      await insertErasure(tx, wish);
      return (await restrict(tx, erasureId)) === "done";
    },
    { role: "worker" },
  );
  if (ready) await eraseCustomer(erasing, erasureId);
}
