import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, type GivenUnit, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import { givenMailServer } from "../../../tests/support/mail-server.ts";
import { readWords } from "../../../tests/support/screen-words.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { openMailer } from "../../platform/mail/index.ts";
import { archiveSegment, changeSegment, createSegment, settleSegments } from "../segments/index.ts";
import type { ReportDefinition, ReportResult } from "./contract.ts";
import { exportReport } from "./export-report.ts";
import { createReport, listReports, readReport } from "./keep-reports.ts";
import { listReportCustomers } from "./list-behind.ts";
import { orderMail } from "./order-mail.ts";
import { runReport } from "./run-report.ts";
import { sendReportMail } from "./send-mail.ts";

const AS_OF = "2026-02-28";

const within = (segmentId: string, given: Partial<ReportDefinition> = {}): ReportDefinition => ({
  ...{ over: "now", measures: [{ of: "customers", take: "count" }], rows: "tier", columns: null },
  ...{ months: 2, compare: "none", show: "table" },
  filter: { match: "all", of: [{ field: "member", op: "any_of", values: [segmentId] }] },
  ...given,
});

const count = ({ rows, figures }: ReportResult) =>
  Object.fromEntries(figures.map(({ row, customers }) => [row === null ? "all" : (rows[row]?.key ?? "?"), customers]));

async function givenTiers(tx: Tx, branch: GivenUnit, tiers: Readonly<Record<string, number>>, assetsMinor: number): Promise<string[]> {
  const ids: string[] = [];
  for (const [tier, customers] of Object.entries(tiers))
    for (let at = 0; at < customers; at += 1) {
      const { customerId, partyId } = await givenCustomer(tx, { branch, fullName: `Zebulon ${tier}` });
      await sql`insert into intelligence.customer_fact (customer_id, branch_id, as_of, tier, assets_minor)
        values (${customerId}, ${branch.unitId}, ${AS_OF}, ${tier}, ${assetsMinor})`.execute(tx);
      await sql`insert into intelligence.party_month (party_id, month_no, currency, in_count, in_minor) values (${partyId}, ${2026 * 12 + 1}, 'EUR', 1, 10)`.execute(
        tx,
      );
      ids.push(customerId);
    }
  return ids;
}

test("limited to a segment, a report counts its customers as far as the reader sees them, in number, list, file and months alike; a segment that does not exist for one answers as none", async ({
  db,
  admin,
  clock,
}) => {
  const given = await admin.transaction().execute(async (tx) => {
    await sql`insert into intelligence.refresh_run (of_all, finished_at, as_of) values (true, now(), ${AS_OF})`.execute(tx);
    const [north, south] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
    const rich = await givenTiers(tx, north, { gold: 4, basic: 1 }, 900);
    await givenTiers(tx, north, { gold: 2, basic: 3 }, 1);
    await givenTiers(tx, south, { gold: 7 }, 900);
    const bank = await bankUnit(tx);
    return {
      rich,
      marketer: await givenPerson(tx, "marketing_manager", bank),
      analyst: await givenPerson(tx, "analyst", bank),
      manager: await givenPerson(tx, "branch_manager", north),
      fraud: await givenPerson(tx, "fraud_analyst", bank),
    };
  });
  const { marketer, analyst, manager, fraud } = given;
  const filter = { match: "all" as const, of: [{ field: "assets_minor", op: "at_least" as const, values: ["500"] }] };
  const wish = { name: "Has money", note: null, shared: false, filter };
  const { segmentId } = await inTransaction(db, marketer, (tx) => createSegment(tx, marketer, wish));
  const worker = await operatorCaller(db);
  const settle = () => settleSegments({ db, caller: worker, clock, customerIds: null });
  await settle();
  const asked = within(segmentId);
  const run = (who: Caller, of = asked) => inTransaction(db, who, (tx) => runReport(tx, who, clock, of));
  const behind = (who: Caller, of = asked) =>
    inTransaction(db, who, (tx) => listReportCustomers(tx, who, clock, { definition: of, place: {} }));

  // Its owner alone: for everybody else it is as one that never was, whichever way they ask.
  expect(count(await run(marketer))).toEqual({ gold: 11, basic: 1, all: 12 });
  const never = within("00000000-0000-7000-8000-000000000000");
  const others = within(segmentId, { filter: { match: "all", of: [{ field: "member", op: "none_of", values: [segmentId] }] } });
  for (const [of, id] of [
    [asked, segmentId],
    [others, segmentId],
    [never, "00000000-0000-7000-8000-000000000000"],
  ] as const) {
    const refused = { code: "invalid_input", detail: { reason: "group_gone", groups: [{ id, name: null }] } };
    await expect(run(manager, of)).rejects.toMatchObject(refused);
    await expect(behind(manager, of)).rejects.toMatchObject(refused);
    await expect(exportReport(db, analyst, clock, { definition: of, format: "csv" }, readWords)).rejects.toMatchObject(refused);
    const kept = { name: "Odd", note: null, shared: false, definition: of };
    await expect(inTransaction(db, analyst, (tx) => createReport(tx, analyst, kept))).rejects.toMatchObject(refused);
  }
  const report = { name: "Rich by tier", note: null, shared: true, definition: asked };
  const { reportId } = await inTransaction(db, marketer, (tx) => createReport(tx, marketer, report));
  const listed = async (who: Caller) =>
    (await inTransaction(db, who, (tx) => listReports(tx, who))).reports.some((one) => one.reportId === reportId);
  const read = (who: Caller) => inTransaction(db, who, (tx) => readReport(tx, who, reportId));
  expect([await listed(marketer), await listed(manager), await listed(fraud)]).toEqual([true, false, false]);
  await expect(read(manager)).rejects.toMatchObject({ code: "not_found" });

  // Shared: each reader their own customers, and never who may not see segments.
  const share = (version: number, shared: boolean) =>
    inTransaction(db, marketer, (tx) => changeSegment(tx, marketer, segmentId, { ...wish, filter: null, version, shared }));
  await share(1, true);
  expect([await listed(manager), await listed(fraud)]).toEqual([true, false]);
  await expect(run(fraud)).rejects.toMatchObject({ code: "invalid_input" });
  const result = await run(manager, (await read(manager)).definition);
  expect([count(result), result.segments]).toEqual([{ gold: 4, basic: 1, all: 5 }, ["Has money"]]);
  expect((await behind(manager)).customers.map(({ customerId }) => customerId).sort()).toEqual(given.rich.toSorted());
  const months = within(segmentId, { over: "months", rows: "month", measures: [{ of: "in_minor", take: "sum" }] });
  expect((await run(manager, months)).figures.find(({ row }) => row === null)).toMatchObject({ customers: 5, values: ["50"] });
  const { stream } = await exportReport(db, analyst, clock, { definition: asked, format: "csv" }, readWords);
  expect(
    (await text(stream))
      .split("\r\n")
      .slice(1, 3)
      .map((line) => line.split(",")[1]),
  ).toEqual(["11", "1"]);

  // By mail: the reader's own, small groups left out, the segment by its name; unshared, nothing any more.
  const server = await givenMailServer();
  const mail = openMailer({ ...server.config, from: "vinculo@bank.example" });
  await sql`update governance.app_user set email = 'ana@bank.example', locale = 'en' where user_id = ${manager.userId}`.execute(admin);
  await inTransaction(db, manager, (tx) => orderMail(tx, manager, clock, reportId, { every: "day", hour: 6, zone: "UTC" }));
  const work = { db, caller: worker, clock, mail, publicUrl: new URL("https://crm.bank.example"), words: readWords };
  try {
    clock.set(new Date("2026-03-16T06:00:00Z"));
    await sendReportMail(work, { personId: manager.userId, reportId });
    const sent = decodeURIComponent((server.received[0]?.data ?? "").replaceAll("=\r\n", "").replaceAll(/=([0-9A-F]{2})/g, "%$1"));
    for (const line of ["Has money", "Basic | –", "All | 5"]) expect(sent).toContain(line);
    for (const hidden of ["| 11", "| 12", "| 10", "Zebulon"]) expect(sent).not.toContain(hidden);
    await share(2, false);
    clock.set(new Date("2026-03-17T06:00:00Z"));
    await sendReportMail(work, { personId: manager.userId, reportId });
    expect(server.received).toHaveLength(1);
  } finally {
    await server.close();
  }

  // Who objects to profiling is counted no more from that moment; put away, the segment is there for nobody.
  await share(3, true);
  await sql`insert into customers.consent (party_id, purpose, channel, act, happened_at, obtained_by, recorded_by)
    select party_id, 'profiling', 'any', 'objected', now(), 'branch', party_id from customers.party where customer_id = ${given.rich[0]}`.execute(
    admin,
  );
  expect(count(await run(manager))).toEqual({ gold: 3, basic: 1, all: 4 });
  await inTransaction(db, marketer, (tx) => archiveSegment(tx, marketer, segmentId));
  for (const [who, name] of [
    [marketer, "Has money"],
    [manager, "Has money"],
    [fraud, null],
  ] as const)
    await expect(run(who)).rejects.toMatchObject({ code: "invalid_input", detail: { groups: [{ id: segmentId, name }] } });
  // Its report is there for its owner alone, who can ask it otherwise.
  expect([await listed(marketer), await listed(manager)]).toEqual([true, false]);
  expect((await read(marketer)).definition).toEqual(asked);
  await expect(read(manager)).rejects.toMatchObject({ code: "not_found" });
});
