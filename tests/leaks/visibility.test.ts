import fc from "fast-check";
import { describe, expect } from "vitest";
import type { CustomerSort, Filter } from "../../server/customers/directory/contract.ts";
import { countCustomers, listCustomers, readFilterChoices } from "../../server/customers/directory/list-customers.ts";
import { searchCustomers } from "../../server/customers/directory/search-customers.ts";
import { listTransactions, readBalanceSeries, totalTransactions } from "../../server/customers/holdings/list-transactions.ts";
import { readSourceRecord, viewCustomer } from "../../server/customers/overview/view-customer.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { sql, type Tx } from "../../server/platform/db/index.ts";
import { type ActAs, test } from "../support/database.ts";
import { bankUnit, type GivenCustomer, type GivenUnit, givenCustomer, givenPerson, givenPortfolio, givenUnit } from "../support/given.ts";
import { givenClearance, givenCompartment, givenSeal } from "../support/given-seal.ts";

/** The bank of one run: what the reference model knows of it. */
interface World {
  readonly units: Record<"bank" | "north" | "south" | "n1" | "n2" | "s1", GivenUnit>;
  /** `cleared`: the compartments the person has clearance for. */
  readonly people: readonly { caller: Caller; roleId: string; at: keyof World["units"]; cleared: readonly Compartment[] }[];
  readonly customers: readonly (GivenCustomer & {
    branch: keyof World["units"] | null;
    owner: number | null;
    assetsMinor: bigint;
    phone: string;
    /** The compartments it lies in. */
    sealed: readonly Compartment[];
  })[];
}
type Compartment = "vip" | "staff" | "wall";

/** The rule, written a second time in plain TypeScript: this is what the policies in the database are compared with. */
function maySee(world: World, person: number, customer: World["customers"][number]): boolean {
  const someone = world.people[person];
  if (someone === undefined || !someone.caller.permissions.has("customer:read")) return false;
  if (customer.sealed.some((compartment) => !someone.cleared.includes(compartment))) return false;
  if (someone.at === "bank") return true;
  const below: Record<string, readonly string[]> = {
    north: ["north", "n1", "n2"],
    south: ["south", "s1"],
    n1: ["n1"],
    n2: ["n2"],
    s1: ["s1"],
  };
  const inBranch = customer.branch !== null && (below[someone.at] ?? []).includes(customer.branch);
  return inBranch || customer.owner === person;
}

const roles = ["relationship_manager", "branch_manager", "analyst", "data_steward", "administrator", "auditor"] as const;
const places = ["bank", "north", "south", "n1", "n2", "s1"] as const;
const compartments = ["vip", "staff", "wall"] as const;
const words = ["anna", "ana", "omar", "samira", "lopez", "haddad"] as const;

const shape = fc.record({
  people: fc.array(
    fc.record({ roleId: fc.constantFrom(...roles), at: fc.constantFrom(...places), cleared: fc.subarray([...compartments]) }),
    { minLength: 2, maxLength: 4 },
  ),
  customers: fc.array(
    fc.record({
      branch: fc.constantFrom("n1", "n2", "s1", null),
      owner: fc.option(fc.integer({ min: 0, max: 3 })),
      first: fc.constantFrom(...words),
      last: fc.constantFrom(...words),
      assets: fc.bigInt({ min: 0n, max: 9_000_000n }),
      phone: fc.integer({ min: 1000, max: 9999 }),
      sealed: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray([...compartments]) }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
});

async function arrange(tx: Tx, plan: typeof shape extends fc.Arbitrary<infer Plan> ? Plan : never): Promise<World> {
  const bank = await bankUnit(tx);
  const north = await givenUnit(tx, "region", bank);
  const south = await givenUnit(tx, "region", bank);
  const units = {
    bank,
    north,
    south,
    n1: await givenUnit(tx, "branch", north),
    n2: await givenUnit(tx, "branch", north),
    s1: await givenUnit(tx, "branch", south),
  };
  const people = [];
  const idOf = {
    vip: await givenCompartment(tx, "vip"),
    staff: await givenCompartment(tx, "staff"),
    wall: await givenCompartment(tx, "wall"),
  };
  for (const { roleId, at, cleared } of plan.people) {
    const caller = await givenPerson(tx, roleId, units[at]);
    for (const compartment of cleared) await givenClearance(tx, caller, idOf[compartment]);
    people.push({ caller, roleId, at, cleared });
  }
  const customers = [];
  for (const wanted of plan.customers) {
    const owner = wanted.owner !== null && wanted.owner < people.length ? wanted.owner : null;
    const portfolioId = owner === null ? null : await givenPortfolio(tx, north, people[owner]?.caller ?? null);
    const phone = `+3460000${wanted.phone}`;
    const given = {
      fullName: `${wanted.first} ${wanted.last}`,
      branch: wanted.branch === null ? null : units[wanted.branch],
      portfolioId,
      assetsMinor: wanted.assets,
      phone,
    };
    const customer = await givenCustomer(tx, given);
    for (const compartment of wanted.sealed) await givenSeal(tx, customer, idOf[compartment]);
    customers.push({ ...customer, branch: wanted.branch, owner, assetsMinor: wanted.assets, phone, sealed: wanted.sealed });
  }
  return { units, people, customers };
}

const ids = (customers: readonly { customerId: string }[]) => customers.map((customer) => customer.customerId).sort();

describe("who sees which customer is what the reference model says", () => {
  test("on list, filter, sort, count, search, get, records, transactions, totals, balances and suggestions", { timeout: 240_000 }, async ({
    tx,
    as,
    clock,
  }) => {
    await fc.assert(
      fc.asyncProperty(shape, async (plan) => {
        await sql`savepoint run`.execute(tx);
        const world = await arrange(tx, plan);
        for (const [person, { caller }] of world.people.entries()) {
          const expected = world.customers.filter((customer) => maySee(world, person, customer));
          if (!caller.permissions.has("customer:read")) {
            await expect(
              as(caller, (own) => listCustomers(own, caller, clock, { sort: "name", direction: "ascending", rows: 50 })),
            ).rejects.toMatchObject({ code: "not_allowed" });
            expect(await as(caller, countEveryTable)).toEqual(nothing);
            continue;
          }
          for (const sort of ["name", "assets", "lastTransactionOn"] satisfies CustomerSort[]) {
            const listed = await as(caller, (own) => listCustomers(own, caller, clock, { sort, direction: "descending", rows: 50 }));
            expect(ids(listed.customers)).toEqual(ids(expected));
          }
          const rich: Filter = {
            match: "any",
            conditions: [
              { field: "assets", operator: "at_least", value: "1000000", currency: "EUR" },
              { field: "name", operator: "contains", value: "ana" },
            ],
          };
          const fits = expected.filter((customer) => customer.assetsMinor >= 1_000_000n || customer.fullName.split(" ").includes("ana"));
          const filtered = await as(caller, (own) =>
            listCustomers(own, caller, clock, { filter: rich, sort: "name", direction: "ascending", rows: 50 }),
          );
          expect(ids(filtered.customers)).toEqual(ids(fits));
          expect(await as(caller, (own) => countCustomers(own, caller, clock, rich))).toEqual(countOf(fits));
          expect(await as(caller, (own) => countCustomers(own, caller, clock, undefined))).toEqual(countOf(expected));
          const byPhone = await as(caller, (own) => searchCustomers(own, caller, "60000", 50));
          expect(ids(byPhone.found.map(({ customer }) => customer))).toEqual([]);
          const byName = await as(caller, (own) => searchCustomers(own, caller, "ana", 50));
          expect(ids(byName.found.map(({ customer }) => customer))).toEqual(
            ids(expected.filter(({ fullName }) => fullName.split(" ").includes("ana"))),
          );
          for (const customer of world.customers) await expectOne(as, caller, world, person, customer);
          const choices = await as(caller, (own) => readFilterChoices(own, caller));
          expect(choices.currencies).toEqual(expected.length === 0 ? [] : ["EUR"]);
          expect(await as(caller, countEveryTable)).toEqual({
            customer: expected.length,
            party: expected.length,
            identity_link: expected.length,
            contact_point: expected.length,
            source_record: expected.length,
            holding: expected.length,
            holding_role: expected.length,
            balance: expected.length,
            transaction: expected.length,
          });
        }
        await sql`rollback to savepoint run`.execute(tx);
      }),
      { numRuns: 6 },
    );
  });
});

/** Sums of money may not betray customers out of reach either. */
function countOf(customers: World["customers"]) {
  const assetsMinor = customers.reduce((sum, customer) => sum + customer.assetsMinor, 0n);
  return { count: customers.length, exact: true, totals: customers.length === 0 ? [] : [{ currency: "EUR", assetsMinor, debtsMinor: 0n }] };
}

async function expectOne(as: ActAs, caller: Caller, world: World, person: number, customer: World["customers"][number]) {
  const asked = [
    () => as(caller, (own) => viewCustomer(own, caller, customer.customerId)),
    () => as(caller, (own) => readSourceRecord(own, caller, customer.customerId, customer.partyId)),
    () => as(caller, (own) => listTransactions(own, caller, customer.customerId, { rows: 50 })),
    () => as(caller, (own) => totalTransactions(own, caller, customer.customerId, {})),
    () => as(caller, (own) => readBalanceSeries(own, caller, customer.customerId, { holdingId: customer.holdingId })),
    () =>
      as(caller, (own) => searchCustomers(own, caller, customer.phone, 50)).then(({ found }) => {
        if (!found.some((row) => row.customer.customerId === customer.customerId))
          throw Object.assign(new Error("not found"), { code: "not_found" });
      }),
  ];
  for (const ask of asked) {
    if (maySee(world, person, customer)) await expect(ask()).resolves.not.toThrow();
    else await expect(ask()).rejects.toMatchObject({ code: "not_found" });
  }
}

const tables = [
  "customer",
  "party",
  "identity_link",
  "contact_point",
  "source_record",
  "holding",
  "holding_role",
  "balance",
  "transaction",
] as const;
const nothing = Object.fromEntries(tables.map((table) => [table, 0]));

/** Straight at the tables, as injected SQL would. */
async function countEveryTable(tx: Tx): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.id("customers", table)}`.execute(tx);
    counts[table] = rows[0]?.count ?? -1;
  }
  return counts;
}
