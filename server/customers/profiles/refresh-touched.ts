import { sql, type Tx } from "../../platform/db/index.ts";

/** Session tables of one refresh; they live until the connection goes back. */
const tables = `
  create temp table if not exists touched_party (party_id uuid primary key);
  create temp table if not exists touched_holding (holding_id uuid primary key, party_id uuid not null, recount boolean not null);
  create temp table if not exists holding_state (holding_id uuid primary key, party_id uuid not null, last_on date, running_minor bigint) on commit delete rows;
  create temp table if not exists load_last (holding_id uuid primary key, last_on date, running_minor bigint) on commit delete rows;
  create temp table if not exists touched_customer (customer_id uuid primary key, batch_no int not null);
  create temp table if not exists batch_party (party_id uuid primary key, customer_id uuid not null, alone boolean not null) on commit delete rows;
  create temp table if not exists golden (like customers.customer) on commit delete rows;
  alter table golden alter refreshed_at drop not null, alter customer_no drop not null, alter version drop not null;
  alter table golden alter holding_count drop not null, alter assets_minor drop not null, alter debts_minor drop not null, alter other_currencies drop not null,
    alter holding_kinds drop not null;`;

export async function prepareRefresh(tx: Tx): Promise<void> {
  for (const statement of tables.split(";").filter((text) => text.trim() !== "")) await sql.raw(statement).execute(tx);
  await sql`truncate touched_party, touched_holding, touched_customer`.execute(tx);
}

/** Kinds of before-images that hang on no party. */
const ofNoParty = sql.raw("('customer', 'unit', 'portfolio', 'place')");

/**
 * Notes which parties and holdings a load's rows lie on, by the load number rows carry and by its before-images. For a reversal call it before
 * the rows go. `recount`: the load changed or takes away transactions, so their last one has to be looked up instead of moved forward.
 */
export async function noteTouched(tx: Tx, loadNo: number, reversing: boolean): Promise<void> {
  await sql`
    with touched as materialized (
      select holding_id, party_id, false as recount, null::date as first_on, null::date as last_on from customers.holding where load_no = ${loadNo}
      union all select holding_id, party_id, false, min(balance_on), max(balance_on) from customers.balance where load_no = ${loadNo} group by 1, 2
      union all select holding_id, party_id, ${reversing}::boolean, min(booked_on), max(booked_on) from customers.transaction where load_no = ${loadNo} group by 1, 2
      union all select (before -> 'row' ->> 'holding_id')::uuid, coalesce((before -> 'row' ->> 'owner_party_id')::uuid, party_id), kind = 'transaction',
          coalesce(before -> 'row' ->> 'booked_on', before -> 'row' ->> 'balance_on')::date, coalesce(before -> 'row' ->> 'booked_on', before -> 'row' ->> 'balance_on')::date
        from customers.load_change where load_no = ${loadNo} and kind in ('balance', 'transaction', 'holding_role')
      union all select (before -> 'row' ->> 'holding_id')::uuid, (before -> 'row' ->> 'party_id')::uuid, false, d.day, d.day
        from customers.load_change, lateral (select coalesce(before -> 'row' ->> 'booked_on', before -> 'row' ->> 'balance_on')::date as day) d
        where load_no = ${loadNo} and kind in ('balance', 'transaction') and (before -> 'row' ->> 'party_id')::uuid <> party_id
      union all select t.holding_id, t.party_id, true, t.booked_on, t.booked_on from customers.load_change c join customers.transaction t
          on t.party_id = c.party_id and t.transaction_id = c.row_id where c.load_no = ${loadNo} and c.kind = 'transaction'
    ), days as (
      insert into customers.changed_days (party_id, first_on, last_on)
      select party_id, min(first_on), max(last_on) from touched where first_on is not null group by party_id
    )
    insert into touched_holding (holding_id, party_id, recount)
    select holding_id, (array_agg(party_id))[1], bool_or(recount) from touched group by holding_id`.execute(tx);
  await sql`
    insert into touched_party (party_id)
    select party_id from customers.party where load_no = ${loadNo}
    union select party_id from customers.contact_point where load_no = ${loadNo}
    union select party_id from customers.identifier where load_no = ${loadNo}
    union select party_id from customers.identity_link where load_no = ${loadNo} or undone_load_no = ${loadNo}
    union select party_id from customers.holding_role where load_no = ${loadNo}
    union select party_id from customers.load_change where load_no = ${loadNo} and kind not in ${ofNoParty}
    union select (before -> 'row' ->> 'party_id')::uuid from customers.load_change where load_no = ${loadNo} and kind not in ${ofNoParty}
    union select r.party_id from touched_holding h join customers.holding_role r using (holding_id)
    union select party_id from touched_holding`.execute(tx);
  await sql`analyze touched_holding`.execute(tx);
  await sql`analyze touched_party`.execute(tx);
}

/** Fewer are refreshed by one connection: the statements themselves cost more than what they do. */
const ALONE_MAX = 1_000;

/** The customers to refresh, in batches of at most `batchRows`, as large as one another and a pair for two connections. Answers with the number of batches. */
export async function noteCustomers(tx: Tx, batchRows: number): Promise<number> {
  await sql`
    with c as materialized (select distinct p.customer_id from touched_party t join customers.party p using (party_id)),
      n as (select case when count(*) <= ${ALONE_MAX} then 1 else 2 * ceil(count(*) / (2.0 * ${batchRows}))::int end as batches from c)
    insert into touched_customer (customer_id, batch_no)
    select customer_id, ntile((select batches from n)) over (order by customer_id) - 1 from c
    on conflict do nothing`.execute(tx);
  await sql`analyze touched_customer`.execute(tx);
  const { rows } = await sql<{ batches: number }>`select coalesce(max(batch_no) + 1, 0)::int as batches from touched_customer`.execute(tx);
  return rows[0]?.batches ?? 0;
}

/** Customers named by their ids, also those that have no party any more. */
export async function noteGiven(tx: Tx, customerIds: readonly string[], batchRows: number): Promise<number> {
  await sql`
    insert into touched_customer (customer_id, batch_no)
    select id, (row_number() over (order by id) - 1) / ${batchRows} from (select distinct unnest(${customerIds}::uuid[]) as id) c`.execute(
    tx,
  );
  await sql`analyze touched_customer`.execute(tx);
  return Math.ceil(new Set(customerIds).size / batchRows);
}

const shared = (noteNo: number) => sql.table(`staging.refresh_${noteNo < 0 ? `given_${-noteNo}` : noteNo}`);

/** Makes the list of customers known to a second connection. What a crash leaves behind is made anew. */
export async function shareCustomers(tx: Tx, loadNo: number): Promise<void> {
  await sql`drop table if exists ${shared(loadNo)}`.execute(tx);
  await sql`create unlogged table ${shared(loadNo)} as select customer_id, batch_no from touched_customer`.execute(tx);
}

export async function takeCustomers(tx: Tx, loadNo: number): Promise<void> {
  await prepareRefresh(tx);
  await sql`insert into touched_customer select customer_id, batch_no from ${shared(loadNo)}`.execute(tx);
  await sql`analyze touched_customer`.execute(tx);
}

export async function dropShared(tx: Tx, loadNo: number): Promise<void> {
  await sql`drop table if exists ${shared(loadNo)}`.execute(tx);
}
