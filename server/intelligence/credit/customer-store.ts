import { sql, type Tx } from "../../platform/db/index.ts";
import type { PointsPart } from "./credit-model.ts";

// Everything here runs as the person who asks: row security decides what is there.

export interface CustomerHead {
  readonly customerId: string;
  readonly partyId: string;
  readonly kind: "person" | "organisation";
  readonly fullName: string;
}

export async function readHead(tx: Tx, customerId: string): Promise<CustomerHead | null> {
  const { rows } = await sql<CustomerHead>`
    select c.customer_id as "customerId", p.party_id as "partyId", c.kind, c.full_name as "fullName"
    from customers.published_customer c join customers.published_party p using (customer_id) where c.customer_id = ${customerId} order by p.party_id limit 1`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export interface RatingRow {
  readonly ratedOn: string;
  readonly basis: "scorecard" | "arrears" | "default";
  readonly points: number | null;
  readonly probability: number;
  readonly challengerProbability: number | null;
  readonly band: string;
  readonly bandBefore: string | null;
  readonly daysPastDue: number;
  readonly drawnMinor: bigint;
  readonly committedMinor: bigint;
  readonly defaultMinor: bigint;
  readonly expectedLossMinor: bigint;
  readonly parts: PointsPart[];
  readonly mayProfile: boolean;
}

export async function readRating(tx: Tx, customerId: string): Promise<RatingRow | null> {
  const { rows } = await sql<RatingRow>`
    select r.rated_on as "ratedOn", r.basis, r.points, r.probability, r.challenger_probability as "challengerProbability", r.band, r.days_past_due as "daysPastDue",
      (select m.band from intelligence.credit_rating_month m where m.customer_id = r.customer_id and m.month <= date_trunc('month', r.rated_on) - interval '3 months'
        order by m.month desc limit 1) as "bandBefore",
      r.drawn_minor as "drawnMinor", r.committed_minor as "committedMinor", r.default_minor as "defaultMinor", r.expected_loss_minor as "expectedLossMinor",
      r.reasons as parts, customers.may_profile(r.customer_id) as "mayProfile"
    from intelligence.credit_rating r where r.customer_id = ${customerId}`.execute(tx);
  return rows[0] ?? null;
}

export async function readMonths(tx: Tx, customerId: string, max: number): Promise<{ month: string; band: string; probability: number }[]> {
  const { rows } = await sql<{ month: string; band: string; probability: number }>`
    select month, band, probability from intelligence.credit_rating_month where customer_id = ${customerId} order by month desc limit ${max}`.execute(
    tx,
  );
  return rows.reverse();
}

export interface ExposureRow {
  readonly holdingId: string;
  readonly kind: "loan" | "mortgage" | "credit_line" | "card" | "overdraft";
  readonly productName: string | null;
  readonly currency: string;
  readonly daysPastDue: number;
  readonly drawnMinor: bigint;
  readonly limitMinor: bigint;
  readonly defaultMinor: bigint;
  readonly lossGivenDefault: number;
  readonly expectedLossMinor: bigint;
}

export async function listExposures(tx: Tx, customerId: string, max: number): Promise<ExposureRow[]> {
  const { rows } = await sql<ExposureRow>`
    select holding_id as "holdingId", kind, product_name as "productName", currency, days_past_due as "daysPastDue", drawn_minor as "drawnMinor",
      limit_minor as "limitMinor", default_minor as "defaultMinor", loss_given_default as "lossGivenDefault", expected_loss_minor as "expectedLossMinor"
    from intelligence.credit_exposure where customer_id = ${customerId} order by default_minor desc, holding_id limit ${max}`.execute(tx);
  return rows;
}

export interface LimitRow {
  readonly amountMinor: bigint;
  readonly validUntil: string | null;
}

/** The newest limit in force of the customer, or of the group whose member it is. */
export async function readLimit(tx: Tx, customerId: string, scope: "customer" | "group", today: string): Promise<LimitRow | null> {
  const who =
    scope === "customer"
      ? sql`p.customer_id = ${customerId}`
      : sql`p.customer_id in (select m.customer_id from intelligence.credit_group_member m
          where m.group_id = (select o.group_id from intelligence.credit_group_member o where o.customer_id = ${customerId}))`;
  const { rows } = await sql<LimitRow>`
    select l.amount_minor as "amountMinor", l.valid_until as "validUntil" from customers.published_party p join intelligence.credit_limit l using (party_id)
    where ${who} and l.scope = ${scope} and (l.valid_until is null or l.valid_until >= ${today}::date) order by l.set_at desc, l.limit_id desc limit 1`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export interface MemberRow {
  readonly customerId: string;
  readonly fullName: string;
  readonly committedMinor: bigint;
}

/** The members of a customer's group that the caller sees, each once, the largest first. */
export async function listMembers(tx: Tx, customerId: string, max: number): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select c.customer_id as "customerId", c.full_name as "fullName", coalesce(r.committed_minor, 0) as "committedMinor"
    from intelligence.credit_group_member own join intelligence.credit_group_member m on m.group_id = own.group_id
      join customers.published_customer c on c.customer_id = m.customer_id left join intelligence.credit_rating r on r.customer_id = m.customer_id
    where own.customer_id = ${customerId} order by 3 desc, c.customer_id limit ${max}`.execute(tx);
  return rows;
}

export interface NewLimit {
  readonly partyId: string;
  readonly limitId: string;
  readonly scope: "customer" | "group";
  readonly amountMinor: bigint;
  readonly validUntil: string | null;
  readonly reason: string;
  readonly by: string;
}

export async function insertLimit(tx: Tx, limit: NewLimit): Promise<void> {
  await sql`
    insert into intelligence.credit_limit (party_id, limit_id, scope, amount_minor, valid_until, reason, set_by)
    values (${limit.partyId}, ${limit.limitId}, ${limit.scope}, ${limit.amountMinor}, ${limit.validUntil}, ${limit.reason}, ${limit.by})`.execute(
    tx,
  );
}

export async function hasGroup(tx: Tx, customerId: string): Promise<boolean> {
  const { rows } = await sql`select from intelligence.credit_group_member where customer_id = ${customerId}`.execute(tx);
  return rows.length > 0;
}
