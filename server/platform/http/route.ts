import type { Readable } from "node:stream";
import type { z } from "zod";
import type { Caller } from "../caller/index.ts";
import type { Clock } from "../clock/index.ts";
import type { Db, Tx } from "../db/index.ts";
import type { DomainError } from "../errors/index.ts";
import type { Mailer } from "../mail/index.ts";
import type { Outbound } from "../outbound/index.ts";
import type { Endpoint } from "./contract.ts";

/** What is known of the request besides its input. `userAgent` is text from outside, cut to 300 characters. */
export interface RequestInfo {
  readonly id: string;
  readonly ip: string;
  readonly userAgent: string;
  /** If-Match and If-None-Match as they were sent, cut to 200 characters. */
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** Bytes on their way in. They are not held in memory; read them once, through `spoolUpload`. */
export interface Upload {
  readonly stream: Readable;
  /** From Content-Length; null when the sender does not say. Not to be trusted. */
  readonly announcedBytes: number | null;
  /** What must stay free on the disk beside it; null: the default of `spoolUpload`. */
  readonly reserveBytes: number | null;
  /** Looks for viruses in the whole file; null: the bank has no scanner. */
  readonly inspect: ((path: string) => Promise<void>) | null;
}

/** The session cookie. Setting and clearing take effect with the answer, so only when the transaction was committed. */
export interface SessionCookie {
  /** The token the browser sent, unproven; null when there is none. */
  readonly token: string | null;
  /** `maxAgeSeconds` is for the browser; the server's own expiry decides. */
  set(token: string, maxAgeSeconds: number): void;
  clear(): void;
}

type Output<Schema> = NonNullable<Schema> extends z.ZodType ? z.output<NonNullable<Schema>> : undefined;

export interface StreamingInput<E extends Endpoint> {
  readonly db: Db;
  readonly caller: Caller;
  readonly clock: Clock;
  /** The folder of files and keys: `VINCULO_HOME`. */
  readonly home: string;
  /** Under which browsers reach this installation; links are built from it and from nothing a request says. */
  readonly publicUrl: URL;
  /** The one way to ask other servers. */
  readonly outbound: Outbound;
  /** The one way to send mail. */
  readonly mail: Mailer;
  readonly params: Output<E["params"]>;
  readonly query: Output<E["query"]>;
  readonly body: Output<E["body"]>;
  readonly request: RequestInfo;
  /** Aborted when the browser goes away or the server stops. */
  readonly signal: AbortSignal;
  readonly cookie: SessionCookie;
  /** Present when, and only when, `bodyKind` is "upload". */
  readonly upload: NonNullable<E["bodyKind"]> extends "upload" ? Upload : undefined;
}

export interface RouteInput<E extends Endpoint> extends StreamingInput<E> {
  readonly tx: Tx;
}

/** A download. `fileName` is offered to the browser and is encoded for the header. */
export interface FileAnswer {
  readonly stream: Readable;
  readonly fileName: string;
  readonly contentType: string;
}

/** One server-sent event. `id` comes back as Last-Event-ID when the browser reconnects. */
export interface ServerEvent<Data> {
  readonly id?: string;
  readonly data: Data;
}

/**
 * A live answer. `events` should end when the signal of the input aborts, as `notices.subscribe` does: a generator that waits for
 * something else is only freed at its next event. `maySee` is asked right before each event
 * goes out; false drops it.
 */
export interface EventAnswer<Data> {
  readonly events: AsyncIterable<ServerEvent<Data>>;
  readonly maySee?: (event: ServerEvent<Data>, caller: Caller) => boolean | Promise<boolean>;
}

export type AnswerOf<E extends Endpoint> =
  NonNullable<E["answerKind"]> extends "events"
    ? EventAnswer<Output<E["answer"]>>
    : NonNullable<E["answerKind"]> extends "file"
      ? FileAnswer
      : NonNullable<E["answerKind"]> extends "none"
        ? // biome-ignore lint/suspicious/noConfusingVoidType: a handler that answers nothing returns nothing
          void
        : Output<E["answer"]>;

export interface PublicOptions<E extends Endpoint> {
  /**
   * For sign-in: whose account is being tried, so that attempts are counted per account as well as per address.
   * Return it folded to one spelling. A success gives the attempt back.
   */
  readonly limitAccount?: (body: Output<E["body"]>) => string;
}

/** Nobody yet: who calls a public endpoint. Transactions it opens have the purpose "sign_in". */
export interface AnonymousCaller {
  readonly userId: null;
  readonly sessionId: null;
  readonly requestId: string;
  readonly ipAddress: string | null;
}

export interface PublicInput<E extends Endpoint> extends Omit<StreamingInput<E>, "caller"> {
  readonly caller: AnonymousCaller;
}

/** How a standard of its own wants answers to look, beside their body. */
export interface Dialect {
  readonly problem: (error: DomainError, requestId: string) => { readonly status: number; readonly body: unknown };
  readonly headers: (
    endpoint: Endpoint,
    answer: unknown,
  ) => { readonly status: number; readonly headers: Readonly<Record<string, string>> };
}

/** An endpoint with what answers it. Made by `route`, `streamingRoute` and `publicRoute`; the inside is for the server only. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly transactional: boolean;
  readonly handle: (input: unknown) => Promise<unknown>;
  readonly limitAccount: ((body: unknown) => string) | null;
  readonly dialect?: Dialect;
}

/**
 * The handler runs inside one transaction of the caller; the answer is sent after its commit, and an error rolls all of it back.
 */
export function route<const E extends Endpoint>(
  endpoint: E,
  handle: (input: RouteInput<E>) => Promise<AnswerOf<E>>,
  options: { readonly dialect?: Dialect } = {},
): Route {
  if (endpoint.bodyKind === "upload" || endpoint.answerKind === "events" || endpoint.answerKind === "file") {
    throw new Error(`${endpoint.name}: uploads, events and files must not hold a transaction open; use streamingRoute`);
  }
  if (endpoint.access === "public") throw new Error(`${endpoint.name}: a public endpoint has no caller; use publicRoute`);
  return { endpoint, transactional: true, handle: handle as Route["handle"], limitAccount: null, ...options };
}

/** The handler opens its own short transactions: for uploads, downloads and live events. */
export function streamingRoute<const E extends Endpoint>(endpoint: E, handle: (input: StreamingInput<E>) => Promise<AnswerOf<E>>): Route {
  if (endpoint.idempotent) throw new Error(`${endpoint.name}: an idempotent endpoint needs the one transaction of route()`);
  if (endpoint.access === "public") throw new Error(`${endpoint.name}: a public endpoint has no caller; use publicRoute`);
  return { endpoint, transactional: false, handle: handle as Route["handle"], limitAccount: null };
}

/** Before sign-in. The handler opens its own transactions, so that a refused attempt can still be written down. */
export function publicRoute<const E extends Endpoint>(
  endpoint: E,
  handle: (input: PublicInput<E>) => Promise<AnswerOf<E>>,
  options: PublicOptions<E> = {},
): Route {
  if (endpoint.access !== "public" || endpoint.idempotent) throw new Error(`${endpoint.name}: publicRoute is for plain public endpoints`);
  return {
    endpoint,
    transactional: false,
    handle: handle as Route["handle"],
    limitAccount: (options.limitAccount ?? null) as Route["limitAccount"],
  };
}
