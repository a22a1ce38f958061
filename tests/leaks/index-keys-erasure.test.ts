import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect } from "vitest";
import { eraseCustomer } from "../../server/customers/erasure/erase.ts";
import { indexIdentifiers } from "../../server/customers/identifiers/index.ts";
import { separateRecords } from "../../server/customers/identity/index.ts";
import { reverseLoad } from "../../server/customers/intake/reverse-load.ts";
import { operatorCaller } from "../../server/governance/access/index.ts";
import { indexSteps } from "../../server/governance/encryption/index-steps.ts";
import { sealedColumns } from "../../server/main/sealed-columns.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { type Db, sql } from "../../server/platform/db/index.ts";
import { test as base } from "../support/database.ts";
import { nif } from "../support/delivery.ts";
import { classified, type ErasureWorld, erasureWorld, openAndApprove, tablesWith } from "../support/erasures.ts";
import { bankUnit, givenPerson } from "../support/given.ts";
import {
  asWorker,
  carryIndexKey,
  clientLine,
  expectOnlyTheNewKey,
  foundBy,
  indexKeys,
  loadClients,
  orderIndexKey,
} from "../support/index-keys.ts";

const home = mkdtempSync(join(tmpdir(), "vinculo-erasure-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Where a rotation goes over rows: between two batches of each it can be met, and killed. */
const passes = indexSteps(sealedColumns[0] ?? {}).flatMap(({ act }, step) => (act === "pass" ? [step] : []));
const turns = passes.length;
// Each takes four seconds; `npm run faults -- F24` meets every one.
const tried = passes.filter((_, turn) => turn % 2 === 0 || process.env.VINCULO_EVERY_STEP !== undefined);
// At each step four customers go, two from either end: of some the rows are behind where the pass is, of others before it. One is separated.
const CUSTOMERS = turns * 5 + 12;
const numberOf = (at: number) => nif(61_000_000 + at * 7);
const formerOf = (at: number) => nif(62_000_000 + at * 7);
const nameOf = (at: number) => `Ana Prueba ${at}`;

interface Bank extends ErasureWorld {
  readonly manager: Caller;
  readonly steward: Caller;
  /** The load that gave each customer the number of now. */
  readonly changed: string;
}

/** Each customer is known to two sources by one number, had another one before, and has a row in quarantine that tells of nothing but the number. */
const test = base.extend("bank", { scope: "file" }, async ({ db, admin }): Promise<Bank> => {
  const all = Array.from({ length: CUSTOMERS }, (_, at) => at);
  await loadClients(
    db,
    "one",
    all.map((at) => clientLine(at, formerOf(at))),
  );
  const changed = await loadClients(
    db,
    "one",
    all.map((at) => clientLine(at, numberOf(at))),
  );
  const spoilt = all.map((at) => `Q${at},Zoe,1980-13-45,,600 999 ${100 + at},${numberOf(at)}`);
  await loadClients(db, "two", [...all.map((at) => clientLine(at, numberOf(at))), ...spoilt]);
  const person = (role: string) => admin.transaction().execute(async (tx) => givenPerson(tx, role, await bankUnit(tx)));
  const people = { manager: await person("branch_manager"), steward: await person("data_steward") };
  return { ...(await erasureWorld(db, admin)), ...people, changed: changed.loadId };
});

/** What of a number may stand somewhere: itself, its blind index in each form there is, and the sealed values of the customer. */
async function tracesOf({ db, admin }: ErasureWorld, at: number): Promise<string[]> {
  const { forms } = await asWorker(db, indexIdentifiers);
  const { rows } = await sql<{ sealed: string }>`
    with own as (
      select party_id from customers.party p where full_name = ${nameOf(at)}
    )
    select encode(i.sealed_value, 'hex') as sealed from customers.identifier i join own using (party_id)
    union all select substr(before -> 'row' ->> 'sealed_value', 3) from customers.load_change join own using (party_id) where kind = 'identifier'`.execute(
    admin,
  );
  expect(rows.length).toBe(3);
  const numbers = [numberOf(at), formerOf(at)];
  return [...numbers, ...numbers.flatMap(forms).map((form) => form.toString("hex")), ...rows.map(({ sealed }) => sealed)];
}

async function customerOf(admin: Db["app"], at: number): Promise<{ customerId: string; customerNo: string; partyIds: string[] }> {
  const { rows } = await sql<{ customerId: string; customerNo: string; partyIds: string[] }>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", array_agg(p.party_id order by p.party_id) as "partyIds"
    from customers.customer c join customers.party p using (customer_id) where p.full_name = ${nameOf(at)} group by 1, 2`.execute(admin);
  const [only] = rows;
  if (only === undefined || rows.length > 1) throw new Error(`${rows.length} customers are called ${nameOf(at)}`);
  return only;
}

const erasing = (the: ErasureWorld) => ({ db: the.db, caller: the.officer, now: new Date(), home, columns: classified });

/** Answers with what may not stand anywhere from then on. */
async function erase(the: Bank, at: number): Promise<string[]> {
  const traces = await tracesOf(the, at);
  const { customerNo } = await customerOf(the.admin, at);
  expect(await foundBy(the.db, the.manager, numberOf(at))).toEqual([nameOf(at)]);
  const erasureId = await openAndApprove(the, customerNo);
  expect(await foundBy(the.db, the.manager, numberOf(at)), "restricted").toEqual([]);
  expect(await eraseCustomer(erasing(the), erasureId)).toBe("erased");
  expect(await tablesWith(the.admin, ...traces)).toEqual([]);
  return traces;
}

async function expectGone(the: Bank, at: number, traces: readonly string[]): Promise<void> {
  // Under the key that is left, too, which may not have been there when the customer went.
  const { forms } = await asWorker(the.db, indexIdentifiers);
  const now = [numberOf(at), formerOf(at)].flatMap(forms).map((form) => form.toString("hex"));
  expect(await tablesWith(the.admin, ...traces, ...now)).toEqual([]);
  for (const person of [the.manager, the.officer]) expect(await foundBy(the.db, person, numberOf(at))).toEqual([]);
}

async function stepOf(admin: Db["app"], rotationId: string): Promise<number> {
  const { rows } = await sql<{ step: number }>`select step from governance.key_rotation where rotation_id = ${rotationId}`.execute(admin);
  return rows[0]?.step ?? -1;
}

async function isFinished(admin: Db["app"], rotationId: string): Promise<boolean> {
  const { rows } = await sql`select from governance.key_rotation where rotation_id = ${rotationId} and finished_at is not null`.execute(
    admin,
  );
  return rows.length > 0 && (await indexKeys(admin)).length === 1;
}

describe("while the key of the blind index changes", () => {
  test.for(tried)(
    "at step %i, after it was killed and in its midst: whoever is erased leaves nothing in any form, a load is reversed, records are separated, and it ends",
    {
      timeout: 60_000,
    },
    async (step, { bank, db, admin }) => {
      const turn = passes.indexOf(step);
      const [dead, alive] = [
        [turn, CUSTOMERS - 1 - turn],
        [turns + turn, CUSTOMERS - 1 - turns - turn],
      ] as const;
      const [apart, id] = [turns * 2 + turn, CUSTOMERS + turn];
      const [before, after] = [nif(63_000_000 + turn * 7), nif(64_000_000 + turn * 7)];
      await loadClients(db, "three", [clientLine(id, before)]);
      const { loadId } = await loadClients(db, "three", [clientLine(id, after)]);
      const both = await customerOf(admin, apart);
      const traces = new Map<number, string[]>();
      const eraseAll = async (all: readonly number[]) => {
        for (const at of all) traces.set(at, await erase(bank, at));
      };
      const rotationId = await orderIndexKey(db);
      const isThere = async () => (await stepOf(admin, rotationId)) === step;
      const killed = carryIndexKey(db, rotationId, async () => {
        if (await isThere()) throw new Error("killed");
      });
      await expect(killed).rejects.toThrow("killed");
      await eraseAll(dead);
      await reverseLoad(db, await operatorCaller(db), loadId);
      expect(await foundBy(db, bank.manager, before)).toEqual([nameOf(id)]);
      expect(await foundBy(db, bank.manager, after)).toEqual([]);
      await carryIndexKey(db, rotationId, async () => {
        if (traces.size > dead.length || !(await isThere())) return;
        await eraseAll(alive);
        await separateRecords(db, bank.steward, both.customerId, { partyIds: both.partyIds.slice(1), reason: "two people, one number" });
        expect(await foundBy(db, bank.manager, numberOf(apart))).toEqual([nameOf(apart), nameOf(apart)]);
      });
      expect([...traces.keys()]).toEqual([...dead, ...alive]);
      expect(await isFinished(admin, rotationId)).toBe(true);
      for (const [at, left] of traces) await expectGone(bank, at, left);
      expect(await foundBy(db, bank.manager, before)).toEqual([nameOf(id)]);
      expect(await foundBy(db, bank.manager, after)).toEqual([]);
      expect(await foundBy(db, bank.manager, numberOf(apart))).toEqual([nameOf(apart), nameOf(apart)]);
      expect(await foundBy(db, bank.manager, numberOf(turns * 3 + 9)), "others").toEqual([nameOf(turns * 3 + 9)]);
      await expectOnlyTheNewKey(db, admin);
    },
  );

  test("waits for an erasure that is at work, which compares stored forms", async ({ bank, db, admin }) => {
    const at = turns * 3 + 11;
    const { customerNo } = await customerOf(admin, at);
    const traces = await tracesOf(bank, at);
    const erasureId = await openAndApprove(bank, customerNo);
    const began = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const held = admin.transaction().execute(async (tx) => {
      await sql`select from customers.quarantine where raw::text like ${`%${numberOf(at)}%`} for update`.execute(tx);
      began.resolve();
      await goOn.promise;
    });
    await began.promise;
    const waitsFor = async (...locks: readonly string[]) => {
      const waiting = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = any (${locks}::text[])`;
      while ((await waiting.execute(admin)).rows.length === 0);
    };
    const erased = eraseCustomer(erasing(bank), erasureId);
    await waitsFor("tuple", "transactionid");
    const rotationId = await orderIndexKey(db);
    const rotated = carryIndexKey(db, rotationId);
    await waitsFor("advisory");
    expect(await stepOf(admin, rotationId), "no place has been gone over").toBe(1);
    goOn.resolve();
    await held;
    expect(await erased).toBe("erased");
    await rotated;
    await expectGone(bank, at, traces);
    await expectOnlyTheNewKey(db, admin);
  });

  test("what a law keeps of a restricted customer goes over to the new key, is found by nobody, and goes when its term is over", async ({
    bank,
    db,
    admin,
  }) => {
    const at = turns * 3 + 10;
    const { customerNo, partyIds } = await customerOf(admin, at);
    const traces = await tracesOf(bank, at);
    await sql`
      insert into customers.holding (party_id, holding_id, source_id, source_key, kind, status, closed_on, currency, changed_at, load_no)
      select party_id, uuidv7(), source_id, 'closed', 'current_account', 'closed', '2024-03-31', 'EUR', '2024-03-31', load_no
      from customers.party where party_id = ${partyIds[0]}`.execute(admin);
    const rotationId = await orderIndexKey(db);
    const killed = carryIndexKey(db, rotationId, () => {
      throw new Error("killed");
    });
    await expect(killed).rejects.toThrow("killed");
    const erasureId = await openAndApprove(bank, customerNo);
    expect(await eraseCustomer(erasing(bank), erasureId)).toBe("kept");
    await carryIndexKey(db, rotationId);
    const { forms } = await asWorker(db, indexIdentifiers);
    const kept = await sql<{ blind: Buffer; next: Buffer | null }>`
      select blind, blind_next as next from customers.identifier where party_id = any (${partyIds}::uuid[])`.execute(admin);
    const [form] = forms(numberOf(at));
    expect(kept.rows).toEqual([
      { blind: form, next: null },
      { blind: form, next: null },
    ]);
    expect(await foundBy(db, bank.manager, numberOf(at))).toEqual([]);
    expect(await eraseCustomer({ ...erasing(bank), now: new Date("2034-04-01T00:00:00Z") }, erasureId)).toBe("erased");
    await expectGone(bank, at, traces);
    await expectOnlyTheNewKey(db, admin);
  });

  test("an erasure beside it at every moment, and the reversal of the load that gave the numbers, bring nothing back", {
    timeout: 60_000,
  }, async ({ bank, db, admin }) => {
    const gone = Array.from({ length: 6 }, (_, nth) => turns * 3 + nth);
    const stays = turns * 3 + gone.length;
    const rotationId = await orderIndexKey(db);
    const [traces] = await Promise.all([
      gone.reduce<Promise<string[][]>>(async (known, at) => [...(await known), await erase(bank, at)], Promise.resolve([])),
      carryIndexKey(db, rotationId),
    ]);
    expect(await isFinished(admin, rotationId)).toBe(true);
    for (const [nth, at] of gone.entries()) await expectGone(bank, at, traces[nth] ?? []);
    await expectOnlyTheNewKey(db, admin);
    const again = await orderIndexKey(db);
    let batches = 0;
    const killed = carryIndexKey(db, again, () => {
      batches += 1;
      if (batches === 3) throw new Error("killed");
    });
    await expect(killed).rejects.toThrow("killed");
    await reverseLoad(db, await operatorCaller(db), bank.changed);
    await carryIndexKey(db, again);
    for (const [nth, at] of gone.entries()) await expectGone(bank, at, traces[nth] ?? []);
    expect(await foundBy(db, bank.manager, formerOf(stays))).toEqual([nameOf(stays)]);
    for (const at of gone) expect(await foundBy(db, bank.manager, formerOf(at))).toEqual([]);
    await expectOnlyTheNewKey(db, admin);
  });
});
