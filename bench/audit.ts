import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { viewCustomer } from "../server/customers/overview/view-customer.ts";
import { operatorCaller } from "../server/governance/access/index.ts";
import {
  checkDatabase,
  exportTrail,
  openKey,
  type Sealed,
  sealRows,
  verifyBundle,
  withSealer,
} from "../server/governance/audit-seals/index.ts";
import { openBank } from "../server/main/open-bank.ts";
import type { Caller } from "../server/platform/caller/index.ts";
import { type Db, inTransaction, sql } from "../server/platform/db/index.ts";
import { percentile } from "./client.ts";
import { connectAdmin } from "./grow.ts";
import { configOf, filledHome } from "./home.ts";
import { printRows } from "./table.ts";

const BLOCK_ROWS = 2_000;
const RATE_PER_SECOND = 2_000;
const ROWS_PER_TRANSACTION = 20;
const SEAL_EVERY_MS = 3_000;
// Short turns, so that what else the machine does meets both alike.
const VIEWS = 50;
const ROUNDS = 30;

type Connection = Parameters<typeof sealRows>[0];
type Key = Parameters<typeof sealRows>[1];

/** Sealing as fast as it goes and beside 2,000 rows a second; verifying database and file; and what a row costs the view it is about. */
export async function benchAudit(home: string, customers: number, rows: number, seconds: number): Promise<void> {
  await filledHome(home, customers);
  const config = configOf(home);
  const db = await openBank(config, { mode: "share" });
  const admin = await connectAdmin(config);
  const folder = mkdtempSync(join(tmpdir(), "vinculo-bench-trail-"));
  try {
    const caller = await operatorCaller(db);
    await withSealer(db, async (connection) => {
      const key = await openKey(connection, config.audit.keyFile);
      await sealAll(connection, key);
      const live = await timed(() => sealBesideWriting(db, caller, connection, key, seconds));
      await writeRows(db, caller, rows);
      const sealing = await timed(() => sealAll(connection, key));
      const checked = await timed(() => checkDatabase({ connection, keys: [key.publicKey], certificates: [] }));
      const file = join(folder, "trail.jsonl");
      const exported = await timed(() => exportTrail({ connection, key, from: null, to: null, file, now: new Date() }));
      const verified = await timed(() => verifyBundle(file, { keys: [key.publicKey] }));
      if (checked.result.check.faultCount + verified.result.faultCount > 0) throw new Error("the trail is not whole");
      const line = (work: string, count: number, took: { seconds: number; cpu: number }, note: string) => ({
        work,
        rows: count.toLocaleString("en"),
        seconds: took.seconds.toFixed(1),
        "rows/s": Math.round(count / took.seconds).toLocaleString("en"),
        "cpu s": took.cpu.toFixed(1),
        note,
      });
      const { result } = live;
      printRows([
        line(
          `sealing beside ${RATE_PER_SECOND} rows/s written`,
          result.rows,
          live,
          `a row waited at most ${result.waitedMs} ms; ${result.busyPercent} % of the time sealing`,
        ),
        line("sealing what waits", sealing.result, sealing, ""),
        line("verify the database", checked.result.check.rows, checked, `${checked.result.check.seals} seals`),
        line("export", exported.result.rows, exported, `${Math.round(statSync(file).size / 2 ** 20)} MiB`),
        line(
          "verify the file",
          verified.result.rows,
          verified,
          `peak memory of the whole process ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
        ),
      ]);
    });
    await benchViews(db, caller, admin);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await admin.end();
    await db.close();
  }
}

/** `cpu`: seconds of processor time of this process; the database has its own. */
async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number; cpu: number }> {
  const [startMs, start] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(start);
  return { result, seconds: (performance.now() - startMs) / 1000, cpu: (user + system) / 1e6 };
}

async function sealAll(connection: Connection, key: Key): Promise<number> {
  let rows = 0;
  for (let sealed: Sealed | null = await sealRows(connection, key); sealed !== null; sealed = await sealRows(connection, key))
    rows += sealed.rows;
  return rows;
}

/** Rows as views and lists write them: one subject, now and then fifty. */
function writeBlock(db: Db, caller: Caller, rows: number): Promise<unknown> {
  const statement = sql`
    insert into governance.audit_event (actor_id, session_id, request_id, purpose, action, subject_kind, subject_ids, subject_count, query_hash, detail, field_classes, ip_address, user_agent)
    select ${caller.userId}, null, gen_random_uuid()::text, 'job', 'customer.viewed', 'customer',
      case when n % 20 = 0 then array(select gen_random_uuid() from generate_series(1, 50)) else array[gen_random_uuid()] end, 1, sha256(n::text::bytea),
      '{"partyId": "01900000-0000-7000-8000-000000000000"}', '{name,contact,identifier,money}', '192.0.2.7', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'
    from generate_series(1, ${rows}::int) n`;
  return inTransaction(db, caller, (tx) => statement.execute(tx), { role: "worker" });
}

async function writeRows(db: Db, caller: Caller, rows: number): Promise<void> {
  for (let written = 0; written < rows; written += BLOCK_ROWS) await writeBlock(db, caller, Math.min(BLOCK_ROWS, rows - written));
}

async function sealBesideWriting(db: Db, caller: Caller, connection: Connection, key: Key, seconds: number) {
  const startMs = performance.now();
  let [writing, waitedMs, rows, busyMs] = [true, 0, 0, 0];
  const writer = (async () => {
    const pending: Promise<unknown>[] = [];
    for (let turn = 0; turn * ROWS_PER_TRANSACTION < RATE_PER_SECOND * seconds; turn += 1) {
      const aheadMs = startMs + (turn * ROWS_PER_TRANSACTION * 1000) / RATE_PER_SECOND - performance.now();
      if (aheadMs > 0) await wait(aheadMs);
      pending.push(writeBlock(db, caller, ROWS_PER_TRANSACTION));
    }
    await Promise.all(pending);
    writing = false;
  })();
  while (writing) {
    await wait(SEAL_EVERY_MS);
    for (;;) {
      const { result: sealed, seconds: took } = await timed(() => sealRows(connection, key));
      busyMs += took * 1000;
      if (sealed === null) break;
      rows += sealed.rows;
      const { firstAt } = JSON.parse(sealed.statement) as { firstAt: string };
      waitedMs = Math.max(waitedMs, Math.round(Date.now() - Date.parse(firstAt)));
    }
  }
  await writer;
  rows += await sealAll(connection, key);
  const tookMs = performance.now() - startMs;
  return { rows, waitedMs, busyPercent: Math.round((busyMs / tookMs) * 100) };
}

/** The view with its audit row, and with a rule of the scratch database that drops the row: by turns, so that both meet the same noise. */
async function benchViews(db: Db, caller: Caller, admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ id: string }>(
    "select customer_id as id from customers.customer where compartments is null order by md5(customer_id::text) limit $1",
    [VIEWS],
  );
  const times: Record<"with" | "without", number[]> = { with: [], without: [] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const kind of ["with", "without"] as const) {
        await admin.query("drop rule if exists bench_no_audit on governance.audit_event");
        if (kind === "without") await admin.query("create rule bench_no_audit as on insert to governance.audit_event do instead nothing");
        for (const { id } of rows.slice(0, 10)) await inTransaction(db, caller, (tx) => viewCustomer(tx, caller, id));
        for (const { id } of rows)
          times[kind].push((await timed(() => inTransaction(db, caller, (tx) => viewCustomer(tx, caller, id)))).seconds * 1000);
      }
    }
  } finally {
    await admin.query("drop rule if exists bench_no_audit on governance.audit_event");
  }
  const line = (kind: "with" | "without") => {
    const sorted = times[kind].sort((a, b) => a - b);
    return {
      view: `${kind} its audit row`,
      views: String(sorted.length),
      "p50 ms": percentile(sorted, 0.5).toFixed(2),
      "p95 ms": percentile(sorted, 0.95).toFixed(2),
      "p99 ms": percentile(sorted, 0.99).toFixed(2),
    };
  };
  printRows([line("with"), line("without")]);
  const added = percentile(times.with, 0.95) - percentile(times.without, 0.95);
  console.log(`the audit row adds ${added.toFixed(2)} ms at p95: ${added < 5 ? "met" : "missed"} (goal: under 5)`);
}
