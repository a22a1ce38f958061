import { sql, type Tx } from "../../platform/db/index.ts";
import type { TierRules } from "../value/contract.ts";
import { profitParts } from "../value/index.ts";
import { GROUPS_MAX, type Parts, type Slice, type TierMove, type TierReason, type ValuedCustomer } from "./contract.ts";

export interface Terms {
  readonly versionNo: number;
  readonly currency: string;
  readonly horizonMonths: number;
  readonly tierRules: TierRules;
}

/** What holds in a month; null when nothing does. */
export async function readTerms(tx: Tx, month: string): Promise<Terms | null> {
  const { rows } = await sql<Terms>`
    select version_no as "versionNo", body ->> 'currency' as currency, (body ->> 'horizonMonths')::int as "horizonMonths", body -> 'tierRules' as "tierRules"
    from intelligence.profit_parameters where state = 'approved' and valid_from <= ${month}::date order by valid_from desc, version_no desc limit 1`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** The last month of the figures the caller may see; null while there are none. */
export async function readLastMonth(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ month: string }>`select month from intelligence.customer_value order by month desc limit 1`.execute(tx);
  return rows[0]?.month ?? null;
}

export interface Part {
  readonly slice: Slice;
  /** Last month of the slice, and its first. */
  readonly month: string;
  readonly since: string;
  /** The slice is the twelve months that are kept added up. */
  readonly isKept: boolean;
}

const within = ({ branchId, tier, segment, memberOf }: Slice) => sql`
  (${branchId ?? null}::uuid is null or c.branch_id = ${branchId ?? null}::uuid)
  and (${tier ?? null}::text is null or t.tier = ${tier ?? null}::text)
  and (${segment ?? null}::text is null or coalesce(c.segment, c.kind) = ${segment ?? null}::text)
  ${memberOf === undefined ? sql`` : sql`and c.customer_id in (select m.customer_id from intelligence.segment_member m where m.segment_id = ${memberOf}::uuid)`}`;

const rawParts = (write: (part: string) => string) => sql.raw(profitParts.map(write).join(", "));
const beforeCapital = profitParts.filter((part) => part !== "capital_charge");
/** Money as text where it goes through JSON: a number there would be rounded. */
const jsonParts = (alias: string) =>
  sql.raw(`jsonb_build_object(${profitParts.map((part) => `'${part}', coalesce(sum(${alias}.${part}), 0)::bigint::text`).join(", ")})`);

/** One row a customer whom the caller sees and who fits the slice: the policies of customers decide, and no figure is of anybody else. */
function figures({ slice, month, since, isKept }: Part): ReturnType<typeof sql> {
  const who = sql`c.customer_id, c.branch_id, coalesce(c.segment, c.kind) as segment, t.tier`;
  return isKept
    ? sql`select ${who}, v.volume_minor, v.unpriced, ${rawParts((part) => `v.${part}`)}
        from intelligence.customer_value v join customers.published_customer c using (customer_id) left join intelligence.customer_tier t using (customer_id)
        where v.month = ${month}::date and ${within(slice)}`
    : sql`select ${who}, coalesce(max(v.volume_minor), 0) as volume_minor, count(*) filter (where m.version_no is null)::int as unpriced,
          ${rawParts((part) => `sum(m.${part})::bigint as ${part}`)}
        from intelligence.holding_profit m join customers.published_customer c using (customer_id) left join intelligence.customer_tier t using (customer_id)
          left join intelligence.customer_value v using (customer_id)
        where m.month between ${since}::date and ${month}::date and ${within(slice)} group by c.customer_id, c.branch_id, c.segment, c.kind, t.tier`;
}

const measured = (measure: "profit" | "economic") =>
  sql.raw(`(${(measure === "profit" ? beforeCapital : profitParts).map((part) => `f.${part}`).join(" + ")})`);

export interface GroupRow {
  readonly facet: "all" | "branch" | "tier" | "segment";
  readonly key: string | null;
  readonly name: string | null;
  readonly customers: number;
  readonly unpriced: number;
  readonly parts: Record<keyof Parts, string>;
}

/** Sums of all, and by branch, tier and segment. */
export async function readGroups(tx: Tx, part: Part): Promise<GroupRow[]> {
  const { rows } = await sql<GroupRow>`
    with f as (${figures(part)}), g as (
      select grouping(f.branch_id, f.tier, f.segment) as facet, f.branch_id, f.tier, f.segment, count(*)::int as customers, sum(f.unpriced)::int as unpriced,
        ${jsonParts("f")} as parts
      from f group by grouping sets ((), (f.branch_id), (f.tier), (f.segment))
    )
    select case g.facet when 7 then 'all' when 3 then 'branch' when 5 then 'tier' else 'segment' end as facet,
      coalesce(g.branch_id::text, g.tier, g.segment) as key, coalesce(u.name, g.tier, g.segment) as name, g.customers, g.unpriced, g.parts
    from g left join governance.organisation_unit u on u.unit_id = g.branch_id order by g.customers desc, 2 limit ${3 * GROUPS_MAX}`.execute(
    tx,
  );
  return rows;
}

/** Every customer's figure, best first. */
export async function readProfits(tx: Tx, part: Part, measure: "profit" | "economic"): Promise<bigint[]> {
  const { rows } = await sql<{ profits: string | null }>`
    with f as (${figures(part)}) select string_agg(${measured(measure)}::text, ' ' order by ${measured(measure)} desc) as profits from f`.execute(
    tx,
  );
  const text = rows[0]?.profits ?? "";
  return text === "" ? [] : text.split(" ").map(BigInt);
}

export interface ProductRow {
  readonly name: string;
  readonly holdings: number;
  readonly parts: Record<keyof Parts, string>;
}

export async function readProducts(tx: Tx, { slice, month, since }: Part): Promise<ProductRow[]> {
  const { rows } = await sql<ProductRow>`
    select m.product as name, count(distinct m.holding_id)::int as holdings, ${jsonParts("m")} as parts
    from intelligence.holding_profit m join customers.published_customer c using (customer_id) left join intelligence.customer_tier t using (customer_id)
    where m.month between ${since}::date and ${month}::date and ${within(slice)} group by 1 order by 2 desc limit 20`.execute(tx);
  return rows;
}

/** Customers by their place on the curve, from `fromPlace` on in steps of `order`. */
export async function listPlaces(
  tx: Tx,
  part: Part,
  request: { measure: "profit" | "economic"; from: number; to: number; order: "best" | "worst"; after: number | null; rows: number },
): Promise<ValuedCustomer[]> {
  const { measure, from, to, order, after, rows: limit } = request;
  const next = order === "best" ? sql`place > ${after}::int` : sql`place < ${after}::int`;
  const { rows } = await sql<ValuedCustomer>`
    with f as (${figures(part)}), placed as (
      select f.customer_id, f.tier, f.volume_minor, ${measured("profit")} as profit, ${measured("economic")} as economic,
        row_number() over (order by ${measured(measure)} desc, f.customer_id)::int as place, count(*) over () as n from f
    ), page as (
      select * from placed where place > round(${from}::float8 * n) and place <= greatest(round(${to}::float8 * n), round(${from}::float8 * n) + 1)
        and (${after}::int is null or ${next})
      order by place ${order === "best" ? sql`asc` : sql`desc`} limit ${limit}
    )
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.full_name as "fullName", c.latin_name as "latinName", c.language, c.kind,
      (select u.name from governance.organisation_unit u where u.unit_id = c.branch_id) as "branchName", c.segment, p.tier,
      p.profit::bigint as "profitMinor", p.economic::bigint as "economicMinor", p.volume_minor as "volumeMinor", p.place
    from page p join customers.published_customer c using (customer_id) order by p.place ${order === "best" ? sql`asc` : sql`desc`}`.execute(
    tx,
  );
  return rows;
}

// ---------------------------------------------------------------- one customer

export interface CustomerRow {
  readonly month: string | null;
  readonly parts: Record<keyof Parts, string>;
  readonly volumeMinor: string;
  readonly unpriced: number;
  readonly rfm: { recency: number; frequency: number; margin: number } | null;
  readonly lastOwnOn: string | null;
  readonly lifetime: { todayMinor: string; paymentsMinor: string; potentialMinor: string; stays: number } | null;
  readonly tier: { name: string; since: string; reasons: TierReason[] } | null;
  readonly moves: TierMove[];
  readonly trend: { month: string; profitMinor: string; economicMinor: string }[];
  readonly holdings: {
    holdingId: string;
    product: string;
    productName: string | null;
    number: string | null;
    currency: string;
    isPriced: boolean;
    parts: Record<keyof Parts, string>;
  }[];
}

/** Everything of one customer in one statement; null when there is no such customer for the caller. */
export async function readCustomer(tx: Tx, customerId: string, since: string): Promise<CustomerRow | null> {
  const ownParts = sql.raw(`jsonb_build_object(${profitParts.map((part) => `'${part}', coalesce(v.${part}, 0)::text`).join(", ")})`);
  const profit = sql.raw(`sum(${beforeCapital.map((part) => `m.${part}`).join(" + ")})::bigint::text`);
  const economic = sql.raw(`sum(${profitParts.map((part) => `m.${part}`).join(" + ")})::bigint::text`);
  const { rows } = await sql<CustomerRow>`
    select v.month, ${ownParts} as parts, coalesce(v.volume_minor, 0)::text as "volumeMinor", coalesce(v.unpriced, 0) as unpriced,
      case when v.recency is not null then json_build_object('recency', v.recency, 'frequency', v.frequency, 'margin', v.margin) end as rfm,
      v.last_own_on as "lastOwnOn",
      case when v.lifetime_minor is not null then json_build_object('todayMinor', v.lifetime_minor::text, 'paymentsMinor', v.activity_minor::text,
        'potentialMinor', v.potential_minor::text, 'stays', v.stays) end as lifetime,
      (select json_build_object('name', t.tier, 'since', t.since, 'reasons', t.reasons) from intelligence.customer_tier t where t.customer_id = c.customer_id) as tier,
      coalesce((select json_agg(json_build_object('fromTier', x.from_tier, 'toTier', x.to_tier, 'move', x.move, 'onDay', x.on_day, 'reasons', x.reasons) order by x.on_day desc, x.move_id desc)
        from (select * from intelligence.tier_move x where x.customer_id = c.customer_id order by x.on_day desc, x.move_id desc limit 50) x), '[]') as moves,
      coalesce((select json_agg(json_build_object('month', x.month, 'profitMinor', x.profit, 'economicMinor', x.economic) order by x.month) from (
        select m.month, ${profit} as profit, ${economic} as economic
        from intelligence.holding_profit m where m.customer_id = c.customer_id group by 1 order by 1 desc limit 24) x), '[]') as trend,
      coalesce((select json_agg(json_build_object('holdingId', x.holding_id, 'product', x.product, 'productName', h.product_name, 'number', h.number,
          'currency', x.currency, 'isPriced', x.priced, 'parts', x.parts)) from (
        select m.party_id, m.holding_id, m.product, m.currency, bool_and(m.version_no is not null) as priced, ${jsonParts("m")} as parts
        from intelligence.holding_profit m where m.customer_id = c.customer_id and m.month >= ${since}::date group by 1, 2, 3, 4
        order by abs(sum(${sql.raw(profitParts.map((part) => `m.${part}`).join(" + "))})) desc limit 200) x
        left join customers.published_account h on h.party_id = x.party_id and h.holding_id = x.holding_id), '[]') as holdings
    from customers.published_customer c left join intelligence.customer_value v using (customer_id) where c.customer_id = ${customerId}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

// ---------------------------------------------------------------- what somebody looks after

export interface OwnRow {
  readonly customers: number;
  readonly profitMinor: bigint;
  readonly economicMinor: bigint;
  readonly lifetimeMinor: bigint;
  readonly potentialMinor: bigint;
  readonly tiers: { name: string; customers: number }[];
}

const own = sql`c.portfolio_id = any ((select governance.visible_portfolios())::uuid[])`;

export async function readOwn(tx: Tx): Promise<OwnRow | null> {
  const { rows } = await sql<OwnRow>`
    with f as (
      select v.*, t.tier from customers.published_customer c join intelligence.customer_value v using (customer_id) left join intelligence.customer_tier t using (customer_id)
      where ${own} limit 100000
    )
    select count(*)::int as customers, coalesce(sum(profit_minor), 0)::bigint as "profitMinor", coalesce(sum(economic_minor), 0)::bigint as "economicMinor",
      coalesce(sum(lifetime_minor), 0)::bigint as "lifetimeMinor", coalesce(sum(potential_minor), 0)::bigint as "potentialMinor",
      coalesce((select json_agg(json_build_object('name', x.tier, 'customers', x.n)) from (
        select tier, count(*)::int as n from f where tier is not null group by 1 order by max(profit_minor) desc limit 8) x), '[]') as tiers
    from f`.execute(tx);
  return rows[0] ?? null;
}

export interface Mover {
  readonly customerId: string;
  readonly customerNo: string;
  readonly fullName: string;
  readonly language: string | null;
  readonly fromTier: string | null;
  readonly toTier: string | null;
  readonly onDay: string | null;
  readonly changeMinor: bigint;
}

/** Of one's own customers: whose tier moved last, and whose profit of three months moved most against the three before. */
export async function listMovers(tx: Tx, { month, half, since }: { month: string; half: string; since: string }): Promise<Mover[]> {
  const whole = sql.raw(`(${beforeCapital.map((part) => `m.${part}`).join(" + ")})`);
  const { rows } = await sql<Mover>`
    with mine as (
      select c.customer_id, c.customer_no, c.full_name, c.language from customers.published_customer c where ${own} limit 2000
    ), change as (
      select m.customer_id, (sum(${whole}) filter (where m.month >= ${half}::date) - coalesce(sum(${whole}) filter (where m.month < ${half}::date), 0))::bigint as change
      from intelligence.holding_profit m join mine using (customer_id) where m.month between ${since}::date and ${month}::date group by 1
    ), move as (
      select distinct on (x.customer_id) x.* from intelligence.tier_move x join mine using (customer_id)
      where x.move <> 'first' and x.on_day > ${month}::date - 31 order by x.customer_id, x.on_day desc, x.move_id desc
    )
    select p.customer_id as "customerId", p.customer_no as "customerNo", p.full_name as "fullName", p.language, v.from_tier as "fromTier", v.to_tier as "toTier",
      v.on_day as "onDay", coalesce(g.change, 0)::bigint as "changeMinor"
    from mine p left join change g using (customer_id) left join move v using (customer_id)
    where v.move_id is not null or abs(g.change) > 0
    order by v.move_id is null, abs(coalesce(g.change, 0)) desc, p.customer_id limit 8`.execute(tx);
  return rows;
}

// ---------------------------------------------------------------- what a version did

const causes = ["currency", "rates", "income", "costs", "losses", "acquisition", "capital"];
const causeSums = sql.raw(
  `jsonb_build_object(${causes.map((cause) => `'${cause}', coalesce(sum(e.${cause}_minor), 0)::bigint::text`).join(", ")})`,
);
const causeValues = sql.raw(`jsonb_build_object(${causes.map((cause) => `'${cause}', e.${cause}_minor::text`).join(", ")})`);

export interface EffectRow {
  readonly customers: number;
  readonly beforeMinor: bigint;
  readonly afterMinor: bigint;
  readonly causes: Record<string, string>;
  readonly moved: {
    customerId: string;
    customerNo: string;
    fullName: string;
    language: string | null;
    beforeMinor: string;
    afterMinor: string;
    causes: Record<string, string>;
  }[];
}

/** Of the customers the caller sees. */
export async function readEffect(tx: Tx, versionNo: number): Promise<EffectRow> {
  const { rows } = await sql<EffectRow>`
    select count(*)::int as customers, coalesce(sum(e.before_minor), 0)::bigint as "beforeMinor", coalesce(sum(e.after_minor), 0)::bigint as "afterMinor",
      ${causeSums} as causes,
      coalesce((select json_agg(json_build_object('customerId', c.customer_id, 'customerNo', c.customer_no, 'fullName', c.full_name, 'language', c.language,
          'beforeMinor', e.before_minor::text, 'afterMinor', e.after_minor::text, 'causes', ${causeValues}) order by abs(e.after_minor - e.before_minor) desc)
        from (select * from intelligence.parameter_effect e where e.version_no = ${versionNo} order by abs(e.after_minor - e.before_minor) desc, e.customer_id limit 20) e
          join customers.published_customer c using (customer_id)), '[]') as moved
    from intelligence.parameter_effect e where e.version_no = ${versionNo}`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error("a sum without a row");
  return row;
}
