import fc, { type Arbitrary } from "fast-check";
import { type Schema, valuesOf } from "./schema-values.ts";
import { spoiltBodies } from "./spoilt-values.ts";

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly name: string;
  readonly isPublic: boolean;
  readonly parameters: readonly Parameter[];
  /** null: takes no body. */
  readonly body: Schema | null;
  readonly takesFile: boolean;
  readonly isStream: boolean;
  /** Schemas of JSON answers by status; null where the answer is no JSON. */
  readonly answers: Readonly<Record<string, Schema | null>>;
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Schema;
}

export interface FuzzRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly payload?: string;
  /** What makes it one to be refused; absent where it is good in form. */
  readonly wrong?: string;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
}
interface RawOperation {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>>;
}

export function operationsOf(document: unknown): Operation[] {
  return Object.entries((document as Document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security, parameters = [], requestBody, responses }]) => ({
      method: method.toUpperCase() as Operation["method"],
      path,
      name: operationId,
      isPublic: security.length === 0,
      parameters,
      body: Object.entries(requestBody?.content ?? {}).find(([type]) => /json$/.test(type))?.[1].schema ?? null,
      takesFile: requestBody?.content["application/octet-stream"] !== undefined,
      isStream: responses["200"]?.content?.["text/event-stream"] !== undefined,
      answers: Object.fromEntries(
        Object.entries(responses).map(([status, { content = {} }]) => [
          status,
          Object.entries(content).find(([type]) => /json$/.test(type))?.[1].schema ?? null,
        ]),
      ),
    })),
  );
}

/** Requests in the form the document asks for. Ids are drawn from `known` half of the time, so that some lead somewhere. */
export function goodRequests(operation: Operation, root: object, known: readonly string[]): Arbitrary<FuzzRequest> {
  const of = (schema: Schema) => {
    const values = valuesOf(schema, root);
    return schema.format === "uuid" ? fc.oneof(fc.constantFrom(...known), values) : values;
  };
  const fields = Object.fromEntries(operation.parameters.map(({ name, schema }) => [name, of(schema)]));
  const requiredKeys = operation.parameters.filter(({ required }) => required).map(({ name }) => name);
  const body = operation.body === null ? fc.constant(undefined) : valuesOf(operation.body, root);
  return fc.tuple(fc.record(fields, { requiredKeys }), body).map(([given, json]) => requestOf(operation, given, json));
}

function requestOf(operation: Operation, given: Readonly<Record<string, unknown>>, json: unknown): FuzzRequest {
  const place = (where: Parameter["in"]) =>
    operation.parameters.filter((parameter) => parameter.in === where && given[parameter.name] !== undefined);
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(given[name])));
  const pairs = place("query").flatMap(({ name }) => [given[name]].flat().map((value): [string, string] => [name, written(value)]));
  const query = new URLSearchParams(pairs).toString();
  const type = operation.takesFile ? "application/octet-stream" : json === undefined ? undefined : "application/json";
  const headers: Record<string, string | undefined> = { "content-type": type };
  for (const { name } of place("header")) headers[name.toLowerCase()] = crypto.randomUUID();
  const payload = operation.takesFile ? "id;name\n1;Ana\n" : json === undefined ? undefined : JSON.stringify(json);
  return {
    method: operation.method,
    url: query === "" ? path : `${path}?${query}`,
    headers,
    ...(payload === undefined ? {} : { payload }),
  };
}

const written = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** Requests to be refused whoever sends them, each made from a good one by one thing wrong. */
export function spoiltRequests(operation: Operation, root: object, known: readonly string[]): Arbitrary<FuzzRequest> {
  const changing = operation.method !== "GET";
  const good = goodRequests(operation, root, known);
  const made = (wrong: string, change: (request: FuzzRequest) => Partial<FuzzRequest>) =>
    good.map((request) => ({ ...request, ...change(request), wrong }) as FuzzRequest);
  const header = (request: FuzzRequest, name: string, value: string | undefined) => ({ headers: { ...request.headers, [name]: value } });
  const ways: Arbitrary<FuzzRequest>[] = [
    made("a query key nobody asked for", (request) => ({ url: `${request.url}${request.url.includes("?") ? "&" : "?"}unasked=1` })),
  ];
  if (changing) {
    ways.push(made("from another origin", (request) => header(request, "origin", "https://evil.example")));
    ways.push(
      made("from another site", (request) => ({ headers: { ...request.headers, origin: undefined, "sec-fetch-site": "cross-site" } })),
    );
  }
  if (operation.parameters.some(({ schema, in: place }) => place === "path" && schema.format === "uuid")) {
    const ids = ["1", "%00", "'%20or%201=1--", "..%2f..%2fetc%2fpasswd", "0", "null", "%F0%9F%92%A9"];
    ways.push(
      fc.tuple(good, fc.constantFrom(...ids)).map(([request, id]) => ({
        ...request,
        url: operation.path.replaceAll(/\{\w+\}/g, id),
        wrong: `the id ${id}`,
      })),
    );
  }
  const closed = operation.parameters.filter(({ in: place, schema }) => place === "query" && schema.enum !== undefined);
  if (closed.length > 0) ways.push(ofClosedLists(operation, closed, good));
  if (operation.parameters.some(({ in: place }) => place === "header"))
    ways.push(made("no Idempotency-Key", (request) => header(request, "idempotency-key", undefined)));
  const { body } = operation;
  if (body !== null) {
    ways.push(made("a body that says it is text", (request) => header(request, "content-type", "text/plain")));
    ways.push(made("a body that says it is a form", (request) => header(request, "content-type", "application/x-www-form-urlencoded")));
    const spoilt = good.chain((request) =>
      spoiltBodies(body, JSON.parse(request.payload ?? "{}")).map(({ wrong, text }) => ({ ...request, payload: text, wrong })),
    );
    ways.push(spoilt, spoilt, spoilt);
  }
  return fc.oneof(...ways);
}

/** A token of the query language (field, direction, interval, time zone) that is not on its list, in the way of an injection. */
function ofClosedLists({ path }: Operation, closed: readonly Parameter[], good: Arbitrary<FuzzRequest>): Arbitrary<FuzzRequest> {
  const tokens = ["name; drop table customers.party--", "1) union select 1", "' or ''='", "asc nulls first", "pg_sleep(9)", "a.b.c"];
  return fc.tuple(good, fc.constantFrom(...closed), fc.constantFrom(...tokens)).map(([request, { name }, token]) => ({
    ...request,
    url: `${request.url.split("?")[0] ?? path}?${new URLSearchParams({ [name]: token }).toString()}`,
    wrong: `${name} that is not on its list`,
  }));
}
