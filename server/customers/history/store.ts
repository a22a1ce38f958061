import { sql, type Tx } from "../../platform/db/index.ts";
import type { CustomerAsOf } from "./contract.ts";

export async function readHeader(tx: Tx, customerId: string): Promise<Omit<CustomerAsOf["customer"], "fullName"> | null> {
  const { rows } = await sql<Omit<CustomerAsOf["customer"], "fullName">>`
    select customer_id as "customerId", customer_no as "customerNo", kind from customers.customer where customer_id = ${customerId}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export interface Moments {
  readonly knownAt: Date;
  readonly validAt: Date | null;
}

export interface PastRow {
  readonly attribute: string;
  readonly strategy: readonly ("pinned" | "trusted" | "recent" | "complete")[];
  readonly value: string;
  readonly partyId: string;
  readonly sourceName: string;
  readonly changedAt: Date;
  readonly trust: number;
  readonly pin: object | null;
}

export interface Past extends Pick<CustomerAsOf, "contactPoints" | "identifiers" | "records"> {
  /** By attribute, the one that counts first. */
  readonly competing: readonly PastRow[];
}

const MEMBERS_MAX = 200;
const VALUES_MAX = 2_000;
const CONTACTS_MAX = 200;
const IDENTIFIERS_MAX = 100;

/** Who stood in the customer: of each link the version in force then, if it was one to this customer and not undone. */
const members = (customerId: string, { knownAt }: Moments) => sql`
  link as (
    select l.party_id, l.link_id, l.customer_id, l.decision, l.decided_at, l.undone_at, 'infinity'::timestamptz as known_to
    from customers.identity_link l
    where l.party_id in (select p.party_id from customers.party p where p.customer_id = ${customerId}
      union select u.party_id from customers.identity_link u where u.customer_id = ${customerId} and u.undone_at is not null)
    union all
    select h.party_id, h.row_id, (h.was ->> 'customer_id')::uuid, h.was ->> 'decision', (h.was ->> 'decided_at')::timestamptz,
      (h.was ->> 'undone_at')::timestamptz, h.known_to
    from customers.party_history h where h.kind = 'identity_link' and (h.was ->> 'customer_id')::uuid = ${customerId}
  ), member as materialized (
    select distinct on (party_id) party_id, decision, decided_at from (
      select distinct on (link_id) * from link where known_to > ${knownAt} order by link_id, known_to) v
    where customer_id = ${customerId} and decided_at <= ${knownAt} and (undone_at is null or undone_at > ${knownAt})
    order by party_id, decided_at desc limit ${MEMBERS_MAX}
  )`;

/**
 * Of each row the newest version known then whose day had come. Versions do not count that were gone by then without another following, nor those
 * of a load that had been taken back by then.
 */
const inForce = (versions: string, { knownAt, validAt }: Moments) => sql`
  select distinct on (v.party_id, v.row_id) v.party_id, v.was from ${sql.raw(versions)} v
  where v.known_from <= ${knownAt} and v.known_to > v.known_from
    and (${validAt}::timestamptz is null or v.valid_from is null or v.valid_from <= ${validAt})
    and not exists (select from ${sql.raw(versions)} d
      where d.party_id = v.party_id and d.row_id = v.row_id and d.gone and d.known_to <= ${knownAt} and d.known_to > v.known_from)
    and not exists (select from customers.load l where l.load_no = (v.was ->> 'load_no')::int and l.reversed_at <= ${knownAt})
  order by v.party_id, v.row_id, v.known_from desc`;

const past = (kind: string) =>
  sql`select h.party_id, h.row_id, h.was, h.valid_from, h.known_from, h.known_to, h.gone
    from member m join customers.party_history h using (party_id) where h.kind = ${kind}`;

const versions = (at: Moments) => sql`
  party_version as materialized (
    select p.party_id, p.party_id as row_id, to_jsonb(p) - 'search_terms' as was, p.changed_at as valid_from,
      customers.known_from(p.party_id, 'party', p.party_id, p.load_no) as known_from, 'infinity'::timestamptz as known_to, false as gone
    from member m join customers.party p using (party_id)
    union all ${past("party")}
  ), record as materialized (${inForce("party_version", at)}),
  contact_version as materialized (
    select c.party_id, c.contact_point_id as row_id, to_jsonb(c) as was, c.changed_at as valid_from,
      customers.known_from(c.party_id, 'contact_point', c.contact_point_id, c.load_no) as known_from, 'infinity'::timestamptz as known_to, false as gone
    from member m join customers.contact_point c using (party_id)
    union all ${past("contact_point")}
  ), contact as materialized (${inForce("contact_version", at)}),
  identifier_version as materialized (
    select i.party_id, i.identifier_id as row_id, jsonb_build_object('source_id', i.source_id, 'scheme', i.scheme, 'country', i.country, 'last4', i.last4,
        'verified', i.verified, 'expires_on', i.expires_on, 'load_no', i.load_no) as was, null::timestamptz as valid_from,
      customers.known_from(i.party_id, 'identifier', i.identifier_id, i.load_no) as known_from, 'infinity'::timestamptz as known_to, false as gone
    from member m join customers.identifier i using (party_id)
    union all ${past("identifier")}
  ), identifier as materialized (${inForce("identifier_version", at)})`;

/** Ranked as customers.attribute_value ranks what stands; a test holds the two together. */
const ranked = ({ knownAt }: Moments) => sql`
  stated as (
    select r.party_id, (r.was ->> 'source_id')::smallint as source_id, (r.was ->> 'changed_at')::timestamptz as changed_at, a as attribute, r.was ->> a as value,
      null::uuid as pin_id, null::timestamptz as pinned_at
    from record r cross join unnest(array['full_name', 'given_name', 'family_name', 'latin_name', 'sex', 'born_on', 'nationality', 'language', 'occupation',
      'industry', 'legal_form', 'segment', 'marital_status', 'customer_since', 'deceased_on', 'branch_code', 'portfolio_code']) a
    union all
    select c.party_id, (r.was ->> 'source_id')::smallint, (c.was ->> 'changed_at')::timestamptz, a.attribute, a.value, null, null
    from contact c join record r using (party_id) cross join lateral (values
      (case when c.was ->> 'kind' in ('phone', 'email') then c.was ->> 'kind' end, coalesce(c.was ->> 'normalised', c.was ->> 'value')),
      (case when c.was ->> 'kind' = 'address' then 'city' end, c.was -> 'parts' ->> 'city'),
      (case when c.was ->> 'kind' = 'address' then 'country' end, c.was -> 'parts' ->> 'country')) as a (attribute, value)
    union all
    select n.party_id, (r.was ->> 'source_id')::smallint, n.pinned_at, n.attribute, n.value, n.pin_id, n.pinned_at
    from customers.value_pin n join record r using (party_id)
    where n.pinned_at <= ${knownAt} and (n.unpinned_at is null or n.unpinned_at > ${knownAt})
  ), ranked as (
    select v.*, s.name as source_name, coalesce(t.trust, s.trust) as trust,
      case when v.pin_id is null then u.strategy else array['pinned'] || u.strategy end as strategy,
      row_number() over (partition by v.attribute order by v.pinned_at desc nulls last,
        customers.survivorship_key(u.strategy[1], coalesce(t.trust, s.trust), v.changed_at, v.value) desc nulls last,
        customers.survivorship_key(u.strategy[2], coalesce(t.trust, s.trust), v.changed_at, v.value) desc nulls last,
        customers.survivorship_key(u.strategy[3], coalesce(t.trust, s.trust), v.changed_at, v.value) desc nulls last,
        s.source_id, r.was ->> 'source_key', v.value) as place
    from stated v join record r using (party_id) join customers.survivorship_rule u on u.attribute = v.attribute
      join customers.source s on s.source_id = v.source_id
      left join customers.source_trust t on t.source_id = v.source_id and t.attribute = v.attribute
    where v.value is not null
  )`;

type Json<Row, Moments extends keyof Row> = Omit<Row, Moments> & Record<Moments, string>;
interface PastJson {
  readonly competing: readonly Json<PastRow, "changedAt">[];
  readonly contactPoints: readonly Json<Past["contactPoints"][number], "changedAt">[];
  readonly identifiers: Past["identifiers"];
  readonly records: readonly Json<Past["records"][number], "decidedAt">[];
}

/** What the caller may see of it: row security leaves out members in nobody's reach. */
export async function readPast(tx: Tx, customerId: string, at: Moments): Promise<Past> {
  const { rows } = await sql<PastJson>`
    with ${members(customerId, at)}, ${versions(at)}, ${ranked(at)}
    select
      coalesce((select json_agg(json_build_object('attribute', v.attribute, 'strategy', v.strategy, 'value', v.value, 'partyId', v.party_id,
          'sourceName', v.source_name, 'changedAt', v.changed_at, 'trust', v.trust, 'pin', case when v.pin_id is not null then json_build_object('pinId', v.pin_id) end)
          order by v.attribute, v.place)
        from (select * from ranked order by attribute, place limit ${VALUES_MAX}) v), '[]') as competing,
      coalesce((select json_agg(g) from (
        select c.was ->> 'kind' as kind,
          (array_agg(c.was ->> 'purpose' order by c.was ->> 'changed_at' desc) filter (where c.was ->> 'purpose' is not null))[1] as purpose,
          (array_agg(c.was ->> 'value' order by c.was ->> 'changed_at' desc))[1] as value, max(c.was ->> 'normalised') as normalised,
          json_agg(distinct s.name) as sources, max((c.was ->> 'changed_at')::timestamptz) as "changedAt"
        from contact c join record using (party_id) join customers.source s on s.source_id = (c.was ->> 'source_id')::smallint
        group by c.was ->> 'kind', coalesce(c.was ->> 'normalised', c.was ->> 'value')
        order by 1, max((c.was ->> 'changed_at')::timestamptz) desc, coalesce(c.was ->> 'normalised', c.was ->> 'value') limit ${CONTACTS_MAX}) g), '[]') as "contactPoints",
      coalesce((select json_agg(g) from (
        select i.was ->> 'scheme' as scheme, i.was ->> 'country' as country, i.was ->> 'last4' as last4, bool_or((i.was ->> 'verified')::boolean) as verified,
          max(i.was ->> 'expires_on') as "expiresOn", json_agg(distinct s.name) as sources
        from identifier i join record using (party_id) join customers.source s on s.source_id = (i.was ->> 'source_id')::smallint
        group by 1, 2, 3 order by 1, 2, 3 limit ${IDENTIFIERS_MAX}) g), '[]') as identifiers,
      coalesce((select json_agg(g) from (
        select r.party_id as "partyId", s.name as "sourceName", r.was ->> 'source_key' as "sourceKey", r.was ->> 'full_name' as "fullName", m.decision,
          m.decided_at as "decidedAt"
        from record r join member m using (party_id) join customers.source s on s.source_id = (r.was ->> 'source_id')::smallint
        order by s.code, r.was ->> 'source_key') g), '[]') as records`.execute(tx);
  const found = rows[0] ?? { competing: [], contactPoints: [], identifiers: [], records: [] };
  return {
    competing: found.competing.map((row) => ({ ...row, changedAt: new Date(row.changedAt) })),
    contactPoints: found.contactPoints.map((row) => ({ ...row, changedAt: new Date(row.changedAt) })),
    identifiers: found.identifiers,
    records: found.records.map((row) => ({ ...row, decidedAt: new Date(row.decidedAt) })),
  };
}
