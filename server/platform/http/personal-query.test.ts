import { expect } from "vitest";
import { z } from "zod";
import { test } from "../../../tests/support/database.ts";
import { callerWith, startTestServer } from "../../../tests/support/server.ts";
import { endpoint } from "./contract.ts";
import { route } from "./index.ts";

const find = endpoint({
  name: "find_people",
  method: "GET",
  path: "/api/people",
  summary: "Find",
  access: "signed_in",
  query: z.strictObject({
    text: z.string().min(1).optional(),
    kind: z.array(z.string()).optional(),
    rows: z.coerce.number().int().max(9).default(3),
  }),
  personalQuery: ["text"],
  answer: z.object({ text: z.string().nullable(), kinds: z.int(), rows: z.int() }),
  tag: "test",
});

test("what is personal is asked for in the body alone: the address refuses it, no log line holds it, and the same limits and rights hold", async ({
  db,
}) => {
  const answerIt = route(find, async ({ query }) => ({ text: query.text ?? null, kinds: query.kind?.length ?? 0, rows: query.rows }));
  const requireRoom = () => Promise.reject(new Error("the disk is full"));
  const { send, logged, server } = await startTestServer({
    db,
    routes: [answerIt],
    callers: { anna: callerWith() },
    parts: { requireRoom },
  });
  const ask = (payload: object, url = "/api/people/ask", who: string | null = "anna") => send(who, { method: "POST", url, payload });
  expect((await send("anna", { method: "GET", url: "/api/people?rows=5" })).json()).toEqual({ text: null, kinds: 0, rows: 5 });
  expect((await send("anna", { method: "GET", url: "/api/people?text=Quaxley" })).json()).toMatchObject({
    code: "invalid_input",
    fields: [{ path: "?text", reason: "ask_by_post" }],
  });
  expect((await ask({ text: "Quaxley", kind: ["a", "b"], rows: "5" })).json(), "read-only mode too").toEqual({
    text: "Quaxley",
    kinds: 2,
    rows: 5,
  });
  expect((await ask({ text: "Quaxley", rows: "10" })).json()).toMatchObject({ code: "invalid_input", fields: [{ path: "?rows" }] });
  expect((await ask({ text: "Quaxley", more: "x" })).json()).toMatchObject({ code: "invalid_input", fields: [{ path: "?more" }] });
  expect((await ask({}, "/api/people/ask?text=Quaxley")).json()).toMatchObject({ code: "invalid_input" });
  expect((await ask({ text: 7 })).statusCode).toBe(400);
  expect((await ask({ text: "Quaxley" }, "/api/people/ask", null)).statusCode).toBe(401);
  const foreign = await send("anna", {
    method: "POST",
    url: "/api/people/ask",
    payload: { text: "Quaxley" },
    headers: { origin: "https://evil.example" },
  });
  expect(foreign.statusCode).toBe(403);
  expect(JSON.stringify(logged)).not.toContain("Quaxley");
  await server.close();
});
