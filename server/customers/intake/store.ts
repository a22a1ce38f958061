import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { notify } from "../../platform/events/index.ts";
import type { BalanceBreak, KindCounts, Load, LoadFile, LoadPhase, LoadProgress, LoadQuery, LoadReport, LoadState } from "./contract.ts";
import * as contract from "./contract.ts";
import type { LoadFailure } from "./failure/contract.ts";
import { reasonOf } from "./failure/failure-of.ts";
import type { ChunkTotal, LandedTotal } from "./rules.ts";

// ---------------------------------------------------------------- loads

export interface LoadHead {
  readonly loadId: string;
  readonly loadNo: number;
  readonly sourceId: number;
  readonly mappingId: string;
  readonly state: LoadState;
  readonly startedAt: Date;
  readonly correctsLoadNo: number | null;
  readonly report: LoadReport | null;
}

/** Where a file of a delivery lies: among the uploads, or at a path of the machine the command line ran on. */
export type GivenPlace = { readonly name: string; readonly uploadId: string } | { readonly name: string; readonly path: string };

const head =
  sql.raw(`load_id as "loadId", load_no as "loadNo", source_id as "sourceId", mapping_id as "mappingId", state, started_at as "startedAt",
  corrects_load_no as "correctsLoadNo", report`);

export async function findLoad(tx: Tx, loadId: string): Promise<LoadHead | null> {
  const { rows } = await sql<LoadHead>`select ${head} from customers.load where load_id = ${loadId}`.execute(tx);
  return rows[0] ?? null;
}

export async function lockLoad(tx: Tx, loadId: string): Promise<LoadHead | null> {
  const { rows } = await sql<LoadHead>`select ${head} from customers.load where load_id = ${loadId} for update`.execute(tx);
  return rows[0] ?? null;
}

export interface NewLoad {
  readonly loadId: string;
  readonly sourceId: number;
  readonly mappingId: string;
  readonly files: readonly LoadFile[];
  /** Empty for rows of quarantine, which bring no files. */
  readonly given: readonly GivenPlace[];
  readonly startedBy: string;
  readonly correctsLoadNo: number | null;
  /** Default running. */
  readonly state?: LoadState;
  /** Of a rehearsal, which takes no number away. Default: the next one. */
  readonly loadNo?: number;
}

/** The next number; whoever else starts a load waits until this transaction has ended, so that a start that is undone leaves no gap. */
async function nextNumber(tx: Tx): Promise<number> {
  const { rows } = await sql<{ last: number }>`update customers.load_number set last = last + 1 returning last`.execute(tx);
  return one(rows).last;
}

export async function insertLoad(tx: Tx, load: NewLoad): Promise<LoadHead> {
  const loadNo = load.loadNo ?? (await nextNumber(tx));
  const { rows } = await sql<LoadHead>`
    insert into customers.load (load_id, load_no, source_id, mapping_id, corrects_load_no, files, given, state, started_by)
    values (${load.loadId}, ${loadNo}, ${load.sourceId}, ${load.mappingId}, ${load.correctsLoadNo}, ${JSON.stringify(load.files)}::jsonb,
      ${JSON.stringify(load.given)}::jsonb, ${load.state ?? "running"}, ${load.startedBy})
    returning ${head}`.execute(tx);
  return one(rows);
}

/** A reversed load is loaded again from its beginning, under a new number; what its first run wrote about rows goes. */
export async function restartLoad(tx: Tx, loadId: string, startedBy: string, given: readonly GivenPlace[]): Promise<LoadHead> {
  await sql`delete from customers.load_chunk c using customers.load l where l.load_id = ${loadId} and c.load_no = l.load_no`.execute(tx);
  await sql`delete from customers.quarantine q using customers.load l where l.load_id = ${loadId} and q.load_no = l.load_no`.execute(tx);
  const { rows } = await sql<LoadHead>`
    update customers.load set load_no = ${await nextNumber(tx)}, given = ${JSON.stringify(given)}::jsonb, state = 'running', phase = 'reading', progress = '{}', report = null, failure = null, started_by = ${startedBy},
      started_at = now(), finished_at = null, reversed_by = null, reversed_at = null, version = version + 1
    where load_id = ${loadId} returning ${head}`.execute(tx);
  return one(rows);
}

export async function resumeLoad(tx: Tx, loadId: string, given: readonly GivenPlace[]): Promise<LoadHead> {
  const { rows } = await sql<LoadHead>`
    update customers.load set state = 'running', given = ${JSON.stringify(given)}::jsonb, failure = null, version = version + 1
    where load_id = ${loadId} returning ${head}`.execute(tx);
  return one(rows);
}

/** Where the files of a load lay when it was started, or last went on. */
export async function listGiven(tx: Tx, loadId: string): Promise<GivenPlace[]> {
  const { rows } = await sql<{ given: GivenPlace[] }>`select given from customers.load where load_id = ${loadId}`.execute(tx);
  return rows[0]?.given ?? [];
}

/** The load that holds a source: running, stopped on its way, or being reversed. */
export async function findHolder(
  tx: Tx,
  sourceId: number,
): Promise<{ loadId: string; loadNo: number; state: LoadState; by: string; startedAt: Date } | null> {
  const { rows } = await sql<{ loadId: string; loadNo: number; state: LoadState; by: string; startedAt: Date }>`
    select l.load_id as "loadId", l.load_no as "loadNo", l.state, coalesce(u.display_name, l.started_by::text) as by, l.started_at as "startedAt"
    from customers.load l left join governance.app_user u on u.user_id = l.started_by
    where l.source_id = ${sourceId} and l.state in ('running', 'failed', 'reversing')`.execute(tx);
  return rows[0] ?? null;
}

export async function setProgress(tx: Tx, loadNo: number, phase: LoadPhase, progress: LoadProgress | null): Promise<void> {
  await sql`update customers.load set phase = ${phase}, progress = coalesce(${progress === null ? null : JSON.stringify(progress)}::jsonb, progress) where load_no = ${loadNo}`.execute(
    tx,
  );
}

export async function finishLoad(tx: Tx, loadNo: number, report: LoadReport): Promise<void> {
  await sql`update customers.load set state = 'done', phase = 'done', report = ${JSON.stringify(report)}::jsonb, finished_at = now(), version = version + 1
    where load_no = ${loadNo}`.execute(tx);
}

export async function failLoad(tx: Tx, loadNo: number, failure: LoadFailure): Promise<void> {
  await sql`update customers.load set state = 'failed', failure = ${JSON.stringify(failure)}::jsonb, version = version + 1
    where load_no = ${loadNo} and state in ('running', 'reversing')`.execute(tx);
}

// ---------------------------------------------------------------- chunks

export interface ChunkRow {
  readonly fileNo: number;
  readonly chunkNo: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly counts: Readonly<Record<string, KindCounts>>;
  readonly totals: readonly ChunkTotal[];
  /** Holding records read, by their kind. */
  readonly holdings: Readonly<Record<string, number>>;
  /** Sums of the columns that the mapping's control names, as the file writes them. */
  readonly control: Readonly<Record<string, string>>;
  /** Column of the file -> cells from which a card number was taken out. */
  readonly cardCells: Readonly<Record<string, number>>;
}

export async function insertChunk(tx: Tx, loadNo: number, chunk: ChunkRow): Promise<void> {
  const totals = { money: chunk.totals, holdings: chunk.holdings, control: chunk.control, cardCells: chunk.cardCells };
  await sql`
    insert into customers.load_chunk (load_no, file_no, chunk_no, first_line, last_line, counts, totals)
    values (${loadNo}, ${chunk.fileNo}, ${chunk.chunkNo}, ${chunk.firstLine}, ${chunk.lastLine}, ${JSON.stringify(chunk.counts)}::jsonb, ${JSON.stringify(totals)}::jsonb)`.execute(
    tx,
  );
}

export async function listChunks(tx: Tx, loadNo: number): Promise<ChunkRow[]> {
  const { rows } = await sql<
    Omit<ChunkRow, "totals" | "firstLine" | "lastLine"> & {
      firstLine: bigint;
      lastLine: bigint;
      totals: {
        money: ChunkTotal[];
        holdings: Record<string, number>;
        control: Record<string, string>;
        cardCells?: Record<string, number>;
      };
    }
  >`
    select file_no as "fileNo", chunk_no as "chunkNo", first_line as "firstLine", last_line as "lastLine", counts, totals
    from customers.load_chunk where load_no = ${loadNo} order by file_no, chunk_no`.execute(tx);
  return rows.map(({ totals, ...row }) => ({
    ...row,
    ...totals,
    cardCells: totals.cardCells ?? {},
    totals: totals.money,
    firstLine: Number(row.firstLine),
    lastLine: Number(row.lastLine),
  }));
}

/** Money that rows of the load have in the tables: asked of the tables themselves, not of what the chunks believe to have written. */
export async function sumLanded(tx: Tx, loadNo: number): Promise<LandedTotal[]> {
  const { rows } = await sql<LandedTotal>`
    select 'transaction' as kind, currency, sum(amount_minor)::text as minor from customers.transaction where load_no = ${loadNo} group by currency
    union all select 'balance', currency, sum(amount_minor)::text from customers.balance where load_no = ${loadNo} group by currency
    union all select 'holding', currency, sum(amount_minor)::text from customers.holding where load_no = ${loadNo} and amount_minor is not null group by currency
    union all select 'holding_balance', currency, sum(stated_balance_minor)::text from customers.holding
      where load_no = ${loadNo} and stated_balance_minor is not null group by currency`.execute(tx);
  return rows;
}

export async function listQuarantineReasons(tx: Tx, loadNo: number): Promise<LoadReport["quarantineReasons"]> {
  const { rows } = await sql<LoadReport["quarantineReasons"][number]>`
    select kind, reason, field, count(*)::int as rows from customers.quarantine where load_no = ${loadNo} group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit 1000`.execute(
    tx,
  );
  return rows;
}

/** More broken holdings than this are not looked at closely: something is wrong with the whole file. */
const SUSPECTS_MAX = 20_000;

/**
 * Holdings whose running balances do not follow from the amounts this load brought. First without sorting, holding by holding: the balance before
 * the first transaction plus all amounts should be the balance after the last one. Those that fail are looked at closely, in whatever order the
 * transactions of a day were written: each transaction begins where another one ended, but for one. For each broken holding the first transaction
 * that begins where none ended, up to `breaksMax` holdings. Minor units.
 */
export async function checkRunningBalances(
  tx: Tx,
  loadNo: number,
  breaksMax: number,
): Promise<{ accounts: number; broken: number; breaks: BalanceBreak[] }> {
  const { rows } = await sql<{ accounts: number; suspects: string[] | null }>`
    with ends as (
      select holding_id, sum(amount_minor) as moved, min(array[booked_on - date '1970-01-01', line_no, amount_minor, balance_after_minor]) as first,
        max(array[booked_on - date '1970-01-01', line_no, amount_minor, balance_after_minor]) as last
      from customers.transaction where load_no = ${loadNo} and balance_after_minor is not null group by holding_id
    )
    select count(*)::int as accounts, (array_agg(holding_id) filter (where first[4] - first[3] + moved <> last[4]))[1:${SUSPECTS_MAX}] as suspects from ends`.execute(
    tx,
  );
  const { accounts, suspects } = rows[0] ?? { accounts: 0, suspects: null };
  if (suspects === null) return { accounts, broken: 0, breaks: [] };
  // One pass of grouping, no joins: the n-th beginning and the n-th end at one balance cancel out; what is left over is where the chain is broken.
  const { rows: breaks } = await sql<BalanceBreak & { broken: number }>`
    with t as (
      select holding_id, booked_on, line_no, currency, amount_minor, balance_after_minor from customers.transaction
      where load_no = ${loadNo} and balance_after_minor is not null and holding_id = any (${suspects}::uuid[])
    ), sides as (
      select *, balance_after_minor - amount_minor as at_minor, true as begins from t union all select *, balance_after_minor, false from t
    ), numbered as (
      select *, row_number() over (partition by holding_id, at_minor, begins order by booked_on, line_no) as nth from sides
    ), loose as (
      select holding_id, at_minor, bool_or(begins) as begins, min(booked_on) as booked_on, min(line_no) as line_no, min(currency) as currency, min(amount_minor) as amount_minor
      from numbered group by holding_id, at_minor, nth having count(*) = 1
    ), ranked as (
      select *, row_number() over (partition by holding_id, begins order by booked_on, line_no) as place from loose
    ), broken as (
      select holding_id, min(currency) as currency, min(line_no) filter (where begins and place = 2) as line, min(at_minor) filter (where not begins and place = 1) as ended,
        min(at_minor) filter (where begins and place = 2) as began, min(amount_minor) filter (where begins and place = 2) as amount
      from ranked where place <= 2 group by holding_id having count(*) filter (where begins and place = 2) > 0
    )
    select h.source_key as holding, b.currency, b.line::int as line, (b.ended + b.amount)::text as "expectedMinor", (b.began + b.amount)::text as "statedMinor",
      count(*) over ()::int as broken
    from broken b join customers.holding h using (holding_id) order by h.source_key limit ${breaksMax}`.execute(tx);
  return { accounts, broken: breaks[0]?.broken ?? 0, breaks: breaks.map(({ broken: _, ...row }) => row) };
}

// ---------------------------------------------------------------- reading loads

const loadColumns =
  sql.raw(`l.load_id as "loadId", l.load_no as "loadNo", s.code as "sourceCode", s.name as "sourceName", l.mapping_id as "mappingId", m.name as "mappingName",
  m.version as "mappingVersion", l.corrects_load_no as "correctsLoadNo", l.files, l.state, l.phase, nullif(l.progress, '{}') as progress, l.report, l.failure,
  coalesce(u.display_name, '') as "startedBy", l.started_at as "startedAt", l.finished_at as "finishedAt", r.display_name as "reversedBy", l.reversed_at as "reversedAt",
  coalesce((select sum((k.value ->> 'quarantined')::int) from customers.load_chunk c cross join jsonb_each(c.counts) k where c.load_no = l.load_no), 0)::int as quarantined`);
const loadTables = sql.raw(`customers.load l join customers.source s using (source_id) join customers.mapping m using (mapping_id)
  left join governance.app_user u on u.user_id = l.started_by left join governance.app_user r on r.user_id = l.reversed_by`);

export async function listLoads(tx: Tx, query: LoadQuery, limit: number): Promise<Load[]> {
  const { rows } = await sql<Load>`
    select ${loadColumns} from ${loadTables}
    where (case when ${query.sourceCode ?? null}::text is null then not s.by_hand else s.code = ${query.sourceCode ?? null}::text end)
      and (${query.state ?? null}::text is null or l.state = ${query.state ?? null}::text)
      and (${query.before ?? null}::int is null or l.load_no < ${query.before ?? null}::int)
    order by l.load_no desc limit ${limit}`.execute(tx);
  return rows.map(shown);
}

export async function readLoad(tx: Tx, loadId: string): Promise<Load | null> {
  const { rows } = await sql<Load>`select ${loadColumns} from ${loadTables} where l.load_id = ${loadId}`.execute(tx);
  return rows.map(shown)[0] ?? null;
}

/** Reports and failures are kept as they were written: what was added to them since is filled in. */
function shown(row: Load): Load {
  const report = row.report === null ? null : contract.LoadReport.parse(row.report);
  const failure =
    row.failure === null ? null : { ...row.failure, reason: reasonOf(row.failure.code, row.failure.reason ?? row.failure.detail?.reason) };
  return { ...row, report, failure };
}

// ---------------------------------------------------------------- who works on a source

/**
 * Holds a source for as long as the process lives: a connection of its own with an advisory lock, which PostgreSQL gives back when the process dies.
 * null when another process has it.
 */
export async function holdSource(db: Db, sourceId: number): Promise<{ release(): Promise<void> } | null> {
  const client = await db.connect("worker");
  client.on("error", () => undefined);
  const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock(hashtext('customers.load'), $1) as held", [sourceId]);
  if (rows[0]?.held !== true) {
    await client.end();
    return null;
  }
  return { release: () => client.end() };
}

/** Tells whoever watches a load that it changed. */
export async function notifyLoad(tx: Tx, loadId: string): Promise<void> {
  await notify(tx, "load", loadId);
}

export const asWorker = <T>(db: Db, caller: Caller, work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker" });

function one<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("the statement answered no row");
  return row;
}

export async function readLoadByNo(tx: Tx, loadNo: number): Promise<Load | null> {
  const { rows } = await sql<Load>`select ${loadColumns} from ${loadTables} where l.load_no = ${loadNo}`.execute(tx);
  return rows.map(shown)[0] ?? null;
}

export async function tablesExist(tx: Tx, names: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{
    missing: number;
  }>`select count(*)::int as missing from unnest(${names}::text[]) n where to_regclass(n) is null`.execute(tx);
  return rows[0]?.missing === 0;
}

export async function hasLoads(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select from customers.load limit 1`.execute(tx);
  return rows.length > 0;
}
