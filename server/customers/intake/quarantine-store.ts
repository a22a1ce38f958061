import { sql, type Tx } from "../../platform/db/index.ts";
import type { QuarantinedRow, QuarantineQuery, QuarantineState } from "./contract.ts";

const shown =
  sql.raw(`q.quarantine_id as "quarantineId", l.load_id as "loadId", q.load_no as "loadNo", coalesce(l.files -> q.file_no::int ->> 'name', '') as file, q.line_no::int as "lineNo",
  q.kind, q.source_key as "sourceKey", q.reason, q.field, q.column_name as "column", q.value_class as "valueClass", q.raw, q.state, q.version`);

export async function listQuarantine(tx: Tx, query: QuarantineQuery, limit: number): Promise<QuarantinedRow[]> {
  const { rows } = await sql<QuarantinedRow>`
    select ${shown} from customers.quarantine q join customers.load l using (load_no)
    where (${query.loadId ?? null}::uuid is null or l.load_id = ${query.loadId ?? null}::uuid)
      and (${query.reason ?? null}::text is null or q.reason = ${query.reason ?? null}::text)
      and (${query.kind ?? null}::text is null or q.kind = ${query.kind ?? null}::text)
      and (${query.field ?? null}::text is null or q.field = ${query.field ?? null}::text)
      and (${query.state ?? null}::text is null or q.state = ${query.state ?? null}::text)
      and (${query.after ?? null}::uuid is null or q.quarantine_id > ${query.after ?? null}::uuid)
    order by q.quarantine_id limit ${limit}`.execute(tx);
  return rows;
}

/** For each of the commonest fifty groups its first `lines` lines; a line that gives several records of one group counts once. */
export async function listExamples(tx: Tx, loadId: string, lines: number): Promise<QuarantinedRow[]> {
  const { rows } = await sql<QuarantinedRow>`
    with chosen as (
      select q.load_no, q.kind, q.reason, q.field from customers.quarantine q join customers.load l using (load_no)
      where l.load_id = ${loadId} group by 1, 2, 3, 4 order by count(*) desc limit 50
    )
    select ${shown} from chosen g cross join lateral (
      select distinct on (e.file_no, e.line_no) e.* from (
        select f.* from customers.quarantine f
        where f.load_no = g.load_no and f.kind = g.kind and f.reason = g.reason and f.field is not distinct from g.field
        order by f.quarantine_id limit ${lines * RECORDS_OF_LINE}
      ) e order by e.file_no, e.line_no, e.quarantine_id limit ${lines}
    ) q join customers.load l on l.load_no = q.load_no order by q.quarantine_id`.execute(tx);
  return rows;
}

/** More records of one kind than these a line hardly gives. */
const RECORDS_OF_LINE = 10;

export async function groupQuarantine(tx: Tx, loadId: string | undefined) {
  const { rows } = await sql<{ kind: string; reason: string; field: string | null; state: QuarantineState; rows: number }>`
    select q.kind, q.reason, q.field, q.state, count(*)::int as rows from customers.quarantine q join customers.load l using (load_no)
    where ${loadId ?? null}::uuid is null or l.load_id = ${loadId ?? null}::uuid group by 1, 2, 3, 4 order by 5 desc, 1, 2, 3, 4 limit 500`.execute(
    tx,
  );
  return rows;
}

/** A row in quarantine as a rerun needs it. */
export interface HeldRow {
  readonly quarantineId: string;
  readonly loadNo: number;
  readonly fileNo: number;
  readonly lineNo: number;
  readonly kind: string;
  readonly state: QuarantineState;
  readonly version: number;
  readonly raw: Readonly<Record<string, string | null>>;
}
const held = sql.raw(
  `quarantine_id as "quarantineId", load_no as "loadNo", file_no as "fileNo", line_no::int as "lineNo", kind, state, version, raw`,
);

export async function lockRows(tx: Tx, ids: readonly string[]): Promise<HeldRow[]> {
  const { rows } = await sql<HeldRow>`
    select ${held} from customers.quarantine where quarantine_id = any (${ids}::uuid[]) order by quarantine_id for update`.execute(tx);
  return rows;
}

/** Open and waiting rows of the same lines: a corrected row is run again with everything it gives. */
export async function lockSiblings(tx: Tx, loadNo: number, fileNo: number, lines: readonly number[]): Promise<HeldRow[]> {
  const { rows } = await sql<HeldRow>`
    select ${held} from customers.quarantine where load_no = ${loadNo} and file_no = ${fileNo} and line_no = any (${lines}::bigint[]) and state in ('open', 'waiting')
    order by quarantine_id for update`.execute(tx);
  return rows;
}

export interface WaitingGroup {
  readonly loadNo: number;
  readonly fileNo: number;
  readonly rows: number;
}

/** The record a waiting row waits for has come, or is not known. Looked up row by row (limit 1): as a plain join it goes over all records for each row. */
const readyToTry = sql`(q.waits_key is null or exists (select from customers.load l cross join lateral (
    select from customers.source_record s where s.source_id = l.source_id and s.kind = q.waits_kind and s.source_key = q.waits_key limit 1) s
  where l.load_no = q.load_no))`;

/** Which files of a source have waiting rows whose record has come, oldest load first. */
export async function listWaiting(tx: Tx, sourceId: number): Promise<WaitingGroup[]> {
  const { rows } = await sql<WaitingGroup>`
    select q.load_no as "loadNo", q.file_no as "fileNo", count(*)::int as rows from customers.quarantine q join customers.load l using (load_no)
    where q.state = 'waiting' and l.source_id = ${sourceId} and ${readyToTry} group by 1, 2 order by 1, 2`.execute(tx);
  return rows;
}

export async function lockWaiting(tx: Tx, group: WaitingGroup, afterLine: number, limit: number): Promise<HeldRow[]> {
  const { rows } = await sql<HeldRow>`
    select ${held} from customers.quarantine q
    where q.load_no = ${group.loadNo} and q.file_no = ${group.fileNo} and q.state = 'waiting' and q.line_no > ${afterLine} and ${readyToTry}
    order by q.line_no limit ${limit} for update`.execute(tx);
  return rows;
}

export interface Settled {
  readonly landed: number;
  readonly refused: number;
  readonly superseded: number;
}

export interface Rerun {
  readonly loadNo: number;
  readonly fileNo: number;
  readonly by: string;
}

/**
 * After the rows ran again under rerun.loadNo: those that landed are corrected; the others take over the new reason and raw row, or go on
 * waiting, and what the rerun itself put into quarantine for them goes. Answers how many landed.
 */
export async function settleRows(tx: Tx, rerun: Rerun, ids: readonly string[]): Promise<Settled> {
  const { rows } = await sql<Settled>`
    with again as (
      delete from customers.quarantine n using customers.quarantine o
      where n.load_no = ${rerun.loadNo} and n.file_no = ${rerun.fileNo} and o.quarantine_id = any (${ids}::uuid[]) and o.line_no = n.line_no and o.kind = n.kind
      returning n.*
    ), settled as (
      update customers.quarantine q set
        state = case when n.line_no is null then 'corrected' else n.state end,
        reason = coalesce(n.reason, q.reason), field = case when n.line_no is null then q.field else n.field end,
        column_name = case when n.line_no is null then q.column_name else n.column_name end, value_class = case when n.line_no is null then q.value_class else n.value_class end,
        waits_kind = case when n.line_no is null then q.waits_kind else n.waits_kind end, waits_key = case when n.line_no is null then q.waits_key else n.waits_key end,
        raw = coalesce(n.raw, q.raw), numbers = coalesce(n.numbers, q.numbers), corrected_by = case when n.line_no is null then ${rerun.by}::uuid end,
        corrected_at = case when n.line_no is null then now() end, corrected_load_no = case when n.line_no is null then ${rerun.loadNo}::int end, version = q.version + 1
      from customers.quarantine o left join lateral (
        select a.* from again a where a.line_no = o.line_no and a.kind = o.kind order by a.quarantine_id limit 1
      ) n on true
      where q.quarantine_id = o.quarantine_id and o.quarantine_id = any (${ids}::uuid[])
      returning q.state
    )
    select count(*) filter (where state = 'corrected')::int as landed, count(*) filter (where state in ('open', 'waiting'))::int as refused, count(*) filter (where state = 'superseded')::int as superseded from settled`.execute(
    tx,
  );
  return rows[0] ?? { landed: 0, refused: 0, superseded: 0 };
}

export async function discardRows(tx: Tx, ids: readonly string[], userId: string): Promise<void> {
  await sql`update customers.quarantine set state = 'discarded', corrected_by = ${userId}, corrected_at = now(), version = version + 1
    where quarantine_id = any (${ids}::uuid[])`.execute(tx);
}

export async function restoreRows(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update customers.quarantine set state = case reason when 'unknown_reference' then 'waiting' else 'open' end,
    corrected_by = null, corrected_at = null, version = version + 1 where quarantine_id = any (${ids}::uuid[])`.execute(tx);
}

export async function countOpenLines(tx: Tx, loadNo: number, fileNo: number): Promise<number> {
  const { rows } = await sql<{ lines: number }>`
    select count(distinct line_no)::int as lines from customers.quarantine
    where load_no = ${loadNo} and file_no = ${fileNo} and state in ('open', 'waiting')`.execute(tx);
  return rows[0]?.lines ?? 0;
}

/** The open rows of one file in order of its lines, each line once, for an error file. */
export async function listOpenLines(tx: Tx, loadNo: number, fileNo: number, afterLine: number, limit: number) {
  const { rows } = await sql<{ lineNo: number; raw: Record<string, string | null> }>`
    select distinct on (line_no) line_no::int as "lineNo", raw from customers.quarantine
    where load_no = ${loadNo} and file_no = ${fileNo} and state in ('open', 'waiting') and line_no > ${afterLine}
    order by line_no, quarantine_id limit ${limit}`.execute(tx);
  return rows;
}
