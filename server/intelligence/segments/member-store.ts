import { notProfiled } from "../../customers/consents/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import { factRows } from "../facts/index.ts";
import { measures } from "./makeup.ts";
import type { Predicate } from "./predicate-store.ts";

/** Whom a question is about, over facts `f`. */
export interface Whom {
  readonly predicate: Predicate;
  /** All that the predicate reads of `f`. */
  readonly columns: readonly string[];
  /** Whether the caller reaches the whole bank. */
  readonly wholeBank: boolean;
}

/**
 * Objectors are in no segment, among some customers or (null) all. Asked for by themselves: a function that PostgreSQL may not run in a parallel worker would
 * keep the whole count from being shared out.
 */
async function profiledOf(tx: Tx, among: readonly string[] | null): Promise<{ predicate: Predicate; columns: readonly string[] }> {
  const { rows } = await sql<{ id: string }>`select ${notProfiled(among)} as id`.execute(tx);
  return rows.length === 0
    ? { predicate: sql<boolean>`true`, columns: [] }
    : { predicate: sql<boolean>`f.customer_id <> all (${rows.map(({ id }) => id)}::uuid[])`, columns: ["customer_id"] };
}

export interface CustomerRow {
  readonly customerId: string;
  readonly customerNo: string;
  readonly fullName: string;
  readonly kind: "person" | "organisation";
  readonly branchName: string | null;
}

const person = sql`
  c.customer_id as "customerId", c.customer_no as "customerNo", c.full_name as "fullName", c.kind,
  (select o.name from governance.organisation_unit o where o.unit_id = c.branch_id) as "branchName"`;

export async function countFitting(tx: Tx, { predicate, columns, wholeBank }: Whom): Promise<number> {
  const profiled = await profiledOf(tx, null);
  const rows = await factRows(tx, wholeBank, [...columns, ...profiled.columns]);
  const found = await sql<{ n: number }>`select count(*)::int as n from ${rows} where ${predicate} and ${profiled.predicate}`.execute(tx);
  return found.rows[0]?.n ?? 0;
}

export async function sampleFitting(tx: Tx, predicate: Predicate, rows: number): Promise<CustomerRow[]> {
  const { predicate: profiled } = await profiledOf(tx, null);
  const found = await sql<CustomerRow>`
    select ${person} from (select f.customer_id from intelligence.customer_fact f where ${predicate} and ${profiled} limit ${rows}) f
      join customers.published_customer c using (customer_id) order by c.sort_name, c.customer_id`.execute(tx);
  return found.rows;
}

export interface BandRow {
  readonly measure: number;
  /** 0: unknown; else the place of the band from 1. */
  readonly band: number;
  readonly fitting: number;
  readonly all: number;
}

const bandOf = ({ key, kind, bounds }: (typeof measures)[number]) => {
  const value = kind === "years" ? `(f.as_of - f.${key}) / 365.25` : `f.${key}`;
  return `case when f.${key} is null then 0 else greatest(width_bucket((${value})::double precision, array[${bounds.join(", ")}]::double precision[]), 1) end`;
};

/** How the fitting and all of `whom` are spread over the bands of each measure, in one pass. `fits` reads no other columns than `whom` names. */
export async function readMakeup(tx: Tx, fits: Predicate, whom: Whom): Promise<BandRow[]> {
  const bands = sql.raw(measures.map((measure, at) => `${bandOf(measure)} as m${at}`).join(", "));
  const sets = sql.raw(measures.map((_, at) => `(m${at})`).join(", "));
  const which = sql.raw(`case ${measures.map((_, at) => `when grouping(m${at}) = 0 then ${at}`).join(" ")} end`);
  const profiled = await profiledOf(tx, null);
  const columns = ["as_of", ...measures.map(({ key }) => key), ...whom.columns, ...profiled.columns];
  const { rows } = await sql<BandRow>`
    select ${which} as measure, coalesce(${sql.raw(measures.map((_, at) => `m${at}`).join(", "))}, 0) as band,
      count(*) filter (where fits)::int as fitting, count(*)::int as all
    from (select (${fits}) as fits, ${bands} from ${await factRows(tx, whom.wholeBank, columns)} where ${whom.predicate} and ${profiled.predicate}) x
    group by grouping sets (${sets}) order by 1, 2`.execute(tx);
  return rows;
}

/** Computes who is in the segment now, of all or of these customers; keeps who came and who went, and the day's figures. Worker role. */
export async function settleMembers(
  tx: Tx,
  segmentId: string,
  whom: Whom,
  order: { readonly day: string; readonly customerIds: readonly string[] | null },
): Promise<void> {
  const { day, customerIds } = order;
  const profiled = await profiledOf(tx, customerIds);
  const rows = await factRows(tx, whom.wholeBank && customerIds === null, ["customer_id", ...whom.columns]);
  const among = sql<boolean>`(${customerIds}::uuid[] is null or f.customer_id = any (${customerIds}::uuid[]))`;
  await sql`
    with fitting as materialized (
      select f.customer_id from ${rows} where ${among} and ${whom.predicate} and ${profiled.predicate}
    ), gone as (
      delete from intelligence.segment_member f where f.segment_id = ${segmentId} and ${among} and f.customer_id not in (select customer_id from fitting)
      returning f.customer_id
    ), joined as (
      insert into intelligence.segment_member (segment_id, customer_id, joined_on) select ${segmentId}::uuid, customer_id, ${day}::date from fitting
      on conflict do nothing returning customer_id
    )
    insert into intelligence.segment_move (segment_id, moved_on, customer_id, joined)
    select ${segmentId}::uuid, ${day}::date, customer_id, true from joined union all select ${segmentId}::uuid, ${day}::date, customer_id, false from gone
    on conflict do nothing`.execute(tx);
}

/** The figures of the day from the members as they are; a later look of the day replaces an earlier one. */
/** What a segment was found to be on that day. `answerable`: all it asks about is there. */
export async function saveDay(
  tx: Tx,
  segmentId: string,
  { day, makeup, answerable }: { day: string; makeup: Readonly<Record<string, readonly number[]>>; answerable: boolean },
): Promise<void> {
  await sql`
    insert into intelligence.segment_day (segment_id, day, version, members, joined, gone, makeup)
    select s.segment_id, ${day}::date, s.version, (select count(*)::int from intelligence.segment_member m where m.segment_id = s.segment_id),
      (select count(*) filter (where v.joined)::int from intelligence.segment_move v where v.segment_id = s.segment_id and v.moved_on = ${day}::date),
      (select count(*) filter (where not v.joined)::int from intelligence.segment_move v where v.segment_id = s.segment_id and v.moved_on = ${day}::date),
      ${JSON.stringify(makeup)}::jsonb
    from intelligence.segment s where s.segment_id = ${segmentId}
    on conflict (segment_id, day) do update set version = excluded.version, members = excluded.members, joined = excluded.joined, gone = excluded.gone, makeup = excluded.makeup`.execute(
    tx,
  );
  await sql`update intelligence.segment set computed_at = now(), answerable = ${answerable}, members = (select members from intelligence.segment_day d where d.segment_id = ${segmentId} and d.day = ${day}::date)
    where segment_id = ${segmentId}`.execute(tx);
}

const MOVES_KEPT_DAYS = 400;

export async function forgetOldMoves(tx: Tx, today: string): Promise<void> {
  await sql`delete from intelligence.segment_move where moved_on < ${today}::date - ${MOVES_KEPT_DAYS}::int`.execute(tx);
  await sql`delete from intelligence.segment_day where day < ${today}::date - ${MOVES_KEPT_DAYS}::int`.execute(tx);
}

/** Members the caller sees, in the order of ids. */
export async function listMembers(
  tx: Tx,
  segmentId: string,
  after: string | null,
  rows: number,
): Promise<(CustomerRow & { joinedOn: string })[]> {
  const found = await sql<CustomerRow & { joinedOn: string }>`
    select ${person}, m.joined_on as "joinedOn" from intelligence.segment_member m join customers.published_customer c using (customer_id)
    where m.segment_id = ${segmentId} and (${after}::uuid is null or m.customer_id > ${after}::uuid) order by m.customer_id limit ${rows}`.execute(
    tx,
  );
  return found.rows;
}

export async function countMembers(tx: Tx, segmentIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; n: number }>`
    select segment_id as id, count(*)::int as n from intelligence.segment_member where segment_id = any (${segmentIds}::uuid[]) group by 1`.execute(
    tx,
  );
  return new Map(rows.map(({ id, n }) => [id, n]));
}

export async function listMoves(tx: Tx, segmentId: string, rows: number): Promise<(CustomerRow & { movedOn: string; joined: boolean })[]> {
  const found = await sql<CustomerRow & { movedOn: string; joined: boolean }>`
    select ${person}, v.moved_on as "movedOn", v.joined from intelligence.segment_move v join customers.published_customer c using (customer_id)
    where v.segment_id = ${segmentId} order by v.moved_on desc, v.customer_id limit ${rows}`.execute(tx);
  return found.rows;
}

/** Ids of the members behind `after`, for who works through all of them. */
export async function memberIds(tx: Tx, segmentId: string, after: string | null, rows: number): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select customer_id as id from intelligence.segment_member where segment_id = ${segmentId} and (${after}::uuid is null or customer_id > ${after}::uuid)
    order by 1 limit ${rows}`.execute(tx);
  return found.rows.map(({ id }) => id);
}

/** Which of these customers are in which of the segments at this moment, by their facts. Worker role: of whoever is asked about. */
export async function membersAmong(
  tx: Tx,
  segments: readonly { readonly segmentId: string; readonly predicate: Predicate }[],
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  if (segments.length === 0 || customerIds.length === 0) return new Map();
  const cases = segments.map(({ segmentId, predicate }) => sql`case when ${predicate} then ${segmentId}::uuid end`);
  const { rows } = await sql<{ customerId: string; segmentIds: string[] }>`
    select f.customer_id as "customerId", array_remove(array[${sql.join(cases)}], null) as "segmentIds" from intelligence.customer_fact f
    where f.customer_id = any (${customerIds}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.customerId, new Set(row.segmentIds)]));
}

export interface Overlap {
  readonly first: number;
  readonly second: number;
  readonly both: number;
}

export async function readOverlap(tx: Tx, first: string, second: string): Promise<Overlap> {
  const { rows } = await sql<Overlap>`
    select count(*) filter (where a)::int as first, count(*) filter (where b)::int as second, count(*) filter (where a and b)::int as both
    from (select customer_id, bool_or(segment_id = ${first}) as a, bool_or(segment_id = ${second}) as b from intelligence.segment_member
      where segment_id in (${first}, ${second}) group by 1) x`.execute(tx);
  return rows[0] ?? { first: 0, second: 0, both: 0 };
}

/** Mean of each expression in the first and in the second, and the standard deviation of both together. */
export async function readMeans(
  tx: Tx,
  first: string,
  second: string,
  expressions: readonly { key: string; sql: string }[],
): Promise<Record<string, number | null>> {
  const columns = expressions.flatMap(({ key, sql: value }) => [
    `avg((${value})::double precision) filter (where x.a) as "${key} first"`,
    `avg((${value})::double precision) filter (where x.b) as "${key} second"`,
    `stddev_pop((${value})::double precision) as "${key} spread"`,
  ]);
  const { rows } = await sql<Record<string, number | null>>`
    select ${sql.raw(columns.join(", "))}
    from (select customer_id, bool_or(segment_id = ${first}) as a, bool_or(segment_id = ${second}) as b from intelligence.segment_member
      where segment_id in (${first}, ${second}) group by 1) x join intelligence.customer_fact f using (customer_id)`.execute(tx);
  return rows[0] ?? {};
}

/** Codes that occur, per fact. */
export async function readCodes(tx: Tx, keys: readonly string[], rows: number): Promise<Record<string, string[]>> {
  const found: [string, string[]][] = [];
  for (const key of keys) {
    const { rows: codes } = await sql<{ code: string }>`
      select ${sql.raw(`f.${key}`)} as code from intelligence.customer_fact f where ${sql.raw(`f.${key}`)} is not null group by 1 order by count(*) desc, 1 limit ${rows}`.execute(
      tx,
    );
    found.push([key, codes.map(({ code }) => code)]);
  }
  return Object.fromEntries(found);
}

export async function listBranches(tx: Tx): Promise<{ unitId: string; name: string }[]> {
  const { rows } = await sql<{ unitId: string; name: string }>`
    select unit_id as "unitId", name from governance.organisation_unit where unit_id in (select distinct f.branch_id from intelligence.customer_fact f) order by name limit 2000`.execute(
    tx,
  );
  return rows;
}
