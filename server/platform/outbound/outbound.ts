import { lookup } from "node:dns/promises";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { DomainError } from "../errors/index.ts";
import { isAddress, isAllowedAddress } from "./public-address.ts";

const limits = { bytesMax: 1024 * 1024, timeoutMs: 10_000, addressesMax: 20, urlCharactersMax: 4_000 } as const;

export interface OutboundSettings {
  /** `host` or `host:port` that may be asked; empty: any public one. */
  readonly hosts: readonly string[];
  /** `host:port` in the bank's own network: private addresses, other ports and plain http are allowed for these, and for nothing else. */
  readonly internalHosts: readonly string[];
}

export interface OutboundRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams | Uint8Array | null;
  readonly signal?: AbortSignal | undefined;
}

export interface Outbound {
  /**
   * Asks another server. Redirects are answered, never followed; at most 1 MiB within ten seconds. Fails with unavailable, alike for a refused
   * address, a closed port, a name nobody knows and a server that does not answer: nothing of the network is told to whoever chose the address.
   */
  readonly fetch: (address: string, request?: OutboundRequest) => Promise<Response>;
}

/** Names to addresses; replaced in tests. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;

const resolveByDns: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/** Without settings: any public address, over https on its own port. */
export function openOutbound(settings: OutboundSettings = { hosts: [], internalHosts: [] }, resolve: Resolve = resolveByDns): Outbound {
  return {
    fetch: async (address, request = {}) => {
      const target = await targetOf(address, settings, resolve).catch((cause: unknown) => {
        throw refused(cause);
      });
      return ask(target, request).catch((cause: unknown) => {
        throw refused(cause);
      });
    },
  };
}

/** One sentence for all: what differs stands in the cause, for the log. */
function refused(cause: unknown): DomainError {
  return new DomainError("unavailable", "another server cannot be asked", { cause, detail: { reason: "other_server" } });
}

interface Target {
  readonly url: URL;
  /** Connected to, whatever the name means a moment later. */
  readonly address: string;
  readonly family: number;
}

/** Every address the name has must be allowed, and one of them is pinned: a second answer of the name server changes nothing. */
async function targetOf(address: string, { hosts, internalHosts }: OutboundSettings, resolve: Resolve): Promise<Target> {
  if (address.length > limits.urlCharactersMax) throw new Error("the address is too long");
  const url = new URL(address);
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  const internal = internalHosts.includes(`${url.hostname}:${port}`);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && internal)) throw new Error("only https is asked");
  if (url.username !== "" || url.password !== "") throw new Error("an address carries no credentials");
  if (port !== "443" && !internal) throw new Error("only port 443 is asked");
  const listed = hosts.includes(url.hostname) || hosts.includes(`${url.hostname}:${port}`);
  if (hosts.length > 0 && !listed && !internal) throw new Error("the host is not on the list");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const found = isAddress(host) ? [{ address: host, family: host.includes(":") ? 6 : 4 }] : await resolve(host);
  if (found.length === 0 || found.length > limits.addressesMax) throw new Error("the name has no address, or too many");
  if (!found.every((one) => isAllowedAddress(one.address, internal))) throw new Error("the address is not a public one");
  const [first] = found;
  if (first === undefined) throw new Error("the name has no address");
  return { url, ...first };
}

function ask({ url, address, family }: Target, { method = "GET", headers = {}, body, signal }: OutboundRequest): Promise<Response> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const bytes = body === null || body === undefined ? null : Buffer.from(body instanceof Uint8Array ? body : String(body));
  const options = {
    method,
    headers: {
      ...(body instanceof URLSearchParams ? { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" } : {}),
      ...headers,
      ...(bytes === null ? {} : { "content-length": String(bytes.length) }),
    },
    agent: false as const,
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    lookup: (_host: string, asked: { all?: boolean | undefined }, done: (error: null, found: never, family?: number) => void) =>
      asked.all ? done(null, [{ address, family }] as never) : done(null, address as never, family),
  };
  return new Promise((answered, failed) => {
    const sent = (url.protocol === "https:" ? requestHttps : requestHttp)(url, options, (message) => {
      readBounded(message).then((content) => answered(responseOf(message, content)), failed);
    });
    sent.once("error", failed);
    sent.end(bytes ?? undefined);
  });
}

async function readBounded(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of message) {
    bytes += (part as Buffer).length;
    if (bytes > limits.bytesMax) {
      message.destroy();
      throw new Error("the answer is too large");
    }
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function responseOf(message: IncomingMessage, content: Buffer): Response {
  const status = message.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) for (const value of values ?? []) headers.append(name, value);
  const empty = status === 204 || status === 304;
  return new Response(empty ? null : new Uint8Array(content), { status, headers });
}
