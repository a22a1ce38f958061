import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenPerson } from "../../../tests/support/given.ts";
import { inTransaction, sql } from "../../platform/db/index.ts";
import { record } from "../audit/index.ts";
import { checkDatabase } from "./check-database.ts";
import { exportTrail } from "./export-trail.ts";
import { verifyBundle } from "./proof/bundle.ts";
import { openSealKey } from "./seal-key.ts";
import { sealRows } from "./seal-rows.ts";
import { withSealer } from "./sealer-line.ts";
import { prepareMonths } from "./store.ts";

const folder = mkdtempSync(join(tmpdir(), "vinculo-months-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = openSealKey(join(folder, "audit-seal.pem"), true);

test("a month gets its partition, guarded like the whole; exported and detached, it still verifies, and without its file it is missed", async ({
  db,
  admin,
}) => {
  await withSealer(db, prepareMonths);
  await withSealer(db, prepareMonths); // again, and nothing happens
  const month = `audit_event_${new Date().toISOString().slice(0, 7).replace("-", "_")}`;
  const { rows: made } = await sql<{ name: string; secured: boolean }>`
    select relname as name, relrowsecurity and relforcerowsecurity as secured from pg_class where relname ~ '^audit_event_2' and relkind = 'r' order by 1`.execute(
    admin,
  );
  expect(made).toHaveLength(3);
  expect(made[0]).toEqual({ name: month, secured: true });
  await expect(sql.raw(`truncate governance.${month}`).execute(admin)).rejects.toThrow(/append-only/);

  const caller = await admin.transaction().execute(async (tx) => givenPerson(tx, "auditor", await bankUnit(tx)));
  const act = () => inTransaction(db, caller, (tx) => record(tx, { caller, action: "customer.viewed", subjectKind: "customer" }));
  for (let turn = 0; turn < 5; turn += 1) await act();
  await expect(sql.raw(`delete from governance.${month}`).execute(admin)).rejects.toThrow(/append-only/);
  const { rows: where } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(`governance.${month}`)}`.execute(admin);
  expect(where).toEqual([{ n: 5 }]);

  await withSealer(db, (connection) => sealRows(connection, key));
  const file = join(folder, "month.jsonl.gz");
  const head = await withSealer(db, (connection) => exportTrail({ connection, key, from: null, to: null, file, now: new Date() }));
  await sql.raw(`alter table governance.audit_event detach partition governance.${month}`).execute(admin);
  expect(await verifyBundle(file, { keys: [key.publicKey] })).toMatchObject({ faultCount: 0, rows: 5 });
  await act(); // life goes on: the row lands in the default partition
  await withSealer(db, (connection) => sealRows(connection, key));
  const check = (archived?: ReadonlySet<string>) =>
    withSealer(db, (connection) =>
      checkDatabase({ connection, keys: [key.publicKey], certificates: [], ...(archived === undefined ? {} : { archived }) }),
    );
  const missed = (await check()).check;
  expect([missed.faultCount, new Set(missed.faults.map(({ kind }) => kind))]).toEqual([5, new Set(["row_removed"])]);
  expect((await check(new Set([head.lastSeal]))).check.faults).toEqual([]);
});
