import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../caller/index.ts";
import { inTransaction, type TransactionOptions, type Tx } from "../db/index.ts";
import { DomainError } from "../errors/index.ts";
import { checkAccess, takeToken } from "./guards.ts";
import { hashRequest, onlyOnce, readIdempotencyKey } from "./idempotency.ts";
import { sendLive } from "./live-answer.ts";
import { callerOf, setCaller } from "./request-caller.ts";
import type { EventAnswer, FileAnswer, RequestInfo, Route, SessionCookie, Upload } from "./route.ts";
import { clearedSessionCookie, readBearerKey, readSessionToken, sessionCookie } from "./security.ts";
import type { ServerContext } from "./server-parts.ts";
import { encodeAnswer, encodedToJson, parseInput, requireImpersonal, requireNoQuery } from "./wire.ts";

const USER_AGENT_CHARACTERS_MAX = 300;

// Every request ends with it. One for all: abort() alone makes a new one, with its stack, each time.
const left = new DOMException("the request has ended", "AbortError");

/** One endpoint on the wire: who asks, may they, is the input right, run, answer. */
export function addRoute(server: FastifyInstance, context: ServerContext, route: Route): void {
  addAddress(server, context, route, false);
  if (route.endpoint.personalQuery !== undefined) addAddress(server, context, route, true);
}

/** `asked`: by POST with the query in the body. */
function addAddress(server: FastifyInstance, context: ServerContext, route: Route, asked: boolean): void {
  const { endpoint } = route;
  server.route({
    method: asked ? "POST" : endpoint.method,
    url: asked ? `${endpoint.path}/ask` : endpoint.path,
    config: { endpoint, ...(route.dialect === undefined ? {} : { dialect: route.dialect }) },
    // Before the body is read: a stranger's megabytes are not parsed.
    onRequest: async (request) => {
      if (endpoint.access === "public") return;
      const nowMs = context.clock.now().getTime();
      const isMachine = endpoint.pace === "machine";
      const look = () => whoAsks(context, request);
      const found = isMachine ? await context.limiters.machines.find(request, nowMs, look) : await look();
      if (found !== null) {
        setCaller(request, found);
        takeToken(isMachine ? context.limiters.machine : context.limiters.caller, found.keyId ?? found.userId, nowMs);
      }
      checkAccess(endpoint, found);
    },
    handler: async (request, reply) => {
      try {
        return await answer(context, route, request, reply, asked);
      } catch (error) {
        const caller = callerOf(request);
        if (caller !== null && error instanceof DomainError && error.code === "limit_reached")
          await context.onLimitReached?.(caller, error.detail?.limit);
        throw error;
      }
    },
  });
}

/** A person by the cookie, or a program by its key. Both at once is nobody: whose rights would hold? */
async function whoAsks(context: ServerContext, request: FastifyRequest): Promise<Caller | null> {
  const key = readBearerKey(request);
  const token = readSessionToken(request);
  if (key === null) return token === null ? null : await context.authenticate(token, infoOf(request), "request");
  if (token !== null || context.authenticateKey === undefined) return null;
  return context.authenticateKey(key, infoOf(request));
}

function infoOf(request: FastifyRequest): RequestInfo {
  const { "user-agent": userAgent = "", "if-match": ifMatch, "if-none-match": ifNoneMatch } = request.headers;
  return {
    id: request.id,
    ip: request.ip,
    userAgent: userAgent.slice(0, USER_AGENT_CHARACTERS_MAX),
    ifMatch: ifMatch?.slice(0, 200),
    ifNoneMatch: ifNoneMatch?.slice(0, 200),
  };
}

async function answer(
  context: ServerContext,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: boolean,
): Promise<FastifyReply> {
  const { endpoint } = route;
  const isUpload = endpoint.bodyKind === "upload";
  // A GET changes nothing, and of a stranger only what has its own form is kept.
  const isKept = endpoint.method !== "GET" && endpoint.access !== "public";
  const params = parseInput(endpoint.params, request.params, "params", isKept);
  if (asked) requireNoQuery(request.query);
  else requireImpersonal(endpoint, request.query);
  const query = parseInput(endpoint.query, asked ? (request.body ?? {}) : request.query, "query", isKept);
  const body = isUpload || asked ? undefined : parseInput(endpoint.body, request.body, "body", isKept);
  const caller = callerOf(request) ?? { userId: null, sessionId: null, requestId: request.id, ipAddress: request.ip };
  const cookie = new CookieJar(readSessionToken(request));
  const leaving = new AbortController();
  reply.raw.once("close", () => leaving.abort(left));
  const input = {
    db: context.db,
    caller,
    clock: context.clock,
    home: context.home,
    publicUrl: context.settings.publicUrl,
    outbound: context.outbound,
    mail: context.mail,
    params,
    query,
    body,
    request: infoOf(request),
    signal: leaving.signal,
    cookie,
    upload: isUpload ? uploadOf(request, context) : undefined,
  };
  if (endpoint.answerKind === "events") return await answerLive(context, route, request, reply, input);
  const account = route.limitAccount?.(body);
  if (account !== undefined) takeToken(context.limiters.signInAccount, account, context.clock.now().getTime());
  if (endpoint.method !== "GET" && endpoint.tag !== "session") await context.requireRoom?.();
  const result = await run(context, route, request, input);
  // A right password is no attempt at guessing one.
  if (account !== undefined) context.limiters.signInAccount.refund(account);
  cookie.writeTo(reply);
  if (endpoint.answerKind === "none") return reply.code(204).send();
  if (endpoint.answerKind === "file") return sendFile(reply, result as FileAnswer);
  const told = route.dialect?.headers(endpoint, result);
  if (told !== undefined) void reply.code(told.status).headers(told.headers);
  return reply.header("Content-Type", `${endpoint.mediaType ?? "application/json"}; charset=utf-8`).send(encodedToJson(result));
}

/** Returns the encoded answer; for a transactional route only after its commit. */
async function run(
  context: ServerContext,
  route: Route,
  request: FastifyRequest,
  input: { params: unknown; query: unknown; body: unknown; signal: AbortSignal },
): Promise<unknown> {
  const { endpoint } = route;
  const encode = (result: unknown) => {
    if (endpoint.answerKind === "none" || endpoint.answerKind === "file") return result;
    return encodeAnswer(endpoint, result, context.settings.production, context.logger);
  };
  const caller = callerOf(request);
  if (!route.transactional || caller === null) return encode(await route.handle(input));
  const key = endpoint.idempotent ? readIdempotencyKey(request.headers["idempotency-key"]) : null;
  const options: TransactionOptions = endpoint.pace === "report" ? { pool: "report", signal: input.signal } : {};
  const once = async (tx: Tx) => {
    const work = async () => encode(await route.handle({ ...input, tx }));
    if (key === null) return await work();
    return await onlyOnce(
      tx,
      { userId: caller.userId, endpoint: endpoint.name, key },
      hashRequest({ params: input.params, query: input.query, body: input.body }),
      work,
    );
  };
  return await inTransaction(context.db, caller, once, options);
}

async function answerLive(
  context: ServerContext,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  input: { signal: AbortSignal },
): Promise<FastifyReply> {
  const { endpoint } = route;
  const caller = callerOf(request) as Caller;
  const stream = context.streams.open(caller);
  try {
    const signal = AbortSignal.any([input.signal, stream.signal]);
    const live = (await route.handle({ ...input, signal })) as EventAnswer<unknown>;
    reply.hijack();
    await sendLive({
      response: reply.raw,
      headers: reply.getHeaders(),
      answer: live,
      encode: (data) => encodeAnswer(endpoint, data, context.settings.production, context.logger),
      recheck: async () => {
        const token = readSessionToken(request);
        const again = token === null ? null : await context.authenticate(token, infoOf(request), "recheck");
        return again !== null && (endpoint.access === "signed_in" || again.permissions.has(endpoint.access)) ? again : null;
      },
      signal,
    });
  } catch (error) {
    // Once the answer has begun there is no error page; the browser reconnects.
    if (!reply.raw.headersSent) throw error;
    context.logger.warn({ requestId: request.id, endpoint: endpoint.name }, "a live stream broke off");
    reply.raw.destroy();
  } finally {
    stream.close();
  }
  return reply;
}

function uploadOf(request: FastifyRequest, { reserveBytes, inspect }: ServerContext): Upload {
  const announced = request.headers["content-length"];
  return {
    stream: request.body as Readable,
    announcedBytes: announced === undefined ? null : Number(announced),
    reserveBytes: reserveBytes ?? null,
    inspect: inspect ?? null,
  };
}

function sendFile(reply: FastifyReply, file: FileAnswer): FastifyReply {
  const ascii = file.fileName.replaceAll(/[^\w. -]/g, "_");
  const encoded = encodeURIComponent(file.fileName).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return reply
    .header("Content-Type", file.contentType)
    .header("Content-Disposition", `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`)
    .header("Content-Security-Policy", "sandbox; default-src 'none'")
    .send(file.stream);
}

class CookieJar implements SessionCookie {
  readonly token: string | null;
  #cookie: string | null = null;

  constructor(token: string | null) {
    this.token = token;
  }

  set(token: string, maxAgeSeconds: number): void {
    this.#cookie = sessionCookie(token, maxAgeSeconds);
  }
  clear(): void {
    this.#cookie = clearedSessionCookie;
  }
  writeTo(reply: FastifyReply): void {
    if (this.#cookie === null) return;
    reply.header("Set-Cookie", this.#cookie);
    // What the browser kept of the last person must not be shown to the next.
    if (this.#cookie === clearedSessionCookie) reply.header("Clear-Site-Data", '"cache", "storage"');
  }
}
