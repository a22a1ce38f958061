import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { DomainError } from "../errors/index.ts";
import type { ServerContext } from "./server-parts.ts";
import { ping } from "./store.ts";

const READY_MS = 2_000;

/**
 * GET /health/live: the process answers. GET /health/ready: send me requests (not stopping, database answers, installation is ready).
 * GET /metrics: only for the bearer of the configured token; without a token there is no such page.
 */
export function addHealth(server: FastifyInstance, context: ServerContext): void {
  server.get("/health/live", async () => ({ status: "ok" }));
  server.get("/health/ready", async (_request, reply) => {
    const ready = await isReady(context);
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ok" : "not_ready" });
  });
  const token = context.settings.metricsToken;
  if (token === null) return;
  server.get("/metrics", async (request, reply) => {
    if (!sameText(request.headers.authorization ?? "", `Bearer ${token}`))
      throw new DomainError("not_found", "no metrics for this request");
    return reply.header("Content-Type", context.metrics.contentType).send(await context.metrics.metrics());
  });
}

async function isReady({ state, db, isReady: installed }: ServerContext): Promise<boolean> {
  if (state.stopping) return false;
  try {
    await inTime(ping(db));
    return installed === undefined || (await installed());
  } catch {
    // Not answering is the answer; the log of the pool tells why.
    return false;
  }
}

/** A probe that hangs says less than one that says no. */
async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), READY_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
