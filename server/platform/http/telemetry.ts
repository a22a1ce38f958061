import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { Gauge, Histogram, type Registry } from "prom-client";
import { callerOf } from "./request-caller.ts";

/** One log line and one observation per request. Neither holds a path's values, a query or a body: those can name people. */
export function observeRequests(server: FastifyInstance, { metrics, logger }: { metrics: Registry; logger: Logger }): void {
  const durations = new Histogram({
    name: "vinculo_http_request_seconds",
    help: "Time from the first byte of a request to the last of its answer",
    labelNames: ["endpoint", "status"],
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 20],
    registers: [metrics],
  });
  const running = new Gauge({ name: "vinculo_http_requests_running", help: "Requests being answered now", registers: [metrics] });
  server.addHook("onRequest", async () => running.inc());
  server.addHook("onResponse", async (request, reply) => {
    running.dec();
    const endpoint = request.routeOptions.config.endpoint?.name ?? (request.routeOptions.url === undefined ? "unknown" : "page");
    durations.observe({ endpoint, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    const userId = callerOf(request)?.userId;
    logger.info({ requestId: request.id, endpoint, status: reply.statusCode, ms: Math.round(reply.elapsedTime), userId }, "request");
  });
}
