import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Caller } from "../caller/index.ts";
import type { Clock } from "../clock/index.ts";
import type { Db } from "../db/index.ts";
import type { Mailer } from "../mail/index.ts";
import type { Outbound } from "../outbound/index.ts";
import type { Limiters } from "./guards.ts";
import type { LiveStreams, NoticeSource } from "./live-streams.ts";
import type { RequestInfo, Route } from "./route.ts";
import type { HttpSettings } from "./settings.ts";

/**
 * Who holds this session token, with the rights of this moment; null when nobody does any more. "recheck" asks on behalf of an open
 * live stream and must not prolong the session: an open tab is not a person at work.
 */
export type Authenticate = (token: string, request: RequestInfo, occasion: "request" | "recheck") => Promise<Caller | null>;

/** The same for the API key of a program, which lives as long as the database says so at this request. */
export type AuthenticateKey = (key: string, request: RequestInfo) => Promise<Caller | null>;

export interface ServerParts {
  readonly settings: HttpSettings;
  readonly db: Db;
  readonly clock: Clock;
  /** The folder of files and keys: `VINCULO_HOME`. */
  readonly home: string;
  /** Free bytes of its disk that uploads leave. */
  readonly reserveBytes?: number;
  /** Looks for viruses in uploads; none: they are taken as they come. */
  readonly inspect?: (path: string) => Promise<void>;
  readonly routes: readonly Route[];
  readonly authenticate: Authenticate;
  /** Without it no program is let in by a key. */
  readonly authenticateKey?: AuthenticateKey;
  /** Default: to public addresses only. */
  readonly outbound?: Outbound;
  /** Default: none. */
  readonly mail?: Mailer;
  readonly logger: Logger;
  readonly metrics: Registry;
  /** Folder of the built web application; null for an API without pages. */
  readonly webRoot: string | null;
  /** Served at /api/openapi.json to signed-in people. */
  readonly openApi?: object;
  /** Beyond the database: migrations are done, the first import has run. Default: always. */
  readonly isReady?: () => boolean | Promise<boolean>;
  /** Tells of ended sessions, so that their live streams end at once. Topic `session_ended`, key: the id of a session or of a user. */
  readonly notices?: NoticeSource;
  /** Told before the answer when a request was refused because a limit of the person is used up: what it did itself is undone by then. */
  readonly onLimitReached?: (caller: Caller, limit: unknown) => Promise<void>;
  /** Fails with read_only when the disk is nearly full: asked before everything that writes for a person, but signing in and out. */
  readonly requireRoom?: () => Promise<void>;
  /** Writes a refused attempt down before the refusal is answered. When it fails, the person is told unavailable. */
  readonly onRefused?: (refused: Refused) => Promise<void>;
}

/** A signed-in person was told "not allowed" or "nothing here". `params` are those of the path, as they came. */
export interface Refused {
  readonly caller: Caller;
  /** Name of the endpoint. */
  readonly endpoint: string;
  readonly code: "not_allowed" | "not_found";
  readonly params: Readonly<Record<string, unknown>>;
}

/** What the parts of the server share. */
export interface ServerContext extends ServerParts {
  readonly outbound: Outbound;
  readonly mail: Mailer;
  readonly limiters: Limiters;
  readonly streams: LiveStreams;
  readonly state: { stopping: boolean };
}
