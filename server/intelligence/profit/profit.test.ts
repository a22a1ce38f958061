import { describe, expect } from "vitest";
import { test as base, frozenClock } from "../../../tests/support/database.ts";
import {
  bankUnit,
  type GivenCustomer,
  type GivenUnit,
  givenCustomer,
  givenPerson,
  givenProof,
  givenSession,
  givenUnit,
} from "../../../tests/support/given.ts";
import { givenCompartment, givenSeal, systemOperator } from "../../../tests/support/given-seal.ts";
import { callerWith } from "../../../tests/support/server.ts";
import { actsOf, decideProven } from "../../governance/approvals/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { seededRandom } from "../../platform/random/index.ts";
import { ProfitParameters, profitProducts } from "../value/contract.ts";
import { holdingMonthProfit, profitParts, rfmScores } from "../value/index.ts";
import { appealTier, decideAppeal, listAppeals } from "./appeal-tier.ts";
import { approveParametersAct, proposeParameters, readParameters } from "./parameters.ts";
import { readCustomerValue, readOwnValue } from "./read-customer-value.ts";
import { listProfitCustomers, readProfit } from "./read-profit.ts";
import { applyParameters, refreshProfit, refreshTier } from "./refresh-profit.ts";
import { saveRanks } from "./value-store.ts";

const clock = frozenClock();
const worker = callerWith(["profit:manage"]);
const profitQueues = ["apply_profit_parameters", "decide_tier"];
const run = (db: Db, customers: "all" | readonly string[]) => refreshProfit({ db, caller: worker, clock, customers });

interface World {
  readonly north: GivenUnit;
  readonly south: GivenUnit;
  readonly ana: GivenCustomer;
  readonly ben: GivenCustomer;
  readonly cleo: GivenCustomer;
  readonly sealed: GivenCustomer;
}

/** One account each, with what happens on it; FROZEN_NOW is in March 2026, so February is the last whole month. */
const test = base.extend("world", { scope: "file" }, async ({ admin, db }): Promise<World> => {
  const world = await admin.transaction().execute(async (tx) => {
    const [north, south] = [await givenUnit(tx, "branch", null, "NORTH"), await givenUnit(tx, "branch", null, "SOUTH")];
    const given = (fullName: string, branch: GivenUnit, assetsMinor: bigint) => givenCustomer(tx, { fullName, branch, assetsMinor });
    const made = {
      ...{ north, south, ana: await given("Ana", north, 0n), ben: await given("Ben", north, 900_000n) },
      ...{ cleo: await given("Cleo", south, 50_000n), sealed: await given("Sealed", north, 7_000_000n) },
    };
    await givenSeal(tx, made.sealed, await givenCompartment(tx, "vip"));
    await sql`update customers.customer set last_transaction_on = '2026-02-28'`.execute(tx);
    await sql`delete from customers.transaction`.execute(tx);
    await sql`delete from customers.balance`.execute(tx);
    await sql`update customers.holding set opened_on = '2020-01-01'`.execute(tx);
    for (const month of ["2025-12-01", "2026-01-01", "2026-02-01"])
      await sql`select customers.ensure_transaction_month(${month})`.execute(tx);
    // Ana: 3,100.00 from 1 January, 10 days of it 6,200.00 more; then February at 3,100.00.
    await sql`update customers.holding set balance_minor = 310000, balance_on = '2026-02-28' where holding_id = ${made.ana.holdingId}`.execute(
      tx,
    );
    await pay(tx, made.ana, { on: "2026-01-01", amount: 310_000n, after: 310_000n, channel: "branch", category: "cash" });
    await pay(tx, made.ana, { on: "2026-01-11", amount: 620_000n, after: 930_000n, channel: "mobile", category: "transfer" });
    await pay(tx, made.ana, { on: "2026-01-21", amount: -619_000n, after: 311_000n, channel: "pos", category: "shopping" });
    await pay(tx, made.ana, { on: "2026-01-21", amount: -1_000n, after: 310_000n, channel: "bank", category: "fee" });
    return made;
  });
  // Queues, as where workers run; nobody works them here.
  for (const name of profitQueues) await sql`select jobs.create_queue(${name}, '{"policy": "standard"}')`.execute(admin);
  await run(db, "all");
  return world;
});

async function pay(
  tx: Tx,
  { partyId, holdingId }: GivenCustomer,
  { on, amount, after, channel, category }: { on: string; amount: bigint; after: bigint; channel: string; category: string },
): Promise<void> {
  await sql`select customers.ensure_transaction_month(${on})`.execute(tx);
  await sql`insert into customers.transaction (party_id, booked_on, transaction_id, holding_id, amount_minor, balance_after_minor, line_no, load_no, source_id, currency,
      source_key, channel, category)
    select ${partyId}, ${on}, ${newId()}, ${holdingId}, ${amount}, ${after}, (extract(epoch from clock_timestamp()) * 1e6)::bigint, 1, h.source_id, 'EUR', ${newId()}, ${channel}, ${category}
    from customers.holding h where h.holding_id = ${holdingId}`.execute(tx);
}

const months = async (tx: Tx) => {
  const { rows } = await sql<
    Record<string, unknown>
  >`select * from intelligence.holding_profit order by party_id, holding_id, month`.execute(tx);
  const { rows: values } = await sql<Record<string, unknown>>`select * from intelligence.customer_value order by customer_id`.execute(tx);
  const { rows: tiers } = await sql<
    Record<string, unknown>
  >`select customer_id, tier from intelligence.customer_tier order by customer_id`.execute(tx);
  return { rows, values, tiers };
};
const asOperator = async <T>(db: Db, work: (tx: Tx) => Promise<T>, caller: Caller, clockTime = 5000) =>
  inTransaction(db, caller, work, { statementTimeoutMs: clockTime });

test("a customer by hand, to the cent", async ({ world, admin }) => {
  const { rows } = await sql<Record<string, bigint | string>>`
    select month, deposit_minor, fees_minor, card_spend_minor, activities, own_count, own_days, deposit_margin, fees, interchange, activity_cost, acquisition_cost
    from intelligence.holding_profit where holding_id = ${world.ana.holdingId} and month >= '2025-12-01' order by month`.execute(admin);
  // 31 days of January: 10 at 3,100.00, 10 at 9,300.00, 11 at 3,100.00: 5,100.00 on average. 24 months: 2.13 % without interest paid; a twelfth of it.
  const price = 0.021 + ((0.024 - 0.021) * 12) / 48;
  expect(rows).toMatchObject([
    { month: "2025-12-01", deposit_minor: 0n, activity_cost: -210n, deposit_margin: 0n },
    {
      ...{ month: "2026-01-01", deposit_minor: 510_000n, fees_minor: 1_000n, card_spend_minor: 619_000n, own_count: 3, own_days: 3 },
      activities: { branch: 1, mobile: 1, pos: 1, bank: 1 },
      deposit_margin: BigInt(Math.round((510_000 * price) / 12)), // 9.24
      fees: 1_100n, // 10.00 charged, 1.00 a month for the account
      interchange: 3_714n, // 0.6 % of 6,190.00
      activity_cost: -705n, // 4.80 + 0.04 + 0.06 + 0.05, and 2.10 for keeping it
      acquisition_cost: 0n,
    },
    { month: "2026-02-01", deposit_minor: 310_000n, deposit_margin: BigInt(Math.round((310_000 * price) / 12)), activity_cost: -210n },
  ]);
  const { rows: value } = await sql<{ profit: bigint; volume: bigint }>`
    select profit_minor as profit, volume_minor as volume from intelligence.customer_value where customer_id = ${world.ana.customerId}`.execute(
    admin,
  );
  // Twelve months at 1.00 income and 2.10 cost, and what January and February brought above that.
  expect(value[0]).toEqual({ profit: 12n * (100n - 210n) + 924n + 1_000n + 3_714n - 495n + 562n, volume: 310_000n });
});

test("the database prices months as the rule does, for every product, currency and version", async ({ world, admin, db }) => {
  const [parameters] = (await sql<{ body: unknown }>`select body from intelligence.profit_parameters where version_no = 1`.execute(admin))
    .rows;
  const body = ProfitParameters.parse(parameters?.body);
  let seed = 5;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const currencies = Object.keys(body.exchangeRates);
  const made = Array.from({ length: 300 }, (_, at) => ({
    product: profitProducts[at % profitProducts.length] ?? "loan",
    currency: currencies[random(currencies.length)] ?? "EUR",
    assetMinor: BigInt(random(2) * random(2_000_000_000)),
    depositMinor: BigInt(random(2) * random(2_000_000_000)),
    undrawnMinor: BigInt(random(2) * random(9_000_000)),
    customerRate: random(2) === 0 ? null : random(1000) / 10_000,
    termMonths: random(2) === 0 ? null : random(400),
    inArrears: random(5) === 0,
    feesMinor: BigInt(random(5_000)),
    cardSpendMinor: BigInt(random(5_000_000)),
    exchangeMinor: BigInt(random(5_000_000)),
    activities: { branch: random(5), mobile: random(90), telex: random(3) },
    monthsOpen: random(4) === 0 ? null : random(60),
  }));
  await admin.transaction().execute(async (tx) => {
    for (const [at, one] of made.entries())
      await sql`insert into intelligence.holding_profit values (${world.cleo.partyId}, ${`00000000-0000-4000-8000-${String(at).padStart(12, "0")}`}, '2026-02-01', ${world.cleo.customerId},
        ${one.product}, ${one.currency}, ${one.assetMinor}, ${one.depositMinor}, ${one.undrawnMinor}, ${one.customerRate}, ${one.termMonths}, ${one.monthsOpen}, ${one.inArrears},
        ${one.feesMinor}, ${one.cardSpendMinor}, ${one.exchangeMinor}, ${JSON.stringify(one.activities)}::jsonb, 0, 0, null, null, null, 0, 0, 0, 0, 0, 0, 0, 0, 0)`.execute(
        tx,
      );
    await sql`update intelligence.profit_parameters set applied_at = null where version_no = 1`.execute(tx);
  });
  await applyParameters({ db, caller: worker, clock });
  const { rows } = await sql<Record<string, bigint>>`
    select ${sql.raw(profitParts.join(", "))} from intelligence.holding_profit where holding_id::text like '00000000-0000-4000-%' order by holding_id`.execute(
    admin,
  );
  expect(rows).toEqual(made.map((one) => holdingMonthProfit(one, body)));
  // What no holding stands behind goes with the next look.
  await run(db, [world.cleo.customerId]);
  const { rows: left } = await sql`select from intelligence.holding_profit where holding_id::text like '00000000-0000-4000-%'`.execute(
    admin,
  );
  expect(left).toEqual([]);
});

test("one by one or all anew, after late payments, a join and a separation: the same comes out", async ({ world, admin, db }) => {
  await admin.transaction().execute(async (tx) => {
    await pay(tx, world.ben, { on: "2025-12-20", amount: 5_000n, after: 905_000n, channel: "atm", category: "cash" });
    await sql`update customers.party set customer_id = ${world.ben.customerId} where party_id = ${world.ana.partyId}`.execute(tx);
  });
  await run(db, [world.ben.customerId, world.ana.customerId]);
  const step = await months(admin as never);
  await sql`truncate intelligence.holding_profit, intelligence.customer_value`.execute(admin);
  await run(db, "all");
  expect(await months(admin as never)).toEqual(step);
  expect(step.rows.filter((row) => row["customer_id"] === world.ben.customerId).length).toBe(48);
  await sql`update customers.party set customer_id = ${world.ana.customerId} where party_id = ${world.ana.partyId}`.execute(admin);
  await run(db, [world.ana.customerId, world.ben.customerId]);
  const apart = await months(admin as never);
  expect(apart.rows.filter((row) => row["customer_id"] === world.ben.customerId).length).toBe(24);
  // Looking again changes nothing at all.
  await run(db, "all");
  expect(await months(admin as never)).toEqual(apart);
});

test("fifths are those of the method, among customers alike", async ({ tx, as }) => {
  const unit = await givenUnit(tx, "branch", null);
  const random = seededRandom(11);
  for (let at = 0; at < 40; at += 1) {
    const { customerId } = await givenCustomer(tx, { branch: unit });
    const lastOwnOn = random() < 0.2 ? null : `2026-02-${String(1 + Math.floor(random() * 9)).padStart(2, "0")}`;
    await sql`update customers.customer set segment = ${random() < 0.7 ? "mass" : "private"} where customer_id = ${customerId}`.execute(tx);
    await sql`insert into intelligence.customer_value (customer_id, month, ${sql.raw(profitParts.join(", "))}, volume_minor, unpriced, last_own_on, own_count)
      values (${customerId}, '2026-02-01', ${sql.raw(profitParts.map((part) => (part === "fees" ? Math.floor(random() * 30) : 0)).join(", "))}, 0, 0, ${lastOwnOn}, ${Math.floor(random() * 6)})`.execute(
      tx,
    );
  }
  const changed = await as(systemOperator, saveRanks, { role: "worker" });
  const { rows } = await sql<{
    segment: string;
    days: number | null;
    count: number;
    profit: number;
    recency: number;
    frequency: number;
    margin: number;
  }>`
    select coalesce(c.segment, c.kind) as segment, date '2026-03-01' - v.last_own_on as days, v.own_count as count, v.profit_minor::float8 as profit, v.recency, v.frequency, v.margin
    from intelligence.customer_value v join customers.customer c using (customer_id)`.execute(tx);
  expect(rows.map(({ recency, frequency, margin }) => ({ recency, frequency, margin }))).toEqual(
    rfmScores(rows.map(({ segment, days, count, profit }) => ({ segment, recencyDays: days, frequency: count, marginMinor: profit }))),
  );
  expect(changed.length).toBeGreaterThanOrEqual(40);
  expect(await as(systemOperator, saveRanks, { role: "worker" }), "again").toEqual([]);
});

describe("who sees what", () => {
  const people = async (tx: Tx, { north }: World) => ({
    manager: await givenPerson(tx, "branch_manager", north),
    rm: await givenPerson(tx, "relationship_manager", north),
    finance: await givenPerson(tx, "finance_manager", await bankUnit(tx)),
  });
  const whole = { measure: "profit" as const, months: 12 };

  test("the curve and every sum of a branch manager are of the branch, and nobody's hold a sealed customer", async ({ world, tx, as }) => {
    const { manager, finance } = await people(tx, world);
    const branch = await as(manager, (own) => readProfit(own, manager, whole));
    expect([branch.customers, branch.branches.map(({ branchId }) => branchId)]).toEqual([2, [world.north.unitId]]);
    const bank = await as(finance, (own) => readProfit(own, finance, whole));
    expect(bank.customers).toBe(3);
    const { rows } = await sql<{
      id: string;
      profit: bigint;
    }>`select customer_id as id, profit_minor as profit from intelligence.customer_value`.execute(tx);
    const sumOf = (...who: GivenCustomer[]) =>
      rows.filter(({ id }) => who.some(({ customerId }) => customerId === id)).reduce((sum, { profit }) => sum + profit, 0n);
    expect(rows).toHaveLength(4);
    expect(branch.curve.totalMinor).toBe(sumOf(world.ana, world.ben));
    expect(bank.curve.totalMinor).toBe(sumOf(world.ana, world.ben, world.cleo));
    for (const answer of [branch, bank]) {
      const sums = profitParts.filter((part) => part !== "capital_charge").map((part) => answer.parts[part]);
      expect(sums.reduce((sum, part) => sum + part, 0n)).toBe(answer.curve.totalMinor);
      for (const part of profitParts) expect(answer.products.reduce((sum, { parts }) => sum + parts[part], 0n)).toBe(answer.parts[part]);
    }
    // Another month, added up from months: the same policies.
    const month = await as(manager, (own) => readProfit(own, manager, { ...whole, months: 1 }));
    expect([month.customers, month.branches.length]).toEqual([2, 1]);
    const list = await as(manager, (own) => listProfitCustomers(own, manager, { ...whole, from: 0, to: 1, order: "worst", rows: 50 }));
    expect(list.customers.map(({ fullName }) => fullName).toSorted()).toEqual(["Ana", "Ben"]);
    await expect(as(manager, (own) => readCustomerValue(own, manager, world.cleo.customerId))).rejects.toMatchObject({ code: "not_found" });
    await expect(as(finance, (own) => readCustomerValue(own, finance, world.sealed.customerId))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("a relationship manager has no sums of the bank, but the value of a customer and of the own portfolio", async ({
    world,
    tx,
    as,
  }) => {
    const { rm } = await people(tx, world);
    await expect(as(rm, (own) => readProfit(own, rm, whole))).rejects.toMatchObject({ code: "not_allowed" });
    const value = await as(rm, (own) => readCustomerValue(own, rm, world.ana.customerId));
    expect(value).toMatchObject({ month: "2026-02-01", tier: { name: "basic" }, holdings: [{ product: "current_account" }] });
    const trend = value.trend.slice(-12).reduce((sum, { economicMinor }) => sum + economicMinor, 0n);
    expect(trend).toBe(profitParts.reduce((sum, part) => sum + value.parts[part], 0n));
    expect((await as(rm, (own) => readOwnValue(own, rm))).customers).toBe(0);
  });
});

test("a version is put into force by somebody else, and changes only what it must", async ({ world, admin, db }) => {
  const { maker, other } = await admin.transaction().execute(async (tx) => ({
    maker: await givenSession(tx, await givenPerson(tx, "finance_manager", await bankUnit(tx))),
    other: await givenSession(tx, await givenPerson(tx, "risk_officer", await bankUnit(tx))),
  }));
  const { yaml } = await asOperator(db, (tx) => readParameters(tx, maker, 1), maker);
  const dearer = yaml.replace("branch: 480", "branch: 980");
  const { versionNo, requestId } = await asOperator(
    db,
    (tx) => proposeParameters(tx, maker, clock, { validFrom: "2026-01-01", reason: "Branches cost more now", yaml: dearer }),
    maker,
  );
  const before = await months(admin as never);
  const decide = (who: Caller) =>
    asOperator(
      db,
      (tx) =>
        decideProven(tx, who, clock, actsOf([approveParametersAct]), { requestId: requestId ?? "", approve: true, note: "as agreed" }),
      who,
    );
  // Not by its maker, and past the approval neither by the function nor by the table.
  await expect(decide(maker)).rejects.toMatchObject({ code: "invalid_state", detail: { reason: "own" } });
  for (const past of [
    sql`select intelligence.approve_parameters(${versionNo})`,
    sql`update intelligence.profit_parameters set state = 'approved' where version_no = ${versionNo}`,
  ])
    for (const who of [maker, other])
      await expect(asOperator(db, (tx) => past.execute(tx), who)).rejects.toMatchObject({ cause: { code: "42501" } });
  await applyParameters({ db, caller: worker, clock });
  expect(await months(admin as never)).toEqual(before);
  await decide(other);
  await applyParameters({ db, caller: worker, clock });
  const after = await months(admin as never);
  const moved = after.rows.filter((row, at) => profitParts.some((part) => row[part] !== before.rows[at]?.[part]));
  expect(moved.map((row) => [row["holding_id"], row["month"], row["activity_cost"], row["version_no"]])).toEqual([
    [world.ana.holdingId, "2026-01-01", -1_205n, versionNo],
  ]);
  expect(after.rows.filter((row) => row["version_no"] === versionNo).every((row) => String(row["month"]) >= "2026-01-01")).toBe(true);
  const read = await asOperator(db, (tx) => readParameters(tx, other, versionNo), other);
  expect(read.differences).toEqual([{ path: "unitCostsMinor.branch", before: "480", after: "980" }]);
  expect(read.effect).toMatchObject({ customers: 1, causes: { costs: -500n, rates: 0n, currency: 0n }, moved: [{ fullName: "Ana" }] });
  const bad = asOperator(
    db,
    (tx) =>
      proposeParameters(tx, maker, clock, {
        validFrom: "2026-01-01",
        reason: "Something is wrong",
        yaml: yaml.replace("hurdleRate: 0.1", "hurdleRate: 9"),
      }),
    maker,
  );
  await expect(bad).rejects.toMatchObject({ code: "invalid_input", fields: [{ path: "hurdleRate" }] });
});

test("an appeal is decided by somebody else, acts at once and is told of", async ({ world, admin, db }) => {
  const { rm, finance } = await admin.transaction().execute(async (tx) => ({
    rm: await givenSession(tx, await givenPerson(tx, "relationship_manager", world.north)),
    finance: await givenSession(tx, await givenPerson(tx, "finance_manager", await bankUnit(tx))),
  }));
  const ask = { tier: "gold", reason: "Brings three companies along" };
  const { appealId } = await asOperator(db, (tx) => appealTier(tx, rm, world.ana.customerId, ask), rm);
  await expect(asOperator(db, (tx) => appealTier(tx, rm, world.ana.customerId, ask), rm)).rejects.toMatchObject({ code: "conflict" });
  await expect(asOperator(db, (tx) => appealTier(tx, rm, world.cleo.customerId, ask), rm)).rejects.toMatchObject({ code: "not_found" });
  const grant = { grant: true, note: "agreed with the branch" };
  const act = { action: "tier.appeal_granted", subjectIds: [appealId], payload: grant };
  const own = { ...rm, permissions: new Set([...rm.permissions, "profit:manage"]) };
  await admin.transaction().execute(async (tx) => {
    await givenProof(tx, own, act);
    await givenProof(tx, finance, act);
  });
  await expect(asOperator(db, (tx) => decideAppeal(tx, own, clock, appealId, grant), own)).rejects.toMatchObject({ code: "invalid_state" });
  await asOperator(db, (tx) => decideAppeal(tx, finance, clock, appealId, grant), finance);
  await refreshTier({ db, caller: worker, clock }, world.ana.customerId);
  const value = await asOperator(db, (tx) => readCustomerValue(tx, rm, world.ana.customerId), rm);
  expect(value.tier).toMatchObject({ name: "gold", reasons: [{ code: "appeal", until: "2027-03-01" }] });
  expect(value.moves[0]).toMatchObject({ fromTier: "basic", toTier: "gold", move: "rise" });
  expect(value.appeals).toMatchObject([{ state: "granted", isOwn: true, note: grant.note }]);
  const { appeals } = await asOperator(db, (tx) => listAppeals(tx, finance), finance);
  expect(appeals).toHaveLength(1);
  const { rows } = await sql<{ action: string }>`
    select action from governance.audit_event where detail ->> 'appealId' = ${appealId} and decision = 'allowed' order by event_id`.execute(
    admin,
  );
  expect(rows.map(({ action }) => action)).toEqual(["tier.appealed", "tier.appeal_granted"]);
});

test("who is named and has all of it from what stands is passed over, and nobody else", async ({ world, admin, db }) => {
  const random = seededRandom(29);
  const { ana, ben, cleo } = world;
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const set = (what: string) => (who: GivenCustomer) =>
    sql`update customers.holding set ${sql.raw(what)} where holding_id = ${who.holdingId}`.execute(admin);
  const booking = (on: string) => async (who: GivenCustomer) => {
    await admin
      .transaction()
      .execute((tx) =>
        pay(tx, who, { on, amount: 700n, after: BigInt(Math.floor(random() * 900_000)), channel: "mobile", category: "fee" }),
      );
    await sql`update customers.holding set last_transaction_on = greatest(last_transaction_on, ${on}::date) where holding_id = ${who.holdingId}`.execute(
      admin,
    );
    return on;
  };
  const changes: readonly ((who: GivenCustomer) => Promise<unknown>)[] = [
    ...["2025-06-10", "2026-02-27", "2026-03-04", "2026-03-05"].map(booking),
    ...["rate = 0.01", "rate = null", "status = 'in_arrears'", "status = 'open'"].map(set),
    ...["opened_on = '2025-01-09'", "closed_on = '2026-01-20'", "closed_on = null"].map(set),
    ...["2025-12-31", "2026-03-03"].map((day) => set(`stated_balance_minor = 4400, stated_balance_on = '${day}'`)),
    (who) =>
      sql`update customers.party set customer_id = ${pick([ana, ben, cleo]).customerId} where party_id = ${who.partyId}`.execute(admin),
    (who) => sql`update customers.customer set segment = 'private' where customer_id = ${who.customerId}`.execute(admin),
  ];
  const all = [ana.customerId, ben.customerId, cleo.customerId];
  let [passed, moved] = [0, 0];
  for (let at = 0; at < 20; at += 1) {
    const who = pick([ana, ben, cleo]);
    const { rows } = await sql<{ id: string }>`select customer_id as id from customers.party where party_id = ${who.partyId}`.execute(
      admin,
    );
    const day = await pick(changes)(who);
    const bookedSince = new Map(typeof day === "string" ? [[rows[0]?.id ?? "", day]] : []);
    const { customers } = await refreshProfit({ db, caller: worker, clock, customers: all, bookedSince });
    if (customers === 0) passed += 1;
    moved += customers;
    const step = await months(admin as never);
    await sql`truncate intelligence.holding_profit, intelligence.customer_value`.execute(admin);
    await run(db, "all");
    expect(await months(admin as never), `change ${at}`).toEqual(step);
  }
  // Payments of the month that is not over yet are most of a day's work.
  expect(passed).toBeGreaterThan(1);
  expect(moved).toBeLessThan(30);
});
