import { sql, type Tx } from "../../platform/db/index.ts";
import type { TierReason } from "../value/index.ts";

export interface TierRow {
  readonly customerId: string;
  readonly inArrears: boolean;
  /** Months in which something was open, oldest first; not those that a decision about the last month end looked at, or a later one, does not need. */
  readonly months: readonly { readonly month: string; readonly profitMinor: number; readonly volumeMinor: number }[];
  readonly state: { readonly tier: string; readonly since: string; readonly belowCount: number; readonly month: string } | null;
  readonly appeal: { readonly tier: string; readonly until: string; readonly since: string } | null;
}

/** What tiers of these customers are decided by; customers without any month are left out. `worths` turns balances into the reporting currency. */
export async function readTierRows(tx: Tx, customerIds: readonly string[], worths: Readonly<Record<string, number>>): Promise<TierRow[]> {
  type Columns = { readonly of: readonly string[]; readonly profits: readonly number[]; readonly volumes: readonly number[] };
  const { rows } = await sql<Omit<TierRow, "months"> & Columns>`
    with worth as materialized (select key as currency, value::float8 as worth from jsonb_each_text(${JSON.stringify(worths)}::jsonb)), by_month as (
      select m.customer_id, m.month, sum(m.asset_margin + m.deposit_margin + m.fees + m.interchange + m.exchange_margin + m.activity_cost + m.expected_loss
          + m.acquisition_cost)::float8 as profit, coalesce(sum(round((m.asset_minor + m.deposit_minor)::float8 * w.worth)), 0)::float8 as volume
      from intelligence.holding_profit m left join worth w using (currency) left join intelligence.customer_tier t using (customer_id)
      where m.customer_id = any (${customerIds}::uuid[]) and (t.month is null or m.month > t.month - interval '12 months') group by 1, 2
    )
    select c.customer_id as "customerId", coalesce(c.in_arrears, false) as "inArrears",
      b.of, b.profits, b.volumes,
      (select json_build_object('tier', t.tier, 'since', t.since, 'belowCount', t.below_count, 'month', t.month)
        from intelligence.customer_tier t where t.customer_id = c.customer_id) as state,
      (select json_build_object('tier', a.tier, 'until', a.until, 'since', a.decided_at::date) from customers.published_party p join intelligence.tier_appeal a using (party_id)
        where p.customer_id = c.customer_id and a.state = 'granted' order by a.decided_at desc limit 1) as appeal
    from customers.published_customer c join (
      select customer_id, to_json(array_agg(month order by month)) as of, to_json(array_agg(profit order by month)) as profits, to_json(array_agg(volume order by month)) as volumes
      from by_month group by 1) b using (customer_id)
    where c.customer_id = any (${customerIds}::uuid[])`.execute(tx);
  return rows.map(({ of, profits, volumes, ...row }) => ({
    ...row,
    months: of.map((month, at) => ({ month, profitMinor: profits[at] ?? 0, volumeMinor: volumes[at] ?? 0 })),
  }));
}

export interface TierState {
  readonly customerId: string;
  readonly tier: string;
  readonly since: string;
  readonly belowCount: number;
  readonly month: string;
  readonly reasons: readonly TierReason[];
  readonly versionNo: number;
}

export interface TierMove {
  readonly customerId: string;
  readonly fromTier: string | null;
  readonly toTier: string;
  readonly move: "first" | "rise" | "fall";
  readonly onDay: string;
  readonly reasons: readonly TierReason[];
  readonly versionNo: number;
}

/** The tiers as decided, with the moves that led there. What stands so already is not written. */
export async function saveTiers(tx: Tx, states: readonly TierState[], moves: readonly TierMove[]): Promise<void> {
  if (states.length > 0)
    await sql`
      insert into intelligence.customer_tier as o (customer_id, tier, since, below_count, month, reasons, version_no)
      select "customerId", tier, since, "belowCount", month, reasons, "versionNo"
      from jsonb_to_recordset(${JSON.stringify(states)}::jsonb)
        as x ("customerId" uuid, tier text, since date, "belowCount" smallint, month date, reasons jsonb, "versionNo" int)
      on conflict (customer_id) do update set tier = excluded.tier, since = excluded.since, below_count = excluded.below_count, month = excluded.month,
        reasons = excluded.reasons, version_no = excluded.version_no
      where (o.tier, o.since, o.below_count, o.month, o.reasons, o.version_no)
        is distinct from (excluded.tier, excluded.since, excluded.below_count, excluded.month, excluded.reasons, excluded.version_no)`.execute(
      tx,
    );
  if (moves.length > 0)
    await sql`
      insert into intelligence.tier_move (customer_id, from_tier, to_tier, move, on_day, reasons, version_no)
      select "customerId", "fromTier", "toTier", move, "onDay", reasons, "versionNo"
      from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb)
        as x ("customerId" uuid, "fromTier" text, "toTier" text, move text, "onDay" date, reasons jsonb, "versionNo" int)`.execute(tx);
}
