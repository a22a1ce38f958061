import { describe, expect } from "vitest";
import { identifierBlinds, indexIdentifiers, sealIdentifiers } from "../../server/customers/identifiers/index.ts";
import { contentHash } from "../../server/customers/intake/content-hash.ts";
import { reverseLoad } from "../../server/customers/intake/reverse-load.ts";
import { revealIdentifier } from "../../server/customers/reveal/reveal-identifier.ts";
import { operatorCaller } from "../../server/governance/access/index.ts";
import { listOpenRotations } from "../../server/governance/encryption/index.ts";
import { indexSteps } from "../../server/governance/encryption/index-steps.ts";
import { sealedColumns } from "../../server/main/sealed-columns.ts";
import { type Db, inTransaction, sql, type Tx } from "../../server/platform/db/index.ts";
import { test } from "../support/database.ts";
import { nif } from "../support/delivery.ts";
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

/** Rows that stand under the one key there is. */
async function countAlike(tx: Tx, number: string): Promise<number> {
  const { forms } = await indexIdentifiers(tx);
  const { rows } = await sql<{
    rows: number;
  }>`select count(*)::int as rows from customers.identifier where blind = any (${forms(number)}::bytea[])`.execute(tx);
  return rows[0]?.rows ?? 0;
}

describe("another key for the blind index of numbers", () => {
  test("F24: while it comes and goes numbers are found, joined, shown and known again, though it is killed again and again; then nothing is left under the old one", async ({
    db,
    admin,
  }) => {
    const person = await admin.transaction().execute(async (tx) => givenPerson(tx, "branch_manager", await bankUnit(tx)));
    const operator = await operatorCaller(db);
    const numbers = Array.from({ length: 12 }, (_, at) => nif(51_000_000 + at * 7));
    const first = numbers.map((number, at) => clientLine(at, number));
    await loadClients(db, "one", first);
    // Two sources know the first three; a row of somebody known waits in quarantine; a record changes its number.
    const spoilt = `90,Zoe,1980-13-45,,600 123 456,${numbers[5]}`;
    const second = numbers.slice(0, 3).map((number, at) => clientLine(at, number));
    await loadClients(db, "two", [...second, spoilt, clientLine(40, nif(52_000_000))]);
    const changed = await loadClients(db, "two", [clientLine(40, nif(52_000_001))]);
    const before = await asWorker(db, contentHash);
    const [old] = await indexKeys(admin);

    let last = numbers.length;
    let batches = 0;
    const check = async () => {
      const at = batches % numbers.length;
      expect(await foundBy(db, person, numbers[at] ?? "")).toEqual([`Ana Prueba ${at}`]);
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
      expect(await foundBy(db, person, nif(59_999_999))).toEqual([]);
      // A further record brings a number that is known: it joins that customer. The others say all they said, and nothing is new.
      // From the end: their rows are the last to change, so the record and the one it joins have different forms.
      last -= 1;
      const again = await loadClients(db, "one", [...first, clientLine(last, numbers[last] ?? "", 60 + last)]);
      expect(again.report.kinds.identifier).toMatchObject({ created: 1, unchanged: numbers.length, updated: 0, quarantined: 0 });
      const { rows } = await sql<{ why: string }>`
        select l.decision as why from customers.party p join customers.identity_link l using (party_id)
        where p.source_key = ${String(60 + last)} and l.undone_at is null`.execute(admin);
      expect(rows, "by the number, not by likeness").toEqual([{ why: "national_id" }]);
    };
    const seen = new Set<string>();
    const rotationId = await orderIndexKey(db);
    await expect(orderIndexKey(db)).rejects.toMatchObject({ code: "in_progress" });
    for (let done = false; !done; ) {
      try {
        await carryIndexKey(db, rotationId, async () => {
          batches += 1;
          await check();
          // While a key is coming, while one is going, and when that is gone.
          const state = (await indexKeys(admin))
            .map(({ use }) => use)
            .sort()
            .join();
          if (!seen.has(state)) {
            for (const [at, number] of numbers.entries()) expect(await foundBy(db, person, number)).toEqual([`Ana Prueba ${at}`]);
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
    expect(await foundBy(db, person, nif(52_000_000))).toEqual(["Ana Prueba 40"]);
    expect(await foundBy(db, person, nif(52_000_001))).toEqual([]);
    await expectOnlyTheNewKey(db, admin);

    // Nothing a bank knows is changed by it, and no version of a number is kept for a key.
    const quiet = await asWorker(db, contentHash);
    const history = () =>
      sql<{ rows: number }>`select count(*)::int as rows from customers.party_history`.execute(admin).then((kept) => kept.rows);
    const versions = await history();
    await carryIndexKey(db, await orderIndexKey(db));
    expect(await asWorker(db, contentHash)).toEqual(quiet);
    expect(await history()).toEqual(versions);
    expect(before.hash).not.toBe(quiet.hash);
    await expectOnlyTheNewKey(db, admin);
  });

  test("waits for who writes by the index of before, and leaves nothing of that behind", async ({ db, admin }) => {
    const [number, another] = [nif(54_000_001), nif(54_000_002)];
    await loadClients(db, "four", [clientLine(70, number)]);
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
    const rotating = carryIndexKey(db, await orderIndexKey(db)).then(() => {
      state.finished = true;
    });
    const isWaiting = async () => {
      const { rows } = await sql`select from pg_locks where locktype = 'advisory' and classid = 740110 and not granted`.execute(admin);
      return rows.length > 0;
    };
    while (!state.finished && !(await isWaiting()));
    expect(state.finished).toBe(false);
    expect(await foundBy(db, person, number)).toEqual(["Ana Prueba 70"]);
    goOn.resolve();
    await Promise.all([slow, rotating]);
    await loadClients(db, "four", [clientLine(70, number), clientLine(71, nif(54_000_003))]);
    expect(await foundBy(db, person, number)).toEqual(["Ana Prueba 70"]);
    expect(await asWorker(db, (tx) => countAlike(tx, another))).toBe(1);
  });

  test("rows that somebody holds are passed over and looked at again, whatever becomes of them meanwhile", async ({ db, admin }) => {
    const [number, other] = [nif(56_000_001), nif(56_000_002)];
    await loadClients(db, "six", [clientLine(72, number), clientLine(73, other)]);
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
      carryIndexKey(db, await orderIndexKey(db), () => {
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
    await loadClients(db, "five", [clientLine(80, number), clientLine(81, other)]);
    await sql`
      update customers.identifier set sealed_value = (select sealed_value from customers.identifier where last4 = ${other.slice(-4)} limit 1)
      where last4 = ${number.slice(-4)}`.execute(admin);
    const rotationId = await orderIndexKey(db);
    await carryIndexKey(db, rotationId);
    const { rows } = await sql<{ problem: string }>`select problem from governance.key_rotation where rotation_id = ${rotationId}`.execute(
      admin,
    );
    expect(rows[0]?.problem).toBe("values_broken");
    const person = await admin.transaction().execute(async (tx) => givenPerson(tx, "branch_manager", await bankUnit(tx)));
    expect(await foundBy(db, person, number)).toEqual([]);
    expect(await foundBy(db, person, other)).toEqual(["Ana Prueba 81"]);
    expect((await indexKeys(admin)).length).toBe(1);
    await sql`delete from customers.identifier where last4 = ${number.slice(-4)}`.execute(admin);
  });

  test("that a value does not open is told of to the end, whatever stops it after that", async ({ db, admin }) => {
    const [number, other] = [nif(57_000_001), nif(57_000_002)];
    await loadClients(db, "seven", [clientLine(82, number), clientLine(83, other)]);
    await sql`
      update customers.identifier set sealed_value = (select sealed_value from customers.identifier where last4 = ${other.slice(-4)} limit 1)
      where last4 = ${number.slice(-4)}`.execute(admin);
    const rotationId = await orderIndexKey(db);
    const problem = () =>
      sql<{ problem: string | null; done: boolean }>`
        select problem, finished_at is not null as done from governance.key_rotation where rotation_id = ${rotationId}`
        .execute(admin)
        .then(({ rows }) => rows[0]);
    const dies = async () => {
      if ((await problem())?.problem === "values_broken") throw new Error("killed");
    };
    await expect(carryIndexKey(db, rotationId, dies)).rejects.toThrow("killed");
    expect(await problem()).toEqual({ problem: "values_broken", done: false });
    await carryIndexKey(db, rotationId);
    expect(await problem()).toEqual({ problem: "values_broken", done: true });
    await sql`delete from customers.identifier where last4 = ${number.slice(-4)}`.execute(admin);
  });
});

describe("two who carry out one rotation", () => {
  const bank = async (db: Db, source: string, from: number) => {
    const numbers = Array.from({ length: 12 }, (_, at) => nif(from + at * 7));
    const spoilt = numbers.map((number, at) => `Q${at},Zoe,1980-13-45,,600 999 ${100 + at},${number}`);
    await loadClients(db, source, [...numbers.map((number, at) => clientLine(at, number)), ...spoilt]);
    return numbers;
  };

  test("one goes on in the middle of a pass while the other has come to a later one: no row is left out", async ({ db, admin }) => {
    const person = await admin.transaction().execute(async (tx) => givenPerson(tx, "branch_manager", await bankUnit(tx)));
    const numbers = await bank(db, "eight", 58_000_000);
    const stepOf = async (rotationId: string) => {
      const { rows } = await sql<{ step: number }>`select step from governance.key_rotation where rotation_id = ${rotationId}`.execute(
        admin,
      );
      return rows[0]?.step ?? -1;
    };
    const passes = indexSteps(sealedColumns[0] ?? {}).flatMap(({ act }, step) => (act === "pass" ? [step] : []));
    // The next one, and the one after that: other places, the other keys.
    const pairs = passes.flatMap((slow, nth) => passes.slice(nth + 1, nth + 3).map((quick) => [slow, quick] as const));
    for (const [slow, quick] of pairs) {
      const rotationId = await orderIndexKey(db);
      let stood = false;
      await carryIndexKey(db, rotationId, async () => {
        if (stood || (await stepOf(rotationId)) !== slow) return;
        stood = true;
        const other = carryIndexKey(db, rotationId, async () => {
          if ((await stepOf(rotationId)) === quick) throw new Error("killed");
        });
        await expect(other).rejects.toThrow("killed");
      });
      expect(stood).toBe(true);
      expect(await indexKeys(admin)).toMatchObject([{ use: "current" }]);
      for (const [at, number] of numbers.entries()) expect(await foundBy(db, person, number)).toEqual([`Ana Prueba ${at}`]);
      await expectOnlyTheNewKey(db, admin);
    }
  });

  test("at once, and killed: whoever is left ends it, and one new key is there", async ({ db, admin }) => {
    await bank(db, "nine", 58_500_000);
    for (let round = 0; round < 4; round += 1) {
      const rotationId = await orderIndexKey(db);
      let batches = 0;
      const dies = () => {
        batches += 1;
        if (batches === 3 + round) throw new Error("killed");
      };
      const [killed, one, other] = await Promise.allSettled([
        carryIndexKey(db, rotationId, dies),
        carryIndexKey(db, rotationId),
        carryIndexKey(db, rotationId),
      ]);
      expect([one.status, other.status]).toEqual(["fulfilled", "fulfilled"]);
      if (killed.status === "rejected") expect((killed.reason as Error).message).toBe("killed");
      expect(await asWorker(db, listOpenRotations)).toEqual([]);
      expect(await indexKeys(admin)).toMatchObject([{ use: "current" }]);
      await expectOnlyTheNewKey(db, admin);
    }
  });

  test("wherever it is said to be, a row that has not got its new form yet gets it", async ({ db, admin }) => {
    await bank(db, "ten", 59_000_000);
    const rotationId = await orderIndexKey(db);
    const own = Object.values(identifierBlinds);
    const ofIdentifiers = indexSteps(sealedColumns[0] ?? {}).flatMap((step, at) =>
      step.act === "pass" && own.includes(step.pass) ? [at] : [],
    );
    const behindAll = "ffffffff-ffff-ffff-ffff-ffffffffffff ffffffff-ffff-ffff-ffff-ffffffffffff";
    const moved = new Set<number>();
    await carryIndexKey(db, rotationId, async () => {
      const { rows } = await sql<{ step: number }>`select step from governance.key_rotation where rotation_id = ${rotationId}`.execute(
        admin,
      );
      const step = rows[0]?.step ?? -1;
      if (!ofIdentifiers.includes(step) || moved.has(step)) return;
      moved.add(step);
      await sql`update governance.key_rotation set after_id = ${behindAll} where rotation_id = ${rotationId}`.execute(admin);
    });
    expect([...moved]).toEqual(ofIdentifiers);
    await expectOnlyTheNewKey(db, admin);
  });
});
