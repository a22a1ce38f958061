import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { z } from "zod";
import { databaseError } from "../db/index.ts";
import { DomainError } from "../errors/index.ts";
import { newId } from "../ids/index.ts";
import { noMailer } from "../mail/index.ts";
import { openOutbound } from "../outbound/index.ts";
import { errorForLog } from "../telemetry/index.ts";
import { addRoute } from "./answer.ts";
import { serveAssets } from "./assets.ts";
import type { Endpoint } from "./contract.ts";
import { limitAddress, makeLimiters } from "./guards.ts";
import { addHealth } from "./health.ts";
import { LiveStreams } from "./live-streams.ts";
import { frameworkError, problemOf } from "./problem.ts";
import { callerOf } from "./request-caller.ts";
import { streamingRoute } from "./route.ts";
import { checkOrigin, isCanonicalPath, setSecurityHeaders } from "./security.ts";
import type { ServerContext, ServerParts } from "./server-parts.ts";
import type { HttpSettings } from "./settings.ts";
import { parseStrictJson } from "./strict-json.ts";
import { observeRequests } from "./telemetry.ts";
import { toJson } from "./wire.ts";

/** Requests waiting for a database connection above which new ones are turned away: they would time out anyway, only later. */
const WAITING_MAX = 100;
const HEADERS_TIMEOUT_MS = 10_000;
/** Long enough for a large upload; JSON bodies have their own, shorter time. */
const REQUEST_TIMEOUT_MS = 60 * 60_000;
const JSON_BODY_TIMEOUT_MS = 20_000;

const states = new WeakMap<FastifyInstance, ServerContext>();

export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { settings, logger } = parts;
  const streams = new LiveStreams(parts.notices);
  const context: ServerContext = {
    ...parts,
    outbound: parts.outbound ?? openOutbound(),
    mail: parts.mail ?? noMailer,
    limiters: makeLimiters(settings.rateLimits),
    streams,
    state: { stopping: false },
  };
  const server = fastify({
    logger: false,
    genReqId: () => newId(),
    trustProxy: settings.trustedProxies.length === 0 ? false : [...settings.trustedProxies],
    bodyLimit: settings.jsonBytesMax,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 5_000 },
    forceCloseConnections: "idle",
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
    // Before any hook: an address that cannot be decoded.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply, settings);
      sendError(error, request, reply, logger);
    },
  });
  states.set(server, context);
  addParsers(server, settings);
  server.setErrorHandler(async (error, request, reply) => {
    sendError(await tellOfRefusal(context, error, request), request, reply, logger);
    return reply;
  });
  server.setNotFoundHandler((_request, _reply) => {
    throw new DomainError("not_found", "no such path");
  });
  observeRequests(server, parts);
  server.addHook("onRequest", async (request, reply) => guard(context, request, reply));
  server.addHook("preClose", async () => streams.endAll());
  addHealth(server, context);
  for (const route of parts.routes) addRoute(server, context, route);
  if (parts.openApi !== undefined) addOpenApi(server, context, parts.openApi);
  if (parts.webRoot !== null) await serveAssets(server, parts.webRoot);
  return server;
}

/** From now on readiness says no, and live streams end. */
export function beginStopping(server: FastifyInstance): void {
  const context = states.get(server);
  if (context === undefined) return;
  context.state.stopping = true;
  context.streams.endAll();
}

function guard(context: ServerContext, request: FastifyRequest, reply: FastifyReply): void {
  setSecurityHeaders(reply, context.settings);
  reply.header("X-Request-Id", request.id);
  if (!isCanonicalPath(request.url.split("?")[0] ?? "")) throw new DomainError("not_found", "not the canonical spelling of a path");
  if (request.routeOptions.url?.startsWith("/health/")) return;
  limitAddress(context.limiters, request.routeOptions.config.endpoint ?? null, request, context.clock.now().getTime());
  checkOrigin(request, context.settings);
  const isApi = request.routeOptions.config.endpoint !== undefined;
  if (isApi && context.db.pools.app.waitingCount > WAITING_MAX) {
    throw new DomainError("unavailable", "too many requests wait for the database");
  }
}

function addParsers(server: FastifyInstance, settings: HttpSettings): void {
  server.removeAllContentTypeParsers();
  for (const type of ["application/json", /^application\/[a-z.-]+\+json/])
    server.addContentTypeParser(type, { parseAs: "string" }, parseJsonBody);
  server.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    async (request: FastifyRequest, text: string | Buffer) => {
      if (!request.routeOptions.config.endpoint?.acceptsForm) throw new DomainError("not_allowed", "this endpoint takes JSON");
      return Object.fromEntries(new URLSearchParams(text as string));
    },
  );
  server.addContentTypeParser("application/octet-stream", async (request: FastifyRequest, stream: NodeJS.ReadableStream) => {
    if (request.routeOptions.config.endpoint?.bodyKind !== "upload") throw new DomainError("not_allowed", "this endpoint takes JSON");
    if (Number(request.headers["content-length"] ?? 0) > settings.uploadBytesMax)
      throw new DomainError("too_large", "the upload is too large");
    return stream;
  });
  // Somebody who sends a small body a byte at a time must not hold a socket for the time a large upload may take.
  server.addHook("preParsing", async (request, _reply, payload) => {
    const { "content-length": length, "transfer-encoding": encoding } = request.headers;
    const hasBody = encoding !== undefined || (length !== undefined && length !== "0");
    if (hasBody && request.routeOptions.config.endpoint?.bodyKind !== "upload") {
      const timer = setTimeout(() => request.raw.destroy(), JSON_BODY_TIMEOUT_MS);
      request.raw.once("end", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
    }
    return payload;
  });
}

async function parseJsonBody(request: FastifyRequest, text: string | Buffer): Promise<unknown> {
  const { endpoint } = request.routeOptions.config;
  if (endpoint?.bodyKind === "upload") throw new DomainError("not_allowed", "an upload is sent as bytes");
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" && type !== endpoint?.mediaType)
    throw new DomainError("not_allowed", "this endpoint takes another kind of body");
  return text === "" ? undefined : parseStrictJson(text as string);
}

/** The error to answer with: the given one, once a refusal is written down. */
async function tellOfRefusal(context: ServerContext, error: unknown, request: FastifyRequest): Promise<unknown> {
  const known = error instanceof DomainError ? error : databaseError(error);
  const caller = callerOf(request);
  const endpoint = request.routeOptions.config.endpoint;
  if (!(known instanceof DomainError) || caller === null || endpoint === undefined) return error;
  if (known.code !== "not_allowed" && known.code !== "not_found") return error;
  const params = (request.params ?? {}) as Record<string, unknown>;
  try {
    await context.onRefused?.({ caller, endpoint: endpoint.name, code: known.code, params });
    return error;
  } catch (cause) {
    return new DomainError("unavailable", "a refusal could not be written down", { cause });
  }
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  // Whoever asked closed the page: no failure, and nobody to tell.
  const hasLeft = error instanceof DOMException && error.name === "AbortError";
  const meant = hasLeft ? new DomainError("unavailable", error.message, { cause: error }) : error;
  const known = meant instanceof DomainError ? meant : (frameworkError(meant) ?? databaseError(meant));
  const expected = known instanceof DomainError ? known : new DomainError("internal", "unexpected error", { cause: error });
  const problem = problemOf(expected, request.id);
  const line = { requestId: request.id, code: expected.code, err: errorForLog(expected) };
  if (problem.status >= 500 && !hasLeft) logger.error(line, "request failed");
  else logger.debug(line, "request refused");
  const retryAfter = expected.detail?.retryAfterSeconds;
  if (typeof retryAfter === "number") reply.header("Retry-After", retryAfter);
  else if (expected.code === "unavailable") reply.header("Retry-After", 2);
  const { dialect, endpoint } = request.routeOptions?.config ?? {};
  const said = dialect?.problem(expected, request.id);
  if (said !== undefined)
    void reply
      .code(said.status)
      .header("Content-Type", `${endpoint?.mediaType ?? "application/json"}; charset=utf-8`)
      .send(toJson(said.body));
  else void reply.code(problem.status).header("Content-Type", "application/problem+json; charset=utf-8").send(toJson(problem));
}

function addOpenApi(server: FastifyInstance, context: ServerContext, openApi: object): void {
  const endpoint: Endpoint = {
    name: "read_openapi",
    method: "GET",
    path: "/api/openapi.json",
    summary: "This description",
    access: "signed_in",
    answer: z.unknown(),
    tag: "platform",
  };
  addRoute(
    server,
    context,
    streamingRoute(endpoint, async () => openApi),
  );
}
