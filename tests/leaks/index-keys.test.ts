import type { Kysely } from "kysely";
import { describe, expect } from "vitest";
import { searchCustomers } from "../../server/customers/directory/index.ts";
import { indexIdentifiers, openIdentifiers, sealIdentifiers } from "../../server/customers/identifiers/index.ts";
import { contentHash } from "../../server/customers/intake/content-hash.ts";
import { loadDelivery } from "../../server/customers/intake/load-delivery.ts";
import { openDelivery } from "../../server/customers/intake/open-delivery.ts";
import { reverseLoad } from "../../server/customers/intake/reverse-load.ts";
import { revealIdentifier } from "../../server/customers/reveal/reveal-identifier.ts";
import { operatorCaller } from "../../server/governance/access/index.ts";
import { carryOutRotation, listOpenRotations, orderRotationAtOnce } from "../../server/governance/encryption/index.ts";
import { sealedColumns } from "../../server/main/sealed-columns.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { systemClock } from "../../server/platform/clock/index.ts";
import { type Database, type Db, inTransaction, sql, type Tx } from "../../server/platform/db/index.ts";
import { test } from "../support/database.ts";
import { bankMapping, clientsHeader, delivered, nif } from "../support/delivery.ts";
import { bankUnit, givenPerson } from "../support/given.ts";

const column = sealedColumns[0]?.column ?? "";
const BATCH_ROWS = 5;
const line = (at: number, number: string, id = at) => `${id},Ana Prueba ${at},1980-02-0${1 + (at % 9)},,600 123 4${10 + at},${number}`;
const asWorker = async <T>(db: Db, work: (tx: Tx) => Promise<T>) => inTransaction(db, await operatorCaller(db), work, { role: "worker" });

async function load(db: Db, source: string, lines: readonly string[]) {
  const delivery = await openDelivery(bankMapping(source), delivered({ "clients.csv": [clientsHeader, ...lines] }));
  return loadDelivery({ db, caller: await operatorCaller(db), delivery });
}

async function order(db: Db): Promise<string> {
  const operator = await operatorCaller(db);
  return asWorker(db, (tx) => orderRotationAtOnce(tx, operator, systemClock, sealedColumns, { column, part: "index" }));
}

async function carry(db: Db, rotationId: string, onBatch: () => Promise<void> | void = () => undefined): Promise<void> {
  const signal = new AbortController().signal;
  const carrying = {
    db,
    caller: await operatorCaller(db),
    clock: systemClock,
    columns: sealedColumns,
    signal,
    batchRows: BATCH_ROWS,
    onBatch,
  };
  await carryOutRotation(carrying, rotationId);
}

/** What is found by a number: the names of the customers' records. */
async function found(db: Db, person: Caller, number: string): Promise<string[]> {
  const { found: hits } = await inTransaction(db, person, (tx) => searchCustomers(tx, person, number, 10));
  return hits.map(({ customer }) => customer.fullName);
}

/** Rows that stand under the one key there is. */
async function countAlike(tx: Tx, number: string): Promise<number> {
  const { forms } = await indexIdentifiers(tx);
  const { rows } = await sql<{
    rows: number;
  }>`select count(*)::int as rows from customers.identifier where blind = any (${forms(number)}::bytea[])`.execute(tx);
  return rows[0]?.rows ?? 0;
}

const indexKeys = (admin: Kysely<Database>) =>
  sql<{
    keyNo: number;
    use: string;
  }>`select key_no as "keyNo", index_use as use from platform.data_key where column_name = ${column} and epoch <= 0`
    .execute(admin)
    .then(({ rows }) => rows);

/** Every blind index that stands anywhere is the one of its value under the key that is left, and no other stands there. */
async function expectOnlyTheNewKey(db: Db, admin: Kysely<Database>): Promise<void> {
  const { open, blind } = await asWorker(db, async (tx) => ({ ...(await openIdentifiers(tx)), ...(await indexIdentifiers(tx)) }));
  const { rows } = await sql<{ id: string; sealed: Buffer; blind: Buffer; next: Buffer | null }>`
    select identifier_id as id, sealed_value as sealed, blind, blind_next as next from customers.identifier`.execute(admin);
  const right = new Set(rows.map(({ id, sealed }) => blind(open(id, sealed)).toString("hex")));
  for (const row of rows) expect([row.blind, row.next]).toEqual([blind(open(row.id, row.sealed)), null]);
  const terms = await sql<{ term: string }>`
    select distinct substr(t, 2) as term from customers.search_entry s cross join unnest(tsvector_to_array(s.terms)) t where t ~ '^i[0-9a-f]{32}$'`.execute(
    admin,
  );
  expect(new Set(terms.rows.map(({ term }) => term))).toEqual(right);
  const held = await sql<{ raw: Record<string, string>; numbers: Buffer[] }>`select raw, numbers from customers.quarantine`.execute(admin);
  for (const { raw, numbers } of held.rows) {
    const own = Object.values(raw).filter((text) => /^[A-Za-z0-9 /-]{5,}$/.test(text) && /\d/.test(text));
    for (const text of own) expect(numbers).toContainEqual(blind(text));
    expect(numbers.length).toBeLessThanOrEqual(own.length);
  }
  const images = await sql<{ kept: number }>`
    select count(*)::int as kept from customers.load_change where kind = 'identifier' and before -> 'row' ?| array['blind', 'blind_next']`.execute(
    admin,
  );
  expect(images.rows[0]?.kept).toBe(0);
}

describe("another key for the blind index of numbers", () => {
  test("F24: while it comes and goes numbers are found, joined, shown and known again, though it is killed again and again; then nothing is left under the old one", async ({
    db,
    admin,
  }) => {
    const person = await admin.transaction().execute(async (tx) => givenPerson(tx, "branch_manager", await bankUnit(tx)));
    const operator = await operatorCaller(db);
    const numbers = Array.from({ length: 12 }, (_, at) => nif(51_000_000 + at * 7));
    const first = numbers.map((number, at) => line(at, number));
    await load(db, "one", first);
    // Two sources know the first three; a row of somebody known waits in quarantine; a record changes its number.
    const spoilt = `90,Zoe,1980-13-45,,600 123 456,${numbers[5]}`;
    const second = numbers.slice(0, 3).map((number, at) => line(at, number));
    await load(db, "two", [...second, spoilt, line(40, nif(52_000_000))]);
    const changed = await load(db, "two", [line(40, nif(52_000_001))]);
    const before = await asWorker(db, contentHash);
    const [old] = await indexKeys(admin);

    let last = numbers.length;
    let batches = 0;
    const check = async () => {
      const at = batches % numbers.length;
      expect(await found(db, person, numbers[at] ?? "")).toEqual([`Ana Prueba ${at}`]);
      const hidden = await sql<{ hit: boolean }>`
        select bool_and(q.numbers && (select array_agg(f) from customers.identifier i cross join unnest(array[i.blind, i.blind_next]) f where i.last4 = ${numbers[5]?.slice(-4)})) as hit
        from customers.quarantine q`.execute(admin);
      expect(hidden.rows[0]?.hit).toBe(true);
      const alike = await sql<{ clash: number }>`
        select least(count(distinct i.blind), count(distinct coalesce(i.blind_next, i.blind)))::int as clash
        from customers.identifier i where i.last4 = ${numbers[0]?.slice(-4)}`.execute(admin);
      expect(alike.rows[0]?.clash, "one number looks like one").toBe(1);
    };
    const reveals = async () => {
      const { rows } = await sql<{ id: string }>`
        select p.customer_id as id from customers.party p join customers.identifier i using (party_id) where i.last4 = ${numbers[0]?.slice(-4)} limit 1`.execute(
        admin,
      );
      const wanted = { scheme: "national_id", country: "ES", last4: numbers[0]?.slice(-4) ?? "", reason: "looked at the passport" };
      const shown = await inTransaction(db, person, (tx) => revealIdentifier(tx, person, rows[0]?.id ?? "", wanted));
      expect(shown.values).toEqual([numbers[0]]);
    };
    const loads = async () => {
      expect(await found(db, person, nif(59_999_999))).toEqual([]);
      // A further record brings a number that is known: it joins that customer. The others say all they said, and nothing is new.
      // From the end: their rows are the last to change, so the record and the one it joins have different forms.
      last -= 1;
      const again = await load(db, "one", [...first, line(last, numbers[last] ?? "", 60 + last)]);
      expect(again.report.kinds.identifier).toMatchObject({ created: 1, unchanged: numbers.length, updated: 0, quarantined: 0 });
      const { rows } = await sql<{ why: string }>`
        select l.decision as why from customers.party p join customers.identity_link l using (party_id)
        where p.source_key = ${String(60 + last)} and l.undone_at is null`.execute(admin);
      expect(rows, "by the number, not by likeness").toEqual([{ why: "national_id" }]);
    };
    const seen = new Set<string>();
    const rotationId = await order(db);
    await expect(order(db)).rejects.toMatchObject({ code: "in_progress" });
    for (let done = false; !done; ) {
      try {
        await carry(db, rotationId, async () => {
          batches += 1;
          await check();
          // While a key is coming, while one is going, and when that is gone.
          const state = (await indexKeys(admin))
            .map(({ use }) => use)
            .sort()
            .join();
          if (!seen.has(state)) {
            for (const [at, number] of numbers.entries()) expect(await found(db, person, number)).toEqual([`Ana Prueba ${at}`]);
            await Promise.all([loads(), reveals()]);
          }
          seen.add(state);
          if (batches % 4 === 3) throw new Error("killed");
        });
        done = true;
      } catch (error) {
        expect((error as Error).message).toBe("killed");
        expect(await asWorker(db, listOpenRotations)).toMatchObject([{ rotationId, part: "index" }]);
      }
    }
    await check();
    await reveals();
    expect([...seen]).toEqual(["coming,current", "current,going", "current"]);
    const { rows } = await sql<{ parties: number; customers: number }>`
      select count(*)::int as parties, count(distinct p.customer_id)::int as customers from customers.party p
      join customers.identifier i using (party_id) where i.last4 = any (${[...numbers.slice(0, 3), ...numbers.slice(last)].map((number) => number.slice(-4))})`.execute(
      admin,
    );
    expect(rows[0]).toEqual({ parties: 2 * (3 + numbers.length - last), customers: 3 + numbers.length - last });
    expect((await indexKeys(admin)).map(({ use }) => use)).toEqual(["current"]);
    expect((await indexKeys(admin))[0]?.keyNo).not.toBe(old?.keyNo);
    await expectOnlyTheNewKey(db, admin);

    // What stood there before the rotation comes back with the index of now.
    await reverseLoad(db, operator, changed.loadId);
    expect(await found(db, person, nif(52_000_000))).toEqual(["Ana Prueba 40"]);
    expect(await found(db, person, nif(52_000_001))).toEqual([]);
    await expectOnlyTheNewKey(db, admin);

    // Nothing a bank knows is changed by it, and no version of a number is kept for a key.
    const quiet = await asWorker(db, contentHash);
    const history = () =>
      sql<{ rows: number }>`select count(*)::int as rows from customers.party_history`.execute(admin).then((kept) => kept.rows);
    const versions = await history();
    await carry(db, await order(db));
    expect(await asWorker(db, contentHash)).toEqual(quiet);
    expect(await history()).toEqual(versions);
    expect(before.hash).not.toBe(quiet.hash);
    await expectOnlyTheNewKey(db, admin);
  });

  test("waits for who writes by the index of before, and leaves nothing of that behind", async ({ db, admin }) => {
    const [number, another] = [nif(54_000_001), nif(54_000_002)];
    await load(db, "four", [line(70, number)]);
    const person = await admin.transaction().execute(async (tx) => givenPerson(tx, "branch_manager", await bankUnit(tx)));
    const began = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow = asWorker(db, async (tx) => {
      const made = (await sealIdentifiers(tx)).seal(another);
      began.resolve();
      await goOn.promise;
      await sql`
        insert into customers.identifier (party_id, identifier_id, source_id, scheme, country, sealed_value, blind, last4, verified, load_no)
        select party_id, ${made?.identifierId}, source_id, 'passport', 'ES', ${made?.sealed}, ${made?.blind}, right(${another}, 4), true, load_no
        from customers.identifier where last4 = ${number.slice(-4)}`.execute(tx);
    });
    await began.promise;
    const state = { finished: false };
    const rotating = carry(db, await order(db)).then(() => {
      state.finished = true;
    });
    const isWaiting = async () => {
      const { rows } = await sql`select from pg_locks where locktype = 'advisory' and classid = 740110 and not granted`.execute(admin);
      return rows.length > 0;
    };
    while (!state.finished && !(await isWaiting()));
    expect(state.finished).toBe(false);
    expect(await found(db, person, number)).toEqual(["Ana Prueba 70"]);
    goOn.resolve();
    await Promise.all([slow, rotating]);
    await load(db, "four", [line(70, number), line(71, nif(54_000_003))]);
    expect(await found(db, person, number)).toEqual(["Ana Prueba 70"]);
    expect(await asWorker(db, (tx) => countAlike(tx, another))).toBe(1);
  });

  test("rows that somebody holds are passed over and looked at again, whatever becomes of them meanwhile", async ({ db, admin }) => {
    const [number, other] = [nif(56_000_001), nif(56_000_002)];
    await load(db, "six", [line(72, number), line(73, other)]);
    const began = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const holds = asWorker(db, async (tx) => {
      await sql`select from customers.identifier where last4 = ${number.slice(-4)} for update`.execute(tx);
      began.resolve();
      await goOn.promise;
      await sql`update customers.identifier set expires_on = '2030-01-01' where last4 = ${number.slice(-4)}`.execute(tx);
    });
    await began.promise;
    let batches = 0;
    await Promise.all([
      holds,
      carry(db, await order(db), () => {
        batches += 1;
        if (batches === 3) goOn.resolve();
      }),
    ]);
    for (const one of [number, other]) expect(await asWorker(db, (tx) => countAlike(tx, one))).toBe(1);
    const { rows } = await sql<{
      left: number;
    }>`select count(*)::int as left from customers.identifier where blind_next is not null`.execute(admin);
    expect(rows[0]?.left).toBe(0);
  });

  test("a value that does not open is told of, found by nobody, and stops no other", async ({ db, admin }) => {
    const [number, other] = [nif(55_000_001), nif(55_000_002)];
    await load(db, "five", [line(80, number), line(81, other)]);
    await sql`
      update customers.identifier set sealed_value = (select sealed_value from customers.identifier where last4 = ${other.slice(-4)} limit 1)
      where last4 = ${number.slice(-4)}`.execute(admin);
    const rotationId = await order(db);
    await carry(db, rotationId);
    const { rows } = await sql<{ problem: string }>`select problem from governance.key_rotation where rotation_id = ${rotationId}`.execute(
      admin,
    );
    expect(rows[0]?.problem).toBe("values_broken");
    const person = await admin.transaction().execute(async (tx) => givenPerson(tx, "branch_manager", await bankUnit(tx)));
    expect(await found(db, person, number)).toEqual([]);
    expect(await found(db, person, other)).toEqual(["Ana Prueba 81"]);
    expect((await indexKeys(admin)).length).toBe(1);
  });
});
