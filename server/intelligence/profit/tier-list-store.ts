import { sql, type Tx } from "../../platform/db/index.ts";
import type { TierReason } from "./contract.ts";

export async function readDistribution(tx: Tx) {
  const { rows } = await sql<{ name: string; customers: number; profitMinor: bigint; volumeMinor: bigint; atRisk: number }>`
    select t.tier as name, count(*)::int as customers, coalesce(sum(v.profit_minor), 0)::bigint as "profitMinor",
      coalesce(sum(v.volume_minor), 0)::bigint as "volumeMinor", count(*) filter (where t.below_count > 0)::int as "atRisk"
    from customers.published_customer c join intelligence.customer_tier t using (customer_id) left join intelligence.customer_value v using (customer_id)
    group by 1 order by 2 desc limit 20`.execute(tx);
  return rows;
}

/** Rises and falls by month, oldest first. */
export async function readMoves(tx: Tx) {
  const { rows } = await sql<{ month: string; rises: number; falls: number }>`
    select * from (
      select date_trunc('month', m.on_day)::date as month, count(*) filter (where m.move = 'rise')::int as rises, count(*) filter (where m.move = 'fall')::int as falls
      from intelligence.tier_move m join customers.published_customer c using (customer_id) where m.move <> 'first' group by 1 order by 1 desc limit 24) x order by 1`.execute(
    tx,
  );
  return rows;
}

export interface MoveRow {
  readonly moveId: string;
  readonly customerId: string;
  readonly customerNo: string;
  readonly fullName: string;
  readonly language: string | null;
  readonly fromTier: string | null;
  readonly toTier: string;
  readonly move: "first" | "rise" | "fall";
  readonly onDay: string;
  readonly reasons: TierReason[];
}

/** Newest first, behind `after`. */
export async function listMoves(
  tx: Tx,
  move: "rise" | "fall" | null,
  after: { onDay: string; moveId: string } | null,
  limit: number,
): Promise<MoveRow[]> {
  const { rows } = await sql<MoveRow>`
    select m.move_id as "moveId", c.customer_id as "customerId", c.customer_no as "customerNo", c.full_name as "fullName", c.language,
      m.from_tier as "fromTier", m.to_tier as "toTier", m.move, m.on_day as "onDay", m.reasons
    from intelligence.tier_move m join customers.published_customer c using (customer_id)
    where m.move <> 'first' and (${move}::text is null or m.move = ${move}::text)
      and (${after?.onDay ?? null}::date is null or (m.on_day, m.move_id) < (${after?.onDay ?? null}::date, ${after?.moveId ?? null}::uuid))
    order by m.on_day desc, m.move_id desc limit ${limit}`.execute(tx);
  return rows;
}
