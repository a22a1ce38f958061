import { tmpdir } from "node:os";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { pino } from "pino";
import { Registry } from "prom-client";
import type { Caller, SessionId, UserId } from "../../server/platform/caller/index.ts";
import { type Clock, systemClock } from "../../server/platform/clock/index.ts";
import type { Db } from "../../server/platform/db/index.ts";
import { buildServer, type HttpSettings, httpSettings, type Route, type ServerParts } from "../../server/platform/http/index.ts";
import { newId } from "../../server/platform/ids/index.ts";

/** A signed-in person with these permissions, as the sign-in would make one. */
export function callerWith(permissions: readonly string[] = [], more: Partial<Caller> = {}): Caller {
  return {
    userId: newId<"User">() as UserId,
    displayName: "Test Person",
    sessionId: newId<"Session">() as SessionId,
    permissions: new Set(permissions),
    requestId: newId(),
    ipAddress: "127.0.0.1",
    ...more,
  };
}

export interface TestServer {
  readonly server: FastifyInstance;
  /** Lines the server logged, parsed. */
  readonly logged: Record<string, unknown>[];
  /** Who each token belongs to; delete one to end its session. */
  readonly sessions: Map<string, Caller>;
  /** A request as our own page sends it, with the cookie of the token (null for nobody). A header given as undefined is left out. */
  send(token: string | null, options: InjectOptions): Promise<LightMyRequestResponse>;
}

export interface TestServerOptions {
  readonly db: Db;
  readonly routes: readonly Route[];
  readonly callers?: Readonly<Record<string, Caller>>;
  readonly settings?: Partial<HttpSettings>;
  readonly clock?: Clock;
  readonly parts?: Partial<ServerParts>;
}

const ORIGIN = "http://localhost:3000";

/** The real server, asked without a socket. Tokens are the keys of `callers`. */
export async function startTestServer({
  db,
  routes,
  callers = {},
  settings,
  clock = systemClock,
  parts,
}: TestServerOptions): Promise<TestServer> {
  const sessions = new Map(Object.entries(callers));
  const logged: Record<string, unknown>[] = [];
  const server = await buildServer({
    settings: httpSettings({ publicUrl: new URL(ORIGIN), ...settings }),
    db,
    clock,
    home: tmpdir(),
    routes,
    authenticate: async (token, request) => {
      const caller = sessions.get(token);
      return caller === undefined ? null : { ...caller, requestId: request.id, ipAddress: request.ip };
    },
    logger: pino({ level: "trace" }, { write: (line: string) => logged.push(JSON.parse(line) as Record<string, unknown>) }),
    metrics: new Registry(),
    webRoot: null,
    ...parts,
  });
  return {
    server,
    logged,
    sessions,
    async send(token, options) {
      const cookie = token === null ? {} : { cookie: `__Host-vinculo=${token}` };
      const headers = { origin: ORIGIN, "sec-fetch-site": "same-origin", ...cookie, ...options.headers };
      const present = Object.entries(headers).filter(([, value]) => value !== undefined);
      return await server.inject({ ...options, headers: Object.fromEntries(present) });
    },
  };
}
