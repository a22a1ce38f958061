import { text } from "node:stream/consumers";
import { describe, expect } from "vitest";
import { downloadAccessReport, listAccessReports } from "../../server/customers/privacy/access-reports.ts";
import { compileReport } from "../../server/customers/privacy/compile-report.ts";
import { expireReports, insertReport } from "../../server/customers/privacy/store.ts";
import { personalData } from "../../server/main/personal-data.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { columnsOf, retentionNames } from "../../server/platform/data-map/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../server/platform/db/index.ts";
import { newId } from "../../server/platform/ids/index.ts";
import { test } from "../support/database.ts";
import { bankUnit, type GivenCustomer, givenCustomer, givenPerson, givenUnit } from "../support/given.ts";

const columns = columnsOf(personalData);

/** As ordered; the queue is pg-boss's, and tried with the jobs. */
async function ordered(tx: Tx, caller: Caller, { customerId }: GivenCustomer): Promise<string> {
  const reportId = newId();
  await insertReport(tx, { reportId, customerId, customerNo: `C-${customerId}`, reason: "letter of the customer", by: caller.userId });
  return reportId;
}

async function download(db: Db, caller: Caller, { customerId }: GivenCustomer, reportId: string, format: "html" | "json"): Promise<string> {
  return text((await downloadAccessReport(db, caller, { customerId, reportId, format, locale: "ar" })).stream);
}

describe("an access report", () => {
  test("holds every told column of the map that has a value, exact, and masks what concerns others", async ({ db, admin, clock }) => {
    clock.set(new Date());
    const { officer, customer } = await admin.transaction().execute(async (tx) => ({
      officer: await givenPerson(tx, "privacy_officer", await bankUnit(tx)),
      customer: await givenCustomer(tx, {
        fullName: "Told <b>Everything</b>",
        phone: "+34600999888",
        nationalId: "T4455667",
        assetsMinor: 9_007_199_254_740_993n,
      }),
    }));
    await sql`update customers.transaction set counterparty_name = 'Somebody Else' where party_id = ${customer.partyId}`.execute(admin);
    const reportId = await inTransaction(db, officer, (tx) => ordered(tx, officer, customer));
    await compileReport({ db, caller: officer, now: clock.now(), columns }, customer.customerId, reportId);
    const json = await download(db, officer, customer, reportId, "json");
    for (const told of ["Told <b>Everything</b>", "+34600999888", "T4455667", "9007199254740993"]) expect(json).toContain(told);
    expect(json).not.toContain("Somebody Else");
    const { sections } = JSON.parse(json) as {
      sections: { table: string; columns: { name: string }[]; rows: Record<string, unknown>[] }[];
    };
    const party = sections.find(({ table }) => table === "customers.party");
    const expected = columns.filter(({ table, class: name }) => table === "customers.party" && !["technical", "none"].includes(name));
    expect(party?.columns.map(({ name }) => name).sort()).toEqual(expected.map(({ column }) => column).sort());
    expect(sections.find(({ table }) => table === "customers.transaction")?.rows[0]).toMatchObject({ counterparty_name: "•••" });
    // Nothing a customer must not learn, and no copy of the report in itself.
    for (const table of ["customers.seal", "customers.access_report", "customers.search_entry"])
      expect(sections.map((section) => section.table)).not.toContain(table);
    const page = await download(db, officer, customer, reportId, "html");
    expect(page).toContain("Told &#60;b&#62;Everything&#60;/b&#62;");
    expect(page).toContain('dir="rtl"');
    expect(page).toContain("90071992547409.93 EUR");
    expect(sections[0]?.table).toMatch(/customers\.(customer|party)/);
    expect(page).not.toContain("Somebody Else");
  });

  test("shows a column that the map has from today, without anybody touching the report", async ({ db, admin, clock }) => {
    clock.set(new Date());
    const { officer, customer } = await admin.transaction().execute(async (tx) => ({
      officer: await givenPerson(tx, "privacy_officer", await bankUnit(tx)),
      customer: await givenCustomer(tx),
    }));
    await sql`alter table customers.party add column nickname text default 'Fizzy'`.execute(admin);
    const grown = [
      ...columns,
      { ...columns.find(({ table }) => table === "customers.party"), column: "nickname", class: "identity" } as (typeof columns)[number],
    ];
    const reportId = await inTransaction(db, officer, (tx) => ordered(tx, officer, customer));
    await compileReport({ db, caller: officer, now: clock.now(), columns: grown }, customer.customerId, reportId);
    expect(await download(db, officer, customer, reportId, "json")).toContain('"nickname": "Fizzy"');
    await sql`alter table customers.party drop column nickname`.execute(admin);
  });

  test("AC-55: is not compiled twice, is decided anew for each download, not given before it is ready or when it has expired, and loses its content then", async ({
    db,
    admin,
    clock,
  }) => {
    clock.set(new Date());
    const { officer, customer } = await admin.transaction().execute(async (tx) => ({
      officer: await givenPerson(tx, "privacy_officer", await bankUnit(tx)),
      customer: await givenCustomer(tx),
    }));
    const reportId = await inTransaction(db, officer, (tx) => ordered(tx, officer, customer));
    await expect(download(db, officer, customer, reportId, "json")).rejects.toMatchObject({
      code: "invalid_state",
      detail: { reason: "ordered" },
    });
    const compile = () => compileReport({ db, caller: officer, now: clock.now(), columns }, customer.customerId, reportId);
    await Promise.all([compile(), compile()]);
    const acts = async (action: string) =>
      (
        await sql`select from governance.audit_event where action = ${action} and ${customer.customerId}::uuid = any (subject_ids)`.execute(
          admin,
        )
      ).rows.length;
    expect(await acts("access_report.compiled")).toBe(1);
    await download(db, officer, customer, reportId, "json");
    expect(await acts("access_report.downloaded")).toBe(1);
    // Same address, same session; the right went in between.
    const given = sql.raw("governance.role_assignment");
    const { rows: taken } = await sql<{ role: string; unit: string }>`
      delete from ${given} where user_id = ${officer.userId} returning role_id as role, unit_id as unit`.execute(admin);
    await expect(download(db, officer, customer, reportId, "json")).rejects.toMatchObject({ code: "not_found" });
    await sql`insert into ${given} (user_id, role_id, unit_id) values (${officer.userId}, ${taken[0]?.role}, ${taken[0]?.unit})`.execute(
      admin,
    );
    await expect(download(db, officer, { ...customer, customerId: newId() }, reportId, "json")).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await acts("access_report.downloaded")).toBe(1);
    await sql`update customers.access_report set expires_at = now() - interval '1 second' where report_id = ${reportId}`.execute(admin);
    await expect(download(db, officer, customer, reportId, "json")).rejects.toMatchObject({
      code: "invalid_state",
      detail: { reason: "expired" },
    });
    expect(await acts("access_report.downloaded")).toBe(1);
    expect(await inTransaction(db, officer, expireReports, { role: "worker" })).toBe(1);
    const { rows } = await sql<{ sections: unknown }>`select sections from customers.access_report where report_id = ${reportId}`.execute(
      admin,
    );
    expect(rows).toEqual([{ sections: null }]);
  });
});

describe("who may have one", () => {
  test("only who holds privacy:report and sees the customer, past the verbs neither; denied, nothing is written", async ({ tx, as }) => {
    const [here, elsewhere] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
    const [officer, manager] = [await givenPerson(tx, "privacy_officer", here), await givenPerson(tx, "branch_manager", here)];
    const [seen, hidden] = [await givenCustomer(tx, { branch: here }), await givenCustomer(tx, { branch: elsewhere })];
    await as(officer, (own) => ordered(own, officer, seen));
    await expect(as(officer, (own) => ordered(own, officer, hidden))).rejects.toMatchObject({ code: "42501" });
    await expect(as(manager, (own) => ordered(own, manager, seen))).rejects.toMatchObject({ code: "42501" });
    await expect(as(manager, (own) => listAccessReports(own, manager, seen.customerId))).rejects.toMatchObject({ code: "not_allowed" });
    expect((await as(manager, (own) => sql`select from customers.access_report`.execute(own))).rows).toEqual([]);
    expect((await as(officer, (own) => listAccessReports(own, officer, seen.customerId))).reports).toHaveLength(1);
    const { rows } = await sql`select from customers.access_report where customer_id in (${seen.customerId}, ${hidden.customerId})`.execute(
      tx,
    );
    expect(rows).toHaveLength(1);
  });
});

test("every name of a retention rule that columns are classified by is a rule of the bank", async ({ tx }) => {
  const { rows } = await sql<{ name: string }>`select name from governance.retention_rule`.execute(tx);
  expect(rows.map(({ name }) => name).sort()).toEqual([...retentionNames].sort());
});
