import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect } from "vitest";
import { placeHold } from "../../server/customers/holds/holds.ts";
import { changeRetentionAct, changeRule, listRules } from "../../server/customers/retention/change-rule.ts";
import { orderRetention, previewRetention, runRetention } from "../../server/customers/retention/run-retention.ts";
import { actsOf, decideApproval } from "../../server/governance/approvals/index.ts";
import { personalData } from "../../server/main/personal-data.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { systemClock as clock } from "../../server/platform/clock/index.ts";
import { columnsOf } from "../../server/platform/data-map/index.ts";
import { inTransaction, sql, type Tx } from "../../server/platform/db/index.ts";
import { test } from "../support/database.ts";
import { bankUnit, type GivenCustomer, givenCustomer, givenPerson, givenProof, givenSession } from "../support/given.ts";

const home = mkdtempSync(join(tmpdir(), "vinculo-retention-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("a term of retention", () => {
  test("is set by two people, counted, ordered with a proof and carried out: what is over goes, what is held or within it stays, and the trail says so", async ({
    db,
    admin,
  }) => {
    const { officer, second, marketer, old, held, fresh } = await admin.transaction().execute(async (tx) => {
      const bank = await bankUnit(tx);
      await sql`select jobs.create_queue('run_retention', '{"policy": "standard", "partition": "false"}') where not exists (select from jobs.queue where name = 'run_retention')`.execute(
        tx,
      );
      const person = async (role: string) => givenSession(tx, await givenPerson(tx, role, bank));
      const customers = [await givenCustomer(tx), await givenCustomer(tx), await givenCustomer(tx)] as const;
      // A message nobody needs any more, and one of today.
      for (const days of [62, 0])
        await sql`insert into governance.notification (person_id, kind, at) select user_id, 'key_revoked', now() - make_interval(days => ${days}) from governance.app_user limit 1`.execute(
          tx,
        );
      // Of the first two everything is eleven years old.
      await sql`select customers.ensure_transaction_month('2015-11-15')`.execute(tx);
      for (const { partyId } of customers.slice(0, 2)) {
        await sql`update customers.transaction set booked_on = '2015-11-15' where party_id = ${partyId}`.execute(tx);
        await sql`update customers.balance set balance_on = '2015-11-30' where party_id = ${partyId}`.execute(tx);
      }
      const [old, held, fresh] = customers;
      return {
        officer: await person("privacy_officer"),
        second: await person("compliance_officer"),
        marketer: await person("analyst"),
        old,
        held,
        fresh,
      };
    });
    const as = <T>(who: Caller, work: (tx: Tx) => Promise<T>) => inTransaction(db, who, work);
    await as(officer, (tx) =>
      placeHold(tx, officer, { customerNo: `C-${held.customerId}`, caseCode: "LIT-1", reason: "the court asks", until: null }),
    );
    const rowsOf = async ({ partyId }: GivenCustomer) => {
      const { rows } = await sql<{ rows: number }>`
        select (select count(*) from customers.transaction where party_id = ${partyId})::int + (select count(*) from customers.balance where party_id = ${partyId})::int as rows`.execute(
        admin,
      );
      return rows[0]?.rows;
    };
    const acts = async () => {
      const { rows } = await sql<{ action: string; rows: number | null }>`
        select action, subject_count::int as rows from governance.audit_event where action like 'retention%' order by event_id`.execute(
        admin,
      );
      return rows;
    };

    // The term: asked for by one, in force when another has looked at exactly this.
    const rule = (await as(officer, (tx) => listRules(tx, officer))).rules.find(({ name }) => name === "transactions");
    if (rule === undefined) throw new Error("there is no such rule");
    const change = { months: 130, reason: "the law says eleven years less two months", version: rule.version };
    await expect(as(marketer, (tx) => changeRule(tx, marketer, clock, "transactions", change))).rejects.toMatchObject({
      code: "not_allowed",
    });
    const { requestId } = await as(officer, (tx) => changeRule(tx, officer, clock, "transactions", change));
    expect((await previewRetention(db, officer, clock)).overdue.find(({ table }) => table === "customers.transaction")?.before).toMatch(
      /^2016/,
    );
    const id = requestId ?? "";
    const { rows: hashes } = await sql<{ hash: string }>`
      select encode(governance.approval_hash(r), 'hex') as hash from governance.approval_request r where request_id = ${id}`.execute(admin);
    const hash = hashes[0]?.hash ?? "";
    const decide = (who: Caller) =>
      as(who, (tx) =>
        decideApproval(tx, who, clock, actsOf([changeRetentionAct]), { requestId: id, approve: true, note: "compared with the law", hash }),
      );
    await expect(decide(officer)).rejects.toMatchObject({ detail: { reason: "own" } });
    await givenProof(admin as unknown as Tx, second, {
      action: "approval.approved",
      subjectIds: [id],
      payload: { act: "retention_rule.changed", hash },
    });
    expect(await decide(second)).toEqual({ state: "approved" });

    // Counted, and nothing touched; ordered with a proof alone.
    const over = (await previewRetention(db, officer, clock)).overdue.filter(({ rows }) => rows > 0);
    expect(over.map(({ table, rows }) => [table, rows])).toEqual([
      ["customers.transaction", 1],
      ["customers.balance", 1],
      ["governance.notification", 1],
    ]);
    await expect(as(officer, (tx) => orderRetention(tx, officer, clock))).rejects.toMatchObject({ code: "step_up_needed" });
    await expect(as(marketer, (tx) => orderRetention(tx, marketer, clock))).rejects.toMatchObject({ code: "not_allowed" });
    expect([await rowsOf(old), await rowsOf(held), await rowsOf(fresh)]).toEqual([2, 2, 2]);
    await givenProof(admin as unknown as Tx, officer, { action: "retention.ordered", subjectIds: [] });
    await as(officer, (tx) => orderRetention(tx, officer, clock));

    const erasing = { db, caller: officer, now: clock.now(), home, columns: columnsOf(personalData) };
    const run = () => runRetention(erasing, new AbortController().signal);
    expect(await run()).toEqual({ rows: 3, customers: 0 });
    expect([await rowsOf(old), await rowsOf(held), await rowsOf(fresh)], "gone, held, within its term").toEqual([0, 2, 2]);
    expect(await run(), "again").toEqual({ rows: 0, customers: 0 });
    expect((await acts()).map(({ action }) => action)).toEqual([
      "retention.previewed",
      "retention_rule.changed",
      "retention.previewed",
      "retention.ordered",
      ...["retention.deleted", "retention.deleted", "retention.deleted"],
    ]);
    expect((await acts()).slice(-3).map(({ rows }) => rows)).toEqual([1, 1, 1]);

    // The hold is lifted: the next run takes what it kept.
    await sql`update customers.legal_hold set lifted_at = now(), lifted_by = ${second.userId}, lift_reason = 'the case is closed'`.execute(
      admin,
    );
    expect((await run()).rows).toBe(2);
    expect([await rowsOf(held), await rowsOf(fresh)]).toEqual([0, 2]);
  });
});
