import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenPortfolio, givenUnit } from "../../../tests/support/given.ts";
import { sql } from "../../platform/db/index.ts";
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

describe("a page of a branch", () => {
  test("takes the customers of each unit and own portfolio once, in one order, and goes on where it stopped", async ({ tx, as, clock }) => {
    const bank = await bankUnit(tx);
    const region = await givenUnit(tx, "region", bank);
    const [north, south, away] = [
      await givenUnit(tx, "branch", region),
      await givenUnit(tx, "branch", region),
      await givenUnit(tx, "branch", bank),
    ];
    const manager = await givenPerson(tx, "branch_manager", region);
    const portfolioId = await givenPortfolio(tx, north, manager);
    const wanted = [
      await givenCustomer(tx, { branch: north, assetsMinor: 50n }),
      await givenCustomer(tx, { branch: south, assetsMinor: 40n, portfolioId }),
      await givenCustomer(tx, { branch: away, assetsMinor: 30n, portfolioId }),
      await givenCustomer(tx, { branch: null, assetsMinor: 20n, portfolioId }),
      await givenCustomer(tx, { branch: south, assetsMinor: 10n }),
    ].map((customer) => customer.customerId);
    await givenCustomer(tx, { branch: away, assetsMinor: 35n });
    const shown: string[] = [];
    let after: string | undefined;
    do {
      const request = { sort: "assets", direction: "descending", rows: 2, after } as const;
      const page = await as(manager, (own) => listCustomers(own, manager, clock, request));
      shown.push(...page.customers.map((row) => row.customerId));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(shown).toEqual(wanted);
  });
});

describe("conditions on stored values", () => {
  test("cities in any case, birthdays by day and month, and arrears find whom they name", async ({ tx, as, clock }) => {
    const bank = await bankUnit(tx);
    const analyst = await givenPerson(tx, "analyst", bank);
    const [one, other] = [await givenCustomer(tx, { branch: bank }), await givenCustomer(tx, { branch: bank })];
    await sql`update customers.customer set city = 'MÁLAGA', born_on = '1980-03-16', in_arrears = true where customer_id = ${one.customerId}`.execute(
      tx,
    );
    const found = async (condition: Filter["conditions"][number]) =>
      (await as(analyst, (own) => listCustomers(own, analyst, clock, { ...page, filter: only(condition) }))).customers.map(
        (row) => row.customerId,
      );
    expect(await found({ field: "city", operator: "is", value: "Málaga" })).toEqual([one.customerId]);
    expect(await found({ field: "city", operator: "starts_with", value: "mál" })).toEqual([one.customerId]);
    expect(await found({ field: "birthday", operator: "within_days", value: 1 })).toEqual([one.customerId]);
    expect(await found({ field: "birthday", operator: "within_days", value: 0 })).toEqual([]);
    expect(await found({ field: "arrears", operator: "is" })).toEqual([one.customerId]);
    expect(await found({ field: "arrears", operator: "is_not" })).toEqual([other.customerId]);
  });
});
