import { listLandedIds, removeLanded, restorePortfolios, restoreUnits } from "../../governance/organisation/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";

export interface Dependent {
  readonly loadNo: number;
  readonly loadId: string;
  readonly kind: string;
  readonly rows: number;
}

/** What later loads changed of this one's rows, hung on them or joined to them: by load and kind. */
export async function findDependents(tx: Tx, loadNo: number, max: number): Promise<Dependent[]> {
  const catalogueIds = await listLandedIds(tx, loadNo);
  const { rows } = await sql<Dependent>`
    with p as materialized (select party_id from customers.source_record where load_no = ${loadNo} and kind = 'party'),
      h as materialized (select row_id as holding_id from customers.source_record where load_no = ${loadNo} and kind = 'holding'),
      found as (
        select load_no, kind from customers.load_change
          where load_no > ${loadNo} and kind not in ('unit', 'portfolio', 'customer') and (before -> 'row' ->> 'load_no')::int = ${loadNo}
        union all select c.load_no, c.kind from customers.load_change c where c.load_no > ${loadNo} and c.kind in ('unit', 'portfolio')
          and (c.row_id = any (${catalogueIds}::uuid[])
            or exists (select from customers.load_change own where own.load_no = ${loadNo} and own.kind = c.kind and own.row_id = c.row_id))
        union all select s.load_no, s.kind from customers.source_record s join p using (party_id) where s.load_no > ${loadNo} and s.kind <> 'party'
        union all select b.load_no, 'balance' from customers.balance b join h using (holding_id) where b.load_no > ${loadNo}
        union all select t.load_no, 'transaction' from customers.transaction t join h using (holding_id) where t.load_no > ${loadNo}
        union all select o.load_no, 'holding' from customers.holding o join h on h.holding_id = o.attached_to where o.load_no > ${loadNo}
        union all select r.load_no, 'holding_role' from customers.holding_role r join h using (holding_id) where r.load_no > ${loadNo}
        union all select r.load_no, 'relation' from customers.party_relation r join p on p.party_id = r.other_party_id
          where r.load_no > ${loadNo} and not exists (select from p own where own.party_id = r.party_id)
        union all select l.load_no, 'customer_join' from customers.identity_link l
          where l.load_no > ${loadNo} and l.undone_at is null and l.decision <> 'first'
            and exists (select from customers.identity_link f where f.customer_id = l.customer_id and f.load_no = ${loadNo} and f.decision = 'first')
        union all select l.undone_load_no, 'customer_join' from customers.identity_link l where l.load_no = ${loadNo} and l.undone_load_no > ${loadNo}
      )
    select f.load_no as "loadNo", l.load_id as "loadId", f.kind, count(*)::int as rows
    from found f join customers.load l using (load_no) group by 1, 2, 3 order by 1, 3 limit ${max}`.execute(tx);
  return rows;
}

const columnsOf = async (tx: Tx, table: string): Promise<string> => {
  const { rows } = await sql<{ list: string }>`
    select string_agg(quote_ident(attname), ', ' order by attnum) as list from pg_attribute
    where attrelid = ${`customers.${table}`}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`.execute(tx);
  return rows[0]?.list ?? "";
};

/** Nothing hangs on rows of these tables: they are taken out and put back whole. */
const leaves = ["transaction", "balance", "holding_role", "party_relation", "identifier", "contact_point"] as const;
/** What their rows are called in mappings and before-images, where that is not the name of the table. */
const kindOf = (table: (typeof leaves)[number]): string => (table === "party_relation" ? "relation" : table);
/** Others stand on these: they stay in place and get their old values. */
const stems = [
  ["holding", "holding_id"],
  ["party", "party_id"],
] as const;

/** Takes out what the load created and puts back what it replaced, claims included. */
export async function putBackRows(tx: Tx, loadNo: number): Promise<void> {
  for (const table of leaves) await sql`delete from ${sql.table(`customers.${table}`)} where load_no = ${loadNo}`.execute(tx);
  for (const [table, id] of stems) {
    await sql`
      delete from ${sql.table(`customers.${table}`)} t where load_no = ${loadNo}
        and not exists (select from customers.load_change c where c.load_no = ${loadNo} and c.kind = ${table} and c.row_id = t.${sql.ref(id)})`.execute(
      tx,
    );
  }
  for (const [table, id] of [...stems].reverse()) {
    const columns = await columnsOf(tx, table);
    // Which customer a party belongs to is undone with its links, further on.
    const restored = columns
      .split(", ")
      .filter((name) => name !== "customer_id")
      .join(", ");
    await sql`
      update ${sql.table(`customers.${table}`)} t set (${sql.raw(restored)}) =
        (select ${sql.raw(restored)} from jsonb_populate_record(null::${sql.table(`customers.${table}`)}, c.before -> 'row'))
      from customers.load_change c where c.load_no = ${loadNo} and c.kind = ${table} and t.party_id = c.party_id and t.${sql.ref(id)} = c.row_id`.execute(
      tx,
    );
  }
  for (const table of [...leaves].reverse()) {
    const columns = await columnsOf(tx, table);
    await sql`
      insert into ${sql.table(`customers.${table}`)} (${sql.raw(columns)})
      select ${sql.raw(
        columns
          .split(", ")
          .map((name) => `r.${name}`)
          .join(", "),
      )}
      from customers.load_change c cross join lateral jsonb_populate_record(null::${sql.table(`customers.${table}`)}, c.before -> 'row') r
      where c.load_no = ${loadNo} and c.kind = ${kindOf(table)}`.execute(tx);
  }
}

export async function putBackClaims(tx: Tx, loadNo: number): Promise<void> {
  await sql`delete from customers.source_record where load_no = ${loadNo}`.execute(tx);
  await sql`delete from customers.transaction_key where load_no = ${loadNo}`.execute(tx);
  await sql`
    update customers.source_record k set party_id = r.party_id, row_id = r.row_id, content_hash = r.content_hash, raw = r.raw, line_no = r.line_no, seen_load_no = r.seen_load_no
    from customers.load_change c cross join lateral jsonb_populate_record(null::customers.source_record, case jsonb_typeof(c.before -> 'claim') when 'object' then c.before -> 'claim' end) r
    where c.load_no = ${loadNo} and c.kind in ('party', 'contact_point', 'identifier', 'holding', 'holding_role', 'relation')
      and k.source_id = r.source_id and k.kind = r.kind and k.source_key = r.source_key`.execute(tx);
  await sql`
    update customers.transaction_key k set party_id = r.party_id, booked_on = r.booked_on, content_hash = r.content_hash, seen_load_no = r.seen_load_no
    from customers.load_change c cross join lateral jsonb_populate_record(null::customers.transaction_key, case jsonb_typeof(c.before -> 'claim') when 'object' then c.before -> 'claim' end) r
    where c.load_no = ${loadNo} and c.kind = 'transaction' and k.source_id = r.source_id and k.source_key = r.source_key`.execute(tx);
}

/** Parties that the load joined to other customers go back to their own, with its number. */
export async function putBackJoins(tx: Tx, loadNo: number): Promise<void> {
  const columns = await columnsOf(tx, "customer");
  await sql`delete from customers.identity_link where load_no = ${loadNo}`.execute(tx);
  await sql`
    insert into customers.customer (${sql.raw(columns)})
    select ${sql.raw(
      columns
        .split(", ")
        .map((name) => `r.${name}`)
        .join(", "),
    )}
    from customers.load_change c cross join lateral jsonb_populate_record(null::customers.customer, c.before -> 'row') r
    where c.load_no = ${loadNo} and c.kind = 'customer' on conflict do nothing`.execute(tx);
  await sql`
    with back as (
      update customers.identity_link l set undone_at = null, undone_by = null, undone_load_no = null where l.undone_load_no = ${loadNo}
      returning l.party_id, l.customer_id
    )
    update customers.party p set customer_id = back.customer_id from back where p.party_id = back.party_id`.execute(tx);
}

/** Places, units and portfolios. Units that people or other units stand on by now stay; their codes are answered. */
export async function putBackCatalogues(tx: Tx, loadNo: number): Promise<string[]> {
  const columns = await columnsOf(tx, "place");
  await sql`delete from customers.place where load_no = ${loadNo}`.execute(tx);
  await sql`
    insert into customers.place (${sql.raw(columns)}) select ${sql.raw(
      columns
        .split(", ")
        .map((name) => `r.${name}`)
        .join(", "),
    )}
    from customers.load_change c cross join lateral jsonb_populate_record(null::customers.place, c.before -> 'row') r
    where c.load_no = ${loadNo} and c.kind = 'place'`.execute(tx);
  const { rows } = await sql<{ kind: string; image: unknown }>`
    select kind, before -> 'row' as image from customers.load_change where load_no = ${loadNo} and kind in ('unit', 'portfolio')`.execute(
    tx,
  );
  const imagesOf = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.image);
  await restoreUnits(tx, imagesOf("unit"));
  await restorePortfolios(tx, imagesOf("portfolio"));
  const kept = await removeLanded(tx, loadNo);
  return [...kept.keptUnits, ...kept.keptPortfolios];
}

export async function forgetChanges(tx: Tx, loadNo: number, userId: string): Promise<void> {
  await sql`delete from customers.load_change where load_no = ${loadNo}`.execute(tx);
  // Rows that wait would land by themselves one day; rows that this load had corrected are to be corrected again.
  await sql`update customers.quarantine set state = 'discarded', corrected_by = ${userId}, corrected_at = now(), version = version + 1
    where load_no = ${loadNo} and state in ('open', 'waiting')`.execute(tx);
  await sql`update customers.quarantine set state = case reason when 'unknown_reference' then 'waiting' else 'open' end, corrected_by = null, corrected_at = null,
    corrected_load_no = null, version = version + 1 where corrected_load_no = ${loadNo}`.execute(tx);
}

export async function markReversing(tx: Tx, loadNo: number): Promise<void> {
  await sql`update customers.load set state = 'reversing', version = version + 1 where load_no = ${loadNo}`.execute(tx);
}

export async function markReversed(tx: Tx, loadNo: number, userId: string): Promise<void> {
  await sql`update customers.load set state = 'reversed', reversed_by = ${userId}, reversed_at = now(), version = version + 1 where load_no = ${loadNo}`.execute(
    tx,
  );
}
