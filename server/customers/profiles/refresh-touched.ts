import { sql, type Tx } from "../../platform/db/index.ts";

/** Session tables of one refresh; they live until the connection goes back. */
const tables = `
  create temp table if not exists touched_party (party_id uuid primary key, whole boolean not null);
  create temp table if not exists touched_holding (holding_id uuid primary key, party_id uuid not null, recount boolean not null, last bigint[], whole boolean not null);
  create temp table if not exists batch_holding (holding_id uuid not null, party_id uuid not null, recount boolean not null, last bigint[], batch_no int not null);
  create temp table if not exists holding_state (holding_id uuid primary key, party_id uuid not null, last_on date, running_minor bigint) on commit delete rows;
  create temp table if not exists touched_customer (customer_id uuid primary key, batch_no int not null, whole boolean not null);
  create temp table if not exists batch_party (party_id uuid primary key, customer_id uuid not null, alone boolean not null, whole boolean not null) on commit delete rows;
  create temp table if not exists golden (like customers.customer) on commit delete rows;
  alter table golden alter refreshed_at drop not null, alter customer_no drop not null, alter version drop not null;
  alter table golden alter holding_count drop not null, alter assets_minor drop not null, alter debts_minor drop not null, alter other_currencies drop not null,
    alter holding_kinds drop not null;`;

export async function prepareRefresh(tx: Tx): Promise<void> {
  for (const statement of tables.split(";").filter((text) => text.trim() !== "")) await sql.raw(statement).execute(tx);
  await sql`truncate touched_party, touched_holding, touched_customer, batch_holding`.execute(tx);
}

/** Kinds of before-images that hang on no party. */
const ofNoParty = sql.raw("('customer', 'unit', 'portfolio', 'place')");

/**
 * Notes which parties and holdings a load's rows lie on, by the load number rows carry and by its before-images. For a reversal call it before
 * the rows go. `recount`: the load changed or takes away transactions, so their last one has to be looked up instead of moved forward. `last`: of the
 * load's own transactions the last one, as day since 1970, line and running balance. `whole`: more came than movements and balances, of which search
 * entries and measures of quality say nothing.
 */
export async function noteTouched(tx: Tx, loadNo: number, reversing: boolean): Promise<void> {
  await sql`
    with touched as materialized (
      select holding_id, party_id, false as recount, null::date as first_on, null::date as last_on, null::bigint[] as last, true as whole from customers.holding where load_no = ${loadNo}
      union all select holding_id, party_id, false, min(balance_on), max(balance_on), null, false from customers.balance where load_no = ${loadNo} group by 1, 2
      union all select holding_id, party_id, ${reversing}::boolean, min(booked_on), max(booked_on),
          max(array[booked_on - date '1970-01-01', line_no, balance_after_minor]), false
        from customers.transaction where load_no = ${loadNo} group by 1, 2
      union all select (before -> 'row' ->> 'holding_id')::uuid, coalesce((before -> 'row' ->> 'owner_party_id')::uuid, party_id), kind = 'transaction',
          coalesce(before -> 'row' ->> 'booked_on', before -> 'row' ->> 'balance_on')::date, coalesce(before -> 'row' ->> 'booked_on', before -> 'row' ->> 'balance_on')::date, null, kind = 'holding_role'
        from customers.load_change where load_no = ${loadNo} and kind in ('balance', 'transaction', 'holding_role')
      union all select (before -> 'row' ->> 'holding_id')::uuid, (before -> 'row' ->> 'party_id')::uuid, false, d.day, d.day, null, false
        from customers.load_change, lateral (select coalesce(before -> 'row' ->> 'booked_on', before -> 'row' ->> 'balance_on')::date as day) d
        where load_no = ${loadNo} and kind in ('balance', 'transaction') and (before -> 'row' ->> 'party_id')::uuid <> party_id
      union all select t.holding_id, t.party_id, true, t.booked_on, t.booked_on, null, false from customers.load_change c join customers.transaction t
          on t.party_id = c.party_id and t.transaction_id = c.row_id where c.load_no = ${loadNo} and c.kind = 'transaction'
    ), days as (
      insert into customers.changed_days (party_id, first_on, last_on)
      select party_id, min(first_on), max(last_on) from touched where first_on is not null group by party_id
    )
    insert into touched_holding (holding_id, party_id, recount, last, whole)
    select holding_id, (array_agg(party_id))[1], bool_or(recount), max(last), bool_or(whole) from touched group by holding_id`.execute(tx);
  await sql`
    insert into touched_party (party_id, whole)
    select party_id, bool_or(whole) from (
      select party_id, true as whole from customers.party where load_no = ${loadNo}
      union all select party_id, true from customers.contact_point where load_no = ${loadNo}
      union all select party_id, true from customers.identifier where load_no = ${loadNo}
      union all select party_id, true from customers.identity_link where load_no = ${loadNo} or undone_load_no = ${loadNo}
      union all select party_id, true from customers.holding_role where load_no = ${loadNo}
      union all select c.who, c.kind not in ('balance', 'transaction') from customers.load_change b
        cross join lateral (values (b.party_id, b.kind), ((b.before -> 'row' ->> 'party_id')::uuid, b.kind)) as c (who, kind)
        where b.load_no = ${loadNo} and b.kind not in ${ofNoParty}
      union all select r.party_id, h.whole from touched_holding h join customers.holding_role r using (holding_id)
      union all select party_id, whole from touched_holding
    ) t where party_id is not null group by party_id`.execute(tx);
  await sql`analyze touched_holding`.execute(tx);
  await sql`analyze touched_party`.execute(tx);
}

/** Fewer are refreshed by one connection: the statements themselves cost more than what they do. */
const ALONE_MAX = 1_000;

/** The customers to refresh, in batches of at most `batchRows`, as large as one another and a pair for two connections. Answers with the number of batches. */
export async function noteCustomers(tx: Tx, batchRows: number): Promise<number> {
  await sql`
    with c as materialized (select p.customer_id, bool_or(t.whole) as whole from touched_party t join customers.party p using (party_id) group by 1),
      n as (select case when count(*) <= ${ALONE_MAX} then 1 else 2 * ceil(count(*) / (2.0 * ${batchRows}))::int end as batches from c)
    insert into touched_customer as t (customer_id, batch_no, whole)
    select customer_id, ntile((select batches from n)) over (order by customer_id) - 1, whole from c
    on conflict (customer_id) do update set whole = true where excluded.whole and not t.whole`.execute(tx);
  await sql`analyze touched_customer`.execute(tx);
  // A holding goes with the customer who has its party now: one who takes the party over meanwhile refreshes no holdings.
  await sql`truncate batch_holding`.execute(tx);
  await sql`
    insert into batch_holding (holding_id, party_id, recount, last, batch_no)
    select n.holding_id, n.party_id, n.recount, n.last, t.batch_no
    from touched_holding n join customers.party p using (party_id) join touched_customer t using (customer_id)`.execute(tx);
  await sql`analyze batch_holding (batch_no, party_id, holding_id)`.execute(tx);
  const { rows } = await sql<{ batches: number }>`select coalesce(max(batch_no) + 1, 0)::int as batches from touched_customer`.execute(tx);
  return rows[0]?.batches ?? 0;
}

export async function countNoted(tx: Tx): Promise<number> {
  const { rows } = await sql<{ customers: number }>`select count(*)::int as customers from touched_customer`.execute(tx);
  return rows[0]?.customers ?? 0;
}

/** Customers named by their ids, also those that have no party any more. */
export async function noteGiven(tx: Tx, customerIds: readonly string[], batchRows: number): Promise<number> {
  await sql`
    insert into touched_customer (customer_id, batch_no, whole)
    select id, (row_number() over (order by id) - 1) / ${batchRows}, true from (select distinct unnest(${customerIds}::uuid[]) as id) c`.execute(
    tx,
  );
  await sql`analyze touched_customer`.execute(tx);
  return Math.ceil(new Set(customerIds).size / batchRows);
}

const shared = (noteNo: number) => sql.table(`staging.refresh_${noteNo < 0 ? `given_${-noteNo}` : noteNo}`);
const sharedHoldings = (noteNo: number) => sql.table(`staging.refresh_holdings_${noteNo < 0 ? `given_${-noteNo}` : noteNo}`);

/** Makes what was noted known to a second connection. What a crash leaves behind is made anew. */
export async function shareNoted(tx: Tx, noteNo: number): Promise<void> {
  await dropShared(tx, noteNo);
  await sql`create unlogged table ${shared(noteNo)} as select customer_id, batch_no, whole from touched_customer`.execute(tx);
  await sql`create unlogged table ${sharedHoldings(noteNo)} as select holding_id, party_id, recount, last, batch_no from batch_holding`.execute(
    tx,
  );
}

export async function takeNoted(tx: Tx, noteNo: number): Promise<void> {
  await prepareRefresh(tx);
  await sql`insert into touched_customer select customer_id, batch_no, whole from ${shared(noteNo)}`.execute(tx);
  await sql`insert into batch_holding select holding_id, party_id, recount, last, batch_no from ${sharedHoldings(noteNo)}`.execute(tx);
  await sql`analyze touched_customer`.execute(tx);
  await sql`analyze batch_holding (batch_no, party_id, holding_id)`.execute(tx);
}

export async function dropShared(tx: Tx, noteNo: number): Promise<void> {
  await sql`drop table if exists ${shared(noteNo)}, ${sharedHoldings(noteNo)}`.execute(tx);
}
