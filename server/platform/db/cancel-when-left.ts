import { backendPid, type PoolClient } from "./bound-kysely.ts";
import type { Db } from "./db.ts";

/**
 * Has the server give up the statement a connection is at once `signal` aborts. What it returns ends that, and is awaited before the connection serves anybody
 * else: a cancellation that came late would end the statement of another.
 */
export function cancelWhenLeft(db: Pick<Db, "pools">, client: PoolClient, signal: AbortSignal): () => Promise<void> {
  let asked: Promise<unknown> | null = null;
  const cancel = () => {
    asked = db.pools.app.query("select pg_cancel_backend($1)", [backendPid(client)]).catch(() => undefined); // it ends by its own limit
  };
  signal.addEventListener("abort", cancel, { once: true });
  return async () => {
    signal.removeEventListener("abort", cancel);
    await asked;
  };
}
