import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import type { Filter } from "../../customers/directory/contract.ts";
import { countCustomers, listCustomers } from "../../customers/directory/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import type { SegmentCondition, SegmentFilter } from "./contract.ts";
import { allFields, columnsOf } from "./fields.ts";
import { createSegment } from "./keep-segments.ts";
import { settleMembers } from "./member-store.ts";
import { predicateOf } from "./predicate-store.ts";
import { countSegment, previewSegment } from "./preview-segment.ts";
import { compareSegments, listMembers, listSegments, readHistory } from "./read-segments.ts";
import { segmentMembers } from "./segment-members.ts";

const DAY = "2026-03-15";
const whomOf = (filter: SegmentFilter, day: string) => ({
  predicate: predicateOf(filter, allFields, day),
  columns: columnsOf(filter),
  wholeBank: true,
});

/** A customer of the branch with these facts. */
async function givenFacts(
  tx: Tx,
  branch: { unitId: string; code: string },
  facts: Readonly<Record<string, string | number | boolean | null>>,
): Promise<string> {
  const { customerId } = await givenCustomer(tx, { branch });
  const keys = Object.keys(facts);
  await sql`insert into intelligence.customer_fact (customer_id, branch_id, as_of, ${sql.raw(keys.join(", "))})
    values (${customerId}, ${branch.unitId}, '2026-02-28', ${sql.join(Object.values(facts).map((value) => sql`${value}`))})`.execute(tx);
  return customerId;
}

const where = (field: string, op: SegmentCondition["op"], ...values: string[]): SegmentCondition => ({ field, op, values });
const all = (...of: SegmentFilter["of"]): SegmentFilter => ({ match: "all", of });
const any = (...of: SegmentFilter["of"]): SegmentFilter => ({ match: "any", of });
const not = (filter: SegmentFilter): SegmentFilter => ({ ...filter, not: true });

async function givenBank(tx: Tx) {
  const bank = await bankUnit(tx);
  const [north, south] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
  const ids = {
    rich: await givenFacts(tx, north, {
      assets_minor: 900_000,
      holding_count: 5,
      last_card_on: "2026-03-10",
      born_on: "1960-01-01",
      tier: "gold",
      has_salary: true,
      digital_share: 0.8,
      credit_score: 700,
    }),
    poor: await givenFacts(tx, north, {
      assets_minor: 1_000,
      holding_count: 1,
      last_card_on: "2025-12-01",
      born_on: "2000-06-01",
      has_salary: false,
      digital_share: 0.2,
      credit_score: 500,
    }),
    southern: await givenFacts(tx, south, {
      assets_minor: 500_000,
      holding_count: 3,
      last_card_on: null,
      born_on: null,
      tier: "silver",
      has_salary: true,
      digital_share: null,
    }),
  };
  return { bank, north, south, ids, analyst: await givenPerson(tx, "analyst", bank) };
}

describe("conditions", () => {
  test("compare each kind of fact as its words say, in groups and their opposites", async ({ tx, as, clock }) => {
    const { analyst, ids, south } = await givenBank(tx);
    const who = (filter: SegmentFilter) =>
      as(analyst, async (acting) =>
        (await previewSegment(acting, analyst, clock, filter)).sample.map(({ customerId }) => customerId).sort(),
      );
    const expected = (...names: (keyof typeof ids)[]) => names.map((name) => ids[name]).sort();
    const cases: [SegmentFilter, (keyof typeof ids)[]][] = [
      [all(where("assets_minor", "at_least", "500000")), ["rich", "southern"]],
      [all(where("assets_minor", "between", "1", "500000")), ["poor", "southern"]],
      [all(where("holding_count", "equals", "5")), ["rich"]],
      [all(where("last_card_on", "within_days", "30")), ["rich"]],
      [all(where("last_card_on", "not_within_days", "30")), ["poor", "southern"]],
      [all(where("born_on", "at_least", "60")), ["rich"]],
      [all(where("born_on", "at_most", "60")), ["poor"]],
      [all(where("born_on", "is_empty")), ["southern"]],
      [all(where("tier", "any_of", "gold", "silver")), ["rich", "southern"]],
      [all(where("tier", "none_of", "gold")), ["poor", "southern"]],
      [all(where("has_salary", "no")), ["poor"]],
      [all(where("digital_share", "at_least", "80")), ["rich"]],
      [all(where("branch", "any_of", south.unitId)), ["southern"]],
      [
        any(where("holding_count", "at_most", "1"), all(where("has_salary", "yes"), where("tier", "any_of", "silver"))),
        ["poor", "southern"],
      ],
      [not(any(where("digital_share", "at_least", "10"))), ["southern"]],
    ];
    for (const [filter, names] of cases) expect(await who(filter), JSON.stringify(filter)).toEqual(expected(...names));
  });

  test("of a fact the person may not see, of an unknown one, or with a foreign operator or value are refused", async ({
    tx,
    as,
    clock,
  }) => {
    const { analyst, bank } = await givenBank(tx);
    const marketer = await givenPerson(tx, "marketing_manager", bank);
    const count = (caller: typeof analyst, filter: SegmentFilter) => as(caller, (acting) => countSegment(acting, caller, clock, filter));
    expect(await count(analyst, all(where("credit_score", "at_least", "600")))).toBe(1);
    for (const condition of [
      where("credit_score", "at_least", "600"),
      where("customer_id", "is_empty"),
      where("assets_minor", "any_of", "5"),
      where("assets_minor", "at_least", "5); drop table x"),
      where("holding_count", "between", "1"),
    ])
      await expect(count(marketer, all(condition))).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("count only customers the person sees, and nobody who objected to profiling", async ({ tx, as, clock }) => {
    const { analyst, north, ids } = await givenBank(tx);
    const manager = await givenPerson(tx, "branch_manager", north);
    const everybody = all();
    expect(await as(manager, (acting) => countSegment(acting, manager, clock, everybody))).toBe(2);
    expect(await as(analyst, (acting) => countSegment(acting, analyst, clock, everybody))).toBe(3);
    await sql`insert into customers.consent (party_id, purpose, channel, act, happened_at, obtained_by, recorded_by)
      select party_id, 'profiling', 'any', 'objected', now(), 'branch', ${analyst.userId} from customers.party where customer_id = ${ids.rich}`.execute(
      tx,
    );
    expect(await as(analyst, (acting) => countSegment(acting, analyst, clock, everybody))).toBe(2);
  });
});

describe("a kept segment", () => {
  test("knows who joined and who left, and shows each person only customers they see", async ({ tx, as }) => {
    const { analyst, north, ids } = await givenBank(tx);
    const manager = await givenPerson(tx, "branch_manager", north);
    const filter = all(where("assets_minor", "at_least", "400000"));
    const { segmentId } = await as(analyst, (acting) =>
      createSegment(acting, analyst, { name: "Well off", note: null, shared: true, filter }),
    );
    const settle = (day: string) =>
      as(analyst, (acting) => settleMembers(acting, segmentId, whomOf(filter, day), { day, customerIds: null }), {
        role: "worker",
      });
    await settle(DAY);
    await sql`update intelligence.customer_fact set assets_minor = 0 where customer_id = ${ids.rich}`.execute(tx);
    await sql`update intelligence.customer_fact set assets_minor = 500000 where customer_id = ${ids.poor}`.execute(tx);
    await settle("2026-03-16");
    const shown = await as(manager, (acting) => listMembers(acting, manager, segmentId, undefined));
    expect(shown.members.map(({ customerId }) => customerId)).toEqual([ids.poor]);
    const { moves } = await as(manager, (acting) => readHistory(acting, manager, segmentId));
    expect(moves.map(({ customerId, joined, movedOn }) => [customerId, joined, movedOn])).toEqual(
      expect.arrayContaining([
        [ids.poor, true, "2026-03-16"],
        [ids.rich, false, "2026-03-16"],
      ]),
    );
    expect(moves.some(({ customerId }) => customerId === ids.southern)).toBe(false);
    const pages = await as(analyst, async (acting) => {
      const found: string[] = [];
      for await (const page of segmentMembers(acting, segmentId)) found.push(...page);
      return found;
    });
    expect(pages.sort()).toEqual([ids.poor, ids.southern].sort());
  });

  test("does not exist for whom it is not shared with, nor for who may not see its facts", async ({ tx, as }) => {
    const { analyst, bank } = await givenBank(tx);
    const marketer = await givenPerson(tx, "marketing_manager", bank);
    const keep = (name: string, shared: boolean, filter: SegmentFilter) =>
      as(analyst, (acting) => createSegment(acting, analyst, { name, note: null, shared, filter }));
    await keep("mine", false, all());
    const { segmentId: first } = await keep("ours", true, all());
    const { segmentId: risky } = await keep("risky", true, all(where("credit_score", "at_most", "600")));
    const names = await as(marketer, async (acting) => (await listSegments(acting, marketer)).segments.map(({ name }) => name));
    expect(names).toEqual(["ours"]);
    await expect(as(marketer, (acting) => compareSegments(acting, marketer, first, risky))).rejects.toMatchObject({ code: "not_found" });
  });

  test("is compared with another by overlap and by the facts in which they differ", async ({ tx, as }) => {
    const { analyst } = await givenBank(tx);
    const keep = async (name: string, filter: SegmentFilter) => {
      const { segmentId } = await as(analyst, (acting) => createSegment(acting, analyst, { name, note: null, shared: false, filter }));
      await as(analyst, (acting) => settleMembers(acting, segmentId, whomOf(filter, DAY), { day: DAY, customerIds: null }), {
        role: "worker",
      });
      return segmentId;
    };
    const first = await keep("a", all(where("holding_count", "at_least", "3")));
    const second = await keep("b", all(where("holding_count", "at_most", "3")));
    const compared = await as(analyst, (acting) => compareSegments(acting, analyst, first, second));
    expect(compared).toMatchObject({ first: 2, second: 2, both: 1 });
    expect(compared.differences.map(({ key }) => key)).toContain("holding_count");
  });

  test("filters the list of customers and its count, as far as person and segment are there for one another", async ({ tx, as, clock }) => {
    const { analyst, bank, north, ids } = await givenBank(tx);
    const manager = await givenPerson(tx, "branch_manager", north);
    const marketer = await givenPerson(tx, "marketing_manager", bank);
    const keep = async (shared: boolean, filter: SegmentFilter) => {
      const { segmentId } = await as(analyst, (acting) =>
        createSegment(acting, analyst, { name: crypto.randomUUID(), note: null, shared, filter }),
      );
      await as(analyst, (acting) => settleMembers(acting, segmentId, whomOf(filter, DAY), { day: DAY, customerIds: null }), {
        role: "worker",
      });
      return segmentId;
    };
    const shared = await keep(true, all(where("assets_minor", "at_least", "400000")));
    const own = await keep(false, all());
    const risky = await keep(true, all(where("credit_score", "at_most", "600")));
    const of = (operator: "is_one_of" | "is_none_of", ...value: string[]): Filter["conditions"][number] => ({
      field: "member",
      operator,
      value,
    });
    const found = async (caller: Caller, match: Filter["match"], ...conditions: Filter["conditions"]) => {
      const filter: Filter = { match, conditions };
      const { customers } = await as(caller, (acting) =>
        listCustomers(acting, caller, clock, { filter, sort: "name", direction: "ascending", rows: 50 }),
      );
      const { count } = await as(caller, (acting) => countCustomers(acting, caller, clock, filter));
      expect(count).toBe(customers.length);
      return customers.map(({ customerId }) => customerId).sort();
    };
    const expected = (...names: (keyof typeof ids)[]) => names.map((name) => ids[name]).sort();
    expect(await found(analyst, "all", of("is_one_of", shared))).toEqual(expected("rich", "southern"));
    expect(await found(analyst, "all", of("is_none_of", shared))).toEqual(expected("poor"));
    const poor: Filter["conditions"][number] = { field: "customer", operator: "is_one_of", value: [ids.poor] };
    expect(await found(analyst, "any", { match: "all", conditions: [of("is_one_of", shared)] }, poor)).toEqual(
      expected("rich", "southern", "poor"),
    );
    expect(await found(manager, "all", of("is_one_of", shared))).toEqual(expected("rich"));
    // Not shared, and shared with facts the person may not see: neither can be asked about.
    for (const operator of ["is_one_of", "is_none_of"] as const)
      await expect(found(marketer, "all", of(operator, own, risky))).rejects.toMatchObject({ code: "invalid_input" });
    await sql`insert into customers.consent (party_id, purpose, channel, act, happened_at, obtained_by, recorded_by)
      select party_id, 'profiling', 'any', 'objected', now(), 'branch', ${analyst.userId} from customers.party where customer_id = ${ids.rich}`.execute(
      tx,
    );
    expect(await found(analyst, "all", of("is_one_of", shared))).toEqual(expected("southern"));
  });
});
