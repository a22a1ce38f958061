import { sql, type Tx } from "../../platform/db/index.ts";
import type { DoubtfulPair, Side } from "./contract.ts";
import { inOrder, type PairRow } from "./match-store.ts";

// Everything here runs as the person who asks: row security decides what is there.

const side = (party: string, customer: string, source: string) =>
  sql.raw(`jsonb_build_object('partyId', ${party}.party_id, 'customerId', ${party}.customer_id, 'customerNo', ${customer}.customer_no, 'kind', ${party}.kind,
    'fullName', ${party}.full_name, 'bornOn', ${party}.born_on, 'city', ${customer}.city, 'sourceName', ${source}.name, 'sourceKey', ${party}.source_key,
    'changedAt', ${party}.changed_at)`);

type SideJson = Omit<Side, "changedAt"> & { changedAt: string };
const sideOf = (json: SideJson): Side => ({ ...json, changedAt: new Date(json.changedAt) });

/** Records the caller may see, in order of their ids. */
export async function readSides(tx: Tx, partyIds: readonly string[]): Promise<Side[]> {
  const { rows } = await sql<{ side: SideJson }>`
    select ${side("p", "c", "s")} as side from customers.party p join customers.customer c using (customer_id) join customers.source s on s.source_id = p.source_id
    where p.party_id = any (${partyIds}::uuid[]) order by p.party_id`.execute(tx);
  return rows.map((row) => sideOf(row.side));
}

/** Records of a customer the caller may see. */
export async function readMembers(tx: Tx, customerId: string, max: number): Promise<Side[]> {
  const { rows } = await sql<{ side: SideJson }>`
    select ${side("p", "c", "s")} as side from customers.party p join customers.customer c using (customer_id) join customers.source s on s.source_id = p.source_id
    where p.customer_id = ${customerId} order by p.party_id limit ${max}`.execute(tx);
  return rows.map((row) => sideOf(row.side));
}

export interface DoubtQuery {
  readonly reason: DoubtfulPair["doubt"] | null;
  readonly later: boolean;
  readonly limit: number;
  readonly after: { readonly risk: number; readonly a: string; readonly b: string } | null;
}

export type DoubtRow = Omit<DoubtfulPair, "probability"> & { readonly risk: number };

const isOpen = (later: boolean) => (later ? sql`(m.decision is null or m.decision = 'later')` : sql`m.decision is null`);

export async function listDoubts(tx: Tx, { reason, later, limit, after }: DoubtQuery): Promise<DoubtRow[]> {
  const { rows } = await sql<Omit<DoubtRow, "a" | "b"> & { a: SideJson; b: SideJson }>`
    with open as (
      select m.*, ca.holding_count + cb.holding_count as holdings,
        round(((1 + ca.holding_count + cb.holding_count) * case when m.doubt in ('conflict', 'split') then 2
          else 4 / ((1 + power(2, -m.bits::float8)) * (1 + power(2, m.bits::float8))) end)::numeric, 6)::float8 as risk,
        ${side("pa", "ca", "sa")} as a, ${side("pb", "cb", "sb")} as b
      from customers.match_pair m
        join customers.party pa on pa.party_id = m.party_id join customers.customer ca on ca.customer_id = pa.customer_id
        join customers.source sa on sa.source_id = pa.source_id
        join customers.party pb on pb.party_id = m.other_party_id join customers.customer cb on cb.customer_id = pb.customer_id
        join customers.source sb on sb.source_id = pb.source_id
      where m.doubt is not null and ${isOpen(later)} and (${reason}::text is null or m.doubt = ${reason})
    )
    select a, b, bits::float8 as bits, doubt, doubt_since as since, decision, holdings::int as holdings, version, risk from open
    where ${after === null ? sql`true` : sql`(risk, party_id, other_party_id) < (${after.risk}::float8, ${after.a}::uuid, ${after.b}::uuid)`}
    order by risk desc, party_id desc, other_party_id desc limit ${limit}`.execute(tx);
  return rows.map((row) => ({ ...row, a: sideOf(row.a), b: sideOf(row.b) }));
}

const COUNTED_MAX = 10_000;

export async function countDoubts(tx: Tx): Promise<Partial<Record<DoubtfulPair["doubt"], number>>> {
  const { rows } = await sql<{ doubt: DoubtfulPair["doubt"]; pairs: number }>`
    select doubt, count(*)::int as pairs from (
      select m.doubt from customers.match_pair m where m.doubt is not null and m.decision is null limit ${COUNTED_MAX}) open group by 1`.execute(
    tx,
  );
  return Object.fromEntries(rows.map(({ doubt, pairs }) => [doubt, pairs]));
}

export interface DecidedPair extends PairRow {
  readonly doubt: DoubtfulPair["doubt"] | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly version: number;
}

export async function readPair(tx: Tx, a: string, b: string): Promise<DecidedPair | null> {
  const { rows } = await sql<DecidedPair>`
    select party_id as a, other_party_id as b, bits::float8 as bits, decision, doubt, decided_by as "decidedBy", decided_at as "decidedAt", reason, version
    from customers.match_pair where party_id = least(${a}::uuid, ${b}::uuid) and other_party_id = greatest(${a}::uuid, ${b}::uuid)`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** One of the pairs that is not as it was read: `version` null stands for a pair that nobody kept. */
export async function findChanged(
  tx: Tx,
  pairs: readonly { readonly a: string; readonly b: string; readonly version: number | null }[],
): Promise<{ a: string; b: string } | null> {
  const { rows } = await sql<{ a: string; b: string }>`
    select g.a, g.b from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as g (a uuid, b uuid, version int)
      left join customers.match_pair m on m.party_id = least(g.a, g.b) and m.other_party_id = greatest(g.a, g.b)
    where m.version is distinct from g.version limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** Pairs within a set of records. */
export async function listEdges(tx: Tx, partyIds: readonly string[], max: number): Promise<PairRow[]> {
  const { rows } = await sql<PairRow>`
    select party_id as a, other_party_id as b, bits::float8 as bits, decision from customers.match_pair
    where party_id = any (${partyIds}::uuid[]) and other_party_id = any (${partyIds}::uuid[]) order by bits desc limit ${max}`.execute(tx);
  return rows;
}

/** Records of other customers that may be the same as these, the surest first. */
export async function listOutside(
  tx: Tx,
  partyIds: readonly string[],
  max: number,
): Promise<{ partyId: string; withPartyId: string; bits: number }[]> {
  const { rows } = await sql<{ partyId: string; withPartyId: string; bits: number }>`
    select * from (select distinct on (o.party_id) o.party_id as "partyId", o.own as "withPartyId", o.bits::float8 as bits from (
      select other_party_id as party_id, party_id as own, bits from customers.match_pair where party_id = any (${partyIds}::uuid[]) and decision is distinct from 'apart'
      union all
      select party_id, other_party_id, bits from customers.match_pair where other_party_id = any (${partyIds}::uuid[]) and decision is distinct from 'apart'
    ) o where o.party_id <> all (${partyIds}::uuid[]) order by o.party_id, o.bits desc, o.own) best order by bits desc limit ${max}`.execute(
    tx,
  );
  return rows;
}

export interface Combined {
  readonly customerId: string;
  readonly customerNo: string;
  readonly fullName: string;
  readonly records: number;
  readonly holdings: number;
  readonly assetsMinor: bigint;
  readonly debtsMinor: bigint;
  readonly currency: string | null;
}

export async function readCombined(tx: Tx, customerIds: readonly string[]): Promise<Combined[]> {
  const { rows } = await sql<Combined>`
    select customer_id as "customerId", customer_no as "customerNo", full_name as "fullName", party_count as records, holding_count as holdings,
      assets_minor as "assetsMinor", debts_minor as "debtsMinor", currency
    from customers.customer where customer_id = any (${[...new Set(customerIds)]}::uuid[]) order by customer_id`.execute(tx);
  return rows;
}

export interface LinkRow {
  readonly partyId: string;
  readonly sourceName: string;
  readonly sourceKey: string;
  readonly customerId: string;
  readonly customerNo: string | null;
  readonly decision: "first" | "same_source_key" | "national_id" | "registration" | "matched" | "steward" | "separated";
  readonly evidence: Record<string, unknown>;
  readonly by: string;
  readonly at: Date;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
}

/** Every link these records ever had, newest first. */
export async function listLinks(tx: Tx, partyIds: readonly string[], max: number): Promise<LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    select l.party_id as "partyId", s.name as "sourceName", p.source_key as "sourceKey", l.customer_id as "customerId", c.customer_no as "customerNo",
      l.decision, l.evidence, l.decided_by as by, l.decided_at as at, l.undone_at as "undoneAt", l.undone_by as "undoneBy"
    from customers.identity_link l join customers.party p using (party_id) join customers.source s on s.source_id = p.source_id
      left join customers.customer c on c.customer_id = l.customer_id
    where l.party_id = any (${partyIds}::uuid[]) order by l.link_id desc limit ${max}`.execute(tx);
  return rows;
}

/** Which of these the caller may see. */
export async function listVisible(tx: Tx, partyIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select party_id as id from customers.party where party_id = any (${partyIds}::uuid[])`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

/** Who shares a blocking key with a record; ids only, which say nothing until they are read. */
export async function listCandidates(tx: Tx, keys: readonly number[], max: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select party_id as id from customers.match_candidates(${[...keys]}::int[], ${max})`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

export interface Evidence {
  readonly joinedPairs: number;
  readonly doubtfulPairs: number;
  /** Sum of probabilities over the pairs joined, and over all that stand. */
  readonly joinedSame: number;
  readonly allSame: number;
}

/** What thresholds make of the pairs that stand. */
export async function weighPairs(tx: Tx, joinBits: number, doubtBits: number): Promise<Evidence> {
  const { rows } = await sql<Evidence>`
    select coalesce(sum(pairs) filter (where floor_bits >= ${joinBits}), 0)::int as "joinedPairs",
      coalesce(sum(pairs) filter (where floor_bits >= ${doubtBits} and floor_bits < ${joinBits}), 0)::int as "doubtfulPairs",
      coalesce(sum(same) filter (where floor_bits >= ${joinBits}), 0)::float8 as "joinedSame", coalesce(sum(same), 0)::float8 as "allSame"
    from (
      select bits::float8 as floor_bits, count(*) as pairs, count(*) / (1 + power(2, -bits::float8)) as same from customers.match_pair group by bits
    ) weighed`.execute(tx);
  return rows[0] ?? { joinedPairs: 0, doubtfulPairs: 0, joinedSame: 0, allSame: 0 };
}

export interface QualityRow {
  readonly customers: number;
  readonly same: number;
  readonly apart: number;
  readonly later: number;
  readonly distribution: readonly { bits: number; pairs: number }[];
}

export async function readQualityCounts(tx: Tx): Promise<QualityRow> {
  const { rows } = await sql<QualityRow>`
    select (select count(*)::int from customers.customer) as customers,
      count(*) filter (where decision = 'same')::int as same, count(*) filter (where decision = 'apart')::int as apart,
      count(*) filter (where decision = 'later')::int as later,
      coalesce((select json_agg(json_build_object('bits', d.bits, 'pairs', d.pairs) order by d.bits) from (
        select floor(bits)::int as bits, count(*)::int as pairs from customers.match_pair group by 1 order by 1 desc limit 400) d), '[]') as distribution
    from customers.match_pair where decision is not null`.execute(tx);
  return rows[0] ?? { customers: 0, same: 0, apart: 0, later: 0, distribution: [] };
}

export interface ModelRow {
  readonly modelNo: number;
  readonly state: "draft" | "active" | "retired";
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly training: { parties?: number; pairsCompared?: number; blocks?: readonly BlockRow[] };
}
interface BlockRow {
  readonly keyClass: string;
  readonly keys: number;
  readonly refinedBlocks: number;
  readonly droppedBlocks: number;
  readonly droppedRecords: number;
  readonly droppedPairs: number;
}

/** Newest first. */
export async function listModels(tx: Tx, max: number): Promise<ModelRow[]> {
  const { rows } = await sql<ModelRow>`
    select model_no as "modelNo", state, created_at as "createdAt", created_by as "createdBy", training
    from customers.identity_model order by model_no desc limit ${max}`.execute(tx);
  return rows;
}

export interface Deciding {
  readonly a: string;
  readonly b: string;
  readonly bits: number;
  readonly modelNo: number;
  readonly decision: "same" | "apart" | "later" | "open";
  readonly by: string;
  readonly reason: string | null;
}

/** On the worker. What people say of pairs; `open` takes it back. */
export async function saveDecisions(tx: Tx, given: readonly Deciding[]): Promise<void> {
  const rows = given.map(inOrder);
  await sql`
    insert into customers.match_pair as m (party_id, other_party_id, bits, model_no, decision, decided_by, decided_at, reason)
    select a, b, bits, "modelNo", nullif(decision, 'open'), case when decision <> 'open' then by end, case when decision <> 'open' then now() end, reason
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (a uuid, b uuid, bits real, "modelNo" int, decision text, by uuid, reason text)
    on conflict (party_id, other_party_id) do update set decision = excluded.decision, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
      reason = excluded.reason, version = m.version + 1`.execute(tx);
}

/** Takes back what people decided between two sets of records. */
export async function forgetDecisions(
  tx: Tx,
  some: readonly string[],
  others: readonly string[],
  decision: "same" | "apart",
): Promise<void> {
  await sql`
    update customers.match_pair set decision = null, decided_by = null, decided_at = null, reason = null, version = version + 1
    where decision = ${decision} and ((party_id = any (${some}::uuid[]) and other_party_id = any (${others}::uuid[]))
      or (party_id = any (${others}::uuid[]) and other_party_id = any (${some}::uuid[])))`.execute(tx);
}
