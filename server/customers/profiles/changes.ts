import { sql, type Tx } from "../../platform/db/index.ts";

/** Notes, with the golden values of a batch, whom it was about: for who computes from customers. */
export async function noteChanged(tx: Tx, batchNo: number): Promise<void> {
  await sql`insert into customers.changed_customer (customer_id) select customer_id from touched_customer where batch_no = ${batchNo}`.execute(
    tx,
  );
}

export interface Changes {
  /** Customers that were refreshed or are gone since the last time; each once. */
  readonly customers: number;
  /** Records with changed bookings or balances. */
  readonly parties: number;
}

/**
 * Takes what changed out of the list into two session tables of the transaction, `taken_customer (customer_id)` and `taken_days (party_id, first_on,
 * last_on)`. There is one reader: what it takes and does not use in this transaction is lost to it. Worker role.
 */
export async function takeChanges(tx: Tx): Promise<Changes> {
  await sql`create temp table if not exists taken_customer (customer_id uuid primary key) on commit delete rows`.execute(tx);
  await sql`create temp table if not exists taken_days (party_id uuid primary key, first_on date not null, last_on date not null) on commit delete rows`.execute(
    tx,
  );
  await sql`with taken as (delete from customers.changed_customer returning customer_id)
    insert into taken_customer select distinct customer_id from taken on conflict do nothing`.execute(tx);
  await sql`with taken as (delete from customers.changed_days returning party_id, first_on, last_on)
    insert into taken_days select party_id, min(first_on), max(last_on) from taken group by party_id`.execute(tx);
  // A record whose money changed belongs to a customer, whether or not that one was refreshed too.
  await sql`insert into taken_customer select p.customer_id from taken_days join customers.party p using (party_id) on conflict do nothing`.execute(
    tx,
  );
  await sql`analyze taken_customer`.execute(tx);
  await sql`analyze taken_days`.execute(tx);
  const { rows } = await sql<Changes>`
    select (select count(*)::int from taken_customer) as customers, (select count(*)::int from taken_days) as parties`.execute(tx);
  return rows[0] ?? { customers: 0, parties: 0 };
}
