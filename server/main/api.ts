import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import { authenticate, callerOf, operatorCaller } from "../governance/access/index.ts";
import { recordRefusal } from "../governance/audit/index.ts";
import { startSealer } from "../governance/audit-seals/index.ts";
import { tellSpent } from "../governance/egress/index.ts";
import { authenticateKey } from "../governance/keys/index.ts";
import { startFraudDesk } from "../intelligence/fraud/index.ts";
import { type Clock, systemClock } from "../platform/clock/index.ts";
import type { Config } from "../platform/config/index.ts";
import { type Db, openDiskGuard } from "../platform/db/index.ts";
import { openNoticeHub, startRelay } from "../platform/events/index.ts";
import { openVirusScanner } from "../platform/files/index.ts";
import {
  buildServer,
  type Closable,
  cookieWillBeRefused,
  defaultRateLimits,
  httpSettings,
  type RateLimits,
  stopGracefully,
} from "../platform/http/index.ts";
import { startWorkers } from "../platform/jobs/index.ts";
import { openMailer } from "../platform/mail/index.ts";
import { openOutbound } from "../platform/outbound/index.ts";
import { createMetrics, observeDatabase } from "../platform/telemetry/index.ts";
import { startArchiver } from "./archiver.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { buildOpenApi } from "./openapi.ts";
import { portRefusal } from "./port.ts";
import { consumers, endpoints, routes, works } from "./wiring.ts";

export interface Running {
  readonly server: FastifyInstance;
  readonly address: string;
  /** In the order in which they are to be closed, the database last. */
  readonly closables: readonly Closable[];
}

export interface RunParts {
  readonly config: Config;
  readonly db: Db;
  readonly logger: Logger;
  /** Folder of the built web application; null: the API alone. */
  readonly webRoot: string | null;
  readonly clock?: Clock;
  readonly isReady?: () => boolean;
  /** Tests: an answer that does not fit its contract fails instead of being trimmed and logged. */
  readonly strict?: boolean;
  readonly rateLimits?: RateLimits;
}

/**
 * Starts the web server, the workers and the relay in this process. Fails with Refusal when the port is taken; then everything but the database is
 * closed again, so that the process can end.
 */
export async function run(parts: RunParts): Promise<Running> {
  const started: Closable[] = [];
  try {
    return await runAll(parts, started);
  } catch (error) {
    await stopGracefully({ closables: started.reverse(), logger: parts.logger });
    throw error;
  }
}

/** `started` says at every moment what a failure has to close. */
async function runAll(parts: RunParts, started: Closable[]): Promise<Running> {
  const { config, db, logger, clock = systemClock } = parts;
  const keep = (name: string, close: () => Promise<unknown>): Closable => {
    const closable = { name, close };
    started.push(closable);
    return closable;
  };
  const notices = await openNoticeHub(db, logger);
  const noticesClosable = keep("notices", () => notices.close());
  const metrics = createMetrics();
  observeDatabase(metrics, db);
  const server = await buildWebServer(parts, notices, metrics);
  keep("web server", () => server.close());
  const workers = await startWorkers({
    db,
    works,
    callerFor: (userId, requestId) => callerOf(db, userId, requestId),
    clock,
    home: config.home,
    mail: openMailer(config.mail),
    publicUrl: publicUrlOf(config),
    logger,
    notices,
  });
  const workersClosable = keep("workers", () => workers.close());
  const relay = startRelay({ db, consumers, caller: () => operatorCaller(db), notices, logger });
  const relayClosable = keep("relay", () => relay.close());
  const housekeeping = startHousekeeping({ db, home: config.home, clock, logger });
  started.push(housekeeping);
  const sealer = startSealer({ db, audit: config.audit, clock, logger, metrics });
  started.push(sealer);
  const archiver = db.embeddedUrl === null ? null : startArchiver({ config, db, url: db.embeddedUrl, clock, logger, metrics });
  if (archiver !== null) started.push(archiver);
  const fraudDesk = startFraudDesk({ db, clock, logger, caller: () => operatorCaller(db) });
  started.push(fraudDesk);
  const address = await listen(server, config);
  const database = { name: "database", close: () => db.close() };
  return {
    server,
    address,
    closables: [
      fraudDesk,
      housekeeping,
      workersClosable,
      relayClosable,
      noticesClosable,
      sealer,
      ...(archiver === null ? [] : [archiver]),
      database,
    ],
  };
}

const publicUrlOf = (config: Config): URL => new URL(config.publicUrl ?? `http://localhost:${config.port}`);

function buildWebServer(parts: RunParts, notices: Awaited<ReturnType<typeof openNoticeHub>>, metrics: Registry): Promise<FastifyInstance> {
  const { config, db, logger, webRoot, clock = systemClock, isReady = () => true, strict = false, rateLimits = defaultRateLimits } = parts;
  const publicUrl = publicUrlOf(config);
  if (cookieWillBeRefused(publicUrl)) logger.warn("browsers will refuse the session cookie at this address: put HTTPS in front of it");
  return buildServer({
    settings: httpSettings({
      publicUrl,
      production: !strict,
      trustedProxies: config.trustedProxies,
      metricsToken: config.metricsToken,
      rateLimits,
    }),
    db,
    clock,
    home: config.home,
    reserveBytes: config.diskReserveMiB * 1024 * 1024,
    ...(config.virusScanner === null ? {} : { inspect: openVirusScanner(config.virusScanner) }),
    routes,
    authenticate: (token, request, occasion) => authenticate(db, clock, token, request, occasion),
    authenticateKey: (key, request) => authenticateKey(db, clock, key, request),
    outbound: openOutbound(config.outbound),
    mail: openMailer(config.mail),
    logger,
    metrics,
    webRoot,
    openApi: buildOpenApi(endpoints),
    isReady,
    notices,
    onLimitReached: (caller, limit) => tellSpent(db, caller, limit),
    requireRoom: openDiskGuard(config.home, config.diskReserveMiB).requireRoom,
    onRefused: (refused) => recordRefusal(db, refused),
  });
}

async function listen(server: FastifyInstance, config: Config): Promise<string> {
  await server.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
    throw portRefusal(error, config);
  });
  const bound = server.server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : config.port;
  return config.publicUrl ?? `http://localhost:${port}`;
}
