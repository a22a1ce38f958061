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
import { callerWith } from "../../../tests/support/server.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { answerAction } from "./answer-action.ts";
import { changeAction } from "./change-offers.ts";
import { decideDue, decideOffers } from "./decide-offers.ts";
import { listAttention } from "./list-attention.ts";
import { readNextAction } from "./read-next-action.ts";
import { readOffers, readResults } from "./read-offers.ts";
import { takeAnswerBack } from "./take-answer-back.ts";

// FROZEN_NOW is 15 March 2026.
const clock = frozenClock();
const worker = callerWith(["profit:manage"]);
const order = (db: Db) => ({ db, caller: worker, clock });

interface World {
  readonly north: GivenUnit;
  readonly rm: Caller;
  readonly other: Caller;
  readonly marketer: Caller;
  readonly ana: GivenCustomer;
  readonly ben: GivenCustomer;
  readonly cleo: GivenCustomer;
  readonly dora: GivenCustomer;
}

/** Ana and Ben agreed to offers, Cleo was never asked, Dora has a birthday and objects to profiling. Nobody is held out or drawn. */
const test = base.extend("world", { scope: "file" }, async ({ admin, db }): Promise<World> => {
  const world = await admin.transaction().execute(async (tx) => {
    const [north, south] = [await givenUnit(tx, "branch", null, "NORTH"), await givenUnit(tx, "branch", null, "SOUTH")];
    const made = {
      north,
      rm: await givenPerson(tx, "relationship_manager", north),
      other: await givenPerson(tx, "relationship_manager", south),
      marketer: await givenSession(tx, await givenPerson(tx, "marketing_manager", await bankUnit(tx))),
      ana: await customer(tx, north, "Ana", true),
      ben: await customer(tx, north, "Ben", true),
      cleo: await customer(tx, north, "Cleo", false),
      dora: await customer(tx, north, "Dora", true),
    };
    await sql`update customers.customer set born_on = '1980-03-17' where customer_id = ${made.dora.customerId}`.execute(tx);
    await says(tx, made.dora, "profiling", "objected");
    await sql`update intelligence.offer_policy set hold_out_share = 0, random_share = 0, exploration_share = 0`.execute(tx);
    await sql`select jobs.create_queue('decide_offers', '{"policy": "standard"}')`.execute(tx);
    return made;
  });
  await decideOffers({ ...order(db), customerIds: null });
  return world;
});

async function customer(tx: Tx, branch: GivenUnit, fullName: string, agreed: boolean): Promise<GivenCustomer> {
  const made = await givenCustomer(tx, { fullName, branch });
  await sql`update customers.customer set born_on = '1980-09-01' where customer_id = ${made.customerId}`.execute(tx);
  await sql`insert into intelligence.customer_fact (customer_id, branch_id, as_of, kind, born_on, accounts_held, assets_minor, current_minor, savings_minor,
      in_12m_minor, salary_minor, default_share, churn_share, churn_band)
    values (${made.customerId}, ${branch.unitId}, '2026-02-28', 'person', '1980-09-01', 1, 900000, 900000, 0, 3600000, 300000, 0.01, 0.01, 'low')`.execute(
    tx,
  );
  if (agreed) await says(tx, made, "marketing", "given");
  return made;
}

const says = (tx: Tx, { partyId }: GivenCustomer, purpose: string, act: string) =>
  sql`insert into customers.consent (party_id, purpose, channel, act, text_version, text_locale, happened_at, obtained_by, recorded_by)
    values (${partyId}, ${purpose}, 'any', ${act}, ${act === "given" ? 1 : null}, ${act === "given" ? "en" : null}, now(), 'branch', ${partyId})`.execute(
    tx,
  );

const next = (db: Db, who: Caller, { customerId }: GivenCustomer) =>
  inTransaction(db, who, (tx) => readNextAction(tx, who, clock, customerId));
type Next = Awaited<ReturnType<typeof next>>;
const whyNot = ({ removed }: Next, actionId: string) => removed.find((one) => one.actionId === actionId)?.gate;

describe("what is decided", () => {
  test("every action of the bank is in the answer: proposed, behind it, or removed by a named gate; deciding again changes nothing", async ({
    db,
    world,
    admin,
  }) => {
    const ana = await next(db, world.rm, world.ana);
    expect(ana.proposed?.kind).toBe("sale");
    const { rows } = await sql<{ n: number }>`select count(*)::int n from intelligence.offer_action`.execute(admin);
    expect([ana.proposed, ...ana.others, ...ana.removed]).toHaveLength(rows[0]?.n ?? 0);
    expect(ana.removed.every(({ gate }) => gate !== null)).toBe(true);
    expect(whyNot(ana, "offer_current_account")).toBe("held");
    expect(whyNot(ana, "settle_arrears")).toBe("not_called_for");
    // What a customer earns the bank is for who may see profit.
    expect(ana.proposed?.factors).toBeNull();
    const finance = { ...world.rm, permissions: new Set([...world.rm.permissions, "profit:read"]) };
    expect((await next(db, finance, world.ana)).proposed?.factors?.scoreMinor).toBeGreaterThan(0n);
    expect(await decideOffers({ ...order(db), customerIds: null })).toBe(0);
  });

  test("without consent nothing is sold; who objects to profiling is served without models; both are told", async ({ db, world }) => {
    const [cleo, dora] = [await next(db, world.rm, world.cleo), await next(db, world.rm, world.dora)];
    expect(cleo).toMatchObject({ proposed: null, others: [] });
    expect(whyNot(cleo, "offer_savings_account")).toBe("no_consent");
    expect(dora).toMatchObject({
      isProfiled: false,
      proposed: { actionId: "greet_birthday", reason: { code: "birthday", on: "2026-03-17" } },
    });
    expect(whyNot(dora, "offer_savings_account")).toBe("profiling_refused");
    const { customers } = await inTransaction(db, world.rm, (tx) => listAttention(tx, world.rm, 5));
    expect(customers[0]).toMatchObject({ fullName: "Dora", actionId: "greet_birthday" });
    expect(customers.map(({ fullName }) => fullName)).not.toContain("Cleo");
  });

  test("a branch elsewhere sees neither customer nor list, and every look is on the trail", async ({ db, world, admin }) => {
    await expect(next(db, world.other, world.ana)).rejects.toMatchObject({ code: "not_found" });
    expect((await inTransaction(db, world.other, (tx) => listAttention(tx, world.other, 5))).customers).toEqual([]);
    const { rows } = await sql<{ action: string }>`
      select distinct action from governance.audit_event where actor_id = ${world.rm.userId} order by 1`.execute(admin);
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(["attention.listed", "next_action.viewed"]));
  });
});

describe("from the moment something is said", () => {
  test("a withdrawal closes every sale at the next look, before anything is decided anew, and the round after keeps it so", async ({
    db,
    world,
    admin,
  }) => {
    await admin.transaction().execute((tx) => says(tx, world.ben, "marketing", "withdrawn"));
    const ben = await next(db, world.rm, world.ben);
    expect([ben.proposed, ...ben.others].filter((one) => one?.kind === "sale")).toEqual([]);
    expect(whyNot(ben, "offer_savings_account")).toBe("objected");
    expect(await decideDue(order(db))).toBeGreaterThan(0);
    expect(whyNot(await next(db, world.rm, world.ben), "offer_savings_account")).toBe("objected");
  });

  test("an objection to profiling takes away at once what rests on models", async ({ db, world, admin }) => {
    await admin.transaction().execute((tx) => says(tx, world.ben, "profiling", "objected"));
    expect(await next(db, world.rm, world.ben)).toMatchObject({ decision: null, proposed: null, isProfiled: false });
  });

  test("an answer rests the action at once, counts towards the caps, and another's decision is not answered", async ({
    db,
    world,
    admin,
  }) => {
    const before = await next(db, world.rm, world.ana);
    const given = {
      decisionId: before.decision?.decisionId ?? "",
      actionId: before.proposed?.actionId ?? "",
      answer: "declined" as const,
      channel: "email" as "email" | "phone",
    };
    const answer = (who: Caller, of = given) => inTransaction(db, who, (tx) => answerAction(tx, who, clock, world.ana.customerId, of));
    await expect(answer(world.other)).rejects.toMatchObject({ code: "not_found" });
    const analyst = { ...world.rm, permissions: new Set(["customer:read"]) };
    await expect(answer(analyst)).rejects.toMatchObject({ code: "not_allowed" });
    await expect(answer(world.rm, { ...given, actionId: "check_fraud" })).rejects.toMatchObject({ detail: { reason: "not_open" } });
    await answer(world.rm);
    const after = await next(db, world.rm, world.ana);
    expect(whyNot(after, given.actionId)).toBe("refused_lately");
    expect(after.proposed?.actionId).not.toBe(given.actionId);
    expect(after.answers[0]).toMatchObject({ actionId: given.actionId, answer: "declined" });
    // One e-mail a week: it is not offered any more, and an answer by it is not taken.
    expect([before.channels.includes("email"), after.channels.includes("email")]).toEqual([true, false]);
    const second = { ...given, actionId: after.proposed?.actionId ?? "" };
    await expect(answer(world.rm, second)).rejects.toMatchObject({ detail: { reason: "channel_closed" } });
    await answer(world.rm, { ...second, channel: "phone" });
    const capped = await next(db, world.rm, world.ana);
    expect(capped.removed.map(({ gate }) => gate)).toContain("contact_cap");
    const [slip] = capped.answers;
    expect(slip).toMatchObject({ channel: "phone", canTakeBack: true });
    const takeBack = (who: Caller) =>
      inTransaction(db, who, (tx) => takeAnswerBack(tx, who, clock, world.ana.customerId, slip?.answerId ?? ""));
    const colleague = await admin.transaction().execute((tx) => givenPerson(tx, "relationship_manager", world.north));
    await expect(takeBack(colleague)).rejects.toMatchObject({ detail: { reason: "not_taken_back" } });
    await expect(takeBack(world.other)).rejects.toMatchObject({ code: "not_found" });
    clock.set(new Date(clock.now().getTime() + 25 * 3_600_000));
    await expect(takeBack(world.rm)).rejects.toMatchObject({ detail: { reason: "not_taken_back" } });
    clock.set(new Date(clock.now().getTime() - 25 * 3_600_000));
    await takeBack(world.rm);
    const mended = await next(db, world.rm, world.ana);
    expect(mended.removed.map(({ gate }) => gate)).not.toContain("contact_cap");
    expect(mended.answers.map(({ actionId }) => actionId)).toEqual([given.actionId]);
    const { rows: trail } = await sql<{ detail: object }>`
      select detail from governance.audit_event where action = 'next_action.answer_taken_back'`.execute(admin);
    expect(trail).toMatchObject([{ detail: { answerId: slip?.answerId, actionId: second.actionId, answer: "declined" } }]);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int n from governance.audit_event where action = 'next_action.answered' and actor_id = ${world.rm.userId}`.execute(
      admin,
    );
    expect(rows[0]?.n).toBe(2);
    await decideDue(order(db));
    await expect(answer(world.rm, given)).rejects.toMatchObject({ detail: { reason: "decided_anew" } });
  });
});

describe("who holds offer:manage", () => {
  const settings = async (db: Db, who: Caller, actionId: string) => {
    const { actions } = await inTransaction(db, who, (tx) => readOffers(tx, who, clock));
    const found = actions.find((one) => one.actionId === actionId);
    if (found === undefined) throw new Error("no such action");
    const { active, lever, baseRate, gainMinor, gainShare, costMinor, lossMinor, defaultMax, ageMin, ageMax, segmentId } = found;
    return {
      version: found.version,
      of: { active, lever, baseRate, gainMinor, gainShare, costMinor, lossMinor, defaultMax, ageMin, ageMax, segmentId },
    };
  };

  test("changes a lever after a proof, with before, after and reason; the database itself refuses one out of bounds, and everybody else", async ({
    db,
    world,
    admin,
  }) => {
    const { marketer, rm } = world;
    const { version, of } = await settings(db, marketer, "offer_insurance");
    const wish = { version, of: { ...of, lever: 1.5 }, reason: "autumn weeks" };
    const change = (who: Caller, more: Partial<typeof wish> = {}) =>
      inTransaction(db, who, (tx) => changeAction(tx, who, clock, "offer_insurance", { ...wish, ...more }));
    await expect(change(rm)).rejects.toMatchObject({ code: "not_allowed" });
    await expect(change(marketer)).rejects.toMatchObject({ code: "step_up_needed" });
    await expect(change(marketer, { version: version + 1 })).rejects.toMatchObject({ code: "conflict" });
    const payload = { actionId: "offer_insurance", version, settings: wish.of, reason: wish.reason };
    await admin.transaction().execute((tx) => givenProof(tx, marketer, { action: "offer.changed", subjectIds: [], payload }));
    await change(marketer);
    const { changes } = await inTransaction(db, marketer, (tx) => readOffers(tx, marketer, clock));
    expect(changes[0]).toMatchObject({ actionId: "offer_insurance", before: { lever: 1 }, after: { lever: 1.5 }, reason: "autumn weeks" });
    const { rows } = await sql<{ detail: unknown }>`select detail from governance.audit_event where action = 'offer.changed'`.execute(
      admin,
    );
    expect(rows).toEqual([{ detail: { actionId: "offer_insurance", before: { lever: 1 }, after: { lever: 1.5 } } }]);
    const set = (who: Caller, lever: number) =>
      inTransaction(db, who, (tx) => sql`update intelligence.offer_action set lever = ${lever} where action_id = 'offer_loan'`.execute(tx));
    await expect(set(marketer, 2.1)).rejects.toMatchObject({ code: "23514" });
    expect((await set(rm, 2)).numAffectedRows).toBe(0n);
  });

  test("sees each arm against who is held out, over the customers they see; who is held out is proposed nothing", async ({
    db,
    world,
    admin,
  }) => {
    await sql`update intelligence.offer_policy set hold_out_share = 0.2, random_share = 0.1`.execute(admin);
    await admin.transaction().execute(async (tx) => {
      for (let n = 0; n < 40; n += 1) await customer(tx, world.north, `Many ${n}`, true);
    });
    await decideOffers({ ...order(db), customerIds: null });
    const results = await inTransaction(db, world.marketer, (tx) => readResults(tx, world.marketer));
    const held = results.arms.find(({ arm }) => arm === "hold_out");
    expect(held?.customers).toBeGreaterThan(0);
    expect(results.arms.reduce((sum, { customers }) => sum + customers, 0)).toBe(44);
    expect(results.arms.find(({ arm }) => arm === "ranked")?.lift).not.toBeNull();
    expect(results.sizesChance).toBeGreaterThan(0.001);
    const { rows } = await sql<{ id: string }>`
      select customer_id id from intelligence.offer_decision where is_current and arm = 'hold_out'`.execute(admin);
    for (const { id } of rows) {
      const { proposed, others } = await inTransaction(db, world.rm, (tx) => readNextAction(tx, world.rm, clock, id));
      expect([proposed, ...others].filter((one) => one !== null && one.kind !== "duty")).toEqual([]);
    }
  });
});
