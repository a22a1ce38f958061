import { tmpdir } from "node:os";
import { PgBoss } from "pg-boss";
import { pino } from "pino";
import { expect, vi } from "vitest";
import { z } from "zod";
import { test as base, frozenClock } from "../../../tests/support/database.ts";
import { ended } from "../../../tests/support/ended.ts";
import { callerWith } from "../../../tests/support/server.ts";
import type { Caller } from "../caller/index.ts";
import { inTransaction, sql } from "../db/index.ts";
import { DomainError } from "../errors/index.ts";
import { openNoticeHub } from "../events/index.ts";
import { countJobs, defineJob, type JobInput, jobWork, sendJob, startWorkers } from "./index.ts";

const Data = z.object({ thingId: z.string() });
const work = defineJob("do_work", Data, { retryDelaySeconds: 0 });
const single = defineJob("single_work", Data, { atMostOne: "either" });
const person = callerWith(["thing:do"]);
type Run = (input: JobInput<z.infer<typeof Data>>) => Promise<void>;

const test = base.extend("workers", { scope: "file" }, async ({ db }, { onCleanup }) => {
  const people = new Map<string, Caller>([[person.userId, person]]);
  const seen = { run: (async () => undefined) as Run, logged: [] as string[] };
  const logger = pino({ level: "trace" }, { write: (line: string) => void seen.logged.push(line) });
  const hub = await openNoticeHub(db, logger);
  const running = await startWorkers({
    db,
    works: [jobWork(work, (input) => seen.run(input)), jobWork(single, (input) => seen.run(input))],
    callerFor: async (userId, requestId) => {
      const found = people.get(userId);
      return found === undefined ? null : { ...found, requestId, sessionId: null };
    },
    clock: frozenClock(),
    home: tmpdir(),
    logger,
    notices: hub,
  });
  onCleanup(async () => {
    await ended("the workers", running.close());
    await ended("the hub", hub.close());
  });
  return { people, seen };
});

test("the installed pg-boss accepts the schema of the migration, index by index", async ({ clone }) => {
  const boss = new PgBoss({ connectionString: clone.adminUrl, schema: "jobs", migrate: false, supervise: false, schedule: false });
  await boss.start();
  const drift = await boss.detectSchemaDrift();
  await boss.stop({ graceful: false });
  expect(drift).toMatchObject({ ok: true });
});

test("AC-19: a job runs with the rights its person has when it runs, and with their request's id", async ({ db, workers }) => {
  const ran = Promise.withResolvers<JobInput<{ thingId: string }>>();
  workers.seen.run = async (input) => ran.resolve(input);
  workers.people.set(person.userId, { ...person, permissions: new Set(["less"]) });
  await inTransaction(db, person, (tx) => sendJob(tx, work, { thingId: "1" }));
  const { caller, data, attempt } = await ran.promise;
  expect([data, attempt]).toEqual([{ thingId: "1" }, 1]);
  expect(caller).toMatchObject({ userId: person.userId, requestId: person.requestId });
  expect([...caller.permissions]).toEqual(["less"]);
  workers.people.set(person.userId, person);
});

test("a job of a transaction that is rolled back does not exist", async ({ db, workers, admin }) => {
  workers.seen.run = async () => undefined;
  const sending = inTransaction(db, person, async (tx) => {
    expect(await sendJob(tx, work, { thingId: "rolled back" })).not.toBeNull();
    throw new Error("stop");
  });
  await expect(sending).rejects.toThrow("stop");
  const { rows } = await sql`select from jobs.job where data -> 'data' ->> 'thingId' = 'rolled back'`.execute(admin);
  expect(rows).toEqual([]);
});

const stateOf = async (admin: Parameters<ReturnType<typeof sql>["execute"]>[0], thingId: string) => {
  const { rows } = await sql<{ name: string; state: string; output: object | null }>`
    select name, state::text, output from jobs.job where data -> 'data' ->> 'thingId' = ${thingId} order by name`.execute(admin);
  return rows;
};

test("the last change and the end of a job are one: when the change fails the job is not done", async ({ db, workers, admin }) => {
  let runs = 0;
  workers.seen.run = async ({ db: on, caller, finish }) => {
    runs += 1;
    await inTransaction(
      on,
      caller,
      async (tx) => {
        await sql`insert into platform.setting (name, value) values (${`finish ${runs}`}, '1')`.execute(tx);
        await finish(tx);
        if (runs === 1) throw new Error("after finish");
      },
      { role: "worker" },
    );
  };
  await inTransaction(db, person, (tx) => sendJob(tx, work, { thingId: "finish" }));
  await vi.waitFor(async () => expect(await stateOf(admin, "finish")).toMatchObject([{ state: "completed" }]), { timeout: 20_000 });
  const { rows } = await sql<{ name: string }>`select name from platform.setting where name like 'finish %'`.execute(admin);
  expect(rows).toEqual([{ name: "finish 2" }]);
});

test("who may not work any more: the job does not run and lies among the dead letters", async ({ db, workers, admin }) => {
  const run = vi.fn(async () => undefined);
  workers.seen.run = run;
  const gone = callerWith();
  await inTransaction(db, gone, (tx) => sendJob(tx, work, { thingId: "gone" }));
  await vi.waitFor(async () => expect((await stateOf(admin, "gone")).map(({ name }) => name)).toContain("dead_letter"), {
    timeout: 20_000,
  });
  expect(run).not.toHaveBeenCalled();
});

test("a failure that will not mend by itself is not tried again, and its text is kept nowhere when it is the database's", async ({
  db,
  workers,
  admin,
}) => {
  let runs = 0;
  workers.seen.run = async ({ db: on, caller }) => {
    runs += 1;
    await inTransaction(on, caller, (tx) => sql`select 'Fatemeh'::int`.execute(tx)).catch((cause: unknown) => {
      throw new DomainError("invalid_state", "cannot be done", { cause });
    });
  };
  await inTransaction(db, person, (tx) => sendJob(tx, work, { thingId: "final" }));
  await vi.waitFor(async () => expect(await stateOf(admin, "final")).toHaveLength(2), { timeout: 20_000 });
  const rows = await stateOf(admin, "final");
  expect(runs).toBe(1);
  expect(JSON.stringify([rows, workers.seen.logged])).not.toContain("Fatemeh");
  expect(JSON.stringify(rows)).toContain("invalid_state");
});

test("of a job that may wait or run only once per key, a second is not kept", async ({ db, workers }) => {
  const [started, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  workers.seen.run = async () => {
    started.resolve();
    await end.promise;
  };
  const send = (key: string) => inTransaction(db, person, (tx) => sendJob(tx, single, { thingId: "s" }, { singletonKey: key }));
  expect(await send("a")).not.toBeNull();
  await started.promise;
  expect(await send("a")).toBeNull();
  expect(await send("b")).not.toBeNull();
  end.resolve();
});

test("AC-19: a request can order work, but not read, change or forge what others ordered, nor order it as nobody", async ({
  db,
  workers,
}) => {
  expect(workers).toBeDefined();
  const attempts = [
    "select * from jobs.job",
    "insert into jobs.job (name, data) values ('do_work', '{}')",
    "update jobs.job set state = 'cancelled'",
    "delete from jobs.job",
    "select jobs.create_queue('mine', '{}')",
    "select jobs.delete_queue('do_work')",
  ];
  for (const attempt of attempts) {
    await expect(
      inTransaction(db, person, (tx) => sql.raw(attempt).execute(tx)),
      attempt,
    ).rejects.toMatchObject({ code: "not_found" });
  }
  const nobody = { userId: null, sessionId: null, requestId: "r" };
  const ordering = inTransaction(db, nobody, (tx) => sendJob(tx, work, { thingId: "x" }), { purpose: "sign_in" });
  await expect(ordering).rejects.toMatchObject({ code: "not_found" });
});

test("data that is not what the job declares, and data beyond 64 KiB, are not sent; queues can be counted", async ({ db, workers }) => {
  expect(workers).toBeDefined();
  await expect(inTransaction(db, person, (tx) => sendJob(tx, work, { thingId: 7 } as never))).rejects.toMatchObject({ name: "ZodError" });
  await expect(inTransaction(db, person, (tx) => sendJob(tx, work, { thingId: "x".repeat(70_000) }))).rejects.toBeDefined();
  expect((await countJobs(db)).map(({ queue }) => queue)).toContain("do_work");
});
