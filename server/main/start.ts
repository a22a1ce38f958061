import { join } from "node:path";
import { type Config, readConfig } from "../platform/config/index.ts";
import type { Db } from "../platform/db/index.ts";
import { stopGracefully, stopOnSignals } from "../platform/http/index.ts";
import { createLogger, errorForLog } from "../platform/telemetry/index.ts";
import { run } from "./api.ts";
import { completeDemoBank } from "./complete-demo-bank.ts";
import { fillDemoBank, wantsDemoBank } from "./demo-bank.ts";
import { openBank } from "./open-bank.ts";
import { printPeople } from "./people.ts";
import { requirePort } from "./port.ts";
import { terminalProgress } from "./progress.ts";
import { ensureWeb } from "./web-build.ts";

/** `npm start`: everything in this one process. The page answers while the demo bank is still being read in; readiness waits for it. */
export async function start(): Promise<void> {
  const startedMs = performance.now();
  const config = readConfig(process.env);
  const logger = createLogger(config);
  const say = (text: string) => console.log(`· ${text}`);
  const admitted = Promise.withResolvers<void>();
  const opening = openBank(config, {
    mode: "serve",
    beforeStart: async () => {
      await requirePort(config);
      admitted.resolve();
    },
    notice: say,
    onError: (error) => logger.warn({ err: error }, "a database connection broke"),
  });
  // Building takes its time: not for a start that is refused. The demo bank comes in beside it.
  opening.catch(admitted.reject);
  const building = admitted.promise.then(() => ensureWeb(say));
  building.catch(() => undefined);
  const db = await opening;
  const filling = fillWhereWanted(db, config);
  filling.catch(() => undefined);
  const failing = async (error: unknown): Promise<never> => {
    await db.close();
    throw error;
  };
  const webRoot = await building.catch(failing);
  let filled = false;
  const running = await run({ config, db, logger, webRoot, isReady: () => filled }).catch(failing);
  const parts = { server: running.server, closables: running.closables, logger };
  stopOnSignals(parts);
  try {
    await filling;
    filled = true;
    completeDemoBank(db).catch((error: unknown) => logger.warn({ err: errorForLog(error) }, "the demo bank was not completed"));
    await printPeople(db, running.address);
  } catch (error) {
    await stopGracefully(parts);
    throw error;
  }
  say(`ready in ${((performance.now() - startedMs) / 1000).toFixed(1)} s; Ctrl+C stops`);
}

async function fillWhereWanted(db: Db, config: Config): Promise<void> {
  if (config.demoCustomers > 0 && (await wantsDemoBank(db)))
    await fillDemoBank(db, { customers: config.demoCustomers, folder: join(config.home, "demo") }, terminalProgress());
}
