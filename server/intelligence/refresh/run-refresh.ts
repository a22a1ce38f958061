import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx, withWorkerConnection } from "../../platform/db/index.ts";
import { countFacts, lastDayOf, type RefreshOrder, readAsOf, readWindow, takeFactChanges } from "../facts/index.ts";
import { isOfAll } from "./rules.ts";
import { steps as allSteps, type RefreshStep } from "./steps.ts";
import * as store from "./store.ts";

export interface RefreshWish {
  readonly db: Db;
  readonly caller: Caller;
  readonly clock: Clock;
  /** `changed`: what changed since the last time; `all`: everybody from their months; `rebuild`: the months too, from nothing. */
  readonly what: "changed" | "all" | "rebuild";
  readonly signal?: AbortSignal | undefined;
  readonly steps?: readonly RefreshStep[];
}

export interface Refreshed {
  /** null: all. */
  readonly customers: number | null;
  readonly stepsDone: readonly { readonly name: string; readonly seconds: number }[];
}

/**
 * Brings what is computed of customers up to date: takes what changed, then does one step after the other for the customers touched. A killed run goes on
 * with the step it was in. Answers null when another refresh is under way; that one, or the next, takes what changed.
 */
export async function runRefresh(wish: RefreshWish): Promise<Refreshed | null> {
  const { db, caller, clock, what, signal, steps = allSteps } = wish;
  return withWorkerConnection(db, caller, async (connection) => {
    if (!(await connection.inTransaction(store.tryHold))) return null;
    const open = await connection.inTransaction(store.findOpenRun);
    // What was asked for beyond what the stopped run was to do is done by a run of its own.
    if (open !== null && what !== "changed" && !open.ofAll) await finish(wish, open, steps);
    const resumed = await connection.inTransaction(store.findOpenRun);
    const run = resumed ?? (await connection.inTransaction((tx) => begin(tx, clock.now(), what), { statementTimeoutMs: 0 }));
    if (signal?.aborted) return null;
    return finish(wish, run, steps);
  });
}

async function begin(tx: Tx, now: Date, what: RefreshWish["what"]): Promise<store.RefreshRun> {
  const changed = await takeFactChanges(tx, what === "rebuild");
  const asOf = lastDayOf((await readWindow(tx, now)).untilMonth);
  const ofAll = isOfAll({ all: what !== "changed", asOf, lastAsOf: await readAsOf(tx), changed, known: await countFacts(tx) });
  return store.insertRun(tx, { ofAll, customers: changed, asOf });
}

async function finish(
  { db, caller, clock, signal }: RefreshWish,
  run: store.RefreshRun,
  steps: readonly RefreshStep[],
): Promise<Refreshed> {
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker" });
  const whom = run.ofAll ? { customerIds: null } : await asWorker((tx) => store.listCustomers(tx, run.runId));
  const { customerIds } = whom;
  const done = [...run.stepsDone];
  for (const { name, run: work } of steps) {
    if (done.some((step) => step.name === name)) continue;
    signal?.throwIfAborted();
    const startedMs = performance.now();
    const order: RefreshOrder = { db, caller, clock, ...whom, signal };
    if (customerIds === null || customerIds.length > 0) await work(order);
    const seconds = (performance.now() - startedMs) / 1000;
    await asWorker((tx) => store.noteStep(tx, run.runId, name, seconds));
    done.push({ name, seconds });
  }
  await asWorker((tx) => store.finishRun(tx, run.runId));
  return { customers: customerIds?.length ?? null, stepsDone: done };
}
