import { expect } from "vitest";
import { z } from "zod";
import { test as base } from "../../../tests/support/database.ts";
import { ended } from "../../../tests/support/ended.ts";
import { callerWith, startTestServer } from "../../../tests/support/server.ts";
import { inTransaction, sql } from "../db/index.ts";
import { DomainError } from "../errors/index.ts";
import { endpoint } from "./contract.ts";
import { publicRoute, route } from "./index.ts";

const tag = "test";
const Note = z.object({ name: z.string().min(1).max(20), tags: z.array(z.object({ word: z.string() })).default([]) });
const writeNote = endpoint({
  name: "write_note",
  method: "POST",
  path: "/api/notes",
  summary: "Write",
  access: "note:write",
  body: Note,
  answer: z.object({ name: z.string(), amountMinor: z.bigint() }),
  tag,
});
const listNotes = endpoint({
  name: "list_notes",
  method: "GET",
  path: "/api/notes/:noteId",
  summary: "List",
  access: "signed_in",
  params: z.object({ noteId: z.uuid() }),
  query: z.object({ limit: z.coerce.number().int().max(100).default(20), word: z.array(z.string()).optional() }),
  answer: z.object({ limit: z.number(), word: z.array(z.string()).optional() }),
  tag,
});
const breakDown = endpoint({
  name: "break_down",
  method: "GET",
  path: "/api/break/:how",
  summary: "Break",
  access: "signed_in",
  params: z.object({ how: z.string() }),
  answer: z.object({ kept: z.string() }),
  tag,
});
const enter = endpoint({
  name: "enter",
  method: "POST",
  path: "/api/enter",
  summary: "Enter",
  access: "public",
  body: z.object({ login: z.string(), password: z.string() }),
  answerKind: "none",
  tag,
});
const leave = endpoint({
  name: "leave",
  method: "POST",
  path: "/api/leave",
  summary: "Leave",
  access: "signed_in",
  answerKind: "none",
  tag,
});

const routes = [
  route(writeNote, async ({ tx, body }) => {
    await sql`insert into platform.setting (name, value) values (${body.name}, '1')`.execute(tx);
    if (body.name === "refused") throw new DomainError("invalid_state", "not now");
    if (body.name === "crash") throw new Error(`secret ${body.name}`);
    return { name: body.name, amountMinor: 9_007_199_254_740_993n };
  }),
  route(listNotes, async ({ query }) => ({ limit: query.limit, ...(query.word === undefined ? {} : { word: query.word }) })),
  route(breakDown, async ({ tx, params }) => {
    if (params.how === "sql") await sql`select 'private value'::int`.execute(tx);
    if (params.how === "unique") await sql`insert into platform.setting (name, value) values ('twice', '1'), ('twice', '1')`.execute(tx);
    return { kept: "yes", passwordHash: "$argon2" };
  }),
  publicRoute(
    enter,
    async ({ caller, body, cookie }) => {
      if (body.password !== "right") throw new DomainError("sign_in_failed", "no");
      expect(caller.userId).toBeNull();
      cookie.set("new-token", 600);
    },
    { limitAccount: ({ login }) => login.toLowerCase() },
  ),
  route(leave, async ({ cookie }) => cookie.clear()),
];

const test = base.extend("app", { scope: "file" }, async ({ db }, { onCleanup }) => {
  const callers = { writer: callerWith(["note:write"]), reader: callerWith() };
  const app = await startTestServer({ db, routes, callers });
  onCleanup(() => ended("the server", app.server.close()));
  return app;
});
const note = (payload: object | string) =>
  ({ method: "POST", url: "/api/notes", payload, headers: { "content-type": "application/json" } }) as const;
const read = "/api/notes/0190a000-0000-7000-8000-000000000001";

test("a handler's change is committed before the answer, and money leaves as a decimal string", async ({ app, db }) => {
  const answer = await app.send("writer", note({ name: "kept" }));
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ name: "kept", amountMinor: "9007199254740993" });
  const { rows } = await inTransaction(db, callerWith(), (tx) => sql`select from platform.setting where name = 'kept'`.execute(tx));
  expect(rows).toHaveLength(1);
});

test.for([
  ["nobody is signed in", null, { name: "a" }, 401, "not_signed_in"],
  ["the session is unknown", "stranger", { name: "a" }, 401, "not_signed_in"],
  ["the permission is missing", "reader", { name: "a" }, 403, "not_allowed"],
  ["the body names an unknown key", "writer", { name: "a", owner_id: "1" }, 400, "invalid_input"],
  ["a nested object names an unknown key", "writer", { name: "a", tags: [{ word: "x", id: 1 }] }, 400, "invalid_input"],
  ["a value is out of bounds", "writer", { name: "" }, 400, "invalid_input"],
  ["the handler refuses after writing", "writer", { name: "refused" }, 422, "invalid_state"],
  ["the handler crashes after writing", "writer", { name: "crash" }, 500, "internal"],
] as const)("when %s nothing is changed and the answer is a problem", async ([, token, body, status, code], { app, admin }) => {
  const count = async () => (await sql<{ n: number }>`select count(*)::int as n from platform.setting`.execute(admin)).rows[0]?.n;
  const before = await count();
  const answer = await app.send(token, note(body));
  expect(answer.statusCode).toBe(status);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
  expect(answer.json()).toMatchObject({ code, status, requestId: answer.headers["x-request-id"] });
  expect(answer.body).not.toMatch(/secret|stack|insert into/);
  expect(await count()).toBe(before);
});

test("wrong fields are named by where they are, without their values", async ({ app }) => {
  const answer = await app.send("writer", note({ name: "", tags: [{ word: 7 }], "evil/key": 1 }));
  expect(answer.json()).toMatchObject({
    fields: expect.arrayContaining([
      { path: "/name", reason: "too_small" },
      { path: "/tags/0/word", reason: "invalid_type" },
      { path: "/evil~1key", reason: "unrecognized_keys" },
    ]),
  });
});

test.for(["/api/break/sql", "/api/break/unique"])("an error of the database says nothing of its text: %s", async (url, { app }) => {
  const answer = await app.send("reader", { url });
  expect(answer.statusCode).toBe(url.endsWith("sql") ? 500 : 409);
  expect(answer.body).not.toMatch(/private|twice|syntax|select|setting/);
  expect(JSON.stringify(app.logged)).not.toMatch(/private value|twice/);
});

test("an answer with a key its schema does not name fails outside production, and is cut off and logged in production", async ({
  app,
  db,
}) => {
  const strict = await app.send("reader", { url: "/api/break/extra" });
  expect(strict.statusCode).toBe(500);
  expect(strict.body).not.toContain("argon2");
  const production = await startTestServer({ db, routes, callers: { reader: callerWith() }, settings: { production: true } });
  const trimmed = await production.send("reader", { url: "/api/break/extra" });
  expect(trimmed.json()).toEqual({ kept: "yes" });
  expect(JSON.stringify(production.logged)).toContain("does not fit its schema");
  expect(JSON.stringify(production.logged)).not.toContain("argon2");
  await production.server.close();
});

test.for([
  ["one value of a list", `${read}?word=a`, { limit: 20, word: ["a"] }],
  ["several values of a list", `${read}?word=a&word=b&limit=5`, { limit: 5, word: ["a", "b"] }],
] as const)("a query is read: %s", async ([, url, expected], { app }) => {
  expect((await app.send("reader", { url })).json()).toEqual(expected);
});

test.for([
  ["an unknown key", "?owner_id=1"],
  ["__proto__", "?__proto__[admin]=1"],
  ["a value out of bounds", "?limit=1000"],
  ["NUL", "?word=a%00b"],
  ["thousands of values", `?${"word=a&".repeat(3000)}`],
] as const)("a query with %s is refused", async ([, query], { app }) => {
  expect((await app.send("reader", { url: read + query })).statusCode).toBe(400);
});

test.for([
  ["no Origin and no Sec-Fetch-Site", { origin: undefined, "sec-fetch-site": undefined }],
  ["a foreign Origin", { origin: "https://evil.example" }],
  ["a null Origin", { origin: "null" }],
  ["another site", { "sec-fetch-site": "cross-site" }],
  ["a sibling domain", { "sec-fetch-site": "same-site" }],
  ["an address bar", { "sec-fetch-site": "none" }],
  ["a form's content type", { "content-type": "application/x-www-form-urlencoded" }],
  ["plain text", { "content-type": "text/plain" }],
  ["bytes where JSON is expected", { "content-type": "application/octet-stream" }],
] as const)("AC-34: a change requested with %s is refused", async ([, headers], { app, admin }) => {
  const answer = await app.send("writer", {
    ...note(JSON.stringify({ name: "forged" })),
    headers: { "content-type": "application/json", ...headers },
  });
  expect(answer.statusCode).toBe(403);
  const { rows } = await sql`select from platform.setting where name = 'forged'`.execute(admin);
  expect(rows).toEqual([]);
});

test.for([
  ["a key twice", '{"name":"a","name":"b"}', 400],
  ["__proto__", '{"name":"a","__proto__":{}}', 400],
  ["more than 1 MiB", JSON.stringify({ name: "a".repeat(1024 * 1024) }), 413],
] as const)("a body with %s is refused", async ([, body, status], { app }) => {
  expect((await app.send("writer", note(body))).statusCode).toBe(status);
});

test.for(["//api/notes", "/api//notes", "/api/n%6ftes", "/API/notes", "/api/notes/", "/api/notes.", "/api%2fnotes", "/api/notes%00"])(
  "AC-61: another spelling of a path leads nowhere: %s",
  async (url, { app }) => {
    const answer = await app.send("writer", { ...note({ name: "spelled" }), url });
    expect(answer.statusCode).toBe(404);
  },
);

test("AC-15: every answer carries the security headers and is kept by no cache, errors too", async ({ app }) => {
  for (const url of [read, "/api/nowhere", "/health/live", "/%zz"]) {
    const { headers } = await app.send("reader", { url });
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["strict-transport-security"]).toBeUndefined();
  }
});

test("over https browsers are told to stay there", async ({ db }) => {
  const app = await startTestServer({ db, routes: [], settings: { publicUrl: new URL("https://crm.bank.example") } });
  const { headers } = await app.send(null, { url: "/health/live" });
  expect(headers["strict-transport-security"]).toContain("max-age=63072000");
  await app.server.close();
});

test("AC-35: signing in sets the session cookie with every protection, a refusal sets none, signing out clears it and what the browser kept", async ({
  app,
}) => {
  const attempt = (password: string) => app.send(null, { method: "POST", url: "/api/enter", payload: { login: "a", password } });
  const good = await attempt("right");
  expect(good.statusCode).toBe(204);
  expect(good.headers["set-cookie"]).toBe("__Host-vinculo=new-token; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax");
  const bad = await attempt("wrong");
  expect(bad.statusCode).toBe(401);
  expect(bad.headers["set-cookie"]).toBeUndefined();
  const left = await app.send("reader", { method: "POST", url: "/api/leave" });
  expect(left.headers["set-cookie"]).toContain("Max-Age=0");
  expect(left.headers["clear-site-data"]).toContain("cache");
});

test("two session cookies are none: which one another reader would take is unknown", async ({ app }) => {
  const answer = await app.send(null, { url: read, headers: { cookie: "__Host-vinculo=reader; __Host-vinculo=writer" } });
  expect(answer.statusCode).toBe(401);
});

test("an unknown path is a problem, without telling what exists", async ({ app }) => {
  const answer = await app.send("reader", { url: "/api/.env" });
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toMatchObject({ code: "not_found" });
});

test("the log of a request names endpoint, status and person, and no path value, query or body", async ({ app }) => {
  app.logged.length = 0;
  await app.send("reader", { url: `${read}?word=Fatemeh` });
  await app.send("writer", note({ name: "Fatemeh", extra: "Fatemeh" }));
  expect(app.logged.filter(({ msg }) => msg === "request").map(({ endpoint, status }) => [endpoint, status])).toEqual([
    ["list_notes", 200],
    ["write_note", 400],
  ]);
  expect(JSON.stringify(app.logged)).not.toMatch(/Fatemeh|0190a000/);
});
