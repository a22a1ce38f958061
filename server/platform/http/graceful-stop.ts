import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { beginStopping } from "./server.ts";

/** Something to close, in the order given. */
export interface Closable {
  readonly name: string;
  close(): Promise<unknown>;
}

export interface StopParts {
  readonly server?: FastifyInstance;
  /** Closed one after the other once the server has finished: workers, live updates, the database last. */
  readonly closables: readonly Closable[];
  readonly logger: Logger;
  /** Time for everything together. Default 20,000. */
  readonly finishMs?: number;
}

/**
 * Readiness says no, no new work is taken, what runs may finish, then everything is closed. Returns false when the time was up before
 * all was closed. Never throws: one part that does not close must not keep the others open.
 */
export async function stopGracefully({ server, closables, logger, finishMs = 20_000 }: StopParts): Promise<boolean> {
  const parts: Closable[] = [...closables];
  if (server !== undefined) {
    beginStopping(server);
    parts.unshift({ name: "web server", close: () => server.close() });
  }
  const closing = closeAll(parts, logger);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, finishMs, false);
  });
  const inTime = await Promise.race([closing, late]);
  clearTimeout(timer);
  if (!inTime) logger.warn({ finishMs }, "stopping took too long or failed; ending anyway");
  return inTime;
}

async function closeAll(parts: readonly Closable[], logger: Logger): Promise<boolean> {
  let clean = true;
  for (const part of parts) {
    try {
      await part.close();
    } catch (error) {
      clean = false;
      logger.error({ err: error, part: part.name }, "a part did not close");
    }
  }
  return clean;
}

/** SIGTERM and SIGINT stop gracefully and exit 0 (1 when not clean); a second signal exits 1 at once. */
export function stopOnSignals(parts: StopParts, exit: (code: number) => void = process.exit): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) return exit(1);
    stopping = true;
    parts.logger.info({ signal }, "stopping");
    void stopGracefully(parts).then((clean) => exit(clean ? 0 : 1));
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}
