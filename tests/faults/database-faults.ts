import { execFileSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, RunningBank } from "./bank.ts";
import type { Fault, Stage } from "./fault.ts";
import { percentile, type Sent, share } from "./load.ts";
import { FaultProxy } from "./proxy.ts";

const seconds = (ms: number) => (ms / 1_000).toFixed(1);
const ok = ({ status }: Sent) => status === 200;

const postmasterKilled: Fault = {
  id: "F04",
  name: "the database is killed",
  how: "SIGKILL of the postmaster, under load; Vinculo itself goes on",
  kind: "bank",
  async run({ bank, startLoad }) {
    const load = startLoad();
    await wait(1_000);
    const serverPid = bank.pid;
    process.kill(bank.postmasterPid(), "SIGKILL");
    await wait(300);
    const backMs = await bank.untilReady();
    await wait(1_000);
    const sent = await load.stop();
    const isSame = bank.pid === serverPid;
    return {
      pass: backMs <= 30_000 && isSame,
      seen: `back after ${seconds(backMs + 300)} s without a restart: ${isSame}; ${(share(sent, ok) * 100).toFixed(1)} % answered`,
      sent,
    };
  },
};

const restarted: Fault = {
  id: "F05",
  name: "the database restarts, and connections are ended all the time",
  how: "SIGQUIT (immediate) to the postmaster; then pg_terminate_backend of a random connection every 200 ms, under load",
  kind: "bank",
  async run({ bank, startLoad, random }) {
    const load = startLoad();
    await wait(500);
    const serverPid = bank.pid;
    process.kill(bank.postmasterPid(), "SIGQUIT");
    await wait(300);
    const backMs = await bank.untilReady();
    const fromMs = performance.now() - load.startedMs;
    for (let turn = 0; turn < 15; turn += 1) {
      await bank.query(
        `select pg_terminate_backend(pid) from (select pid from pg_stat_activity where usename in ('vinculo_app', 'vinculo_worker') order by pid offset $1 limit 1) one`,
        [Math.floor(random() * 5)],
      );
      await wait(200);
    }
    const sent = await load.stop();
    const ended = sent.filter(({ atMs }) => atMs >= fromMs);
    const failed = share(ended, ({ status }) => status === 0 || status >= 500);
    return {
      pass: bank.pid === serverPid && sent.every(({ code }) => code !== "internal") && failed <= 0.1,
      seen: `back after ${seconds(backMs + 300)} s; while connections were ended ${(failed * 100).toFixed(1)} % of ${ended.length} requests got 503, none "internal"`,
      sent,
    };
  },
};

const exhausted: Fault = {
  id: "F06",
  name: "no connection is left",
  how: "the application's login gets no connection (CONNECTION LIMIT 0, its connections ended), under load; then as before",
  kind: "bank",
  async run({ bank, startLoad }) {
    const load = startLoad();
    await wait(500);
    await bank.query("alter role vinculo_app connection limit 0");
    await bank.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'vinculo_app'");
    await wait(200);
    const fromMs = performance.now() - load.startedMs;
    await wait(2_500);
    const live = await bank.status("/health/live");
    const toMs = performance.now() - load.startedMs;
    await bank.query("alter role vinculo_app connection limit -1");
    const backMs = await bank.untilReady();
    await wait(1_000);
    const sent = await load.stop();
    const during = sent.filter(({ atMs, ms }) => atMs >= fromMs && atMs + ms <= toMs);
    const slowest = percentile(
      during.map(({ ms }) => ms),
      1,
    );
    const told = during.every(({ status, retryAfter }) => status === 503 && retryAfter !== null);
    return {
      pass: during.length > 0 && told && slowest <= 2_200 && live === 200 && backMs <= 5_000,
      seen: `${during.length} requests, all 503 with Retry-After: ${told}, the slowest after ${seconds(slowest)} s; liveness ${live}; back after ${seconds(backMs)} s`,
      sent,
    };
  },
};

/** A second server whose way to the same database leads over a proxy. */
async function overProxy<T>({ bank, random }: Stage, work: (other: RunningBank, proxy: FaultProxy) => Promise<T>): Promise<T> {
  const { port } = new URL(bank.adminUrl());
  const proxy = await FaultProxy.to({ host: "127.0.0.1", port: Number(port) }, random);
  const other = new RunningBank(bank.home, await freePort(), { DATABASE_URL: proxy.through(bank.adminUrl()) });
  try {
    await other.start();
    return await work(other, proxy);
  } finally {
    await other.stop("SIGKILL");
    await proxy.close();
  }
}

const slow: Fault = {
  id: "F11",
  name: "the database is far away",
  how: "own TCP proxy, +50 and +200 ms each way with jitter, under a quarter of the load",
  kind: "own",
  run: (stage) =>
    overProxy(stage, async (other, proxy) => {
      const measure = async (delayMs: number) => {
        proxy.weather = { delayMs, jitterMs: delayMs / 5 };
        const load = stage.startLoad({ banks: [other] });
        await wait(3_000);
        const sent = await load.stop();
        return {
          sent,
          p99: percentile(
            sent.filter(({ kind }) => kind === "read").map(({ ms }) => ms),
            0.99,
          ),
        };
      };
      const base = await measure(0);
      const near = await measure(25);
      const far = await measure(100);
      proxy.weather = {};
      const heapMiB = (await other.metric("nodejs_heap_size_used_bytes")) / 2 ** 20;
      const answered = share([...near.sent, ...far.sent], ({ status }) => status === 200 || status === 503);
      return {
        pass: answered === 1 && heapMiB < 512 && near.p99 <= base.p99 + 12 * 55,
        seen: `p99 of reads ${seconds(base.p99)} s, ${seconds(near.p99)} s at +50 ms a round trip, ${seconds(far.p99)} s at +200 ms; heap ${heapMiB.toFixed(0)} MiB; all answered or told 503`,
        sent: [...base.sent, ...near.sent, ...far.sent],
      };
    }),
};

const silent: Fault = {
  id: "F12",
  name: "the database no longer answers and no socket closes",
  how: "own TCP proxy stops forwarding under load, and goes on after six seconds",
  kind: "own",
  run: (stage) =>
    overProxy(stage, async (other, proxy) => {
      const load = stage.startLoad({ banks: [other] });
      await wait(1_500);
      const fromMs = performance.now() - load.startedMs;
      proxy.weather = { blackHole: true };
      await wait(6_000);
      const live = await other.status("/health/live");
      const ready = await other.status("/health/ready");
      proxy.weather = {};
      const backMs = await other.untilReady();
      const sent = await load.stop();
      const during = sent.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + 5_500);
      const slowest = percentile(
        during.map(({ ms }) => ms),
        1,
      );
      return {
        pass: slowest <= 7_500 && live === 200 && ready !== 200 && backMs <= 10_000 && during.every(({ status }) => status !== 0),
        seen: `the slowest of ${during.length} requests told after ${seconds(slowest)} s (5 s for a statement, 2 s for a connection); liveness ${live}, readiness ${ready}; back after ${seconds(backMs)} s`,
        sent,
      };
    }),
};

const stormed: Fault = {
  id: "F19",
  name: "a hundred write to the same rows at once",
  how: "a hundred objections for one record in parallel; and pairs of transactions that lock two rows crosswise (see also the tests of transactions)",
  kind: "bank",
  async run({ bank, users }) {
    const user = users[0];
    const target = user?.customers[0];
    if (user === undefined || target === undefined) throw new Error("nobody to write as");
    const headers = { cookie: user.cookie, origin: bank.origin, "sec-fetch-site": "same-origin", "content-type": "application/json" };
    const body = { partyId: target.partyId, purpose: "research", channel: "email", act: "objected", obtainedBy: "branch" };
    const statuses = await Promise.all(
      Array.from({ length: 100 }, async (_, turn) => {
        const answer = await fetch(`http://127.0.0.1:${bank.port}/api/customers/${target.customerId}/consents`, {
          ...{ method: "POST", headers, body: JSON.stringify({ ...body, note: `storm ${turn}` }) },
        });
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
    const count = (test: (status: number) => boolean) => statuses.filter(test).length;
    const [rows] = await bank.query<{ n: number }>(
      "select count(*)::int as n from customers.consent where party_id = $1 and note like 'storm %'",
      [target.partyId],
    );
    const done = count((status) => status === 200);
    const internal = count((status) => status === 500);
    return {
      pass: internal === 0 && rows?.n === done,
      seen: `${done} done, ${count((status) => status >= 400)} told to wait or refused, ${internal} internal; ${rows?.n} rows`,
    };
  },
};

/** F10 and F23 need a word with the machine. */
export function has(program: string): boolean {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export const databaseFaults = [postmasterKilled, restarted, exhausted, slow, silent, stormed];
