import { notProfiled } from "../../../customers/consents/index.ts";
import { sql, type Tx } from "../../../platform/db/index.ts";
import { type Factors, rates } from "./history-store.ts";
import type { Debt, Rating } from "./rate-customer.ts";

export interface DebtRow extends Debt {
  readonly customerId: string;
}

/** What these customers owe or may draw, at the newest rates. */
export async function readDebts(tx: Tx, factors: Factors, customerIds: readonly string[]): Promise<Map<string, DebtRow[]>> {
  const { rows } = await sql<DebtRow>`
    with ${rates(factors)}
    select p.customer_id as "customerId", h.holding_id as "holdingId", case h.kind when 'current_account' then 'overdraft' else h.kind end as kind,
      coalesce(h.product_name, h.product_code) as "productName", h.currency, (greatest(0, -coalesce(h.balance_minor, 0)) * rate.per)::float8 as "drawnMinor",
      (case when h.kind in ('card', 'credit_line') then greatest(h.amount_minor, -coalesce(h.balance_minor, 0)) else greatest(0, -coalesce(h.balance_minor, 0)) end * rate.per)::float8 as "limitMinor",
      case when h.status in ('in_arrears', 'defaulted') then h.status else 'open' end as status
    from customers.published_party p join customers.published_account h using (party_id) join rate on rate.currency = h.currency
    where p.customer_id = any (${customerIds}::uuid[]) and h.status <> 'closed' and (
      h.kind in ('loan', 'mortgage') and h.balance_minor < 0 or h.kind in ('card', 'credit_line') and h.amount_minor > 0
      or h.kind = 'current_account' and h.balance_minor < 0)
    order by p.customer_id, h.holding_id`.execute(tx);
  return Map.groupBy(rows, ({ customerId }) => customerId);
}

export interface RatedCustomer extends Rating {
  readonly customerId: string;
}

export interface RatingRun {
  readonly ratedOn: string;
  readonly policyVersion: number;
  readonly modelNo: number | null;
}

const sumOf = (rating: Rating, of: (exposure: Rating["exposures"][number]) => number) =>
  Math.round(rating.exposures.reduce((sum, exposure) => sum + of(exposure), 0));

/** Puts the ratings of `customerIds` in place of what was there; who is not among `rated` owes nothing any more. Worker role. */
export async function saveRatings(tx: Tx, run: RatingRun, customerIds: readonly string[], rated: readonly RatedCustomer[]): Promise<void> {
  await sql`delete from intelligence.credit_exposure where customer_id = any (${customerIds}::uuid[])`.execute(tx);
  const keep = rated.map(({ customerId }) => customerId);
  await sql`delete from intelligence.credit_rating where customer_id = any (${customerIds}::uuid[]) and customer_id <> all (${keep}::uuid[])`.execute(
    tx,
  );
  const ratings = rated.map((rating) => ({
    customer_id: rating.customerId,
    basis: rating.basis,
    points: rating.points,
    probability: rating.probability,
    challenger_probability: rating.challengerProbability,
    band: rating.band,
    days_past_due: rating.daysPastDue,
    drawn_minor: sumOf(rating, ({ drawnMinor }) => drawnMinor),
    committed_minor: sumOf(rating, ({ limitMinor }) => limitMinor),
    default_minor: sumOf(rating, ({ defaultMinor }) => defaultMinor),
    expected_loss_minor: sumOf(rating, ({ expectedLossMinor }) => expectedLossMinor),
    reasons: rating.parts,
    salary_stopped: rating.salaryStopped,
  }));
  await sql`
    insert into intelligence.credit_rating as r (customer_id, branch_id, rated_on, policy_version, model_no, basis, points, probability, challenger_probability, band,
      days_past_due, drawn_minor, committed_minor, default_minor, expected_loss_minor, reasons, salary_stopped)
    select n.customer_id, c.branch_id, ${run.ratedOn}, ${run.policyVersion}, case n.basis when 'scorecard' then ${run.modelNo}::int end, n.basis, n.points,
      n.probability, n.challenger_probability, n.band, n.days_past_due, n.drawn_minor, n.committed_minor, n.default_minor, n.expected_loss_minor, n.reasons, n.salary_stopped
    from jsonb_to_recordset(${JSON.stringify(ratings)}::jsonb) n (customer_id uuid, basis text, points real, probability real, challenger_probability real, band text,
      days_past_due int, drawn_minor bigint, committed_minor bigint, default_minor bigint, expected_loss_minor bigint, reasons jsonb, salary_stopped boolean)
      join customers.published_customer c using (customer_id) order by n.customer_id
    on conflict (customer_id) do update set branch_id = excluded.branch_id, rated_on = excluded.rated_on, policy_version = excluded.policy_version,
      model_no = excluded.model_no, basis = excluded.basis, points = excluded.points, probability = excluded.probability,
      challenger_probability = excluded.challenger_probability, band = excluded.band, days_past_due = excluded.days_past_due, drawn_minor = excluded.drawn_minor,
      committed_minor = excluded.committed_minor, default_minor = excluded.default_minor, expected_loss_minor = excluded.expected_loss_minor,
      reasons = excluded.reasons, salary_stopped = excluded.salary_stopped`.execute(tx);
  const exposures = rated.flatMap(({ customerId, exposures: own }) =>
    own.map((exposure) => ({
      customer_id: customerId,
      holding_id: exposure.holdingId,
      kind: exposure.kind,
      product_name: exposure.productName,
      currency: exposure.currency,
      days_past_due: exposure.daysPastDue,
      drawn_minor: Math.round(exposure.drawnMinor),
      limit_minor: Math.round(exposure.limitMinor),
      default_minor: Math.round(exposure.defaultMinor),
      loss_given_default: exposure.lossShare,
      expected_loss_minor: Math.round(exposure.expectedLossMinor),
    })),
  );
  await sql`
    insert into intelligence.credit_exposure (customer_id, holding_id, branch_id, kind, product_name, currency, days_past_due, drawn_minor, limit_minor, default_minor,
      loss_given_default, expected_loss_minor)
    select n.customer_id, n.holding_id, c.branch_id, n.kind, n.product_name, n.currency, n.days_past_due, n.drawn_minor, n.limit_minor, n.default_minor,
      n.loss_given_default, n.expected_loss_minor
    from jsonb_to_recordset(${JSON.stringify(exposures)}::jsonb) n (customer_id uuid, holding_id uuid, kind text, product_name text, currency char(3), days_past_due int,
      drawn_minor bigint, limit_minor bigint, default_minor bigint, loss_given_default real, expected_loss_minor bigint)
      join customers.published_customer c using (customer_id) order by n.customer_id, n.holding_id`.execute(tx);
}

export interface MonthRating {
  readonly customerId: string;
  readonly month: string;
  readonly band: string;
  readonly probability: number;
  readonly defaultMinor: number;
}

/** The newest of a month stays; months gone by are only filled where nothing stands. Worker role. */
export async function saveMonths(tx: Tx, months: readonly MonthRating[], current: string): Promise<void> {
  const rows = months.map(({ customerId, defaultMinor, ...rest }) => ({
    ...rest,
    customer_id: customerId,
    default_minor: Math.round(defaultMinor),
  }));
  await sql`
    insert into intelligence.credit_rating_month (customer_id, month, band, probability, default_minor)
    select n.customer_id, n.month, n.band, n.probability, n.default_minor
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) n (customer_id uuid, month date, band text, probability real, default_minor bigint)
    order by n.customer_id, n.month
    on conflict (customer_id, month) do update set band = excluded.band, probability = excluded.probability, default_minor = excluded.default_minor
      where excluded.month = ${current}`.execute(tx);
}

/** Of these customers (null: of all), those that models leave out. */
export async function readNotProfiled(tx: Tx, customerIds: readonly string[] | null): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select ${notProfiled(customerIds)} as id`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** Customers whose figures nobody may infer from what is the same for everybody. */
export async function readSealed(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select customer_id as id from customers.published_customer where compartments is not null`.execute(tx);
  return rows.map(({ id }) => id);
}
