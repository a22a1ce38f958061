import { sql } from "kysely";
import type { Tx } from "./transaction.ts";

/**
 * Runs statements of `work` that do not wait for one another in one way to the database and back, in the order in which they were begun.
 * `work` uses the transaction it is given, and only for `sql` statements. Those marked as prepared are planned once for all values, from their
 * first use on a connection and to the end of the transaction. Fails with what the first of them fails with.
 */
export async function together<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const executor = tx.getExecutor();
  return executor.provideConnection(async (connection) => {
    // Kysely would hand the one connection of a transaction to one statement after the other; the driver below keeps their order by itself.
    const shared = executor.withConnectionProvider({ provideConnection: (consumer) => consumer(connection) });
    const shortcut = new Proxy(tx, {
      get(target, name) {
        if (name === "getExecutor") return () => shared;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const [, result] = await Promise.all([sql`set local plan_cache_mode = force_generic_plan`.execute(shortcut), work(shortcut)]);
    return result;
  });
}
