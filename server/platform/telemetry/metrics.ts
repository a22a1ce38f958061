import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Db, Role } from "../db/index.ts";

const roles = ["app", "worker"] as const satisfies readonly Role[];

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
    labelNames: ["role"],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 30, 300],
    registers,
  });
  const waited = new Histogram({
    name: "vinculo_db_connection_wait_seconds",
    help: "Time until a database connection was free",
    labelNames: ["role"],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });
  const connections = new Gauge({
    name: "vinculo_db_connections",
    help: "Database connections by role and state; waiting: requests for one",
    labelNames: ["role", "state"],
    registers,
    collect() {
      for (const role of roles) {
        const pool = db.pools[role];
        connections.set({ role, state: "busy" }, pool.totalCount - pool.idleCount);
        connections.set({ role, state: "idle" }, pool.idleCount);
        connections.set({ role, state: "waiting" }, pool.waitingCount);
      }
    },
  });
  db.onTransaction = ({ role, waitedMs, tookMs }) => {
    took.observe({ role }, tookMs / 1000);
    waited.observe({ role }, waitedMs / 1000);
  };
}
