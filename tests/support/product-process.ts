import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../server/main/api.ts";
import { completeDemoBank } from "../../server/main/complete-demo-bank.ts";
import { fillDemoBank } from "../../server/main/demo-bank.ts";
import { ensureWeb } from "../../server/main/web-build.ts";
import { readConfig } from "../../server/platform/config/index.ts";
import { defaultRateLimits, stopGracefully } from "../../server/platform/http/index.ts";
import { createLogger } from "../../server/platform/telemetry/index.ts";
import { cloneTemplate } from "./clone.ts";
import type { Template } from "./template.ts";

const CUSTOMERS = 150;
const plenty = { burst: 100_000, perSecond: 10_000 };
// All stories come from one address and sign in again and again.
const rateLimits = { ...defaultRateLimits, signInPerAccount: plenty, signInPerAddress: plenty };

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

const template = JSON.parse(process.argv[2] ?? "") as Template;
const home = mkdtempSync(join(tmpdir(), "vinculo-product-"));
process.env.VINCULO_HOME = home;
let stop = async (): Promise<void> => undefined;
// When the run ends, and when it is killed, the channel to it closes.
process.once("disconnect", async () => {
  await stop();
  rmSync(home, { recursive: true, force: true });
  process.exit(0);
});

// The address is known before the server listens: the origin check stands on it.
const config = readConfig({ PORT: String(await freePort()), VINCULO_HOME: home, LOG_LEVEL: process.env.LOG_LEVEL ?? "error" });
const [clone, webRoot] = await Promise.all([cloneTemplate(template), ensureWeb(() => undefined)]);
await fillDemoBank(clone.db, { customers: CUSTOMERS, folder: join(home, "demo") }, () => undefined);
await completeDemoBank(clone.db);
const logger = createLogger(config);
const { server, address, closables } = await run({ config, db: clone.db, logger, webRoot, strict: true, rateLimits });
stop = async () => {
  await stopGracefully({ server, closables, logger });
  await clone.drop();
};
process.send?.({ address, adminUrl: clone.adminUrl });
