import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { Registry } from "prom-client";
import { afterAll, describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenPerson } from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { record } from "../audit/index.ts";
import { orderSealCheck, readSealState } from "./read-state.ts";
import { isLate, lateAfterSeconds } from "./rules.ts";
import { startSealer } from "./sealer.ts";

const folder = mkdtempSync(join(tmpdir(), "vinculo-sealer-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clock = { now: () => new Date() };
const audit = { keyFile: join(folder, "audit-seal.pem"), sealFile: join(folder, "seals.jsonl"), syslog: null, timestamps: null };
const logger = pino({ level: "silent" });

const auditorOf = (admin: Db["app"]): Promise<Caller> =>
  admin.transaction().execute(async (tx) => givenPerson(tx, "auditor", await bankUnit(tx)));
const stateFor = (db: Db, auditor: Caller) => inTransaction(db, auditor, (tx) => readSealState(tx, auditor, clock));

describe("the sealer", () => {
  test("seals what is recorded, tells it outside, verifies when an auditor orders it, and names the row that a superuser changed", async ({
    db,
    admin,
  }) => {
    const auditor = await auditorOf(admin);
    const metrics = new Registry();
    const view = () =>
      inTransaction(db, auditor, (tx) => record(tx, { caller: auditor, action: "customer.viewed", subjectKind: "customer" }));
    await view();
    const sealer = startSealer({ db, audit, clock, logger, metrics });
    try {
      await expect
        .poll(async () => (await stateFor(db, auditor)).destinations.find(({ kind }) => kind === "file")?.sealNo, { timeout: 20_000 })
        .toMatch(/^[1-9]/);
      const state = await stateFor(db, auditor);
      expect(state.destinations.filter(({ late }) => late)).toEqual([]);
      expect(readFileSync(audit.sealFile, "utf8").trimEnd().split("\n")).toHaveLength(state.seals.length);
      const text = await metrics.metrics();
      expect(text).toContain('vinculo_audit_late{destination="file"} 0');
      expect(text).toMatch(/vinculo_audit_last_seal_number [1-9]/);
      await admin.transaction().execute(async (tx) => {
        await sql`set local session_replication_role = replica`.execute(tx);
        await sql`update governance.audit_event set action = 'customer.listed' where event_id = (select min(event_id) from governance.audit_event where actor_id = ${auditor.userId})`.execute(
          tx,
        );
      });
      const order = () => inTransaction(db, auditor, (tx) => orderSealCheck(tx, auditor));
      const { checkId } = await order();
      await expect(order()).rejects.toMatchObject({ code: "in_progress" });
      await expect.poll(async () => (await stateFor(db, auditor)).checks[0]?.finishedAt, { timeout: 20_000 }).not.toBeNull();
      const [check] = (await stateFor(db, auditor)).checks;
      expect(check).toMatchObject({ checkId, faultCount: 1, problem: null, faults: [{ kind: "row_changed", seal: "1" }] });
    } finally {
      await view();
      await sealer.close();
    }
    // What was recorded until the end is sealed before the process ends.
    expect((await stateFor(db, auditor)).tail.rows).toBe(0);
  });

  test("without its key says so where auditors see it, and goes on recording unsealed; others may neither see nor order", async ({
    db,
    admin,
  }) => {
    const auditor = await auditorOf(admin);
    rmSync(audit.keyFile);
    const sealer = startSealer({ db, audit, clock, logger });
    try {
      const problem = async () => (await stateFor(db, auditor)).destinations.find(({ kind }) => kind === "sealer");
      await expect.poll(async () => (await problem())?.problem, { timeout: 20_000 }).toMatch(/^The key of the seals is missing/);
      expect(await problem()).toMatchObject({ late: true });
    } finally {
      await sealer.close();
    }
    const manager = await admin.transaction().execute(async (tx) => givenPerson(tx, "branch_manager", await bankUnit(tx)));
    await expect(stateFor(db, manager)).rejects.toMatchObject({ code: "not_allowed" });
    await expect(inTransaction(db, manager, (tx) => orderSealCheck(tx, manager))).rejects.toMatchObject({ code: "not_allowed" });
  });
});

test("who is late: the sealer after fifteen seconds, a destination a minute after a seal it has not heard of, a stamp when it is due and not there", () => {
  const now = new Date("2026-03-15T09:30:00Z");
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const anchor = { sealNo: "7", doneAt: ago(10), problem: null, everyMinutes: null };
  const last = { no: "8", sealedAt: ago(30) };
  expect(isLate({ ...anchor, kind: "sealer" }, last, now)).toBe(false);
  expect(isLate({ ...anchor, kind: "sealer", doneAt: ago(lateAfterSeconds.sealer + 1) }, last, now)).toBe(true);
  expect(isLate({ ...anchor, kind: "sealer", doneAt: null }, last, now)).toBe(true);
  expect(isLate({ ...anchor, kind: "file" }, last, now)).toBe(false);
  expect(isLate({ ...anchor, kind: "file" }, { ...last, sealedAt: ago(61) }, now)).toBe(true);
  expect(isLate({ ...anchor, kind: "file", sealNo: "8", doneAt: ago(9_999) }, { ...last, sealedAt: ago(9_999) }, now)).toBe(false);
  expect(isLate({ ...anchor, kind: "file", sealNo: "10" }, { ...last, no: "9" }, now)).toBe(false);
  expect(isLate({ ...anchor, kind: "syslog", problem: "refused" }, last, now)).toBe(true);
  expect(isLate({ ...anchor, kind: "timestamp", everyMinutes: 60, doneAt: ago(3_600) }, last, now)).toBe(false);
  expect(isLate({ ...anchor, kind: "timestamp", everyMinutes: 60, doneAt: ago(3_600 + lateAfterSeconds.stampGrace + 1) }, last, now)).toBe(
    true,
  );
});
