import { run } from "../../server/main/api.ts";
import { readConfig } from "../../server/platform/config/index.ts";
import { openDb } from "../../server/platform/db/db.ts";
import { createLogger } from "../../server/platform/telemetry/index.ts";

// A process that starts everything and finds its port taken at the last moment: node failing-start.ts <order as JSON>. It has to end by itself.

interface Order {
  readonly logins: { readonly app: string; readonly worker: string; readonly sealer: string };
  readonly contextKeyHex: string;
  readonly home: string;
  readonly port: number;
}

const { logins, contextKeyHex, home, port } = JSON.parse(process.argv[2] ?? "{}") as Order;
const config = readConfig({ PORT: String(port), VINCULO_HOME: home, LOG_LEVEL: "warn" });
const db = openDb({
  logins,
  contextKey: Buffer.from(contextKeyHex, "hex"),
  connectionsMax: { app: 2, worker: 4 },
  onError: () => undefined,
});
await run({ config, db, logger: createLogger(config), webRoot: null }).catch(async (error: unknown) => {
  await db.close();
  process.stdout.write(error instanceof Error ? error.message : "no error");
  process.exitCode = 3;
});
