import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { Refusal } from "../../config/index.ts";
import { prepareBinaries } from "./binaries.ts";
import { createData, hasData, type Place, prepareHome, removeUnfinished } from "./data-folder.ts";
import { serverIdentity } from "./identity.ts";
import { type InstanceLock, takeLock } from "./instance-lock.ts";
import { halt, launch } from "./launch.ts";
import { adminUrl, findRunning } from "./running.ts";

export interface EmbeddedOptions {
  readonly home: string;
  readonly port: number;
  readonly connectionsMax: number;
  readonly durable: boolean;
  readonly password: () => string;
  readonly passwordIsThere: boolean;
  /** Hears what happens to the server, in words for the log. */
  readonly notice: (text: string) => void;
}

export interface EmbeddedServer {
  /** Login of the administrator (superuser) to one of its databases. */
  adminUrl(database: string): string;
  /** Leaves the server; the last Vinculo process that leaves stops it. */
  leave(): Promise<void>;
}

const LOCK_WAIT_MS = 180_000;
const RESTART_PAUSE_MS = 1_000;

/** Starts the PostgreSQL of this home, or joins the one that runs. While joined, a server that dies is started again. */
export async function joinServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  prepareHome(options.home);
  const home = realpathSync(options.home);
  const data = join(home, "postgres");
  const identity = serverIdentity(data);
  const binaries = prepareBinaries(home, identity);
  if (hasData(data, binaries.majorVersion) && !options.passwordIsThere) {
    throw new Refusal(
      `The database in ${data} is there but its passwords in ${join(home, "keys")} are not: restore that folder from your backup, or set VINCULO_HOME to another folder.`,
    );
  }
  const password = options.password();
  const ensure = () => underLock(home, () => ensureRunning(options, { home, data, identity, binaries, password }));
  const port = await ensure();
  const url = (database: string) => adminUrl(port, password, database);
  const presence = await stayPresent(url("postgres"), ensure, options.notice);
  return {
    adminUrl: url,
    async leave() {
      await presence.end();
      await underLock(home, async () => {
        if (await isUsed(url("postgres"), presence.name)) return;
        await halt(binaries, identity, data);
      });
    },
  };
}

async function ensureRunning(options: EmbeddedOptions, place: Place): Promise<number> {
  const { home, data, identity, binaries, password } = place;
  const memory = join(home, "postgres.json");
  let port = hasData(data, binaries.majorVersion) ? await findRunning(data, password) : null;
  if (port === null) {
    removeUnfinished(home);
    if (!hasData(data, binaries.majorVersion)) await createData(place, options.durable);
    const { connectionsMax, durable } = options;
    port = await launch({ binaries, identity, data, port: options.port, rememberedPort: rememberedPort(memory), connectionsMax, durable });
  }
  const pid = Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
  writeFileSync(`${memory}.new`, `${JSON.stringify({ port, pid })}\n`);
  renameSync(`${memory}.new`, memory);
  return port;
}

function rememberedPort(memory: string): number | null {
  try {
    const { port } = existsSync(memory) ? (JSON.parse(readFileSync(memory, "utf8")) as { port?: unknown }) : {};
    return typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  } catch {
    return null; // a spoilt memory costs a new port, nothing else
  }
}

/** One process at a time starts, joins or stops the server of a home. */
async function underLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const lock = await takeLock(home, "starting", LOCK_WAIT_MS);
  if ("heldBy" in lock)
    throw new Refusal(
      `Another Vinculo (pid ${lock.heldBy}) has been starting the database of ${home} for minutes: stop it and start again.`,
    );
  try {
    return await work();
  } finally {
    await (lock as InstanceLock).release();
  }
}

const PRESENCE = "vinculo presence";

/** Holds one connection open: it shows the other processes that we are here, and tells us when the server dies. */
async function stayPresent(
  url: string,
  ensure: () => Promise<number>,
  notice: (text: string) => void,
): Promise<{ readonly name: string; end(): Promise<void> }> {
  const name = `${PRESENCE} ${process.pid} ${randomBytes(6).toString("hex")}`;
  let ending = false;
  let client = await connectPresence(url, name, lost);
  function lost(): void {
    if (!ending) void recover();
  }
  async function recover(): Promise<void> {
    notice("the embedded database went away; starting it again");
    while (!ending) {
      try {
        await ensure();
        client = await connectPresence(url, name, lost);
        notice("the embedded database is back");
        return;
      } catch (error) {
        notice(`the embedded database does not come back: ${(error as Error).message}`);
        await wait(RESTART_PAUSE_MS);
      }
    }
  }
  return {
    name,
    async end() {
      ending = true;
      socketOf(client).ref();
      await client.end().catch(() => undefined);
    },
  };
}

async function connectPresence(url: string, name: string, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: name, keepAlive: true });
  client.on("error", () => undefined); // "end" follows
  await client.connect();
  client.on("end", lost);
  // The presence must not keep a finished process alive.
  socketOf(client).unref();
  return client;
}

function socketOf(client: pg.Client): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}

/** Whether another Vinculo is present. Our own ended presence may still be listed for a moment. */
async function isUsed(url: string, own: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, application_name: "vinculo leaving" });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(
      "select 1 from pg_stat_activity where starts_with(application_name, $1) and application_name <> $2 limit 1",
      [PRESENCE, own],
    );
    return rows.length > 0;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
