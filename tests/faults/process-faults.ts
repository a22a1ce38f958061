import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, RunningBank } from "./bank.ts";
import type { Fault, Stage } from "./fault.ts";
import { share } from "./load.ts";

const longest = (values: readonly number[]) => Math.max(0, ...values);

const killed: Fault = {
  id: "F01",
  name: "the server is killed at random",
  how: "SIGKILL under a supervisor, under load",
  kind: "bank",
  async run({ bank, startLoad, random, times }) {
    const load = startLoad();
    const backMs: number[] = [];
    for (let turn = 0; turn < 3 * times; turn += 1) {
      await wait(500 + random() * 2_000);
      const restartsBefore = bank.restarts;
      bank.kill("SIGKILL");
      while (bank.restarts === restartsBefore) await wait(5);
      backMs.push(await bank.untilReady());
    }
    const sent = await load.stop();
    const worstMs = longest(backMs);
    return { pass: worstMs <= 5_000, seen: `${backMs.length} kills, back after at most ${(worstMs / 1000).toFixed(1)} s`, sent };
  },
};

const workerKilled: Fault = {
  id: "F02",
  name: "a worker is killed in each step of a job",
  how: "SIGKILL before the work, before the commit that ends the job, and after it; another worker then takes what is left",
  kind: "own",
  async run({ bank, random }) {
    const steps = ["before_work", "before_commit", "after_commit"] as const;
    const run = Math.floor(random() * 1e9).toString(36);
    for (const step of steps) await runWorker({ home: bank.home, dieAt: step, marks: [`fault ${run} ${step}`] });
    const diedMs = performance.now();
    // What died after its commit is done: the other two are left.
    const code = await runWorker({ home: bank.home, dieAt: null, marks: steps.slice(0, 2) });
    const seconds = (performance.now() - diedMs) / 1_000;
    const rows = await bank.query<{ step: string; n: number }>(
      "select split_part(name, ' ', 3) as step, count(*)::int as n from platform.setting where name like $1 group by 1 order by 1",
      [`fault ${run} %`],
    );
    const once = rows.length === 3 && rows.every(({ n }) => n === 1);
    return {
      pass: code === 0 && once && seconds <= 40,
      seen: `each effect once: ${once}; taken up and done ${seconds.toFixed(1)} s after the last death (lease 30 s, and a new worker's start)`,
    };
  },
};

function runWorker(order: object): Promise<number | null> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "worker-process.ts"), JSON.stringify(order)], { stdio: "ignore" });
  const late = setTimeout(() => child.kill("SIGKILL"), 120_000);
  return new Promise((resolve) =>
    child.once("exit", (code) => {
      clearTimeout(late);
      resolve(code);
    }),
  );
}

const rolling: Fault = {
  id: "F03",
  name: "rolling restart of a pair",
  how: "two servers on one database (DATABASE_URL), SIGTERM to one after the other, a client that goes to the other on 503 or a refused connection",
  kind: "own",
  async run({ bank, startLoad }) {
    const env = { DATABASE_URL: bank.adminUrl() };
    const pair = [new RunningBank(bank.home, await freePort(), env), new RunningBank(bank.home, await freePort(), env)] as const;
    try {
      for (const one of pair) await one.start();
      const load = startLoad({ banks: pair, balances: true });
      await wait(1_000);
      const stops = [];
      for (const one of pair) {
        stops.push(await one.stop("SIGTERM"));
        await one.start();
        await wait(500);
      }
      const sent = await load.stop();
      const failed = sent.filter(({ status }) => status === 0 || status >= 500);
      const slowest = longest(stops.map(({ ms }) => ms));
      const clean = stops.every(({ code }) => code === 0);
      return {
        pass: failed.length === 0 && clean && slowest <= 20_000,
        seen: `${sent.length} requests, ${failed.length} failed${failed[0] === undefined ? "" : ` (${failed[0].kind} ${failed[0].status})`}; exit ${stops.map(({ code }) => code).join(", ")} after at most ${(slowest / 1000).toFixed(1)} s`,
        sent,
      };
    } finally {
      for (const one of pair) await one.stop("SIGKILL");
    }
  },
};

const pressed: Fault = {
  id: "F21",
  name: "little memory and a request that is too large",
  how: "a server with --max-old-space-size=256 on the same database; 500 MB of JSON, and 500 MB as an upload from somebody who may not load, under load",
  kind: "own",
  async run({ bank, startLoad, users }: Stage) {
    const small = new RunningBank(bank.home, await freePort(), { DATABASE_URL: bank.adminUrl() }, ["--max-old-space-size=256"]);
    const postmaster = bank.postmasterPid();
    try {
      await small.start();
      const load = startLoad({ banks: [small] });
      const statuses = [];
      for (const type of ["application/json", "application/octet-stream"])
        statuses.push(await sendHuge(small, users[0]?.cookie ?? "", type));
      await wait(1_000);
      const sent = await load.stop();
      const alive = small.restarts === 0 && (await small.status("/health/live")) === 200 && bank.postmasterPid() === postmaster;
      const shed = statuses.every((status) => status === 0 || (status >= 400 && status < 500));
      return {
        pass: alive && shed && share(sent, ({ status }) => status === 200) > 0.95,
        seen: `answers ${statuses.join(", ")} (0: cut off); ${(share(sent, ({ status }) => status === 200) * 100).toFixed(1)} % of the others answered; server and database alive: ${alive}`,
        sent,
      };
    } finally {
      await small.stop("SIGKILL");
    }
  },
};

async function sendHuge(bank: RunningBank, cookie: string, type: string): Promise<number> {
  let left = 500;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left-- <= 0) return controller.close();
      controller.enqueue(new Uint8Array(1_000_000).fill(0x20));
    },
  });
  const path = type === "application/json" ? "/api/session" : "/api/loads/uploads?name=huge.csv";
  const headers = { cookie, origin: bank.origin, "sec-fetch-site": "same-origin", "content-type": type };
  const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
  return fetch(`http://127.0.0.1:${bank.port}${path}`, init).then(
    async (answer) => {
      await answer.arrayBuffer().catch(() => undefined);
      return answer.status;
    },
    () => 0,
  );
}

const skewed: Fault = {
  id: "F18",
  name: "the clock jumps",
  how: "no libfaketime here: Node's clock is moved by a preloaded module (+40 days, -1 hour) while the database keeps its own",
  kind: "own",
  async run({ bank, startLoad }: Stage) {
    const seen = [];
    let pass = true;
    const sent = [];
    for (const [words, seconds] of [
      ["+40 d", 40 * 86_400],
      ["-1 h", -3_600],
    ] as const) {
      const preload = join(import.meta.dirname, "moved-clock.ts");
      const other = new RunningBank(bank.home, await freePort(), { DATABASE_URL: bank.adminUrl(), FAULT_CLOCK_SECONDS: String(seconds) }, [
        "--import",
        preload,
      ]);
      try {
        await other.start();
        const load = startLoad({ banks: [other] });
        await wait(500);
        process.kill(other.pid, "SIGUSR2");
        await wait(2_000);
        const answers = await load.stop();
        sent.push(...answers);
        const crashed = other.restarts > 0;
        const served = share(answers, ({ status }) => status === 200);
        pass &&= !crashed && answers.every(({ status, code }) => status < 500 || code === "unavailable");
        seen.push(
          `${words}: ${(served * 100).toFixed(0)} % served, the rest refused${answers.find(({ code }) => code !== null)?.code ? ` (${answers.find(({ code }) => code !== null)?.code})` : ""}`,
        );
      } finally {
        await other.stop("SIGKILL");
      }
    }
    const [early] = await bank.query<{ n: number }>("select count(*)::int as n from governance.session where revoked_at > now()");
    return { pass, seen: `${seen.join("; ")}; ${early?.n ?? 0} sessions ended in the future`, sent };
  },
};

export const processFaults = [killed, workerKilled, rolling, skewed, pressed];
