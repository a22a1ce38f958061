import { describe, expect } from "vitest";
import { z } from "zod";
import { test } from "../../../tests/support/database.ts";
import { callerWith, startTestServer } from "../../../tests/support/server.ts";
import { sql } from "../db/index.ts";
import { endpoint, reference } from "./contract.ts";
import { route } from "./index.ts";

const card = "4111 1111 1111 1111";
const Line = z.strictObject({ text: z.string().max(100), key: reference(z.string().max(40)).optional() });
const keepNote = endpoint({
  name: "keep_note",
  method: "POST",
  path: "/api/notes",
  summary: "Keep",
  access: "signed_in",
  query: z.strictObject({ name: z.string().max(60).optional() }),
  body: z.strictObject({
    reason: z.string().trim().min(3).nullable().optional(),
    lines: z.array(z.union([Line, z.strictObject({ said: z.string() })])).optional(),
    words: z.record(z.string(), z.string()).optional(),
    id: z
      .string()
      .regex(/^\d{16}$/)
      .optional(),
    amountMinor: z.string().regex(/^\d+$/).optional(),
  }),
  answerKind: "none",
  tag: "test",
});
const findNote = endpoint({
  name: "find_note",
  method: "GET",
  path: "/api/notes",
  summary: "Find",
  access: "signed_in",
  query: z.strictObject({ text: z.string() }),
  answerKind: "none",
  tag: "test",
});

describe("AC-66: the number of a card", () => {
  test("is refused in every text that is kept, by its place alone, and nothing is written or logged", async ({ db, admin }) => {
    const settings = async () => (await sql<{ n: number }>`select count(*)::int n from platform.setting`.execute(admin)).rows[0]?.n;
    const routes = [
      route(
        keepNote,
        async ({ tx }) => void (await sql`insert into platform.setting (name, value) values (gen_random_uuid()::text, '1')`.execute(tx)),
      ),
      route(findNote, async () => undefined),
    ];
    const { send, logged, server } = await startTestServer({ db, routes, callers: { anna: callerWith() } });
    const keep = (payload: object, url = "/api/notes") => send("anna", { method: "POST", url, payload });
    const before = await settings();
    const cases: readonly [object, string, string?][] = [
      [{ reason: `seen ${card}, 12/27, 123` }, "/reason"],
      [{ lines: [{ text: "fine" }, { text: card }] }, "/lines/1/text"],
      [{ lines: [{ said: card }] }, "/lines/0/said"],
      [{ words: { card } }, "/words/card"],
      [{}, "?name", `/api/notes?name=${encodeURIComponent(`${card}.pdf`)}`],
    ];
    for (const [body, path, url] of cases) {
      const answer = await keep(body, url);
      expect
        .soft([answer.statusCode, answer.json()])
        .toMatchObject([400, { code: "card_number", fields: [{ path, reason: "card_number" }] }]);
      expect.soft(answer.body).not.toContain("1111");
    }
    expect(await settings()).toBe(before);
    expect(JSON.stringify(logged)).not.toContain("1111");
    // What is a number by its own right goes through, and so does looking for one.
    const bare = card.replaceAll(" ", "");
    for (const body of [{ id: bare }, { amountMinor: bare }, { lines: [{ text: "", key: bare }] }, { reason: "card ending 1111" }])
      expect.soft((await keep(body)).statusCode, JSON.stringify(body)).toBe(204);
    expect((await send("anna", { method: "GET", url: `/api/notes?text=${bare}` })).statusCode).toBe(204);
    await server.close();
  });
});
