import { describe, expect } from "vitest";
import { decidePairs } from "../../server/customers/identity/decide-pairs.ts";
import { separateRecords } from "../../server/customers/identity/join-and-separate.ts";
import { sql } from "../../server/platform/db/index.ts";
import { test } from "../support/database.ts";
import { givenCustomer, givenPerson, givenUnit } from "../support/given.ts";

describe("AC-02: an act on many", () => {
  test("looks at every row and does all of it or nothing: one hidden, gone or changed row among good ones undoes the rest", async ({
    db,
    admin,
  }) => {
    const { steward, seen, hidden } = await admin.transaction().execute(async (tx) => {
      const [here, elsewhere] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
      const many = [];
      for (let at = 0; at < 3; at += 1) many.push(await givenCustomer(tx, { branch: here }));
      return { steward: await givenPerson(tx, "data_steward", here), seen: many, hidden: await givenCustomer(tx, { branch: elsewhere }) };
    });
    const [one, two, three] = seen.map(({ partyId }) => partyId) as [string, string, string];
    const state = async () =>
      (
        await sql`select (select count(*)::int from customers.match_pair) pairs, (select count(*)::int from customers.identity_link) links,
          (select json_agg(customer_id order by party_id) from customers.party) stand,
          (select count(*)::int from governance.audit_event where action like 'identity.decided%') told`.execute(admin)
      ).rows;
    const decide = (pairs: readonly (readonly [string, string, number | null])[]) =>
      decidePairs(db, steward, { pairs: pairs.map(([a, b, version]) => ({ a, b, version })), decision: "apart", reason: "looked at" });
    const before = await state();
    await expect(
      decide([
        [one, two, null],
        [one, hidden.partyId, null],
      ]),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      decide([
        [one, two, null],
        [one, crypto.randomUUID(), null],
      ]),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      decide([
        [one, two, null],
        [one, three, 7],
      ]),
    ).rejects.toMatchObject({ code: "conflict" });
    const of = seen[0]?.customerId ?? "";
    await expect(separateRecords(db, steward, of, { partyIds: [one, hidden.partyId], reason: "looked at" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await state()).toEqual(before);
    expect(
      (
        await decide([
          [one, two, null],
          [one, three, null],
        ])
      ).decided,
    ).toBe(2);
  });
});
