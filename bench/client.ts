import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** One measured stream of requests: milliseconds, in order of size. */
export interface Measured {
  /** In the server, from headers to answer. */
  readonly serverMs: readonly number[];
  /** As a client sees it, counted from the moment the request was due. */
  readonly clientMs: readonly number[];
  readonly answeredPerSecond: number;
  /** Processor time a request took in the server and its database connections. */
  readonly cpuMs: number;
  /** Turned away by a server with too much to do (503). */
  readonly refused: number;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A path that is got, or what is posted to one. */
export type Wish = string | { readonly path: string; readonly body: string };
export const pathOf = (wish: Wish): string => (typeof wish === "string" ? wish : wish.path);

export interface Bank {
  readonly origin: string;
  signIn(login: string): Promise<string>;
  ask(cookie: string, wish: Wish): Promise<Answer>;
  /** Sends `wishes` in turn at a fixed rate, whether or not the ones before were answered. */
  stream(cookie: string | null, wishes: readonly Wish[], options: { perSecond: number; seconds: number }): Promise<Measured>;
  peakMiB(): Promise<number>;
  close(): Promise<void>;
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const PASSWORD = "vinculo-demo";
export const FLOOR = "/floor/";

/** The server under measurement, started on a free port. */
export async function startBank(home: string): Promise<Bank> {
  const [port, floorPort] = [await freePort(), await freePort()];
  const script = fileURLToPath(new URL("serve.ts", import.meta.url));
  const child = fork(script, [home, String(port), String(floorPort)], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  await Promise.race([once(child, "message"), once(child, "exit").then(() => Promise.reject(new Error("the server did not start")))]);
  const origin = `http://localhost:${port}`;
  let sent = 0;
  const send = (cookie: string | null, wanted: Wish, more: Record<string, string> = {}, given?: string) => {
    const { path, body = given } = asked(wanted);
    const headers = body === given ? more : { ...more, origin, "sec-fetch-site": "same-origin", "content-type": "application/json" };
    return exchange(path.startsWith(FLOOR) ? floorPort : port, cookie, path, headers, body);
  };
  return {
    origin,
    async signIn(login) {
      const body = JSON.stringify({ login, password: PASSWORD });
      const headers = { origin, "sec-fetch-site": "same-origin", "content-type": "application/json" };
      const answer = await send(null, "/api/session", headers, body);
      const cookie = answer.setCookie?.split(";")[0];
      if (answer.status !== 200 || cookie === undefined) throw new Error(`${login} could not sign in: ${answer.status} ${answer.body}`);
      return cookie;
    },
    ask: (cookie, wish) => send(cookie, wish),
    async stream(cookie, wishes, { perSecond, seconds }) {
      const before = await messageOf(child, "times");
      const count = Math.round(perSecond * seconds);
      const startMs = performance.now();
      const pending: Promise<number>[] = [];
      let refused = 0;
      for (let turn = 0; turn < count; turn += 1) {
        const dueMs = startMs + (turn * 1000) / perSecond;
        const aheadMs = dueMs - performance.now();
        if (aheadMs > 0) await wait(aheadMs);
        const wish = wishes[turn % wishes.length] ?? "";
        sent += 1;
        const asked = send(cookie, wish, { "x-bench": String(sent) }).then(({ status, body }) => {
          if (status === 503) refused += 1;
          else if (status !== 200) throw new Error(`${pathOf(wish)}: ${status} ${body.slice(0, 300)}`);
          return performance.now() - dueMs;
        });
        asked.catch(() => undefined);
        pending.push(asked);
      }
      const clientMs = await Promise.all(pending);
      const answeredPerSecond = (count - refused) / ((performance.now() - startMs) / 1000);
      const { times, cpuMs } = await messageOf(child, "times");
      return {
        cpuMs: (cpuMs - before.cpuMs) / count,
        serverMs: times.map(([, ms]) => ms).sort(ascending),
        clientMs: clientMs.sort(ascending),
        answeredPerSecond,
        refused,
      };
    },
    peakMiB: async () => (await messageOf(child, "times")).peakMiB,
    async close() {
      child.send("stop");
      await once(child, "exit");
    },
  };
}

/** What is too personal for an address is asked for in the body, as the web does. */
function asked(wanted: Wish): { path: string; body?: string } {
  if (typeof wanted !== "string") return wanted;
  const { pathname, searchParams } = new URL(wanted, "http://localhost");
  if (!["text", "filter", "after"].some((name) => searchParams.has(name))) return { path: wanted };
  return { path: `${pathname}/ask`, body: JSON.stringify(Object.fromEntries(searchParams)) };
}

const ascending = (a: number, b: number) => a - b;

/** The value below which `share` of the sorted values lie. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

interface Times {
  readonly times: [number, number][];
  readonly cpuMs: number;
  readonly peakMiB: number;
}

async function messageOf(child: ChildProcess, wish: "times"): Promise<Times> {
  const answered = once(child, "message");
  child.send(wish);
  const [message] = (await answered) as [Times];
  return message;
}

function exchange(
  port: number,
  cookie: string | null,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Answer & { setCookie: string | undefined }> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const sending = request(
      { host: "127.0.0.1", port, path, method, agent, headers: { ...headers, ...(cookie === null ? {} : { cookie }) } },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(parts).toString(),
            setCookie: response.headers["set-cookie"]?.[0],
          }),
        );
      },
    );
    sending.on("error", reject);
    sending.end(body);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
