import { test as base, inject } from "vitest";
import type { Clock } from "../../server/platform/clock/index.ts";
import { signContext } from "../../server/platform/db/context.ts";
import { type ContextCaller, type Purpose, type Role, sql, type Tx } from "../../server/platform/db/index.ts";
import { cloneTemplate } from "./clone.ts";

export interface ActOptions {
  readonly role?: Role;
  readonly purpose?: Purpose;
}

/** Runs `work` inside `tx` under row-level security as the caller, then goes back to the administrator. An error undoes what `work` did. */
export type ActAs = <T>(caller: ContextCaller, work: (tx: Tx) => Promise<T>, options?: ActOptions) => Promise<T>;

/** Every test starts at this moment; `clock.set` moves it on. */
export const FROZEN_NOW = new Date("2026-03-15T09:30:00Z");

export interface FrozenClock extends Clock {
  set(now: Date): void;
}

export function frozenClock(start: Date = FROZEN_NOW): FrozenClock {
  let now = start;
  return {
    now: () => now,
    set: (later) => {
      now = later;
    },
  };
}

/**
 * `test` with a real database, cloned from the migrated template for each test file and dropped afterwards. Ask only for what the test needs:
 *
 * - `db`: as the product opens it; transactions commit, and stay until the end of the file.
 * - `admin`: the administrator on the same database, past row-level security; commits. For arranging and inspecting beside `db`.
 * - `tx`: one transaction of the administrator, rolled back after the test. Arrange in it, act with `as`, inspect in it.
 * - `as(caller, work, { role, purpose })`: the same transaction under the login and signed context of a caller, as the product has it.
 * - `clock`: stands still at FROZEN_NOW.
 */
export const test = base
  .extend("clock", () => frozenClock())
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of the fixtures it must make from this pattern.
  .extend("clone", { scope: "file" }, async ({}, { onCleanup }) => {
    const clone = await cloneTemplate(inject("template"));
    onCleanup(() => clone.drop());
    return clone;
  })
  .extend("db", { scope: "file" }, ({ clone }) => clone.db)
  .extend("admin", { scope: "file" }, ({ clone }) => clone.admin)
  .extend("tx", async ({ clone }, { onCleanup }): Promise<Tx> => {
    const transaction = await clone.admin.startTransaction().execute();
    onCleanup(() => transaction.rollback().execute());
    return transaction;
  })
  .extend(
    "as",
    ({ clone, tx }): ActAs =>
      (caller, work, options) =>
        actAs(tx, clone.db.contextKey, caller, work, options),
  );

async function actAs<T>(tx: Tx, key: Buffer, caller: ContextCaller, work: (tx: Tx) => Promise<T>, options: ActOptions = {}): Promise<T> {
  const role = options.role ?? "app";
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
  const context = signContext(key, caller, options.purpose ?? (role === "app" ? "serve" : "job"), rows[0]?.pid ?? 0);
  await sql`savepoint acting`.execute(tx);
  try {
    await sql`select set_config('vinculo.context', ${context}, true), set_config('role', ${`vinculo_${role}`}, true)`.execute(tx);
    const result = await work(tx);
    await sql`select set_config('vinculo.context', '', true), set_config('role', 'none', true)`.execute(tx);
    await sql`release savepoint acting`.execute(tx);
    return result;
  } catch (error) {
    await sql`rollback to savepoint acting`.execute(tx);
    await sql`release savepoint acting`.execute(tx);
    throw error;
  }
}
