import { sql, type Tx } from "../../../platform/db/index.ts";
import type { ExposureKind } from "../policy/contract.ts";
import type { PortfolioPart } from "./contract.ts";

// Everything here runs as the person who asks: sums count the customers the caller sees, and no others.

export interface Sums {
  readonly customers: number;
  readonly drawnMinor: bigint;
  readonly defaultMinor: bigint;
  readonly expectedLossMinor: bigint;
}

const sums = sql`count(distinct e.customer_id)::int as customers, coalesce(sum(e.drawn_minor), 0)::bigint as "drawnMinor",
  coalesce(sum(e.default_minor), 0)::bigint as "defaultMinor", coalesce(sum(e.expected_loss_minor), 0)::bigint as "expectedLossMinor"`;

const within = ({ branchId, kind }: PortfolioPart) =>
  sql`(${branchId ?? null}::uuid is null or e.branch_id = ${branchId ?? null}) and (${kind ?? null}::text is null or e.kind = ${kind ?? null})`;

export interface Figure extends Sums {
  /** Which of the breakdowns the row is of; all null: the total. */
  readonly cut: "total" | "band" | "kind" | "branch" | "currency";
  readonly band: string | null;
  readonly kind: ExposureKind | null;
  readonly branchId: string | null;
  readonly currency: string | null;
}

/** All breakdowns in one pass. */
export async function readFigures(tx: Tx, part: PortfolioPart): Promise<Figure[]> {
  const { rows } = await sql<Figure>`
    select case grouping(r.band, e.kind, e.branch_id, e.currency) when 7 then 'band' when 11 then 'kind' when 13 then 'branch' when 14 then 'currency' else 'total' end as cut,
      r.band, e.kind, e.branch_id as "branchId", e.currency, ${sums}
    from intelligence.credit_exposure e join intelligence.credit_rating r using (customer_id) where ${within(part)}
    group by grouping sets ((), (r.band), (e.kind), (e.branch_id), (e.currency))
    order by "defaultMinor" desc limit 700`.execute(tx);
  return rows;
}

export async function readBranchNames(tx: Tx, branchIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ branchId: string; name: string }>`
    select unit_id as "branchId", name from governance.organisation_unit where unit_id = any (${branchIds}::uuid[])`.execute(tx);
  return new Map(rows.map(({ branchId, name }) => [branchId, name]));
}

export interface LargestRow {
  readonly customerId: string;
  readonly fullName: string;
  readonly members: number;
  readonly band: string;
  readonly defaultMinor: bigint;
  readonly expectedLossMinor: bigint;
}

/** Customers and groups, each group once and named after its largest member the caller sees. The band is the worst of them. */
export async function listLargest(tx: Tx, part: PortfolioPart, bands: readonly string[], max: number): Promise<LargestRow[]> {
  const { rows } = await sql<LargestRow>`
    with owed as (
      select e.customer_id, coalesce(g.group_id, e.customer_id) as risk, r.band, sum(e.default_minor)::bigint as owed, sum(e.expected_loss_minor)::bigint as loss
      from intelligence.credit_exposure e join intelligence.credit_rating r using (customer_id) left join intelligence.credit_group_member g using (customer_id)
      where ${within(part)} group by 1, 2, 3
    ), risks as (
      select (array_agg(customer_id order by owed desc, customer_id))[1] as customer_id, count(*)::int as members,
        (array_agg(band order by array_position(${bands}::text[], band) desc))[1] as band, sum(owed)::bigint as owed, sum(loss)::bigint as loss
      from owed group by risk order by owed desc limit ${max}
    )
    select k.customer_id as "customerId", c.full_name as "fullName", k.members, k.band, k.owed as "defaultMinor", k.loss as "expectedLossMinor"
    from risks k join customers.published_customer c using (customer_id) order by k.owed desc, k.customer_id`.execute(tx);
  return rows;
}

/** Three months before the newest, from the band then to that of today; null where nothing is that old. */
export async function readMigration(tx: Tx, part: PortfolioPart) {
  const { rows } = await sql<{ fromMonth: string; from: string; to: string; customers: number }>`
    with newest as (select (date_trunc('month', max(rated_on)) - interval '3 months')::date as month from intelligence.credit_rating)
    select m.month as "fromMonth", m.band as "from", r.band as "to", count(*)::int as customers
    from newest join intelligence.credit_rating_month m using (month) join intelligence.credit_rating r using (customer_id)
    where (${part.branchId ?? null}::uuid is null or r.branch_id = ${part.branchId ?? null})
      and (${part.kind ?? null}::text is null or exists (select from intelligence.credit_exposure e where e.customer_id = r.customer_id and e.kind = ${part.kind ?? null}))
    group by 1, 2, 3 order by 2, 3 limit 700`.execute(tx);
  return { fromMonth: rows[0]?.fromMonth ?? null, moves: rows.map(({ from, to, customers }) => ({ from, to, customers })) };
}

export async function readRatedOn(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ ratedOn: string | null }>`select max(rated_on) as "ratedOn" from intelligence.credit_rating`.execute(tx);
  return rows[0]?.ratedOn ?? null;
}

export interface ListRequest extends PortfolioPart {
  readonly band?: string | undefined;
  readonly from?: string | undefined;
  readonly currency?: string | undefined;
  readonly after: { readonly lossMinor: string; readonly customerId: string } | null;
  readonly rows: number;
}

export interface ListedCustomer {
  readonly customerId: string;
  readonly fullName: string;
  readonly customerNo: string;
  readonly branchName: string | null;
  readonly band: string;
  readonly probability: number;
  readonly daysPastDue: number;
  readonly drawnMinor: bigint;
  readonly defaultMinor: bigint;
  readonly expectedLossMinor: bigint;
  readonly watched: boolean;
}

export async function listCustomers(tx: Tx, request: ListRequest): Promise<ListedCustomer[]> {
  const { after, band = null, from = null, currency = null, kind = null } = request;
  const { rows } = await sql<ListedCustomer>`
    select c.customer_id as "customerId", c.full_name as "fullName", c.customer_no as "customerNo",
      (select u.name from governance.organisation_unit u where u.unit_id = c.branch_id) as "branchName", r.band, r.probability, r.days_past_due as "daysPastDue",
      r.drawn_minor as "drawnMinor", r.default_minor as "defaultMinor", r.expected_loss_minor as "expectedLossMinor",
      exists (select from customers.published_party p join intelligence.watch_entry w using (party_id) where p.customer_id = c.customer_id and w.left_at is null) as watched
    from intelligence.credit_rating r join customers.published_customer c using (customer_id)
    where (${request.branchId ?? null}::uuid is null or r.branch_id = ${request.branchId ?? null}) and (${band}::text is null or r.band = ${band})
      and ((${kind}::text is null and ${currency}::text is null) or exists (select from intelligence.credit_exposure e where e.customer_id = r.customer_id
        and (${kind}::text is null or e.kind = ${kind}) and (${currency}::text is null or e.currency = ${currency})))
      and (${from}::text is null or exists (select from intelligence.credit_rating_month m where m.customer_id = r.customer_id and m.band = ${from}
        and m.month = (date_trunc('month', r.rated_on) - interval '3 months')::date))
      and (${after?.lossMinor ?? null}::bigint is null or (r.expected_loss_minor, r.customer_id) < (${after?.lossMinor ?? null}::bigint, ${after?.customerId ?? null}::uuid))
    order by r.expected_loss_minor desc, r.customer_id desc limit ${request.rows}`.execute(tx);
  return rows;
}
