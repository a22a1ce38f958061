import type { z } from "zod";
import type { Endpoint } from "../../server/platform/http/contract.ts";
import { ApiProblem, readProblem } from "./problem.ts";

// biome-ignore lint/suspicious/noExplicitAny: the one place where an endpoint of any shape is accepted; the shapes come back through inference
export type AnyEndpoint = Endpoint<any, any, any, any, any, any>;

type Part<Key extends string, Schema> = Schema extends z.ZodUndefined
  ? { readonly [K in Key]?: undefined }
  : Schema extends z.ZodType
    ? Record<never, never> extends z.input<Schema>
      ? { readonly [K in Key]?: z.input<Schema> }
      : { readonly [K in Key]: z.input<Schema> }
    : never;

/** What an endpoint wants to know. `idempotencyKey` is made for each call of an idempotent endpoint unless given (give it to retry the same act). */
export type CallInput<E> =
  E extends Endpoint<infer Params, infer Query, infer Body, infer _Answer>
    ? Part<"params", Params> & Part<"query", Query> & Part<"body", Body> & { readonly idempotencyKey?: string }
    : never;

/** What JSON makes of a value: instants are ISO strings, whole numbers too large for a number are decimal strings. */
type Wire<T> = T extends Date | bigint
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? Wire<Item>[]
      : T extends object
        ? { [K in keyof T]: Wire<T[K]> }
        : T;

export type AnswerOf<E> =
  E extends Endpoint<infer _P, infer _Q, infer _B, infer Answer>
    ? Answer extends z.ZodUndefined
      ? undefined
      : Wire<z.input<Answer>>
    : never;

interface LooseInput {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

/** The address of an endpoint: path parameters escaped, lists repeated, objects as JSON, absent values left out. */
export function addressOf(endpoint: AnyEndpoint, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = endpoint.path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? "")));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) for (const item of value) search.append(name, String(item));
    else search.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** How an endpoint is asked: what is too personal for an address stands in the body (`personalQuery`). */
export function requestOf(endpoint: AnyEndpoint, input: LooseInput): { readonly address: string; readonly init: RequestInit } {
  const { query = {}, body } = input;
  const personal = endpoint.personalQuery?.some((name) => query[name] !== undefined && query[name] !== null) ?? false;
  const init: RequestInit = { method: endpoint.method, headers: headersOf(endpoint, input), credentials: "same-origin" };
  if (!personal) return { address: addressOf(endpoint, input), init: body === undefined ? init : { ...init, body: JSON.stringify(body) } };
  const asked = Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, inQuery(value)]),
  );
  const address = `${addressOf(endpoint, { params: input.params })}/ask`;
  return { address, init: { ...init, method: "POST", headers: headersOf(endpoint, { body: asked }), body: JSON.stringify(asked) } };
}

const inQuery = (value: unknown): string | string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === "object" ? JSON.stringify(value) : String(value);

export function headersOf(endpoint: AnyEndpoint, input: LooseInput): Record<string, string> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (input.body !== undefined) headers["content-type"] = "application/json";
  if (endpoint.idempotent) headers["idempotency-key"] = input.idempotencyKey ?? crypto.randomUUID();
  return headers;
}

/** Calls one endpoint. Fails with `ApiProblem`, code `offline` when no answer came at all. */
export async function call<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>, signal?: AbortSignal): Promise<AnswerOf<E>> {
  const loose = input as LooseInput;
  const { address, init } = requestOf(endpoint, loose);
  if (signal) init.signal = signal;
  const response = await fetch(address, init).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiProblem({ code: "offline" }, { cause });
  });
  if (!response.ok) throw await readProblem(response);
  if (response.status === 204 || endpoint.answerKind === "none") return undefined as AnswerOf<E>;
  // The server has checked the answer against the same contract before it sent it.
  return (await response.json()) as AnswerOf<E>;
}
