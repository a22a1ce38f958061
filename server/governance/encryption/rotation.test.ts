import type { Kysely } from "kysely";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenPerson, givenProof, givenSession } from "../../../tests/support/given.ts";
import { callerWith } from "../../../tests/support/server.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { type Database, type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { countByKey, listKeys, openField, sealField } from "../../platform/encryption/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { operatorCaller } from "../access/index.ts";
import { totpSeeds } from "../factors/index.ts";
import { carryOutRotation } from "./carry-out-rotation.ts";
import type { Carrying } from "./carrying.ts";
import { Rotation } from "./contract.ts";
import { goOnWithRotations, orderRotation, orderRotationAtOnce } from "./order-rotation.ts";
import { readEncryption } from "./read-encryption.ts";
import { rotationJob } from "./rotation-job.ts";
import { listOpenRotations } from "./store.ts";

const { column } = totpSeeds;
const columns = [totpSeeds];
const nobody = { userId: null, sessionId: null, requestId: "test" };
const signingIn = <T>(db: Db, work: (tx: Tx) => Promise<T>) => inTransaction(db, nobody, work, { purpose: "sign_in" });
const asWorker = async <T>(db: Db, work: (tx: Tx) => Promise<T>) => inTransaction(db, await operatorCaller(db), work, { role: "worker" });

/** People whose seed is their own id. */
async function givenSeeds(db: Db, admin: Kysely<Database>, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await sql`
    insert into governance.app_user (user_id, login, display_name, home_unit_id)
    select id, id, id, (select unit_id from governance.organisation_unit where kind = 'bank') from unnest(${ids}::uuid[]) id`.execute(
    admin,
  );
  for (const id of ids) await signingIn(db, (tx) => writeSeed(tx, id));
  return ids;
}

async function writeSeed(tx: Tx, id: string): Promise<void> {
  const field = await sealField(tx, column);
  await sql`delete from governance.totp where user_id = ${id}`.execute(tx);
  await sql`insert into governance.totp (user_id, sealed_seed) values (${id}, ${field.seal(id, id)})`.execute(tx);
}

async function readSeed(tx: Tx, id: string): Promise<string> {
  const { rows } = await sql<{ sealed: Buffer }>`select sealed_seed as sealed from governance.totp where user_id = ${id}`.execute(tx);
  return (await openField(tx, column)).open(id, rows[0]?.sealed ?? Buffer.alloc(0));
}

async function order(db: Db): Promise<string> {
  const operator = await operatorCaller(db);
  return asWorker(db, (tx) => orderRotationAtOnce(tx, operator, systemClock, columns, { column, part: "values" }));
}

async function carry(db: Db, rotationId: string, more: Partial<Carrying> = {}): Promise<void> {
  const signal = new AbortController().signal;
  await carryOutRotation({ db, caller: await operatorCaller(db), clock: systemClock, columns, signal, batchRows: 20, ...more }, rotationId);
}

const counts = (db: Db) => asWorker(db, (tx) => countByKey(tx, totpSeeds));
const newestKey = async (db: Db) => (await asWorker(db, listKeys)).find((key) => key.column === column)?.keyNo ?? 0;

describe("a new key for a column", () => {
  test("F24: while people read and write nothing fails, and in the end every row is sealed with it", async ({ db, admin }) => {
    // Three people on rows of their own: 99 is a multiple of three.
    const ids = await givenSeeds(db, admin, 99);
    let stopped = false;
    let done = 0;
    const busy = async (first: number) => {
      for (let turn = first; !stopped; turn += 3) {
        const id = ids[turn % ids.length] ?? "";
        if (turn % 2 === 0) await signingIn(db, (tx) => writeSeed(tx, id));
        expect(await signingIn(db, (tx) => readSeed(tx, id))).toBe(id);
        done += 1;
      }
    };
    const people = Promise.all([0, 1, 2].map(busy));
    const rotated = async () => {
      await carry(db, await order(db));
      await carry(db, await order(db));
    };
    await Promise.all([people, rotated().finally(() => (stopped = true))]);
    expect(done).toBeGreaterThan(3);
    expect(await counts(db)).toEqual(new Map([[await newestKey(db), 99]]));
    for (const id of ids) expect(await signingIn(db, (tx) => readSeed(tx, id))).toBe(id);
  });

  test("waits for who began to write under the old one, and leaves none of their rows behind", async ({ db, admin }) => {
    const [id = ""] = await givenSeeds(db, admin, 1);
    const began = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow = signingIn(db, async (tx) => {
      const field = await sealField(tx, column);
      began.resolve();
      await goOn.promise;
      await sql`update governance.totp set last_step = 1 where user_id = ${id}`.execute(tx);
      await sql`delete from governance.totp where user_id = ${id}`.execute(tx);
      await sql`insert into governance.totp (user_id, sealed_seed) values (${id}, ${field.seal(id, id)})`.execute(tx);
    });
    await began.promise;
    let finished = false;
    const rotating = carry(db, await order(db)).then(() => {
      finished = true;
    });
    // Others are not kept waiting meanwhile: they write with the new key.
    const [other = ""] = await givenSeeds(db, admin, 1);
    expect(finished).toBe(false);
    goOn.resolve();
    await Promise.all([slow, rotating]);
    for (const one of [id, other]) expect(await signingIn(db, (tx) => readSeed(tx, one))).toBe(one);
    expect([...(await counts(db)).keys()]).toEqual([await newestKey(db)]);
  });

  test("killed half-way is readable throughout and goes on behind its last batch", async ({ db, admin }) => {
    const ids = await givenSeeds(db, admin, 50);
    const rotationId = await order(db);
    const dies = () => {
      throw new Error("killed");
    };
    await expect(carry(db, rotationId, { onBatch: dies })).rejects.toThrow("killed");
    expect((await counts(db)).size).toBe(2);
    for (const id of ids) expect(await signingIn(db, (tx) => readSeed(tx, id))).toBe(id);
    const [open] = await asWorker(db, listOpenRotations);
    expect(open).toMatchObject({ rotationId, resealed: 20 });
    await carry(db, rotationId);
    expect([...(await counts(db)).keys()]).toEqual([await newestKey(db)]);
    expect(await asWorker(db, listOpenRotations)).toEqual([]);
  });

  test("one that nobody carries out any more goes on with a job, one at a time; nothing is sent where no worker ever ran", async ({
    db,
    admin,
  }) => {
    const rotationId = await order(db);
    const jobs = () =>
      sql<{ id: string }>`select data -> 'data' ->> 'rotationId' as id from jobs.job where name = ${rotationJob.name}`
        .execute(admin)
        .then(({ rows }) => rows);
    await asWorker(db, goOnWithRotations);
    await sql`select jobs.create_queue(${rotationJob.name}, '{"policy": "exclusive", "partition": "false"}')`.execute(admin);
    expect(await jobs()).toEqual([]);
    await asWorker(db, goOnWithRotations);
    await asWorker(db, goOnWithRotations);
    expect(await jobs()).toEqual([{ id: rotationId }]);
    await sql`delete from jobs.job where name = ${rotationJob.name}`.execute(admin);
    await carry(db, rotationId);
    await asWorker(db, goOnWithRotations);
    expect(await jobs()).toEqual([]);
    await sql`delete from jobs.queue where name = ${rotationJob.name}`.execute(admin);
  });

  test("is ordered once at a time, and its order and end stand in the trail", async ({ db, admin }) => {
    const rotationId = await order(db);
    await expect(order(db)).rejects.toMatchObject({ code: "in_progress" });
    await carry(db, rotationId);
    const { rows } = await sql<{ action: string }>`
      select action from governance.audit_event where subject_ids = array[${rotationId}::uuid] order by event_id`.execute(admin);
    expect(rows.map(({ action }) => action)).toEqual(["encryption.rotation_ordered", "encryption.rotation_finished"]);
  });

  test("a value moved to another person's row does not open, and does not stop the others", async ({ db, admin }) => {
    const [one = "", other = ""] = await givenSeeds(db, admin, 2);
    await sql`update governance.totp t set sealed_seed = (select sealed_seed from governance.totp where user_id = ${one}) where user_id = ${other}`.execute(
      admin,
    );
    await expect(signingIn(db, (tx) => readSeed(tx, other))).rejects.toThrow("does not open");
    await carry(db, await order(db));
    const { columns: shown } = await readEncryption(db, { ...(await operatorCaller(db)), permissions: new Set(["key:manage"]) }, columns);
    expect(shown[0]?.rotation).toMatchObject({ problem: "values_broken" });
    expect(Object.keys(shown[0]?.rotation ?? {}).sort(), "no more than the contract says").toEqual(Object.keys(Rotation.shape).sort());
    expect(shown[0]?.epochs.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(0);
    await sql`delete from governance.totp where user_id = ${other}`.execute(admin);
  });
});

test("AC-33: a new key is ordered with a proof for exactly this column", async ({ tx, as, clock }) => {
  const keeper = await givenSession(tx, { ...(await givenPerson(tx, "administrator", await bankUnit(tx))) });
  const ask = (name: string) => as(keeper, (own) => orderRotation(own, keeper, clock, columns, { column: name, part: "values" }));
  await expect(ask(column)).rejects.toMatchObject({ code: "step_up_needed" });
  await givenProof(tx, keeper, {
    action: "encryption.rotation_ordered",
    subjectIds: [],
    payload: { column: "another.one.column", part: "values" },
  });
  await expect(ask(column)).rejects.toMatchObject({ code: "step_up_needed" });
  await givenProof(tx, keeper, { action: "encryption.rotation_ordered", subjectIds: [], payload: { column, part: "index" } });
  await expect(ask(column)).rejects.toMatchObject({ code: "step_up_needed" });
  await givenProof(tx, keeper, { action: "encryption.rotation_ordered", subjectIds: [], payload: { column, part: "values" } });
  await expect(ask("customers.customer.full_name")).rejects.toMatchObject({ code: "not_found" });
  const ofIndex = as(keeper, (own) => orderRotation(own, keeper, clock, columns, { column, part: "index" }));
  await expect(ofIndex, "it has none").rejects.toMatchObject({ code: "not_found" });
  // No worker ever ran here, so the order ends at the queue, past the proof.
  await expect(ask(column)).rejects.toThrow("there is no queue rotate_encryption_key");
});

test("whoever may not manage keys learns nothing of them", async ({ db }) => {
  await expect(readEncryption(db, callerWith(["user:manage"]), columns)).rejects.toMatchObject({ code: "not_allowed" });
});
