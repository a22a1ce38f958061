import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Db } from "../db/index.ts";

const pools = ["app", "report", "worker"] as const satisfies readonly (keyof Db["pools"])[];

/** The registry of this process with memory, processor, event loop and garbage collection; parts add their own metrics to it. */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Measures every transaction of `db`: how long it took, how long it waited for a connection, and how busy the pools are. */
export function observeDatabase(registry: Registry, db: Db): void {
  const registers = [registry];
  const took = new Histogram({
    name: "vinculo_db_transaction_seconds",
    help: "Time of a database transaction, waiting for a connection included",
    labelNames: ["pool"],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 30, 300],
    registers,
  });
  const waited = new Histogram({
    name: "vinculo_db_connection_wait_seconds",
    help: "Time until a database connection was free",
    labelNames: ["pool"],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });
  const connections = new Gauge({
    name: "vinculo_db_connections",
    help: "Database connections by pool and state; waiting: requests for one",
    labelNames: ["pool", "state"],
    registers,
    collect() {
      for (const name of pools) {
        const pool = db.pools[name];
        connections.set({ pool: name, state: "busy" }, pool.totalCount - pool.idleCount);
        connections.set({ pool: name, state: "idle" }, pool.idleCount);
        connections.set({ pool: name, state: "waiting" }, pool.waitingCount);
      }
    },
  });
  db.onTransaction = ({ pool, waitedMs, tookMs }) => {
    took.observe({ pool }, tookMs / 1000);
    waited.observe({ pool }, waitedMs / 1000);
  };
}
