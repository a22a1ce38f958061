import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Refusal } from "../../config/index.ts";
import type { Binaries } from "./binaries.ts";
import { lastLine } from "./data-folder.ts";
import type { Identity } from "./identity.ts";
import { runProgram } from "./run.ts";
import { settingsFile } from "./sizing.ts";

export interface Launch {
  readonly binaries: Binaries;
  readonly identity: Identity | null;
  readonly data: string;
  /** 0: any free port, `rememberedPort` first. */
  readonly port: number;
  readonly rememberedPort: number | null;
  readonly connectionsMax: number;
  readonly durable: boolean;
  /** Beside those of the machine, for this start only. */
  readonly settings?: Readonly<Record<string, string>>;
}

const START_SECONDS = 120; // recovery after a crash may take a while
const STOP_SECONDS = 60;
const TRIES_MAX = 3; // somebody may take a free port before the server does; a killed server's children need a moment to end

/** Starts the server on `data` and answers with its port. Each way to fail is one sentence. */
export async function launch(options: Launch): Promise<number> {
  const { binaries, identity, data } = options;
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(options);
    const settings = join(data, "vinculo.conf");
    const startLog = join(data, "start.log");
    const { connectionsMax, durable, settings: more = {} } = options;
    writeFileSync(settings, settingsFile(data, { port, connectionsMax, durable, more }), { mode: 0o600 });
    if (identity !== null) chownSync(settings, identity.uid, identity.gid);
    rmSync(startLog, { force: true });
    const outcome = await runProgram(binaries, identity, data, "pg_ctl", [
      "start",
      "-D",
      data,
      "-w",
      "-t",
      String(START_SECONDS),
      "-s",
      "-l",
      startLog,
    ]);
    if (outcome.exitCode === 0) return port;
    const reason = `${outcome.output}\n${existsSync(startLog) ? readFileSync(startLog, "utf8") : ""}`;
    const passing = /Address already in use|pre-existing shared memory block/.test(reason);
    if (!passing || attempt >= TRIES_MAX) throw explain(reason, data, port);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

export async function halt(binaries: Binaries, identity: Identity | null, data: string): Promise<void> {
  await runProgram(binaries, identity, data, "pg_ctl", ["stop", "-D", data, "-m", "fast", "-w", "-t", String(STOP_SECONDS), "-s"]);
}

async function choosePort({ port, rememberedPort }: Launch): Promise<number> {
  if (port !== 0) {
    if (await isFree(port)) return port;
    throw new Refusal(
      `Port ${port} on 127.0.0.1, which VINCULO_DB_PORT asks for, is taken: stop the program that uses it, or set VINCULO_DB_PORT to another port or 0.`,
    );
  }
  if (rememberedPort !== null && (await isFree(rememberedPort))) return rememberedPort;
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

function explain(reason: string, data: string, port: number): Refusal {
  if (/Address already in use/.test(reason))
    return new Refusal(`Port ${port} on 127.0.0.1 is taken: set VINCULO_DB_PORT to another port or 0.`);
  if (/No space left on device/.test(reason))
    return new Refusal(`The database did not start because the disk of ${data} is full: make room and start again.`);
  if (/could not map anonymous shared memory|Cannot allocate memory/.test(reason)) {
    return new Refusal("The database did not start because the machine has too little free memory: stop other programs, or give it more.");
  }
  return new Refusal(`The database in ${data} did not start: ${lastLine(reason)}; the log is in ${join(data, "log")}.`);
}
