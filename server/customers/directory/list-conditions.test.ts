import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenPortfolio, givenUnit } from "../../../tests/support/given.ts";
import type { Filter } from "./contract.ts";
import { countCustomers, listCustomers } from "./list-customers.ts";

const page = { sort: "name", direction: "ascending", rows: 50 } as const;
const only = (condition: Filter["conditions"][number]): Filter => ({ match: "all", conditions: [condition] });

describe("conditions that speak of the caller", () => {
  test("'own' means the caller's own portfolio, and 'not own' everything else in reach", async ({ tx, as, clock }) => {
    const branch = await givenUnit(tx, "branch", await bankUnit(tx));
    const manager = await givenPerson(tx, "relationship_manager", branch);
    const other = await givenPerson(tx, "relationship_manager", branch);
    const mine = await givenCustomer(tx, { fullName: "Mine", branch, portfolioId: await givenPortfolio(tx, branch, manager) });
    const theirs = await givenCustomer(tx, { fullName: "Theirs", branch, portfolioId: await givenPortfolio(tx, branch, other) });
    const nobodys = await givenCustomer(tx, { fullName: "Nobody's", branch, portfolioId: null });
    const ask = (operator: "is" | "is_not") =>
      as(manager, (own) => listCustomers(own, manager, clock, { ...page, filter: only({ field: "own", operator }) }));
    expect((await ask("is")).customers.map((row) => row.customerId)).toEqual([mine.customerId]);
    expect((await ask("is_not")).customers.map((row) => row.customerId)).toEqual([nobodys.customerId, theirs.customerId]);
  });

  test("asking for customers by their ids gives those in reach and says nothing of the others", async ({ tx, as, clock }) => {
    const bank = await bankUnit(tx);
    const [here, elsewhere] = [await givenUnit(tx, "branch", bank), await givenUnit(tx, "branch", bank)];
    const manager = await givenPerson(tx, "branch_manager", here);
    const seen = await givenCustomer(tx, { branch: here });
    const hidden = await givenCustomer(tx, { branch: elsewhere });
    const filter = only({ field: "customer", operator: "is_one_of", value: [seen.customerId, hidden.customerId] });
    const { customers } = await as(manager, (own) => listCustomers(own, manager, clock, { ...page, filter }));
    expect(customers.map((row) => row.customerId)).toEqual([seen.customerId]);
    expect(await as(manager, (own) => countCustomers(own, manager, clock, filter))).toMatchObject({ count: 1, exact: true });
  });
});
