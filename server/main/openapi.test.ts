import { expect, test } from "vitest";
import { z } from "zod";
import { endpoint } from "../platform/http/contract.ts";
import { buildOpenApi } from "./openapi.ts";

const move = endpoint({
  name: "move_money",
  method: "POST",
  path: "/api/accounts/:accountId/moves",
  summary: "Move",
  access: "account:move",
  params: z.object({ accountId: z.uuid() }),
  query: z.object({ dry: z.stringbool().default(false), note: z.string().optional().describe("Why") }),
  body: z.object({ amountMinor: z.codec(z.string().regex(/^-?\d+$/), z.bigint(), { decode: BigInt, encode: String }) }),
  answer: z.object({ balanceMinor: z.bigint() }),
  errors: ["conflict"],
  idempotent: true,
  tag: "accounts",
});
const read = endpoint({ name: "read", method: "GET", path: "/api/a", summary: "Read", access: "public", answerKind: "none", tag: "a" });

test("an endpoint becomes an operation with its parameters, body, answer and problems as they are on the wire", () => {
  const api = buildOpenApi([move]) as { openapi: string; paths: Record<string, Record<string, object>> };
  expect(api.openapi).toBe("3.1.0");
  expect(api.paths["/api/accounts/{accountId}/moves"]?.post).toMatchObject({
    operationId: "move_money",
    "x-permission": "account:move",
    parameters: [
      { name: "accountId", in: "path", required: true, schema: { type: "string", format: "uuid" } },
      { name: "dry", in: "query", required: false },
      { name: "note", in: "query", required: false, description: "Why" },
      { name: "Idempotency-Key", in: "header", required: true },
    ],
    requestBody: {
      content: { "application/json": { schema: { additionalProperties: false, properties: { amountMinor: { type: "string" } } } } },
    },
    responses: {
      200: { content: { "application/json": { schema: { properties: { balanceMinor: { type: "string", pattern: "^-?[0-9]+$" } } } } } },
      409: { description: "conflict" },
      403: { description: "not_allowed" },
    },
  });
});

test("the description is the same whatever the order of the endpoints, and two endpoints for one address are a mistake", () => {
  expect(JSON.stringify(buildOpenApi([move, read]))).toBe(JSON.stringify(buildOpenApi([read, move])));
  expect(() => buildOpenApi([read, read])).toThrow("two endpoints answer GET /api/a");
});
