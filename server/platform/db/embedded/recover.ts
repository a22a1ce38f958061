import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { Refusal } from "../../config/index.ts";
import { readPasswords } from "../login-keys.ts";
import { giveAway, prepareBinaries } from "./binaries.ts";
import { hasData, lastLine } from "./data-folder.ts";
import { serverIdentity } from "./identity.ts";
import { halt, launch } from "./launch.ts";
import { adminUrl, findRunning } from "./running.ts";

export interface Recovery {
  /** Its folder `postgres` holds a base, `postgres-log` the segments of the log behind it, `keys` the passwords. */
  readonly home: string;
  /** null: as far as the log goes. */
  readonly to: Date | null;
  readonly connectionsMax: number;
  /** false only for scratch servers of tests. */
  readonly durable: boolean;
}

const RETRY_MS = 100;
// Ten gigabytes of log take minutes; a recovery that stands still for longer has died.
const RECOVERY_MS = 6 * 3_600_000;

/** Brings a base to a moment by replaying the log, and stops the server again. Answers with the time of the last transaction. Fails with Refusal when the log ends before. */
export async function recoverData({ home, to, connectionsMax, durable }: Recovery): Promise<{ readonly lastTransactionAt: Date | null }> {
  const data = join(home, "postgres");
  const log = join(home, "postgres-log");
  const identity = serverIdentity(data);
  const binaries = prepareBinaries(home, identity);
  hasData(data, binaries.majorVersion);
  writeFileSync(join(data, "recovery.signal"), "");
  chmodSync(data, 0o700);
  chmodSync(log, 0o700);
  if (identity !== null) for (const folder of [data, log]) giveAway(folder, identity);
  const settings = {
    restore_command: 'cp "../postgres-log/%f" "%p" 2>/dev/null',
    recovery_target_timeline: "current",
    recovery_target_action: "promote",
    hot_standby: "off", // nobody is let in before the moment is reached
    ...(to === null
      ? {}
      : { recovery_target_time: to.toISOString().replace("T", " ").replace("Z", "+00"), recovery_target_inclusive: "on" }),
  };
  const { admin: password } = readPasswords(home);
  const port = await launch({ binaries, identity, data, port: 0, rememberedPort: null, connectionsMax, durable, settings }).catch(
    (error: unknown) => {
      // A short log is read to its end before anybody sees that the server came up.
      throw endsEarly(data) ? ended(data) : error;
    },
  );
  try {
    const lastTransactionAt = await waitUntilOpen(adminUrl(port, password, "postgres"), data, password);
    rmSync(log, { recursive: true, force: true });
    return { lastTransactionAt };
  } finally {
    await halt(binaries, identity, data);
  }
}

async function waitUntilOpen(url: string, data: string, password: string): Promise<Date | null> {
  const deadline = performance.now() + RECOVERY_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ at: Date | null }>(
        "select pg_last_xact_replay_timestamp() as at where not pg_is_in_recovery()",
      );
      if (rows[0] !== undefined) return rows[0].at;
    } catch (error) {
      const state = (error as { code?: string }).code;
      if (state === "28P01")
        throw new Refusal("The keys given do not belong to this backup: its database does not know their passwords.", error);
      // 57P03: still replaying. Otherwise the server may have ended.
      if (state !== "57P03" && (await findRunning(data, password)) === null) throw ended(data);
    } finally {
      await client.end().catch(() => undefined);
    }
    if (performance.now() > deadline) throw new Refusal(`The recovery in ${data} does not end: look into ${join(data, "log")}.`);
    await wait(RETRY_MS);
  }
}

function wordsOf(data: string): string {
  const folder = join(data, "log");
  if (!existsSync(folder)) return "";
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

const endsEarly = (data: string): boolean => /recovery ended before configured recovery target/.test(wordsOf(data));

function ended(data: string): Refusal {
  return endsEarly(data)
    ? new Refusal("The archived log ends before that moment: restore to an earlier one, or without --to to the last transaction there is.")
    : new Refusal(`The recovery in ${data} failed: ${lastLine(wordsOf(data))}.`);
}
