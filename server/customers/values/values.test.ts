import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankMapping, clientsHeader, deliveryOf } from "../../../tests/support/delivery.ts";
import { bankUnit, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { joinCustomers, separateRecords } from "../identity/index.ts";
import { importDelivery } from "../intake/index.ts";
import { viewCustomer } from "../overview/index.ts";
import { refreshCustomers } from "../profiles/index.ts";
import { answerDispute } from "./answer-dispute.ts";
import { disputeValue } from "./dispute-value.ts";
import { listDisputes } from "./list-disputes.ts";
import { pinValue, unpinValue } from "./pin-value.ts";

async function bring(db: Db, source: string, line: string): Promise<void> {
  const delivery = deliveryOf(bankMapping(source), { "clients.csv": [clientsHeader, line] });
  await importDelivery({ db, caller: await operatorCaller(db), ...delivery });
}

const asOperator = async <T>(db: Db, work: (tx: Tx) => Promise<T>) => inTransaction(db, await operatorCaller(db), work, { role: "worker" });

async function recordOf(db: Db, source: string): Promise<{ partyId: string; customerId: string; phone: string | null }> {
  const { rows } = await asOperator(db, (tx) =>
    sql<{ partyId: string; customerId: string; phone: string | null }>`
      select p.party_id as "partyId", p.customer_id as "customerId", c.phone
      from customers.party p join customers.source s using (source_id) join customers.customer c using (customer_id) where s.code = ${source}`.execute(
      tx,
    ),
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`nothing of ${source}`);
  return found;
}

const phoneOf = async (db: Db, source: string) => (await recordOf(db, source)).phone;
const phoneShown = async (db: Db, caller: Caller, customerId: string) => {
  const view = await inTransaction(db, caller, (tx) => viewCustomer(tx, caller, customerId));
  return view.attributes.find(({ attribute }) => attribute === "phone");
};

async function steward(admin: { transaction(): { execute<T>(work: (tx: Tx) => Promise<T>): Promise<T> } }): Promise<Caller> {
  return admin.transaction().execute(async (tx) => givenPerson(tx, "data_steward", await bankUnit(tx)));
}

describe("a pinned value", () => {
  test("beats the rules, survives a load that changes the value, is told of, and gives way when it is unpinned", async ({ db, admin }) => {
    const caller = await steward(admin);
    await bring(db, "single", "1,Noor Haddad,1980-05-05,B1,+34600100001,");
    const { partyId, customerId } = await recordOf(db, "single");
    await sql`truncate platform.outbox`.execute(admin);
    const { pinId } = await pinValue(db, caller, customerId, {
      attribute: "phone",
      partyId,
      value: "+34600100099",
      reason: "said so himself",
    });
    expect(await phoneOf(db, "single")).toBe("+34600100099");
    const { rows: events } = await sql`select topic, key, payload -> 'attributes' as attributes from platform.outbox`.execute(admin);
    expect(events).toEqual([{ topic: "customer_changed", key: customerId, attributes: ["phone"] }]);
    expect(await phoneShown(db, caller, customerId)).toMatchObject({
      decidedBy: "pinned",
      strategy: ["pinned", "recent", "trusted"],
      values: [
        { value: "+34600100099", pin: { pinId, reason: "said so himself" } },
        { value: "+34600100001", pin: null },
      ],
    });
    await bring(db, "single", "1,Noor Haddad,1980-05-05,B1,+34600100002,");
    expect(await phoneOf(db, "single")).toBe("+34600100099");
    await refreshCustomers(db, await operatorCaller(db), [customerId]);
    expect(await phoneOf(db, "single")).toBe("+34600100099");
    await unpinValue(db, caller, customerId, pinId);
    expect(await phoneOf(db, "single")).toBe("+34600100002");
    await expect(unpinValue(db, caller, customerId, pinId)).rejects.toMatchObject({ code: "invalid_state" });
  });

  test("goes with its record into a join and comes back out of it", async ({ db, admin }) => {
    const caller = await steward(admin);
    await bring(db, "left", "1,Omar Lindqvist,1971-03-04,B1,+34600200001,");
    await bring(db, "right", "9,Petra Falk,1990-11-30,B2,+34600200002,");
    const [left, right] = [await recordOf(db, "left"), await recordOf(db, "right")];
    await pinValue(db, caller, right.customerId, {
      attribute: "phone",
      partyId: right.partyId,
      value: "+34600200077",
      reason: "called back",
    });
    await joinCustomers(db, caller, left.customerId, { otherCustomerId: right.customerId, reason: "one person" });
    expect([await phoneOf(db, "left"), await phoneOf(db, "right")]).toEqual(["+34600200077", "+34600200077"]);
    const joined = (await recordOf(db, "right")).customerId;
    await separateRecords(db, caller, joined, { partyIds: [right.partyId], reason: "two people after all" });
    expect([await phoneOf(db, "left"), await phoneOf(db, "right")]).toEqual(["+34600200001", "+34600200077"]);
  });

  test("is replaced by a newer one, must be a value of its attribute, and is nobody else's to set", async ({ db, admin }) => {
    const caller = await steward(admin);
    const manager = await admin.transaction().execute(async (tx) => givenPerson(tx, "relationship_manager", await bankUnit(tx)));
    await bring(db, "third", "1,Rosa Lindgren,1971-03-04,B1,+34600300001,");
    const { partyId, customerId } = await recordOf(db, "third");
    const pinning = { attribute: "phone" as const, partyId, value: "+34600300002", reason: "as written" };
    await pinValue(db, caller, customerId, pinning);
    await pinValue(db, caller, customerId, { ...pinning, value: "+34600300003" });
    expect(await phoneOf(db, "third")).toBe("+34600300003");
    await expect(pinValue(db, caller, customerId, { ...pinning, attribute: "born_on" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(pinValue(db, manager, customerId, pinning)).rejects.toMatchObject({ code: "not_allowed" });
    await expect(pinValue(db, caller, crypto.randomUUID(), pinning)).rejects.toMatchObject({ code: "not_found" });
    expect(await phoneOf(db, "third")).toBe("+34600300003");
  });
});

describe("a disputed value", () => {
  async function arrange(tx: Tx) {
    const bank = await bankUnit(tx);
    const [here, elsewhere] = [await givenUnit(tx, "branch", bank), await givenUnit(tx, "branch", bank)];
    const hidden = await givenCustomer(tx, { branch: elsewhere });
    const seen = await givenCustomer(tx, { branch: here, phone: "+34600400001" });
    return {
      manager: await givenPerson(tx, "relationship_manager", here),
      caller: await givenPerson(tx, "data_steward", bank),
      seen,
      hidden,
    };
  }

  test("reaches the stewards' list, shows in the view, and is answered once", async ({ tx, as }) => {
    const { manager, caller, seen } = await arrange(tx);
    const disputing = { attribute: "phone", partyId: seen.partyId, value: "+34600400001", reason: "nobody answers there" };
    const { disputeId } = await as(manager, (asked) => disputeValue(asked, manager, seen.customerId, disputing));
    const view = await as(manager, (asked) => viewCustomer(asked, manager, seen.customerId));
    expect(view.disputes).toMatchObject([{ disputeId, attribute: "phone", disputedByName: manager.displayName }]);
    const { disputes } = await as(caller, (asked) => listDisputes(asked, caller, { state: "open", limit: 50 }));
    expect(disputes).toMatchObject([{ disputeId, customerId: seen.customerId, reason: "nobody answers there", version: 1 }]);
    const answering = { outcome: "rejected" as const, answer: "it rings", version: 1 };
    await as(caller, (asked) => answerDispute(asked, caller, seen.customerId, disputeId, answering));
    const again = as(caller, (asked) => answerDispute(asked, caller, seen.customerId, disputeId, answering));
    await expect(again).rejects.toMatchObject({ code: "conflict" });
    expect((await as(manager, (asked) => viewCustomer(asked, manager, seen.customerId))).disputes).toEqual([]);
    const { disputes: rejected } = await as(caller, (asked) => listDisputes(asked, caller, { state: "rejected", limit: 50 }));
    expect(rejected).toMatchObject([{ disputeId, answer: "it rings", answeredByName: caller.displayName }]);
  });

  test("cannot be one of a customer out of reach, nor one the record does not have", async ({ tx, as }) => {
    const { manager, seen, hidden } = await arrange(tx);
    const dispute = (customerId: string, partyId: string, value: string) =>
      as(manager, (asked) => disputeValue(asked, manager, customerId, { attribute: "full_name", partyId, value, reason: "doubtful" }));
    await expect(dispute(hidden.customerId, hidden.partyId, hidden.fullName)).rejects.toMatchObject({ code: "not_found" });
    await expect(dispute(seen.customerId, hidden.partyId, hidden.fullName)).rejects.toMatchObject({ code: "not_found" });
    await expect(dispute(seen.customerId, seen.partyId, "Somebody Else")).rejects.toMatchObject({ code: "invalid_state" });
    expect((await sql`select from customers.value_dispute`.execute(tx)).rows).toEqual([]);
  });
});
