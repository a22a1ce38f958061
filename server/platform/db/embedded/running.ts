import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { Refusal } from "../../config/index.ts";
import { ADMIN_LOGIN } from "./data-folder.ts";

const ANSWER_MS = 60_000;
const RETRY_MS = 100;

export function adminUrl(port: number, password: string, database: string): string {
  return `postgres://${ADMIN_LOGIN}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * The port of the server that works on `data` already (left over by a killed Vinculo, or shared with one that runs), once it answers.
 * null when there is none; a stale pid file, as a crash or a restarted container leaves it, is removed.
 */
export async function findRunning(data: string, password: string): Promise<number | null> {
  const deadline = Date.now() + ANSWER_MS;
  for (;;) {
    const server = readPidFile(data);
    if (server === null) return null;
    if (!isServerOf(server.pid, data)) {
      rmSync(join(data, "postmaster.pid"), { force: true });
      return null;
    }
    if (server.port !== null && (await answersFor(server.port, password, data))) return server.port;
    if (Date.now() > deadline) {
      throw new Refusal(
        `The database of ${data} runs (pid ${server.pid}) but does not answer: look into ${join(data, "log")}, or stop it with kill -INT ${server.pid} and start again.`,
      );
    }
    await wait(RETRY_MS);
  }
}

function readPidFile(data: string): { pid: number; port: number | null } | null {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return { pid: Number.isInteger(pid) && pid > 0 ? pid : 0, port: Number.isInteger(port) && port > 0 ? port : null };
}

/** Whether that process is alive and a PostgreSQL on this folder: after a restart of the machine another may have its number. */
function isServerOf(pid: number, data: string): boolean {
  if (pid === 0) return false;
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return words[0]?.includes("postgres") === true && words.includes(data);
  } catch {
    return false;
  }
}

async function answersFor(port: number, password: string, data: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl(port, password, "postgres"), connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return rows[0]?.data_directory === data;
  } catch (error) {
    const state = (error as { code?: string }).code;
    if (state === "28P01" || state === "28000") {
      throw new Refusal(
        `The password in VINCULO_HOME/keys/database.json does not open the database in ${data}: restore that file from the backup of this database.`,
        error,
      );
    }
    return false; // starting up, shutting down, or not listening yet
  } finally {
    await client.end().catch(() => undefined);
  }
}
