// The server under measurement, in a process of its own: bench/serve.ts <home> <port> <floor port>. Speaks with its parent by messages.
import { subscribe } from "node:diagnostics_channel";
import { createServer, type IncomingMessage } from "node:http";
import { run } from "../server/main/api.ts";
import { type Db, openDatabase } from "../server/platform/db/index.ts";
import { createLogger } from "../server/platform/telemetry/index.ts";
import { configOf } from "./home.ts";

// The limits guard a bank against one person's flood; here one person is the load.
const unlimited = { burst: 1e9, perSecond: 1e9 };
const rateLimits = {
  perCaller: unlimited,
  perAddress: unlimited,
  signInPerAccount: unlimited,
  signInPerAddress: unlimited,
  signInTotal: unlimited,
};

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
const db = await openDatabase(config, { mode: "share" });
measureRequests();
const { closables, server } = await run({ config, db, logger: createLogger(config), webRoot: null, rateLimits });
await serveFloor(db, Number(floorPort));
const stop = async () => {
  await server.close();
  for (const { close } of closables) await close();
  process.exit(0);
};
process.on("disconnect", stop); // the one who measures is gone
process.on("message", async (wish) => {
  if (wish === "times") {
    process.send?.({ times, peakMiB: Math.round(process.resourceUsage().maxRSS / 1024) });
    times = [];
  }
  if (wish === "stop") await stop();
});
process.send?.("ready");
