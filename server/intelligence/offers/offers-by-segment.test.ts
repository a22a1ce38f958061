import type { Kysely } from "kysely";
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
import { givenCompartment, givenSeal } from "../../../tests/support/given-seal.ts";
import { callerWith } from "../../../tests/support/server.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Database, type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import type { SegmentCondition, SegmentFilter } from "../segments/contract.ts";
import { archiveSegment, changeSegment, createSegment, settleSegments } from "../segments/index.ts";
import { changeAction } from "./change-offers.ts";
import { decideDue, decideOffers } from "./decide-offers.ts";
import { offerConsumers } from "./jobs.ts";
import { listAttention } from "./list-attention.ts";
import { readNextAction } from "./read-next-action.ts";
import { readOffers } from "./read-offers.ts";
import { readBelonging } from "./read-store.ts";

// FROZEN_NOW is 15 March 2026.
const clock = frozenClock();
const worker = callerWith(["profit:manage"]);
const order = (db: Db) => ({ db, caller: worker, clock });
const SAVINGS = "offer_savings_account";

const where = (field: string, op: SegmentCondition["op"], ...values: string[]): SegmentCondition => ({ field, op, values });
const all = (...of: SegmentFilter["of"]): SegmentFilter => ({ match: "all", of });

interface World {
  readonly rm: Caller;
  readonly clerk: Caller;
  readonly other: Caller;
  readonly marketer: Caller;
  readonly ana: GivenCustomer;
  readonly ben: GivenCustomer;
  readonly cleo: GivenCustomer;
  readonly segmentId: string;
}

/** Card users of the last month are a segment: Ana and Cleo are in it, Ben is not. Savings accounts are offered to it alone. Nobody is held out or drawn. */
const test = base.extend("world", { scope: "file" }, async ({ admin, db }): Promise<World> => {
  const made = await admin.transaction().execute(async (tx) => {
    const [north, south] = [await givenUnit(tx, "branch", null, "NORTH"), await givenUnit(tx, "branch", null, "SOUTH")];
    await sql`update intelligence.offer_policy set hold_out_share = 0, random_share = 0, exploration_share = 0`.execute(tx);
    await sql`select jobs.create_queue('decide_offers', '{"policy": "standard"}')`.execute(tx);
    const rm = await givenPerson(tx, "relationship_manager", north);
    return {
      rm,
      clerk: await givenPerson(tx, "data_steward", await bankUnit(tx)),
      other: await givenPerson(tx, "relationship_manager", south),
      marketer: await givenSession(tx, await givenPerson(tx, "marketing_manager", await bankUnit(tx))),
      ana: await customer(tx, north, "Ana", "2026-03-01"),
      ben: await customer(tx, north, "Ben", "2025-12-01"),
      cleo: await customer(tx, north, "Cleo", "2026-03-10"),
    };
  });
  const segmentId = await keep(db, made.marketer, { filter: all(where("last_card_on", "within_days", "30")) });
  await settleSegments({ ...order(db), customerIds: null });
  await decideOffers({ ...order(db), customerIds: null });
  await bind(db, admin, made.marketer, SAVINGS, segmentId);
  await decideOffers({ ...order(db), customerIds: null });
  return { ...made, segmentId };
});

async function customer(tx: Tx, branch: GivenUnit, fullName: string, lastCardOn: string): Promise<GivenCustomer> {
  const made = await givenCustomer(tx, { fullName, branch });
  await sql`update customers.customer set born_on = '1980-09-01' where customer_id = ${made.customerId}`.execute(tx);
  await sql`insert into intelligence.customer_fact (customer_id, branch_id, as_of, kind, born_on, accounts_held, assets_minor, current_minor, savings_minor,
      in_12m_minor, salary_minor, default_share, churn_share, churn_band, last_card_on)
    values (${made.customerId}, ${branch.unitId}, '2026-02-28', 'person', '1980-09-01', 1, 900000, 900000, 0, 3600000, 300000, 0.01, 0.01, 'low', ${lastCardOn})`.execute(
    tx,
  );
  await says(tx, made, "marketing", "given");
  return made;
}

const says = (tx: Tx, { partyId }: GivenCustomer, purpose: string, act: string) =>
  sql`insert into customers.consent (party_id, purpose, channel, act, text_version, text_locale, happened_at, obtained_by, recorded_by)
    values (${partyId}, ${purpose}, 'any', ${act}, ${act === "given" ? 1 : null}, ${act === "given" ? "en" : null}, now(), 'branch', ${partyId})`.execute(
    tx,
  );

const keep = async (db: Db, who: Caller, { filter, shared = true }: { filter: SegmentFilter; shared?: boolean }) =>
  (await inTransaction(db, who, (tx) => createSegment(tx, who, { name: "Card users", note: null, shared, filter }))).segmentId;

/** Changes for whom an action is, with the proof it takes. */
async function bind(db: Db, admin: Kysely<Database>, who: Caller, actionId: string, segmentId: string | null): Promise<void> {
  const { actions } = await inTransaction(db, who, (tx) => readOffers(tx, who, clock));
  const found = actions.find((one) => one.actionId === actionId);
  if (found === undefined) throw new Error("no such action");
  const { version, active, lever, baseRate, gainMinor, gainShare, costMinor, lossMinor, defaultMax, ageMin, ageMax } = found;
  const of = { active, lever, baseRate, gainMinor, gainShare, costMinor, lossMinor, defaultMax, ageMin, ageMax, segmentId };
  const wish = { version, of, reason: "for them alone" };
  const payload = { actionId, version, settings: of, reason: wish.reason };
  await admin.transaction().execute((tx) => givenProof(tx, who, { action: "offer.changed", subjectIds: [], payload }));
  await inTransaction(db, who, (tx) => changeAction(tx, who, clock, actionId, wish));
}

const next = (db: Db, who: Caller, { customerId }: GivenCustomer) =>
  inTransaction(db, who, (tx) => readNextAction(tx, who, clock, customerId));
type Next = Awaited<ReturnType<typeof next>>;
const isOpen = ({ proposed, others }: Next) => [proposed, ...others].some((one) => one?.actionId === SAVINGS);
const whyNot = ({ removed }: Next) => {
  const found = removed.find((one) => one.actionId === SAVINGS);
  return found === undefined ? null : { gate: found.gate, segmentName: found.segmentName };
};

describe("an action for a segment", () => {
  test("is proposed to who is in it and to nobody else; why not names the segment to who may see it, and to nobody else", async ({
    db,
    world,
  }) => {
    expect(isOpen(await next(db, world.rm, world.ana))).toBe(true);
    const ben = await next(db, world.rm, world.ben);
    expect(isOpen(ben)).toBe(false);
    expect(whyNot(ben)).toEqual({ gate: "not_in_segment", segmentName: "Card users" });
    expect(whyNot(await next(db, world.clerk, world.ben))).toEqual({ gate: "not_in_segment", segmentName: null });
    // What is for all stays so.
    expect(ben.proposed?.kind).toBe("sale");
  });

  test("follows facts and not who was in the segment before: decided before segments are computed, and read by both", async ({
    db,
    world,
    admin,
  }) => {
    const used = (who: GivenCustomer, on: string) =>
      sql`update intelligence.customer_fact set last_card_on = ${on} where customer_id = ${who.customerId}`.execute(admin);
    const decide = (who: GivenCustomer) => decideOffers({ ...order(db), customerIds: [who.customerId] });
    await used(world.ana, "2025-11-01");
    await decide(world.ana);
    expect(whyNot(await next(db, world.rm, world.ana))).toMatchObject({ gate: "not_in_segment" });
    await used(world.ana, "2026-03-01");
    await decide(world.ana);
    expect(isOpen(await next(db, world.rm, world.ana))).toBe(true);
    // Who left by the next computing is not proposed it, whatever was decided before, and counts on no list.
    await used(world.ana, "2025-11-01");
    await settleSegments({ ...order(db), customerIds: [world.ana.customerId] });
    expect(whyNot(await next(db, world.rm, world.ana))).toMatchObject({ gate: "not_in_segment" });
    const { customers } = await inTransaction(db, world.rm, (tx) => listAttention(tx, world.rm, 10));
    expect(customers.filter(({ actionId, fullName }) => actionId === SAVINGS && fullName === "Ana")).toEqual([]);
    await used(world.ana, "2026-03-01");
    await settleSegments({ ...order(db), customerIds: [world.ana.customerId] });
    await decideDue(order(db));
    expect(isOpen(await next(db, world.rm, world.ana))).toBe(true);
  });

  test("moves with the day: who leaves by time alone is decided upon anew, and nobody else", async ({ db, world, admin }) => {
    const decisions = async () =>
      (
        await sql<{ id: string; decision: string }>`
          select customer_id id, decision_id decision from intelligence.offer_decision where is_current`.execute(admin)
      ).rows;
    const before = new Map((await decisions()).map(({ id, decision }) => [id, decision]));
    const start = clock.now();
    // Ana's last card day, 1 March, is more than thirty days ago then; Cleo's, 10 March, is not.
    clock.set(new Date("2026-04-05T09:30:00Z"));
    await settleSegments({ ...order(db), customerIds: [] });
    const { rows: due } = await sql<{ id: string }>`
      select customer_id id from intelligence.offer_decision where is_current and due_on <= '2026-03-15'`.execute(admin);
    expect(due.map(({ id }) => id)).toEqual([world.ana.customerId]);
    await decideOffers({ ...order(db), customerIds: due.map(({ id }) => id) });
    expect(whyNot(await next(db, world.rm, world.ana))).toMatchObject({ gate: "not_in_segment" });
    const changed = (await decisions()).filter(({ id, decision }) => before.get(id) !== decision).map(({ id }) => id);
    expect(changed).toEqual([world.ana.customerId]);
    clock.set(start);
    await settleSegments({ ...order(db), customerIds: null });
    await decideOffers({ ...order(db), customerIds: null });
    expect(isOpen(await next(db, world.rm, world.ana))).toBe(true);
  });

  test("is not for who objects to profiling, from that moment and by the round after", async ({ db, world, admin }) => {
    await admin.transaction().execute((tx) => says(tx, world.cleo, "profiling", "objected"));
    expect(await next(db, world.rm, world.cleo)).toMatchObject({ decision: null, proposed: null });
    await settleSegments({ ...order(db), customerIds: null });
    await decideDue(order(db));
    expect(whyNot(await next(db, world.rm, world.cleo))).toMatchObject({ gate: "profiling_refused" });
  });

  test("tells nobody of customers they do not see: out of reach, or sealed", async ({ db, world, admin }) => {
    const belonging = (who: Caller) =>
      inTransaction(db, who, async (tx) =>
        (await readBelonging(tx, [world.ana.customerId, world.ben.customerId])).map(({ customerId, isIn }) => [customerId, isIn]),
      );
    expect((await belonging(world.rm)).length).toBe(2);
    expect(await belonging(world.other)).toEqual([]);
    await admin.transaction().execute(async (tx) => givenSeal(tx, world.ben, await givenCompartment(tx, "vip")));
    expect(await belonging(world.rm)).toEqual([[world.ana.customerId, true]]);
  });
});

describe("a segment that does not hold any more is for nobody", () => {
  test("put away: from that moment, and it is said; the round after says so too, and the page of who manages offers", async ({
    db,
    world,
    admin,
  }) => {
    const { marketer, rm, ana } = world;
    await inTransaction(db, marketer, (tx) => archiveSegment(tx, marketer, world.segmentId));
    expect(whyNot(await next(db, rm, ana))).toEqual({ gate: "segment_gone", segmentName: null });
    await decideOffers({ ...order(db), customerIds: null });
    expect(whyNot(await next(db, rm, ana))).toMatchObject({ gate: "segment_gone" });
    const { rows } = await sql`
      select 1 from intelligence.offer_decision, jsonb_array_elements(candidates) c
      where is_current and c ->> 'actionId' = ${SAVINGS} and c ->> 'gate' is null`.execute(admin);
    expect(rows).toEqual([]);
    const { actions, changes } = await inTransaction(db, marketer, (tx) => readOffers(tx, marketer, clock));
    expect(actions.find(({ actionId }) => actionId === SAVINGS)).toMatchObject({ segmentId: world.segmentId, hasSegment: false });
    expect(changes[0]).toMatchObject({ before: { segmentId: null }, after: { segmentId: world.segmentId }, reason: "for them alone" });
  });

  test("its facts gone: nobody is in it, no other segment waits for it, and one that builds on it is for nobody either", async ({
    db,
    world,
    admin,
  }) => {
    const { marketer, rm, ana } = world;
    const part = await keep(db, marketer, { filter: all(where("last_card_on", "within_days", "30")) });
    const whole = await keep(db, marketer, { filter: all(where("member", "any_of", part), where("assets_minor", "at_least", "1")) });
    await settleSegments({ ...order(db), customerIds: null });
    await bind(db, admin, marketer, SAVINGS, whole);
    await decideOffers({ ...order(db), customerIds: null });
    expect(isOpen(await next(db, rm, ana))).toBe(true);
    const odd = { filter: all(where("a_fact_of_old", "yes")) };
    await sql`update intelligence.segment set definition = ${JSON.stringify(odd)}::jsonb where segment_id = ${part}`.execute(admin);
    await decideOffers({ ...order(db), customerIds: [ana.customerId] });
    expect(whyNot(await next(db, rm, ana))).toEqual({ gate: "segment_gone", segmentName: "Card users" });
    await settleSegments({ ...order(db), customerIds: null });
    const { rows } = await sql<{ n: number }>`
      select count(*)::int n from intelligence.segment_member where segment_id in (${part}, ${whole})`.execute(admin);
    expect(rows[0]?.n).toBe(0);
  });
});

describe("who may say for whom an action is", () => {
  test("with a segment they see and share, not for a duty, and not by what is decided here; the change is on the trail", async ({
    db,
    world,
    admin,
  }) => {
    const { marketer } = world;
    const shared = await keep(db, marketer, { filter: all(where("assets_minor", "at_least", "1")) });
    const own = await keep(db, marketer, { filter: all(), shared: false });
    const circular = await keep(db, marketer, { filter: all(where("next_offer", "is_not_empty")) });
    for (const [actionId, segmentId] of [
      [SAVINGS, own],
      [SAVINGS, circular],
      [SAVINGS, "00000000-0000-7000-8000-000000000000"],
      ["settle_arrears", shared],
    ] as const)
      await expect(bind(db, admin, marketer, actionId, segmentId)).rejects.toMatchObject({ code: "invalid_input" });
    const duty = sql`update intelligence.offer_action set segment_id = ${shared} where action_id = 'settle_arrears'`;
    await expect(inTransaction(db, marketer, (tx) => duty.execute(tx))).rejects.toMatchObject({ code: "23514" });
    await bind(db, admin, marketer, SAVINGS, shared);
    const { rows } = await sql<{ detail: object }>`
      select detail from governance.audit_event where action = 'offer.changed' order by at desc limit 1`.execute(admin);
    expect(rows).toMatchObject([{ detail: { actionId: SAVINGS, after: { segmentId: shared } } }]);
    const tie = (who: Caller) =>
      inTransaction(db, who, (tx) =>
        sql`update intelligence.offer_action set segment_id = ${shared} where action_id = 'offer_loan'`.execute(tx),
      );
    expect((await tie(world.rm)).numAffectedRows).toBe(0n);
  });

  test("other conditions of its segment have everybody decided upon anew and are told to who manages offers; those of any other segment neither", async ({
    db,
    world,
    admin,
  }) => {
    const { marketer } = world;
    const segmentId = await keep(db, marketer, { filter: all() });
    const orders = async () =>
      Number((await sql<{ n: string }>`select count(*) n from jobs.job where name = 'decide_offers'`.execute(admin)).rows[0]?.n);
    const change = { version: 1, name: "Wealthy", note: null, shared: true, filter: all(where("assets_minor", "at_least", "5")) };
    const [follows] = offerConsumers;
    const told = async () =>
      (
        await sql<{ id: string }>`
          select person_id id from governance.notification where kind = 'offers_segment' and person_id = ${marketer.userId}`.execute(admin)
      ).rows.map(({ id }) => id);
    const handle = () =>
      inTransaction(db, worker, async (tx) => follows?.handle(tx, { key: segmentId, payload: { segmentId } }, worker), { role: "worker" });
    await inTransaction(db, marketer, (tx) => changeSegment(tx, marketer, segmentId, change));
    const { rows } = await sql`select 1 from platform.outbox where topic = 'segment_changed' and key = ${segmentId}`.execute(admin);
    expect(rows).toHaveLength(1);
    const before = await orders();
    await handle();
    expect(await orders()).toBe(before);
    expect(await told()).toEqual([]);
    await sql`delete from jobs.job where name = 'decide_offers'`.execute(admin);
    await sql`update intelligence.offer_action set segment_id = ${segmentId} where action_id = ${SAVINGS}`.execute(admin);
    await handle();
    expect(await orders()).toBe(1);
    expect(await told()).toEqual([world.marketer.userId]);
  });
});
