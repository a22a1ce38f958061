import { pino } from "pino";
import { expect, vi } from "vitest";
import { z } from "zod";
import { test as base } from "../../../tests/support/database.ts";
import { ended } from "../../../tests/support/ended.ts";
import { callerWith } from "../../../tests/support/server.ts";
import { inTransaction, sql } from "../db/index.ts";
import {
  type Consumer,
  consumer,
  defineTopic,
  type Notice,
  notify,
  openNoticeHub,
  publish,
  type Relay,
  replayFailedEvents,
  startRelay,
} from "./index.ts";
import { forgetRelayedEvents } from "./store.ts";

const logger = pino({ level: "silent" });
const moved = defineTopic("thing_moved", z.object({ step: z.number() }));
const other = defineTopic("thing_other", z.object({}));
const caller = callerWith();

const test = base
  .extend("hub", { scope: "file" }, async ({ db }, { onCleanup }) => {
    const hub = await openNoticeHub(db, logger);
    onCleanup(() => ended("the hub", hub.close()));
    return hub;
  })
  .extend("relay", async ({ db, hub, admin }, { onCleanup }) => {
    await sql`truncate platform.outbox, platform.inbox`.execute(admin);
    const relays: Relay[] = [];
    onCleanup(() => ended("the relays", Promise.all(relays.map((each) => each.close()))));
    return (...consumers: Consumer[]) => {
      const relay = startRelay({ db, consumers, caller: async () => caller, notices: hub, logger });
      relays.push(relay);
      return relay;
    };
  });

test("an event reaches its consumer once it is committed, and never when it is rolled back", async ({ db, relay }) => {
  const seen: number[] = [];
  const running = relay(consumer("watcher", moved, async (_tx, { payload }) => void seen.push(payload.step)));
  const failing = inTransaction(db, caller, async (tx) => {
    await publish(tx, moved, { key: "a", payload: { step: 1 } });
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow();
  await inTransaction(db, caller, (tx) => publish(tx, moved, { key: "a", payload: { step: 2 } }));
  await vi.waitFor(() => expect(seen).toEqual([2]));
  await running.drain();
  expect(seen).toEqual([2]);
});

test("events of one key come in order, also with two relays at work, and other topics go elsewhere", async ({ db, relay }) => {
  const seen: string[] = [];
  const watcher = consumer("watcher", moved, async (_tx, { key, payload }) => void seen.push(`${key}${payload.step}`));
  for (let step = 1; step <= 20; step += 1) {
    await inTransaction(db, caller, async (tx) => {
      for (const key of ["a", "b"]) await publish(tx, moved, { key, payload: { step } });
      await publish(tx, other, { key: "a", payload: {} });
    });
  }
  const relays = [relay(watcher), relay(watcher)];
  await vi.waitFor(() => expect(seen).toHaveLength(40));
  await Promise.all(relays.map((each) => each.drain()));
  for (const key of ["a", "b"]) {
    expect(seen.filter((each) => each.startsWith(key))).toEqual(Array.from({ length: 20 }, (_, index) => `${key}${index + 1}`));
  }
});

test("a transaction that commits late holds up nobody, and its event still arrives", async ({ db, relay }) => {
  const seen: number[] = [];
  const running = relay(consumer("watcher", moved, async (_tx, { payload }) => void seen.push(payload.step)));
  const [written, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = inTransaction(db, caller, async (tx) => {
    await publish(tx, moved, { key: "slow", payload: { step: 1 } });
    written.resolve();
    await commit.promise;
  });
  await written.promise;
  await inTransaction(db, caller, (tx) => publish(tx, moved, { key: "quick", payload: { step: 2 } }));
  await running.drain();
  expect(seen).toEqual([2]);
  commit.resolve();
  await slow;
  await running.drain();
  expect(seen).toEqual([2, 1]);
});

test("a consumer that fails has no effect, is tried again, and does not keep others from the event; handled is handled", async ({
  db,
  admin,
  relay,
}) => {
  const calls = { good: 0, bad: 0 };
  const running = relay(
    consumer("bad", moved, async (tx) => {
      calls.bad += 1;
      await sql`insert into platform.setting (name, value) values ('by bad', '1')`.execute(tx);
      if (calls.bad === 1) throw new Error("not yet");
    }),
    consumer("good", moved, async () => {
      calls.good += 1;
    }),
  );
  await inTransaction(db, caller, (tx) => publish(tx, moved, { key: "a", payload: { step: 1 } }));
  await running.drain();
  expect(calls).toEqual({ good: 1, bad: 1 });
  await vi.waitFor(async () => {
    await sql`update platform.outbox set next_try_at = now() where relayed_at is null`.execute(admin);
    await running.drain();
    expect(calls).toEqual({ good: 1, bad: 2 });
  });
});

test("after eight tries an event is given up, the next of its key goes on, and it can be replayed", async ({ db, admin, relay }) => {
  const seen: number[] = [];
  const state = { broken: true };
  const running = relay(
    consumer("picky", moved, async (_tx, { payload }) => {
      if (payload.step === 1 && state.broken) throw new Error("never");
      seen.push(payload.step);
    }),
  );
  for (const step of [1, 2]) await inTransaction(db, caller, (tx) => publish(tx, moved, { key: "a", payload: { step } }));
  await vi.waitFor(
    async () => {
      await sql`update platform.outbox set next_try_at = now() where relayed_at is null`.execute(admin);
      await running.drain();
      expect(seen).toEqual([2]);
    },
    { timeout: 20_000 },
  );
  const { rows } = await sql<{ attempts: number; failed_consumer: string }>`
    select attempts, failed_consumer from platform.outbox where failed_at is not null`.execute(admin);
  expect(rows).toEqual([{ attempts: 8, failed_consumer: "picky" }]);
  state.broken = false;
  expect(await replayFailedEvents(db)).toBe(1);
  await running.drain();
  expect(seen).toEqual([2, 1]);
});

test("a payload that is not what the topic declares is not written", async ({ db }) => {
  const publishing = inTransaction(db, caller, (tx) => publish(tx, moved, { key: "a", payload: { step: "x" } as never }));
  await expect(publishing).rejects.toMatchObject({ name: "ZodError" });
});

test("old relayed events are forgotten, waiting ones are not", async ({ db, admin, relay }) => {
  relay();
  await sql`insert into platform.outbox (topic, key, payload, relayed_at, next_try_at) values
    ('t', 'a', '{}', now() - interval '8 days', null), ('t', 'b', '{}', now(), null), ('t', 'c', '{}', null, 'infinity')`.execute(admin);
  await sql`insert into platform.inbox (consumer, event_id) select 'x', event_id from platform.outbox where key = 'a'`.execute(admin);
  await forgetRelayedEvents(db);
  const { rows } = await sql<{ key: string }>`select key from platform.outbox order by key`.execute(admin);
  expect(rows.map(({ key }) => key)).toEqual(["b", "c"]);
  expect((await sql`select from platform.inbox`.execute(admin)).rows).toEqual([]);
});

test("a notice arrives at commit, for its topic and key only, and a subscription ends with its signal", async ({ db, hub }) => {
  const leaving = new AbortController();
  const subscription = hub.subscribe(["load"], { key: "7", signal: leaving.signal });
  await expect(
    inTransaction(db, caller, async (tx) => {
      await notify(tx, "load", "7");
      throw new Error("rolled back");
    }),
  ).rejects.toThrow();
  await inTransaction(db, caller, async (tx) => {
    await notify(tx, "load", "8");
    await notify(tx, "other", "7");
    await notify(tx, "load", "7");
  });
  const seen: Notice[] = [];
  for await (const notice of subscription) {
    seen.push(notice);
    leaving.abort();
  }
  expect(seen).toEqual([{ topic: "load", key: "7" }]);
});

test("who lags gets one call to look at everything again instead of a thousand notices", async ({ db, hub }) => {
  const leaving = new AbortController();
  const subscription = hub.subscribe(["load"], { signal: leaving.signal });
  const last = Promise.withResolvers<void>();
  hub.on("end", () => last.resolve());
  await inTransaction(db, caller, async (tx) => {
    await sql`select pg_notify('vinculo', json_build_object('topic', 'load', 'key', n::text)::text) from generate_series(1, 1500) n`.execute(
      tx,
    );
    await notify(tx, "end", "");
  });
  await last.promise;
  const { value } = await subscription[Symbol.asyncIterator]().next();
  expect(value).toEqual({ topic: "resync", key: "" });
  leaving.abort();
});

test("a lost connection comes back by itself and says that notices may be missing", async ({ db, hub, admin }) => {
  const leaving = new AbortController();
  const subscription = hub.subscribe(["load"], { signal: leaving.signal })[Symbol.asyncIterator]();
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen vinculo' and datname = current_database()`.execute(
    admin,
  );
  expect((await subscription.next()).value).toEqual({ topic: "resync", key: "" });
  await inTransaction(db, caller, (tx) => notify(tx, "load", "9"));
  expect((await subscription.next()).value).toEqual({ topic: "load", key: "9" });
  leaving.abort();
});
