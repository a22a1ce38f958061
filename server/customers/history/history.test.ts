import fc from "fast-check";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankMapping, clientsHeader, deliveryOf, nif } from "../../../tests/support/delivery.ts";
import { bankUnit, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { joinCustomers, separateRecords } from "../identity/index.ts";
import { importDelivery, reverseLoad } from "../intake/index.ts";
import { viewCustomer } from "../overview/index.ts";
import { pinValue, unpinValue } from "../values/index.ts";
import { type AsOf, viewCustomerAsOf } from "./view-as-of.ts";

type Admin = { transaction(): { execute<T>(work: (tx: Tx) => Promise<T>): Promise<T> } };
const personOf = (admin: Admin, roleId: string, at?: { unitId: string; code: string }) =>
  admin.transaction().execute(async (tx) => givenPerson(tx, roleId, at ?? (await bankUnit(tx))));

/** `line` ends with the day the source says the record last changed. */
async function bring(db: Db, source: string, line: string): Promise<string> {
  const mapping = bankMapping(source).replace("branch_code: branch", "branch_code: branch, changed_at: changed");
  const delivery = deliveryOf(mapping, { "clients.csv": [`${clientsHeader},changed`, line] });
  const { loadId } = await importDelivery({ db, caller: await operatorCaller(db), ...delivery });
  return loadId;
}

async function recordOf(db: Db, source: string): Promise<{ partyId: string; customerId: string }> {
  const { rows } = await inTransaction(
    db,
    await operatorCaller(db),
    (tx) =>
      sql<{ partyId: string; customerId: string }>`
      select party_id as "partyId", customer_id as "customerId" from customers.party p join customers.source s using (source_id) where s.code = ${source}`.execute(
        tx,
      ),
    { role: "worker" },
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`nothing of ${source}`);
  return found;
}

/** The moment between two changes, as the database has it. */
async function moment(db: Db): Promise<string> {
  const { rows } = await inTransaction(
    db,
    await operatorCaller(db),
    (tx) => sql<{ now: Date }>`select clock_timestamp() as now`.execute(tx),
    {
      role: "worker",
    },
  );
  // Moments have milliseconds here and microseconds there: let the millisecond pass.
  const now = (rows[0]?.now ?? new Date()).getTime() + 1;
  while (Date.now() <= now) await new Promise(setImmediate);
  return new Date(now).toISOString();
}

const pastOf = (db: Db, caller: Caller, customerId: string, asked: AsOf) =>
  inTransaction(db, caller, (tx) => viewCustomerAsOf(tx, caller, systemClock, customerId, asked));
const winnerOf = (past: Awaited<ReturnType<typeof pastOf>>, name: string) =>
  past.attributes.find(({ attribute }) => attribute === name)?.values[0]?.value ?? null;

/** As-of without a date shows what the view shows. */
async function expectPresent(db: Db, caller: Caller, customerId: string): Promise<void> {
  const [past, now] = [
    await pastOf(db, caller, customerId, {}),
    await inTransaction(db, caller, (tx) => viewCustomer(tx, caller, customerId)),
  ];
  const values = ({
    attributes,
  }: {
    attributes: readonly { attribute: string; values: readonly { value: string; partyId: string }[] }[];
  }) => attributes.map(({ attribute, values: all }) => [attribute, all.map(({ value, partyId }) => [value, partyId])]);
  expect(values(past)).toEqual(values(now));
  expect(past.attributes.map(({ decidedBy }) => decidedBy)).toEqual(now.attributes.map(({ decidedBy }) => decidedBy));
  expect(past.customer.fullName).toBe(now.customer.fullName);
  const contacts = (all: readonly { kind: string; value: string; normalised: string | null }[]) =>
    all.map(({ kind, value, normalised }) => ({ kind, value, normalised }));
  expect(contacts(past.contactPoints)).toEqual(contacts(now.contactPoints));
  const identifiers = (all: readonly { scheme: string; last4: string; verified: boolean }[]) =>
    all.map(({ scheme, last4, verified }) => ({ scheme, last4, verified }));
  expect(identifiers(past.identifiers)).toEqual(identifiers(now.identifiers));
  expect(past.records.map(({ partyId }) => partyId)).toEqual(now.records.map(({ partyId }) => partyId));
}

describe("a customer in the past", () => {
  test("had the phone and the name that a later load replaced, known as of then and valid as of then", async ({ db, admin }) => {
    const caller = await personOf(admin, "data_steward");
    await bring(db, "core", `1,Aisha Rahman,1980-05-05,B1,+34600100001,${nif(1)},2024-01-10`);
    const { customerId } = await recordOf(db, "core");
    const between = await moment(db);
    await bring(db, "core", `1,Aisha Rahman Vega,1980-05-05,B1,+34600100002,${nif(1)},2025-06-01`);
    const before = await pastOf(db, caller, customerId, { knownOn: between });
    expect([before.customer.fullName, winnerOf(before, "phone")]).toEqual(["Aisha Rahman", "+34600100001"]);
    expect(before.contactPoints).toMatchObject([{ normalised: "+34600100001", sources: ["core"] }]);
    expect(before.identifiers).toMatchObject([{ scheme: "national_id", last4: nif(1).slice(-4) }]);
    const stood = await pastOf(db, caller, customerId, { validOn: "2025-01-01" });
    expect([stood.customer.fullName, winnerOf(stood, "phone")]).toEqual(["Aisha Rahman", "+34600100001"]);
    const later = await pastOf(db, caller, customerId, { validOn: "2025-06-01" });
    expect([later.customer.fullName, winnerOf(later, "phone")]).toEqual(["Aisha Rahman Vega", "+34600100002"]);
    expect((await pastOf(db, caller, customerId, { validOn: "2023-01-01" })).records).toEqual([]);
    expect((await pastOf(db, caller, customerId, { knownOn: "2020-01-01" })).records).toEqual([]);
    await expectPresent(db, caller, customerId);
  });

  test("is corrected for the day it was, and what was believed stays", async ({ db, admin }) => {
    const caller = await personOf(admin, "data_steward");
    await bring(db, "typo", "1,Bruno Keller,1980-05-05,B1,+34600200001,,2024-01-10");
    const { customerId } = await recordOf(db, "typo");
    const between = await moment(db);
    await bring(db, "typo", "1,Bruno Keller,1908-05-05,B1,+34600200001,,2024-01-10");
    expect(winnerOf(await pastOf(db, caller, customerId, { validOn: "2024-03-01" }), "born_on")).toBe("1908-05-05");
    const believed = await pastOf(db, caller, customerId, { validOn: "2024-03-01", knownOn: between });
    expect(winnerOf(believed, "born_on")).toBe("1980-05-05");
  });

  test("was one with another while they were joined, and not before or after", async ({ db, admin }) => {
    const caller = await personOf(admin, "data_steward");
    await bring(db, "one", "1,Carla Nilsson,1971-03-04,B1,+34600300001,,2024-01-10");
    await bring(db, "two", "9,Dorotea Blum,1990-11-30,B2,+34600300002,,2024-01-10");
    const [one, two] = [await recordOf(db, "one"), await recordOf(db, "two")];
    const apart = await moment(db);
    const { customerId } = await joinCustomers(db, caller, one.customerId, { otherCustomerId: two.customerId, reason: "one person" });
    const joined = await moment(db);
    expect((await pastOf(db, caller, customerId, { knownOn: apart })).records.map(({ partyId }) => partyId)).toEqual([
      customerId === one.customerId ? one.partyId : two.partyId,
    ]);
    await separateRecords(db, caller, customerId, { partyIds: [two.partyId], reason: "two after all" });
    const then = await pastOf(db, caller, customerId, { knownOn: joined });
    expect(then.records.map(({ partyId, decision }) => [partyId, decision])).toHaveLength(2);
    expect(then.contactPoints).toHaveLength(2);
    for (const { customerId: id, partyId } of [one, two]) {
      expect((await pastOf(db, caller, id, {})).records.map((record) => record.partyId)).toEqual([partyId]);
      await expectPresent(db, caller, id);
    }
  });

  test("keeps what a load had said that was taken back, but not as what was so", async ({ db, admin }) => {
    const caller = await personOf(admin, "data_steward");
    await bring(db, "undo", "1,Elif Demir,1980-05-05,B1,+34600400001,,2024-01-10");
    const { customerId } = await recordOf(db, "undo");
    const wrong = await bring(db, "undo", "1,Elif Wrong,1980-05-05,B1,+34600400099,,2024-01-05");
    const between = await moment(db);
    await reverseLoad(db, await operatorCaller(db), wrong);
    const believed = await pastOf(db, caller, customerId, { knownOn: between });
    expect([believed.customer.fullName, winnerOf(believed, "phone"), believed.contactPoints.length]).toEqual([
      "Elif Wrong",
      "+34600400099",
      1,
    ]);
    const now = await pastOf(db, caller, customerId, { validOn: "2024-03-01" });
    expect([now.customer.fullName, winnerOf(now, "phone"), now.contactPoints.length]).toEqual(["Elif Demir", "+34600400001", 1]);
    expect((await pastOf(db, caller, customerId, { validOn: "2024-01-07" })).records).toEqual([]);
    await expectPresent(db, caller, customerId);
  });

  test("keeps joins that a load had made and its reversal undid", async ({ db, admin }) => {
    const caller = await personOf(admin, "data_steward");
    await bring(db, "first", "1,Farid Aziz,1980-05-05,B1,+34600500001,,2024-01-10");
    await bring(db, "second", `1,Farid Aziz,1980-05-05,B1,+34600500002,${nif(77)},2024-01-10`);
    const joining = await bring(db, "first", `1,Farid Aziz,1980-05-05,B1,+34600500001,${nif(77)},2024-02-10`);
    const joined = await recordOf(db, "first");
    const between = await moment(db);
    await reverseLoad(db, await operatorCaller(db), joining);
    const [first, second] = [await recordOf(db, "first"), await recordOf(db, "second")];
    const stays = joined.customerId === first.customerId ? first : second;
    expect((await pastOf(db, caller, stays.customerId, { knownOn: between })).records).toHaveLength(
      first.customerId === second.customerId ? 1 : 2,
    );
    for (const { customerId } of [first, second]) await expectPresent(db, caller, customerId);
  });

  test("had a value while it was pinned", async ({ db, admin }) => {
    const caller = await personOf(admin, "data_steward");
    await bring(db, "pins", "1,Greta Holm,1980-05-05,B1,+34600600001,,2024-01-10");
    const { partyId, customerId } = await recordOf(db, "pins");
    const { pinId } = await pinValue(db, caller, customerId, { attribute: "city", partyId, value: "Cádiz", reason: "moved there" });
    const pinned = await moment(db);
    await expectPresent(db, caller, customerId);
    await unpinValue(db, caller, customerId, pinId);
    expect(winnerOf(await pastOf(db, caller, customerId, { knownOn: pinned }), "city")).toBe("Cádiz");
    expect(winnerOf(await pastOf(db, caller, customerId, {}), "city")).toBeNull();
  });

  test("is shown to who may see the customer today, without members out of reach, and the view is on the trail", async ({ db, admin }) => {
    const here = await admin.transaction().execute((tx) => givenUnit(tx, "branch", null, "HERE"));
    const manager = await personOf(admin, "relationship_manager", here);
    const caller = await personOf(admin, "data_steward");
    await bring(db, "near", "1,Hana Mori,1971-03-04,HERE,+34600700001,,2024-01-10");
    await bring(db, "far", "9,Ivo Petrov,1990-11-30,B2,+34600700002,,2024-01-10");
    const [near, far] = [await recordOf(db, "near"), await recordOf(db, "far")];
    await joinCustomers(db, caller, near.customerId, { otherCustomerId: far.customerId, reason: "one person" });
    const joined = await moment(db);
    await separateRecords(db, caller, near.customerId, { partyIds: [far.partyId], reason: "two after all" });
    const past = await pastOf(db, manager, near.customerId, { knownOn: joined });
    expect(past.records.map(({ partyId }) => partyId)).toEqual([near.partyId]);
    expect(JSON.stringify(past)).not.toContain("+34600700002");
    await expect(pastOf(db, manager, far.customerId, { knownOn: joined })).rejects.toMatchObject({ code: "not_found" });
    const { rows } = await sql`select action from governance.audit_event where actor_id = ${manager.userId}`.execute(admin);
    expect(rows).toEqual([{ action: "customer.viewed_as_of" }]);
  });
});

test("a load of new records writes no history", async ({ db, admin }) => {
  const count = async () =>
    (await sql<{ rows: string }>`select count(*) as rows from customers.party_history`.execute(admin)).rows[0]?.rows;
  const before = await count();
  await bring(db, "fresh", `1,Jon Aske,1980-05-05,B1,+34600800001,${nif(801)},2024-01-10`);
  expect(await count()).toBe(before);
});

test("whatever is loaded, taken back, joined, separated and pinned: as of now is the present", { timeout: 120_000 }, async ({
  db,
  admin,
}) => {
  const caller = await personOf(admin, "data_steward");
  const step = fc.oneof(
    fc.record({ do: fc.constant("load" as const), source: fc.nat(2), phone: fc.nat(9), day: fc.integer({ min: 1, max: 28 }) }),
    fc.record({ do: fc.constant("reverse" as const) }),
    fc.record({ do: fc.constant("join" as const) }),
    fc.record({ do: fc.constant("separate" as const) }),
    fc.record({ do: fc.constant("pin" as const), source: fc.nat(2), phone: fc.nat(9) }),
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 7 }), async (steps) => {
      run += 1;
      const sources = [0, 1, 2].map((at) => `r${run}s${at}`);
      const loads: string[] = [];
      for (const [at, source] of sources.entries())
        await bring(db, source, `1,Person ${run}${at},1970-01-0${at + 1},B1,+3469${run}00000${at},,2024-01-10`);
      for (const one of steps) {
        const records = await Promise.all(sources.map((source) => recordOf(db, source)));
        const [first, second] = records;
        if (first === undefined || second === undefined) continue;
        try {
          if (one.do === "load") {
            const day = String(one.day).padStart(2, "0");
            loads.push(
              await bring(db, sources[one.source] ?? "", `1,Person ${run},1970-01-01,B1,+3469${run}11111${one.phone},,2024-02-${day}`),
            );
          } else if (one.do === "reverse") {
            const last = loads.pop();
            if (last !== undefined) await reverseLoad(db, await operatorCaller(db), last);
          } else if (one.do === "join") {
            await joinCustomers(db, caller, first.customerId, { otherCustomerId: second.customerId, reason: "one person" });
          } else if (one.do === "separate") {
            await separateRecords(db, caller, first.customerId, { partyIds: [first.partyId], reason: "two people" });
          } else {
            const { partyId, customerId } = records[one.source] ?? first;
            await pinValue(db, caller, customerId, {
              attribute: "phone",
              partyId,
              value: `+3469${run}22222${one.phone}`,
              reason: "said so",
            });
          }
        } catch (error) {
          // Joining who is one already, and the like: refused, and nothing happened.
          expect((error as { code?: string }).code).toMatch(/invalid_state|depends_on_this|conflict/);
        }
        for (const { customerId } of await Promise.all(sources.map((source) => recordOf(db, source))))
          await expectPresent(db, caller, customerId);
      }
    }),
    { numRuns: 2 },
  );
});
