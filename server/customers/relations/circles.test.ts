import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, type GivenCustomer, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { addCircleMember, correctCircleMember, createCircle, dissolveCircle, renameCircle } from "./change-circles.ts";
import { listCircles } from "./list-circles.ts";
import { decideProposal, listProposals } from "./propose-circles.ts";

async function arrange(tx: Tx) {
  const bank = await bankUnit(tx);
  const [here, elsewhere] = [await givenUnit(tx, "branch", bank), await givenUnit(tx, "branch", bank)];
  const given = (fullName: string, branch: typeof here, assetsMinor: bigint) => givenCustomer(tx, { fullName, branch, assetsMinor });
  return {
    manager: await givenPerson(tx, "relationship_manager", here),
    head: await givenPerson(tx, "data_steward", bank),
    anna: await given("Anna", here, 1000n),
    omar: await given("Omar", here, 200n),
    hidden: await given("Hidden", elsewhere, 50_000n),
  };
}

async function shareAccount(tx: Tx, owner: GivenCustomer, other: GivenCustomer): Promise<void> {
  await sql`insert into customers.holding_role (party_id, holding_id, role, owner_party_id, source_id, load_no)
    values (${other.partyId}, ${owner.holdingId}, 'joint_owner', ${owner.partyId}, (select source_id from customers.source where code = 'given'), 1)`.execute(
    tx,
  );
}

async function liveAt(tx: Tx, address: string, ...customers: readonly GivenCustomer[]): Promise<void> {
  for (const { partyId } of customers)
    await sql`insert into customers.contact_point (party_id, contact_point_id, source_id, kind, value, normalised, parts, changed_at, load_no)
      values (${partyId}, ${newId()}, (select source_id from customers.source where code = 'given'), 'address', ${address}, ${address.toLowerCase()}, ${JSON.stringify({ line: address })}::jsonb, '2026-01-01', 1)`.execute(
      tx,
    );
}

describe("a household", () => {
  test("has members and totals, in which what two members own together counts once", async ({ tx, as, clock }) => {
    const { manager, anna, omar } = await arrange(tx);
    await shareAccount(tx, anna, omar);
    await as(manager, (own) =>
      createCircle(own, manager, {
        ...{ kind: "household", name: "Anna's" },
        members: [
          { customerId: anna.customerId, role: "head" },
          { customerId: omar.customerId, role: "adult" },
        ],
      }),
    );
    const { circles } = await as(manager, (own) => listCircles(own, manager, clock, omar.customerId));
    expect(circles).toMatchObject([
      {
        ...{ kind: "household", name: "Anna's", holdings: 2 },
        members: [
          { role: "head", customer: { fullName: "Anna" } },
          { role: "adult", customer: { fullName: "Omar" } },
        ],
        totals: [{ currency: "EUR", assetsMinor: 1200n, debtsMinor: 0n, holdings: 2 }],
      },
    ]);
  });

  test("counts nobody the caller may not see, in members, totals and holdings, and is not there for who sees none", async ({
    tx,
    as,
    clock,
  }) => {
    const { manager, head, anna, hidden } = await arrange(tx);
    const { circleId } = await as(head, (own) =>
      createCircle(own, head, {
        kind: "household",
        members: [
          { customerId: anna.customerId, role: "adult" },
          { customerId: hidden.customerId, role: "adult" },
        ],
      }),
    );
    const { circles } = await as(manager, (own) => listCircles(own, manager, clock, anna.customerId));
    expect(circles).toMatchObject([{ circleId, holdings: 1, totals: [{ assetsMinor: 1000n }] }]);
    expect(circles[0]?.members.map(({ customer }) => customer.fullName)).toEqual(["Anna"]);
    const stranger = await givenPerson(tx, "relationship_manager", await givenUnit(tx, "branch", await bankUnit(tx)));
    const { rows } = await as(stranger, (own) =>
      sql`select circle_id from customers.circle union all select circle_id from customers.circle_member`.execute(own),
    );
    expect(rows).toEqual([]);
    await expect(as(stranger, (own) => renameCircle(own, stranger, circleId, { version: 1, name: "Mine" }))).rejects.toMatchObject({
      code: "not_found",
    });
    // Ending what one sees leaves alone whom one does not see.
    expect(await as(manager, (own) => dissolveCircle(own, manager, clock, circleId, 1))).toEqual({ ended: 1 });
    const left = await sql<{ party: string }>`select party_id as party from customers.circle_member where to_on is null`.execute(tx);
    expect(left.rows).toEqual([{ party: hidden.partyId }]);
  });

  test("is changed by members, names and dates, each once, and not by who lacks the right", async ({ tx, as, clock }) => {
    const { manager, anna, omar, hidden } = await arrange(tx);
    const { circleId } = await as(manager, (own) =>
      createCircle(own, manager, { kind: "household", members: [{ customerId: anna.customerId, role: "head" }] }),
    );
    const join = (customerId: string) =>
      as(manager, (own) => addCircleMember(own, manager, clock, circleId, { customerId, role: "adult" }));
    const { memberId } = await join(omar.customerId);
    await expect(join(omar.customerId)).rejects.toMatchObject({ detail: { reason: "member_twice" } });
    await expect(join(hidden.customerId)).rejects.toMatchObject({ code: "not_found" });
    const correct = (version: number, toOn: string) =>
      as(manager, (own) => correctCircleMember(own, manager, { circleId, memberId }, { version, toOn }));
    await correct(1, "2026-03-01");
    await expect(correct(1, "2026-03-02")).rejects.toMatchObject({ code: "conflict" });
    await join(omar.customerId);
    await as(manager, (own) => renameCircle(own, manager, circleId, { version: 1, name: "Two" }));
    await expect(as(manager, (own) => renameCircle(own, manager, circleId, { version: 1, name: null }))).rejects.toMatchObject({
      code: "conflict",
    });
    const auditor = await givenPerson(tx, "analyst", await bankUnit(tx));
    await expect(
      as(auditor, (own) => createCircle(own, auditor, { kind: "household", members: [{ customerId: anna.customerId, role: "head" }] })),
    ).rejects.toMatchObject({
      code: "not_allowed",
    });
    await sql`update customers.party set kind = 'organisation' where customer_id = ${omar.customerId}`.execute(tx);
    await sql`update customers.customer set kind = 'organisation' where customer_id = ${omar.customerId}`.execute(tx);
    await expect(
      as(manager, (own) => createCircle(own, manager, { kind: "household", members: [{ customerId: omar.customerId, role: "adult" }] })),
    ).rejects.toMatchObject({ detail: { reason: "kind_does_not_fit" } });
  });
});

describe("proposals", () => {
  test("name who shares an address or an account, and nobody out of reach", async ({ tx, as, clock }) => {
    const { manager, anna, omar, hidden } = await arrange(tx);
    await shareAccount(tx, anna, omar);
    await liveAt(tx, "12 High Street, London", anna, omar, hidden);
    const { proposals } = await as(manager, (own) => listProposals(own, manager, clock, anna.customerId));
    expect(proposals.map(({ other, reasons }) => [other.fullName, reasons])).toEqual([["Omar", ["same_address", "shared_account"]]]);
  });

  test("an address of a whole tower proposes nobody", async ({ tx, as, clock }) => {
    const { manager, head, anna, omar, hidden } = await arrange(tx);
    const lodgers = [anna, omar, hidden];
    for (let more = 0; more < 12; more += 1) lodgers.push(await givenCustomer(tx));
    await liveAt(tx, "Tower 1, Main Road", ...lodgers);
    expect((await as(head, (own) => listProposals(own, head, clock, anna.customerId))).proposals).toEqual([]);
    expect((await as(manager, (own) => listProposals(own, manager, clock, anna.customerId))).proposals).toHaveLength(1);
  });

  test("accepted once make a household; dismissed ones do not come again, also after a join", async ({ tx, as, clock }) => {
    const { manager, anna, omar } = await arrange(tx);
    const third = await givenCustomer(tx, { fullName: "Third" });
    await sql`update customers.customer set branch_id = (select branch_id from customers.customer where customer_id = ${anna.customerId}) where customer_id = ${third.customerId}`.execute(
      tx,
    );
    await liveAt(tx, "12 High Street, London", anna, omar, third);
    const decide = (other: GivenCustomer, decision: "accept" | "dismiss") =>
      as(manager, (own) =>
        decideProposal(own, manager, clock, anna.customerId, { kind: "household", otherCustomerId: other.customerId, decision }),
      );
    const names = async () =>
      (await as(manager, (own) => listProposals(own, manager, clock, anna.customerId))).proposals.map(({ other }) => other.fullName);
    expect(await names()).toEqual(["Omar", "Third"]);
    await decide(third, "dismiss");
    expect(await names()).toEqual(["Omar"]);
    await decide(omar, "accept");
    expect(await names()).toEqual([]);
    await expect(decide(omar, "accept")).rejects.toMatchObject({ detail: { reason: "in_two_circles" } });
    await sql`update customers.party set customer_id = ${omar.customerId} where party_id = ${third.partyId}`.execute(tx);
    expect(await names()).toEqual([]);
    expect((await as(manager, (own) => listCircles(own, manager, clock, anna.customerId))).circles).toMatchObject([
      { members: [{ customer: { fullName: "Anna" } }, { customer: { fullName: "Omar" } }] },
    ]);
  });

  test("companies that own half of another propose a group, and who is above whom", async ({ tx, as, clock }) => {
    const { manager, anna, omar } = await arrange(tx);
    for (const { customerId } of [anna, omar]) {
      await sql`update customers.customer set kind = 'organisation' where customer_id = ${customerId}`.execute(tx);
      await sql`update customers.party set kind = 'organisation' where customer_id = ${customerId}`.execute(tx);
    }
    await sql`insert into customers.party_relation (party_id, relation_id, other_party_id, kind, share, entered_by)
      values (${anna.partyId}, ${newId()}, ${omar.partyId}, 'shareholder', 0.5, ${manager.userId})`.execute(tx);
    const { proposals } = await as(manager, (own) => listProposals(own, manager, clock, omar.customerId));
    expect(proposals).toMatchObject([{ kind: "company_group", reasons: ["owned_by_half"] }]);
    await as(manager, (own) =>
      decideProposal(own, manager, clock, omar.customerId, { kind: "company_group", otherCustomerId: anna.customerId, decision: "accept" }),
    );
    const { circles } = await as(manager, (own) => listCircles(own, manager, clock, anna.customerId));
    expect(circles[0]?.members.map(({ role, customer }) => [role, customer.fullName])).toEqual([
      ["parent_company", "Anna"],
      ["subsidiary", "Omar"],
    ]);
  });
});
