import { z } from "zod";
import type { ErrorCode } from "../platform/errors/contract.ts";
import { Problem } from "../platform/errors/contract.ts";
import type { Endpoint } from "../platform/http/contract.ts";
import { httpStatus, takesKeys } from "../platform/http/index.ts";

type Json = Record<string, unknown>;

const alwaysPossible: readonly ErrorCode[] = ["invalid_input", "too_many_requests", "unavailable", "internal"];
const whenSignedIn: readonly ErrorCode[] = ["not_signed_in", "not_allowed"];

/** The OpenAPI 3.1 description of these endpoints, in a stable order, so that the committed file changes only with them. */
export function buildOpenApi(endpoints: readonly Endpoint[], version = "0.1.0"): Json {
  const paths: Record<string, Json> = {};
  const sorted = [...endpoints].sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
  for (const endpoint of sorted) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, "{$1}");
    const methods = paths[path] ?? {};
    paths[path] = methods;
    const method = endpoint.method.toLowerCase();
    if (methods[method] !== undefined) throw new Error(`two endpoints answer ${endpoint.method} ${endpoint.path}`);
    methods[method] = operation(endpoint);
    if (endpoint.personalQuery !== undefined) paths[`${path}/ask`] = { post: askOperation(endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Vinculo",
      version,
      description:
        "Money is a decimal string of minor units. Requests with unknown keys are refused. Errors are RFC 9457 problems with a code of a closed list.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    tags: [...new Set(sorted.map(({ tag }) => tag))].sort().map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, "output") },
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "__Host-vinculo" },
        key: { type: "http", scheme: "bearer", bearerFormat: "vk_" },
      },
    },
  };
}

function operation(endpoint: Endpoint): Json {
  const parameters = [
    ...parametersOf(endpoint.params, "path"),
    ...parametersOf(endpoint.query, "query", endpoint.personalQuery),
    ...idempotencyKey(endpoint),
  ];
  return {
    operationId: endpoint.name,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    security: securityOf(endpoint),
    ...(endpoint.access === "public" || endpoint.access === "signed_in" ? {} : { "x-permission": endpoint.access }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBody(endpoint),
    responses: { ...answer(endpoint), ...problems(endpoint) },
  };
}

/** The same with the query in the body. */
function askOperation({ personalQuery: _, query, ...endpoint }: Endpoint): Json {
  const asked = operation({ ...endpoint, name: `${endpoint.name}_ask`, ...(query === undefined ? {} : { body: query }) });
  return { ...asked, summary: `${endpoint.summary}; what is asked stands in the body` };
}

function securityOf(endpoint: Endpoint): Json[] {
  if (endpoint.access === "public") return [];
  return [...(endpoint.from === "key" ? [] : [{ session: [] }]), ...(takesKeys(endpoint) ? [{ key: [] }] : [])];
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query", personal: readonly string[] = []): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).flatMap(([name, { description, ...property }]) =>
    personal.includes(name)
      ? []
      : [
          {
            name,
            in: place,
            required: place === "path" || required.includes(name),
            ...(description === undefined ? {} : { description }),
            schema: property,
          },
        ],
  );
}

function idempotencyKey({ idempotent }: Endpoint): Json[] {
  if (!idempotent) return [];
  const description = "Made by the client once per intended effect; a repeated request with the same key gets the first answer.";
  return [{ name: "Idempotency-Key", in: "header", required: true, description, schema: { type: "string", minLength: 8, maxLength: 200 } }];
}

function requestBody({ bodyKind, body, mediaType = "application/json", acceptsForm }: Endpoint): Json {
  if (bodyKind === "upload") return { requestBody: { required: true, content: { "application/octet-stream": { schema: {} } } } };
  if (body === undefined) return {};
  const schema = schemaOf(body, "input");
  const form = acceptsForm ? { "application/x-www-form-urlencoded": { schema } } : {};
  return { requestBody: { required: true, content: { [mediaType]: { schema }, ...form } } };
}

/** The schema of an answer is what is on the wire, so of a codec its input side. */
function answer({ answerKind, answer: schema, mediaType = "application/json" }: Endpoint): Json {
  if (answerKind === "none") return { 204: { description: "Done." } };
  if (answerKind === "file") return { 200: { description: "The file.", content: { "application/octet-stream": { schema: {} } } } };
  const wire = schema === undefined ? {} : schemaOf(schema, "input");
  if (answerKind === "events")
    return { 200: { description: "Server-sent events with this data.", content: { "text/event-stream": { schema: wire } } } };
  return { 200: { description: "The answer.", content: { [mediaType]: { schema: wire } } } };
}

// RFC 7644, 3.12: what a directory understands.
const foreignProblem = {
  type: "object",
  properties: { schemas: { type: "array", items: { type: "string" } }, status: { type: "string" }, detail: { type: "string" } },
  required: ["schemas", "status"],
};

function problems({ access, errors = [], mediaType }: Endpoint): Json {
  const codes = new Set([...alwaysPossible, ...(access === "public" ? [] : whenSignedIn), ...errors]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(httpStatus[code], [...(byStatus.get(httpStatus[code]) ?? []), code]);
  const content =
    mediaType === undefined
      ? { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } }
      : { [mediaType]: { schema: foreignProblem } };
  return Object.fromEntries(
    [...byStatus].sort(([a], [b]) => a - b).map(([status, names]) => [status, { description: names.join(", "), content }]),
  );
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      const { type } = zodSchema._zod.def;
      if (type === "bigint") Object.assign(jsonSchema, { type: "string", pattern: "^-?[0-9]+$" });
      if (type === "object" && jsonSchema.additionalProperties === undefined) jsonSchema.additionalProperties = false;
    },
  });
  return json;
}
