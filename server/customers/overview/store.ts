import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import type { CustomerSummary } from "../directory/contract.ts";
import type { CustomerView } from "./contract.ts";

type CustomerDetails = Omit<CustomerView["customer"], keyof CustomerSummary>;

const source = sql`jsonb_build_object('sourceId', s.source_id, 'code', s.code, 'name', s.name)`;

export async function readDetails(tx: Tx, customerId: string): Promise<CustomerDetails | null> {
  const { rows } = await sql<CustomerDetails>`${prepared}
    select given_name as "givenName", family_name as "familyName", sex, nationality, occupation, industry, legal_form as "legalForm",
      marital_status as "maritalStatus", deceased_on as "deceasedOn", refreshed_at as "refreshedAt", version
    from customers.customer where customer_id = ${customerId}`.execute(tx);
  return rows[0] ?? null;
}

export interface CompetingRow {
  readonly attribute: string;
  readonly strategy: CustomerView["attributes"][number]["strategy"];
  readonly value: string;
  readonly partyId: string;
  readonly source: CustomerView["attributes"][number]["values"][number]["source"];
  readonly changedAt: Date;
  readonly trust: number;
  readonly place: number;
}

const COMPETING_MAX = 2_000;

/** Every value every party has for every attribute, the golden one of each at place 1. */
export async function readCompetingValues(tx: Tx, customerId: string): Promise<CompetingRow[]> {
  const { rows } = await sql<CompetingRow>`${prepared}
    select v.attribute, v.strategy, v.value, v.party_id as "partyId", ${source} as source, v.changed_at as "changedAt", v.trust::int as trust, v.place
    from customers.customer_attribute_value v join customers.source s using (source_id)
    where v.customer_id = ${customerId} order by v.attribute, v.place limit ${COMPETING_MAX}`.execute(tx);
  return rows;
}

/** Equal contact points of several sources are one, with all their sources; the newest writing is shown. */
export async function readContactPoints(tx: Tx, customerId: string): Promise<CustomerView["contactPoints"]> {
  const { rows } = await sql<CustomerView["contactPoints"][number]>`${prepared}
    select c.kind, (array_agg(c.purpose order by c.changed_at desc) filter (where c.purpose is not null))[1] as purpose,
      (array_agg(c.value order by c.changed_at desc))[1] as value, max(c.normalised) as normalised, (array_agg(c.parts order by c.changed_at desc))[1] as parts,
      jsonb_agg(distinct ${source}) as sources, max(c.changed_at) as "changedAt"
    from customers.customer_contact_point c join customers.source s using (source_id)
    where c.customer_id = ${customerId}
    group by c.kind, coalesce(c.normalised, c.value)
    order by c.kind, max(c.changed_at) desc, coalesce(c.normalised, c.value) limit 200`.execute(tx);
  return rows;
}

/** Only the last four characters ever leave the database here; the login may not read the value itself. */
export async function readIdentifiers(tx: Tx, customerId: string): Promise<CustomerView["identifiers"]> {
  const { rows } = await sql<CustomerView["identifiers"][number]>`${prepared}
    select i.scheme, i.country, i.last4, bool_or(i.verified) as verified, max(i.expires_on) as "expiresOn", jsonb_agg(distinct ${source}) as sources
    from customers.customer_identifier i join customers.source s using (source_id)
    where i.customer_id = ${customerId}
    group by i.scheme, i.country, i.last4 order by i.scheme, i.country, i.last4 limit 100`.execute(tx);
  return rows;
}

/** Every holding in which one of the customer's parties has a role; open ones first, larger ones first. */
export async function readHoldings(tx: Tx, customerId: string): Promise<CustomerView["holdings"]> {
  const { rows } = await sql<CustomerView["holdings"][number]>`${prepared}
    select h.holding_id as "holdingId", h.kind, h.class, h.role, h.number, h.product_name as "productName", h.currency, h.status, h.opened_on as "openedOn",
      h.matures_on as "maturesOn", h.closed_on as "closedOn", h.amount_minor as "amountMinor", h.rate::text as rate, h.balance_minor as "balanceMinor",
      h.balance_on as "balanceOn", h.attached_to as "attachedTo", ${source} as source, h.changed_at as "changedAt"
    from (
      select distinct on (holding_id) * from customers.customer_holding where customer_id = ${customerId}
      order by holding_id, array_position(array['owner', 'joint_owner', 'beneficiary', 'authorised', 'guarantor'], role)
    ) h join customers.source s using (source_id)
    order by h.status = 'closed', h.class, abs(coalesce(h.balance_minor, h.amount_minor, 0)) desc, h.holding_id limit 500`.execute(tx);
  return rows;
}

export async function readRecords(tx: Tx, customerId: string): Promise<CustomerView["records"]> {
  const { rows } = await sql<CustomerView["records"][number]>`${prepared}
    select p.party_id as "partyId", ${source} as source, p.source_key as "sourceKey", p.full_name as "fullName", p.changed_at as "changedAt",
      l.load_id as "loadId", p.line_no::int as "lineNo", p.decision, p.evidence, p.decided_at as "decidedAt"
    from customers.customer_record p join customers.source s using (source_id) left join customers.load l on l.load_no = p.seen_load_no
    where p.customer_id = ${customerId} order by s.code, p.source_key limit 200`.execute(tx);
  return rows;
}

/** null when the party is not this customer's, or not for this caller. */
export async function readRaw(tx: Tx, customerId: string, partyId: string): Promise<Record<string, unknown> | null> {
  const { rows } = await sql<{ raw: Record<string, unknown> | null }>`
    select coalesce(r.raw, '{}') as raw
    from customers.party p join customers.source_record r on r.source_id = p.source_id and r.kind = 'party' and r.source_key = p.source_key
    where p.customer_id = ${customerId} and p.party_id = ${partyId}`.execute(tx);
  return rows[0]?.raw ?? null;
}
