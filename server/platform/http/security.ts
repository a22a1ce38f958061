import type { FastifyReply, FastifyRequest } from "fastify";
import { DomainError } from "../errors/index.ts";
import type { HttpSettings } from "./settings.ts";

export const sessionCookieName = "__Host-vinculo";
const TOKEN_CHARACTERS_MAX = 200;

/** Sent with every answer. The policy for pages is added by the web assets, with their nonce. */
export function setSecurityHeaders(reply: FastifyReply, settings: HttpSettings): void {
  reply.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
  reply.header("X-Content-Type-Options", "nosniff");
  reply.header("X-Frame-Options", "DENY");
  reply.header("Referrer-Policy", "no-referrer");
  reply.header("Cross-Origin-Opener-Policy", "same-origin");
  reply.header("Cross-Origin-Resource-Policy", "same-origin");
  reply.header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()");
  reply.header("Cache-Control", "no-store");
  if (settings.publicUrl.protocol === "https:") reply.header("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}

/**
 * What a page may load and do. Style elements need the nonce, because the component library writes its theme variables into one;
 * scripts need to be files of ours.
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * A path has one spelling. A second one (`//`, `%2e`, a trailing dot) could be seen differently by a proxy, a limiter or a cache.
 */
export function isCanonicalPath(path: string): boolean {
  if (path.includes("//") || path.includes("\\") || /\.(?:\/|$)/.test(path)) return false;
  // Letters, digits, "-._~" never need escaping; slashes, backslashes and NUL never belong into a segment.
  if (/%(?:2[dDeEfF]|3[0-9]|4[1-9a-fA-F]|5[0-9aAcCfF]|6[1-9a-fA-F]|7[0-9aAeE]|00)/.test(path)) return false;
  return !/%(?![0-9a-fA-F]{2})/.test(path);
}

/**
 * A request that changes something comes from our own page: the browser says so, or names our origin; a cookie alone is no proof.
 * Fails with: not_allowed.
 */
export function checkOrigin(request: FastifyRequest, settings: HttpSettings): void {
  if (request.method === "GET" || request.method === "HEAD" || isFromProgram(request)) return;
  const site = request.headers["sec-fetch-site"];
  const origin = request.headers.origin;
  if (site !== undefined && site !== "same-origin") throw new DomainError("not_allowed", "request from another site");
  if (origin !== undefined && !isOwnOrigin(origin, request, settings)) throw new DomainError("not_allowed", "request from another origin");
  if (site === undefined && origin === undefined) throw new DomainError("not_allowed", "request without Origin");
}

/** A browser adds neither a key nor leaves its cookie out by itself: who proves themselves by a key alone was not led here by another site. */
function isFromProgram(request: FastifyRequest): boolean {
  if (readSessionToken(request) !== null || request.headers.origin !== undefined) return false;
  return request.routeOptions.config.endpoint?.from === "program" || readBearerKey(request) !== null;
}

function isOwnOrigin(origin: string, request: FastifyRequest, settings: HttpSettings): boolean {
  if (origin === settings.publicUrl.origin) return true;
  // Reached under another name (an address in the branch network): then the page and the request name the same host.
  return request.headers.host !== undefined && origin === `${request.protocol}://${request.headers.host}`;
}

/** The session token from the cookie header, or null. Read here, so that exactly one cookie of the name is accepted. */
export function readSessionToken(request: FastifyRequest): string | null {
  const found = (request.headers.cookie ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${sessionCookieName}=`))
    .map((part) => part.slice(sessionCookieName.length + 1));
  const [token] = found;
  if (token === undefined || found.length > 1) return null;
  return token !== "" && token.length <= TOKEN_CHARACTERS_MAX ? token : null;
}

/** The API key from the Authorization header, or null. */
export function readBearerKey(request: FastifyRequest): string | null {
  return /^Bearer (vk_[A-Za-z0-9_-]{20,150})$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
}

/**
 * Browsers take a `__Host-` cookie only over https, or from localhost. Over plain http under another name nobody can sign in:
 * that is meant, and `npm start` says so.
 */
export function sessionCookie(token: string, maxAgeSeconds: number): string {
  if (!/^[\w.~-]+$/.test(token)) throw new Error("a session token may only hold URL-safe characters");
  return `${sessionCookieName}=${token}; Path=/; Max-Age=${Math.floor(maxAgeSeconds)}; Secure; HttpOnly; SameSite=Lax`;
}

export const clearedSessionCookie = `${sessionCookieName}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`;

/** True when browsers will refuse the session cookie at this address. */
export function cookieWillBeRefused(publicUrl: URL): boolean {
  if (publicUrl.protocol === "https:") return false;
  const host = publicUrl.hostname;
  return !(host === "localhost" || host.endsWith(".localhost") || host === "127.0.0.1" || host === "[::1]");
}
