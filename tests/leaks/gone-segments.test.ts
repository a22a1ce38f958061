import { text } from "node:stream/consumers";
import { expect } from "vitest";
import type { Filter } from "../../server/customers/directory/contract.ts";
import { countCustomers, listCustomers } from "../../server/customers/directory/index.ts";
import { exportCustomers } from "../../server/customers/exports/export-rows.ts";
import { operatorCaller } from "../../server/governance/access/index.ts";
import type { SegmentFilter } from "../../server/intelligence/segments/contract.ts";
import { archiveSegment, changeSegment, createSegment } from "../../server/intelligence/segments/keep-segments.ts";
import { previewSegment } from "../../server/intelligence/segments/preview-segment.ts";
import { listSegments } from "../../server/intelligence/segments/read-segments.ts";
import { settleSegments } from "../../server/intelligence/segments/settle-segments.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { inTransaction, sql } from "../../server/platform/db/index.ts";
import { test } from "../support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenUnit } from "../support/given.ts";

const page = { sort: "name", direction: "ascending", rows: 50 } as const;
const never = "00000000-0000-7000-8000-000000000000";
const well: SegmentFilter = { match: "all", of: [{ field: "assets_minor", op: "at_least", values: ["500"] }] };
const builtOn = (segmentId: string): SegmentFilter => ({ match: "all", of: [{ field: "member", op: "any_of", values: [segmentId] }] });

test("a list, a count, an export and a preview that ask about a segment which is not there for the reader are refused alike, and never answer everybody", async ({
  db,
  admin,
  clock,
}) => {
  const { branch, ids, marketer, manager, fraud } = await admin.transaction().execute(async (tx) => {
    const [branch, bank] = [await givenUnit(tx, "branch", null), await bankUnit(tx)];
    const ids: string[] = [];
    for (const assets of [900, 1]) {
      const { customerId } = await givenCustomer(tx, { branch, fullName: `Zebulon ${assets}` });
      await sql`insert into intelligence.customer_fact (customer_id, branch_id, as_of, assets_minor) values (${customerId}, ${branch.unitId}, '2026-02-28', ${assets})`.execute(
        tx,
      );
      ids.push(customerId);
    }
    const people = {
      marketer: await givenPerson(tx, "marketing_manager", bank),
      manager: await givenPerson(tx, "branch_manager", branch),
      fraud: await givenPerson(tx, "fraud_analyst", bank),
    };
    return { branch, ids, ...people };
  });
  const worker = await operatorCaller(db);
  const settle = () => settleSegments({ db, caller: worker, clock, customerIds: null });
  const keep = (name: string, shared: boolean, filter = well) =>
    inTransaction(db, marketer, async (tx) => (await createSegment(tx, marketer, { name, note: null, shared, filter })).segmentId);
  const [mine, ours] = [await keep("Mine alone", false), await keep("Well off", true)];
  const onOurs = await keep("Builds on it", true, builtOn(ours));
  await settle();

  const isOf = (operator: "is_one_of" | "is_none_of", ...value: string[]): Filter["conditions"][number] => ({
    field: "member",
    operator,
    value,
  });
  const here: Filter["conditions"][number] = { field: "branch", operator: "is_one_of", value: [branch.unitId] };
  const only = (condition: Filter["conditions"][number]): Filter => ({ match: "all", conditions: [here, condition] });
  const list = (who: Caller, filter: Filter) => inTransaction(db, who, (tx) => listCustomers(tx, who, clock, { ...page, filter }));
  const count = (who: Caller, filter: Filter) => inTransaction(db, who, (tx) => countCustomers(tx, who, clock, filter));
  const file = async (who: Caller, filter: Filter) =>
    text((await exportCustomers(db, who, clock, { format: "csv", sort: "name", direction: "ascending", filter })).stream);
  const trail = async () => (await sql<{ n: number }>`select count(*)::int as n from governance.audit_event`.execute(admin)).rows[0]?.n;
  /** The whole answer, as it goes out. */
  const refusalOf = async (answer: Promise<unknown>) => {
    const error = await answer.then(
      () => null,
      (thrown: { code: string; message: string; detail: unknown }) => thrown,
    );
    return error === null ? null : { code: error.code, message: error.message, detail: error.detail };
  };
  const gone = (id: string, name: string | null) => ({
    code: "invalid_input",
    message: expect.any(String),
    detail: { reason: "group_gone", groups: [{ id, name }] },
  });
  const everyWay = async (who: Caller, id: string): Promise<unknown[]> => {
    const before = await trail();
    const refusals: unknown[] = [];
    for (const operator of ["is_one_of", "is_none_of"] as const) {
      const plain = only(isOf(operator, id));
      const hidden: Filter = { match: "any", conditions: [here, { match: "all", conditions: [isOf(operator, id.toUpperCase())] }] };
      for (const filter of [plain, hidden]) {
        refusals.push(await refusalOf(list(who, filter)), await refusalOf(count(who, filter)));
        if (who.permissions.has("customer:export")) refusals.push(await refusalOf(file(who, filter)));
      }
    }
    expect(await trail()).toBe(before);
    return refusals;
  };

  // What is there answers as ever.
  expect((await list(manager, only(isOf("is_one_of", ours)))).customers.map(({ customerId }) => customerId)).toEqual([ids[0]]);
  expect((await list(manager, only(isOf("is_none_of", ours)))).customers.map(({ customerId }) => customerId)).toEqual([ids[1]]);
  expect(await count(manager, only(isOf("is_none_of", ours)))).toMatchObject({ count: 1 });
  expect((await file(manager, only(isOf("is_none_of", ours)))).trim().split("\r\n")).toHaveLength(2);
  expect(await count(marketer, only(isOf("is_none_of", mine)))).toMatchObject({ count: 1 });

  // Another's own, and one that never was: the same in every way, but for the id that was asked.
  expect(new Set((await everyWay(manager, mine)).map((one) => JSON.stringify(one).replaceAll(mine, never)))).toEqual(
    new Set((await everyWay(manager, never)).map((one) => JSON.stringify(one))),
  );
  for (const refusal of await everyWay(manager, mine)) expect(refusal).toEqual(gone(mine, null));
  for (const refusal of await everyWay(fraud, ours)) expect(refusal).toEqual(gone(ours, null));
  expect(await refusalOf(list(manager, only(isOf("is_none_of", ours, mine, never))))).toMatchObject({
    detail: { groups: [{ id: mine, name: null }, { id: never, name: null }] }, // biome-ignore format: one line
  });

  // Shared no more: as if it never was.
  const share = (version: number, shared: boolean) =>
    inTransaction(db, marketer, (tx) => changeSegment(tx, marketer, ours, { name: "Well off", note: null, shared, filter: null, version }));
  await share(1, false);
  for (const refusal of await everyWay(manager, ours)) expect(refusal).toEqual(gone(ours, null));
  await share(2, true);
  expect(await count(manager, only(isOf("is_none_of", ours)))).toMatchObject({ count: 1 });

  // Put away: named to whoever could see it.
  await inTransaction(db, marketer, (tx) => archiveSegment(tx, marketer, ours));
  for (const who of [manager, marketer]) for (const refusal of await everyWay(who, ours)) expect(refusal).toEqual(gone(ours, "Well off"));
  for (const refusal of await everyWay(fraud, ours)) expect(refusal).toEqual(gone(ours, null));
  const preview = (who: Caller, id: string) => inTransaction(db, who, (tx) => previewSegment(tx, who, clock, builtOn(id)));
  expect(await refusalOf(preview(manager, ours))).toEqual(gone(ours, "Well off"));

  // What builds on it has nobody in it since it was computed again, and "none of" it is not everybody either; asked otherwise, it is there again.
  await settle();
  for (const refusal of await everyWay(manager, onOurs)) expect(refusal).toEqual(gone(onOurs, "Builds on it"));
  expect(await refusalOf(preview(manager, onOurs))).toEqual(gone(onOurs, "Builds on it"));
  const own = await inTransaction(db, marketer, (tx) => listSegments(tx, marketer));
  expect(own.segments.map(({ name }) => name).sort()).toEqual(["Builds on it", "Mine alone"]);
  const again = { name: "Builds on it", note: null, shared: true, filter: well, version: 1 };
  await inTransaction(db, marketer, (tx) => changeSegment(tx, marketer, onOurs, again));
  await settle();
  expect(await count(manager, only(isOf("is_none_of", onOurs)))).toMatchObject({ count: 1 });
});
