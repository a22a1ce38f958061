import { sql, type Tx } from "../../platform/db/index.ts";
import { type BlindPlace, goOnBehind } from "../../platform/encryption/index.ts";
import { holdIdentifierIndex } from "../identifiers/index.ts";

// Country calling codes are prefix-free: what follows is the national number. Tests of the form are cheap, taking parts out by them is not.
const NATIONAL = `case when c.normalised !~ '^[+][0-9]{5,15}$' then null when c.normalised ~ '^[+][17]' then substr(c.normalised, 3)
  when c.normalised ~ '^[+](20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])' then substr(c.normalised, 4) else substr(c.normalised, 5) end`;
const DIGITS = `case when c.normalised ~ '^[+][0-9]+$' then substr(c.normalised, 2) else regexp_replace(coalesce(c.normalised, c.value), '[^0-9]', '', 'g') end`;
const bare = (text: string) =>
  `case when ${text} ~ '^[A-Za-z0-9]*$' then ${text} else regexp_replace(${text}, '[^[:alnum:]]', '', 'g') end`;
// Two letters of country, two check digits: what follows in an IBAN is the account as the branch knows it.
const DOMESTIC = "case when w.whole ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}$' then substr(w.whole, 5) end";
const TERM_CHARACTERS_MAX = 200;

/** Rewrites the search entries of one batch: what each customer can be found by, and who may find it. Movements and balances are not among that. */
export async function refreshSearch(tx: Tx, batchNo: number): Promise<void> {
  await holdIdentifierIndex(tx);
  await sql`
    with batch as materialized (
      select b.customer_id, b.party_id, p.source_key, p.search_terms from batch_party b join customers.party p using (party_id) where b.whole
    ), terms as (
      select customer_id, unnest(search_terms) as term from batch
      union all select customer_id, 'k' || lower(regexp_replace(source_key, '[[:space:]./()+-]', '', 'g')) from batch
      union all select b.customer_id, 'e' || lower(coalesce(c.normalised, c.value)) from batch b join customers.contact_point c using (party_id) where c.kind = 'email'
      union all select b.customer_id, 'p' || d.digits from batch b join customers.contact_point c using (party_id)
        cross join lateral (values (${sql.raw(DIGITS)}), (${sql.raw(NATIONAL)})) as d (digits)
        where c.kind = 'phone' and length(d.digits) >= 4
      union all select b.customer_id, 'i' || encode(f.form, 'hex') from batch b join customers.identifier i using (party_id)
        cross join lateral (values (i.blind), (i.blind_next)) as f (form) where f.form is not null
      union all select b.customer_id, 'a' || lower(n.number)
        from batch b join customers.holding_role r on r.party_id = b.party_id and r.role in ('owner', 'joint_owner', 'authorised')
          join customers.holding h on h.party_id = r.owner_party_id and h.holding_id = r.holding_id
          cross join lateral (select upper(${sql.raw(bare("h.number"))}) as whole offset 0) w
          cross join lateral (values (w.whole), (${sql.raw(DOMESTIC)})) as n (number)
        where h.number is not null
      union all select c.customer_id, x.term from touched_customer t join customers.customer c using (customer_id)
        cross join lateral (values ('n' || regexp_replace(c.customer_no, '[^0-9]', '', 'g')), ('@' || c.branch_id), ('%' || c.portfolio_id)) as x (term)
        where t.batch_no = ${batchNo} and t.whole
    ), entries as (
      -- Not a condition on the terms: that would make each of them twice.
      select customer_id, array_agg(left(term, ${TERM_CHARACTERS_MAX})) filter (where length(term) > 1) as terms from terms group by customer_id
    )
    insert into customers.search_entry as s (customer_id, terms) select customer_id, array_to_tsvector(terms) from entries where terms is not null
    on conflict (customer_id) do update set terms = excluded.terms where s.terms <> excluded.terms`.execute(tx);
  await sql`
    delete from customers.search_entry s using touched_customer t
    where t.batch_no = ${batchNo} and s.customer_id = t.customer_id and not exists (select from customers.customer c where c.customer_id = s.customer_id)`.execute(
    tx,
  );
}

/** To be called when the last batch is written: what waits beside the index goes into it. */
export async function settleSearch(tx: Tx): Promise<void> {
  await sql`select customers.settle_search()`.execute(tx);
}

/** Terms of numbers follow the numbers: while the other key goes, and once more when it is gone, for entries that were written meanwhile. */
export const searchBlinds: BlindPlace = { change: retellNumbers, clear: retellNumbers };

async function retellNumbers(tx: Tx, after: string | null, limit: number) {
  await holdIdentifierIndex(tx);
  const listed = await sql<{ id: string }>`
    select customer_id as id from customers.search_entry where ${after === null ? sql`true` : sql`customer_id > ${after}::uuid`} order by customer_id limit ${limit}`.execute(
    tx,
  );
  if (listed.rows.length === 0) return null;
  const ids = listed.rows.map(({ id }) => id);
  const held = await sql<{ id: string }>`
    select customer_id as id from customers.search_entry where customer_id = any (${ids}::uuid[]) for update skip locked`.execute(tx);
  const heldIds = held.rows.map(({ id }) => id);
  // A statement of its own: the numbers as they are now that nobody else writes these entries.
  const { numAffectedRows } = await sql`
    with numbers as (
      select p.customer_id, array_agg(distinct 'i' || encode(f.form, 'hex')) as terms from customers.party p join customers.identifier i using (party_id)
        cross join lateral (values (i.blind), (i.blind_next)) as f (form)
      where p.customer_id = any (${heldIds}::uuid[]) and f.form is not null group by p.customer_id
    ), entries as (
      select e.customer_id, coalesce(n.terms, '{}') as wanted, array(select t from unnest(tsvector_to_array(e.terms)) t where t ~ '^i[0-9a-f]{32}$') as had
      from customers.search_entry e left join numbers n using (customer_id) where e.customer_id = any (${heldIds}::uuid[])
    )
    update customers.search_entry s set terms = ts_delete(s.terms, e.had) || array_to_tsvector(e.wanted)
    from entries e where e.customer_id = s.customer_id and not (e.had @> e.wanted and e.had <@ e.wanted)`.execute(tx);
  return { after: goOnBehind(ids, new Set(heldIds), after), rows: Number(numAffectedRows ?? 0n), broken: 0 };
}
