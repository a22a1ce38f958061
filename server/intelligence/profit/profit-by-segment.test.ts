import { expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, type GivenUnit, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import { changeSegment, createSegment } from "../segments/index.ts";
import { listProfitCustomers, readProfit } from "./read-profit.ts";

async function given(tx: Tx, branch: GivenUnit, fullName: string, feesMinor: number): Promise<string> {
  const { customerId } = await givenCustomer(tx, { branch, fullName });
  await sql`insert into intelligence.customer_fact (customer_id, branch_id, as_of) values (${customerId}, ${branch.unitId}, '2026-02-28')`.execute(
    tx,
  );
  await sql`insert into intelligence.customer_value (customer_id, month, asset_margin, deposit_margin, fees, interchange, exchange_margin, activity_cost,
      expected_loss, acquisition_cost, capital_charge, volume_minor, unpriced, own_count)
    values (${customerId}, '2026-02-01', 0, 0, ${feesMinor}, 0, 0, 0, 0, 0, 0, 0, 0, 0)`.execute(tx);
  return customerId;
}

test("profit of a saved segment is of its members whom the reader sees, in every sum and list; one not shared answers as one that does not exist", async ({
  tx,
  as,
}) => {
  const bank = await bankUnit(tx);
  const [north, south] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
  const ids = { ana: await given(tx, north, "Ana", 500), cleo: await given(tx, south, "Cleo", 70) };
  await given(tx, north, "Ben", 3000);
  const [marketer, finance] = [await givenPerson(tx, "marketing_manager", bank), await givenPerson(tx, "finance_manager", bank)];
  const manager = await givenPerson(tx, "branch_manager", north);
  const wish = { name: "Some", note: null, shared: false };
  const { segmentId } = await as(marketer, (own) => createSegment(own, marketer, { ...wish, filter: { match: "all", of: [] } }));
  await sql`insert into intelligence.segment_member (segment_id, customer_id, joined_on)
    select ${segmentId}, id, '2026-03-15' from unnest(${[ids.ana, ids.cleo]}::uuid[]) id`.execute(tx);
  const whole = { measure: "profit" as const, months: 12, memberOf: segmentId };
  const read = (who: Caller, slice = whole) => as(who, (own) => readProfit(own, who, slice));
  const list = (who: Caller, slice = whole) =>
    as(who, (own) => listProfitCustomers(own, who, { ...slice, from: 0, to: 1, order: "best", rows: 10 }));
  for (const slice of [whole, { ...whole, memberOf: "00000000-0000-7000-8000-000000000000" }]) {
    const refused = { code: "invalid_input", detail: { reason: "group_gone", groups: [{ id: slice.memberOf, name: null }] } };
    await expect(read(finance, slice)).rejects.toMatchObject(refused);
    await expect(list(finance, slice)).rejects.toMatchObject(refused);
  }
  await as(marketer, (own) => changeSegment(own, marketer, segmentId, { ...wish, filter: null, version: 1, shared: true }));
  const answer = await read(finance);
  expect([answer.customers, answer.parts.fees, answer.curve.totalMinor]).toEqual([2, 570n, 570n]);
  expect((await list(finance)).customers.map(({ fullName }) => fullName)).toEqual(["Ana", "Cleo"]);
  expect([(await read(manager)).customers, (await list(manager)).customers.map(({ fullName }) => fullName)]).toEqual([1, ["Ana"]]);
  // By single months too: nobody else's.
  expect((await read(finance, { ...whole, months: 1 })).customers).toBe(0);
});
