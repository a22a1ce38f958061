import { expect, test } from "vitest";
import { z } from "zod";
import { strictly } from "./strict-schema.ts";

const inner = z.object({ a: z.string() });
const refuses = (schema: z.ZodType, value: unknown) => !strictly(schema).safeParse(value).success && schema.safeParse(value).success;
const extra = { a: "x", ownerId: "1" };

test.for([
  ["at the top", inner, extra],
  ["in a list", z.array(inner), [extra]],
  ["in a member", z.object({ b: inner }), { b: extra }],
  ["in an optional member", z.object({ b: inner.optional() }), { b: extra }],
  ["in a nullable member with a default", z.object({ b: inner.nullable().default(null) }), { b: extra }],
  ["in a union", z.union([z.number(), inner]), extra],
  [
    "in a discriminated union",
    z.discriminatedUnion("kind", [z.object({ kind: z.literal("x"), b: inner }), z.object({ kind: z.literal("y") })]),
    { kind: "x", b: extra },
  ],
  ["in the values of a record", z.record(z.string(), inner), { k: extra }],
  ["in a tuple", z.tuple([inner]), [extra]],
  ["before a transformation", inner.transform(({ a }) => a), extra],
  ["with a refinement", inner.refine(({ a }) => a.length < 5), extra],
  ["behind a lazy schema", z.lazy(() => inner), extra],
] as const)("an unknown key is refused %s", ([, schema, value]) => {
  expect(refuses(schema, value)).toBe(true);
});

test("a schema that refers to itself is strict at every depth", () => {
  const Tree = z.object({
    name: z.string(),
    get children() {
      return z.array(Tree);
    },
  });
  expect(strictly(Tree).safeParse({ name: "a", children: [{ name: "b", children: [] }] }).success).toBe(true);
  expect(strictly(Tree).safeParse({ name: "a", children: [{ name: "b", children: [], extra: 1 }] }).success).toBe(false);
});

test("refinements, transformations and defaults stay", () => {
  const schema = z.object({ a: z.string().trim().min(2), n: z.coerce.number().default(7) }).refine(({ a }) => a !== "no");
  expect(strictly(schema).parse({ a: " ok " })).toEqual({ a: "ok", n: 7 });
  expect(strictly(schema).safeParse({ a: "no" }).success).toBe(false);
  expect(strictly(schema).safeParse({ a: "x" }).success).toBe(false);
});

test("a schema that says itself what may be there is left alone", () => {
  expect(strictly(z.looseObject({ a: z.string() })).parse(extra)).toEqual(extra);
});
