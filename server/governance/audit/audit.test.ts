import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenPerson } from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { originalCell } from "../../platform/files/index.ts";
import { exportEvents } from "./export-events.ts";
import { listAuditEvents, listLooks } from "./list-events.ts";
import { record } from "./record.ts";
import { recordRefusal } from "./record-refusal.ts";

const arranged = async (admin: Db["app"], roleId: string): Promise<Caller> =>
  admin.transaction().execute(async (tx) => givenPerson(tx, roleId, await bankUnit(tx)));

describe("the trail", () => {
  test("cannot be changed, emptied or disabled by any login of the product, nor a partition or a seal of it", async ({ db, admin }) => {
    const caller = await arranged(admin, "auditor");
    await inTransaction(db, caller, (tx) => record(tx, { caller, action: "customer.viewed", subjectKind: "customer" }));
    const { rows: partitions } = await sql<{ name: string }>`
      select 'governance.' || relname as name from pg_class where relname ~ '^audit_(event|seal|timestamp|anchor|check)' and relkind in ('r', 'p')
      order by 1`.execute(admin);
    const tables = partitions.map(({ name }) => name);
    expect(tables).toContain("governance.audit_event_default");
    const before = await fingerprint(admin);
    for (const login of ["app", "worker", "sealer", "backup"] as const) {
      for (const table of tables) {
        const mayUpdate = login === "sealer" && /audit_(anchor|check)$/.test(table);
        const statements = [
          `delete from ${table}`,
          `truncate ${table}`,
          `alter table ${table} disable trigger all`,
          `alter table ${table} disable row level security`,
          `drop table ${table}`,
          `alter table governance.audit_event detach partition ${table}`,
          ...(mayUpdate ? [] : [`update ${table} set ${/event/.test(table) ? "action = 'x'" : await firstColumn(admin, table)}`]),
        ];
        for (const statement of statements)
          await expect(asRole(admin, `vinculo_${login}`, statement), `${login}: ${statement}`).rejects.toThrow(
            /denied|must be owner|append-only|not permitted/,
          );
      }
    }
    // The owner of the tables cannot log in; even as it, row security shows no row to change, and nothing is emptied.
    for (const statement of ["update governance.audit_event set action = 'x'", "delete from governance.audit_event"])
      await admin.transaction().execute(async (tx) => {
        await sql`set local role vinculo_owner`.execute(tx);
        await sql.raw(statement).execute(tx);
      });
    for (const table of ["governance.audit_event", "governance.audit_event_default", "governance.audit_seal"])
      await expect(asRole(admin, "vinculo_owner", `truncate ${table}`), table).rejects.toThrow(/append-only/);
    expect(await fingerprint(admin)).toEqual(before);
  });

  test("takes its time, number and transaction from the database: a writer cannot date a row back", async ({ db, admin }) => {
    const caller = await arranged(admin, "auditor");
    for (const column of ["at", "event_id", "xid"]) {
      const chosen = { at: "'2001-01-01'", event_id: "1", xid: "'5'" }[column] ?? "";
      const forged = `insert into governance.audit_event (actor_id, request_id, purpose, action, subject_kind, ${column}) values ('${caller.userId}', 'r', 'serve', 'a.b', 'x', ${chosen})`;
      await expect(
        inTransaction(db, caller, (tx) => sql.raw(forged).execute(tx)),
        column,
      ).rejects.toThrow();
    }
    const other = await arranged(admin, "auditor");
    await expect(
      inTransaction(db, caller, (tx) => record(tx, { caller: other, action: "customer.viewed", subjectKind: "customer" })),
    ).rejects.toMatchObject({ code: "unavailable" });
  });

  test("fails closed: when the row cannot be written, the act does not happen and is told as unavailable", async ({ db, admin }) => {
    const caller = await arranged(admin, "administrator");
    const act = () =>
      inTransaction(db, caller, async (tx) => {
        await sql`update governance.app_user set theme = 'dark' where user_id = ${caller.userId}`.execute(tx);
        await record(tx, { caller, action: "preferences.changed", subjectKind: "user", subjectIds: [caller.userId] });
      });
    await sql`revoke insert on governance.audit_event from vinculo_app`.execute(admin);
    await sql`revoke insert (actor_id) on governance.audit_event from vinculo_app`.execute(admin);
    await expect(act()).rejects.toMatchObject({ code: "unavailable" });
    const refusal = recordRefusal(db, { caller, endpoint: "viewCustomer", code: "not_found", params: {} });
    await expect(refusal).rejects.toMatchObject({ code: "unavailable" });
    const { rows } = await sql<{ theme: string }>`select theme from governance.app_user where user_id = ${caller.userId}`.execute(admin);
    expect(rows).toEqual([{ theme: "system" }]);
    await sql`grant insert (actor_id, session_id, request_id, purpose, action, subject_kind, subject_ids, subject_count, query_hash, detail, decision, field_classes,
      ip_address, user_agent) on governance.audit_event to vinculo_app`.execute(admin);
    await expect(act()).resolves.toBeUndefined();
  });

  test("keeps a refused attempt though its transaction is gone: who, from where, what for, about whom", async ({ db, admin }) => {
    const caller = { ...(await arranged(admin, "relationship_manager")), ipAddress: "2001:db8::7", userAgent: "Browser 1" };
    const customerId = crypto.randomUUID();
    await recordRefusal(db, { caller, endpoint: "viewCustomer", code: "not_found", params: { customerId, other: "=cmd" } });
    const { rows } = await sql`
      select action, decision, subject_kind, subject_ids, host(ip_address) as ip, user_agent, detail from governance.audit_event where actor_id = ${caller.userId}`.execute(
      admin,
    );
    expect(rows).toEqual([
      {
        action: "access.refused",
        decision: "refused",
        subject_kind: "customer",
        subject_ids: [customerId],
        ip: "2001:db8::7",
        user_agent: "Browser 1",
        detail: { endpoint: "viewCustomer", code: "not_found" },
      },
    ]);
  });

  test("AC-47: line breaks, escapes, direction marks and a megabyte in what a browser calls itself forge and flood nothing", async ({
    db,
    admin,
  }) => {
    const caller = await arranged(admin, "relationship_manager");
    const userAgents = ["a\r\nb", "\u001b[2Jgone", "x".repeat(1_000_000), "\u202etxt.exe", "\ud800", "\u0000", "🦊".repeat(200)];
    for (const userAgent of userAgents)
      await inTransaction(db, caller, (tx) =>
        record(tx, { caller: { ...caller, userAgent }, action: "customer.viewed", subjectKind: "customer" }),
      );
    const { rows } = await sql<{
      agent: string;
    }>`select user_agent as agent from governance.audit_event where actor_id = ${caller.userId} order by event_id`.execute(admin);
    expect(rows).toHaveLength(userAgents.length);
    for (const { agent } of rows) {
      expect(agent.length).toBeLessThanOrEqual(300);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(agent).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
    const flood = inTransaction(db, caller, (tx) =>
      record(tx, { caller, action: "customer.viewed", subjectKind: "customer", detail: { text: "x".repeat(5_000) } }),
    );
    await expect(flood).rejects.toThrow("too long");
  });
});

describe("auditors", () => {
  test("find by person, customer, act, decision and day; page by page without a gap; and are on the trail themselves", async ({
    db,
    admin,
  }) => {
    const auditor = await arranged(admin, "auditor");
    const manager = await arranged(admin, "relationship_manager");
    const customerId = crypto.randomUUID();
    for (let act = 0; act < 130; act += 1)
      await inTransaction(db, manager, (tx) =>
        record(tx, {
          caller: manager,
          action: act % 2 === 0 ? "customer.viewed" : "customer.listed",
          subjectKind: "customer",
          subjectIds: [customerId],
        }),
      );
    await recordRefusal(db, { caller: manager, endpoint: "viewCustomer", code: "not_found", params: { customerId } });
    const ask = (query: Parameters<typeof listAuditEvents>[2]) => inTransaction(db, auditor, (tx) => listAuditEvents(tx, auditor, query));
    const first = await ask({ subjectId: customerId });
    expect([first.events.length, first.next === null]).toEqual([100, false]);
    const second = await ask({ subjectId: customerId, before: first.next ?? "" });
    expect(new Set([...first.events, ...second.events].map(({ eventId }) => eventId)).size).toBe(131);
    expect((await ask({ actorId: manager.userId, action: "customer.viewed" })).events).toHaveLength(65);
    expect((await ask({ actorId: manager.userId, decision: "refused" })).events).toMatchObject([{ action: "access.refused" }]);
    expect((await ask({ actorId: manager.userId, to: "2001-01-01" })).events).toEqual([]);
    await expect(ask({ before: "1; drop table" })).rejects.toMatchObject({ code: "invalid_input" });
    const { looks } = await inTransaction(db, auditor, (tx) => listLooks(tx, auditor, customerId, {}));
    expect(looks.find(({ actorId }) => actorId === manager.userId)).toMatchObject({ alone: 130, among: 0, refused: 1 });
    const own = await ask({ actorId: auditor.userId });
    expect(own.events.map(({ action }) => action)).toContain("audit.looks_read");
  });

  test("alone may: without the right the verbs refuse, and the database shows nothing", async ({ db, admin }) => {
    const manager = await arranged(admin, "branch_manager");
    await inTransaction(db, manager, (tx) => record(tx, { caller: manager, action: "customer.viewed", subjectKind: "customer" }));
    await expect(inTransaction(db, manager, (tx) => listAuditEvents(tx, manager, {}))).rejects.toMatchObject({ code: "not_allowed" });
    await expect(exportEvents(db, manager, {})).rejects.toMatchObject({ code: "not_allowed" });
    const asked = await inTransaction(db, manager, async (tx) => [
      (await sql`select * from governance.audit_event`.execute(tx)).rows,
      (await sql`select * from governance.find_audit_events(null, null, null, null, null, null, null, null, 10)`.execute(tx)).rows,
      (await sql`select * from governance.looks_at_subject(${crypto.randomUUID()}::uuid, null, null)`.execute(tx)).rows,
      (await sql`select seal_no from governance.audit_seal`.execute(tx)).rows,
      (await sql`select * from governance.audit_check`.execute(tx)).rows,
    ]);
    expect(asked).toEqual([[], [], [], [], []]);
  });

  test("AC-45: no cell of an exported trail is a formula, in any column, the header included; taking the apostrophe away gives the value back", async ({
    db,
    admin,
  }) => {
    const auditor = await arranged(admin, "auditor");
    const evil = [
      "=1+1",
      "+1",
      "-1",
      "@SUM(A1)",
      "＝1+1",
      "＋1",
      "－1",
      "＠x",
      " =1",
      "'quoted",
      'a"b,c',
      '=HYPERLINK("http://x")',
      "|calc",
    ];
    for (const userAgent of evil)
      await inTransaction(db, auditor, (tx) =>
        record(tx, { caller: { ...auditor, userAgent }, action: "customer.viewed", subjectKind: "customer" }),
      );
    await sql`update governance.app_user set display_name = '=cmd|calc' where user_id = ${auditor.userId}`.execute(admin);
    const { stream } = await exportEvents(db, auditor, { actorId: auditor.userId });
    const lines = parseCsv((await stream.toArray()).join(""));
    expect(lines[0]).toContain("user_agent");
    for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    const column = lines[0]?.indexOf("user_agent") ?? -1;
    const agents = lines.slice(1).map((cells) => originalCell(cells[column] ?? ""));
    for (const userAgent of evil) expect(agents).toContain(userAgent);
    const { rows } =
      await sql`select action, subject_count as rows from governance.audit_event where actor_id = ${auditor.userId} and action like 'audit.%' order by event_id`.execute(
        admin,
      );
    expect(rows).toEqual([
      { action: "audit.exported", rows: 0 },
      { action: "audit.export_finished", rows: evil.length },
    ]);
    const spent = async () =>
      (await sql<{ rows: bigint }>`select rows from governance.egress_budget where person_id = ${auditor.userId}`.execute(admin)).rows[0]
        ?.rows;
    const before = await spent();
    await sql`insert into platform.setting (name, value) values ('limits.egress', '{"customer": 3}')`.execute(admin);
    await expect(exportEvents(db, auditor, { actorId: auditor.userId })).rejects.toMatchObject({ code: "limit_reached" });
    expect([before, await spent()]).toEqual([BigInt(evil.length), BigInt(evil.length)]);
  });
});

/** As `role` on a connection that comes from the superuser, rolled back. */
async function asRole(admin: Db["app"], role: string, statement: string): Promise<void> {
  await admin.transaction().execute(async (tx) => {
    await sql`select set_config('role', ${role}, true)`.execute(tx);
    await sql.raw(statement).execute(tx);
    throw new Error(`${role} could: ${statement}`);
  });
}

async function firstColumn(admin: Db["app"], table: string): Promise<string> {
  const { rows } = await sql<{
    name: string;
  }>`select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum = 1`.execute(admin);
  return `${rows[0]?.name} = ${rows[0]?.name}`;
}

async function fingerprint(admin: Db["app"]): Promise<unknown> {
  return (await sql`select count(*), md5(string_agg(e::text, '' order by event_id)) from governance.audit_event e`.execute(admin)).rows;
}

/** RFC 4180, as a spreadsheet reads it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.replace(/^\ufeff/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
  }
  return rows.filter((cells) => cells.join("") !== "");
}
