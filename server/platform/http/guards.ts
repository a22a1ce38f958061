import type { FastifyRequest } from "fastify";
import type { Caller } from "../caller/index.ts";
import { DomainError } from "../errors/index.ts";
import type { Endpoint } from "./contract.ts";
import { KnownMachines } from "./known-machine.ts";
import { addressPrefix, RateLimiter } from "./rate-limit.ts";
import type { RateLimits } from "./settings.ts";

/** The token buckets of one process. */
export interface Limiters {
  readonly caller: RateLimiter;
  readonly machine: RateLimiter;
  readonly machines: KnownMachines;
  readonly address: RateLimiter;
  readonly signInAccount: RateLimiter;
  readonly signInAddress: RateLimiter;
  readonly signInTotal: RateLimiter;
}

export function makeLimiters(limits: RateLimits): Limiters {
  return {
    caller: new RateLimiter(limits.perCaller),
    machine: new RateLimiter(limits.perMachine),
    machines: new KnownMachines(),
    address: new RateLimiter(limits.perAddress),
    signInAccount: new RateLimiter(limits.signInPerAccount),
    signInAddress: new RateLimiter(limits.signInPerAddress),
    signInTotal: new RateLimiter(limits.signInTotal),
  };
}

/** Fails with: too_many_requests; its detail says after how many seconds to try again. */
export function takeToken(limiter: RateLimiter, key: string, nowMs: number): void {
  const retryAfterSeconds = limiter.take(key, nowMs);
  if (retryAfterSeconds > 0) throw new DomainError("too_many_requests", "rate limit reached", { detail: { retryAfterSeconds } });
}

/** Before anything is read: one address, and for attempts to sign in also a stricter bound and one for everybody together. */
export function limitAddress(limiters: Limiters, endpoint: Endpoint | null, request: FastifyRequest, nowMs: number): void {
  const prefix = addressPrefix(request.ip);
  takeToken(limiters.address, prefix, nowMs);
  if (endpoint?.access !== "public" || endpoint.method === "GET") return;
  takeToken(limiters.signInAddress, prefix, nowMs);
  takeToken(limiters.signInTotal, "all", nowMs);
}

/** What a person does for themselves, and live streams, which nobody would end with the key, is not for programs. */
export function takesKeys({ access, from, answerKind }: Endpoint): boolean {
  return from === "key" || (from === undefined && access !== "public" && access !== "signed_in" && answerKind !== "events");
}

/** Fails with: not_signed_in, not_allowed. */
export function checkAccess(endpoint: Endpoint, caller: Caller | null): Caller {
  if (caller === null) throw new DomainError("not_signed_in", `${endpoint.name} needs a signed-in person`);
  const byKey = Boolean(caller.keyId);
  if (byKey && !takesKeys(endpoint))
    throw new DomainError("not_allowed", `${endpoint.name} is not for programs`, { detail: { reason: "needs_person" } });
  if (!byKey && endpoint.from === "key")
    throw new DomainError("not_allowed", `${endpoint.name} is for programs alone`, { detail: { reason: "needs_key" } });
  if (endpoint.access !== "signed_in" && !caller.permissions.has(endpoint.access)) {
    throw new DomainError("not_allowed", `${endpoint.name} needs ${endpoint.access}`);
  }
  return caller;
}
