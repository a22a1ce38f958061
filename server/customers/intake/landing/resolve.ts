import { contentOf, type LandedKind, landings, type Reference } from "./kinds.ts";
import { castColumns } from "./work-tables.ts";

/** Which load is at work. Numbers are ours, never text from outside: they are written into the SQL. */
export interface LoadFrame {
  readonly sourceId: number;
  readonly loadNo: number;
  /** When records were changed that do not say so: an ISO instant. */
  readonly changedAt: string;
  /** Records older than this load may not replace newer ones: a waiting row that is tried again only creates. */
  readonly createsOnly: boolean;
}

/** Which chunk of it. */
export interface ChunkFrame extends LoadFrame {
  readonly fileNo: number;
  readonly decidedBy: string;
  /** The row of `staged s` as jsonb, column -> text. */
  readonly raw: string;
  /** The same as it is kept with the record: numbers of documents masked. */
  readonly keptRaw: string;
  /** SQL for the file's column of the field that `l.lost` names, over landing_<kind> l and staged s. */
  readonly lostColumn: (kind: LandedKind) => string;
  /** The same for a field that other SQL names; null where a row gives several such records. */
  readonly columnOf: (kind: string, field: string) => string;
  /** Kinds that turned out to bring keys again; filled while the file is landed. */
  readonly repeats: Set<string>;
}

// Money moves on real days. Each month is a partition, so a column of nonsense dates must not make thousands of them.
export const bookable = "between '1970-01-01' and current_date + 400";

/**
 * Fills landing_<kind> from cast_<kind> with what becomes of each record: created, updated, unchanged, or the reason why it may not land
 * (unknown_reference, duplicate_key, date_out_of_range, superseded). Of two records with one key the first counts.
 */
export function resolveStatement(kind: LandedKind, frame: LoadFrame): string {
  return `
    ${intoLanding(kind)}
    with looked as (${lookedUp(kind, frame)}), ranked as (
      select l.*, row_number() over same_key as nth, first_value(l.hash) over same_key as first_hash${kind === "identifier" ? ", first_value(l.blind) over same_key as first_blind" : ""}
      from looked l window same_key as (partition by l.${keyColumns(kind)}, l.lost is null order by l.line_no)
    )
    select ${columnsOf(kind, "r")}, r.hash, coalesce(k.row_id, ${newRowId(kind)}), null, k.party_id, ${kind === "transaction" ? "k.booked_on" : "null"},
      r.ref1, r.ref1_party, r.ref2, r.ref2_party, r.lost,
      case when r.lost is not null then ${refusal}
        when r.nth > 1 then case when r.hash = r.first_hash ${kind === "identifier" ? "and r.blind is not distinct from r.first_blind" : ""} then 'unchanged' else 'duplicate_key' end
        when k.row_id is null then 'created'
        when k.content_hash = r.hash then 'unchanged'
        when k.seen_load_no = ${frame.loadNo} then 'duplicate_key'
        ${frame.createsOnly ? "else 'superseded'" : "else 'updated'"} end
    from ranked r ${claimJoin(kind, frame)}
    order by r.line_no`;
}

/**
 * The same for a chunk of which every key is taken to be new and its own; whether that is so, the claims tell when they are written. `own`: kinds of which
 * this chunk's records, not yet claimed, may be referred to.
 */
export function resolveAsNewStatement(kind: LandedKind, frame: LoadFrame, own: ReadonlySet<LandedKind>): string {
  return `
    ${intoLanding(kind)}
    select ${columnsOf(kind, "r")}, r.hash, ${newRowId(kind)}, null, null, null, r.ref1, r.ref1_party, r.ref2, r.ref2_party, r.lost,
      case when r.lost is not null then ${refusal} else 'created' end
    from (${lookedUp(kind, frame, own)}) r`;
}

/** A number is sealed for the row it will stand in. */
const newRowId = (kind: LandedKind) => (kind === "identifier" ? "r.sealed_id" : "uuidv7()");

const refusal = "case r.lost when 'booked_on' then 'date_out_of_range' else 'unknown_reference' end";

function columnsOf(kind: LandedKind, alias: string): string {
  return ["line_no", "key", ...Object.keys(castColumns(kind))].map((name) => `${alias}.${name}`).join(", ");
}

function intoLanding(kind: LandedKind): string {
  const names = ["line_no", "key", ...Object.keys(castColumns(kind))].join(", ");
  return `insert into landing_${kind} (${names}, hash, row_id, party_id, known_party_id, known_on, ref1, ref1_party, ref2, ref2_party, lost, outcome)`;
}

/** Good records with their hash and what they refer to; `lost` is the field because of which a record may not land. */
function lookedUp(kind: LandedKind, frame: LoadFrame, own: ReadonlySet<LandedKind> = new Set()): string {
  const { references } = landings[kind];
  const lost = [...references.map(lostCase), ...(kind === "transaction" ? [`when not c.booked_on ${bookable} then 'booked_on'`] : [])].join(
    " ",
  );
  return `
    select c.*, hash_record_extended(row(${contentOf(kind)}), 0) as hash, ${refColumns(references)}, ${lost === "" ? "null::text" : `case ${lost} end`} as lost
    from cast_${kind} c ${references.map((reference, index) => referenceJoin(reference, index, frame, own)).join(" ")}
    where c.problem_reason is null`;
}

function keyColumns(kind: LandedKind): string {
  return kind === "balance" ? "holding, l.kind, l.balance_on" : "key";
}

function refColumns(references: readonly Reference[]): string {
  const given = references.flatMap((_, index) => [
    `r${index + 1}.row_id as ref${index + 1}`,
    `r${index + 1}.party_id as ref${index + 1}_party`,
  ]);
  const missing = [1, 2]
    .filter((place) => place > references.length)
    .flatMap((place) => [`null::uuid as ref${place}`, `null::uuid as ref${place}_party`]);
  return [...given, ...missing].join(", ");
}

function lostCase(reference: Reference, index: number): string {
  const given = reference.required ? "" : `c.${reference.field} is not null and `;
  return `when ${given}r${index + 1}.row_id is null then '${reference.field}'`;
}

// A key is looked up row by row through the primary key (lateral, limit 1). A plain join would be planned by statistics that a growing load outruns.
function referenceJoin(reference: Reference, index: number, frame: LoadFrame, own: ReadonlySet<LandedKind>): string {
  const { kind, field } = reference;
  const place = index + 1;
  const known = `select s.row_id, s.party_id from customers.source_record s
    where s.source_id = ${frame.sourceId} and s.kind = '${kind}' and s.source_key = c.${field}`;
  if (!own.has(kind)) return `left join lateral (${known} limit 1) r${place} on true`;
  return `left join (select distinct on (l.key) l.key, l.row_id, ${landings[kind].partyId} as party_id from landing_${kind} l
      where l.outcome = 'created' order by l.key, l.line_no) o${place} on o${place}.key = c.${field}
    left join lateral (select o${place}.row_id, o${place}.party_id where o${place}.row_id is not null
      union all (${known} and o${place}.row_id is null limit 1)) r${place} on true`;
}

/** The row has one of the forms that a number may have while its index key changes; the record has all of them. */
const sameNumber = `exists (select from customers.identifier i
  where i.party_id = s.party_id and i.identifier_id = s.row_id and i.blind in (r.blind, r.blind_next, r.blind_was))`;

function claimJoin(kind: LandedKind, frame: LoadFrame): string {
  if (kind === "transaction") {
    return `left join lateral (select t.transaction_id as row_id, t.party_id, t.booked_on, t.content_hash, t.seen_load_no from customers.transaction_key t
      where t.source_id = ${frame.sourceId} and t.source_key = r.key limit 1) k on true`;
  }
  if (kind === "balance") {
    return `left join lateral (select b.balance_id as row_id, b.party_id, b.seen_load_no,
        case when b.amount_minor = r.amount and b.currency = r.currency then r.hash end as content_hash
      from customers.balance b where b.party_id = r.ref1_party and b.holding_id = r.ref1 and b.kind = r.kind and b.balance_on = r.balance_on limit 1) k on true`;
  }
  if (kind === "identifier") {
    return `left join lateral (select s.row_id, s.party_id, s.seen_load_no, case when ${sameNumber} then s.content_hash end as content_hash
      from customers.source_record s where s.source_id = ${frame.sourceId} and s.kind = 'identifier' and s.source_key = r.key limit 1) k on true`;
  }
  return `left join lateral (select s.row_id, s.party_id, s.content_hash, s.seen_load_no from customers.source_record s
    where s.source_id = ${frame.sourceId} and s.kind = '${kind}' and s.source_key = r.key limit 1) k on true`;
}
