import type { z } from "zod";
import type { ErrorCode } from "../errors/contract.ts";

const references = new WeakSet<z.core.$ZodType>();

/**
 * A number under which something is known elsewhere (a document, an account, a payment), or a text that is only looked for and not kept: it may look like
 * the number of a card without being refused. Say it last: `reference(z.string().max(60))`.
 */
export function reference<Schema extends z.core.$ZodType>(schema: Schema): Schema {
  references.add(schema);
  return schema;
}
export const isReference = (schema: z.core.$ZodType): boolean => references.has(schema);

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type BodyKind = "json" | "upload";
type AnswerKind = "json" | "events" | "file" | "none";

/**
 * One endpoint, said once: validation, the types on both sides, OpenAPI and the web client all come from this object.
 * `access` is "public", "signed_in", or the permission the caller must hold; the verb behind it checks again.
 * `answerKind`: "json" (default), "events" (server-sent events of `answer`), "file" (a download), "none" (204).
 * `bodyKind`: "json" (default) or "upload" (the raw bytes of one file, streamed).
 * Unknown keys are refused in requests at every depth, and in answers. Query values arrive as text: use `z.coerce.number()` and
 * `z.stringbool()`; a list is the same name several times. Money is a decimal string of minor units, or a codec between that and bigint.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Takes extends BodyKind = BodyKind,
  Gives extends AnswerKind = AnswerKind,
> {
  readonly name: string;
  readonly method: Method;
  readonly path: `/api/${string}` | `/scim/v2/${string}`;
  readonly summary: string;
  readonly access: "public" | "signed_in" | (string & {});
  /**
   * Who may ask. Default: people at a browser; where `access` is a permission also programs with an API key that has it as a scope.
   * "browser": never a program. "key": programs with a key alone. "program": another server, unknown to us, which has no Origin to send; only for public ones.
   */
  readonly from?: "browser" | "key" | "program";
  /** What bodies and answers are called on the wire, where a standard of its own says so. Default application/json. */
  readonly mediaType?: string;
  /** The body may also come as a form (application/x-www-form-urlencoded), one value a field. */
  readonly acceptsForm?: boolean;
  /**
   * Of a GET: names of query values that may hold what is personal. They do not belong in an address, which proxies log: who gives one asks by POST at
   * the path with `/ask` behind it, the query as JSON; the GET refuses them.
   */
  readonly personalQuery?: readonly string[];
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly bodyKind?: Takes;
  readonly answer?: Answer;
  readonly answerKind?: Gives;
  /** Codes beyond invalid_input, not_signed_in, not_allowed, too_many_requests, unavailable, internal, which any endpoint may answer. */
  readonly errors?: readonly ErrorCode[];
  /** Creating calls: an Idempotency-Key header is required and the effect happens once. The answer is kept: let it name ids, not people. */
  readonly idempotent?: boolean;
  /**
   * "machine": asked hundreds of times a second by one system. Who asks is looked up once in half a second, so a right taken away still works that long;
   * the limits of people do not apply, one of its own does (`RateLimits.perMachine`).
   * "report": adds up the bank. Its statements may take 60 s, on connections kept for that, and end when the browser goes away.
   */
  readonly pace?: "machine" | "report";
  /** The heading under which OpenAPI lists it. */
  readonly tag: string;
}

/** Keeps the exact schema types of an endpoint definition. Path parameters are written `/api/things/:thingId`. */
export function endpoint<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodUndefined,
  Takes extends BodyKind = "json",
  Gives extends AnswerKind = "json",
>(definition: Endpoint<Params, Query, Body, Answer, Takes, Gives>): Endpoint<Params, Query, Body, Answer, Takes, Gives> {
  return definition;
}
