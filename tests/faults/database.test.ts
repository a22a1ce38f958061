import { expect, inject, vi } from "vitest";
import { z } from "zod";
import { type Db, openDb } from "../../server/platform/db/db.ts";
import { inTransaction, sql } from "../../server/platform/db/index.ts";
import { endpoint } from "../../server/platform/http/contract.ts";
import { route } from "../../server/platform/http/index.ts";
import { test as base } from "../support/database.ts";
import { ended } from "../support/ended.ts";
import { callerWith, startTestServer } from "../support/server.ts";
import { FaultProxy } from "./proxy.ts";

const look = endpoint({
  name: "look",
  method: "GET",
  path: "/api/look",
  summary: "",
  access: "signed_in",
  answer: z.object({ one: z.int() }),
  tag: "test",
});
const routes = [route(look, async ({ tx }) => (await sql<{ one: number }>`select 1 as one`.execute(tx)).rows[0] ?? { one: -1 })];

/** The clone over a proxy, with two connections only. */
const test = base.extend("far", async ({ clone }, { onCleanup }) => {
  const template = inject("template");
  const proxy = await FaultProxy.to({ host: "127.0.0.1", port: Number(new URL(clone.adminUrl).port) });
  const url = (login: "app" | "worker" | "sealer") =>
    proxy.through(Object.assign(new URL(clone.adminUrl), { username: `vinculo_${login}`, password: template.passwords[login] }).href);
  const db = openDb({
    logins: { app: url("app"), worker: url("worker"), sealer: url("sealer") },
    contextKey: Buffer.from(template.contextKeyHex, "hex"),
    connectionsMax: { app: 2, worker: 2 },
    onError: () => undefined,
  });
  onCleanup(async () => {
    await ended("the proxy", proxy.close());
    await ended("the use of the database over it", db.close());
  });
  return { db, proxy };
});

const serverOn = (db: Db) => startTestServer({ db, routes, callers: { token: callerWith() } });

test("F06: with no connection left everybody is told 503 and when to come back, liveness stays, and it goes on by itself", async ({
  far,
}) => {
  const { server, send } = await serverOn(far.db);
  const held = await Promise.all([far.db.pools.app.connect(), far.db.pools.app.connect()]);
  const answers = await Promise.all(Array.from({ length: 20 }, () => send("token", { url: "/api/look" })));
  const live = await send(null, { url: "/health/live" });
  for (const client of held) client.release();
  expect(new Set(answers.map(({ statusCode, headers }) => `${statusCode} ${headers["retry-after"]}`))).toEqual(new Set(["503 2"]));
  expect(live.statusCode).toBe(200);
  expect((await send("token", { url: "/api/look" })).statusCode).toBe(200);
  await server.close();
});

test("F12: a database that falls silent with its sockets open is given up in five seconds, and the pool is as good as new afterwards", async ({
  far,
}) => {
  const { server, send } = await serverOn(far.db);
  expect((await send("token", { url: "/api/look" })).statusCode).toBe(200);
  far.proxy.weather = { blackHole: true };
  const [silent, ready] = await Promise.all([send("token", { url: "/api/look" }), send(null, { url: "/health/ready" })]);
  expect([silent.statusCode, silent.json().code, ready.statusCode]).toEqual([503, "unavailable", 503]);
  far.proxy.weather = {};
  // The probe of readiness, given up on its own, holds no connection any more.
  const { app } = far.db.pools;
  await vi.waitFor(() => expect(app.totalCount - app.idleCount).toBe(0), { timeout: 20_000 });
  expect((await send("token", { url: "/api/look" })).statusCode).toBe(200);
  expect((await send(null, { url: "/health/ready" })).statusCode).toBe(200);
  await server.close();
});

test("F11: over a slow way answers come late and right, and a long statement of the worker is not cut off", async ({ far }) => {
  const { server, send } = await serverOn(far.db);
  far.proxy.weather = { delayMs: 40, jitterMs: 20 };
  const answers = await Promise.all(Array.from({ length: 4 }, () => send("token", { url: "/api/look" })));
  expect(answers.map((answer) => [answer.statusCode, answer.json().one])).toEqual(answers.map(() => [200, 1]));
  const nobody = { userId: null, sessionId: null, requestId: "faults" };
  const slept = inTransaction(far.db, nobody, (tx) => sql<{ one: number }>`select 1 as one from pg_sleep(0.3)`.execute(tx), {
    statementTimeoutMs: 0,
  });
  expect((await slept).rows).toEqual([{ one: 1 }]);
  await server.close();
});
