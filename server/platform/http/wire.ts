import type { Logger } from "pino";
import { z } from "zod";
import type { Problem } from "../errors/contract.ts";
import { DomainError } from "../errors/index.ts";
import { refuseCardNumbers } from "./card-numbers.ts";
import type { Endpoint } from "./contract.ts";
import { type Place, pathOf } from "./input-path.ts";
import { strictly } from "./strict-schema.ts";

/** JSON for the wire: a bigint (money in minor units, a count of the database) goes as a decimal string, so that no reader rounds it. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? item.toString() : item));
}

/** The same of what a schema has encoded: money is text already, and asking every value costs as much as writing it. */
export function encodedToJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError) return toJson(value); // a schema that lets a bigint through
    throw error;
  }
}

const QUERY_VALUES_MAX = 200;

/** Fails with: invalid_input, naming each wrong field: `/a/0` in the body, `?a` in the query, `:a` in the path; card_number, of what is kept. */
export function parseInput(schema: z.ZodType | undefined, value: unknown, place: Place, isKept = false): unknown {
  if (schema === undefined) {
    if (isEmpty(value)) return undefined;
    throw new DomainError("invalid_input", `${place} is not expected`, {
      fields: [{ path: pathOf(place, []), reason: "unrecognized_keys" }],
    });
  }
  if (place !== "body") checkText(value, place);
  const read = strictly(schema).safeParse(place === "query" ? withLists(schema, value) : value);
  if (read.success) {
    if (isKept) refuseCardNumbers(schema, value, place);
    return read.data;
  }
  throw new DomainError("invalid_input", `${place} does not fit its schema`, { fields: fieldsOf(read.error, place) });
}

/** Fails with: invalid_input, for what is too personal for an address. */
export function requireImpersonal({ name, personalQuery = [] }: Endpoint, query: unknown): void {
  const personal = personalQuery.filter((key) => key in (query as object));
  if (personal.length === 0) return;
  const fields = personal.map((key) => ({ path: pathOf("query", [key]), reason: "ask_by_post" }));
  throw new DomainError("invalid_input", `${name}: personal values do not belong in an address`, { fields });
}

export function requireNoQuery(query: unknown): void {
  if (!isEmpty(query))
    throw new DomainError("invalid_input", "what is asked stands in the body", { fields: [{ path: "?", reason: "ask_by_post" }] });
}

/** What strict JSON refuses in a body, refused here too; and no more values than any screen needs. */
function checkText(value: unknown, place: Place): void {
  const texts = Object.values(value ?? {}).flat();
  const reason = texts.length > QUERY_VALUES_MAX ? "too_many" : texts.some((text) => !isCleanText(text)) ? "malformed" : null;
  if (reason !== null) throw new DomainError("invalid_input", `${place}: ${reason}`, { fields: [{ path: pathOf(place, []), reason }] });
}

function isCleanText(text: unknown): boolean {
  return typeof text === "string" && !text.includes("\0") && text.isWellFormed();
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function fieldsOf(error: z.ZodError, place: Place): NonNullable<Problem["fields"]> {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: pathOf(place, [...issue.path, key]), reason: issue.code }))
      : [{ path: pathOf(place, issue.path), reason: issue.code === "custom" ? issue.message || "custom" : issue.code }],
  );
}

/** A list with one member looks like a plain value in a query string. */
function withLists(schema: z.ZodType, value: unknown): unknown {
  if (!(schema instanceof z.ZodObject) || typeof value !== "object" || value === null) return value;
  const shape = schema.shape as Record<string, z.core.$ZodType>;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, isList(shape[key]) && !Array.isArray(item) ? [item] : item]));
}

function isList(schema: z.core.$ZodType | undefined): boolean {
  if (schema === undefined) return false;
  const def = schema._zod.def as { type: string; innerType?: z.core.$ZodType };
  return def.type === "array" || (def.innerType !== undefined && isList(def.innerType));
}

// Zod's own name for it; its types leave it out. Otherwise it goes through every value once more for each bound above it.
const shapeOnly = { skipChecks: true } as object;

/**
 * The answer as its schema promises it. What the schema does not name is a mistake of ours: outside production it fails, in
 * production it is cut off and logged. An answer of the wrong shape fails everywhere; one beyond a bound (a list too long, a text
 * without its pattern) fails outside production, where tests meet it, and is not looked for in production.
 */
export function encodeAnswer(endpoint: Endpoint, answer: unknown, production: boolean, logger: Logger): unknown {
  const schema = endpoint.answer ?? z.undefined();
  const strict = z.safeEncode(strictly(schema), answer as never, production ? shapeOnly : undefined);
  if (strict.success) return strict.data;
  const issues = strict.error.issues.slice(0, 10).map(({ code, path }) => ({ code, path: path.join("/") }));
  if (production) {
    logger.error({ endpoint: endpoint.name, issues }, "an answer does not fit its schema");
    const trimmed = z.safeEncode(schema, answer as never);
    if (trimmed.success) return trimmed.data;
  }
  throw new Error(`${endpoint.name}: the answer does not fit its schema: ${JSON.stringify(issues)}`);
}
