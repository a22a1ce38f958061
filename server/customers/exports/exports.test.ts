import { text } from "node:stream/consumers";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import { givenCompartment, givenSeal } from "../../../tests/support/given-seal.ts";
import { inTransaction, sql } from "../../platform/db/index.ts";
import { exportCustomers, exportTransactions } from "./export-rows.ts";

const all = { format: "csv", sort: "name", direction: "ascending" } as const;

describe("an export", () => {
  test("holds the rows of the screen, a watermark in each, and stands on the trail and in the budget once", async ({
    db,
    admin,
    clock,
  }) => {
    const { manager, names } = await admin.transaction().execute(async (tx) => {
      const branch = await givenUnit(tx, "branch", null);
      const given = [];
      for (const fullName of ["=cmd|calc", "b Plain"]) given.push(await givenCustomer(tx, { fullName, branch, nationalId: "Q7755331" }));
      const sealed = await givenCustomer(tx, { fullName: "zebulon sealed", branch });
      await givenSeal(tx, sealed, await givenCompartment(tx, "vip"));
      await givenCustomer(tx, { fullName: "zebulon far", branch: await givenUnit(tx, "branch", null) });
      return { manager: await givenPerson(tx, "branch_manager", branch), names: given };
    });
    const { stream, fileName } = await exportCustomers(db, manager, clock, all);
    const file = await text(stream);
    const [header, ...rows] = file.trim().split("\r\n");
    expect(header).toMatch(/^customer_no,kind,full_name,.*,export$/);
    expect(rows).toHaveLength(names.length);
    expect(file).toContain(",'=cmd|calc,");
    for (const hidden of ["zebulon", "7755331"]) expect(file).not.toContain(hidden);
    const { rows: trail } = await sql<{ id: string; rows: number; format: string }>`
      select detail ->> 'exportId' as id, (detail ->> 'rows')::int as rows, detail ->> 'format' as format
      from governance.audit_event where actor_id = ${manager.userId}`.execute(admin);
    expect(trail).toEqual([{ id: expect.any(String), rows: 2, format: "csv" }]);
    for (const row of rows) expect(row).toContain(`,${trail[0]?.id} ${manager.displayName} 2026-03-15T09:30:00.000Z`);
    expect(fileName).toContain(trail[0]?.id.slice(-8));
    const { rows: budget } =
      await sql`select class, rows::int as rows from governance.egress_budget where person_id = ${manager.userId}`.execute(admin);
    expect(budget).toEqual([{ class: "customer", rows: 2 }]);
  });

  test("AC-64: above the budget it is refused whole, before its first row", async ({ db, admin, clock }) => {
    const analyst = await admin.transaction().execute(async (tx) => givenPerson(tx, "analyst", await bankUnit(tx)));
    await sql`insert into platform.setting (name, value) values ('limits.egress', '{"customer": 2, "transaction": 0}')`.execute(admin);
    await expect(exportCustomers(db, analyst, clock, all)).rejects.toMatchObject({
      code: "limit_reached",
      detail: { limit: "egress_customer" },
    });
    const { rows } = await inTransaction(db, analyst, (tx) =>
      sql<{ id: string }>`select customer_id as id from customers.customer limit 1`.execute(tx),
    );
    await expect(exportTransactions(db, analyst, clock, rows[0]?.id ?? "", { format: "csv" })).rejects.toMatchObject({
      code: "limit_reached",
      detail: { limit: "egress_transaction" },
    });
    await sql`delete from platform.setting where name = 'limits.egress'`.execute(admin);
    const { stream, contentType } = await exportTransactions(db, analyst, clock, rows[0]?.id ?? "", { format: "csv" });
    expect(contentType).toContain("text/csv");
    expect((await text(stream)).trim().split("\r\n")).toHaveLength(2);
  });

  test("AC-01: is not for everybody, and not of a customer out of reach", async ({ db, admin, clock }) => {
    const { steward, manager, far } = await admin.transaction().execute(async (tx) => ({
      steward: await givenPerson(tx, "data_steward", await bankUnit(tx)),
      manager: await givenPerson(tx, "branch_manager", await givenUnit(tx, "branch", null)),
      far: await givenCustomer(tx, { branch: await givenUnit(tx, "branch", null) }),
    }));
    await expect(exportCustomers(db, steward, clock, all)).rejects.toMatchObject({ code: "not_allowed" });
    for (const customerId of [far.customerId, crypto.randomUUID()])
      await expect(exportTransactions(db, manager, clock, customerId, { format: "xlsx" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("goes out as a workbook, too", async ({ db, admin, clock }) => {
    const analyst = await admin.transaction().execute(async (tx) => givenPerson(tx, "analyst", await bankUnit(tx)));
    const { stream, fileName } = await exportCustomers(db, analyst, clock, { ...all, format: "xlsx" });
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect([Buffer.concat(chunks).subarray(0, 2).toString(), fileName.endsWith(".xlsx")]).toEqual(["PK", true]);
  });
});
