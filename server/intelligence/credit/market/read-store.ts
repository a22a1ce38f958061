import { sql, type Tx } from "../../../platform/db/index.ts";
import type { Position, Shock } from "./rules.ts";

// Everything here runs as the person who asks: row security decides what is there.

const own = sql`currency, is_income as "isIncome", assets_minor::float8 as "assetsMinor", debts_minor::float8 as "debtsMinor",
  duration_minor as "durationMinor", convexity_minor as "convexityMinor", floating_minor::float8 as "floatingMinor"`;

export async function listPositionsOf(tx: Tx, customerId: string, max: number): Promise<Position[]> {
  const { rows } = await sql<Position>`
    select ${own} from intelligence.market_position where customer_id = ${customerId} order by assets_minor + debts_minor desc, currency limit ${max}`.execute(
    tx,
  );
  return rows;
}

export interface SummedPosition extends Position {
  readonly customers: number;
}

/** All positions added up by currency, those of people who earn it apart from those who do not. */
export async function sumPositions(tx: Tx, branchId: string | null): Promise<SummedPosition[]> {
  const { rows } = await sql<SummedPosition>`
    select currency, is_income as "isIncome", count(*)::int as customers, sum(assets_minor)::float8 as "assetsMinor", sum(debts_minor)::float8 as "debtsMinor",
      sum(duration_minor) as "durationMinor", sum(convexity_minor) as "convexityMinor", sum(floating_minor)::float8 as "floatingMinor"
    from intelligence.market_position where ${branchId}::uuid is null or branch_id = ${branchId} group by 1, 2 order by 4 desc limit 100`.execute(
    tx,
  );
  return rows;
}

export async function countHolders(tx: Tx, branchId: string | null): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct customer_id)::int as count from intelligence.market_position where ${branchId}::uuid is null or branch_id = ${branchId}`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

export interface WorstRow {
  readonly customerId: string;
  readonly fullName: string;
  readonly customerNo: string;
  readonly netMinor: bigint;
  readonly gainMinor: bigint;
  readonly foreignMinor: bigint;
  readonly grossMinor: bigint;
}

/** Whom a shock costs most; the formula is that of `gainOf` (market/rules.ts; a test holds them together). */
export async function listWorst(tx: Tx, shock: Shock, branchId: string | null, max: number): Promise<WorstRow[]> {
  const { rows } = await sql<WorstRow>`
    with shock as materialized (select ${shock.rate}::float8 as rate, ${JSON.stringify(shock.currencies)}::jsonb as currencies),
    worst as (
      select m.customer_id, sum(m.assets_minor - m.debts_minor)::bigint as net,
        round(sum(-m.duration_minor * s.rate + m.convexity_minor * s.rate ^ 2 / 2
          + case when m.is_income then 0 else (m.assets_minor - m.debts_minor) * coalesce((s.currencies ->> m.currency)::float8, (s.currencies ->> '*')::float8, 0) end))::bigint as gain,
        sum(case when m.is_income then 0 else m.assets_minor + m.debts_minor end)::bigint as foreign_sum, sum(m.assets_minor + m.debts_minor)::bigint as gross
      from intelligence.market_position m cross join shock s where ${branchId}::uuid is null or m.branch_id = ${branchId}
      group by m.customer_id order by gain, m.customer_id limit ${max}
    )
    select c.customer_id as "customerId", c.full_name as "fullName", c.customer_no as "customerNo", w.net as "netMinor", w.gain as "gainMinor",
      w.foreign_sum as "foreignMinor", w.gross as "grossMinor"
    from worst w join customers.published_customer c using (customer_id) where w.gain < 0 order by w.gain, c.customer_id`.execute(tx);
  return rows;
}
