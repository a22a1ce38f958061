import { setTimeout as wait } from "node:timers/promises";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { EXAMPLES_OF_REASON, LOADS_PAGE_ROWS, type Load, type LoadQuery, QUARANTINE_PAGE_ROWS, type QuarantineQuery } from "./contract.ts";
import * as quarantine from "./quarantine-store.ts";
import * as store from "./store.ts";

/** Fails with: not_allowed. */
export async function listLoads(tx: Tx, caller: Caller, query: LoadQuery): Promise<{ loads: Load[]; next: number | null }> {
  permit(caller, "load:read");
  const found = await store.listLoads(tx, query, LOADS_PAGE_ROWS + 1);
  const loads = found.slice(0, LOADS_PAGE_ROWS);
  return { loads, next: found.length > LOADS_PAGE_ROWS ? (loads.at(-1)?.loadNo ?? null) : null };
}

/** Fails with: not_allowed, not_found. */
export async function readLoad(tx: Tx, caller: Caller, loadId: string): Promise<Load> {
  permit(caller, "load:read");
  const load = await store.readLoad(tx, loadId);
  if (load === null) throw new DomainError("not_found", "no such load");
  return load;
}

const loadNumber = /^#?(\d{1,9})$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The load an operator means, who types its number or its id. Fails with: not_allowed, not_found. */
export async function findLoadNamed(tx: Tx, caller: Caller, name: string): Promise<Load> {
  permit(caller, "load:read");
  const number = loadNumber.exec(name)?.[1];
  const load =
    number !== undefined ? await store.readLoadByNo(tx, Number(number)) : uuid.test(name) ? await store.readLoad(tx, name) : null;
  if (load === null) throw new DomainError("not_found", `there is no load ${name}: npx vinculo loads lists them`);
  return load;
}

// Looked at again instead of waiting for a notice: one short read by primary key costs less than telling, to every open process and twice a second,
// that a figure moved; and it is right after a lost connection too. Not slower than progress is written (tell-progress.ts).
const WATCH_EVERY_MS = 500;

/** The load as it is, again whenever it changed, until it has ended. */
export async function* watchLoad(db: Db, caller: Caller, loadId: string, signal: AbortSignal): AsyncGenerator<{ data: Load }> {
  for (let shown = ""; !signal.aborted; ) {
    const load = await inTransaction(db, caller, (tx) => readLoad(tx, caller, loadId));
    const text = JSON.stringify(load);
    if (text !== shown) yield { data: load };
    if (load.state !== "running" && load.state !== "reversing") return;
    shown = text;
    await wait(WATCH_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Fails with: not_allowed. One look at a report is written down once. */
export async function listQuarantineExamples(tx: Tx, caller: Caller, loadId: string) {
  permit(caller, "quarantine:read");
  const rows = await quarantine.listExamples(tx, loadId, EXAMPLES_OF_REASON);
  const subjectIds = rows.map((row) => row.quarantineId);
  await record(tx, { caller, action: "quarantine.viewed", subjectKind: "quarantine", subjectIds, query: { loadId } });
  return { rows };
}

/** Fails with: not_allowed. Rows in quarantine are whole customer records as they came, so looking at them is written down. */
export async function listQuarantine(tx: Tx, caller: Caller, query: QuarantineQuery) {
  permit(caller, "quarantine:read");
  const found = await quarantine.listQuarantine(tx, query, QUARANTINE_PAGE_ROWS + 1);
  const rows = found.slice(0, QUARANTINE_PAGE_ROWS);
  await record(tx, {
    caller,
    action: "quarantine.viewed",
    subjectKind: "quarantine",
    subjectIds: rows.map((row) => row.quarantineId),
    query,
  });
  const groups = await quarantine.groupQuarantine(tx, query.loadId);
  return { rows, next: found.length > QUARANTINE_PAGE_ROWS ? (rows.at(-1)?.quarantineId ?? null) : null, groups };
}
