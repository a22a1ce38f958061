import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";

const CLI = fileURLToPath(new URL("../../server/main/cli.ts", import.meta.url));
const READY_MS = 600_000;

/** The product as a bank runs it, in a process of its own under a supervisor, with the demo bank. */
export class RunningBank {
  readonly home: string;
  readonly port: number;
  readonly #env: Record<string, string>;
  readonly #nodeArguments: readonly string[];
  #child: ChildProcess | null = null;
  #supervised = false;
  /** What the process said last, for the one who asks why it fell. */
  output = "";
  restarts = 0;

  constructor(home: string, port: number, env: Record<string, string> = {}, nodeArguments: readonly string[] = []) {
    this.home = home;
    this.port = port;
    this.#env = env;
    this.#nodeArguments = nodeArguments;
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts and waits until it is ready. Answers with the milliseconds that took. */
  async start(): Promise<number> {
    mkdirSync(this.home, { recursive: true });
    this.#supervised = true;
    this.#spawn();
    return this.untilReady();
  }

  #spawn(): void {
    const { NODE_ENV: _, VITEST: __, ...env } = process.env;
    const settings = {
      VINCULO_HOME: this.home,
      PORT: String(this.port),
      LOG_LEVEL: "warn",
      VINCULO_DISK_RESERVE_MIB: "64",
      VINCULO_DEMO_CUSTOMERS: "60",
      VINCULO_METRICS_TOKEN: METRICS_TOKEN,
    };
    const child = spawn(process.execPath, [...this.#nodeArguments, CLI, "start"], {
      env: { ...env, ...settings, ...this.#env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const hear = (chunk: Buffer) => {
      this.output = (this.output + chunk.toString()).slice(-20_000);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    this.#child = child;
    child.once("exit", () => {
      if (!this.#supervised || this.#child !== child) return;
      this.restarts += 1;
      this.#spawn();
    });
  }

  /** Milliseconds until the first 200 of readiness. */
  async untilReady(): Promise<number> {
    const startedMs = performance.now();
    while (performance.now() - startedMs < READY_MS) {
      if ((await this.status("/health/ready")) === 200) return performance.now() - startedMs;
      await wait(20);
    }
    throw new Error(`the bank is not ready after ${READY_MS / 1000} s:\n${this.output.slice(-2_000)}`);
  }

  /** 0 when nobody answers within two seconds. */
  async status(path: string): Promise<number> {
    try {
      const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, { signal: AbortSignal.timeout(2_000) });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Ends it gracefully; the supervisor lets it. Answers with its exit code and the milliseconds that took. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<{ code: number | null; ms: number }> {
    this.#supervised = false;
    const child = this.#child;
    if (child === null || child.exitCode !== null) return { code: child?.exitCode ?? null, ms: 0 };
    const startedMs = performance.now();
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill(signal);
    return { code: await ended, ms: performance.now() - startedMs };
  }

  /** The administrator of its embedded database. */
  adminUrl(): string {
    const { port } = JSON.parse(readFileSync(join(this.home, "postgres.json"), "utf8")) as { port: number };
    const { admin } = JSON.parse(readFileSync(join(this.home, "keys", "database.json"), "utf8")) as { admin: string };
    return `postgres://vinculo_admin:${admin}@127.0.0.1:${port}/vinculo`;
  }

  postmasterPid(): number {
    const file = join(this.home, "postgres", "postmaster.pid");
    return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : 0;
  }

  /** As the administrator, past row-level security: to look at what happened. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.adminUrl(), connectionTimeoutMillis: 10_000, application_name: "faults" });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** One value of /metrics. */
  async metric(name: string): Promise<number> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
    const line = (await answer.text()).split("\n").find((text) => text.startsWith(`${name} `) || text.startsWith(`${name}{`));
    return Number(line?.split(" ").at(-1) ?? Number.NaN);
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.home, { recursive: true, force: true });
  }
}

const METRICS_TOKEN = "faults-faults-faults";

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
