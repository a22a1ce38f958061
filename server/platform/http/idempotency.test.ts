import { expect } from "vitest";
import { z } from "zod";
import { test as base } from "../../../tests/support/database.ts";
import { ended } from "../../../tests/support/ended.ts";
import { callerWith, startTestServer } from "../../../tests/support/server.ts";
import { inTransaction, sql } from "../db/index.ts";
import { DomainError } from "../errors/index.ts";
import { newId } from "../ids/index.ts";
import { endpoint } from "./contract.ts";
import { route } from "./index.ts";
import { forgetOldAnswers } from "./store.ts";

const create = endpoint({
  name: "create_thing",
  method: "POST",
  path: "/api/things",
  summary: "Create",
  access: "thing:create",
  body: z.object({ name: z.string(), fail: z.boolean().optional() }),
  answer: z.object({ thingId: z.string(), minor: z.bigint() }),
  idempotent: true,
  tag: "test",
});
const gate = { reached: Promise.withResolvers<void>(), open: Promise.resolve() };

const test = base.extend("app", { scope: "file" }, async ({ db }, { onCleanup }) => {
  const routes = [
    route(create, async ({ tx, body }) => {
      const thingId = newId();
      await sql`insert into platform.setting (name, value) values (${`${body.name} ${thingId}`}, '1')`.execute(tx);
      if (body.fail) throw new DomainError("invalid_state", "not now");
      gate.reached.resolve();
      await gate.open;
      return { thingId, minor: 5n };
    }),
  ];
  const callers = { one: callerWith(["thing:create"]), two: callerWith(["thing:create"]) };
  const app = await startTestServer({ db, routes, callers });
  onCleanup(() => ended("the server", app.server.close()));
  return app;
});

const post = (payload: object, key: string | undefined) =>
  ({ method: "POST", url: "/api/things", payload, headers: { "idempotency-key": key } }) as const;
const count = (name: string) => sql<{ n: number }>`select count(*)::int as n from platform.setting where starts_with(name, ${name})`;

test("the same request twice has one effect and one answer", async ({ app, admin }) => {
  const first = await app.send("one", post({ name: "twice" }, "key-of-twice"));
  const second = await app.send("one", post({ name: "twice" }, "key-of-twice"));
  expect(first.statusCode).toBe(200);
  expect(second.json()).toEqual(first.json());
  expect((await count("twice").execute(admin)).rows).toEqual([{ n: 1 }]);
});

test("twenty at once have one effect; each answer is the same one or says that it is in progress", async ({ app, admin }) => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => app.send("one", post({ name: "racing" }, "key-of-racing"))));
  const done = answers.filter(({ statusCode }) => statusCode === 200);
  expect(new Set(done.map((answer) => answer.json<{ thingId: string }>().thingId)).size).toBe(1);
  for (const other of answers.filter(({ statusCode }) => statusCode !== 200)) {
    expect(other.statusCode).toBe(409);
    expect(other.json()).toMatchObject({ code: "in_progress" });
  }
  expect((await count("racing").execute(admin)).rows).toEqual([{ n: 1 }]);
});

test("while the first is at work the second is told so", async ({ app }) => {
  const opening = Promise.withResolvers<void>();
  gate.reached = Promise.withResolvers<void>();
  gate.open = opening.promise;
  const first = app.send("one", post({ name: "slow" }, "key-of-slow"));
  await gate.reached.promise;
  expect((await app.send("one", post({ name: "slow" }, "key-of-slow"))).json()).toMatchObject({ code: "in_progress" });
  opening.resolve();
  expect((await first).statusCode).toBe(200);
});

test("a key used for another request is refused, and nothing happens", async ({ app, admin }) => {
  await app.send("one", post({ name: "used" }, "key-of-used"));
  const other = await app.send("one", post({ name: "other" }, "key-of-used"));
  expect(other.statusCode).toBe(422);
  expect(other.json()).toMatchObject({ code: "invalid_state" });
  expect((await count("other").execute(admin)).rows).toEqual([{ n: 0 }]);
});

test("a failed request keeps neither effect nor answer, so it can be tried again", async ({ app, admin }) => {
  expect((await app.send("one", post({ name: "later", fail: true }, "key-of-later"))).statusCode).toBe(422);
  expect((await app.send("one", post({ name: "later" }, "key-of-later"))).statusCode).toBe(200);
  expect((await count("later").execute(admin)).rows).toEqual([{ n: 1 }]);
});

test("the same key of two people is two requests", async ({ app, admin }) => {
  const [one, two] = [
    await app.send("one", post({ name: "both" }, "key-of-both")),
    await app.send("two", post({ name: "both" }, "key-of-both")),
  ];
  expect(one.json()).not.toEqual(two.json());
  expect((await count("both").execute(admin)).rows).toEqual([{ n: 2 }]);
});

test("who lost the right gets no kept answer", async ({ app }) => {
  await app.send("one", post({ name: "lost" }, "key-of-lost"));
  const had = app.sessions.get("one");
  if (had === undefined) throw new Error("the session is part of this test");
  app.sessions.set("one", { ...had, permissions: new Set() });
  expect((await app.send("one", post({ name: "lost" }, "key-of-lost"))).statusCode).toBe(403);
  app.sessions.set("one", had);
});

test.for([undefined, "short", "with space in it", "é".repeat(10), "x".repeat(201)])(
  "without a proper key nothing happens: %s",
  async (key, { app, admin }) => {
    const answer = await app.send("one", post({ name: "keyless" }, key));
    expect(answer.statusCode).toBe(400);
    expect((await count("keyless").execute(admin)).rows).toEqual([{ n: 0 }]);
  },
);

test("nobody reads another's kept answers, and after seven days the worker forgets them", async ({ app, db, admin }) => {
  await app.send("one", post({ name: "old" }, "key-of-old"));
  const seen = await inTransaction(db, callerWith(), (tx) => sql`select from platform.idempotency`.execute(tx));
  expect(seen.rows).toEqual([]);
  await sql`update platform.idempotency set created_at = now() - interval '8 days' where key = 'key-of-old'`.execute(admin);
  const forgotten = await inTransaction(db, callerWith(), forgetOldAnswers, { role: "worker" });
  expect(forgotten).toBe(1);
});
