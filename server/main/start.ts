import { join } from "node:path";
import { readConfig } from "../platform/config/index.ts";
import { openDatabase } from "../platform/db/index.ts";
import { stopGracefully, stopOnSignals } from "../platform/http/index.ts";
import { createLogger, errorForLog } from "../platform/telemetry/index.ts";
import { run } from "./api.ts";
import { completeDemoBank } from "./complete-demo-bank.ts";
import { fillDemoBank, wantsDemoBank } from "./demo-bank.ts";
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
  const opening = openDatabase(config, {
    mode: "serve",
    beforeStart: async () => {
      await requirePort(config);
      admitted.resolve();
    },
    notice: say,
    onError: (error) => logger.warn({ err: error }, "a database connection broke"),
  });
  // Building takes its time: not for a start that is refused.
  opening.catch(admitted.reject);
  const [opened, built] = await Promise.allSettled([opening, admitted.promise.then(() => ensureWeb(say))]);
  if (opened.status === "rejected") throw opened.reason;
  const db = opened.value;
  const failing = async (error: unknown): Promise<never> => {
    await db.close();
    throw error;
  };
  const webRoot = built.status === "fulfilled" ? built.value : await failing(built.reason);
  let filled = false;
  const running = await run({ config, db, logger, webRoot, isReady: () => filled }).catch(failing);
  const parts = { server: running.server, closables: running.closables, logger };
  stopOnSignals(parts);
  try {
    if (config.demoCustomers > 0 && (await wantsDemoBank(db))) {
      await fillDemoBank(db, { customers: config.demoCustomers, folder: join(config.home, "demo") }, terminalProgress());
    }
    filled = true;
    completeDemoBank(db).catch((error: unknown) => logger.warn({ err: errorForLog(error) }, "the demo bank was not completed"));
    await printPeople(db, running.address);
  } catch (error) {
    await stopGracefully(parts);
    throw error;
  }
  say(`ready in ${((performance.now() - startedMs) / 1000).toFixed(1)} s; Ctrl+C stops`);
}
