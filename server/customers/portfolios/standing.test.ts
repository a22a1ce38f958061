import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenPortfolio, givenUnit } from "../../../tests/support/given.ts";
import { sql } from "../../platform/db/index.ts";
import type { Condition } from "../directory/contract.ts";
import { countCustomers } from "../directory/index.ts";
import { listMaturing, readStanding } from "./read-standing.ts";

describe("figures of what a person looks after", () => {
  test("a branch manager reads the branch by portfolio, with those in none, and nothing of another branch", async ({ tx, as, clock }) => {
    const bank = await bankUnit(tx);
    const [here, elsewhere] = [await givenUnit(tx, "branch", bank), await givenUnit(tx, "branch", bank)];
    const [manager, officer] = [await givenPerson(tx, "branch_manager", here), await givenPerson(tx, "relationship_manager", here)];
    const portfolioId = await givenPortfolio(tx, here, officer);
    await givenCustomer(tx, { branch: here, portfolioId, assetsMinor: 100n });
    const late = await givenCustomer(tx, { branch: here, portfolioId, assetsMinor: 10n });
    await givenCustomer(tx, { branch: here, assetsMinor: 5n });
    await givenCustomer(tx, { branch: elsewhere, assetsMinor: 7_000n });
    await sql`update customers.customer set in_arrears = true, debts_minor = 4 where customer_id = ${late.customerId}`.execute(tx);
    const standing = await as(manager, (own) => readStanding(own, manager, clock));
    const eur = (customers: number, assetsMinor: bigint, debtsMinor: bigint) => [{ currency: "EUR", customers, assetsMinor, debtsMinor }];
    expect(standing).toMatchObject({ scope: "reach", complete: true, customers: 3, inArrears: 1, totals: eur(3, 115n, 4n) });
    expect(standing.kinds).toEqual([{ kind: "current_account", customers: 3 }]);
    expect(standing.portfolios).toMatchObject([
      { portfolioId, ownerName: officer.displayName, customers: 2, inArrears: 1, totals: eur(2, 110n, 4n) },
      { portfolioId: null, name: null, customers: 1, inArrears: 0, totals: eur(1, 5n, 0n) },
    ]);
  });

  test("whoever owns a portfolio reads that alone, not the whole branch", async ({ tx, as, clock }) => {
    const branch = await givenUnit(tx, "branch", await bankUnit(tx));
    const officer = await givenPerson(tx, "relationship_manager", branch);
    await givenCustomer(tx, { branch, portfolioId: await givenPortfolio(tx, branch, officer), assetsMinor: 30n });
    await givenCustomer(tx, { branch, assetsMinor: 500n });
    const standing = await as(officer, (own) => readStanding(own, officer, clock));
    expect(standing).toMatchObject({ scope: "own", customers: 1, totals: [{ assetsMinor: 30n }] });
  });

  test("every figure is what the list behind it counts", async ({ tx, as, clock }) => {
    const branch = await givenUnit(tx, "branch", await bankUnit(tx));
    const manager = await givenPerson(tx, "branch_manager", branch);
    const [lastWeek, longAgo] = [2, 200].map((days) => new Date(clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 10));
    for (const [since, last, arrears] of [
      [longAgo, lastWeek, true],
      [lastWeek, longAgo, false],
      ["2001-05-01", null, false],
      [null, lastWeek, null],
    ] as const) {
      const { customerId } = await givenCustomer(tx, { branch });
      await sql`update customers.customer set customer_since = ${since ?? null}, last_transaction_on = ${last ?? null}, in_arrears = ${arrears}
        where customer_id = ${customerId}`.execute(tx);
    }
    const standing = await as(manager, (own) => readStanding(own, manager, clock));
    const count = async (condition: Condition) =>
      (await as(manager, (own) => countCustomers(own, manager, clock, { match: "all", conditions: [condition] }))).count;
    const yearAgo = new Date(clock.now().getTime() - 365 * 86_400_000).toISOString().slice(0, 10);
    expect([standing.inArrears, standing.quiet, standing.newcomers]).toEqual([1, 2, 2]);
    expect(await count({ field: "arrears", operator: "is" })).toBe(standing.inArrears);
    expect(await count({ field: "quietDays", operator: "at_least", value: 90 })).toBe(standing.quiet);
    expect(await count({ field: "customerSince", operator: "after", value: yearAgo })).toBe(standing.newcomers);
    expect(await count({ field: "holding", operator: "has", value: "current_account" })).toBe(standing.kinds[0]?.customers);
  });

  test("a deposit that matures soon is told once and to its manager only; a later, a closed and a colleague's are not", async ({
    tx,
    as,
    clock,
  }) => {
    const branch = await givenUnit(tx, "branch", await bankUnit(tx));
    const [officer, colleague] = [
      await givenPerson(tx, "relationship_manager", branch),
      await givenPerson(tx, "relationship_manager", branch),
    ];
    const [mine, theirs] = [await givenPortfolio(tx, branch, officer), await givenPortfolio(tx, branch, colleague)];
    const deposit = async (portfolioId: string, days: number, status = "open") => {
      const given = await givenCustomer(tx, { branch, portfolioId });
      const on = new Date(clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
      await sql`update customers.holding set kind = 'term_deposit', status = ${status}, matures_on = ${on} where holding_id = ${given.holdingId}`.execute(
        tx,
      );
      await sql`update customers.customer set holding_kinds = '{term_deposit}' where customer_id = ${given.customerId}`.execute(tx);
      return given;
    };
    const soon = await deposit(mine, 12);
    await deposit(mine, 60);
    await deposit(mine, 3, "closed");
    await deposit(theirs, 5);
    const { holdings } = await as(officer, (own) => listMaturing(own, officer, clock));
    expect(holdings.map(({ customerId, holdingId }) => [customerId, holdingId])).toEqual([[soon.customerId, soon.holdingId]]);
  });
});
