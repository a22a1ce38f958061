import { sql, type Tx } from "../../platform/db/index.ts";
import type { IdentityModel } from "./matching/index.ts";

export interface StoredModel {
  readonly modelNo: number;
  readonly model: IdentityModel;
  readonly refined: ReadonlySet<number>;
  /** Codes of the sources it was learned from. */
  readonly sources: ReadonlySet<string>;
}

/** Whoever changes clusters holds this until the end of the transaction: a steward, a load, a learning run. */
export async function holdIdentity(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('vinculo identity'))`.execute(tx);
}

export async function readActiveModel(tx: Tx): Promise<StoredModel | null> {
  const { rows } = await sql<{ modelNo: number; model: IdentityModel; refined: number[]; sources: string[] | null }>`
    select model_no as "modelNo", model, refined, training -> 'sources' as sources from customers.identity_model where state = 'active'`.execute(
    tx,
  );
  const [row] = rows;
  return row === undefined ? null : { ...row, refined: new Set(row.refined.map(unsigned)), sources: new Set(row.sources ?? []) };
}

export async function insertModel(
  tx: Tx,
  given: { model: IdentityModel; refined: Iterable<number>; training: object; createdBy: string },
): Promise<number> {
  await sql`update customers.identity_model set state = 'retired' where state = 'active'`.execute(tx);
  const { rows } = await sql<{ modelNo: number }>`
    insert into customers.identity_model (state, model, refined, training, created_by)
    values ('active', ${JSON.stringify(given.model)}::jsonb, ${[...given.refined].map(signed)}::int[], ${JSON.stringify(given.training)}::jsonb, ${given.createdBy})
    returning model_no as "modelNo"`.execute(tx);
  return rows[0]?.modelNo ?? 0;
}

/** Keys are unsigned 32 bits in the matcher and int in the database. */
export const signed = (key: number): number => key | 0;
const unsigned = (key: number): number => key >>> 0;

export interface Joins {
  /** Parties that came with the load and belong to a customer who was there before them, or to another new one. */
  readonly linked: number;
  /** Parties known before that the load carried to another customer. */
  readonly moved: number;
}

/** What a load joined, by strong keys and by evidence, as it stands. */
export async function countJoins(tx: Tx, loadNo: number): Promise<Joins> {
  const { rows } = await sql<Joins>`
    select count(*) filter (where s.load_no = ${loadNo} and l.decision not in ('first', 'separated'))::int as linked,
      count(*) filter (where s.load_no <> ${loadNo})::int as moved
    from customers.identity_link l join customers.source_record s on s.party_id = l.party_id and s.kind = 'party'
    where l.load_no = ${loadNo} and l.undone_at is null`.execute(tx);
  return rows[0] ?? { linked: 0, moved: 0 };
}

export async function sourceOf(tx: Tx, loadNo: number): Promise<string> {
  const { rows } = await sql<{ code: string }>`
    select s.code from customers.load l join customers.source s using (source_id) where l.load_no = ${loadNo}`.execute(tx);
  return rows[0]?.code ?? "";
}

export async function countParties(tx: Tx): Promise<number> {
  const { rows } = await sql<{ parties: number }>`select count(*)::int as parties from customers.party`.execute(tx);
  return rows[0]?.parties ?? 0;
}

/** Parties whose names, contacts or identifiers a load brought, changed or gave back; in order of their ids. */
export async function listChangedParties(tx: Tx, loadNo: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.party_id as id from (
      select party_id from customers.party where load_no = ${loadNo}
      union select party_id from customers.contact_point where load_no = ${loadNo}
      union select party_id from customers.identifier where load_no = ${loadNo}
      union select party_id from customers.load_change where load_no = ${loadNo} and kind in ('party', 'contact_point', 'identifier')
    ) c join customers.party p using (party_id) order by 1`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function saveEntries(tx: Tx, entries: readonly { partyId: string; keys: readonly number[] }[]): Promise<void> {
  const given = entries.map(({ partyId, keys }) => ({ party_id: partyId, keys: `{${keys.map(signed).join(",")}}` }));
  await sql`
    insert into customers.match_entry as e (party_id, keys)
    select party_id, keys::int[] from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (party_id uuid, keys text)
    on conflict (party_id) do update set keys = excluded.keys where e.keys <> excluded.keys`.execute(tx);
}

/** Who shares a key with whom: keys that more than `max` parties have bring nobody together. */
export async function listNeighbours(tx: Tx, partyIds: readonly string[], max: number): Promise<{ a: string; b: string }[]> {
  const { rows } = await sql<{
    a: string;
    b: string;
  }>`select a, b from customers.match_neighbours(${[...partyIds]}::uuid[], ${max})`.execute(tx);
  return rows;
}

/** To be called when keys were written and before neighbours are asked for. */
export async function settleMatching(tx: Tx): Promise<void> {
  await sql`select customers.settle_matching()`.execute(tx);
}

export interface PairRow {
  readonly a: string;
  readonly b: string;
  readonly bits: number;
  readonly decision: "same" | "apart" | "later" | null;
}

/** A pair as it is kept: the lower id first. */
export function inOrder<Pair extends { readonly a: string; readonly b: string }>(pair: Pair): Pair {
  return pair.a < pair.b ? pair : { ...pair, a: pair.b, b: pair.a };
}

/** What the matcher thought of these parties before; what people decided stays. */
export async function forgetPairs(tx: Tx, partyIds: readonly string[]): Promise<void> {
  await sql`
    delete from customers.match_pair where decision is null and party_id = any (${partyIds}::uuid[])`.execute(tx);
  await sql`
    delete from customers.match_pair where decision is null and other_party_id = any (${partyIds}::uuid[])`.execute(tx);
}

export async function savePairs(tx: Tx, modelNo: number, pairs: readonly { a: string; b: string; bits: number }[]): Promise<void> {
  if (pairs.length === 0) return;
  const given = pairs.map(({ a, b, bits }) => inOrder({ a, b, bits }));
  await sql`
    insert into customers.match_pair (party_id, other_party_id, bits, model_no)
    select a, b, bits, ${modelNo} from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (a uuid, b uuid, bits real)
    on conflict (party_id, other_party_id) do update set bits = excluded.bits, model_no = excluded.model_no`.execute(tx);
}

/**
 * Everybody whose cluster can depend on these parties: along pairs that join and decisions that join, and whoever is one customer with them now.
 * Pieces that nothing connects never influence each other.
 */
export async function listConnected(tx: Tx, partyIds: readonly string[], joinBits: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive reached (party_id) as (
      select unnest(${partyIds}::uuid[])
      union
      select n.party_id from reached r cross join lateral (
        select m.other_party_id as party_id from customers.match_pair m where m.party_id = r.party_id and (m.bits >= ${joinBits} or m.decision = 'same')
        union all
        select m.party_id from customers.match_pair m where m.other_party_id = r.party_id and (m.bits >= ${joinBits} or m.decision = 'same')
        union all
        select o.party_id from customers.party p join customers.party o using (customer_id) where p.party_id = r.party_id
      ) n
    )
    select party_id as id from reached order by 1`.execute(tx);
  return rows.map(({ id }) => id);
}

/** All pairs that touch one of these parties. */
export async function listPairs(tx: Tx, partyIds: readonly string[]): Promise<PairRow[]> {
  const { rows } = await sql<PairRow>`
    select party_id as a, other_party_id as b, bits, decision from customers.match_pair where party_id = any (${partyIds}::uuid[])
    union
    select party_id, other_party_id, bits, decision from customers.match_pair where other_party_id = any (${partyIds}::uuid[])
    order by 1, 2`.execute(tx);
  return rows;
}

/** Which of the pairs that touch these parties a person should look at, and why; the others no longer. */
export async function markDoubts(
  tx: Tx,
  partyIds: readonly string[],
  doubts: readonly { a: string; b: string; doubt: string }[],
): Promise<void> {
  const given = doubts.map(inOrder);
  await sql`
    with wanted as materialized (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (a uuid, b uuid, doubt text)),
    touched as (
      select party_id, other_party_id from customers.match_pair where party_id = any (${partyIds}::uuid[])
      union select party_id, other_party_id from customers.match_pair where other_party_id = any (${partyIds}::uuid[])
    )
    update customers.match_pair m set doubt = w.doubt,
      doubt_since = case when w.doubt is null then null when m.doubt is null then now() else m.doubt_since end
    from touched t left join wanted w on w.a = t.party_id and w.b = t.other_party_id
    where m.party_id = t.party_id and m.other_party_id = t.other_party_id and m.doubt is distinct from w.doubt`.execute(tx);
}

export interface Move {
  readonly partyId: string;
  readonly toCustomerId: string;
  readonly decision: "matched" | "national_id" | "registration" | "steward" | "separated";
  readonly evidence: object;
}

/** Carries parties over to other customers; the old links stay as history. */
export async function moveParties(tx: Tx, moves: readonly Move[], by: string, loadNo: number | null): Promise<void> {
  if (moves.length === 0) return;
  await sql`
    with moves as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as m ("partyId" uuid, "toCustomerId" uuid, decision text, evidence jsonb)
    ), undone as (
      update customers.identity_link l set undone_at = now(), undone_by = ${by}, undone_load_no = ${loadNo}::int
      from moves m where l.party_id = m."partyId" and l.undone_at is null
    )
    update customers.party p set customer_id = m."toCustomerId" from moves m where p.party_id = m."partyId"`.execute(tx);
  await sql`
    insert into customers.identity_link (party_id, link_id, customer_id, decision, evidence, decided_by, load_no)
    select "partyId", uuidv7(), "toCustomerId", decision, evidence, ${by}, ${loadNo}::int
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as m ("partyId" uuid, "toCustomerId" uuid, decision text, evidence jsonb)`.execute(
    tx,
  );
}

/** Customers that nobody is left with go. Their numbers are kept; what they were is kept with the load, whose reversal gives them back. */
export async function retireEmptied(tx: Tx, customerIds: readonly string[], loadNo: number | null): Promise<void> {
  const emptied = sql`select c.* from customers.customer c where c.customer_id = any (${customerIds}::uuid[])
    and not exists (select from customers.party p where p.customer_id = c.customer_id)`;
  await sql`
    insert into customers.retired_customer (customer_id, customer_no) select customer_id, customer_no from (${emptied}) e on conflict do nothing`.execute(
    tx,
  );
  if (loadNo !== null) {
    await sql`
      insert into customers.load_change (load_no, kind, party_id, row_id, before)
      select ${loadNo}, 'customer', e.customer_id, e.customer_id, jsonb_build_object('row', to_jsonb(e), 'claim', null) from (${emptied}) e on conflict do nothing`.execute(
      tx,
    );
  }
  await sql`delete from customers.search_entry where customer_id in (select customer_id from (${emptied}) e)`.execute(tx);
  await sql`delete from customers.customer where customer_id in (select customer_id from (${emptied}) e)`.execute(tx);
}

/** Pairs that people decided. Bounded by what people can decide. */
export async function listDecidedPairs(tx: Tx): Promise<PairRow[]> {
  const { rows } = await sql<PairRow>`
    select party_id as a, other_party_id as b, bits, decision from customers.match_pair where decision is not null order by 1, 2`.execute(
    tx,
  );
  return rows;
}

/** Before everybody is matched anew. */
export async function forgetAllPairs(tx: Tx): Promise<void> {
  await sql`delete from customers.match_pair where decision is null`.execute(tx);
  await sql`update customers.match_pair set doubt = null, doubt_since = null where doubt is not null`.execute(tx);
}

export async function markAllDoubts(tx: Tx, doubts: readonly { a: string; b: string; doubt: string }[]): Promise<void> {
  const given = doubts.map(inOrder);
  await sql`
    update customers.match_pair m set doubt = g.doubt, doubt_since = now()
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (a uuid, b uuid, doubt text) where m.party_id = g.a and m.other_party_id = g.b`.execute(
    tx,
  );
}

/** Whether the two of each pair belong to one customer. */
export async function areOne(tx: Tx, pairs: readonly { readonly a: string; readonly b: string }[]): Promise<boolean> {
  const { rows } = await sql<{ one: boolean }>`
    select coalesce(bool_and(p.customer_id = o.customer_id), true) as one
    from jsonb_to_recordset(${JSON.stringify(pairs.map(({ a, b }) => ({ a, b })))}::jsonb) as g (a uuid, b uuid)
      join customers.party p on p.party_id = g.a join customers.party o on o.party_id = g.b`.execute(tx);
  return rows[0]?.one ?? true;
}
