import { expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { inTransaction, sql } from "../db/index.ts";
import { createMetrics, observeDatabase } from "./index.ts";

test("every transaction is counted with its role, failed ones too", async ({ db }) => {
  const metrics = createMetrics();
  observeDatabase(metrics, db);
  const caller = { userId: null, sessionId: null, requestId: "r" };
  await inTransaction(db, caller, (tx) => sql`select 1`.execute(tx));
  await inTransaction(db, caller, (tx) => sql`select 1 / 0`.execute(tx)).catch(() => undefined);
  const text = await metrics.metrics();
  expect(text).toContain('vinculo_db_transaction_seconds_count{pool="app"} 2');
  expect(text).toContain('vinculo_db_connections{pool="app",state="busy"} 0');
  expect(text).toContain("process_resident_memory_bytes");
});
