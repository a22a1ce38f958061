import { expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, type GivenUnit, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import { givenMailServer } from "../../../tests/support/mail-server.ts";
import { readWords } from "../../../tests/support/screen-words.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { noMailer, openMailer } from "../../platform/mail/index.ts";
import type { ReportDefinition } from "./contract.ts";
import { createReport } from "./keep-reports.ts";
import { listDue } from "./mail-store.ts";
import { orderMail, readMail } from "./order-mail.ts";
import { sendReportMail } from "./send-mail.ts";

const definition: ReportDefinition = {
  ...{ over: "now", measures: [{ of: "customers", take: "count" }], rows: "tier", columns: null },
  ...{ filter: { match: "all", of: [] }, months: 12, compare: "none", show: "table" },
};

async function givenTiers(tx: Tx, branch: GivenUnit, tiers: Readonly<Record<string, number>>) {
  for (const [tier, count] of Object.entries(tiers))
    for (let at = 0; at < count; at += 1) {
      const { customerId } = await givenCustomer(tx, { branch, fullName: `Zebulon ${tier}` });
      await sql`insert into intelligence.customer_fact (customer_id, branch_id, as_of, tier) values (${customerId}, ${branch.unitId}, '2026-02-28', ${tier})`.execute(
        tx,
      );
    }
}

/** The worker's view of the queue of due mails. */
const dueFor = async (db: Db, personId: string, now: Date) =>
  (await inTransaction(db, await operatorCaller(db), (tx) => listDue(tx, now, 100), { role: "worker" })).filter(
    (key) => key.personId === personId,
  );

test("AC-13: a mail holds the figures its reader may see on the day it goes out, and no name; without rights there is none", async ({
  db,
  admin,
  clock,
}) => {
  const server = await givenMailServer();
  const mail = openMailer({ ...server.config, from: "vinculo@bank.example" });
  const { analyst, manager } = await admin.transaction().execute(async (tx) => {
    await sql`insert into intelligence.refresh_run (of_all, finished_at, as_of) values (true, now(), '2026-02-28')`.execute(tx);
    const [north, south] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
    await givenTiers(tx, north, { gold: 4, silver: 5, basic: 1 });
    await givenTiers(tx, south, { gold: 7 });
    return { analyst: await givenPerson(tx, "analyst", await bankUnit(tx)), manager: await givenPerson(tx, "branch_manager", north) };
  });
  const setMailbox = (address: string | null) =>
    sql`update governance.app_user set email = ${address}, locale = 'es', display_name = 'Ana' || chr(10) || 'Bcc: x@y.example' where user_id = ${manager.userId}`.execute(
      admin,
    );
  const wish = { name: "By tier\r\nBcc: evil@example.com", note: null, shared: true, definition };
  const { reportId } = await inTransaction(db, analyst, (tx) => createReport(tx, analyst, wish));
  const order = () => inTransaction(db, manager, (tx) => orderMail(tx, manager, clock, reportId, { every: "day", hour: 6, zone: "UTC" }));
  await expect(order()).rejects.toMatchObject({ code: "invalid_state" });
  await setMailbox("ana@bank.example");
  await order();
  const key = { personId: manager.userId as string, reportId };
  const work = { db, caller: await operatorCaller(db), clock, mail, publicUrl: new URL("https://crm.bank.example"), words: readWords };
  const state = () => inTransaction(db, manager, (tx) => readMail(tx, manager, reportId));

  expect(await dueFor(db, key.personId, clock.now())).toEqual([]);
  await sendReportMail(work, key);
  expect(server.received).toHaveLength(0);
  const tomorrow = new Date("2026-03-16T06:00:00Z");
  expect(await dueFor(db, key.personId, tomorrow)).toEqual([key]);
  clock.set(tomorrow);
  await sendReportMail(work, key);
  await sendReportMail(work, key);
  expect(server.received).toHaveLength(1);
  const [received] = server.received;
  expect(received?.to).toEqual(["ana@bank.example"]);
  const text = decodeURIComponent((received?.data ?? "").replaceAll("=\r\n", "").replaceAll(/=([0-9A-F]{2})/g, "%$1"));
  expect(text).toContain(`https://crm.bank.example/reports/${reportId}`);
  // Of the reader's branch alone: one customer, and what it could be told from, is left out.
  for (const line of ["Plata | 5", "Básico | –", "Todos | 10"]) expect(text).toContain(line);
  for (const hidden of ["| 11", "| 17", "| 1\r", "Zebulon"]) expect(text).not.toContain(hidden);
  expect((received?.data ?? "").split("\r\n\r\n")[0]).not.toMatch(/^Bcc:/im);
  expect(await state()).toMatchObject({ failure: null, sentAt: tomorrow.toISOString(), nextAt: "2026-03-17T06:00:00.000Z" });

  clock.set(new Date("2026-03-17T06:00:00Z"));
  const failing = await givenMailServer({ refuses: true });
  await expect(sendReportMail({ ...work, mail: openMailer({ ...failing.config, from: "vinculo@bank.example" }) }, key)).rejects.toThrow();
  expect(await state()).toMatchObject({ failure: "not_sent", nextAt: "2026-03-17T06:00:00.000Z" });
  await sendReportMail({ ...work, mail: noMailer }, key);
  expect(await state()).toMatchObject({ failure: "no_mail_server", nextAt: "2026-03-18T06:00:00.000Z" });

  clock.set(new Date("2026-03-18T06:00:00Z"));
  await sql`update intelligence.report set shared = false where report_id = ${reportId}`.execute(admin);
  await sendReportMail(work, key);
  const { rows } = await sql`select failure from intelligence.report_mail where person_id = ${key.personId}`.execute(admin);
  expect([rows, server.received.length]).toEqual([[{ failure: "not_found" }], 1]);
  clock.set(new Date("2026-03-19T06:00:00Z"));
  await sql`update governance.app_user set active = false where user_id = ${key.personId}`.execute(admin);
  await sendReportMail(work, key);
  expect((await sql`select from intelligence.report_mail where person_id = ${key.personId}`.execute(admin)).rows).toEqual([]);
  expect(server.received).toHaveLength(1);
  const trail = await sql<{
    action: string;
  }>`select action from governance.audit_event where actor_id = ${key.personId} and action like 'report.mail%' order by event_id`.execute(
    admin,
  );
  // On the trail before it goes out: also the one that the server then did not take.
  expect(trail.rows.map(({ action }) => action)).toEqual(["report.mail_ordered", "report.mailed", "report.mailed"]);
  await server.close();
  await failing.close();
});
