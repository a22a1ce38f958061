import { sql, type Tx } from "../../platform/db/index.ts";
import type { GivenAnswer, Moved } from "./action.ts";

// Reads for the worker, of a slice of customers at once: set against set, never one by one.

/** A fact by which a product held is counted. */
const heldFacts = {
  savings_account: "savings_accounts_held",
  term_deposit: "deposits_held",
  loan: "loans_held",
  mortgage: "mortgages_held",
  credit_line: "credit_lines_held",
  card: "cards_held",
  investment: "investments_held",
  insurance: "insurances_held",
  current_account: "accounts_held",
} as const;
export const heldProducts = Object.keys(heldFacts) as (keyof typeof heldFacts)[];

export interface FactRow {
  readonly customerId: string;
  readonly kind: string;
  readonly bornOn: string | null;
  readonly deceasedOn: string | null;
  readonly country: string | null;
  readonly segment: string | null;
  readonly held: readonly number[];
  readonly churn: number | null;
  readonly churnBand: string | null;
  readonly defaultShare: number | null;
  readonly expectedLossMinor: bigint | null;
  readonly inArrears: boolean;
  readonly onWatchList: boolean;
  readonly salaryMinor: bigint | null;
  readonly salaryMissed: boolean;
  readonly lastInitiatedOn: string | null;
  readonly assetsMinor: bigint | null;
  readonly debtsMinor: bigint | null;
  readonly liquidMinor: bigint | null;
  readonly out3mMinor: bigint | null;
  readonly in12mMinor: bigint | null;
  readonly instalments12mMinor: bigint | null;
  readonly profitMinor: bigint | null;
}

/** The golden record and the facts; who is gone is not among them. */
export async function readFactRows(tx: Tx, customerIds: readonly string[]): Promise<FactRow[]> {
  const held = sql.raw(heldProducts.map((product) => `coalesce(f.${heldFacts[product]}, 0)`).join(", "));
  const { rows } = await sql<FactRow>`
    select c.customer_id as "customerId", c.kind, c.born_on as "bornOn", c.deceased_on as "deceasedOn", c.country::text, c.segment, array[${held}]::int[] as held,
      f.churn_share as churn, f.churn_band as "churnBand", f.default_share as "defaultShare", f.expected_loss_minor as "expectedLossMinor",
      coalesce(c.in_arrears, f.in_arrears, false) as "inArrears", coalesce(f.on_watch_list, false) as "onWatchList", f.salary_minor as "salaryMinor",
      coalesce(f.salary_missed, false) as "salaryMissed", f.last_initiated_on as "lastInitiatedOn", f.assets_minor as "assetsMinor", f.debts_minor as "debtsMinor",
      f.current_minor + f.savings_minor as "liquidMinor", f.out_3m_minor as "out3mMinor", f.in_12m_minor as "in12mMinor",
      f.loan_minor as "instalments12mMinor", f.profit_minor as "profitMinor"
    from customers.published_customer c left join intelligence.customer_fact f using (customer_id)
    where c.customer_id = any (${customerIds}::uuid[]) order by 1`.execute(tx);
  return rows;
}

type MovedRow = Moved & { readonly customerId: string };
type OwnRow = {
  readonly customerId: string;
  readonly on: string;
  readonly amountMinor: number;
  readonly ownMinor: number;
  readonly currency: string;
};

const moved = ({ customerId, on, amountMinor, ownMinor, currency }: OwnRow): MovedRow => ({
  ...{ customerId, on, amountMinor: Math.round(amountMinor) },
  own: { minor: Math.round(ownMinor), currency },
});

/** The soonest deposit or investment of each that comes due by the day. `factors`: minor units of the reporting currency by currency. */
export async function readMaturing(
  tx: Tx,
  customerIds: readonly string[],
  { today, until, factors }: { readonly today: string; readonly until: string; readonly factors: ReadonlyMap<string, number> },
): Promise<MovedRow[]> {
  const { rows } = await sql<OwnRow>`
    select distinct on (p.customer_id) p.customer_id as "customerId", h.matures_on as "on",
      (coalesce(h.balance_minor, h.amount_minor, 0) * x.factor)::float8 as "amountMinor", coalesce(h.balance_minor, h.amount_minor, 0)::float8 as "ownMinor",
      h.currency
    from customers.published_party p join customers.published_holding h using (party_id)
      join unnest(${[...factors.keys()]}::text[], ${[...factors.values()]}::float8[]) as x (currency, factor) on x.currency = h.currency
    where p.customer_id = any (${customerIds}::uuid[]) and h.class = 'asset' and h.status <> 'closed' and h.matures_on between ${today}::date and ${until}::date
    order by p.customer_id, h.matures_on, 3 desc`.execute(tx);
  return rows.map(moved);
}

/** The largest booking in and out of each since the day; pay and money between own accounts are none. */
export async function readMoved(
  tx: Tx,
  customerIds: readonly string[],
  { today, since, factors }: { readonly today: string; readonly since: string; readonly factors: ReadonlyMap<string, number> },
): Promise<(MovedRow & { readonly way: "in" | "out" })[]> {
  const { rows } = await sql<OwnRow & { way: "in" | "out" }>`
    select distinct on (p.customer_id, b.amount_minor > 0) p.customer_id as "customerId", case when b.amount_minor > 0 then 'in' else 'out' end as way,
      b.booked_on as "on", abs(b.amount_minor * x.factor)::float8 as "amountMinor", abs(b.amount_minor)::float8 as "ownMinor", b.currency
    from customers.published_party p join customers.published_booking b using (party_id)
      join unnest(${[...factors.keys()]}::text[], ${[...factors.values()]}::float8[]) as x (currency, factor) on x.currency = b.currency
    where p.customer_id = any (${customerIds}::uuid[]) and b.booked_on between ${since}::date and ${today}::date
      and coalesce(b.category, '') not in ('salary', 'saving')
    order by p.customer_id, b.amount_minor > 0, 4 desc, b.booked_on desc`.execute(tx);
  return rows.map((row) => ({ ...moved(row), way: row.way }));
}

/** What the model that serves says of products, of the newest day of each customer; none for who objects. */
export async function readChances(tx: Tx, customerIds: readonly string[]): Promise<{ customerId: string; item: string; chance: number }[]> {
  const { rows } = await sql<{ customerId: string; item: string; chance: number }>`
    select customer_id as "customerId", item, chance from (
      select s.customer_id, s.item, s.chance, rank() over (partition by s.customer_id order by s.as_of desc) as age
      from intelligence.customer_score s join intelligence.model m on m.model_id = s.model_id and m.champion_version = s.version
      where s.model_id = 'next_product' and s.customer_id = any (${customerIds}::uuid[])) newest
    where age = 1`.execute(tx);
  return rows;
}

/** Open suspicions, and whether a matter of credit is open. */
export async function readTroubles(
  tx: Tx,
  customerIds: readonly string[],
): Promise<{ customerId: string; alerts: number; amountMinor: bigint; isWatched: boolean }[]> {
  const { rows } = await sql<{ customerId: string; alerts: number; amountMinor: bigint; isWatched: boolean }>`
    select p.customer_id as "customerId", count(a.alert_id)::int as alerts, coalesce(sum(a.amount_minor), 0)::bigint as "amountMinor",
      bool_or(exists (select from intelligence.credit_alert k where k.party_id = p.party_id and k.closed_at is null and k.kind <> 'watched')) as "isWatched"
    from customers.published_party p left join intelligence.fraud_alert a on a.party_id = p.party_id and a.state <> 'closed'
    where p.customer_id = any (${customerIds}::uuid[]) group by 1`.execute(tx);
  return rows;
}

/** Answers since the day, of each. */
export async function readAnswers(tx: Tx, customerIds: readonly string[], since: Date): Promise<(GivenAnswer & { customerId: string })[]> {
  const { rows } = await sql<GivenAnswer & { customerId: string }>`
    select p.customer_id as "customerId", a.action_id as "actionId", a.answer, a.channel, (a.answered_at at time zone 'UTC')::date as "on"
    from customers.published_party p join intelligence.offer_answer a using (party_id)
    where p.customer_id = any (${customerIds}::uuid[]) and a.answered_at >= ${since}`.execute(tx);
  return rows;
}
