import { notProfiled } from "../../customers/consents/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import { catalogue } from "./catalogue/index.ts";
import { columnType } from "./columns.ts";
import { compileFacts, type FactWindow } from "./compile.ts";
import type { Fact } from "./fact.ts";
import { lastDayOf } from "./months.ts";

const computed = catalogue.filter(({ origin }) => origin !== "supplied");
const columns = computed.map(({ key }) => key);

/** Rates by currency: how many minor units of the reporting currency one minor unit is. */
export type Factors = ReadonlyMap<string, number>;

/** Makes the session tables a computation reads: whom, and at which rates. customerIds null: everybody. */
export async function prepareComputation(tx: Tx, customerIds: readonly string[] | null, factors: Factors): Promise<void> {
  await sql`create temp table if not exists fact_target (customer_id uuid primary key) on commit delete rows`.execute(tx);
  await sql`create temp table if not exists fact_rate (currency char(3) primary key, factor double precision not null) on commit delete rows`.execute(
    tx,
  );
  await sql`truncate fact_target, fact_rate`.execute(tx);
  await (customerIds === null
    ? sql`insert into fact_target select customer_id from customers.published_customer`
    : sql`insert into fact_target select distinct unnest(${customerIds}::uuid[])`
  ).execute(tx);
  await sql`insert into fact_rate select * from unnest(${[...factors.keys()]}::text[], ${[...factors.values()]}::float8[])`.execute(tx);
  await sql`analyze fact_target`.execute(tx);
  await sql`analyze fact_rate`.execute(tx);
}

/** Customers with facts whose own values are no longer what a computation gives are written; answers with how many. Needs prepareComputation. */
export async function writeFacts(tx: Tx, window: FactWindow): Promise<number> {
  const asOf = lastDayOf(window.untilMonth);
  const of = (alias: string) => columns.map((name) => `${alias}.${name}`).join(", ");
  const { rows } = await sql<{ written: number }>`
    with computed as (${sql.raw(compileFacts(computed, window))}), written as (
      insert into intelligence.customer_fact as f (customer_id, branch_id, portfolio_id, compartments, as_of, ${sql.raw(columns.join(", "))})
      select n.customer_id, c.branch_id, c.portfolio_id, c.compartments, ${asOf}::date, ${sql.raw(of("n"))}
      from computed n join customers.published_customer c using (customer_id)
      on conflict (customer_id) do update set branch_id = excluded.branch_id, portfolio_id = excluded.portfolio_id, compartments = excluded.compartments, as_of = excluded.as_of,
        ${sql.raw(columns.map((name) => `${name} = excluded.${name}`).join(", "))}
      where (f.as_of, f.branch_id, f.portfolio_id, f.compartments, ${sql.raw(of("f"))})
        is distinct from (excluded.as_of, excluded.branch_id, excluded.portfolio_id, excluded.compartments, ${sql.raw(of("excluded"))})
      returning 1)
    select count(*)::int as written from written`.execute(tx);
  return rows[0]?.written ?? 0;
}

export async function countFacts(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from intelligence.customer_fact`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** The next customers in the order of their ids. */
export async function customersAfter(tx: Tx, after: string | null, rows: number): Promise<string[]> {
  const { rows: found } = await sql<{ id: string }>`
    select customer_id as id from customers.published_customer where ${after}::uuid is null or customer_id > ${after}::uuid order by 1 limit ${rows}`.execute(
    tx,
  );
  return found.map(({ id }) => id);
}

export async function analyzeFacts(tx: Tx): Promise<void> {
  await sql`analyze intelligence.party_month`.execute(tx);
  await sql`analyze intelligence.holding_month`.execute(tx);
  await sql`analyze intelligence.customer_fact`.execute(tx);
}

/** The last day of the months all facts are of; null before the first refresh. */
export async function readAsOf(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{
    asOf: string | null;
  }>`select max(as_of) as "asOf" from intelligence.refresh_run where finished_at is not null`.execute(tx);
  return rows[0]?.asOf ?? null;
}

/** The last day on which anything was booked to anybody, `today` at most; null where nothing was. By index: every refresh asks. */
export async function readLastBookedDay(tx: Tx, today: string): Promise<string | null> {
  const day = sql`(case when last_transaction_on is null then '-infinity' else last_transaction_on end)`;
  const { rows } = await sql<{ day: string | null }>`
    select last_transaction_on as day from customers.published_customer where ${day} <= ${today}::date order by ${day} desc limit 1`.execute(
    tx,
  );
  return rows[0]?.day ?? null;
}

export async function findCustomer(tx: Tx, numberOrId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from customers.published_customer where customer_no = ${numberOrId} or customer_id::text = ${numberOrId} limit 1`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}

/** One row as PostgreSQL gives it: bigint for money, text for dates; null: no facts yet, or not for the caller. */
export async function readRow(tx: Tx, customerId: string, keys: readonly string[]): Promise<Record<string, unknown> | null> {
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.raw(["as_of", ...keys].join(", "))} from intelligence.customer_fact where customer_id = ${customerId}`.execute(tx);
  return rows[0] ?? null;
}

/** Facts kept for today, of all customers or some, in the order of their ids. */
export async function readKept(
  tx: Tx,
  facts: readonly Fact[],
  customerIds: readonly string[] | null,
  leaveOut: boolean,
): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select f.customer_id, ${sql.raw(["f.as_of", ...facts.map(({ key }) => `f.${key}`)].join(", "))} from intelligence.customer_fact f
    where (${customerIds}::uuid[] is null or f.customer_id = any (${customerIds}::uuid[]))
      and (${!leaveOut} or f.customer_id not in (select ${notProfiled(customerIds)}))
    order by f.customer_id`.execute(tx);
  return rows;
}

/** The same computed as of a window in the past. Needs prepareComputation. */
export async function computePast(
  tx: Tx,
  facts: readonly Fact[],
  window: FactWindow,
  leaveOut: boolean,
): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select * from (${sql.raw(compileFacts(facts, window))}) n
    where ${!leaveOut} or n.customer_id not in (select customers.not_profiled())
    order by customer_id`.execute(tx);
  return rows;
}

/** Writes columns of results where they differ. `rows` come with a customer_id and one column a fact, named by its key. */
export async function writeSupplied(tx: Tx, facts: readonly Fact[], rows: ReturnType<typeof sql>): Promise<number> {
  const keys = facts.map(({ key }) => key);
  const of = (alias: string) => sql.raw(keys.map((key) => `${alias}.${key}`).join(", "));
  const result = await sql`
    update intelligence.customer_fact f set ${sql.raw(keys.map((key) => `${key} = n.${key}`).join(", "))}
    from (select s.customer_id, ${sql.raw(facts.map((fact) => `s.${fact.key}::${columnType(fact)} as ${fact.key}`).join(", "))} from (${rows}) s) n
    where f.customer_id = n.customer_id and (${of("f")}) is distinct from (${of("n")})`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

export const suppliedRows = (facts: readonly Fact[], customerIds: readonly string[], values: readonly (readonly unknown[])[]) => sql`
  select * from unnest(${customerIds}::uuid[], ${sql.join(
    facts.map((fact, at) => sql`${values.map((row) => row[at] ?? null)}::${sql.raw(columnType(fact))}[]`),
    sql`, `,
  )}) as u (customer_id, ${sql.raw(facts.map(({ key }) => key).join(", "))})`;
