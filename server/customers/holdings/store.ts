import type { RawBuilder } from "kysely";
import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import type { Transaction, TransactionFilter } from "./contract.ts";
import type { TransactionCursor } from "./rules.ts";

/** The holdings of a customer whose transactions are asked for, with the party each hangs on. */
export interface HoldingKey {
  readonly partyId: string;
  readonly holdingId: string;
  readonly currency: string;
}

const HOLDINGS_MAX = 500;

/** null when there is no such customer for this caller. */
export async function listHoldingKeys(tx: Tx, customerId: string, holdingId: string | undefined): Promise<HoldingKey[] | null> {
  const { rows } = await sql<{ keys: HoldingKey[] }>`${prepared}
    select coalesce((
      select jsonb_agg(jsonb_build_object('partyId', h.party_id, 'holdingId', h.holding_id, 'currency', h.currency) order by h.holding_id)
      from customers.holding h
      where h.holding_id in (
          select r.holding_id from customers.party p join customers.holding_role r using (party_id) where p.customer_id = c.customer_id limit ${HOLDINGS_MAX})
        and (${holdingId ?? null}::uuid is null or h.holding_id = ${holdingId ?? null}::uuid)), '[]') as keys
    from customers.customer c where c.customer_id = ${customerId}`.execute(tx);
  return rows[0]?.keys ?? null;
}

function matching(keys: readonly HoldingKey[], filter: TransactionFilter): RawBuilder<boolean> {
  const pattern = filter.text === undefined ? null : `%${filter.text.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`
    t.party_id = any (${[...new Set(keys.map((key) => key.partyId))]}::uuid[]) and t.holding_id = any (${keys.map((key) => key.holdingId)}::uuid[])
    and (${filter.from ?? null}::date is null or t.booked_on >= ${filter.from ?? null}::date)
    and (${filter.to ?? null}::date is null or t.booked_on <= ${filter.to ?? null}::date)
    and (${filter.direction ?? null}::text is null or (t.amount_minor > 0) = (${filter.direction ?? null}::text = 'in'))
    and (${filter.category ?? null}::text is null or t.category = ${filter.category ?? null}::text)
    and (${filter.channel ?? null}::text is null or t.channel = ${filter.channel ?? null}::text)
    and (${pattern}::text is null or t.description ilike ${pattern}::text or t.counterparty_name ilike ${pattern}::text or t.counterparty_account ilike ${pattern}::text)`;
}

/** Newest first. */
export async function listTransactions(
  tx: Tx,
  keys: readonly HoldingKey[],
  filter: TransactionFilter,
  after: TransactionCursor | null,
  limit: number,
): Promise<Transaction[]> {
  const start = after === null ? sql`true` : sql`(t.booked_on, t.transaction_id) < (${after.bookedOn}::date, ${after.transactionId}::uuid)`;
  const { rows } = await sql<Transaction>`${prepared}
    select t.transaction_id as "transactionId", t.holding_id as "holdingId", t.booked_on as "bookedOn", t.value_on as "valueOn", t.amount_minor as "amountMinor",
      t.currency, t.balance_after_minor as "balanceAfterMinor", t.category, t.channel, t.counterparty_name as "counterpartyName",
      t.counterparty_account as "counterpartyAccount", t.description, t.source_key as "sourceKey"
    from customers.transaction t
    where ${matching(keys, filter)} and ${start}
    order by t.booked_on desc, t.transaction_id desc limit ${limit}`.execute(tx);
  return rows;
}

export interface FacetRow {
  readonly facet: "total" | "category" | "channel";
  readonly code: string | null;
  readonly currency: string;
  readonly count: number;
  readonly inMinor: bigint;
  readonly outMinor: bigint;
}

/** One pass for the totals by currency, by category and by channel. */
export async function totalTransactions(tx: Tx, keys: readonly HoldingKey[], filter: TransactionFilter): Promise<FacetRow[]> {
  const { rows } = await sql<FacetRow>`${prepared}
    select case when grouping(t.category) = 0 then 'category' when grouping(t.channel) = 0 then 'channel' else 'total' end as facet,
      coalesce(t.category, t.channel) as code, t.currency, count(*)::int as count,
      coalesce(sum(t.amount_minor) filter (where t.amount_minor > 0), 0)::bigint as "inMinor",
      coalesce(sum(t.amount_minor) filter (where t.amount_minor < 0), 0)::bigint as "outMinor"
    from customers.transaction t
    where ${matching(keys, filter)}
    group by grouping sets ((t.currency), (t.currency, t.category), (t.currency, t.channel))
    order by count(*) desc, code limit 450`.execute(tx);
  return rows;
}

export interface BalancePoint {
  readonly holdingId: string;
  readonly on: string;
  readonly amountMinor: bigint;
}

/** The last balance of each day, from the balances a source delivered and the running balances of transactions; at most `pointsMax` a holding, the newest always among them. */
export async function readBalancePoints(
  tx: Tx,
  keys: readonly HoldingKey[],
  from: string | undefined,
  to: string | undefined,
  pointsMax: number,
): Promise<BalancePoint[]> {
  const { rows } = await sql<BalancePoint>`${prepared}
    with daily as (
      select distinct on (t.holding_id, t.booked_on) t.holding_id, t.booked_on as day, t.balance_after_minor as amount
      from customers.transaction t
      where ${matching(keys, { from, to })} and t.balance_after_minor is not null
      order by t.holding_id, t.booked_on, t.load_no desc, t.line_no desc
    ), delivered as (
      select b.holding_id, b.balance_on as day, b.amount_minor as amount from customers.balance b
      where b.party_id = any (${[...new Set(keys.map((key) => key.partyId))]}::uuid[]) and b.holding_id = any (${keys.map((key) => key.holdingId)}::uuid[])
        and b.kind in ('booked', 'outstanding', 'market_value')
        and (${from ?? null}::date is null or b.balance_on >= ${from ?? null}::date) and (${to ?? null}::date is null or b.balance_on <= ${to ?? null}::date)
    ), joined as (
      select holding_id, day, coalesce(max(delivered.amount), max(daily.amount)) as amount
      from daily full join delivered using (holding_id, day) group by holding_id, day
    ), numbered as (
      select joined.*, row_number() over (partition by holding_id order by day desc) as place, count(*) over (partition by holding_id) as points from joined
    )
    select holding_id as "holdingId", day as "on", amount as "amountMinor" from numbered
    where (place - 1) % ceil(points::numeric / ${pointsMax})::bigint = 0
    order by holding_id, day limit 60000`.execute(tx);
  return rows;
}
