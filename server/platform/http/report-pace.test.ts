import type { AddressInfo } from "node:net";
import { expect } from "vitest";
import { z } from "zod";
import { test } from "../../../tests/support/database.ts";
import { callerWith, startTestServer } from "../../../tests/support/server.ts";
import { sql } from "../db/index.ts";
import { endpoint } from "./contract.ts";
import { route } from "./index.ts";

const tag = "test";
const addUp = endpoint({
  name: "addUp",
  method: "GET",
  path: "/api/add-up",
  summary: "",
  access: "signed_in",
  pace: "report",
  query: z.strictObject({ seconds: z.coerce.number() }),
  answer: z.object({ limit: z.string() }),
  tag,
});
const look = endpoint({ name: "look", method: "GET", path: "/api/look", summary: "", access: "signed_in", answerKind: "none", tag });
const routes = [
  route(addUp, async ({ tx, query }) => {
    await sql`select pg_sleep(${query.seconds}::float8)`.execute(tx);
    const { rows } = await sql<{ limit: string }>`select current_setting('statement_timeout') as "limit"`.execute(tx);
    return { limit: rows[0]?.limit ?? "" };
  }),
  route(look, async ({ tx }) => {
    await sql`select 1`.execute(tx);
  }),
];

test("reports may take a minute, wait for one another and keep no page waiting, and end with whoever asked", async ({ db }) => {
  const app = await startTestServer({ db, routes, callers: { a: callerWith() } });
  await app.server.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.server.address() as AddressInfo;
  try {
    const sleeping = async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from pg_stat_activity where query like 'select pg_sleep(%' and state = 'active' and datname = current_database()`.execute(
        db.app,
      );
      return rows[0]?.n;
    };
    const leaving = new AbortController();
    const ask = (seconds: number) =>
      fetch(`http://127.0.0.1:${port}/api/add-up?seconds=${seconds}`, {
        headers: { cookie: "__Host-vinculo=a", "sec-fetch-site": "same-origin" },
        signal: leaving.signal,
      });
    const busy = [ask(50), ask(50), ask(50)].map((asked) => asked.catch((error: Error) => error.name));
    await expect.poll(sleeping, { timeout: 20_000 }).toBe(3);
    const next = app.send("a", { url: "/api/add-up?seconds=0" });
    await expect.poll(() => db.pools.report.waitingCount).toBe(1);
    expect((await app.send("a", { url: "/api/look" })).statusCode).toBe(204);
    leaving.abort();
    expect(await Promise.all(busy)).toEqual(["AbortError", "AbortError", "AbortError"]);
    expect((await next).json()).toEqual({ limit: "1min" });
    await expect.poll(sleeping, { timeout: 20_000 }).toBe(0);
    // Nobody was told of a failure: there is none for the operator to look at.
    expect(app.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  } finally {
    await app.server.close();
  }
});
