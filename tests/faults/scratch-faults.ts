import { execFile, spawn } from "node:child_process";
import { openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { openBank } from "../../server/main/open-bank.ts";
import { readConfig } from "../../server/platform/config/index.ts";
import { openDatabase } from "../../server/platform/db/index.ts";
import type { Fault } from "./fault.ts";

// Faults of databases of their own, made and thrown away.
const CLI = fileURLToPath(new URL("../../server/main/cli.ts", import.meta.url));

const KILLS = 4;

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

const migrationKilled: Fault = {
  id: "F22",
  name: "a migration is killed in the middle",
  how: "vinculo migrate on a new home, SIGKILL in the middle of random migrations, four times, then to its end. That the version before still works on the new tables is for the first release to test",
  kind: "own",
  async run({ bank, folder, random }) {
    const home = join(folder, "home");
    let kills = 0;
    let code: number | null = null;
    while (code !== 0) {
      const child = spawn(process.execPath, [CLI, "migrate"], {
        env: { ...process.env, VINCULO_HOME: home },
        stdio: ["ignore", "ignore", "pipe"],
      });
      // In the middle of one of the next migrations, a moment after it is named; the last run is let through.
      let until = kills < KILLS ? 1 + Math.floor(random() * 12) : Number.POSITIVE_INFINITY;
      child.stderr.on("data", (chunk: Buffer) => {
        until -= chunk.toString().split("\n").length - 1;
        if (until <= 0) setTimeout(() => child.kill("SIGKILL"), random() * 50);
      });
      code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
      if (code !== null && code !== 0) return { pass: false, seen: `after ${kills} kills it ended with ${code}` };
      if (code === null) kills += 1;
    }
    const shape =
      "select (select count(*)::int from platform.migration) as migrations, (select count(*)::int from pg_class where relkind in ('r', 'p', 'v', 'i', 'I') and relnamespace::regnamespace::text !~ '^pg_') as things, (select count(*)::int from pg_policy) as policies";
    const db = await openBank(readConfig({ VINCULO_HOME: home }), { mode: "share" });
    const client = await connect(db.embeddedUrl ?? "");
    const { rows } = await client.query<Record<string, number>>(shape);
    await client.end();
    await db.close();
    const [whole] = await bank.query<Record<string, number>>(shape);
    // The running bank has partitions of its months besides.
    const alike = rows[0]?.migrations === whole?.migrations && rows[0]?.policies === whole?.policies;
    return {
      pass: alike && kills > 0,
      seen: `${kills} kills; ${rows[0]?.migrations} of ${whole?.migrations} migrations, ${rows[0]?.policies} of ${whole?.policies} policies`,
    };
  },
};

const pageFlipped: Fault = {
  id: "F23",
  name: "a byte of a data page changes",
  how: "the server is stopped, one byte of a table's file is turned over, the server started: reading it must fail, not answer",
  kind: "own",
  async run({ folder, random }) {
    const config = readConfig({ VINCULO_HOME: join(folder, "home") });
    const first = await openDatabase(config, { migrations: [], durable: false });
    const client = await connect(first.embeddedUrl ?? "");
    await client.query("create table staging.filled as select n, md5(n::text) as t from generate_series(1, 20000) n");
    const { rows } = await client.query<{ path: string }>("select pg_relation_filepath('staging.filled') as path");
    await client.end();
    await first.close();
    const file = openSync(join(config.home, "postgres", rows[0]?.path ?? ""), "r+");
    const byte = Buffer.alloc(1);
    const at = 8_192 * 3 + 24 + Math.floor(random() * 8_000);
    readSync(file, byte, 0, 1, at);
    writeSync(file, Buffer.from([(byte[0] ?? 0) ^ 0x10]), 0, 1, at);
    const second = await openDatabase(config, { migrations: [], durable: false });
    const reader = await connect(second.embeddedUrl ?? "");
    const outcome = await reader.query("select sum(length(t)) from staging.filled").then(
      () => "answered",
      (error: pg.DatabaseError) => error.code ?? "failed",
    );
    await reader.end();
    await second.close();
    return { pass: outcome === "XX001", seen: outcome === "XX001" ? "reading it fails with a checksum error (XX001)" : outcome };
  },
};

const drilled: Fault = {
  id: "F25",
  name: "a table is lost",
  how: "vinculo backup drill: base, log, a table dropped at T, restored to T - 1 s, compared",
  kind: "own",
  async run({ folder }) {
    const args = [CLI, "backup", "drill", "--folder", join(folder, "drill"), "--customers", "100", "--json"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 24 }).catch(
      (error: { stdout: string }) => error,
    );
    const line = stdout.trim().split("\n").at(-1) ?? "{}";
    const { isWhole, rpoSeconds, rtoSeconds, bytes } = JSON.parse(line) as {
      isWhole: boolean;
      rpoSeconds: number;
      rtoSeconds: number;
      bytes: number;
    };
    return {
      pass: isWhole,
      seen: `RPO ${rpoSeconds.toFixed(1)} s, RTO ${rtoSeconds.toFixed(1)} s for ${(bytes / 2 ** 20).toFixed(0)} MiB; rows, seals, row security and a sealed field as before`,
    };
  },
};

export const scratchFaults = [migrationKilled, pageFlipped, drilled];
