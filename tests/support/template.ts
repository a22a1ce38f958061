import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { TestProject } from "vitest/node";
import { openBank } from "../../server/main/open-bank.ts";
import { readConfig } from "../../server/platform/config/index.ts";
import { openDatabase } from "../../server/platform/db/index.ts";
import { readContextKey, readPasswords } from "../../server/platform/db/login-keys.ts";

/** What a test file needs to clone the migrated template database and to sign in to its clone. */
export interface Template {
  /** Address of the administrator (superuser, past row-level security) on the database "postgres". */
  readonly adminUrl: string;
  readonly database: string;
  readonly passwords: { readonly app: string; readonly worker: string; readonly sealer: string };
  readonly contextKeyHex: string;
  /** Wraps the keys of encrypted columns, which every clone takes over from the template. */
  readonly masterKeyFile: string;
  /** Removed at the end of the run. */
  readonly scratch: string;
}

declare module "vitest" {
  interface ProvidedContext {
    template: Template;
  }
}

// Test files run side by side, each with its own small pools.
const CONNECTIONS_MAX = "80";

const FOLDER = "vinculo-test-";
const STOP_TRIES = 50;
const STOP_PAUSE_MS = 100;

/** Stops and removes the scratch servers of test runs that were killed: nobody else does. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => /^vinculo-test-\d+-/.test(entry))) {
    if (isAlive(Number(name.split("-")[2]))) continue;
    try {
      await sweepFolder(join(tmpdir(), name));
    } catch (error) {
      process.emitWarning(`left behind: ${name}: ${(error as Error).message}`); // another run sweeps it at this moment
    }
  }
}

async function sweepFolder(folder: string): Promise<void> {
  if (statSync(folder).uid !== process.getuid?.()) return;
  const pidFile = join(folder, "postgres", "postmaster.pid");
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, "utf8").split("\n")[0]) : 0;
  if (pid > 0 && isAlive(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder)) process.kill(pid, "SIGQUIT");
  for (let tries = 0; tries < STOP_TRIES && isAlive(pid); tries += 1) await wait(STOP_PAUSE_MS);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** A dead process that nobody has waited for yet (Z) keeps its number, in a container without an init for ever. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** Once a run: a scratch server without fsync in a temporary folder, one migrated database to clone, and the end of both. */
export default async function startTemplate(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const home = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
  const config = readConfig({ VINCULO_HOME: home, VINCULO_APP_CONNECTIONS: CONNECTIONS_MAX });
  try {
    const db = await openDatabase(config, { durable: false });
    // Makes the keys of encrypted columns and leaves: a template that somebody is connected to cannot be cloned.
    await (await openBank(config, { durable: false })).close();
    const { admin, app, worker, sealer } = readPasswords(home);
    const { port } = JSON.parse(readFileSync(join(home, "postgres.json"), "utf8")) as { port: number };
    project.provide("template", {
      adminUrl: `postgres://vinculo_admin:${admin}@127.0.0.1:${port}/postgres`,
      database: "vinculo",
      passwords: { app, worker, sealer },
      contextKeyHex: readContextKey(home).toString("hex"),
      masterKeyFile: config.encryption.keyFile,
      scratch: home,
    });
    return async () => {
      await db.close();
      rmSync(home, { recursive: true, force: true });
    };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}
