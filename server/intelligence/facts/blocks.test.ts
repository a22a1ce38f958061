import { expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import { givenClearance, givenCompartment } from "../../../tests/support/given-seal.ts";
import type { ContextCaller } from "../../platform/db/index.ts";
import { sql } from "../../platform/db/index.ts";
import { layBlocks, listStale, writeBlocks } from "./block-store.ts";
import { factRows } from "./fact-rows.ts";

test("blocks say at every moment what the rows say, hold nobody who is sealed, and are read by who reaches the whole bank alone", async ({
  tx,
  as,
}) => {
  const [north, south] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
  const given = async (branch: typeof north, assets: number) => {
    const { customerId } = await givenCustomer(tx, { branch });
    await sql`insert into intelligence.customer_fact (customer_id, branch_id, as_of, assets_minor, tier)
      values (${customerId}, ${branch.unitId}, '2026-02-28', ${assets}, ${assets > 500 ? "gold" : null})`.execute(tx);
    return customerId;
  };
  const [rich, poor, southern] = [await given(north, 900), await given(north, 100), await given(south, 500)];
  const analyst = await givenPerson(tx, "analyst", await bankUnit(tx));
  const manager = await givenPerson(tx, "branch_manager", north);
  const read = (caller: ContextCaller, wholeBank: boolean, columns: readonly string[]) =>
    as(caller, async (acting) => {
      const rows = await factRows(acting, wholeBank, columns);
      const { rows: found } = await sql<Record<string, unknown>>`
        select ${sql.raw(columns.map((name) => `f.${name}`).join(", "))} from ${rows} order by ${sql.raw(columns.map((_, at) => at + 1).join(", "))}`.execute(
        acting,
      );
      return found;
    });
  const columns = ["customer_id", "branch_id", "assets_minor", "tier", "last_card_on"];
  /** How many the analyst reads in blocks, after seeing that it is what they read row by row. */
  const agree = async () => {
    const inBlocks = await read(analyst, true, columns);
    expect(inBlocks).toEqual(await read(analyst, false, columns));
    return inBlocks.length;
  };
  const held = (caller: ContextCaller) =>
    as(caller, async (acting) => {
      const { rows } = await sql<{ id: string }>`select unnest(customer_id) as id from intelligence.fact_block order by 1`.execute(acting);
      return rows.map(({ id }) => id);
    });
  const write = () => as(analyst, async (acting) => writeBlocks(acting, await listStale(acting)), { role: "worker" });

  await as(analyst, layBlocks, { role: "worker" });
  expect(await agree(), "laid, not yet written").toBe(3);
  await write();
  expect(await held(analyst)).toEqual([rich, poor, southern].sort());
  expect(await agree()).toBe(3);
  expect([await held(manager), await read(manager, true, ["assets_minor"])]).toEqual([
    [],
    [{ assets_minor: 100n }, { assets_minor: 900n }],
  ]);

  await sql`update intelligence.customer_fact set assets_minor = 5, last_card_on = '2026-02-01' where customer_id = ${poor}`.execute(tx);
  await sql`update customers.customer set branch_id = ${north.unitId} where customer_id = ${southern}`.execute(tx);
  expect(await agree(), "changed, not yet written").toBe(3);
  expect(await held(analyst), "a block that does not hold is read by nobody").not.toContain(poor);
  await write();
  expect(await agree()).toBe(3);

  const vip = await givenCompartment(tx, "vip");
  const seal = sql`update intelligence.customer_fact set compartments = array[${vip}]::smallint[] where customer_id = ${rich}`;
  await seal.execute(tx);
  expect(await agree(), "sealed, not yet written").toBe(2);
  expect(await held(analyst)).not.toContain(rich);
  await write();
  expect(await held(analyst)).toEqual([poor, southern].sort());
  expect(await agree()).toBe(2);
  await givenClearance(tx, analyst, vip);
  expect(await agree(), "cleared").toBe(3);

  await sql`delete from intelligence.customer_fact where customer_id = ${poor}`.execute(tx);
  expect(await agree(), "gone, not yet written").toBe(2);
  await sql`truncate intelligence.customer_fact`.execute(tx);
  expect(await agree()).toBe(0);
});
