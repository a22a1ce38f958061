import type { FastifyRequest } from "fastify";
import type { Caller } from "../caller/index.ts";
import type { Endpoint } from "./contract.ts";
import type { Dialect } from "./route.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Set for every route that is an endpoint; absent for pages and health. */
    endpoint?: Endpoint;
    dialect?: Dialect;
  }
}

const callers = new WeakMap<FastifyRequest, Caller>();

export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** Who was found to ask, or null before that and for public endpoints. */
export function callerOf(request: FastifyRequest): Caller | null {
  return callers.get(request) ?? null;
}
