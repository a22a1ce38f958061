import { describe, expect } from "vitest";
import { type ActAs, type FrozenClock, test } from "../../../tests/support/database.ts";
import { bankUnit, type GivenCustomer, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { addRelation, correctRelation, withdrawRelation } from "./change-relations.ts";
import { listRelations } from "./list-relations.ts";
import { readOwnership } from "./read-ownership.ts";

interface Scene {
  readonly manager: Caller;
  readonly head: Caller;
  readonly anna: GivenCustomer;
  readonly omar: GivenCustomer;
  readonly hidden: GivenCustomer;
}

async function arrange(tx: Tx): Promise<Scene> {
  const bank = await bankUnit(tx);
  const [here, elsewhere] = [await givenUnit(tx, "branch", bank), await givenUnit(tx, "branch", bank)];
  return {
    manager: await givenPerson(tx, "relationship_manager", here),
    head: await givenPerson(tx, "data_steward", bank),
    anna: await givenCustomer(tx, { fullName: "Anna", branch: here }),
    omar: await givenCustomer(tx, { fullName: "Omar", branch: here }),
    hidden: await givenCustomer(tx, { fullName: "Hidden", branch: elsewhere }),
  };
}

async function makeCompany(tx: Tx, ...customers: readonly GivenCustomer[]): Promise<void> {
  const ids = customers.map(({ customerId }) => customerId);
  await sql`update customers.customer set kind = 'organisation' where customer_id = any (${ids}::uuid[])`.execute(tx);
  await sql`update customers.party set kind = 'organisation' where customer_id = any (${ids}::uuid[])`.execute(tx);
}

/** As a source says it: `a` is `kind` of `b`. */
async function givenRelation(
  tx: Tx,
  a: GivenCustomer,
  kind: string,
  b: GivenCustomer,
  more: { share?: number; toOn?: string } = {},
): Promise<string> {
  const id = newId();
  await sql`
    insert into customers.party_relation (party_id, relation_id, other_party_id, kind, share, to_on, source_id, load_no)
    values (${a.partyId}, ${id}, ${b.partyId}, ${kind}, ${more.share ?? null}, ${more.toOn ?? null}, (select source_id from customers.source where code = 'given'), 1)`.execute(
    tx,
  );
  return id;
}

async function auditedActions(tx: Tx, caller: Caller): Promise<string[]> {
  const { rows } = await sql<{
    action: string;
  }>`select action from governance.audit_event where actor_id = ${caller.userId} order by event_id`.execute(tx);
  return rows.map(({ action }) => action);
}

const list = (as: ActAs, clock: FrozenClock, caller: Caller, { customerId }: GivenCustomer) =>
  as(caller, (tx) => listRelations(tx, caller, clock, customerId));
type Added = Parameters<typeof addRelation>[3];
const add = (as: ActAs, caller: Caller, own: GivenCustomer, [kind, other, more]: [Added["kind"], GivenCustomer, Partial<Added>?]) =>
  as(caller, (tx) => addRelation(tx, caller, own.customerId, { otherCustomerId: other.customerId, kind, ...more }));

describe("relations of a customer", () => {
  test("are seen from either side under the word for the other one, and follow a join by themselves", async ({ tx, as, clock }) => {
    const { manager, anna, omar } = await arrange(tx);
    const child = await givenCustomer(tx, { fullName: "Child" });
    await sql`update customers.party set customer_id = ${omar.customerId} where party_id = ${child.partyId}`.execute(tx);
    await givenRelation(tx, anna, "parent", child);
    const [ofAnna, ofOmar] = [await list(as, clock, manager, anna), await list(as, clock, manager, omar)];
    expect(ofAnna.relations.map(({ kind, other, sources }) => [kind, other.fullName, sources])).toEqual([["child", "Omar", ["Given"]]]);
    expect(ofOmar.relations.map(({ kind, other }) => [kind, other.fullName])).toEqual([["parent", "Anna"]]);
    expect(ofAnna.edges).toEqual([{ from: anna.customerId, to: omar.customerId, kind: "parent", share: null }]);
    expect(await auditedActions(tx, manager)).toEqual(["relations.viewed", "relations.viewed"]);
  });

  test("with somebody out of reach are told to nobody who does not see both: not in the list, the graph, or by a table", async ({
    tx,
    as,
    clock,
  }) => {
    const { manager, head, anna, omar, hidden } = await arrange(tx);
    await givenRelation(tx, anna, "spouse", hidden);
    await givenRelation(tx, hidden, "parent", omar);
    const seen = await list(as, clock, manager, anna);
    expect(seen).toMatchObject({ relations: [], edges: [], more: false });
    expect(seen.nodes.map(({ fullName }) => fullName)).toEqual(["Anna"]);
    const { rows } = await as(manager, (own) => sql`select 1 from customers.party_relation`.execute(own));
    expect(rows).toEqual([]);
    await expect(list(as, clock, manager, hidden)).rejects.toMatchObject({ code: "not_found" });
    expect((await list(as, clock, head, anna)).nodes.map(({ fullName }) => fullName)).toEqual(["Anna", "Hidden", "Omar"]);
  });

  test("that have ended are listed and are not in the graph", async ({ tx, as, clock }) => {
    const { manager, anna, omar } = await arrange(tx);
    await givenRelation(tx, anna, "spouse", omar, { toOn: "2020-01-01" });
    const seen = await list(as, clock, manager, anna);
    expect(seen.relations).toMatchObject([{ kind: "spouse", inForce: false, toOn: "2020-01-01" }]);
    expect(seen.edges).toEqual([]);
  });

  test("stand beside roles on accounts, seen from both sides", async ({ tx, as, clock }) => {
    const { manager, anna, omar, hidden } = await arrange(tx);
    for (const { partyId } of [omar, hidden])
      await sql`insert into customers.holding_role (party_id, holding_id, role, owner_party_id, source_id, load_no)
        values (${partyId}, ${anna.holdingId}, 'guarantor', ${anna.partyId}, (select source_id from customers.source where code = 'given'), 1)`.execute(
        tx,
      );
    const ofAnna = await list(as, clock, manager, anna);
    expect(ofAnna.roles.map(({ role, side, other }) => [role, side, other.fullName])).toEqual([["guarantor", "other", "Omar"]]);
    expect((await list(as, clock, manager, omar)).roles.map(({ role, side, other }) => [role, side, other.fullName])).toEqual([
      ["guarantor", "own", "Anna"],
    ]);
    expect(ofAnna.edges).toEqual([{ from: omar.customerId, to: anna.customerId, kind: "guarantor", share: null }]);
  });
});

describe("a relation entered by hand", () => {
  test("is kept under one of its two words, dated, audited, corrected and ended", async ({ tx, as, clock }) => {
    const { manager, anna, omar } = await arrange(tx);
    const { relationId } = await add(as, manager, anna, ["child", omar, { fromOn: "2010-05-01" }]);
    const { rows } = await sql`select party_id = ${anna.partyId} as parent_first, kind, from_on from customers.party_relation`.execute(tx);
    expect(rows).toEqual([{ parent_first: true, kind: "parent", from_on: "2010-05-01" }]);
    await as(manager, (own) => correctRelation(own, manager, relationId, { version: 1, toOn: "2026-03-01" }));
    expect((await list(as, clock, manager, omar)).relations).toMatchObject([{ kind: "parent", inForce: false, version: 2, sources: [] }]);
    await expect(as(manager, (own) => correctRelation(own, manager, relationId, { version: 1, toOn: null }))).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(as(manager, (own) => correctRelation(own, manager, relationId, { version: 2, toOn: "2001-01-01" }))).rejects.toMatchObject(
      {
        detail: { reason: "dates_turned" },
      },
    );
    await as(manager, (own) => withdrawRelation(own, manager, relationId, 2));
    expect((await list(as, clock, manager, anna)).relations).toEqual([]);
    expect((await sql`select 1 from customers.party_relation where withdrawn_at is not null`.execute(tx)).rows).toHaveLength(1);
    expect(await auditedActions(tx, manager)).toEqual([
      "relation.added",
      "relation.corrected",
      "relations.viewed",
      "relation.withdrawn",
      "relations.viewed",
    ]);
  });

  test("needs the right, both sides in reach, and a kind that fits; nothing is written otherwise", async ({ tx, as }) => {
    const { manager, head, anna, omar, hidden } = await arrange(tx);
    const analyst = await givenPerson(tx, "analyst", await bankUnit(tx));
    await makeCompany(tx, omar);
    await expect(add(as, analyst, anna, ["employer", omar])).rejects.toMatchObject({ code: "not_allowed" });
    await expect(add(as, manager, anna, ["spouse", hidden])).rejects.toMatchObject({ code: "not_found" });
    await expect(add(as, manager, hidden, ["spouse", anna])).rejects.toMatchObject({ code: "not_found" });
    await expect(add(as, manager, anna, ["spouse", omar])).rejects.toMatchObject({ detail: { reason: "kind_does_not_fit" } });
    await expect(add(as, manager, anna, ["spouse", anna])).rejects.toMatchObject({ detail: { reason: "same_customer" } });
    await expect(add(as, manager, anna, ["employer", omar, { share: 0.5 }])).rejects.toMatchObject({
      detail: { reason: "share_does_not_fit" },
    });
    // Past the verbs, the database refuses too.
    const insert = (caller: Caller) =>
      as(caller, (own) =>
        sql`insert into customers.party_relation (party_id, relation_id, other_party_id, kind, entered_by)
          values (${anna.partyId}, ${newId()}, ${hidden.partyId}, 'spouse', ${caller.userId})`.execute(own),
      );
    await expect(insert(manager)).rejects.toThrow(/row-level security/);
    await expect(insert(analyst)).rejects.toThrow(/row-level security/);
    await insert(head);
    expect((await sql`select 1 from customers.party_relation`.execute(tx)).rows).toHaveLength(1);
  });

  test("from a source is changed by the source alone", async ({ tx, as }) => {
    const { manager, anna, omar } = await arrange(tx);
    const relationId = await givenRelation(tx, anna, "spouse", omar);
    await expect(as(manager, (own) => correctRelation(own, manager, relationId, { version: 1, toOn: "2026-01-01" }))).rejects.toMatchObject(
      {
        detail: { reason: "from_a_source" },
      },
    );
    const { numAffectedRows } = await as(manager, (own) => sql`update customers.party_relation set to_on = '2026-01-01'`.execute(own));
    expect(numAffectedRows).toBe(0n);
  });
});

describe("ownership", () => {
  test("shares above the whole are refused, owners who follow one another are not", async ({ tx, as }) => {
    const { manager, anna, omar } = await arrange(tx);
    const [firm, third] = [await givenCustomer(tx, { branch: null }), await givenCustomer(tx, { branch: null })];
    await makeCompany(tx, firm);
    const { rows } = await sql<{
      branch: string;
    }>`select branch_id as branch from customers.customer where customer_id = ${anna.customerId}`.execute(tx);
    await sql`update customers.customer set branch_id = ${rows[0]?.branch ?? null} where customer_id in (${firm.customerId}, ${third.customerId})`.execute(
      tx,
    );
    const { relationId } = await add(as, manager, firm, ["shareholder", anna, { share: 0.7 }]);
    await expect(add(as, manager, firm, ["shareholder", omar, { share: 0.4 }])).rejects.toMatchObject({
      detail: { reason: "shares_above_whole" },
    });
    await expect(add(as, manager, omar, ["owned_company", firm, { share: 0.4 }])).rejects.toMatchObject({
      detail: { reason: "shares_above_whole" },
    });
    await as(manager, (own) => correctRelation(own, manager, relationId, { version: 1, toOn: "2025-12-31" }));
    await add(as, manager, firm, ["shareholder", omar, { share: 1, fromOn: "2026-01-01" }]);
    await expect(as(manager, (own) => correctRelation(own, manager, relationId, { version: 2, toOn: null }))).rejects.toMatchObject({
      detail: { reason: "shares_above_whole" },
    });
  });

  test("goes through chains and cycles, with the paths that make it up and the structure below", async ({ tx, as, clock }) => {
    const { head, anna, omar } = await arrange(tx);
    const firms = [];
    for (const fullName of ["Top", "Middle", "Bottom"]) firms.push(await givenCustomer(tx, { fullName }));
    const [top, middle, bottom] = firms as [GivenCustomer, GivenCustomer, GivenCustomer];
    await makeCompany(tx, top, middle, bottom);
    await givenRelation(tx, top, "shareholder", middle, { share: 0.8 });
    await givenRelation(tx, middle, "shareholder", bottom, { share: 0.5 });
    await givenRelation(tx, top, "shareholder", bottom, { share: 0.5 });
    await givenRelation(tx, bottom, "shareholder", top, { share: 0.1 });
    await givenRelation(tx, anna, "shareholder", top, { share: 0.6 });
    await givenRelation(tx, omar, "shareholder", middle, { share: 0.2 });
    await givenRelation(tx, omar, "beneficial_owner", bottom, { share: 0.3 });
    const found = await as(head, (own) => readOwnership(own, head, clock, bottom.customerId, 0.25));
    expect(found.owners.map(({ customerId, share }) => [customerId, Math.round(share * 1000) / 1000])).toEqual([[anna.customerId, 0.593]]);
    expect(found.owners[0]?.paths.map(({ customerIds, share }) => [customerIds.length, Math.round(share * 100) / 100])).toEqual([
      [3, 0.3],
      [4, 0.24],
    ]);
    expect(found.belowThreshold).toBeCloseTo(0.11, 2);
    expect(found).toMatchObject({ circular: 0, overstated: false, more: false, declared: [{ customerId: omar.customerId, share: 0.3 }] });
    const below = await as(head, (own) => readOwnership(own, head, clock, top.customerId, 0.25));
    expect(below.structure).toMatchObject([
      { customerId: middle.customerId, depth: 1, share: 0.8, effective: 0.8 },
      { customerId: bottom.customerId, depth: 1, share: 0.5, effective: 0.9 },
    ]);
  });

  test("an owner out of reach is unknown, in the refusal of shares too", async ({ tx, as, clock }) => {
    const { manager, anna, omar, hidden } = await arrange(tx);
    await makeCompany(tx, omar);
    await givenRelation(tx, hidden, "shareholder", omar, { share: 0.9 });
    const found = await as(manager, (own) => readOwnership(own, manager, clock, omar.customerId, 0.1));
    expect(found).toMatchObject({ owners: [], unknown: 1, belowThreshold: 0 });
    await add(as, manager, omar, ["shareholder", anna, { share: 0.5 }]);
    expect(await as(manager, (own) => readOwnership(own, manager, clock, omar.customerId, 0.1))).toMatchObject({
      unknown: 0.5,
      overstated: false,
    });
  });

  test("people have none", async ({ tx, as, clock }) => {
    const { manager, anna } = await arrange(tx);
    await expect(as(manager, (own) => readOwnership(own, manager, clock, anna.customerId, 0.25))).rejects.toMatchObject({
      code: "invalid_state",
    });
  });
});
