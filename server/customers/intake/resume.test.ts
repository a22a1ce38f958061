import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { pino } from "pino";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankMapping, delivered, smallBank } from "../../../tests/support/delivery.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { startWorkers } from "../../platform/jobs/index.ts";
import { contentHash } from "./content-hash.ts";
import { dryRunDelivery } from "./dry-run.ts";
import { intakeJobs } from "./jobs.ts";
import { loadDelivery } from "./load-delivery.ts";
import { openDelivery } from "./open-delivery.ts";
import { listLoads, readLoad } from "./read-loads.ts";
import { resumeHere, resumeLoad } from "./resume-load.ts";
import { reverseLoad } from "./reverse-load.ts";
import { watchDryRun } from "./watch-dry-run.ts";

const home = tmpdir();
const hashOf = async (db: Db) => (await inTransaction(db, await operatorCaller(db), contentHash, { role: "worker" })).tables;
const workersOf = (db: Db) =>
  startWorkers({
    db,
    works: intakeJobs,
    callerFor: async () => operatorCaller(db),
    clock: systemClock,
    home,
    logger: pino({ level: "silent" }),
  });

/** A load whose process was asked to stop after its second chunk. */
async function stoppedLoad(db: Db, source: string) {
  const caller = await operatorCaller(db);
  const files = delivered(smallBank(120, 2));
  const delivery = await openDelivery(bankMapping(source), files);
  const stop = new AbortController();
  const checkpoint = (name: string) => {
    if (name === "chunk 0.2") stop.abort();
  };
  await expect(loadDelivery({ db, caller, delivery, chunkRows: 20, signal: stop.signal, checkpoint })).rejects.toThrow();
  const load = await inTransaction(db, caller, (tx) => readLoad(tx, caller, delivery.loadId));
  return { caller, files, delivery, load };
}

describe("a load that stopped", () => {
  test("says why in a word of the list, and goes on from the files it was given, behind its last chunk", async ({ db }) => {
    const { caller, delivery, load } = await stoppedLoad(db, "again");
    expect(load).toMatchObject({ state: "failed", failure: { reason: "stopped" } });
    const result = await resumeHere({ db, caller, home, loadNo: load.loadNo });
    expect(result).toMatchObject({ loadId: delivery.loadId, loadNo: load.loadNo, repeated: false });
    expect(result.report.kinds.party).toMatchObject({ read: 120, created: 120 });
    const resumed = await hashOf(db);
    await reverseLoad(db, caller, delivery.loadId);
    await loadDelivery({ db, caller, delivery });
    expect(await hashOf(db)).toEqual(resumed);
    await reverseLoad(db, caller, delivery.loadId);
  });

  test("is taken up in the background by pressing, once however often it is pressed, and that is in the trail", async ({ db, admin }) => {
    await (await workersOf(db)).close(); // the queue is there, and nobody works it yet
    const { caller, delivery, load } = await stoppedLoad(db, "pressed");
    const { loadId } = delivery;
    expect(await resumeLoad(db, caller, home, loadId)).toEqual({ loadId, state: "running" });
    expect(await resumeLoad(db, caller, home, loadId)).toEqual({ loadId, state: "running" });
    const { rows: trail } = await sql<{ n: number }>`
      select count(*)::int as n from governance.audit_event where action = 'load.resumed' and subject_ids @> array[${loadId}]::uuid[]`.execute(
      admin,
    );
    const { rows: jobs } = await sql<{ n: number }>`select count(*)::int as n from jobs.job where name = 'run_load'`.execute(admin);
    expect([trail, jobs]).toEqual([[{ n: 1 }], [{ n: 1 }]]);
    const workers = await workersOf(db);
    const stateOf = async () => (await inTransaction(db, caller, (tx) => readLoad(tx, caller, loadId))).state;
    await expect.poll(stateOf, { timeout: 30_000 }).toBe("done");
    await workers.close();
    expect((await inTransaction(db, caller, (tx) => readLoad(tx, caller, loadId))).loadNo).toBe(load.loadNo);
    expect(await resumeLoad(db, caller, home, loadId)).toEqual({ loadId, state: "done" });
    await reverseLoad(db, caller, loadId);
    await expect(resumeLoad(db, caller, home, loadId)).rejects.toMatchObject({ code: "invalid_state" });
  });

  test("does not go on from other files or from none, and says which it is; it stays as it was", async ({ db }) => {
    const { caller, files, delivery } = await stoppedLoad(db, "other");
    const clients = files.find(({ name }) => name === "clients.csv");
    if (clients === undefined) throw new Error("no such file");
    writeFileSync(clients.path, "id,name,born,branch,phone,nif\n1,Otra,1980-01-01,B1,,\n");
    await expect(resumeLoad(db, caller, home, delivery.loadId)).rejects.toMatchObject({ detail: { reason: "file_changed" } });
    rmSync(clients.path);
    await expect(resumeLoad(db, caller, home, delivery.loadId)).rejects.toMatchObject({
      code: "invalid_state",
      detail: { reason: "files_gone", file: "clients.csv" },
    });
    const load = await inTransaction(db, caller, (tx) => readLoad(tx, caller, delivery.loadId));
    expect(load.state).toBe("failed");
    await reverseLoad(db, caller, delivery.loadId);
  });

  test("is not there for whoever may not load, and not for a number nobody has", async ({ db }) => {
    const caller = await operatorCaller(db);
    await expect(resumeLoad(db, { ...caller, permissions: new Set(["load:read"]) }, home, crypto.randomUUID())).rejects.toMatchObject({
      code: "not_allowed",
    });
    await expect(resumeHere({ db, caller, home, loadNo: 99_999 })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("loads are numbered without gaps: refused starts, rehearsals and repetitions take no number", async ({ db }) => {
  const caller = await operatorCaller(db);
  const numbers = async () => (await inTransaction(db, caller, (tx) => listLoads(tx, caller, {}))).loads.map((load) => load.loadNo);
  const { delivery: held, load } = await stoppedLoad(db, "numbered");
  const other = await openDelivery(bankMapping("numbered"), delivered(smallBank(5, 1)));
  await expect(loadDelivery({ db, caller, delivery: other })).rejects.toMatchObject({ code: "in_progress" });
  await dryRunDelivery({ db, caller, delivery: other });
  await resumeHere({ db, caller, home, loadNo: load.loadNo });
  await loadDelivery({ db, caller, delivery: held });
  const next = await loadDelivery({ db, caller, delivery: other });
  expect(next.loadNo).toBe(load.loadNo + 1);
  expect(new Set(await numbers()).size).toBe((await numbers()).length);
});

test("a report and a failure of an earlier version are shown with what was added since", async ({ db, admin }) => {
  const caller = await operatorCaller(db);
  const { loadId } = await loadDelivery({ db, caller, delivery: await openDelivery(bankMapping("old"), delivered(smallBank(3, 1))) });
  await sql`update customers.load set report = report - 'holdings' || '{"expectedTotals": [{"file": "a", "what": "rows", "expected": "1", "read": "1", "fits": true}]}',
    failure = '{"code": "read_only", "message": "the disk is full"}' where load_id = ${loadId}`.execute(admin);
  const load = await inTransaction(db, caller, (tx) => readLoad(tx, caller, loadId));
  expect(load.report).toMatchObject({ holdings: {}, expectedTotals: [{ uncut: 0, unreadable: 0 }] });
  expect(load.failure).toMatchObject({ reason: "disk_full" });
});

test("a dry run is watched to its report, and a delivery it cannot take ends in a code instead", async ({ db }) => {
  const caller = await operatorCaller(db);
  const files = delivered(smallBank(30, 2));
  const delivery = await openDelivery(bankMapping("watched"), files);
  const eventsOf = async () => {
    const events = [];
    for await (const { data } of watchDryRun({ db, caller, delivery, signal: new AbortController().signal })) events.push(data);
    return events;
  };
  expect((await eventsOf()).at(-1)).toMatchObject({ is: "done", report: { dryRun: true, kinds: { party: { read: 30 } } } });
  for (const { path } of files) writeFileSync(path, "id,name,born,branch,phone,nif\n");
  expect((await eventsOf()).at(-1)).toMatchObject({ is: "failed", code: "unsupported_file", detail: { reason: "file_changed" } });
});
