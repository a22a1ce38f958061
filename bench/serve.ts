// The server under measurement, in a process of its own: bench/serve.ts <home> <port> <floor port>. Speaks with its parent by messages.
import { subscribe } from "node:diagnostics_channel";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { run } from "../server/main/api.ts";
import { openBank } from "../server/main/open-bank.ts";
import { ensureWeb } from "../server/main/web-build.ts";
import type { Db } from "../server/platform/db/index.ts";
import { createLogger } from "../server/platform/telemetry/index.ts";
import { noRateLimits } from "../tests/support/no-rate-limits.ts";
import { configOf } from "./home.ts";

const startedMs = new WeakMap<IncomingMessage, number>();
let times: [number, number][] = [];

/** Time in the server by Node's own events: from a request's headers to its answer handed to the system, by the number the client gave it. */
function measureRequests(): void {
  subscribe("http.server.request.start", (message) => {
    startedMs.set((message as { request: IncomingMessage }).request, performance.now());
  });
  subscribe("http.server.response.finish", (message) => {
    const { request } = message as { request: IncomingMessage };
    const number = request.headers["x-bench"];
    if (number !== undefined) times.push([Number(number), performance.now() - (startedMs.get(request) ?? Number.NaN)]);
  });
}

const TICK_MS = 10;

/** Processor time of this process and its database connections so far: unlike the clock it does not count what other programs of the machine do. */
async function cpuMs(db: Db): Promise<number> {
  const { rows } = await db.pools.worker.query<{ pid: number }>(
    "select pid from pg_stat_activity where application_name in ($1, $2)",
    ["app", "worker"].map((role) => `vinculo ${role} ${process.pid}`),
  );
  const { user, system } = process.cpuUsage();
  return rows.reduce((sum, { pid }) => sum + ticksOf(pid) * TICK_MS, (user + system) / 1000);
}

function ticksOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0; // ended meanwhile, or a server on another machine
  }
}

/** The floor: the same bytes, fetched whole by a prepared lookup of a primary key, without anybody asking who asks. */
function serveFloor(db: Db, port: number): Promise<void> {
  const server = createServer((request, response) => {
    const values = [Number(request.url?.split("/").at(-1))];
    db.pools.worker
      .query<{ body: string }>({ name: "floor", text: "select body from staging.bench_answer where key = $1", values })
      .then(({ rows }) => response.setHeader("content-type", "application/json; charset=utf-8").end(rows[0]?.body))
      .catch((error: Error) => response.writeHead(500).end(error.message));
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
}

const [home = "", port = "0", floorPort = "0"] = process.argv.slice(2);
const config = configOf(home, Number(port));
const db = await openBank(config, { mode: "share" });
measureRequests();
const webRoot = await ensureWeb(() => undefined);
const { closables, server } = await run({ config, db, logger: createLogger(config), webRoot, rateLimits: noRateLimits });
await serveFloor(db, Number(floorPort));
const stop = async () => {
  await server.close();
  for (const part of closables) await part.close();
  process.exit(0);
};
process.on("disconnect", stop); // the one who measures is gone
process.on("message", async (wish) => {
  if (wish === "times") {
    const told = { times, cpuMs: await cpuMs(db), peakMiB: Math.round(process.resourceUsage().maxRSS / 1024) };
    times = [];
    process.send?.(told);
  }
  if (wish === "stop") await stop();
});
process.send?.("ready");
