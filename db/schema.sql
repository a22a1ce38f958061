-- Made by npm run generate from the migrated database; for reading, not for running.
-- role vinculo_app: login noinherit
-- role vinculo_audit: nologin noinherit
-- role vinculo_backup: login noinherit bypassrls
-- role vinculo_owner: nologin noinherit; member of vinculo_audit, vinculo_search, vinculo_worker
-- role vinculo_sealer: login noinherit
-- role vinculo_search: nologin noinherit
-- role vinculo_worker: login noinherit

create extension btree_gin with schema platform;
create extension pg_trgm with schema platform;
create extension pgcrypto with schema platform;

create schema customers authorization vinculo_owner; -- granted to vinculo_app: usage; vinculo_audit: usage; vinculo_backup: usage; vinculo_search: usage; vinculo_worker: usage
create schema governance authorization vinculo_owner; -- granted to vinculo_app: usage; vinculo_audit: usage; vinculo_backup: usage; vinculo_sealer: usage; vinculo_search: usage; vinculo_worker: usage
create schema intelligence authorization vinculo_owner; -- granted to vinculo_app: usage; vinculo_backup: usage; vinculo_search: usage; vinculo_worker: usage
create schema jobs authorization vinculo_owner; -- granted to vinculo_app: usage; vinculo_worker: usage
create schema platform authorization vinculo_owner; -- granted to vinculo_app: usage; vinculo_audit: usage; vinculo_backup: usage; vinculo_search: usage; vinculo_worker: usage
create schema staging authorization vinculo_worker;

create type jobs.job_state as enum ('created', 'retry', 'active', 'completed', 'cancelled', 'failed');

CREATE OR REPLACE FUNCTION customers.add_up_seals(customer_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  update customers.customer c set compartments = s.compartments
  from (
    select given.id, array_agg(distinct seal.compartment_id order by seal.compartment_id) filter (where seal.compartment_id is not null) as compartments
    from (select distinct unnest(customer_ids) as id) given
      left join customers.party p on p.customer_id = given.id
      left join customers.seal seal on seal.party_id = p.party_id and seal.lifted_at is null
    group by given.id) s
  where c.customer_id = s.id and c.compartments is distinct from s.compartments;
  update customers.search_entry e set compartments = c.compartments
  from customers.customer c
  where c.customer_id = any (customer_ids) and e.customer_id = c.customer_id and e.compartments is distinct from c.compartments;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.break_glass(asked text, why text)
 RETURNS TABLE(grant_id uuid, customer_id uuid, expires_at timestamp with time zone)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
#variable_conflict use_column
declare
  me uuid := governance.acting_user();
  my_name text := (select u.display_name from governance.app_user u where u.user_id = me);
  rules jsonb := coalesce((select value from platform.setting where name = 'limits.emergency'), '{}');
  minutes int := least(greatest(coalesce((rules ->> 'minutes')::int, 30), 1), 60);
  found customers.customer;
  owner uuid;
  made customers.access_grant;
begin
  if me is null or not governance.holds('glass:break') or not governance.holds('customer:read') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('customers.access_grant ' || me, 0));
  if (select count(*) from customers.access_grant g where g.person_id = me and g.granted_at > clock_timestamp() - interval '24 hours')
      >= coalesce((rules ->> 'perDay')::int, 5) then
    raise exception 'too many attempts' using errcode = 'VL001', constraint = 'emergency_access';
  end if;
  select * into found from customers.customer c where c.customer_no = asked;
  insert into customers.access_grant (person_id, customer_id, asked_for, reason, granted_at, expires_at, review_due_at)
  values (me, found.customer_id, asked, why, clock_timestamp(), clock_timestamp() + make_interval(mins => minutes), governance.working_day_later(clock_timestamp()))
  returning * into made;
  perform governance.note('glass.broken', 'customer', case when found.customer_id is null then '{}' else array[found.customer_id] end,
    jsonb_build_object('grantId', made.grant_id, 'minutes', minutes, 'opened', found.customer_id is not null));
  perform governance.tell(array(select h from governance.holders('glass:review') h where h <> me), 'glass_broken',
    jsonb_build_object('grantId', made.grant_id, 'person', my_name, 'customerNo', asked, 'dueAt', made.review_due_at));
  -- The owner of the customer, unless the seal hides it from the owner, too.
  select p.owner_user_id into owner from governance.portfolio p where p.portfolio_id = found.portfolio_id;
  if owner is not null and owner <> me and (found.compartments is null or found.compartments <@ (
      select coalesce(array_agg(c.compartment_id), '{}') from governance.clearance c where c.person_id = owner and c.ended_at is null)) then
    perform governance.tell(array[owner], 'glass_broken_of_own', jsonb_build_object('grantId', made.grant_id, 'person', my_name, 'customerNo', asked));
  end if;
  return query select made.grant_id, made.customer_id, made.expires_at;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.claim_contact(of_customer uuid, for_purpose text, by_channel text)
 RETURNS TABLE(reason text, party_id uuid, consent_id uuid)
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform from customers.party p where p.customer_id = of_customer order by p.party_id for key share;
  return query select r.reason, r.party_id, r.consent_id from customers.contact_refusals(of_customer, for_purpose, by_channel) r;
end $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.claim_contacts(of_customers uuid[], for_purpose text, by_channel text)
 RETURNS TABLE(customer_id uuid, reason text, party_id uuid, consent_id uuid)
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform from customers.party p where p.customer_id = any (of_customers) order by p.party_id for key share;
  return query select r.customer_id, r.reason, r.party_id, r.consent_id from customers.contact_refusals_of(of_customers, for_purpose, by_channel) r;
end $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.contact_refusals(of_customer uuid, for_purpose text, by_channel text)
 RETURNS TABLE(reason text, party_id uuid, consent_id uuid)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select r.reason, r.party_id, r.consent_id from customers.contact_refusals_of(array[of_customer], for_purpose, by_channel) r
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.contact_refusals_of(of_customers uuid[], for_purpose text, by_channel text)
 RETURNS TABLE(customer_id uuid, reason text, party_id uuid, consent_id uuid)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  with purpose as (select * from customers.contact_purpose where purpose = for_purpose),
  asked as materialized (select distinct id from unnest(of_customers) id),
  record as materialized (select p.customer_id, p.party_id from customers.party p where p.customer_id = any (of_customers)),
  standing as materialized (
    select distinct on (c.party_id, c.channel, c.matter) c.customer_id, c.party_id, c.channel, c.matter, c.act, c.lawful_basis, c.happened_at, c.consent_id
    from (
      select r.customer_id, e.*, case when e.act in ('given', 'withdrawn') then 'consent' when e.act = 'basis' then 'basis' else 'objection' end as matter
      from record r join customers.consent e on e.party_id = r.party_id where e.purpose = for_purpose and e.channel in (by_channel, 'any')) c
    order by c.party_id, c.channel, c.matter, c.happened_at desc, c.recorded_at desc, c.consent_id desc
  ),
  -- The stricter basis of the records: where one needs consent, the customer does.
  own_basis as (select s.party_id, s.lawful_basis from standing s where s.matter = 'basis' and s.channel = 'any'),
  basis as materialized (
    select r.customer_id, case
        when bool_or(coalesce(o.lawful_basis, m.lawful_basis) = 'consent') then 'consent'
        when bool_or(coalesce(o.lawful_basis, m.lawful_basis) = 'legitimate_interest') then 'legitimate_interest'
        else min(coalesce(o.lawful_basis, m.lawful_basis)) end as lawful_basis
    from purpose m cross join record r left join own_basis o on o.party_id = r.party_id
    group by r.customer_id
  ),
  said as materialized (
    select party_id, coalesce(one.customer_id, every.customer_id) as customer_id,
      case when every.act = 'withdrawn' and (one.act is null or (one.happened_at, one.consent_id) < (every.happened_at, every.consent_id)) then 'withdrawn'
        else coalesce(one.act, every.act) end as act,
      coalesce(one.consent_id, every.consent_id) as consent_id, greatest(one.happened_at, every.happened_at) as happened_at
    from (select * from standing where matter = 'consent' and channel = by_channel) one
      full join (select * from standing where matter = 'consent' and channel = 'any') every using (party_id)
  )
  select a.id, 'unknown_customer', null::uuid, null::uuid from asked a where not exists (select from customers.customer c where c.customer_id = a.id)
  union all
  select a.id, 'unknown_purpose', null, null from asked a where not exists (select from purpose)
  union all
  select c.customer_id, 'deceased', null, null from customers.customer c
  where c.customer_id = any (of_customers) and c.deceased_on is not null and for_purpose <> 'legal'
  union all
  -- Being erased: only what a law still orders.
  select c.customer_id, 'restricted', null, null from customers.customer c
  where c.customer_id = any (of_customers) and c.compartments && (select governance.restricted_compartments())::smallint[] and for_purpose <> 'legal'
  union all
  select s.customer_id, 'objected', s.party_id, s.consent_id from standing s join basis b using (customer_id), purpose m
  where s.act = 'objected' and (m.direct_marketing or b.lawful_basis not in ('contract', 'legal_obligation'))
  union all
  select s.customer_id, 'withdrawn', s.party_id, s.consent_id from said s
  where s.act = 'withdrawn' and (s.customer_id in (select b.customer_id from basis b where b.lawful_basis = 'consent')) is true
  union all
  select b.customer_id, 'no_consent', null, null from basis b
  where b.lawful_basis = 'consent' and (b.customer_id in (select s.customer_id from said s where s.customer_id is not null)) is not true
  union all
  -- An address of somebody who was erased: until whoever has it now says otherwise.
  select u.customer_id, 'suppressed', null, null from purpose m cross join customers.suppressed_among(case when m.direct_marketing then of_customers else '{}' end) u
  where exists (select from record r where r.customer_id = u.customer_id)
    and not exists (select from said s where s.customer_id = u.customer_id and s.act = 'given' and s.happened_at > u.since)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.customer_came()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  sealed uuid[];
begin
  select array_agg(distinct n.customer_id) into sealed
  from customers.seal s join customers.party p on p.party_id = s.party_id join new_rows n on n.customer_id = p.customer_id
  where s.lifted_at is null;
  if sealed is not null then
    perform customers.add_up_seals(sealed);
  end if;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.customer_parts(wanted uuid)
 RETURNS json
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  shown json;
  parties uuid[];
begin
  -- The policy decides for the caller, whom the signed context names; what is not found here has no parts.
  select json_build_object('customerId', c.customer_id, 'customerNo', c.customer_no, 'kind', c.kind, 'fullName', c.full_name, 'latinName', c.latin_name,
    'language', c.language, 'segment', c.segment, 'bornOn', c.born_on, 'phone', c.phone, 'email', c.email, 'city', c.city, 'country', c.country,
    'branch', (select json_build_object('unitId', o.unit_id, 'code', o.code, 'name', o.name) from governance.organisation_unit o where o.unit_id = c.branch_id),
    'portfolio', (
      select json_build_object('portfolioId', p.portfolio_id, 'code', p.code, 'name', p.name, 'ownerName',
        (select u.display_name from governance.app_user u where u.user_id = p.owner_user_id))
      from governance.portfolio p where p.portfolio_id = c.portfolio_id),
    'currency', c.currency, 'assetsMinor', c.assets_minor::text, 'debtsMinor', c.debts_minor::text, 'otherCurrencies', c.other_currencies,
    'holdingCount', c.holding_count, 'customerSince', c.customer_since, 'lastTransactionOn', c.last_transaction_on, 'inArrears', coalesce(c.in_arrears, false),
    'deceasedOn', c.deceased_on, 'givenName', c.given_name, 'familyName', c.family_name, 'sex', c.sex, 'nationality', c.nationality,
    'occupation', c.occupation, 'industry', c.industry, 'legalForm', c.legal_form, 'maritalStatus', c.marital_status, 'refreshedAt', c.refreshed_at,
    'version', c.version)
  into shown from customers.customer c where c.customer_id = wanted;
  if not found then
    return null;
  end if;
  parties := array(select p.party_id from customers.party p where p.customer_id = wanted limit 200);
  return json_build_object(
    'customer', shown,
    'sources', (select json_agg(json_build_object('sourceId', s.source_id, 'code', s.code, 'name', s.name, 'trust', s.trust)) from customers.source s),
    'rules', (select json_object_agg(r.attribute, r.strategy) from customers.survivorship_rule r),
    'trusts', (select json_agg(json_build_object('sourceId', t.source_id, 'attribute', t.attribute, 'trust', t.trust)) from customers.source_trust t),
    'parties', (
      -- The attributes that customers.attribute_value takes from a party.
      select json_agg(json_build_object('partyId', p.party_id, 'sourceId', p.source_id, 'sourceKey', p.source_key, 'fullName', p.full_name,
        'changedAt', p.changed_at, 'loadId', l.load_id, 'lineNo', r.line_no, 'decision', i.decision, 'evidence', i.evidence, 'decidedAt', i.decided_at,
        'values', json_build_object('full_name', p.full_name, 'given_name', p.given_name, 'family_name', p.family_name, 'latin_name', p.latin_name,
          'sex', p.sex, 'born_on', p.born_on, 'nationality', p.nationality, 'language', p.language, 'occupation', p.occupation, 'industry', p.industry,
          'legal_form', p.legal_form, 'segment', p.segment, 'marital_status', p.marital_status, 'customer_since', p.customer_since,
          'deceased_on', p.deceased_on, 'branch_code', p.branch_code, 'portfolio_code', p.portfolio_code)))
      from customers.party p
        left join customers.identity_link i on i.party_id = p.party_id and i.undone_at is null
        left join customers.source_record r on r.source_id = p.source_id and r.kind = 'party' and r.source_key = p.source_key
        left join customers.load l on l.load_no = r.seen_load_no
      where p.party_id = any (parties)),
    'pins', (
      select json_agg(json_build_object('partyId', n.party_id, 'attribute', n.attribute, 'value', n.value, 'pinId', n.pin_id, 'reason', n.reason,
        'pinnedBy', n.pinned_by, 'pinnedAt', n.pinned_at))
      from customers.value_pin n where n.party_id = any (parties) and n.unpinned_at is null),
    'disputes', (
      select json_agg(json_build_object('disputeId', d.dispute_id, 'attribute', d.attribute, 'value', d.value, 'reason', d.reason,
        'disputedBy', d.disputed_by, 'disputedAt', d.disputed_at, 'version', d.version))
      from (
        select d.* from customers.value_dispute d where d.party_id = any (parties) and d.state = 'open' order by d.disputed_at desc limit 100) d),
    'contactPoints', (
      select json_agg(json_build_object('partyId', c.party_id, 'kind', c.kind, 'purpose', c.purpose, 'value', c.value, 'normalised', c.normalised,
        'parts', c.parts, 'sourceId', c.source_id, 'changedAt', c.changed_at))
      from (select c.* from customers.contact_point c where c.party_id = any (parties) limit 2000) c),
    'identifiers', (
      -- The last four characters only: this role, like the login it serves, may not read the value itself.
      select json_agg(json_build_object('scheme', i.scheme, 'country', i.country, 'last4', i.last4, 'verified', i.verified, 'expiresOn', i.expires_on,
        'sourceId', i.source_id))
      from (
        select i.scheme, i.country, i.last4, i.verified, i.expires_on, i.source_id from customers.identifier i where i.party_id = any (parties) limit 1000) i),
    'holdings', (
      -- Once for each role a party of the customer has in it, the strongest role first.
      select json_agg(json_build_object('holdingId', h.holding_id, 'kind', h.kind, 'class', h.class, 'role', h.role, 'number', h.number,
        'productName', h.product_name, 'currency', h.currency, 'status', h.status, 'openedOn', h.opened_on, 'maturesOn', h.matures_on,
        'closedOn', h.closed_on, 'amountMinor', h.amount_minor::text, 'rate', h.rate::text, 'balanceMinor', h.balance_minor::text,
        'balanceOn', h.balance_on, 'attachedTo', h.attached_to, 'sourceId', h.source_id, 'changedAt', h.changed_at))
      from (
        select h.*, r.role from customers.holding_role r join customers.holding h on h.holding_id = r.holding_id
        where r.party_id = any (parties)
        order by h.status = 'closed', h.class, abs(coalesce(h.balance_minor, h.amount_minor, 0)) desc, h.holding_id,
          array_position(array['owner', 'joint_owner', 'beneficiary', 'authorised', 'guarantor'], r.role)
        limit 1000) h));
end $function$;
-- owner vinculo_search; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.customers_for_audit(numbers text[], ids uuid[])
 RETURNS TABLE(customer_id uuid, customer_no text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  if not governance.holds('audit:read') then
    return;
  end if;
  return query
    select c.customer_id, c.customer_no from customers.customer c
    where (c.customer_no = any (numbers) or c.customer_id = any (ids)) and c.customer_id not in (select customers.hidden_customers())
    limit 200;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.delivered_row(wanted uuid, of_party uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  delivered jsonb;
  endings text[];
begin
  if not customers.seen_customer(wanted) then
    return null;
  end if;
  select coalesce(r.raw, '{}') into delivered
  from customers.party p join customers.source_record r on r.source_id = p.source_id and r.kind = 'party' and r.source_key = p.source_key
  where p.customer_id = wanted and p.party_id = of_party;
  if delivered is null then
    return null;
  end if;
  select coalesce(array_agg(distinct lower(i.last4)), '{}') into endings
  from customers.party p join customers.identifier i on i.party_id = p.party_id where p.customer_id = wanted and i.last4 <> '';
  return (
    select coalesce(jsonb_object_agg(v.name, coalesce(
      (select '•••• ' || e.ending from unnest(endings) e (ending) where length(c.compact) >= 6 and right(c.compact, length(e.ending)) = e.ending limit 1), v.value)), '{}')
    from jsonb_each_text(delivered) v (name, value)
      cross join lateral (
        select lower(regexp_replace(translate(coalesce(v.value, ''), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789'), '[^[:alnum:]]', '', 'g')) as compact) c);
end $function$;
-- owner vinculo_search; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.ensure_transaction_month(day date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  first date := date_trunc('month', day)::date;
  name text := format('transaction_%s', to_char(day, 'YYYY_MM'));
begin
  if to_regclass('customers.' || name) is null then
    perform pg_advisory_xact_lock(hashtext('customers.ensure_transaction_month'));
    -- Asked of the table: to_regclass remembers what it saw before the wait.
    if not exists (select from pg_class where relnamespace = 'customers'::regnamespace and relname = name) then
      -- Attached, not made as a partition: neither readers nor a load that is writing other months wait for it, nor it for them.
      execute format('create table customers.%I (like customers.transaction including defaults including constraints)', name);
      execute format('alter table customers.transaction attach partition customers.%I for values from (%L) to (%L)', name, first, first + interval '1 month');
      execute format('create index on customers.%I (holding_id, booked_on)', name);
      execute format('create index on customers.%I using brin (load_no)', name);
      execute format('alter table customers.%I enable row level security', name);
      execute format('alter table customers.%I force row level security', name);
      execute format('grant select on customers.%I to vinculo_backup', name);
    end if;
  end if;
end $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.erasure_hash(value text)
 RETURNS bytea
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select sha256(s.secret || convert_to(value, 'UTF8')) from customers.erasure_secret s
$function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.find_customers(wanted tsquery, max_rows integer)
 RETURNS TABLE(customer_id uuid, own boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
declare
  whole boolean := governance.reaches_whole_bank();
  bound int := least(greatest(max_rows, 1), 500);
  mine tsquery;
  reach tsquery;
begin
  select string_agg(format('%L', '%' || id), ' | ')::tsquery into mine from unnest(governance.visible_portfolios()) id;
  if not whole then
    select string_agg(format('%L', '@' || id), ' | ')::tsquery into reach from unnest(governance.visible_units()) id;
  end if;
  if mine is not null then
    return query select e.customer_id, true from customers.search_entry e
      where e.terms @@ (wanted && mine) and (e.compartments is null or e.compartments <@ (select governance.cleared())::smallint[]) limit bound;
  end if;
  if whole then
    return query select e.customer_id, false from customers.search_entry e
      where e.terms @@ wanted and (e.compartments is null or e.compartments <@ (select governance.cleared())::smallint[]) limit bound;
  elsif reach is not null then
    return query select e.customer_id, false from customers.search_entry e
      where e.terms @@ (wanted && reach) and (e.compartments is null or e.compartments <@ (select governance.cleared())::smallint[]) limit bound;
  end if;
end $function$;
-- owner vinculo_search; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.find_for_explaining(wanted text, OUT customer_id uuid, OUT branch_id uuid, OUT portfolio_id uuid, OUT sealed boolean)
 RETURNS SETOF record
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not governance.holds('access:explain') then
    raise exception 'access is explained to who administers or audits it' using errcode = '42501';
  end if;
  return query
    select c.customer_id, c.branch_id, c.portfolio_id, c.compartments is not null
    from customers.customer c
    where (c.customer_no = wanted or c.customer_id::text = wanted)
      and (c.compartments is null or governance.holds('seal:manage') or c.compartments <@ governance.cleared());
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.held_records(of_parties uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select distinct r.party_id from customers.legal_hold_record r join customers.legal_hold h using (hold_id)
  where r.party_id = any (of_parties) and h.lifted_at is null and (h.until is null or h.until >= current_date)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.hidden_customers()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog'
AS $function$
  select c.customer_id from customers.customer c
  where c.compartments is not null and not c.compartments <@ (select governance.cleared())::smallint[]
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_audit: execute; vinculo_search: execute

CREATE OR REPLACE FUNCTION customers.hidden_numbers()
 RETURNS bytea[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(array_agg(distinct f.form), '{}') from customers.party p join customers.identifier i on i.party_id = p.party_id
    cross join lateral (values (i.blind), (i.blind_next)) as f (form)
  where p.customer_id in (select customers.hidden_customers()) and f.form is not null
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.hidden_parties()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER ROWS 40
 SET search_path TO 'pg_catalog'
AS $function$
  select p.party_id from customers.party p where p.customer_id in (select customers.hidden_customers())
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_audit: execute; vinculo_search: execute

CREATE OR REPLACE FUNCTION customers.hidden_texts()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(array_agg(distinct lower(found.value)), '{}') from customers.party p
    cross join lateral (
      select p.source_key
      union all select p.full_name
      union all select r.source_key from customers.source_record r where r.party_id = p.party_id
      union all select h.number from customers.holding h where h.party_id = p.party_id
      union all select h.source_key from customers.holding h where h.party_id = p.party_id
      union all select coalesce(k.normalised, k.value) from customers.contact_point k where k.party_id = p.party_id and k.kind in ('phone', 'email')
    ) as found (value)
  where p.customer_id in (select customers.hidden_customers()) and length(found.value) >= 3
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.hold_records_hidden(of_hold uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select r.party_id from customers.legal_hold_record r where r.hold_id = of_hold and r.party_id in (select customers.hidden_parties())
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.hold_senders()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform from customers.party p where p.party_id = new.party_id for update;
  -- The moment of a record is the one at which it counts, not the one at which its transaction began.
  new.recorded_at := clock_timestamp();
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.holds_any(raw jsonb, texts text[])
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (
    select from jsonb_each_text(raw) v (name, value)
    where lower(btrim(v.value)) = any (texts)
      or (v.name = 'line' and exists (select from unnest(texts) t (text) where length(t.text) >= 5 and strpos(lower(v.value), t.text) > 0)))
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.is_erased(of_source smallint, of_kind text, source_key text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select from customers.erased_record e where e.source_id = of_source and e.kind = of_kind
    and e.key_hash = customers.erasure_hash(of_source || ' ' || of_kind || ' ' || source_key))
$function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.keep_consent()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not exists (select from customers.seal s where s.party_id = old.party_id and s.lifted_at is null and s.compartment_id = any (governance.restricted_compartments())) then
    raise exception 'a consent is not deleted' using errcode = '42501';
  end if;
  return old;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.keep_contact_point_history()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  insert into customers.party_history (party_id, kind, row_id, was, valid_from, known_from, gone)
  select o.party_id, 'contact_point', o.contact_point_id, to_jsonb(o), o.changed_at,
    coalesce((select max(h.known_to) from customers.party_history h where h.party_id = o.party_id and h.kind = 'contact_point' and h.row_id = o.contact_point_id),
      (select l.started_at from customers.load l where l.load_no = o.load_no), '-infinity'), n.party_id is null
  from old_rows o left join new_rows n using (party_id, contact_point_id)
  where (o.source_id, o.kind, o.purpose, o.value, o.normalised, o.parts, o.changed_at, o.load_no)
      is distinct from (n.source_id, n.kind, n.purpose, n.value, n.normalised, n.parts, n.changed_at, n.load_no);
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.keep_gone()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if tg_table_name = 'party' then
    insert into customers.party_history (party_id, kind, row_id, was, valid_from, known_from, gone)
    select o.party_id, 'party', o.party_id, to_jsonb(o) - 'search_terms', o.changed_at, customers.known_from(o.party_id, 'party', o.party_id, o.load_no), true
    from old_rows o;
  elsif tg_table_name = 'contact_point' then
    insert into customers.party_history (party_id, kind, row_id, was, valid_from, known_from, gone)
    select o.party_id, 'contact_point', o.contact_point_id, to_jsonb(o), o.changed_at,
      customers.known_from(o.party_id, 'contact_point', o.contact_point_id, o.load_no), true
    from old_rows o;
  elsif tg_table_name = 'identifier' then
    insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
    select o.party_id, 'identifier', o.identifier_id, to_jsonb(o) - '{sealed_value,blind,blind_next,check_fails}'::text[],
      customers.known_from(o.party_id, 'identifier', o.identifier_id, o.load_no), true
    from old_rows o;
  else
    insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
    select o.party_id, 'identity_link', o.link_id, to_jsonb(o), o.decided_at, true from old_rows o;
  end if;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.keep_identifier_history()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
  select o.party_id, 'identifier', o.identifier_id, to_jsonb(o) - '{sealed_value,blind,blind_next,check_fails}'::text[],
    customers.known_from(o.party_id, 'identifier', o.identifier_id, o.load_no), n.party_id is null
  from old_rows o left join new_rows n using (party_id, identifier_id)
  -- The same number under a new key is the same number: one of its two forms stays while the other comes or goes.
  where (o.source_id, o.scheme, o.country, o.verified, o.expires_on, o.load_no) is distinct from (n.source_id, n.scheme, n.country, n.verified, n.expires_on, n.load_no)
    or (o.blind is distinct from n.blind and coalesce(o.blind_next, o.blind) is distinct from coalesce(n.blind_next, n.blind));
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.keep_link_history()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
  select o.party_id, 'identity_link', o.link_id, to_jsonb(o), o.decided_at, false
  from old_rows o join new_rows n using (party_id, link_id) where o.undone_at is not null and n.undone_at is null;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.keep_party_history()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  insert into customers.party_history (party_id, kind, row_id, was, valid_from, known_from, gone)
  select o.party_id, 'party', o.party_id, to_jsonb(o) - 'search_terms', o.changed_at,
    coalesce((select max(h.known_to) from customers.party_history h where h.party_id = o.party_id and h.kind = 'party' and h.row_id = o.party_id),
      (select l.started_at from customers.load l where l.load_no = o.load_no), '-infinity'), false
  from old_rows o join new_rows n using (party_id)
  -- Which customer it belongs to is told by its links.
  where (o.source_key, o.kind, o.full_name, o.given_name, o.family_name, o.latin_name, o.sex, o.born_on, o.nationality, o.language, o.occupation, o.industry, o.legal_form, o.segment, o.marital_status, o.customer_since, o.deceased_on, o.branch_code, o.portfolio_code, o.details, o.changed_at, o.load_no)
      is distinct from (n.source_key, n.kind, n.full_name, n.given_name, n.family_name, n.latin_name, n.sex, n.born_on, n.nationality, n.language, n.occupation, n.industry, n.legal_form, n.segment, n.marital_status, n.customer_since, n.deceased_on, n.branch_code, n.portfolio_code, n.details, n.changed_at, n.load_no);
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.known_from(of_party uuid, of_kind text, of_row uuid, of_load integer)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(
    (select max(h.known_to) from customers.party_history h where h.party_id = of_party and h.kind = of_kind and h.row_id = of_row),
    (select l.started_at from customers.load l where l.load_no = of_load), '-infinity')
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.lock_for_erasure(of_parties uuid[])
 RETURNS uuid[]
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
declare
  locked uuid[];
begin
  perform from customers.party p where p.party_id = any (of_parties) order by p.party_id for update;
  select coalesce(array_agg(p.party_id), '{}') into locked from customers.party p where p.party_id = any (of_parties);
  return case when exists (select from customers.held_records(locked)) then null else locked end;
end $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.match_candidates(wanted integer[], max_rows integer)
 RETURNS TABLE(party_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select distinct found.party_id
  from unnest(wanted) as k (key) cross join lateral (
    select e.party_id, count(*) over () as parties from (
      select m.party_id from customers.match_entry m
      where m.keys @> array[k.key] and m.party_id not in (select customers.hidden_parties()) limit 81) e
  ) found
  where found.parties <= 80
  limit least(greatest(max_rows, 1), 2000)
$function$;
-- owner vinculo_search; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.match_neighbours(wanted uuid[], max_parties integer)
 RETURNS TABLE(a uuid, b uuid)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET enable_seqscan TO 'off'
AS $function$
  with own as materialized (
    select e.party_id, k.key from customers.match_entry e cross join lateral unnest(e.keys) as k (key) where e.party_id = any (wanted)
  ), shared as (
    select k.key, f.parties from (select distinct key from own) k
      cross join lateral (select array_agg(m.party_id) as parties from (
        select x.party_id from customers.match_entry x where x.keys @> array[k.key] limit max_parties + 1) m) f
    where cardinality(f.parties) between 2 and max_parties
  )
  select distinct least(o.party_id, n.party_id), greatest(o.party_id, n.party_id)
  from own o join shared s using (key) cross join lateral unnest(s.parties) as n (party_id) where n.party_id <> o.party_id
$function$;
-- owner vinculo_search; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.matching_customers(wanted tsquery)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 2000
 SET search_path TO 'pg_catalog'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
declare
  reach tsquery;
begin
  if governance.reaches_whole_bank() then
    return query select e.customer_id from customers.search_entry e where e.terms @@ wanted;
  else
    select string_agg(term, ' | ')::tsquery into reach from (
      select format('%L', '@' || id) from unnest(governance.visible_units()) id
      union all select format('%L', '%' || id) from unnest(governance.visible_portfolios()) id) scope (term);
    if reach is not null then
      return query select e.customer_id from customers.search_entry e where e.terms @@ (wanted && reach);
    end if;
  end if;
end $function$;
-- owner vinculo_search; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.may_contact(of_customer uuid, for_purpose text, by_channel text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select not exists (select from customers.contact_refusals(of_customer, for_purpose, by_channel))
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.may_profile(of_customer uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select not exists (select from customers.contact_refusals(of_customer, 'profiling', 'any'))
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.not_profiled()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select r.customer_id from customers.contact_refusals_of(
    case when (select lawful_basis from customers.contact_purpose where purpose = 'profiling') = 'consent'
      then array(select c.customer_id from customers.customer c)
      else array(
        select p.customer_id from customers.consent c join customers.party p on p.party_id = c.party_id where c.purpose = 'profiling'
        union select c.customer_id from customers.customer c where c.compartments && (select governance.restricted_compartments())::smallint[]) end,
    'profiling', 'any') r
  group by r.customer_id
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.not_profiled(among uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE ROWS 100
 SET search_path TO 'pg_catalog'
AS $function$
  select r.customer_id from customers.contact_refusals_of(
    case when (select lawful_basis from customers.contact_purpose where purpose = 'profiling') = 'consent'
      then among
      else array(
        select p.customer_id from customers.party p join customers.consent c on c.party_id = p.party_id
        where p.customer_id = any (among) and c.purpose = 'profiling'
        union select c.customer_id from customers.customer c
        where c.customer_id = any (among) and c.compartments && (select governance.restricted_compartments())::smallint[]) end,
    'profiling', 'any') r
  group by r.customer_id
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.note_gone()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  insert into customers.changed_customer (customer_id) select customer_id from old_rows;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.note_rule_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  new.changed_at := now();
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.number_fails(scheme text, country text, value text)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog'
AS $function$
declare
  v text := upper(regexp_replace(value, '[\s.-]', '', 'g'));
  n int := 0;
begin
  if scheme not in ('national_id', 'residence_permit') then return null; end if;
  case country
    when 'ES' then
      if v !~ '^[0-9XYZ][0-9]{7}[A-Z]$' then return case when v ~ '^[0-9XYZ]' then true end; end if;
      return substr('TRWAGMYFPDXBNJZSQVHLCKE', translate(left(v, 8), 'XYZ', '012')::int % 23 + 1, 1) <> right(v, 1);
    when 'IR' then
      if v !~ '^[0-9]{10}$' or v ~ '^(.)\1{9}$' then return true; end if;
      for i in 1..9 loop n := n + substr(v, i, 1)::int * (11 - i); end loop;
      n := n % 11;
      return right(v, 1)::int <> case when n < 2 then n else 11 - n end;
    when 'CN' then
      if v !~ '^[0-9]{17}[0-9X]$' then return true; end if;
      for i in 1..17 loop n := n + substr(v, i, 1)::int * (1 << (18 - i)) % 11; end loop;
      return right(v, 1) <> substr('10X98765432', n % 11 + 1, 1);
    when 'SA', 'AE' then
      if v !~ (case country when 'SA' then '^[12][0-9]{9}$' else '^784[0-9]{12}$' end) then return true; end if;
      for i in 1..length(v) loop
        n := n + case when i % 2 = 0 then substr(v, length(v) + 1 - i, 1)::int * 2 - case when substr(v, length(v) + 1 - i, 1) > '4' then 9 else 0 end
          else substr(v, length(v) + 1 - i, 1)::int end;
      end loop;
      return n % 10 <> 0;
    else return null;
  end case;
end $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.opened_customers()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(array_agg(g.customer_id) filter (where g.customer_id is not null), '{}') from customers.access_grant g
  where g.person_id = (select governance.acting_user()) and g.expires_at > clock_timestamp() and g.ended_at is null
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_search: execute

CREATE OR REPLACE FUNCTION customers.party_came()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not exists (select from customers.seal where lifted_at is null) then
    return null;
  end if;
  update customers.seal s set party_id = n.party_id
  from new_rows n where n.source_id = s.source_id and n.source_key = s.source_key and s.lifted_at is null and s.party_id <> n.party_id;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.party_moved()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  touched uuid[];
begin
  if not exists (select from customers.seal where lifted_at is null) then
    return null;
  end if;
  select array_agg(distinct c.id) into touched
  from customers.seal s join old_rows o on o.party_id = s.party_id join new_rows n on n.party_id = s.party_id
    cross join lateral (values (o.customer_id), (n.customer_id)) as c (id)
  where s.lifted_at is null and o.customer_id <> n.customer_id;
  if touched is not null then
    perform customers.add_up_seals(touched);
  end if;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.place_hold(of_customer uuid, for_case text, why text, until_day date)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  me uuid := governance.acting_user();
  records uuid[];
  number text;
  made uuid;
begin
  if me is null or not governance.holds('privacy:manage') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  perform from customers.party p where p.customer_id = of_customer order by p.party_id for no key update;
  select array_agg(p.party_id) into records from customers.party p where p.customer_id = of_customer;
  select c.customer_no into number from customers.customer c where c.customer_id = of_customer;
  if records is null or number is null then
    return null;
  end if;
  insert into customers.legal_hold (case_code, customer_no, reason, until, placed_by) values (for_case, number, why, until_day, me) returning hold_id into made;
  insert into customers.legal_hold_record (hold_id, party_id) select made, r from unnest(records) r;
  return made;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.quality_units()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(array_agg(distinct reach.below_id), '{}')
  from governance.role_assignment a
    join governance.role r using (role_id)
    join governance.unit_reach reach on reach.unit_id = a.unit_id
  where a.user_id = (select governance.acting_user()) and 'quality:read' = any (r.permissions)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.quality_whole_bank()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (
    select from governance.role_assignment a
      join governance.role r using (role_id)
      join governance.organisation_unit u using (unit_id)
    where a.user_id = (select governance.acting_user()) and 'quality:read' = any (r.permissions) and u.kind = 'bank')
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.restrict_customer(of_erasure uuid)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  me uuid := governance.acting_user();
  wanted customers.erasure;
  records uuid[];
  again boolean := platform.working() is not null;
begin
  select * into wanted from customers.erasure e where e.erasure_id = of_erasure for update;
  -- By the approval of somebody else, in its transaction; or again after a restore, by the command line.
  if me is null or wanted.state is distinct from 'asked' or not again and not exists (
      select from governance.approval_request r where r.action = 'customer.erasure_approved' and r.state = 'approved'
        and r.approved_xid = pg_current_xact_id() and r.payload::jsonb ->> 'erasureId' = of_erasure::text) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  perform from customers.party p where p.customer_id = wanted.customer_id or p.party_id = any (wanted.party_ids) order by p.party_id for no key update;
  select array_agg(p.party_id order by p.party_id) into records from customers.party p
  where case when again then p.party_id = any (wanted.party_ids) else p.customer_id = wanted.customer_id end;
  if not again and records is distinct from wanted.party_ids then
    return 'changed';
  elsif exists (select from customers.held_records(records)) then
    return 'held';
  end if;
  insert into customers.seal (party_id, source_id, source_key, compartment_id, customer_no, reason, sealed_by)
  select p.party_id, p.source_id, p.source_key, (governance.restricted_compartments())[1], wanted.customer_no, 'to be erased', me
  from customers.party p where p.party_id = any (records)
  on conflict (party_id, compartment_id) where lifted_at is null do nothing;
  update customers.erasure e set state = 'restricted', restricted_at = clock_timestamp(), next_on = current_date, version = version + 1 where e.erasure_id = of_erasure;
  return 'done';
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.reveal_identifier(wanted uuid, of_scheme text, of_country text, ending text, why text)
 RETURNS TABLE(identifier_id uuid, sealed bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  me uuid := governance.acting_user();
  per_hour int := coalesce((select (value ->> 'perHour')::int from platform.setting where name = 'limits.reveal'), 20);
begin
  if me is null or not governance.holds('identifier:reveal') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  if not customers.seen_customer(wanted) then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('customers.reveal ' || me, 0));
  if (select count(*) from customers.reveal r where r.person_id = me and r.at > clock_timestamp() - interval '1 hour') >= per_hour then
    raise exception 'too many reveals' using errcode = 'VL001', constraint = 'reveal';
  end if;
  insert into customers.reveal (person_id, customer_id, scheme, reason) values (me, wanted, of_scheme, why);
  perform governance.note('identifier.revealed', 'customer', array[wanted],
    jsonb_build_object('scheme', of_scheme, 'country', of_country, 'reason', why));
  return query
    select distinct on (i.blind) i.identifier_id, i.sealed_value from customers.party p join customers.identifier i on i.party_id = p.party_id
    where p.customer_id = wanted and i.scheme = of_scheme and i.country is not distinct from of_country and i.last4 = ending order by i.blind, i.identifier_id limit 20;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.seal_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  changed customers.seal := coalesce(new, old);
  customer uuid;
begin
  -- A record that moves to another customer at this moment waits here, or we wait for it: either sees the other's work.
  select p.customer_id into customer from customers.party p where p.party_id = changed.party_id for no key update;
  if customer is not null then
    perform customers.add_up_seals(array[customer]);
  end if;
  update governance.compartment c set seals = (select count(*) from customers.seal s where s.compartment_id = c.compartment_id and s.lifted_at is null)
  where c.compartment_id = changed.compartment_id;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION customers.seen_by(who uuid)
 RETURNS TABLE(reason text, role_id text, held_at uuid, unit_id uuid, portfolio_id uuid, from_user_id uuid, customers bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  theirs smallint[] := array(select l.compartment_id from governance.clearance l where l.person_id = who and l.ended_at is null);
  mine smallint[] := governance.cleared();
begin
  if not governance.holds('access:explain') then
    raise exception 'access is explained to who administers or audits it' using errcode = '42501';
  end if;
  return query
    with counted as (
      select c.branch_id, c.portfolio_id, count(*) as n from customers.customer c
      where c.compartments is null or (c.compartments <@ theirs and c.compartments <@ mine)
      group by 1, 2)
    select s.reason, s.role_id, s.held_at, case when s.reason = 'portfolio' then null else n.branch_id end, s.portfolio_id, s.from_user_id, sum(n.n)::bigint
    from (select distinct x.reason, x.role_id, x.held_at, x.from_user_id, case when x.reason = 'unit' then x.unit_id end as unit_id, x.portfolio_id
        from governance.customer_scope x where x.user_id = who) s
      join counted n on s.reason = 'bank' or (s.reason = 'unit' and s.unit_id = n.branch_id) or (s.reason = 'portfolio' and s.portfolio_id = n.portfolio_id)
    group by 1, 2, 3, 4, 5, 6
    union all
    select 'glass', null, null, null, null, null, count(distinct g.customer_id)
    from customers.access_grant g join customers.customer c using (customer_id)
    where g.person_id = who and g.expires_at > clock_timestamp() and g.ended_at is null and (c.compartments is null or c.compartments <@ mine)
    having count(*) > 0
    limit 500;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.seen_customer(wanted uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  -- As vinculo_search: under the very policies that decide for the caller.
  perform from customers.customer c where c.customer_id = wanted;
  return found;
end $function$;
-- owner vinculo_search; granted to vinculo_owner: execute

CREATE OR REPLACE FUNCTION customers.seen_in_all_by(who uuid)
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  theirs smallint[] := array(select l.compartment_id from governance.clearance l where l.person_id = who and l.ended_at is null);
  mine smallint[] := governance.cleared();
  everybody boolean := exists (select from governance.customer_scope s where s.user_id = who and s.reason = 'bank');
  units uuid[] := array(select s.unit_id from governance.customer_scope s where s.user_id = who and s.reason <> 'portfolio');
  opened uuid[] := array(select g.customer_id from customers.access_grant g
    where g.person_id = who and g.expires_at > clock_timestamp() and g.ended_at is null and g.customer_id is not null);
  portfolios uuid[] := array(select s.portfolio_id from governance.customer_scope s where s.user_id = who and s.reason = 'portfolio');
begin
  if not governance.holds('access:explain') then
    raise exception 'access is explained to who administers or audits it' using errcode = '42501';
  end if;
  return (select count(*) from customers.customer c
    where (c.compartments is null or c.compartments <@ mine)
      and ((everybody or c.branch_id = any (units) or c.portfolio_id = any (portfolios)) and (c.compartments is null or c.compartments <@ theirs)
        or c.customer_id = any (opened)));
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION customers.settle_matching()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
BEGIN ATOMIC
 SELECT gin_clean_pending_list('customers.match_entry_keys'::regclass) AS gin_clean_pending_list;
END;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.settle_search()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
BEGIN ATOMIC
 SELECT gin_clean_pending_list('customers.search_entry_terms'::regclass) AS gin_clean_pending_list;
END;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.suppressed_among(of_customers uuid[])
 RETURNS TABLE(customer_id uuid, since timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select p.customer_id, max(s.since)
  from customers.party p join customers.contact_point k on k.party_id = p.party_id and k.kind in ('phone', 'email')
    join customers.suppression s on s.kind = k.kind and s.address_hash = customers.erasure_hash(k.kind || ' ' || coalesce(k.normalised, k.value))
  where p.customer_id = any (of_customers) and (select exists (select from customers.suppression))
  group by p.customer_id
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.survivorship_key(test text, trust smallint, changed_at timestamp with time zone, value text)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE test WHEN 'trusted'::text THEN (trust)::double precision WHEN 'recent'::text THEN date_part('epoch'::text, (changed_at AT TIME ZONE 'UTC'::text)) WHEN 'complete'::text THEN (length(value))::double precision ELSE NULL::double precision END;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION customers.who_sees(wanted uuid)
 RETURNS TABLE(user_id uuid, reason text, role_id text, held_at uuid, portfolio_id uuid, from_user_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not governance.holds('access:explain') then
    raise exception 'access is explained to who administers or audits it' using errcode = '42501';
  end if;
  return query
    select distinct s.user_id, s.reason, s.role_id, s.held_at, s.portfolio_id, s.from_user_id
    from customers.customer c
      join governance.customer_scope s on s.reason = 'bank' or (s.reason = 'unit' and s.unit_id = c.branch_id) or (s.reason = 'portfolio' and s.portfolio_id = c.portfolio_id)
    where c.customer_id = wanted
      and (c.compartments is null or c.compartments <@ array(
        select l.compartment_id from governance.clearance l where l.person_id = s.user_id and l.ended_at is null))
    union
    select g.person_id, 'glass', null, null, null, null
    from customers.access_grant g join governance.app_user u on u.user_id = g.person_id and u.active
    where g.customer_id = wanted and g.expires_at > clock_timestamp() and g.ended_at is null;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.act_as_maker(of_request uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  claims jsonb := platform.context();
  asked governance.approval_request;
  maker governance.app_user;
begin
  select * into asked from governance.approval_request r where r.request_id = of_request and r.state = 'approved' and r.approved_xid = pg_current_xact_id();
  if asked.request_id is null then
    raise exception 'not approved in this transaction' using errcode = '42501';
  end if;
  select * into maker from governance.app_user u where u.user_id = asked.maker_id and u.active;
  if maker.user_id is null then
    return null;
  end if;
  perform set_config('vinculo.context', platform.sign_context(claims || jsonb_build_object('u', maker.user_id, 's', null)), true);
  return jsonb_build_object('userId', maker.user_id, 'displayName', maker.display_name, 'permissions', to_jsonb(governance.permissions_of(maker.user_id)));
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.acting_for(permission text)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  claims jsonb := platform.context();
  who uuid;
begin
  if claims is null then
    return null;
  end if;
  select u.user_id into who from governance.app_user u
  where u.user_id = (claims ->> 'u')::uuid and u.active
    and (claims ->> 's' is null or exists (
      select from governance.session s
      where s.session_id = (claims ->> 's')::uuid and s.user_id = u.user_id and s.revoked_at is null and s.expires_at > clock_timestamp()))
    and (claims ->> 'k' is null or exists (
      select from governance.api_key k
      where k.key_id = (claims ->> 'k')::uuid and k.owner_id = u.user_id and k.approved_at is not null and k.revoked_at is null and k.expires_at > clock_timestamp()
        -- Whoever provisions people does with them what an administrator does, and nothing else.
        and (permission is null or permission = any (k.scopes) or 'scim' = any (k.scopes) and permission in ('user:manage', 'organisation:read'))));
  return who;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.acting_user()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  return governance.acting_for(null);
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.activate_key(of_key uuid, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not governance.approved_here('key.approved', jsonb_build_object('keyId', of_key)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  update governance.api_key k set approved_at = at
  where k.key_id = of_key and k.owner_id = governance.acting_user() and k.approved_at is null and k.revoked_at is null and k.expires_at > at;
  return found;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.approval_deciders(request governance.approval_request)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(array_agg(w.user_id), '{}') from (
    select distinct h.user_id from governance.held_role h
      join governance.approval_level l on l.action = request.action and l.level between request.first_level and request.level
        and (h.permissions && l.duties or h.role_id = any (l.duties))
    where exists (select from governance.approval_rights(request, h.user_id)) limit 500) w
$function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.approval_hash(request governance.approval_request)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog'
AS $function$
  select sha256(convert_to(request.request_id::text || ' ' || request.action || ' ' || encode(request.payload_sha256, 'hex') || ' ', 'UTF8')
    || sha256(convert_to(request.difference, 'UTF8')) || convert_to(array_to_string(request.subject_ids, ' ') || ' ' || array_to_string(request.subject_versions, ' '), 'UTF8'))
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.approval_level_for(of_action text, amount bigint, of_currency text)
 RETURNS SETOF governance.approval_level
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog'
AS $function$
  select l.* from governance.approval_level l join governance.approval_policy p using (action)
  where l.action = of_action and (l.amount_max_minor is null or amount is null or (p.currency = of_currency and amount <= l.amount_max_minor))
  order by l.level limit 1
$function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.approval_rights(request governance.approval_request, who uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select distinct h.from_user_id
  from governance.held_role h
    join governance.approval_level l on l.action = request.action and l.level between request.first_level and request.level
      and (h.permissions && l.duties or h.role_id = any (l.duties))
    join governance.approval_policy p on p.action = request.action
  where h.user_id = who
    and not governance.same_person(who, request.maker_id)
    and (h.from_user_id is null or (p.deputies and not governance.same_person(h.from_user_id, request.maker_id)))
    and (request.unit_id is null or exists (select from governance.unit_reach u where u.unit_id = h.unit_id and u.below_id = request.unit_id))
    -- Who has no clearance for a sealed customer is not asked about them.
    and (request.subject_kind <> 'customer' or not exists (
      select from customers.customer c
      where c.customer_id = any (request.subject_ids) and c.compartments is not null and not c.compartments <@ (
        select coalesce(array_agg(k.compartment_id), '{}') from governance.clearance k where k.person_id = who and k.ended_at is null)))
$function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.approvals_of_maker()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER ROWS 50
 SET search_path TO 'pg_catalog'
AS $function$
  select r.request_id from governance.approval_request r where r.maker_id = (select governance.acting_user())
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.approvals_to_decide()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(array_agg(w.request_id), '{}') from (
    select r.request_id from governance.approval_request r
    where r.state = 'waiting' and r.expires_at > now()
      and exists (select from governance.approval_rights(r, (select governance.acting_user())))
      and not exists (select from governance.approval_decision d where d.request_id = r.request_id and d.decider_id = (select governance.acting_user()))
    order by r.request_id limit 500) w
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.approved_here(of_action text, wanted jsonb)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select from governance.approval_request r
    where r.approved_xid = pg_current_xact_id() and r.state = 'approved' and r.action = of_action
      and r.maker_id = (select governance.acting_user()) and r.payload::jsonb @> wanted)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.approvers_needed(of_action text, amount bigint, of_currency text)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select greatest(l.approvers, p.approvers_min)::int
  from governance.approval_level_for(of_action, amount, of_currency) l join governance.approval_policy p using (action)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.audit_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  raise exception 'the audit trail is append-only' using errcode = '42501';
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.claim_groups(who uuid, names text[])
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if platform.context_purpose() <> 'sign_in' then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  insert into governance.people_group (name)
  select distinct m.group_name from governance.people_group_role m
  where m.group_name in (select lower(btrim(n)) from unnest(names) n) and not exists (select from governance.people_group g where lower(g.name) = m.group_name)
  on conflict do nothing;
  delete from governance.people_group_member b using governance.people_group g
  where b.group_id = g.group_id and b.user_id = who and lower(g.name) not in (select lower(btrim(n)) from unnest(names) n);
  insert into governance.people_group_member (group_id, user_id)
  select g.group_id, who from governance.people_group g where lower(g.name) in (select lower(btrim(n)) from unnest(names) n)
  on conflict do nothing;
  return governance.settle_group_grants(who);
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.clear_factors(who uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if who = governance.acting_user() or not governance.holds('user:manage') then
    raise exception 'factors are removed by another administrator' using errcode = '42501';
  end if;
  delete from governance.totp where user_id = who;
  delete from governance.recovery_code where user_id = who;
  delete from governance.passkey where user_id = who;
  return true;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.cleared()
 RETURNS smallint[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(array_agg(c.compartment_id), '{}') from (
    select k.compartment_id from governance.clearance k where k.person_id = (select governance.acting_user()) and k.ended_at is null
    union all
    select r.compartment_id from governance.compartment r
    where r.kind = 'restricted' and r.seals > 0 and ((select governance.holds('glass:review')) or (select governance.holds('privacy:manage')))) c
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.conflicts_of(who uuid, new_duties text[], from_day date, until_day date)
 RETURNS TABLE(duty_a text, duty_b text, reason text, held_role_id text)
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select s.duty_a, s.duty_b, s.reason, c.role_id
  from governance.sod_conflict s
    join governance.claimed_role c on c.user_id = who and not c.system and c.valid_from <= coalesce(until_day, 'infinity') and c.valid_until >= from_day
  where s.duty_a = any (new_duties) and s.duty_b = any (c.duties) or s.duty_b = any (new_duties) and s.duty_a = any (c.duties)
  union
  select s.duty_a, s.duty_b, s.reason, null from governance.sod_conflict s where s.duty_a = any (new_duties) and s.duty_b = any (new_duties)
  order by 1, 2, 4 limit 20
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.count_audit_events(subject uuid, actor uuid, action_begins text, decided text, since timestamp with time zone, until timestamp with time zone, rows_max integer)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
declare
  hidden uuid[];
begin
  if not governance.holds('audit:read') then
    return 0;
  end if;
  hidden := array(select customers.hidden_customers() union all select customers.hidden_parties());
  return case when subject = any (hidden) then 0 else (select count(*) from (
    select from governance.audit_event e
    where (subject is null or e.subject_ids @> array[subject])
      and (cardinality(e.subject_ids) = 0 or e.subject_kind not in ('customer', 'party') or not e.subject_ids <@ hidden)
      and (actor is null or e.actor_id = actor)
      and (action_begins is null or starts_with(e.action, action_begins))
      and (decided is null or e.decision = decided)
      and (since is null or e.at >= since)
      and (until is null or e.at < until)
    limit least(rows_max, 100000)) found) end;
end $function$;
-- owner vinculo_audit; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.count_in_conflict(a text, b text)
 RETURNS integer
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select count(distinct x.user_id)::int
  from governance.claimed_role x join governance.claimed_role y on y.user_id = x.user_id
  where a = any (x.duties) and b = any (y.duties) and not x.system and not y.system
    and (now() at time zone 'UTC')::date between x.valid_from and x.valid_until and (now() at time zone 'UTC')::date between y.valid_from and y.valid_until
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.decide_approval(of_request uuid, approve boolean, seen bytea, why text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  me uuid := governance.acting_user();
  asked governance.approval_request;
  principals uuid[];
  principal uuid;
  done boolean;
begin
  select * into asked from governance.approval_request r where r.request_id = of_request for update;
  if me is null or asked.request_id is null then
    return 'not_found';
  elsif governance.same_person(me, asked.maker_id) then
    return 'own';
  end if;
  -- Rights are those of now, not of when the page was opened. One right decides once: a deputy and who they stand in for are one voice.
  select array_agg(coalesce(p, me) order by p nulls first) into principals from governance.approval_rights(asked, me) p;
  if principals is null then
    return 'not_found';
  elsif asked.state <> 'waiting' or asked.expires_at <= clock_timestamp() then
    return 'closed';
  elsif seen is distinct from governance.approval_hash(asked) then
    return 'unseen';
  end if;
  select p into principal from unnest(principals) p
  where not exists (select from governance.approval_decision d where d.request_id = of_request
    and (governance.same_person(d.decider_id, me) or governance.same_person(coalesce(d.behalf_of, d.decider_id), p))) limit 1;
  if principal is null then
    return 'decided';
  end if;
  insert into governance.approval_decision (request_id, decider_id, behalf_of, approves, note) values (of_request, me, nullif(principal, me), approve, why);
  done := approve and (select count(*) from governance.approval_decision d where d.request_id = of_request and d.approves) >= asked.approvers;
  if done or not approve then
    update governance.approval_request r set state = case when approve then 'approved' else 'refused' end, closed_at = clock_timestamp(),
      approved_xid = case when done then pg_current_xact_id() end
    where r.request_id = of_request;
    perform governance.tell_approval(asked, case when approve then 'approval_approved' else 'approval_refused' end, array[asked.maker_id]);
  end if;
  perform governance.note(case when approve then 'approval.approved' else 'approval.refused' end, asked.subject_kind, asked.subject_ids,
    jsonb_build_object('requestId', of_request, 'act', asked.action, 'maker', asked.maker_id, 'complete', done, 'for', nullif(principal, me), 'rows', 0));
  return case when done then 'approved' when approve then 'waiting' else 'refused' end;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.egress_limit(class text)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce((select (value ->> class)::bigint from platform.setting where name = 'limits.egress'),
    case class when 'customer' then 10000 else 100000 end)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.factors_of(who uuid, OUT password boolean, OUT totp boolean, OUT recovery_codes integer, OUT passkeys integer)
 RETURNS record
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if who = governance.acting_user() or governance.holds('user:manage') or platform.context_purpose() = 'sign_in' then
    password := exists (select from governance.credential c where c.user_id = who);
    totp := exists (select from governance.totp t where t.user_id = who and t.confirmed_at is not null);
    recovery_codes := (select count(*) from governance.recovery_code r where r.user_id = who and r.used_at is null);
    passkeys := (select count(*) from governance.passkey p where p.user_id = who);
  end if;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.find_audit_events(subject uuid, actor uuid, action_begins text, decided text, since timestamp with time zone, until timestamp with time zone, before_at timestamp with time zone, before_id bigint, rows_max integer)
 RETURNS SETOF governance.audit_event
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
declare
  hidden uuid[];
begin
  if not governance.holds('audit:read') then
    return;
  end if;
  -- Customers hidden from the person by a seal, as the policy of the table has it.
  hidden := array(select customers.hidden_customers() union all select customers.hidden_parties());
  if subject = any (hidden) then
    return;
  end if;
  return query
    select e.* from governance.audit_event e
    where (subject is null or e.subject_ids @> array[subject])
      and (cardinality(e.subject_ids) = 0 or e.subject_kind not in ('customer', 'party') or not e.subject_ids <@ hidden)
      and (actor is null or e.actor_id = actor)
      and (action_begins is null or starts_with(e.action, action_begins))
      and (decided is null or e.decision = decided)
      and (since is null or e.at >= since)
      and (until is null or e.at < until)
      and (before_at is null or (e.at, e.event_id) < (before_at, before_id))
    order by e.at desc, e.event_id desc
    limit least(rows_max, 1001);
end $function$;
-- owner vinculo_audit; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.find_key(wanted bytea, address inet, at timestamp with time zone, OUT key_id uuid, OUT user_id uuid, OUT display_name text, OUT permissions text[], OUT last_used_at timestamp with time zone)
 RETURNS SETOF record
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  return query
    select k.key_id, u.user_id, u.display_name,
      array(select s from unnest(k.scopes) s where s = 'scim' and 'user:manage' = any (governance.permissions_of(u.user_id)) or s = any (governance.permissions_of(u.user_id))),
      k.last_used_at
    from governance.api_key k join governance.app_user u on u.user_id = k.owner_id
    where k.token_hash = wanted and u.active and k.approved_at is not null and k.revoked_at is null and k.expires_at > at
      and exists (select from unnest(k.ip_ranges) r where address <<= r);
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.find_session(wanted bytea, OUT session_id uuid, OUT user_id uuid, OUT display_name text, OUT last_seen_at timestamp with time zone, OUT expires_at timestamp with time zone, OUT revoked_at timestamp with time zone, OUT permissions text[], OUT limits jsonb)
 RETURNS SETOF record
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  return query
    select s.session_id, u.user_id, u.display_name, s.last_seen_at,
      least(s.expires_at, s.created_at + (l.value ->> 'absoluteHours')::float * interval '1 hour'), s.revoked_at,
      coalesce((governance.standing_of(u.user_id)).permissions, '{}'), l.value
    from governance.session s join governance.app_user u on u.user_id = s.user_id
      left join platform.setting l on l.name = 'session_limits'
    where s.token_hash = wanted and u.active;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.forget_confirmation()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if lower(new.email) is distinct from lower(old.email) and new.email_confirmed_at is not distinct from old.email_confirmed_at then
    new.email_confirmed_at := null;
  end if;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.forget_proofs(before timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  gone int;
begin
  delete from governance.challenge where ctid in (select ctid from governance.challenge where expires_at < before limit 10000);
  get diagnostics gone = row_count;
  delete from governance.step_up where ctid in (select ctid from governance.step_up where expires_at < before limit 10000);
  return gone;
end $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.forget_standings()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform pg_advisory_xact_lock_shared(4701, 0);
  delete from governance.standing;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.group_gives(role governance.role)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
  select not role.system and role.retired_at is null
    and not role.permissions && (governance.ruling_permissions() || '{key:manage,sign_in:manage,approval:manage}'::text[])
$function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.hold_audit_writers()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  lock table governance.audit_event in share mode;
end $function$;
-- owner vinculo_owner; granted to vinculo_sealer: execute

CREATE OR REPLACE FUNCTION governance.holders(permission text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select distinct h.user_id from governance.held_role h where permission = any (h.permissions)
$function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.holds(permission text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(permission = any ((governance.standing_of(governance.acting_for(permission))).permissions), false)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_audit: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.keep_approval_request()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if old.state <> 'waiting' and not (old.state = 'approved' and new.state = 'changed' and old.approved_xid = pg_current_xact_id()) then
    raise exception 'a closed request is closed' using errcode = '42501';
  end if;
  if (new.request_id, new.action, new.maker_id, new.unit_id, new.about, new.reason, new.payload, new.payload_sha256, new.subject_kind, new.subject_ids,
      new.subject_versions, new.difference, new.amount_minor, new.currency, new.first_level, new.approvers, new.asked_at, new.expires_at)
    is distinct from (old.request_id, old.action, old.maker_id, old.unit_id, old.about, old.reason, old.payload, old.payload_sha256, old.subject_kind, old.subject_ids,
      old.subject_versions, old.difference, old.amount_minor, old.currency, old.first_level, old.approvers, old.asked_at, old.expires_at) then
    raise exception 'what was asked for cannot be changed' using errcode = '42501';
  end if;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.keep_built_in_roles()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if current_user in ('vinculo_app', 'vinculo_worker') and (old.built_in or new.built_in or new.system or old.role_id <> new.role_id) then
    raise exception 'a role of the product cannot be changed' using errcode = 'VS005';
  end if;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.keep_delegated_duties_apart()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  one text;
begin
  perform pg_advisory_xact_lock(hashtextextended('duties ' || new.to_user_id, 0));
  foreach one in array new.role_ids loop
    -- Nobody passes on what they do not hold themselves.
    if not exists (select from governance.role_assignment a join governance.role r using (role_id)
      where a.user_id = new.from_user_id and a.role_id = one and not r.permissions && governance.ruling_permissions()) then
      raise exception 'the role % cannot be passed on', one using errcode = 'VS004';
    end if;
    perform governance.refuse_conflicts(new.to_user_id, one, new.valid_from, new.valid_until);
  end loop;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.keep_granted_duties_apart()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('duties ' || new.user_id, 0));
  perform governance.refuse_conflicts(new.user_id, new.role_id, new.valid_from, new.valid_until);
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.keep_group_roles()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not exists (select from governance.role r where r.role_id = new.role_id and governance.group_gives(r)) then
    raise exception 'the role % is not given by groups', new.role_id using errcode = 'VS007';
  end if;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.keep_own_account()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if current_user = 'vinculo_app'
    and (new.login, new.display_name, new.names, new.email, new.email_confirmed_at, new.home_unit_id, new.active) is distinct from
        (old.login, old.display_name, old.names, old.email, old.email_confirmed_at, old.home_unit_id, old.active)
    and (new.user_id = (select governance.acting_user()) or not (select governance.holds('user:manage'))) then
    raise exception 'an account is administered by somebody else' using errcode = '42501';
  end if;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.keep_standing()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if exists (select from governance.standing s where s.user_id = new.user_id and s.on_day = (now() at time zone 'UTC')::date)
    or not pg_try_advisory_xact_lock(4701, 0) then
    return null;
  end if;
  insert into governance.standing select (governance.reckon_standing(new.user_id)).*
  on conflict (user_id) do update set on_day = excluded.on_day, whole_bank = excluded.whole_bank, units = excluded.units,
    portfolios = excluded.portfolios, permissions = excluded.permissions;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.keep_tree()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if new.parent_id is not null and exists (select from governance.unit_reach r where r.unit_id = new.unit_id and r.below_id = new.parent_id) then
    raise exception 'a unit cannot lie under itself' using errcode = 'VS006';
  end if;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.keep_walls_apart()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('governance.clearance ' || new.person_id, 0));
  if exists (
    select from governance.compartment wanted
      join governance.compartment other on other.conflict_set = wanted.conflict_set and other.compartment_id <> wanted.compartment_id
      join governance.clearance held on held.compartment_id = other.compartment_id and held.person_id = new.person_id and held.ended_at is null
    where wanted.compartment_id = new.compartment_id) then
    raise exception 'a person cannot stand on two sides of one conflict' using errcode = '23514', constraint = 'clearance_two_sides';
  end if;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.latest_approvals(of_action text, abouts text[])
 RETURNS TABLE(about text, request_id uuid, state text, maker_name text, asked_at timestamp with time zone, closed_at timestamp with time zone, decider_name text, note text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select w.about, r.request_id, case when r.state = 'waiting' and r.expires_at <= now() then 'expired' else r.state end, m.display_name, r.asked_at, r.closed_at,
    u.display_name, d.note
  from (select unnest(abouts[1:500]) as about) w
    cross join lateral (select * from governance.approval_request r where r.action = of_action and r.about = w.about order by r.request_id desc limit 1) r
    left join governance.app_user m on m.user_id = r.maker_id
    left join lateral (select * from governance.approval_decision d where d.request_id = r.request_id order by d.decided_at desc limit 1) d on true
    left join governance.app_user u on u.user_id = d.decider_id
  where (select governance.acting_user()) is not null and r.subject_kind <> 'customer'
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.local_sign_in_allowed(who uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select not exists (select from governance.identity_provider p where p.enabled and p.local_sign_in = 'emergency')
    or exists (select from governance.emergency_account e where e.user_id = who)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.looks_at_subject(subject uuid, since timestamp with time zone, until timestamp with time zone)
 RETURNS TABLE(actor_id uuid, alone integer, among integer, refused integer, first_at timestamp with time zone, last_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  if not governance.holds('audit:read') or subject in (select customers.hidden_customers() union all select customers.hidden_parties()) then
    return;
  end if;
  return query
    select e.actor_id, count(*) filter (where e.subject_count = 1 and e.decision = 'allowed')::int,
      count(*) filter (where e.subject_count <> 1 and e.decision = 'allowed')::int, count(*) filter (where e.decision = 'refused')::int, min(e.at), max(e.at)
    from governance.audit_event e
    where e.subject_ids @> array[subject] and not starts_with(e.action, 'audit.') and (since is null or e.at >= since) and (until is null or e.at < until)
    group by e.actor_id order by max(e.at) desc limit 200;
end $function$;
-- owner vinculo_audit; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.mark_grant()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  found uuid;
begin
  select g.grant_id into found from customers.access_grant g
  where g.person_id = new.actor_id and g.expires_at > clock_timestamp() and g.ended_at is null and g.customer_id = any (new.subject_ids)
  order by g.granted_at desc limit 1;
  if found is not null then
    new.detail := new.detail || jsonb_build_object('breakGlass', found);
  end if;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.move_approvals()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  asked governance.approval_request;
  before uuid[];
  moved int := 0;
begin
  for asked in select * from governance.approval_request r where r.state = 'waiting' and (r.expires_at <= now() or r.escalate_at <= now())
    order by r.request_id limit 1000 for update skip locked
  loop
    moved := moved + 1;
    if asked.expires_at <= now() then
      update governance.approval_request r set state = 'expired', closed_at = clock_timestamp() where r.request_id = asked.request_id;
      perform governance.tell_approval(asked, 'approval_expired', array[asked.maker_id]);
    else
      before := governance.approval_deciders(asked);
      update governance.approval_request r set
        level = coalesce((select min(l.level) from governance.approval_level l where l.action = r.action and l.level > r.level), r.level),
        escalate_at = (select governance.working_hours_later(now(), p.escalate_after_hours) from governance.approval_policy p
          where p.action = r.action and exists (select from governance.approval_level l where l.action = r.action and l.level > r.level))
      where r.request_id = asked.request_id returning * into asked;
      perform governance.tell_approval(asked, 'approval_escalated', array(select d from unnest(governance.approval_deciders(asked)) d where d <> all (before)));
    end if;
  end loop;
  return moved;
end $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.name_key()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  key text := platform.context() ->> 'k';
begin
  if key is not null then
    new.detail := new.detail || jsonb_build_object('keyId', key);
  end if;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.note(action text, subject_kind text, subject_ids uuid[], detail jsonb)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  insert into governance.audit_event (actor_id, session_id, request_id, purpose, action, subject_kind, subject_ids, subject_count, detail)
  select (c ->> 'u')::uuid, (c ->> 's')::uuid, c ->> 'r', c ->> 'p', note.action, note.subject_kind, note.subject_ids, cardinality(note.subject_ids), note.detail
  from platform.context() c
$function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.outdate_approval(of_request uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  asked governance.approval_request;
begin
  update governance.approval_request r set state = 'changed', closed_at = clock_timestamp()
  where r.request_id = of_request and r.state = 'approved' and r.approved_xid = pg_current_xact_id() returning * into asked;
  if asked.request_id is null then
    raise exception 'not approved in this transaction' using errcode = '42501';
  end if;
  delete from governance.notification n where n.person_id = asked.maker_id and n.kind = 'approval_approved' and n.detail ->> 'requestId' = of_request::text;
  perform governance.tell_approval(asked, 'approval_changed', array[asked.maker_id]);
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.permissions_of(who uuid)
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce((governance.standing_of(who)).permissions, '{}')
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.prepare_audit_months()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET lock_timeout TO '2s'
AS $function$
declare
  month date;
  partition text;
begin
  perform pg_advisory_xact_lock(hashtextextended('vinculo audit months', 0));
  for month in select generate_series(date_trunc('month', now() at time zone 'UTC'), date_trunc('month', now() at time zone 'UTC') + interval '2 months', interval '1 month')::date loop
    partition := 'audit_event_' || to_char(month, 'YYYY_MM');
    continue when to_regclass('governance.' || partition) is not null;
    -- Asked by the index first: making a partition keeps writers out while it reads the whole default one.
    continue when exists (
      select from governance.audit_event_default
      where at >= month::timestamp at time zone 'UTC' and at < (month + interval '1 month')::timestamp at time zone 'UTC');
    begin
      execute format('create table governance.%I partition of governance.audit_event for values from (%L) to (%L)', partition,
        month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
      execute format('alter table governance.%I enable row level security', partition);
      execute format('alter table governance.%I force row level security', partition);
      execute format('grant select on governance.%I to vinculo_backup', partition);
      execute format('create trigger audit_event_no_truncate before truncate on governance.%I for each statement execute function governance.audit_is_append_only()', partition);
    exception when check_violation then
      null;
    end;
  end loop;
end $function$;
-- owner vinculo_owner; granted to vinculo_sealer: execute

CREATE OR REPLACE FUNCTION governance.provider_has_secret()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$ select exists (select from governance.identity_provider_secret) $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.raise_egress(of_class text, more bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not governance.approved_here('egress.raised', jsonb_build_object('class', of_class, 'rows', more)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  insert into governance.egress_budget as b (person_id, class, day, extra) values (governance.acting_user(), of_class, current_date, more)
  on conflict (person_id, class, day) do update set extra = b.extra + excluded.extra;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.reaches_whole_bank()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce((governance.standing_of(governance.acting_for('customer:read'))).whole_bank, false)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.rebuild_unit_reach()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  delete from governance.unit_reach;
  insert into governance.unit_reach
    with recursive reach as (
      select unit_id, unit_id as below_id from governance.organisation_unit
      union all
      select r.unit_id, u.unit_id from reach r join governance.organisation_unit u on u.parent_id = r.below_id
    )
    select unit_id, below_id from reach;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.reckon_standing(who uuid)
 RETURNS governance.standing
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select who, (now() at time zone 'UTC')::date, coalesce(bool_or(s.reason = 'bank'), false),
    coalesce(array_agg(distinct s.unit_id) filter (where s.reason <> 'portfolio'), '{}'),
    coalesce(array_agg(distinct s.portfolio_id) filter (where s.reason = 'portfolio'), '{}'),
    coalesce((select array_agg(distinct p order by p) from governance.held_role h, unnest(h.permissions) p where h.user_id = who), '{}')
  from governance.customer_scope s where s.user_id = who
$function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.refuse_conflicts(who uuid, new_role_id text, from_day date, until_day date)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
declare
  role governance.role;
  found record;
begin
  select * into role from governance.role where role_id = new_role_id;
  if role.system then
    if who <> '00000000-0000-7000-8000-000000000001' then
      raise exception 'the role % belongs to the command line', new_role_id using errcode = 'VS002';
    end if;
    return;
  end if;
  if role.retired_at is not null then
    raise exception 'the role % is retired', new_role_id using errcode = 'VS003';
  end if;
  select * into found from governance.conflicts_of(who, role.duties, from_day, until_day) limit 1;
  if found.duty_a is not null then
    raise exception 'duties that are kept apart: % and %', found.duty_a, found.duty_b using errcode = 'VS001';
  end if;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.restricted_compartments()
 RETURNS smallint[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(array_agg(c.compartment_id), '{}') from governance.compartment c where c.kind = 'restricted'
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.roles_of(who uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(jsonb_agg(jsonb_build_object('roleId', h.role_id, 'roleName', r.name, 'unitId', h.unit_id, 'unitName', o.name, 'deputyFor', g.display_name)
    order by h.delegation_id nulls first, h.role_id, o.name), '[]')
  from (select * from governance.held_role where user_id = who limit 50) h
    join governance.role r using (role_id) join governance.organisation_unit o using (unit_id) left join governance.app_user g on g.user_id = h.from_user_id
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.route_approval()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  policy governance.approval_policy;
  wanted governance.approval_level;
begin
  select * into policy from governance.approval_policy p where p.action = new.action;
  select * into wanted from governance.approval_level_for(new.action, new.amount_minor, new.currency);
  if wanted.action is null then
    raise exception 'no policy for %', new.action using errcode = 'VA001';
  end if;
  new.first_level := wanted.level;
  new.level := wanted.level;
  new.approvers := greatest(wanted.approvers, policy.approvers_min, 1);
  new.asked_at := clock_timestamp();
  new.expires_at := new.asked_at + make_interval(hours => policy.expire_after_hours);
  new.escalate_at := governance.working_hours_later(new.asked_at, policy.escalate_after_hours);
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.ruling_permissions()
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select '{user:manage,role:manage,organisation:manage,access:explain,audit:read}'::text[]
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.same_person(a uuid, b uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select a = b or exists (
    select from governance.app_user x join governance.app_user y
      on regexp_replace(lower(btrim(x.email)), '\+[^@]*@', '@') = regexp_replace(lower(btrim(y.email)), '\+[^@]*@', '@')
    where x.user_id = a and y.user_id = b and btrim(x.email) <> '')
$function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.sees_whole_bank()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select (select governance.reaches_whole_bank())
    and not exists (select from governance.compartment c where c.seals > 0 and c.compartment_id <> all ((select governance.cleared())::smallint[]))
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.set_provider_secret(sealed bytea)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not governance.holds('sign_in:manage') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  delete from governance.identity_provider_secret where provider_id = 1;
  if sealed is not null then
    insert into governance.identity_provider_secret (provider_id, sealed_secret) values (1, sealed);
  end if;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.settle_group_grants(who uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  gone int;
  come int;
begin
  if not (governance.holds('user:manage') or platform.context_purpose() = 'sign_in') or who = governance.acting_user() and platform.context_purpose() <> 'sign_in' then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  with wanted as (
    select m.role_id, m.unit_id from governance.people_group_member b join governance.people_group g using (group_id)
      join governance.people_group_role m on m.group_name = lower(g.name) join governance.role r on r.role_id = m.role_id
    where b.user_id = who and governance.group_gives(r)
  )
  delete from governance.role_assignment a
  where a.user_id = who and a.from_group and not exists (select from wanted w where w.role_id = a.role_id and w.unit_id = a.unit_id);
  get diagnostics gone = row_count;
  insert into governance.role_assignment (user_id, role_id, unit_id, granted_by, from_group)
  select distinct who, m.role_id, m.unit_id, governance.acting_user(), true
  from governance.people_group_member b join governance.people_group g using (group_id)
    join governance.people_group_role m on m.group_name = lower(g.name) join governance.role r on r.role_id = m.role_id
    join governance.organisation_unit o on o.unit_id = m.unit_id and o.active
  where b.user_id = who and governance.group_gives(r)
  on conflict do nothing;
  get diagnostics come = row_count;
  return gone + come;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.signs_in_by_provider(who uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select exists (select from governance.external_identity e join governance.identity_provider p on p.issuer = e.issuer and p.enabled where e.user_id = who)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.spend_key_rows(of_key uuid, of_class text, given bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  used bigint;
  allowed bigint;
begin
  select k.rows_per_day * case of_class when 'customer' then 1 else 10 end into allowed from governance.api_key k where k.key_id = of_key;
  insert into governance.api_key_rows as b (key_id, class, day, rows) values (of_key, of_class, current_date, given)
  on conflict (key_id, class, day) do update set rows = b.rows + excluded.rows
  returning b.rows into used;
  if used > allowed then
    raise exception 'the budget of rows of the key is spent' using errcode = 'VL001', constraint = 'egress_key';
  end if;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.spend_rows()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  of_class text := case when starts_with(new.action, 'transaction.') or starts_with(new.action, 'balance.') then 'transaction' else 'customer' end;
  given bigint := coalesce((new.detail ->> 'rows')::bigint, case when of_class = 'customer' and new.subject_kind <> 'load' then new.subject_count else 0 end);
  of_key uuid;
  used bigint;
  more bigint;
begin
  if given <= 0 then
    return new;
  end if;
  if new.session_id is null then
    of_key := (platform.context() ->> 'k')::uuid;
  end if;
  if of_key is not null then
    perform governance.spend_key_rows(of_key, of_class, given);
    return new;
  end if;
  insert into governance.egress_budget as b (person_id, class, day, rows) values (new.actor_id, of_class, current_date, given)
  on conflict (person_id, class, day) do update set rows = b.rows + excluded.rows
  returning b.rows, b.extra into used, more;
  if used > more + governance.egress_limit(of_class) then
    raise exception 'the budget of rows is spent' using errcode = 'VL001', constraint = 'egress_' || of_class;
  end if;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.standing_of(who uuid)
 RETURNS governance.standing
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  kept governance.standing;
begin
  if who is null then
    return null;
  end if;
  select * into kept from governance.standing s where s.user_id = who and s.on_day = (now() at time zone 'UTC')::date;
  if found then
    return kept;
  end if;
  return governance.reckon_standing(who);
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.tell(person_ids uuid[], kind text, detail jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  insert into governance.notification (person_id, kind, detail) select distinct id, tell.kind, tell.detail from unnest(person_ids) id where id is not null;
  perform pg_notify('vinculo', json_build_object('topic', 'notification', 'key', '')::text);
end $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.tell_approval(request governance.approval_request, kind text, persons uuid[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select governance.tell(persons, kind, jsonb_build_object('requestId', request.request_id, 'action', request.action, 'about', request.about,
    'person', (select u.display_name from governance.app_user u where u.user_id = request.maker_id)))
$function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.tell_approval_asked()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  perform governance.tell_approval(new, 'approval_asked', governance.approval_deciders(new));
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.tell_of_emergency_sign_in()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if exists (select from governance.identity_provider p where p.enabled and p.local_sign_in = 'emergency') then
    perform governance.tell(array(select h from governance.holders('user:manage') h where h <> new.user_id union select h from governance.holders('audit:read') h where h <> new.user_id),
      'emergency_sign_in', jsonb_build_object('person', (select u.display_name from governance.app_user u where u.user_id = new.user_id)));
  end if;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.tell_of_key()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if old.revoked_at is null and new.revoked_at is not null and new.revoked_by is distinct from new.owner_id then
    perform governance.tell(array[new.owner_id], 'key_revoked', jsonb_build_object('prefix', new.prefix));
  end if;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.tell_spent(of_class text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
#variable_conflict use_column
declare
  me uuid := governance.acting_user();
  first boolean;
begin
  if me is null or of_class not in ('customer', 'transaction') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  perform governance.note('egress.blocked', 'person', array[me], jsonb_build_object('class', of_class));
  insert into governance.egress_budget as b (person_id, class, day, alarmed_at) values (me, of_class, current_date, now())
  on conflict (person_id, class, day) do update set alarmed_at = now() where b.alarmed_at is null
  returning true into first;
  if first then
    perform governance.tell(array(select h from governance.holders('egress:approve') h where h <> me), 'egress_spent',
      jsonb_build_object('person', (select u.display_name from governance.app_user u where u.user_id = me), 'class', of_class));
  end if;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.touch_key(address inet, at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  update governance.api_key set last_used_at = at, last_ip = address where key_id = (platform.context() ->> 'k')::uuid
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.visible_portfolios()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce((governance.standing_of(governance.acting_for('customer:read'))).portfolios, '{}')
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.visible_units()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce((governance.standing_of(governance.acting_for('customer:read'))).units, '{}')
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION governance.withdraw_approval(of_request uuid)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  me uuid := governance.acting_user();
  asked governance.approval_request;
begin
  select * into asked from governance.approval_request r where r.request_id = of_request and r.maker_id = me for update;
  if asked.request_id is null then
    return 'not_found';
  elsif asked.state <> 'waiting' then
    return 'closed';
  end if;
  update governance.approval_request r set state = 'withdrawn', closed_at = clock_timestamp() where r.request_id = of_request;
  perform governance.note('approval.withdrawn', asked.subject_kind, asked.subject_ids, jsonb_build_object('requestId', of_request, 'act', asked.action, 'rows', 0));
  return 'done';
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION governance.working_day_later(start timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  rest jsonb := coalesce((select value from platform.setting where name = 'bank.weekend'), '[6, 7]');
  later timestamptz := start;
begin
  for n in 1..7 loop
    later := later + interval '1 day';
    exit when not rest @> to_jsonb(extract(isodow from later)::int);
  end loop;
  return later;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION governance.working_hours_later(start timestamp with time zone, hours integer)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  rest jsonb := coalesce((select value from platform.setting where name = 'bank.weekend'), '[6, 7]');
  rules jsonb := coalesce((select value from platform.setting where name = 'bank.working_hours'), '{}');
  zone text := coalesce(rules ->> 'zone', 'UTC');
  opens interval := make_interval(hours => least(greatest(coalesce((rules ->> 'from')::int, 9), 0), 22));
  closes interval := make_interval(hours => least(greatest(coalesce((rules ->> 'until')::int, 17), 1), 24));
  here timestamp := start at time zone zone;
  left_over interval := make_interval(hours => hours);
  day timestamp;
begin
  if closes <= opens then
    return start + left_over;
  end if;
  for n in 1..1000 loop
    day := date_trunc('day', here);
    if not rest @> to_jsonb(extract(isodow from here)::int) and here < day + closes then
      here := greatest(here, day + opens);
      if here + left_over <= day + closes then
        return (here + left_over) at time zone zone;
      end if;
      left_over := left_over - (day + closes - here);
    end if;
    here := day + interval '1 day';
  end loop;
  return here at time zone zone;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION intelligence.activate_credit_policy(of_version integer)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not governance.approved_here('credit_policy.activated', jsonb_build_object('version', of_version)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  perform from intelligence.credit_policy p where p.version_no = of_version and p.state = 'proposed' for update;
  if not found then
    return false;
  end if;
  update intelligence.credit_policy set state = 'replaced' where state = 'in_force';
  update intelligence.credit_policy set state = 'in_force', in_force_at = now() where version_no = of_version;
  return true;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION intelligence.activate_fraud_rules(of_set integer, seen_hash text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not governance.approved_here('fraud_rules.activated', jsonb_build_object('setNo', of_set, 'hash', seen_hash)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  perform from intelligence.fraud_rule_set s where s.set_no = of_set and s.state <> 'active' and encode(s.hash, 'hex') = seen_hash for update;
  if not found then
    return false;
  end if;
  update intelligence.fraud_rule_set set state = 'retired' where state = 'active';
  update intelligence.fraud_rule_set set state = 'active', activated_at = now() where set_no = of_set;
  return true;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION intelligence.approve_parameters(of_version integer)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if not governance.approved_here('profit_parameters.approved', jsonb_build_object('versionNo', of_version)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  update intelligence.profit_parameters p set state = 'approved' where p.version_no = of_version and p.state = 'proposed';
  return found;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION intelligence.approve_version(of_model text, of_version integer, seen_checksum text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  found intelligence.model_version;
begin
  if not governance.approved_here('model.approved', jsonb_build_object('modelId', of_model, 'version', of_version, 'checksum', seen_checksum)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  select * into found from intelligence.model_version v where v.model_id = of_model and v.version = of_version for update;
  if found.state is distinct from 'trained' then
    return 'decided';
  elsif found.checksum <> seen_checksum then
    return 'changed';
  end if;
  update intelligence.model_version v set state = 'approved' where v.model_id = of_model and v.version = of_version;
  return 'done';
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION intelligence.deploy_version(of_model text, in_place text, of_version integer, why text, back boolean)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  me uuid := governance.acting_user();
  now_serving intelligence.model;
  wanted intelligence.model_version;
begin
  if me is null or not (governance.holds('model:train') or governance.holds('model:approve')) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  -- Where the bank wants somebody else's approval for what serves, nothing is moved without it.
  if governance.approvers_needed('model.deployed', null, null) > 0 and not governance.approved_here('model.deployed',
      jsonb_build_object('modelId', of_model, 'place', in_place, 'version', of_version, 'rollBack', back)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  select * into now_serving from intelligence.model m where m.model_id = of_model for update;
  select * into wanted from intelligence.model_version v where v.model_id = of_model and v.version = of_version;
  if now_serving.model_id is null then
    return 'not_found';
  elsif of_version is null and in_place = 'champion' then
    return 'invalid';
  elsif of_version is not null and wanted.state is distinct from 'approved' then
    return 'not_approved';
  elsif in_place = 'champion' and wanted.learner <> all (now_serving.champion_learners) then
    return 'wrong_learner';
  elsif back and not exists (select from intelligence.model_deployment d where d.model_id = of_model and d.place = 'champion' and d.version = of_version) then
    return 'never_served';
  end if;
  if in_place = 'champion' then
    update intelligence.model m set champion_version = of_version, changed_at = now(),
      challenger_version = nullif(m.challenger_version, of_version) where m.model_id = of_model;
  elsif of_version = now_serving.champion_version then
    return 'serves_already';
  else
    update intelligence.model m set challenger_version = of_version, changed_at = now() where m.model_id = of_model;
  end if;
  insert into intelligence.model_deployment (model_id, place, version, reason, deployed_by, is_rollback) values (of_model, in_place, of_version, why, me, back);
  perform governance.note(case when back then 'model.rolled_back' else 'model.deployed' end, 'model', '{}',
    jsonb_build_object('model', of_model, 'place', in_place, 'version', of_version, 'before', case in_place when 'champion' then now_serving.champion_version else now_serving.challenger_version end));
  return 'done';
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION intelligence.drop_facts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  delete from intelligence.customer_fact f using old_rows o where f.customer_id = o.customer_id;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION intelligence.drop_offers()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  delete from intelligence.offer_decision d using old_rows o where d.customer_id = o.customer_id;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION intelligence.holds_all(wanted text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
 SET search_path TO 'pg_catalog'
AS $function$
  select coalesce(bool_and(governance.holds(p)), true) from unnest(wanted) p
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION intelligence.keep_fraud_rules()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  new.hash := sha256(convert_to(new.document::text, 'UTF8'));
  if tg_op = 'INSERT' then
    return new;
  end if;
  if old.state <> 'draft' and new.document <> old.document then
    raise exception 'rules that were in force do not change' using errcode = '23514', constraint = 'fraud_rules_unchanged';
  end if;
  if new.document <> old.document then
    new.backtest := null;
    new.backtested_at := null;
    new.version := old.version + 1;
  end if;
  return new;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION intelligence.leave_segments()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  delete from intelligence.segment_member m using customers.party p, new_rows n
  where n.purpose = 'profiling' and n.act in ('objected', 'withdrawn') and p.party_id = n.party_id and m.customer_id = p.customer_id;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION intelligence.note_all_stale()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  insert into intelligence.stale_block (block_no) select block_no from intelligence.fact_block;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION intelligence.note_stale()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if exists (select from intelligence.fact_block) then
    insert into intelligence.stale_block (block_no) select distinct block_no from touched_rows;
  end if;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION intelligence.offer_segments()
 RETURNS TABLE(action_id text, is_there boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 10
 SET search_path TO 'pg_catalog'
AS $function$
  select a.action_id, exists (select from intelligence.segment s where s.segment_id = a.segment_id and s.archived_at is null)
  from intelligence.offer_action a where a.segment_id is not null and (select governance.holds('offer:manage'))
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION intelligence.offer_standing(of_customers uuid[])
 RETURNS TABLE(customer_id uuid, action_id text, is_there boolean, is_in boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 100
 SET search_path TO 'pg_catalog'
AS $function$
  select c.id, a.action_id, s.segment_id is not null,
    s.segment_id is not null and exists (select from intelligence.segment_member m where m.segment_id = s.segment_id and m.customer_id = c.id)
  from (select distinct id from unnest(of_customers) id limit 200) c
    cross join intelligence.offer_action a left join intelligence.segment s on s.segment_id = a.segment_id and s.archived_at is null
  where a.segment_id is not null and customers.seen_customer(c.id)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute

CREATE OR REPLACE FUNCTION intelligence.offers_due()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  update intelligence.offer_decision d set due_on = d.decided_on
  from customers.party p join new_rows n on n.party_id = p.party_id where d.customer_id = p.customer_id and d.is_current;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION intelligence.offers_due_moved()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if exists (select from intelligence.offer_action a where a.segment_id is not null) then
    update intelligence.offer_decision d set due_on = d.decided_on
    from (select distinct m.customer_id from moved_rows m join intelligence.offer_action a on a.segment_id = m.segment_id) moved
    where d.customer_id = moved.customer_id and d.is_current;
  end if;
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION intelligence.order_training(of_model text, with_learner text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  me uuid := governance.acting_user();
  made uuid;
begin
  if me is null or not governance.holds('model:train') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  update intelligence.model_training t set state = 'failed', ended_at = now(), failure = '{"reason": "killed", "figures": {}}'
  where t.model_id = of_model and t.state in ('waiting', 'running') and t.leased_until < now();
  insert into intelligence.model_training (model_id, learner, ordered_by) values (of_model, with_learner, me)
  on conflict (model_id) where state in ('waiting', 'running') do nothing returning training_id into made;
  if made is not null then
    perform governance.note('model.training_ordered', 'model', '{}', jsonb_build_object('model', of_model, 'learner', with_learner));
  end if;
  return made;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION intelligence.place_facts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  update intelligence.customer_fact f set branch_id = n.branch_id, portfolio_id = n.portfolio_id, compartments = n.compartments
  from new_rows n join old_rows o using (customer_id)
  where f.customer_id = n.customer_id
    and (o.branch_id, o.portfolio_id, o.compartments) is distinct from (n.branch_id, n.portfolio_id, n.compartments);
  return null;
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION jobs.create_queue(queue_name text, options jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
    DECLARE
      tablename varchar := CASE WHEN options->>'partition' = 'true'
                            THEN 'j' || encode(sha224(queue_name::bytea), 'hex')
                            ELSE 'job_common'
                            END;
      queue_created_on timestamptz;
    BEGIN

      WITH q as (
        INSERT INTO jobs.queue (
          name,
          policy,
          retry_limit,
          retry_delay,
          retry_backoff,
          retry_delay_max,
          expire_seconds,
          retention_seconds,
          deletion_seconds,
          warning_queued,
          dead_letter,
          partition,
          table_name,
          heartbeat_seconds,
          notify,
          created_on,
          updated_on
        )
        VALUES (
          queue_name,
          options->>'policy',
          COALESCE((options->>'retryLimit')::int, 2),
          COALESCE((options->>'retryDelay')::int, 0),
          COALESCE((options->>'retryBackoff')::bool, false),
          (options->>'retryDelayMax')::int,
          COALESCE((options->>'expireInSeconds')::int, 900),
          COALESCE((options->>'retentionSeconds')::int, 1209600),
          COALESCE((options->>'deleteAfterSeconds')::int, 604800),
          COALESCE((options->>'warningQueueSize')::int, 0),
          options->>'deadLetter',
          COALESCE((options->>'partition')::bool, false),
          tablename,
          (options->>'heartbeatSeconds')::int,
          COALESCE((options->>'notify')::bool, false),
          jobs.job_now(),
          jobs.job_now()
        )
        ON CONFLICT DO NOTHING
        RETURNING created_on
      )
      SELECT created_on into queue_created_on from q;

      IF queue_created_on IS NULL OR options->>'partition' IS DISTINCT FROM 'true' THEN
        RETURN;
      END IF;

      EXECUTE format('CREATE TABLE jobs.%I (LIKE jobs.job INCLUDING DEFAULTS)', tablename);

      EXECUTE jobs.job_table_format($cmd$ALTER TABLE jobs.job ADD PRIMARY KEY (name, id)$cmd$, tablename);
      EXECUTE jobs.job_table_format($cmd$ALTER TABLE jobs.job ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES jobs.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED$cmd$, tablename);
      EXECUTE jobs.job_table_format($cmd$ALTER TABLE jobs.job ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES jobs.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED$cmd$, tablename);

      EXECUTE jobs.job_table_format($cmd$CREATE INDEX job_i11 ON jobs.job (name, priority DESC, created_on, start_after) WHERE state < 'active' AND NOT blocked$cmd$, tablename);
      EXECUTE jobs.job_table_format($cmd$CREATE UNIQUE INDEX job_i4 ON jobs.job (name, singleton_on, COALESCE(singleton_key, '')) WHERE state <> 'cancelled' AND singleton_on IS NOT NULL$cmd$, tablename);
      EXECUTE jobs.job_table_format($cmd$CREATE INDEX job_i7 ON jobs.job (name, group_id) WHERE state = 'active' AND group_id IS NOT NULL$cmd$, tablename);
      EXECUTE jobs.job_table_format($cmd$CREATE INDEX job_i9 ON jobs.job (name, id) WHERE blocking AND state = 'completed'$cmd$, tablename);
      EXECUTE jobs.job_table_format($cmd$CREATE INDEX job_i12 ON jobs.job (source_root_id) WHERE source_root_id IS NOT NULL$cmd$, tablename);

      IF options->>'policy' = 'short' THEN
        EXECUTE jobs.job_table_format($cmd$CREATE UNIQUE INDEX job_i1 ON jobs.job (name, COALESCE(singleton_key, '')) WHERE state = 'created' AND policy = 'short'$cmd$, tablename);
      ELSIF options->>'policy' = 'singleton' THEN
        EXECUTE jobs.job_table_format($cmd$CREATE UNIQUE INDEX job_i2 ON jobs.job (name, COALESCE(singleton_key, '')) WHERE state = 'active' AND policy = 'singleton'$cmd$, tablename);
      ELSIF options->>'policy' = 'stately' THEN
        EXECUTE jobs.job_table_format($cmd$CREATE UNIQUE INDEX job_i3 ON jobs.job (name, state, COALESCE(singleton_key, '')) WHERE state <= 'active' AND policy = 'stately'$cmd$, tablename);
      ELSIF options->>'policy' = 'exclusive' THEN
        EXECUTE jobs.job_table_format($cmd$CREATE UNIQUE INDEX job_i6 ON jobs.job (name, COALESCE(singleton_key, '')) WHERE state <= 'active' AND policy = 'exclusive'$cmd$, tablename);
      ELSIF options->>'policy' = 'key_strict_fifo' THEN
        EXECUTE jobs.job_table_format($cmd$CREATE UNIQUE INDEX job_i8 ON jobs.job (name, singleton_key) WHERE state IN ('active', 'retry', 'failed') AND policy = 'key_strict_fifo'$cmd$, tablename);
        EXECUTE jobs.job_table_format($cmd$CREATE INDEX job_i10 ON jobs.job (name, singleton_key, state DESC, created_on, id) INCLUDE (start_after) WHERE state < 'active' AND NOT blocked AND policy = 'key_strict_fifo'$cmd$, tablename);
        EXECUTE jobs.job_table_format($cmd$ALTER TABLE jobs.job ADD CONSTRAINT job_key_strict_fifo_singleton_key_check CHECK (NOT (policy = 'key_strict_fifo' AND singleton_key IS NULL))$cmd$, tablename);
      END IF;

      EXECUTE format('ALTER TABLE jobs.%I ADD CONSTRAINT cjc CHECK (name=%L)', tablename, queue_name);
      EXECUTE format('ALTER TABLE jobs.job ATTACH PARTITION jobs.%I FOR VALUES IN (%L)', tablename, queue_name);
    END;
    $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION jobs.delete_queue(queue_name text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
    DECLARE
      v_table varchar;
      v_partition bool;
    BEGIN

      SELECT table_name, partition
      FROM jobs.queue
      WHERE name = queue_name
      INTO v_table, v_partition;

      IF v_partition THEN
        EXECUTE format('DROP TABLE IF EXISTS jobs.%I', v_table);
      ELSE
        EXECUTE format('DELETE FROM jobs.%I WHERE name = %L', v_table, queue_name);
      END IF;

      DELETE FROM jobs.queue WHERE name = queue_name;
    END;
    $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION jobs.job_now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
      SELECT pg_catalog.now();
    $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION jobs.job_table_format(command text, table_name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
      SELECT format(
        regexp_replace(
          regexp_replace(command, '\.job\y', '.%1$I', 'g'),
          '\yjob_i(\d+)', '%1$s_i\1', 'g'
        ),
        table_name
      );
    $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION jobs.job_table_run(command text, tbl_name text DEFAULT NULL::text, queue_name text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
    DECLARE
      tbl RECORD;
    BEGIN
      IF queue_name IS NOT NULL THEN
        SELECT table_name INTO tbl_name FROM jobs.queue WHERE name = queue_name;
      END IF;

      IF tbl_name IS NOT NULL THEN
        EXECUTE jobs.job_table_format(command, tbl_name);
        RETURN;
      END IF;

      EXECUTE jobs.job_table_format(command, 'job_common');

      FOR tbl IN SELECT table_name FROM jobs.queue WHERE partition = true
      LOOP
        EXECUTE jobs.job_table_format(command, tbl.table_name);
      END LOOP;
    END;
    $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION jobs.job_table_run_async(command_name text, version integer, command text, tbl_name text DEFAULT NULL::text, queue_name text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF queue_name IS NOT NULL THEN
        SELECT table_name INTO tbl_name FROM jobs.queue WHERE name = queue_name;
      END IF;

      IF tbl_name IS NOT NULL THEN
        INSERT INTO jobs.bam (name, version, status, queue, table_name, command)
        VALUES (
          command_name,
          version,
          'pending',
          queue_name,
          tbl_name,
          jobs.job_table_format(command, tbl_name)
        );
        RETURN;
      END IF;

      INSERT INTO jobs.bam (name, version, status, queue, table_name, command)
      SELECT
        command_name,
        version,
        'pending',
        NULL,
        'job_common',
        jobs.job_table_format(command, 'job_common')
      UNION ALL
      SELECT
        command_name,
        version,
        'pending',
        queue.name,
        queue.table_name,
        jobs.job_table_format(command, queue.table_name)
      FROM jobs.queue
      WHERE partition = true;
    END;
    $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

CREATE OR REPLACE FUNCTION jobs.send(queue_name text, payload jsonb, singleton text DEFAULT NULL::text, delay_seconds integer DEFAULT 0)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'jobs'
AS $function$
declare
  claims jsonb := platform.context();
  sent uuid;
begin
  if claims ->> 'u' is null then
    raise exception 'a job needs a person who orders it' using errcode = '42501';
  end if;
  if octet_length(payload::text) > 65536 then
    raise exception 'a job carries ids, not data: at most 64 KiB' using errcode = '54000';
  end if;
  if not exists (select from jobs.queue q where q.name = queue_name) then
    raise exception 'there is no queue %', queue_name using errcode = '55000';
  end if;
  insert into jobs.job (
    name, data, start_after, created_on, keep_until, singleton_key, policy, dead_letter,
    retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds, deletion_seconds, heartbeat_seconds
  )
  select
    q.name, jsonb_build_object('userId', claims -> 'u', 'requestId', claims -> 'r', 'data', payload),
    now() + make_interval(secs => delay_seconds), now(), now() + make_interval(secs => delay_seconds + q.retention_seconds),
    singleton, q.policy, q.dead_letter,
    q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.expire_seconds, q.deletion_seconds, q.heartbeat_seconds
  from jobs.queue q where q.name = queue_name
  on conflict do nothing
  returning id into sent;
  -- Wakes the workers at commit; they also look by themselves every few seconds.
  perform pg_notify('vinculo', json_build_object('topic', 'job', 'key', queue_name)::text);
  return sent;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION platform.ascii_digits(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (octet_length(value) = char_length(value)) THEN value ELSE translate(value, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９'::text, '012345678901234567890123456789'::text) END;
-- owner vinculo_owner; granted to public: execute

CREATE OR REPLACE FUNCTION platform.context()
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'platform'
AS $function$
declare
  raw text := nullif(current_setting('vinculo.context', true), '');
  body bytea;
  claims jsonb;
begin
  if raw is null then
    return null;
  end if;
  body := platform.from_base64url(split_part(raw, '.', 1));
  if not exists (
    select from platform.context_key k
    where platform.hmac(body, k.secret, 'sha256') = platform.from_base64url(split_part(raw, '.', 2))
  ) then
    raise exception 'request context is not signed by this bank' using errcode = '42501';
  end if;
  claims := convert_from(body, 'UTF8')::jsonb;
  if (claims ->> 'pid')::int is distinct from pg_backend_pid() then
    raise exception 'request context belongs to another connection' using errcode = '42501';
  end if;
  if (claims ->> 'exp')::numeric < extract(epoch from clock_timestamp()) then
    raise exception 'request context has expired' using errcode = '42501';
  end if;
  return claims;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION platform.context_purpose()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
 SET search_path TO 'pg_catalog'
AS $function$ select platform.context() ->> 'p' $function$;
-- owner vinculo_owner; granted to public: execute; vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION platform.context_user()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
 SET search_path TO 'pg_catalog'
AS $function$ select (platform.context() ->> 'u')::uuid $function$;
-- owner vinculo_owner; granted to public: execute; vinculo_app: execute; vinculo_search: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION platform.date_in(calendar text, y integer, m integer, d integer)
 RETURNS date
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  if calendar = 'gregory' then
    return case
      when y between 1 and 9999 and m between 1 and 12 and d between 1 and 31
        and (d < 29 or d <= case m
          when 2 then case when y % 4 = 0 and (y % 100 <> 0 or y % 400 = 0) then 29 else 28 end
          when 4 then 30 when 6 then 30 when 9 then 30 when 11 then 30 else 31 end)
      then make_date(y, m, d)
    end;
  elsif calendar = 'persian' then
    return case
      when y between 1200 and 1500 and m between 1 and 12 and d >= 1
        and d <= case when m <= 6 then 31 when m <= 11 then 30 else platform.jalali_year_start(y + 1) - platform.jalali_year_start(y) - 336 end
      then date '2000-01-01' + (platform.jalali_year_start(y) + 30 * (m - 1) + least(m - 1, 6) + d - 1)
    end;
  elsif calendar = 'islamic-umalqura' then
    return case
      when y between 1300 and 1600 and m between 1 and 12 and d between 1 and 29 + ((platform.hijri_long_months(y) >> (m - 1)) & 1)
      then date '2000-01-01'
        + (platform.hijri_year_start(y) + 29 * (m - 1) + bit_count((platform.hijri_long_months(y) & ((1 << (m - 1)) - 1))::bit(12))::int + d - 1)
    end;
  end if;
  return null;
end $function$;
-- owner vinculo_owner; granted to public: execute

CREATE OR REPLACE FUNCTION platform.from_base64url(value text)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select pg_catalog.decode(pg_catalog.translate(value, '-_', '+/') || pg_catalog.repeat('=', (4 - pg_catalog.length(value) % 4) % 4), 'base64')
$function$;
-- owner vinculo_owner; granted to public: execute

CREATE OR REPLACE FUNCTION platform.hijri_long_months(year integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ('{1365,683,2359,694,1398,876,2901,2730,2390,1182,2397,698,1461,938,2891,2710,1326,685,1389,2906,1874,3877,3722,3350,2646,2741,1716,3497,2962,2853,1611,2715,858,1753,1492,3493,3402,2709,1334,2421,756,1769,1748,1705,1333,605,1213,2490,948,2921,2858,2645,1197,2653,730,1753,3754,3732,3370,3158,1198,2669,1386,3413,3402,2707,1323,2651,1338,1717,3753,3410,3369,2645,1197,1389,2794,1764,3793,3490,2730,2394,730,1465,2994,1892,1737,1365,683,1243,2746,1460,3497,3410,2725,2349,621,2285,730,2773,2725,2635,1175,2359,694,2421,3433,3410,3221,2347,603,1243,2517,1490,3493,3402,2709,1357,2733,938,3026,3012,2953,2709,1325,1453,2922,1748,3529,3474,2726,2390,686,1389,874,2901,2730,2381,1181,2397,698,1461,1450,3413,2714,2350,622,1373,2778,1748,1701,2855,2637,1197,1389,2906,1876,3913,3730,3366,2646,854,1717,2986,2962,2853,1675,2715,1370,2778,1460,3497,2898,2714,1334,630,1397,2802,1748,1705,1365,685,1213,2490,1396,2921,2898,2709,1325,2653,1242,2777,1714,3733,3626,3222,2350,2733,1386,3429,3402,3349,1579,3163,1338,1717,3506,3428,3369,2645,1197,2413,2794,1768,3793,3492,3402,2666,730,1465,2930,2920,1745,1621,1195,2395,698,1461,3497,3410,3238,2382,1134,2397,1242,2773,2730,2637,1179,2359,1206,2421,3434,3410,2725,2379,683,1371,2777,1490,3525,3474,2853,1365,2741,1460,2985,1954,1861,1427,2731,1238,2518,1490,2981,2890,2709,1197,349,733,2522,1460,1449,1325,603,2231,374,1389,2922,2762,2710,1323,347,699,1462,3498,2964,3398,2701,1325,2717,1370,1877,1865,3859,3658,2710,1366,1717,2986,2964}'::integer[])[(year - 1299)];
-- owner vinculo_owner; granted to public: execute

CREATE OR REPLACE FUNCTION platform.hijri_year_start(year integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ('{-42783,-42429,-42075,-41720,-41366,-41011,-40657,-40302,-39948,-39594,-39240,-38885,-38531,-38176,-37822,-37467,-37113,-36759,-36405,-36050,-35695,-35341,-34986,-34632,-34278,-33924,-33569,-33215,-32860,-32506,-32152,-31798,-31443,-31089,-30734,-30380,-30025,-29671,-29317,-28963,-28608,-28254,-27899,-27545,-27191,-26837,-26483,-26128,-25773,-25419,-25064,-24710,-24356,-24002,-23647,-23293,-22938,-22583,-22229,-21875,-21521,-21167,-20812,-20458,-20103,-19749,-19395,-19041,-18686,-18332,-17977,-17622,-17268,-16914,-16560,-16206,-15851,-15496,-15142,-14787,-14433,-14079,-13725,-13371,-13016,-12661,-12307,-11953,-11599,-11245,-10890,-10535,-10181,-9826,-9472,-9118,-8764,-8410,-8055,-7701,-7346,-6992,-6638,-6284,-5929,-5575,-5220,-4865,-4511,-4157,-3803,-3449,-3094,-2739,-2385,-2030,-1676,-1322,-968,-613,-259,96,450,804,1158,1512,1867,2222,2576,2931,3285,3639,3993,4347,4702,5056,5411,5765,6119,6473,6828,7182,7537,7891,8246,8600,8954,9308,9663,10018,10372,10726,11081,11435,11789,12144,12499,12853,13208,13562,13916,14270,14624,14979,15334,15688,16042,16396,16751,17105,17460,17814,18169,18523,18877,19231,19585,19940,20295,20649,21003,21357,21711,22066,22421,22775,23130,23484,23838,24192,24547,24901,25256,25610,25965,26319,26673,27027,27382,27736,28091,28445,28799,29153,29508,29862,30217,30572,30926,31280,31634,31988,32343,32698,33052,33407,33761,34115,34469,34823,35178,35533,35887,36241,36595,36949,37304,37658,38013,38368,38722,39076,39430,39784,40139,40493,40848,41202,41556,41910,42265,42619,42974,43329,43683,44037,44391,44745,45100,45455,45809,46164,46518,46872,47226,47581,47935,48290,48644,48998,49352,49707,50061,50416,50770,51125,51479,51833,52187,52541,52896,53251,53605,53959,54313,54667,55022,55376,55731,56086,56440,56794,57148,57502,57857,58212,58567,58921,59275,59629,59983,60338,60692,61047,61401,61756,62110,62464,62818,63173,63528,63882}'::integer[])[(year - 1299)];
-- owner vinculo_owner; granted to public: execute

CREATE OR REPLACE FUNCTION platform.hold_index(of_column text)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
declare
  held int;
  state int;
begin
  loop
    select max(k.key_no) * 4 + case when bool_or(k.index_use = 'coming') then 2 when bool_or(k.index_use = 'going') then 3 else 1 end into state
    from platform.data_key k where k.column_name = of_column and k.epoch <= 0;
    exit when state is not distinct from held;
    perform pg_advisory_xact_lock_shared(740110, state);
    held := state;
  end loop;
  return held;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION platform.jalali_year_start(year integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ('{-65299,-64934,-64568,-64203,-63838,-63473,-63107,-62742,-62377,-62012,-61647,-61281,-60916,-60551,-60186,-59820,-59455,-59090,-58725,-58359,-57994,-57629,-57264,-56898,-56533,-56168,-55803,-55437,-55072,-54707,-54342,-53976,-53611,-53246,-52881,-52515,-52150,-51785,-51420,-51054,-50689,-50324,-49959,-49594,-49228,-48863,-48498,-48133,-47767,-47402,-47037,-46672,-46306,-45941,-45576,-45211,-44845,-44480,-44115,-43750,-43384,-43019,-42654,-42289,-41923,-41558,-41193,-40828,-40462,-40097,-39732,-39367,-39001,-38636,-38271,-37906,-37541,-37175,-36810,-36445,-36080,-35714,-35349,-34984,-34619,-34253,-33888,-33523,-33158,-32792,-32427,-32062,-31697,-31331,-30966,-30601,-30236,-29870,-29505,-29140,-28775,-28409,-28044,-27679,-27314,-26948,-26583,-26218,-25853,-25488,-25122,-24757,-24392,-24027,-23661,-23296,-22931,-22566,-22200,-21835,-21470,-21105,-20739,-20374,-20009,-19644,-19278,-18913,-18548,-18183,-17817,-17452,-17087,-16722,-16356,-15991,-15626,-15261,-14895,-14530,-14165,-13800,-13435,-13069,-12704,-12339,-11974,-11608,-11243,-10878,-10513,-10147,-9782,-9417,-9052,-8686,-8321,-7956,-7591,-7225,-6860,-6495,-6130,-5764,-5399,-5034,-4669,-4303,-3938,-3573,-3208,-2842,-2477,-2112,-1747,-1382,-1016,-651,-286,79,445,810,1175,1540,1906,2271,2636,3001,3367,3732,4097,4462,4828,5193,5558,5923,6289,6654,7019,7384,7750,8115,8480,8845,9211,9576,9941,10306,10671,11037,11402,11767,12132,12498,12863,13228,13593,13959,14324,14689,15054,15420,15785,16150,16515,16881,17246,17611,17976,18342,18707,19072,19437,19803,20168,20533,20898,21264,21629,21994,22359,22724,23090,23455,23820,24185,24551,24916,25281,25646,26012,26377,26742,27107,27473,27838,28203,28568,28934,29299,29664,30029,30395,30760,31125,31490,31856,32221,32586,32951,33317,33682,34047,34412,34777,35143,35508,35873,36238,36604,36969,37334,37699,38065,38430,38795,39160,39526,39891,40256,40621,40987,41352,41717,42082,42448,42813,43178,43543,43909,44274,44639}'::integer[])[(year - 1199)];
-- owner vinculo_owner; granted to public: execute

CREATE OR REPLACE FUNCTION platform.keep_limits()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if current_user = 'vinculo_app' and (starts_with(coalesce(new.name, ''), 'limits.') or starts_with(coalesce(old.name, ''), 'limits.')) then
    raise exception 'limits are not set by requests' using errcode = '42501';
  end if;
  return coalesce(new, old);
end $function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION platform.key_of(sealed bytea)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
 SET search_path TO 'pg_catalog'
AS $function$
  select get_byte(sealed, 1) << 24 | get_byte(sealed, 2) << 16 | get_byte(sealed, 3) << 8 | get_byte(sealed, 4)
$function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION platform.minor_units(value text, decimal_mark text, group_mark text, minor_digits integer)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN ((decimal_mark = '.'::text) AND ((minor_digits >= 0) AND (minor_digits <= 8)) AND ((octet_length(value) + minor_digits) <= 18) AND (value ~ '^-?[0-9]+([.][0-9]+)?$'::text) AND (scale((value)::numeric) <= minor_digits)) THEN (((value)::numeric * (('{1,10,100,1000,10000,100000,1000000,10000000,100000000}'::integer[])[(minor_digits + 1)])::numeric))::bigint WHEN ((decimal_mark = ','::text) AND ((minor_digits >= 0) AND (minor_digits <= 8)) AND ((octet_length(value) + minor_digits) <= 18) AND (value ~ '^-?[0-9]+(,[0-9]+)?$'::text) AND (scale((replace(value, ','::text, '.'::text))::numeric) <= minor_digits)) THEN (((replace(value, ','::text, '.'::text))::numeric * (('{1,10,100,1000,10000,100000,1000000,10000000,100000000}'::integer[])[(minor_digits + 1)])::numeric))::bigint WHEN ((decimal_mark = '.'::text) AND (group_mark = ','::text) AND ((minor_digits >= 0) AND (minor_digits <= 8)) AND ((octet_length(value) + minor_digits) <= 18) AND (value ~ '^-?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?$'::text) AND (scale((replace(value, ','::text, ''::text))::numeric) <= minor_digits)) THEN (((replace(value, ','::text, ''::text))::numeric * (('{1,10,100,1000,10000,100000,1000000,10000000,100000000}'::integer[])[(minor_digits + 1)])::numeric))::bigint WHEN ((decimal_mark = ','::text) AND (group_mark = '.'::text) AND ((minor_digits >= 0) AND (minor_digits <= 8)) AND ((octet_length(value) + minor_digits) <= 18) AND (value ~ '^-?[0-9]{1,3}([.][0-9]{3})+(,[0-9]+)?$'::text) AND (scale((translate(value, ',.'::text, '.'::text))::numeric) <= minor_digits)) THEN (((translate(value, ',.'::text, '.'::text))::numeric * (('{1,10,100,1000,10000,100000,1000000,10000000,100000000}'::integer[])[(minor_digits + 1)])::numeric))::bigint ELSE platform.minor_units_carefully(value, decimal_mark, group_mark, minor_digits) END;
-- owner vinculo_owner; granted to public: execute

CREATE OR REPLACE FUNCTION platform.minor_units_carefully(value text, decimal_mark text, group_mark text, minor_digits integer)
 RETURNS bigint
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  body text := value;
  negative boolean := false;
  whole text;
  fraction text;
begin
  if body is null or length(body) > 60 or minor_digits is null or minor_digits not between 0 and 8 then
    return null;
  end if;
  if octet_length(body) <> char_length(body) then
    -- Arabic exports wrap negative numbers in direction marks, and spreadsheets group with spaces of several widths.
    body := translate(platform.ascii_digits(body), U&'\2212\FE63\FF0D\FF0B\FF0E\FF0C\2019\00A0\202F\2009\3000\200E\200F\061C\202A\202B\202C\2066\2067\2069', '---+.,''    ');
  end if;
  body := btrim(body, E' \t\r\n');
  if body ~ '^\(.*\)$' then
    negative := true;
    body := btrim(substr(body, 2, length(body) - 2));
  elsif body ~ '^[-+]' then
    negative := left(body, 1) = '-';
    body := btrim(substr(body, 2));
  elsif body ~ '-$' then
    negative := true;
    body := btrim(left(body, -1));
  end if;
  -- From here '.' is the decimal mark and ',' the group mark; a mark that was not announced becomes one that no number has.
  body := translate(
    body,
    coalesce(nullif(decimal_mark, ''), '.') || coalesce(group_mark, '') || U&'.,?\066B\066C',
    '.' || case when group_mark <> '' then ',' else '' end || '???.,'
  );
  if body !~ '^([0-9]+|[0-9]{1,3}(,[0-9]{2,3})*,[0-9]{3})?([.][0-9]+)?$' or body = '' then
    return null;
  end if;
  whole := replace(split_part(body, '.', 1), ',', '');
  fraction := split_part(body, '.', 2);
  if length(fraction) > minor_digits then
    return null;
  end if;
  body := case when negative then '-' else '' end || coalesce(nullif(ltrim(whole || rpad(fraction, minor_digits, '0'), '0'), ''), '0');
  return case when pg_input_is_valid(body, 'bigint') then body::bigint end;
end $function$;
-- owner vinculo_owner; granted to public: execute

CREATE OR REPLACE FUNCTION platform.moment_parse(value text, pattern text, layout text, calendar text, pivot_year integer)
 RETURNS timestamp without time zone
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  body text := btrim(platform.ascii_digits(value), E' \t\r\n');
  fraction text := '';
  y int;
  day date;
begin
  if position('s' in layout) > 0 then
    fraction := coalesce(substring(body from ':[0-9]{1,2}[.,]([0-9]{1,9})$'), '');
    body := case when fraction = '' then body else left(body, -1 - length(fraction)) end;
  end if;
  if octet_length(body) < octet_length(layout) then
    body := regexp_replace(body, '\m([0-9])\M', '0\1', 'g');
  end if;
  if body is null or body !~ pattern then
    return null;
  end if;
  if position('yyyy' in layout) > 0 then
    y := substr(body, position('y' in layout), 4)::int;
  else
    y := pivot_year + (((substr(body, position('y' in layout), 2)::int - pivot_year) % 100) + 100) % 100;
  end if;
  day := platform.date_in(calendar, y, substr(body, position('m' in layout), 2)::int, substr(body, position('d' in layout), 2)::int);
  if position('h' in layout) = 0 then
    return day;
  end if;
  body := substr(body, position('h' in layout));
  if substr(body, 1, 2)::int > 23 or substr(body, 4, 2)::int > 59 or substr(body, 7, 2) >= '60' then
    return null;
  end if;
  return day + make_time(substr(body, 1, 2)::int, substr(body, 4, 2)::int, 0)
    + (('0' || substr(body, 7, 2))::int * 1000000 + rpad(fraction, 6, '0')::int) * interval '1 microsecond';
end $function$;
-- owner vinculo_owner; granted to public: execute

CREATE OR REPLACE FUNCTION platform.month_days(calendar text, is_day_first boolean, separator text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (SELECT array_agg(CASE WHEN month_days.is_day_first THEN ((lpad((d.d)::text, 2, '0'::text) || month_days.separator) || lpad((m.m)::text, 2, '0'::text)) ELSE ((lpad((m.m)::text, 2, '0'::text) || month_days.separator) || lpad((d.d)::text, 2, '0'::text)) END) AS array_agg FROM generate_series(1, 12) m(m), generate_series(1, 31) d(d) WHERE CASE month_days.calendar WHEN 'gregory'::text THEN (platform.date_in('gregory'::text, 2023, m.m, d.d) IS NOT NULL) WHEN 'persian'::text THEN ((m.m <= 6) OR (d.d <= 30)) ELSE (d.d <= 30) END);
-- owner vinculo_owner; granted to public: execute

CREATE OR REPLACE FUNCTION platform.numerals(first integer, last integer, width integer, before text, after text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (SELECT array_agg(((numerals.before || lpad((n.n)::text, numerals.width, '0'::text)) || numerals.after)) AS array_agg FROM generate_series(numerals.first, numerals.last) n(n));
-- owner vinculo_owner; granted to public: execute

CREATE OR REPLACE FUNCTION platform.sealing_key(of_column text)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
declare
  newest int;
begin
  loop
    select max(k.key_no) into newest from platform.data_key k where k.column_name = of_column and k.epoch > 0;
    exit when newest is null;
    perform pg_advisory_xact_lock_shared(740074, newest);
    exit when newest = (select max(k.key_no) from platform.data_key k where k.column_name = of_column and k.epoch > 0);
  end loop;
  return newest;
end $function$;
-- owner vinculo_owner; granted to vinculo_app: execute; vinculo_worker: execute

CREATE OR REPLACE FUNCTION platform.sign_context(claims jsonb)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select translate(rtrim(translate(encode(convert_to(claims::text, 'UTF8'), 'base64'), E'\n', ''), '='), '+/', '-_') || '.' ||
    translate(rtrim(translate(encode(platform.hmac(convert_to(claims::text, 'UTF8'), k.secret, 'sha256'), 'base64'), E'\n', ''), '='), '+/', '-_')
  from platform.context_key k order by k.key_id limit 1
$function$;
-- owner vinculo_owner

CREATE OR REPLACE FUNCTION platform.working()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL RESTRICTED
 SET search_path TO 'pg_catalog'
AS $function$ select nullif(platform.context_purpose() = 'job', false) $function$;
-- owner vinculo_owner; granted to vinculo_worker: execute

create table customers.access_grant (
  grant_id uuid not null default uuidv7(),
  person_id uuid not null,
  customer_id uuid,
  asked_for text not null,
  reason text not null,
  granted_at timestamp with time zone not null default clock_timestamp(),
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  review_due_at timestamp with time zone not null,
  overdue_told_at timestamp with time zone,
  reviewed_by uuid,
  reviewed_at timestamp with time zone,
  verdict text,
  review_note text,
  version integer not null default 1,
  constraint access_grant_pkey PRIMARY KEY (grant_id),
  constraint access_grant_asked_for_check CHECK (((char_length(asked_for) >= 1) AND (char_length(asked_for) <= 40))),
  constraint access_grant_by_another CHECK ((reviewed_by <> person_id)),
  constraint access_grant_reason_check CHECK (((char_length(btrim(reason)) >= 20) AND (char_length(btrim(reason)) <= 500))),
  constraint access_grant_review_note_check CHECK (((char_length(btrim(review_note)) >= 10) AND (char_length(btrim(review_note)) <= 500))),
  constraint access_grant_reviewed CHECK ((((reviewed_at IS NULL) = (reviewed_by IS NULL)) AND ((reviewed_at IS NULL) = (verdict IS NULL)))),
  constraint access_grant_short CHECK ((expires_at <= (granted_at + '01:00:00'::interval))),
  constraint access_grant_verdict_check CHECK ((verdict = ANY (ARRAY['justified'::text, 'not_justified'::text])))
);
alter table customers.access_grant owner to vinculo_owner;
alter table customers.access_grant enable row level security;
alter table customers.access_grant force row level security;
CREATE INDEX access_grant_in_force ON customers.access_grant USING btree (person_id, expires_at);
CREATE INDEX access_grant_review ON customers.access_grant USING btree (review_due_at) WHERE (reviewed_at IS NULL);
create policy give_back on customers.access_grant for update to vinculo_app using ((person_id = ( SELECT governance.acting_user() AS acting_user))) with check ((reviewed_at IS NULL));
create policy granting on customers.access_grant for all to vinculo_owner using (true) with check (true);
create policy own on customers.access_grant for select to vinculo_app using ((person_id = ( SELECT governance.acting_user() AS acting_user)));
create policy review on customers.access_grant for update to vinculo_app using ((( SELECT governance.holds('glass:review'::text) AS holds) AND (person_id <> ( SELECT governance.acting_user() AS acting_user)) AND (reviewed_at IS NULL))) with check ((reviewed_by = ( SELECT governance.acting_user() AS acting_user)));
create policy reviewing on customers.access_grant for select to vinculo_app using (( SELECT governance.holds('glass:review'::text) AS holds));
create policy working on customers.access_grant for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column ended_at granted to vinculo_app: update
-- column overdue_told_at granted to vinculo_worker: update
-- column reviewed_by granted to vinculo_app: update
-- column reviewed_at granted to vinculo_app: update
-- column verdict granted to vinculo_app: update
-- column review_note granted to vinculo_app: update
-- column version granted to vinculo_app: update

create table customers.access_report (
  customer_id uuid not null,
  report_id uuid not null default uuidv7(),
  customer_no text not null,
  reason text not null,
  state text not null default 'ordered'::text,
  sections jsonb,
  rows integer,
  asked_by uuid not null,
  asked_at timestamp with time zone not null default now(),
  compiled_at timestamp with time zone,
  expires_at timestamp with time zone,
  constraint access_report_pkey PRIMARY KEY (customer_id, report_id),
  constraint access_report_compiled CHECK ((((state = 'ordered'::text) = (compiled_at IS NULL)) AND ((compiled_at IS NULL) = (expires_at IS NULL)))),
  constraint access_report_ready CHECK (((state = 'ready'::text) = (sections IS NOT NULL))),
  constraint access_report_reason_check CHECK (((char_length(btrim(reason)) >= 3) AND (char_length(btrim(reason)) <= 500))),
  constraint access_report_state_check CHECK ((state = ANY (ARRAY['ordered'::text, 'ready'::text, 'expired'::text])))
);
alter table customers.access_report owner to vinculo_owner;
alter table customers.access_report enable row level security;
alter table customers.access_report force row level security;
CREATE INDEX access_report_expiry ON customers.access_report USING btree (expires_at) WHERE (state = 'ready'::text);
create policy ordering on customers.access_report for insert to vinculo_app with check ((( SELECT governance.holds('privacy:report'::text) AS holds) AND (asked_by = ( SELECT governance.acting_user() AS acting_user)) AND (state = 'ordered'::text) AND (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = access_report.customer_id)))));
create policy reporting on customers.access_report for select to vinculo_app using ((( SELECT governance.holds('privacy:report'::text) AS holds) AND (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = access_report.customer_id)))));
create policy working on customers.access_report for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, select
-- column customer_id granted to vinculo_app: insert
-- column report_id granted to vinculo_app: insert
-- column customer_no granted to vinculo_app: insert
-- column reason granted to vinculo_app: insert
-- column state granted to vinculo_worker: update
-- column sections granted to vinculo_worker: update
-- column rows granted to vinculo_worker: update
-- column asked_by granted to vinculo_app: insert
-- column compiled_at granted to vinculo_worker: update
-- column expires_at granted to vinculo_worker: update

create view customers.attribute_value with (security_invoker=true) as
 SELECT v.customer_id,
    v.attribute,
    v.value,
    v.party_id,
    v.source_id,
    v.changed_at,
    v.load_no,
        CASE
            WHEN (v.pin_id IS NULL) THEN r.strategy
            ELSE (ARRAY['pinned'::text] || r.strategy)
        END AS strategy,
    COALESCE(t.trust, s.trust) AS trust,
    (row_number() OVER (PARTITION BY v.customer_id, v.attribute ORDER BY v.pinned_at DESC NULLS LAST, (customers.survivorship_key(r.strategy[1], COALESCE(t.trust, s.trust), v.changed_at, v.value)) DESC NULLS LAST, (customers.survivorship_key(r.strategy[2], COALESCE(t.trust, s.trust), v.changed_at, v.value)) DESC NULLS LAST, (customers.survivorship_key(r.strategy[3], COALESCE(t.trust, s.trust), v.changed_at, v.value)) DESC NULLS LAST, s.source_id, v.source_key, v.value))::integer AS place,
    v.pin_id
   FROM (((( SELECT p.customer_id,
            p.party_id,
            p.source_id,
            p.source_key,
            p.changed_at,
            p.load_no,
            a.attribute,
            a.value,
            NULL::uuid AS pin_id,
            NULL::timestamp with time zone AS pinned_at
           FROM (customers.party p
             CROSS JOIN LATERAL ( VALUES ('full_name'::text,p.full_name), ('given_name'::text,p.given_name), ('family_name'::text,p.family_name), ('latin_name'::text,p.latin_name), ('sex'::text,p.sex), ('born_on'::text,(p.born_on)::text), ('nationality'::text,(p.nationality)::text), ('language'::text,p.language), ('occupation'::text,p.occupation), ('industry'::text,p.industry), ('legal_form'::text,p.legal_form), ('segment'::text,p.segment), ('marital_status'::text,p.marital_status), ('customer_since'::text,(p.customer_since)::text), ('deceased_on'::text,(p.deceased_on)::text), ('branch_code'::text,p.branch_code), ('portfolio_code'::text,p.portfolio_code)) a(attribute, value))
          WHERE (a.value IS NOT NULL)
        UNION ALL
         SELECT p.customer_id,
            p.party_id,
            p.source_id,
            p.source_key,
            c.changed_at,
            c.load_no,
            c.kind,
            COALESCE(c.normalised, c.value) AS "coalesce",
            NULL::uuid,
            NULL::timestamp with time zone
           FROM (customers.party p
             JOIN customers.contact_point c ON ((c.party_id = p.party_id)))
          WHERE (c.kind = ANY (ARRAY['phone'::text, 'email'::text]))
        UNION ALL
         SELECT p.customer_id,
            p.party_id,
            p.source_id,
            p.source_key,
            c.changed_at,
            c.load_no,
            a.attribute,
            a.value,
            NULL::uuid,
            NULL::timestamp with time zone
           FROM ((customers.party p
             JOIN customers.contact_point c ON (((c.party_id = p.party_id) AND (c.kind = 'address'::text))))
             CROSS JOIN LATERAL ( VALUES ('city'::text,(c.parts ->> 'city'::text)), ('country'::text,(c.parts ->> 'country'::text))) a(attribute, value))
          WHERE (a.value IS NOT NULL)
        UNION ALL
         SELECT p.customer_id,
            p.party_id,
            p.source_id,
            p.source_key,
            n.pinned_at,
            p.load_no,
            n.attribute,
            n.value,
            n.pin_id,
            n.pinned_at
           FROM (customers.party p
             JOIN customers.value_pin n ON (((n.party_id = p.party_id) AND (n.unpinned_at IS NULL))))) v
     JOIN customers.survivorship_rule r ON ((r.attribute = v.attribute)))
     JOIN customers.source s ON ((s.source_id = v.source_id)))
     LEFT JOIN customers.source_trust t ON (((t.source_id = v.source_id) AND (t.attribute = v.attribute))));
alter table customers.attribute_value owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: select

create table customers.balance (
  party_id uuid not null,
  holding_id uuid not null,
  kind text not null,
  balance_on date not null,
  amount_minor bigint not null,
  currency character(3) not null,
  source_id smallint not null,
  balance_id uuid not null default uuidv7(),
  load_no integer not null,
  seen_load_no integer not null default 0,
  constraint balance_pkey PRIMARY KEY (party_id, holding_id, kind, balance_on),
  constraint balance_kind_check CHECK ((kind = ANY (ARRAY['booked'::text, 'available'::text, 'outstanding'::text, 'limit'::text, 'market_value'::text])))
);
alter table customers.balance owner to vinculo_owner;
alter table customers.balance enable row level security;
alter table customers.balance force row level security;
CREATE INDEX balance_load ON customers.balance USING brin (load_no);
create policy loading on customers.balance for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy through_holding on customers.balance for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.holding h
  WHERE (h.holding_id = balance.holding_id)))));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update

create table customers.changed_customer (
  change_id bigint not null generated always as identity,
  customer_id uuid not null,
  constraint changed_customer_pkey PRIMARY KEY (change_id)
);
alter table customers.changed_customer owner to vinculo_owner;
alter table customers.changed_customer enable row level security;
alter table customers.changed_customer force row level security;
create policy noting on customers.changed_customer for insert to vinculo_owner with check (true);
create policy working on customers.changed_customer for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_backup: select; vinculo_worker: delete, insert, select, truncate

create table customers.changed_days (
  change_id bigint not null generated always as identity,
  party_id uuid not null,
  first_on date not null,
  last_on date not null,
  constraint changed_days_pkey PRIMARY KEY (change_id)
);
alter table customers.changed_days owner to vinculo_owner;
alter table customers.changed_days enable row level security;
alter table customers.changed_days force row level security;
create policy noting on customers.changed_days for insert to vinculo_owner with check (true);
create policy working on customers.changed_days for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_backup: select; vinculo_worker: delete, insert, select, truncate

create table customers.circle (
  circle_id uuid not null,
  kind text not null,
  name text,
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint circle_pkey PRIMARY KEY (circle_id),
  constraint circle_kind_check CHECK ((kind = ANY (ARRAY['household'::text, 'company_group'::text]))),
  constraint circle_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
);
alter table customers.circle owner to vinculo_owner;
alter table customers.circle enable row level security;
alter table customers.circle force row level security;
create policy by_hand on customers.circle for insert to vinculo_app with check ((( SELECT governance.holds('relation:write'::text) AS holds) AND (created_by = ( SELECT governance.acting_user() AS acting_user))));
create policy by_hand_again on customers.circle for update to vinculo_app using ((( SELECT governance.holds('relation:write'::text) AS holds) AND (EXISTS ( SELECT
   FROM customers.circle_member m
  WHERE (m.circle_id = circle.circle_id)))));
create policy loading on customers.circle for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy through_member on customers.circle for select to vinculo_app using ((EXISTS ( SELECT
   FROM customers.circle_member m
  WHERE (m.circle_id = circle.circle_id))));
-- granted to vinculo_app: insert, select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column name granted to vinculo_app: update
-- column version granted to vinculo_app: update

create table customers.circle_dismissal (
  party_id uuid not null,
  other_party_id uuid not null,
  kind text not null,
  dismissed_by uuid not null,
  dismissed_at timestamp with time zone not null default now(),
  constraint circle_dismissal_pkey PRIMARY KEY (party_id, other_party_id, kind),
  constraint circle_dismissal_other_party_id_fkey FOREIGN KEY (other_party_id) REFERENCES customers.party(party_id) ON DELETE CASCADE,
  constraint circle_dismissal_party_id_fkey FOREIGN KEY (party_id) REFERENCES customers.party(party_id) ON DELETE CASCADE,
  constraint circle_dismissal_check CHECK ((party_id < other_party_id)),
  constraint circle_dismissal_kind_check CHECK ((kind = ANY (ARRAY['household'::text, 'company_group'::text])))
);
alter table customers.circle_dismissal owner to vinculo_owner;
alter table customers.circle_dismissal enable row level security;
alter table customers.circle_dismissal force row level security;
CREATE INDEX circle_dismissal_other ON customers.circle_dismissal USING btree (other_party_id, party_id);
create policy both_sides on customers.circle_dismissal for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR ((EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = circle_dismissal.party_id))) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = circle_dismissal.other_party_id))))));
create policy by_hand on customers.circle_dismissal for insert to vinculo_app with check ((( SELECT governance.holds('relation:write'::text) AS holds) AND (dismissed_by = ( SELECT governance.acting_user() AS acting_user)) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = circle_dismissal.party_id))) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = circle_dismissal.other_party_id)))));
create policy loading on customers.circle_dismissal for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: insert, select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table customers.circle_member (
  party_id uuid not null,
  member_id uuid not null,
  circle_id uuid not null,
  role text not null,
  from_on date,
  to_on date,
  entered_by uuid not null,
  version integer not null default 1,
  constraint circle_member_pkey PRIMARY KEY (party_id, member_id),
  constraint circle_member_circle_id_fkey FOREIGN KEY (circle_id) REFERENCES customers.circle(circle_id) ON DELETE CASCADE,
  constraint circle_member_party_id_fkey FOREIGN KEY (party_id) REFERENCES customers.party(party_id) ON DELETE CASCADE,
  constraint circle_member_dates CHECK ((to_on >= from_on)),
  constraint circle_member_role_check CHECK ((role = ANY (ARRAY['head'::text, 'adult'::text, 'child'::text, 'dependant'::text, 'parent_company'::text, 'subsidiary'::text, 'member'::text])))
);
alter table customers.circle_member owner to vinculo_owner;
alter table customers.circle_member enable row level security;
alter table customers.circle_member force row level security;
CREATE INDEX circle_member_circle ON customers.circle_member USING btree (circle_id);
CREATE UNIQUE INDEX circle_member_id ON customers.circle_member USING btree (member_id);
create policy by_hand on customers.circle_member for insert to vinculo_app with check ((( SELECT governance.holds('relation:write'::text) AS holds) AND (entered_by = ( SELECT governance.acting_user() AS acting_user)) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = circle_member.party_id)))));
create policy by_hand_again on customers.circle_member for update to vinculo_app using ((( SELECT governance.holds('relation:write'::text) AS holds) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = circle_member.party_id)))));
create policy loading on customers.circle_member for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy through_party on customers.circle_member for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = circle_member.party_id)))));
-- granted to vinculo_app: insert, select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column role granted to vinculo_app: update
-- column from_on granted to vinculo_app: update
-- column to_on granted to vinculo_app: update
-- column version granted to vinculo_app: update

create table customers.consent (
  party_id uuid not null,
  consent_id uuid not null default uuidv7(),
  purpose text not null,
  channel text not null,
  act text not null,
  lawful_basis text,
  text_version integer,
  text_locale text,
  happened_at timestamp with time zone not null,
  obtained_by text not null,
  reference text,
  note text,
  recorded_by uuid not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint consent_pkey PRIMARY KEY (party_id, consent_id),
  constraint consent_party_id_fkey FOREIGN KEY (party_id) REFERENCES customers.party(party_id),
  constraint consent_purpose_fkey FOREIGN KEY (purpose) REFERENCES customers.contact_purpose(purpose),
  constraint consent_text FOREIGN KEY (purpose, text_version, text_locale) REFERENCES customers.consent_text(purpose, version, locale),
  constraint consent_act_check CHECK ((act = ANY (ARRAY['given'::text, 'withdrawn'::text, 'objected'::text, 'objection_lifted'::text, 'basis'::text]))),
  constraint consent_basis CHECK (((act = 'basis'::text) = (lawful_basis IS NOT NULL))),
  constraint consent_channel_check CHECK ((channel = ANY (ARRAY['any'::text, 'phone'::text, 'email'::text, 'sms'::text, 'messaging'::text, 'post'::text, 'in_person'::text, 'in_app'::text]))),
  constraint consent_lawful_basis_check CHECK ((lawful_basis = ANY (ARRAY['consent'::text, 'contract'::text, 'legal_obligation'::text, 'legitimate_interest'::text]))),
  constraint consent_not_ahead CHECK ((happened_at <= (recorded_at + '00:01:00'::interval))),
  constraint consent_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 1000))),
  constraint consent_obtained_by_check CHECK ((obtained_by = ANY (ARRAY['branch'::text, 'phone'::text, 'letter'::text, 'email'::text, 'website'::text, 'app'::text]))),
  constraint consent_reference_check CHECK (((char_length(reference) >= 1) AND (char_length(reference) <= 200))),
  constraint consent_to_a_text CHECK (((act <> 'given'::text) OR ((text_version IS NOT NULL) AND (text_locale IS NOT NULL))))
);
alter table customers.consent owner to vinculo_owner;
alter table customers.consent enable row level security;
alter table customers.consent force row level security;
CREATE INDEX consent_objection ON customers.consent USING btree (purpose, party_id) WHERE (act = ANY (ARRAY['objected'::text, 'objection_lifted'::text]));
CREATE TRIGGER hold_senders BEFORE INSERT ON customers.consent FOR EACH ROW EXECUTE FUNCTION customers.hold_senders();
CREATE TRIGGER keep_consent BEFORE DELETE ON customers.consent FOR EACH ROW EXECUTE FUNCTION customers.keep_consent();
CREATE TRIGGER leave_segments AFTER INSERT ON customers.consent REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.leave_segments();
CREATE TRIGGER offers_due AFTER INSERT ON customers.consent REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.offers_due();
create policy recording on customers.consent for insert to vinculo_app with check ((( SELECT governance.holds(
        CASE consent.act
            WHEN 'basis'::text THEN 'privacy:manage'::text
            ELSE 'consent:record'::text
        END) AS holds) AND (recorded_by = ( SELECT governance.acting_user() AS acting_user)) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = consent.party_id)))));
create policy through_party on customers.consent for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = consent.party_id)))));
create policy working on customers.consent for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: insert, select; vinculo_backup: select; vinculo_worker: delete, insert, select

create view customers.consent_standing with (security_invoker=true) as
 SELECT DISTINCT ON (party_id, purpose, channel, matter) party_id,
    purpose,
    channel,
    matter,
    act,
    lawful_basis,
    happened_at,
    consent_id
   FROM ( SELECT c_1.party_id,
            c_1.consent_id,
            c_1.purpose,
            c_1.channel,
            c_1.act,
            c_1.lawful_basis,
            c_1.text_version,
            c_1.text_locale,
            c_1.happened_at,
            c_1.obtained_by,
            c_1.reference,
            c_1.note,
            c_1.recorded_by,
            c_1.recorded_at,
                CASE
                    WHEN (c_1.act = ANY (ARRAY['given'::text, 'withdrawn'::text])) THEN 'consent'::text
                    WHEN (c_1.act = 'basis'::text) THEN 'basis'::text
                    ELSE 'objection'::text
                END AS matter
           FROM customers.consent c_1) c
  ORDER BY party_id, purpose, channel, matter, happened_at DESC, recorded_at DESC, consent_id DESC;
alter table customers.consent_standing owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create table customers.consent_text (
  purpose text not null,
  version integer not null,
  locale text not null,
  body text not null,
  published_at timestamp with time zone not null default now(),
  published_by uuid,
  constraint consent_text_pkey PRIMARY KEY (purpose, version, locale),
  constraint consent_text_published_by_fkey FOREIGN KEY (published_by) REFERENCES governance.app_user(user_id),
  constraint consent_text_purpose_fkey FOREIGN KEY (purpose) REFERENCES customers.contact_purpose(purpose),
  constraint consent_text_body_check CHECK (((char_length(body) >= 20) AND (char_length(body) <= 2000))),
  constraint consent_text_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'ar'::text, 'fa'::text, 'zh'::text, 'es'::text]))),
  constraint consent_text_version_check CHECK ((version > 0))
);
alter table customers.consent_text owner to vinculo_owner;
alter table customers.consent_text enable row level security;
alter table customers.consent_text force row level security;
create policy everybody_reads on customers.consent_text for select to public using (true);
create policy publishing on customers.consent_text for insert to vinculo_app with check ((( SELECT governance.holds('privacy:manage'::text) AS holds) AND (published_by = ( SELECT governance.acting_user() AS acting_user))));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column purpose granted to vinculo_app: insert
-- column version granted to vinculo_app: insert
-- column locale granted to vinculo_app: insert
-- column body granted to vinculo_app: insert
-- column published_by granted to vinculo_app: insert

create table customers.contact_point (
  party_id uuid not null,
  contact_point_id uuid not null,
  source_id smallint not null,
  kind text not null,
  purpose text,
  value text not null,
  normalised text,
  parts jsonb,
  changed_at timestamp with time zone not null,
  load_no integer not null,
  constraint contact_point_pkey PRIMARY KEY (party_id, contact_point_id),
  constraint contact_point_party_id_fkey FOREIGN KEY (party_id) REFERENCES customers.party(party_id) ON DELETE CASCADE,
  constraint contact_point_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'email'::text, 'address'::text, 'messaging'::text])))
);
alter table customers.contact_point owner to vinculo_owner;
alter table customers.contact_point enable row level security;
alter table customers.contact_point force row level security;
CREATE INDEX contact_point_address ON customers.contact_point USING btree (normalised) WHERE (kind = 'address'::text);
CREATE INDEX contact_point_load ON customers.contact_point USING brin (load_no);
CREATE TRIGGER keep_gone AFTER DELETE ON customers.contact_point REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.keep_gone();
CREATE TRIGGER keep_history AFTER UPDATE ON customers.contact_point REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.keep_contact_point_history();
create policy loading on customers.contact_point for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy sealing on customers.contact_point for select to vinculo_owner using (true);
create policy through_party on customers.contact_point for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = contact_point.party_id)))));
create policy through_views on customers.contact_point for select to vinculo_search using (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, maintain, select, update

create table customers.contact_purpose (
  purpose text not null,
  lawful_basis text not null,
  by_channel boolean not null,
  direct_marketing boolean not null,
  place smallint not null,
  version integer not null default 1,
  reason text,
  changed_by uuid,
  changed_at timestamp with time zone,
  constraint contact_purpose_pkey PRIMARY KEY (purpose),
  constraint contact_purpose_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES governance.app_user(user_id),
  constraint contact_purpose_lawful_basis_check CHECK ((lawful_basis = ANY (ARRAY['consent'::text, 'contract'::text, 'legal_obligation'::text, 'legitimate_interest'::text]))),
  constraint contact_purpose_purpose_check CHECK ((purpose = ANY (ARRAY['legal'::text, 'service'::text, 'marketing'::text, 'research'::text, 'profiling'::text, 'sharing'::text]))),
  constraint contact_purpose_reason_check CHECK (((char_length(reason) >= 3) AND (char_length(reason) <= 500)))
);
alter table customers.contact_purpose owner to vinculo_owner;
alter table customers.contact_purpose enable row level security;
alter table customers.contact_purpose force row level security;
create policy changing on customers.contact_purpose for update to vinculo_app using (( SELECT governance.holds('privacy:manage'::text) AS holds)) with check ((changed_by = ( SELECT governance.acting_user() AS acting_user)));
create policy everybody_reads on customers.contact_purpose for select to public using (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column lawful_basis granted to vinculo_app: update
-- column version granted to vinculo_app: update
-- column reason granted to vinculo_app: update
-- column changed_by granted to vinculo_app: update
-- column changed_at granted to vinculo_app: update

create table customers.customer (
  customer_id uuid not null,
  customer_no text not null,
  kind text not null,
  branch_id uuid,
  portfolio_id uuid,
  full_name text not null,
  given_name text,
  family_name text,
  latin_name text,
  sort_name text not null,
  sex text,
  born_on date,
  nationality character(2),
  language text,
  occupation text,
  industry text,
  legal_form text,
  segment text,
  marital_status text,
  customer_since date,
  deceased_on date,
  phone text,
  email text,
  city text,
  country character(2),
  party_count integer not null default 0,
  holding_count integer not null default 0,
  holding_kinds text[] not null default '{}'::text[],
  currency character(3),
  assets_minor bigint not null default 0,
  debts_minor bigint not null default 0,
  other_currencies boolean not null default false,
  last_transaction_on date,
  version integer not null default 1,
  refreshed_at timestamp with time zone not null default now(),
  city_folded text generated always as (lower(city)),
  birthday smallint generated always as ((((EXTRACT(month FROM born_on) * (100)::numeric) + EXTRACT(day FROM born_on)))::smallint),
  in_arrears boolean default false,
  compartments smallint[],
  constraint customer_pkey PRIMARY KEY (customer_id),
  constraint customer_customer_no_key UNIQUE (customer_no),
  constraint customer_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organisation'::text]))),
  constraint customer_sex_check CHECK ((sex = ANY (ARRAY['female'::text, 'male'::text, 'other'::text])))
);
alter table customers.customer owner to vinculo_owner;
alter table customers.customer enable row level security;
alter table customers.customer force row level security;
CREATE INDEX customer_by_assets ON customers.customer USING btree (assets_minor, customer_id);
CREATE INDEX customer_by_birthday ON customers.customer USING btree (birthday);
CREATE INDEX customer_by_city ON customers.customer USING btree (city_folded, sort_name, customer_id);
CREATE INDEX customer_by_debts ON customers.customer USING btree (debts_minor, customer_id);
CREATE INDEX customer_by_last_transaction ON customers.customer USING btree ((
CASE
    WHEN (last_transaction_on IS NULL) THEN '-infinity'::date
    ELSE last_transaction_on
END), customer_id);
CREATE INDEX customer_by_name ON customers.customer USING btree (sort_name, customer_id);
CREATE INDEX customer_by_since ON customers.customer USING btree ((
CASE
    WHEN (customer_since IS NULL) THEN '-infinity'::date
    ELSE customer_since
END), customer_id);
CREATE INDEX customer_in_arrears ON customers.customer USING btree (sort_name, customer_id) WHERE in_arrears;
CREATE INDEX customer_of_branch ON customers.customer USING btree (branch_id, sort_name, customer_id);
CREATE INDEX customer_of_branch_by_assets ON customers.customer USING btree (branch_id, assets_minor, customer_id);
CREATE INDEX customer_of_branch_by_debts ON customers.customer USING btree (branch_id, debts_minor, customer_id);
CREATE INDEX customer_of_currency_by_assets ON customers.customer USING btree (currency, assets_minor, customer_id);
CREATE INDEX customer_of_portfolio ON customers.customer USING btree (portfolio_id, sort_name, customer_id);
CREATE INDEX customer_sealed ON customers.customer USING btree (customer_id) WHERE (compartments IS NOT NULL);
CREATE TRIGGER customer_came AFTER INSERT ON customers.customer REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.customer_came();
CREATE TRIGGER drop_facts AFTER DELETE ON customers.customer REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.drop_facts();
CREATE TRIGGER drop_offers AFTER DELETE ON customers.customer REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.drop_offers();
CREATE TRIGGER note_gone AFTER DELETE ON customers.customer REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.note_gone();
CREATE TRIGGER place_facts AFTER UPDATE ON customers.customer REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.place_facts();
create policy explaining on customers.customer for select to vinculo_owner using (true);
create policy in_scope on customers.customer for select to vinculo_app, vinculo_search using ((( SELECT governance.reaches_whole_bank() AS reaches_whole_bank) OR (branch_id = ANY (( SELECT governance.visible_units() AS visible_units)::uuid[])) OR (portfolio_id = ANY (( SELECT governance.visible_portfolios() AS visible_portfolios)::uuid[]))));
create policy loading on customers.customer for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy opened on customers.customer for select to vinculo_app, vinculo_search using ((customer_id = ANY (( SELECT customers.opened_customers() AS opened_customers)::uuid[])));
create policy sealed on customers.customer as restrictive for select to vinculo_app, vinculo_search using (((compartments IS NULL) OR (compartments <@ ( SELECT governance.cleared() AS cleared)) OR ((customer_id = ANY (( SELECT customers.opened_customers() AS opened_customers)::uuid[])) AND (NOT (compartments && ( SELECT governance.restricted_compartments() AS restricted_compartments))))));
create policy sealing on customers.customer for all to vinculo_owner using (true) with check (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, maintain, select, update

create view customers.customer_group with (security_invoker=true) as
 SELECT segment_id AS group_id,
    name,
    ((archived_at IS NULL) AND answerable) AS is_there
   FROM intelligence.segment;
alter table customers.customer_group owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create sequence customers.customer_number;
alter table customers.customer_number owner to vinculo_owner;
-- granted to vinculo_worker: usage

create table customers.erased_record (
  source_id smallint not null,
  kind text not null,
  key_hash bytea not null,
  erased_at timestamp with time zone not null default now(),
  constraint erased_record_pkey PRIMARY KEY (source_id, kind, key_hash)
);
alter table customers.erased_record owner to vinculo_owner;
alter table customers.erased_record enable row level security;
alter table customers.erased_record force row level security;
create policy keeping on customers.erased_record for all to vinculo_owner using (true) with check (true);
create policy working on customers.erased_record for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table customers.erasure (
  erasure_id uuid not null default uuidv7(),
  customer_id uuid not null,
  customer_no text not null,
  cause text not null default 'request'::text,
  state text not null default 'asked'::text,
  version integer not null default 1,
  received_on date not null,
  due_on date not null,
  evidence text not null,
  plan jsonb not null,
  party_ids uuid[] not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null default now(),
  restricted_at timestamp with time zone,
  next_on date,
  held boolean not null default false,
  closed_at timestamp with time zone,
  note text,
  constraint erasure_pkey PRIMARY KEY (erasure_id),
  constraint erasure_cause_check CHECK ((cause = ANY (ARRAY['request'::text, 'retention'::text]))),
  constraint erasure_closed CHECK (((state = ANY (ARRAY['erased'::text, 'refused'::text])) = (closed_at IS NOT NULL))),
  constraint erasure_evidence_check CHECK (((char_length(btrim(evidence)) >= 3) AND (char_length(btrim(evidence)) <= 500))),
  constraint erasure_note_check CHECK (((char_length(btrim(note)) >= 3) AND (char_length(btrim(note)) <= 500))),
  constraint erasure_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'restricted'::text, 'erased'::text, 'refused'::text])))
);
alter table customers.erasure owner to vinculo_owner;
alter table customers.erasure enable row level security;
alter table customers.erasure force row level security;
CREATE INDEX erasure_due ON customers.erasure USING btree (next_on) WHERE (state = 'restricted'::text);
CREATE UNIQUE INDEX erasure_once ON customers.erasure USING btree (customer_id) WHERE (state = ANY (ARRAY['asked'::text, 'restricted'::text]));
create policy keeping on customers.erasure for all to vinculo_owner using (true) with check (true);
create policy officers on customers.erasure for select to vinculo_app using ((( SELECT governance.holds('privacy:manage'::text) AS holds) OR ( SELECT governance.holds('glass:review'::text) AS holds)));
create policy officers_ask on customers.erasure for insert to vinculo_app with check ((( SELECT governance.holds('privacy:manage'::text) AS holds) AND (asked_by = ( SELECT governance.acting_user() AS acting_user)) AND (state = 'asked'::text) AND (cause = 'request'::text) AND (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = erasure.customer_id)))));
create policy officers_close on customers.erasure for update to vinculo_app using ((( SELECT governance.holds('privacy:manage'::text) AS holds) AND (state = 'asked'::text))) with check ((state = ANY (ARRAY['asked'::text, 'refused'::text])));
create policy sealed on customers.erasure as restrictive for select to vinculo_app using ((customer_id <> ALL (( SELECT ARRAY( SELECT customers.hidden_customers() AS hidden_customers) AS "array")::uuid[])));
create policy working on customers.erasure for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column erasure_id granted to vinculo_app: insert
-- column customer_id granted to vinculo_app: insert
-- column customer_no granted to vinculo_app: insert
-- column state granted to vinculo_app: update
-- column version granted to vinculo_app: update
-- column received_on granted to vinculo_app: insert
-- column due_on granted to vinculo_app: insert, update
-- column evidence granted to vinculo_app: insert
-- column plan granted to vinculo_app: insert
-- column party_ids granted to vinculo_app: insert
-- column asked_by granted to vinculo_app: insert
-- column closed_at granted to vinculo_app: update
-- column note granted to vinculo_app: update

create table customers.erasure_secret (
  only_row boolean not null default true,
  secret bytea not null,
  constraint erasure_secret_pkey PRIMARY KEY (only_row),
  constraint erasure_secret_only_row_check CHECK (only_row)
);
alter table customers.erasure_secret owner to vinculo_owner;
alter table customers.erasure_secret enable row level security;
alter table customers.erasure_secret force row level security;
create policy keeping on customers.erasure_secret for all to vinculo_owner using (true) with check (true);
-- granted to vinculo_backup: select

create view customers.finished_load with (security_invoker=true) as
 SELECT load_no,
    finished_at
   FROM customers.load
  WHERE (state = 'done'::text);
alter table customers.finished_load owner to vinculo_owner;
-- granted to vinculo_worker: select

create view customers.group_member with (security_invoker=true) as
 SELECT segment_id AS group_id,
    customer_id
   FROM intelligence.segment_member;
alter table customers.group_member owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create table customers.holding (
  party_id uuid not null,
  holding_id uuid not null,
  source_id smallint not null,
  source_key text not null,
  kind text not null,
  class text generated always as (
CASE
    WHEN (kind = ANY (ARRAY['current_account'::text, 'savings_account'::text, 'term_deposit'::text, 'investment'::text])) THEN 'asset'::text
    WHEN (kind = ANY (ARRAY['loan'::text, 'mortgage'::text, 'credit_line'::text])) THEN 'debt'::text
    ELSE 'service'::text
END),
  number text,
  product_code text,
  product_name text,
  currency character(3) not null,
  status text not null default 'open'::text,
  opened_on date,
  matures_on date,
  closed_on date,
  amount_minor bigint,
  rate numeric(9,6),
  balance_minor bigint,
  balance_on date,
  stated_balance_minor bigint,
  stated_balance_on date,
  last_transaction_on date,
  running_balance_minor bigint,
  attached_to uuid,
  branch_code text,
  details jsonb not null default '{}'::jsonb,
  changed_at timestamp with time zone not null,
  load_no integer not null,
  constraint holding_pkey PRIMARY KEY (party_id, holding_id),
  constraint holding_party_id_fkey FOREIGN KEY (party_id) REFERENCES customers.party(party_id),
  constraint holding_kind_check CHECK ((kind = ANY (ARRAY['current_account'::text, 'savings_account'::text, 'term_deposit'::text, 'loan'::text, 'mortgage'::text, 'credit_line'::text, 'card'::text, 'standing_order'::text, 'investment'::text, 'insurance'::text]))),
  constraint holding_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'open'::text, 'dormant'::text, 'blocked'::text, 'in_arrears'::text, 'closed'::text, 'defaulted'::text])))
);
alter table customers.holding owner to vinculo_owner;
alter table customers.holding enable row level security;
alter table customers.holding force row level security;
CREATE UNIQUE INDEX holding_id_unique ON customers.holding USING btree (holding_id);
CREATE INDEX holding_load ON customers.holding USING brin (load_no);
CREATE INDEX holding_number ON customers.holding USING btree (number) WHERE (number IS NOT NULL);
create policy loading on customers.holding for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy sealing on customers.holding for select to vinculo_owner using (true);
create policy through_role on customers.holding for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = holding.party_id))) OR (EXISTS ( SELECT
   FROM customers.holding_role r
  WHERE (r.holding_id = holding.holding_id)))));
create policy through_views on customers.holding for select to vinculo_search using (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, maintain, select, update

create table customers.holding_role (
  party_id uuid not null,
  holding_id uuid not null,
  role text not null,
  role_id uuid not null default uuidv7(),
  owner_party_id uuid not null,
  source_id smallint not null,
  source_key text,
  load_no integer not null,
  constraint holding_role_pkey PRIMARY KEY (party_id, holding_id, role),
  constraint holding_role_party_id_fkey FOREIGN KEY (party_id) REFERENCES customers.party(party_id) ON DELETE CASCADE,
  constraint holding_role_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'joint_owner'::text, 'authorised'::text, 'guarantor'::text, 'beneficiary'::text])))
);
alter table customers.holding_role owner to vinculo_owner;
alter table customers.holding_role enable row level security;
alter table customers.holding_role force row level security;
CREATE INDEX holding_role_holding ON customers.holding_role USING btree (holding_id);
CREATE INDEX holding_role_load ON customers.holding_role USING brin (load_no);
create policy loading on customers.holding_role for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy through_party on customers.holding_role for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = holding_role.party_id)))));
create policy through_views on customers.holding_role for select to vinculo_search using (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, maintain, select, update

create table customers.identifier (
  party_id uuid not null,
  identifier_id uuid not null,
  source_id smallint not null,
  scheme text not null,
  country character(2),
  last4 text not null,
  verified boolean not null default false,
  expires_on date,
  load_no integer not null,
  sealed_value bytea not null,
  blind bytea not null,
  check_fails boolean,
  blind_next bytea,
  constraint identifier_pkey PRIMARY KEY (party_id, identifier_id),
  constraint identifier_party_id_fkey FOREIGN KEY (party_id) REFERENCES customers.party(party_id) ON DELETE CASCADE,
  constraint identifier_blind_check CHECK ((length(blind) = 16)),
  constraint identifier_blind_next_check CHECK ((length(blind_next) = 16))
);
alter table customers.identifier owner to vinculo_owner;
alter table customers.identifier enable row level security;
alter table customers.identifier force row level security;
CREATE INDEX identifier_load ON customers.identifier USING brin (load_no);
CREATE INDEX identifier_strong ON customers.identifier USING btree (blind, scheme, country);
CREATE TRIGGER keep_gone AFTER DELETE ON customers.identifier REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.keep_gone();
CREATE TRIGGER keep_history AFTER UPDATE ON customers.identifier REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.keep_identifier_history();
create policy loading on customers.identifier for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy sealing on customers.identifier for select to vinculo_owner using (true);
create policy through_party on customers.identifier for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = identifier.party_id)))));
create policy through_views on customers.identifier for select to vinculo_search using (true);
-- granted to vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update
-- column party_id granted to vinculo_app: select; vinculo_search: select
-- column identifier_id granted to vinculo_app: select; vinculo_search: select
-- column source_id granted to vinculo_app: select; vinculo_search: select
-- column scheme granted to vinculo_app: select; vinculo_search: select
-- column country granted to vinculo_app: select; vinculo_search: select
-- column last4 granted to vinculo_app: select; vinculo_search: select
-- column verified granted to vinculo_app: select; vinculo_search: select
-- column expires_on granted to vinculo_app: select; vinculo_search: select
-- column load_no granted to vinculo_app: select

create table customers.identity_link (
  party_id uuid not null,
  link_id uuid not null,
  customer_id uuid not null,
  decision text not null,
  evidence jsonb not null default '{}'::jsonb,
  decided_by uuid not null,
  decided_at timestamp with time zone not null default now(),
  load_no integer,
  undone_at timestamp with time zone,
  undone_by uuid,
  undone_load_no integer,
  constraint identity_link_pkey PRIMARY KEY (party_id, link_id),
  constraint identity_link_decision_check CHECK ((decision = ANY (ARRAY['first'::text, 'same_source_key'::text, 'national_id'::text, 'registration'::text, 'matched'::text, 'steward'::text, 'separated'::text])))
);
alter table customers.identity_link owner to vinculo_owner;
alter table customers.identity_link enable row level security;
alter table customers.identity_link force row level security;
CREATE UNIQUE INDEX identity_link_in_force ON customers.identity_link USING btree (party_id) WHERE (undone_at IS NULL);
CREATE INDEX identity_link_left ON customers.identity_link USING btree (customer_id) WHERE (undone_at IS NOT NULL);
CREATE INDEX identity_link_load ON customers.identity_link USING brin (load_no);
CREATE INDEX identity_link_undone ON customers.identity_link USING btree (undone_load_no) WHERE (undone_load_no IS NOT NULL);
CREATE TRIGGER keep_gone AFTER DELETE ON customers.identity_link REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.keep_gone();
CREATE TRIGGER keep_history AFTER UPDATE ON customers.identity_link REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.keep_link_history();
create policy loading on customers.identity_link for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy through_party on customers.identity_link for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = identity_link.party_id)))));
create policy through_views on customers.identity_link for select to vinculo_search using (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, maintain, select, update

create table customers.identity_model (
  model_no integer not null generated always as identity,
  state text not null default 'draft'::text,
  model jsonb not null,
  refined integer[] not null default '{}'::integer[],
  training jsonb not null default '{}'::jsonb,
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint identity_model_pkey PRIMARY KEY (model_no),
  constraint identity_model_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'active'::text, 'retired'::text])))
);
alter table customers.identity_model owner to vinculo_owner;
CREATE UNIQUE INDEX identity_model_active ON customers.identity_model USING btree (state) WHERE (state = 'active'::text);
-- granted to vinculo_app: select; vinculo_worker: insert, select, update

create table customers.legal_hold (
  hold_id uuid not null default uuidv7(),
  case_code text not null,
  customer_no text not null,
  reason text not null,
  until date,
  placed_by uuid not null,
  placed_at timestamp with time zone not null default clock_timestamp(),
  lifted_by uuid,
  lifted_at timestamp with time zone,
  lift_reason text,
  constraint legal_hold_pkey PRIMARY KEY (hold_id),
  constraint legal_hold_case_code_check CHECK (((char_length(btrim(case_code)) >= 2) AND (char_length(btrim(case_code)) <= 60))),
  constraint legal_hold_lift_reason_check CHECK (((char_length(btrim(lift_reason)) >= 10) AND (char_length(btrim(lift_reason)) <= 500))),
  constraint legal_hold_lifted CHECK ((((lifted_at IS NULL) = (lifted_by IS NULL)) AND ((lifted_at IS NULL) = (lift_reason IS NULL)))),
  constraint legal_hold_reason_check CHECK (((char_length(btrim(reason)) >= 10) AND (char_length(btrim(reason)) <= 500)))
);
alter table customers.legal_hold owner to vinculo_owner;
alter table customers.legal_hold enable row level security;
alter table customers.legal_hold force row level security;
CREATE INDEX legal_hold_case ON customers.legal_hold USING btree (case_code);
create policy keeping on customers.legal_hold for all to vinculo_owner using (true) with check (true);
create policy officers on customers.legal_hold for select to vinculo_app using ((( SELECT governance.holds('privacy:manage'::text) AS holds) OR ( SELECT governance.holds('glass:review'::text) AS holds)));
create policy officers_lift on customers.legal_hold for update to vinculo_app using ((( SELECT governance.holds('privacy:manage'::text) AS holds) AND (lifted_at IS NULL))) with check ((lifted_by = ( SELECT governance.acting_user() AS acting_user)));
create policy sealed on customers.legal_hold as restrictive for select to vinculo_app using ((NOT (EXISTS ( SELECT
   FROM customers.hold_records_hidden(legal_hold.hold_id) hold_records_hidden(hold_records_hidden)))));
create policy working on customers.legal_hold for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column lifted_by granted to vinculo_app: update
-- column lifted_at granted to vinculo_app: update
-- column lift_reason granted to vinculo_app: update

create table customers.legal_hold_record (
  hold_id uuid not null,
  party_id uuid not null,
  constraint legal_hold_record_pkey PRIMARY KEY (party_id, hold_id),
  constraint legal_hold_record_hold_id_fkey FOREIGN KEY (hold_id) REFERENCES customers.legal_hold(hold_id)
);
alter table customers.legal_hold_record owner to vinculo_owner;
alter table customers.legal_hold_record enable row level security;
alter table customers.legal_hold_record force row level security;
create policy keeping on customers.legal_hold_record for all to vinculo_owner using (true) with check (true);
create policy officers on customers.legal_hold_record for select to vinculo_app using ((( SELECT governance.holds('privacy:manage'::text) AS holds) OR ( SELECT governance.holds('glass:review'::text) AS holds)));
create policy sealed on customers.legal_hold_record as restrictive for select to vinculo_app using ((party_id <> ALL (( SELECT ARRAY( SELECT customers.hidden_parties() AS hidden_parties) AS "array")::uuid[])));
create policy working on customers.legal_hold_record for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table customers.load (
  load_id uuid not null,
  load_no integer not null,
  source_id smallint not null,
  mapping_id uuid not null,
  corrects_load_no integer,
  files jsonb not null,
  state text not null,
  phase text not null default 'reading'::text,
  progress jsonb not null default '{}'::jsonb,
  report jsonb,
  failure jsonb,
  started_by uuid not null,
  started_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  reversed_by uuid,
  reversed_at timestamp with time zone,
  version integer not null default 1,
  given jsonb not null default '[]'::jsonb,
  constraint load_pkey PRIMARY KEY (load_id),
  constraint load_load_no_key UNIQUE (load_no),
  constraint load_mapping_id_fkey FOREIGN KEY (mapping_id) REFERENCES customers.mapping(mapping_id),
  constraint load_source_id_fkey FOREIGN KEY (source_id) REFERENCES customers.source(source_id),
  constraint load_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'reversing'::text, 'reversed'::text])))
);
alter table customers.load owner to vinculo_owner;
CREATE INDEX load_newest ON customers.load USING btree (started_at DESC);
CREATE UNIQUE INDEX load_one_per_source ON customers.load USING btree (source_id) WHERE (state = ANY (ARRAY['running'::text, 'failed'::text, 'reversing'::text]));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, select, update

create table customers.load_change (
  load_no integer not null,
  kind text not null,
  party_id uuid not null,
  row_id uuid not null,
  before jsonb not null,
  constraint load_change_pkey PRIMARY KEY (load_no, kind, party_id, row_id)
);
alter table customers.load_change owner to vinculo_owner;
alter table customers.load_change enable row level security;
alter table customers.load_change force row level security;
CREATE INDEX load_change_row ON customers.load_change USING btree (row_id, kind);
create policy loading on customers.load_change for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table customers.load_chunk (
  load_no integer not null,
  file_no smallint not null,
  chunk_no integer not null,
  first_line bigint not null,
  last_line bigint not null,
  counts jsonb not null,
  totals jsonb not null default '[]'::jsonb,
  committed_at timestamp with time zone not null default now(),
  constraint load_chunk_pkey PRIMARY KEY (load_no, file_no, chunk_no),
  constraint load_chunk_load_no_fkey FOREIGN KEY (load_no) REFERENCES customers.load(load_no) ON DELETE CASCADE
);
alter table customers.load_chunk owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table customers.load_number (
  only_row boolean not null default true,
  last integer not null,
  constraint load_number_pkey PRIMARY KEY (only_row),
  constraint load_number_only_row_check CHECK (only_row)
);
alter table customers.load_number owner to vinculo_owner;
-- granted to vinculo_backup: select; vinculo_worker: select, update

create table customers.mapping (
  mapping_id uuid not null default uuidv7(),
  name text not null,
  version integer not null,
  source_code text not null,
  body text not null,
  sha256 bytea not null,
  created_at timestamp with time zone not null default now(),
  created_by uuid not null,
  constraint mapping_pkey PRIMARY KEY (mapping_id),
  constraint mapping_name_version_key UNIQUE (name, version),
  constraint mapping_sha256_key UNIQUE (sha256)
);
alter table customers.mapping owner to vinculo_owner;
-- granted to vinculo_app: insert, select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table customers.match_entry (
  party_id uuid not null,
  keys integer[] not null,
  constraint match_entry_pkey PRIMARY KEY (party_id),
  constraint match_entry_party_id_fkey FOREIGN KEY (party_id) REFERENCES customers.party(party_id) ON DELETE CASCADE
);
alter table customers.match_entry owner to vinculo_owner;
alter table customers.match_entry enable row level security;
alter table customers.match_entry force row level security;
CREATE INDEX match_entry_keys ON customers.match_entry USING gin (keys) WITH (fastupdate='on', gin_pending_list_limit='4096');
create policy finding on customers.match_entry for select to vinculo_search using (true);
create policy loading on customers.match_entry for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_search: select; vinculo_worker: delete, insert, select, update

create table customers.match_pair (
  party_id uuid not null,
  other_party_id uuid not null,
  bits real not null,
  model_no integer not null,
  doubt text,
  doubt_since timestamp with time zone,
  decision text,
  decided_by uuid,
  decided_at timestamp with time zone,
  reason text,
  version integer not null default 1,
  constraint match_pair_pkey PRIMARY KEY (party_id, other_party_id),
  constraint match_pair_other_party_id_fkey FOREIGN KEY (other_party_id) REFERENCES customers.party(party_id) ON DELETE CASCADE,
  constraint match_pair_party_id_fkey FOREIGN KEY (party_id) REFERENCES customers.party(party_id) ON DELETE CASCADE,
  constraint match_pair_check CHECK ((party_id < other_party_id)),
  constraint match_pair_decision_check CHECK ((decision = ANY (ARRAY['same'::text, 'apart'::text, 'later'::text]))),
  constraint match_pair_doubt_check CHECK ((doubt = ANY (ARRAY['between thresholds'::text, 'weak'::text, 'conflict'::text, 'split'::text, 'by hand'::text]))),
  constraint match_pair_reason_check CHECK ((char_length(reason) <= 500))
);
alter table customers.match_pair owner to vinculo_owner;
alter table customers.match_pair enable row level security;
alter table customers.match_pair force row level security;
CREATE INDEX match_pair_doubt ON customers.match_pair USING btree (bits DESC, party_id, other_party_id) WHERE ((doubt IS NOT NULL) AND ((decision IS NULL) OR (decision = 'later'::text)));
CREATE INDEX match_pair_other ON customers.match_pair USING btree (other_party_id, party_id);
create policy both_sides on customers.match_pair for select to vinculo_app using (((EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = match_pair.party_id))) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = match_pair.other_party_id)))));
create policy loading on customers.match_pair for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_worker: delete, insert, select, update

create table customers.party (
  party_id uuid not null,
  customer_id uuid not null,
  source_id smallint not null,
  source_key text not null,
  kind text not null,
  full_name text not null,
  given_name text,
  family_name text,
  latin_name text,
  sex text,
  born_on date,
  nationality character(2),
  language text,
  occupation text,
  industry text,
  legal_form text,
  segment text,
  marital_status text,
  customer_since date,
  deceased_on date,
  branch_code text,
  portfolio_code text,
  details jsonb not null default '{}'::jsonb,
  search_terms text[] not null default '{}'::text[],
  changed_at timestamp with time zone not null,
  load_no integer not null,
  constraint party_pkey PRIMARY KEY (party_id),
  constraint party_source_id_fkey FOREIGN KEY (source_id) REFERENCES customers.source(source_id),
  constraint party_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organisation'::text]))),
  constraint party_sex_check CHECK ((sex = ANY (ARRAY['female'::text, 'male'::text, 'other'::text])))
);
alter table customers.party owner to vinculo_owner;
alter table customers.party enable row level security;
alter table customers.party force row level security;
CREATE INDEX party_customer ON customers.party USING btree (customer_id);
CREATE INDEX party_load ON customers.party USING brin (load_no);
CREATE TRIGGER keep_gone AFTER DELETE ON customers.party REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.keep_gone();
CREATE TRIGGER keep_history AFTER UPDATE ON customers.party REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.keep_party_history();
CREATE TRIGGER party_came AFTER INSERT ON customers.party REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.party_came();
CREATE TRIGGER party_moved AFTER UPDATE ON customers.party REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.party_moved();
create policy loading on customers.party for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy sealing on customers.party for all to vinculo_owner using (true) with check (true);
create policy through_customer on customers.party for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = party.customer_id)))));
create policy through_views on customers.party for select to vinculo_search using (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, maintain, select, update

create table customers.party_history (
  party_id uuid not null,
  history_id uuid not null default uuidv7(),
  kind text not null,
  row_id uuid not null,
  was jsonb not null,
  valid_from timestamp with time zone,
  known_from timestamp with time zone not null,
  known_to timestamp with time zone not null default now(),
  gone boolean not null,
  constraint party_history_pkey PRIMARY KEY (party_id, history_id),
  constraint party_history_kind_check CHECK ((kind = ANY (ARRAY['party'::text, 'contact_point'::text, 'identifier'::text, 'identity_link'::text])))
);
alter table customers.party_history owner to vinculo_owner;
alter table customers.party_history enable row level security;
alter table customers.party_history force row level security;
CREATE INDEX party_history_link ON customers.party_history USING btree ((((was ->> 'customer_id'::text))::uuid)) WHERE (kind = 'identity_link'::text);
create policy loading on customers.party_history for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy through_party on customers.party_history for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = party_history.party_id)))));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select

create table customers.party_quality (
  party_id uuid not null,
  customer_id uuid not null,
  source_id smallint not null,
  branch_id uuid,
  checked bigint not null,
  failing bigint not null,
  turns_on date,
  computed_at timestamp with time zone not null default now(),
  constraint party_quality_pkey PRIMARY KEY (party_id)
);
alter table customers.party_quality owner to vinculo_owner;
alter table customers.party_quality enable row level security;
alter table customers.party_quality force row level security;
CREATE INDEX party_quality_branch ON customers.party_quality USING btree (branch_id);
CREATE INDEX party_quality_computed ON customers.party_quality USING brin (computed_at);
CREATE INDEX party_quality_customer ON customers.party_quality USING btree (customer_id);
CREATE INDEX party_quality_turns ON customers.party_quality USING btree (turns_on) WHERE (turns_on IS NOT NULL);
create policy loading on customers.party_quality for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy through_party on customers.party_quality for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = party_quality.party_id)))));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update

create table customers.party_relation (
  party_id uuid not null,
  relation_id uuid not null,
  other_party_id uuid not null,
  kind text not null,
  share numeric(9,8),
  from_on date,
  to_on date,
  source_id smallint,
  source_key text,
  load_no integer,
  entered_by uuid,
  changed_at timestamp with time zone not null default now(),
  withdrawn_at timestamp with time zone,
  version integer not null default 1,
  constraint party_relation_pkey PRIMARY KEY (party_id, relation_id),
  constraint party_relation_other_party_id_fkey FOREIGN KEY (other_party_id) REFERENCES customers.party(party_id) ON DELETE CASCADE,
  constraint party_relation_party_id_fkey FOREIGN KEY (party_id) REFERENCES customers.party(party_id) ON DELETE CASCADE,
  constraint party_relation_dates CHECK ((to_on >= from_on)),
  constraint party_relation_kind_check CHECK ((kind = ANY (ARRAY['spouse'::text, 'partner'::text, 'sibling'::text, 'parent'::text, 'guardian'::text, 'employer'::text, 'director'::text, 'shareholder'::text, 'beneficial_owner'::text, 'parent_company'::text, 'guarantor'::text, 'power_of_attorney'::text, 'authorised_signatory'::text, 'key_contact'::text]))),
  constraint party_relation_origin CHECK ((((source_id IS NULL) = (load_no IS NULL)) AND ((source_id IS NULL) = (entered_by IS NOT NULL)))),
  constraint party_relation_share CHECK (((share IS NULL) OR (kind = ANY (ARRAY['shareholder'::text, 'beneficial_owner'::text])))),
  constraint party_relation_share_check CHECK (((share > (0)::numeric) AND (share <= (1)::numeric))),
  constraint party_relation_two_sides CHECK ((party_id <> other_party_id))
);
alter table customers.party_relation owner to vinculo_owner;
alter table customers.party_relation enable row level security;
alter table customers.party_relation force row level security;
CREATE UNIQUE INDEX party_relation_id ON customers.party_relation USING btree (relation_id);
CREATE INDEX party_relation_load ON customers.party_relation USING brin (load_no);
CREATE INDEX party_relation_other ON customers.party_relation USING btree (other_party_id, kind);
create policy both_sides on customers.party_relation for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR ((EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = party_relation.party_id))) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = party_relation.other_party_id))))));
create policy by_hand on customers.party_relation for insert to vinculo_app with check ((( SELECT governance.holds('relation:write'::text) AS holds) AND (entered_by = ( SELECT governance.acting_user() AS acting_user)) AND (source_id IS NULL) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = party_relation.party_id))) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = party_relation.other_party_id)))));
create policy entered_by_hand on customers.party_relation for update to vinculo_app using ((( SELECT governance.holds('relation:write'::text) AS holds) AND (source_id IS NULL) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = party_relation.party_id))) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = party_relation.other_party_id)))));
create policy loading on customers.party_relation for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: insert, select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update
-- column share granted to vinculo_app: update
-- column from_on granted to vinculo_app: update
-- column to_on granted to vinculo_app: update
-- column changed_at granted to vinculo_app: update
-- column withdrawn_at granted to vinculo_app: update
-- column version granted to vinculo_app: update

create view customers.payment with (security_invoker=true) as
 SELECT party_id,
    holding_id,
    transaction_id,
    source_id,
    source_key,
    booked_on,
    load_no,
    line_no,
    (- amount_minor) AS amount_minor,
    currency,
    upper(COALESCE(counterparty_account, regexp_replace(btrim(counterparty_name), '\s+'::text, ' '::text, 'g'::text))) AS payee,
    COALESCE(counterparty_name, counterparty_account) AS payee_name,
    channel,
    category
   FROM customers.transaction t
  WHERE ((amount_minor < 0) AND (COALESCE(counterparty_account, counterparty_name, ''::text) <> ''::text));
alter table customers.payment owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create table customers.place (
  source_id smallint not null,
  code text not null,
  name text not null,
  region text,
  country character(2),
  details jsonb not null default '{}'::jsonb,
  load_no integer not null,
  content_hash bigint not null,
  constraint place_pkey PRIMARY KEY (source_id, code),
  constraint place_source_id_fkey FOREIGN KEY (source_id) REFERENCES customers.source(source_id)
);
alter table customers.place owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create view customers.published_account with (security_invoker=true) as
 SELECT party_id,
    holding_id,
    source_id,
    source_key,
    kind,
    class,
    number,
    product_code,
    product_name,
    currency,
    status,
    opened_on,
    matures_on,
    closed_on,
    amount_minor,
    rate,
    balance_minor,
    balance_on,
    stated_balance_minor,
    stated_balance_on,
    last_transaction_on,
    attached_to,
    branch_code
   FROM customers.holding;
alter table customers.published_account owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_balance with (security_invoker=true) as
 SELECT party_id,
    holding_id,
    kind,
    balance_on,
    amount_minor,
    load_no,
    currency
   FROM customers.balance
  WHERE (kind = ANY (ARRAY['booked'::text, 'outstanding'::text, 'market_value'::text]));
alter table customers.published_balance owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_booking with (security_invoker=true) as
 SELECT party_id,
    booked_on,
    holding_id,
    amount_minor,
    currency,
    balance_after_minor,
    category,
    channel,
    counterparty_name,
    counterparty_account,
    load_no,
    line_no,
    transaction_id,
    source_id,
    source_key
   FROM customers.transaction;
alter table customers.published_booking owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_booking_key with (security_invoker=true) as
 SELECT source_id,
    source_key,
    party_id,
    transaction_id,
    booked_on
   FROM customers.transaction_key;
alter table customers.published_booking_key owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_circle with (security_invoker=true) as
 SELECT circle_id,
    kind,
    name
   FROM customers.circle;
alter table customers.published_circle owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_circle_member with (security_invoker=true) as
 SELECT party_id,
    circle_id,
    role,
    from_on,
    to_on
   FROM customers.circle_member;
alter table customers.published_circle_member owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_customer with (security_invoker=true) as
 SELECT customer_id,
    customer_no,
    kind,
    branch_id,
    portfolio_id,
    compartments,
    born_on,
    deceased_on,
    sex,
    nationality,
    language,
    country,
    city,
    occupation,
    industry,
    legal_form,
    segment,
    marital_status,
    customer_since,
    currency,
    party_count,
    in_arrears,
    (phone IS NOT NULL) AS has_phone,
    (email IS NOT NULL) AS has_email,
    full_name,
    latin_name,
    sort_name,
    assets_minor,
    debts_minor,
    holding_count,
    holding_kinds,
    last_transaction_on
   FROM customers.customer;
alter table customers.published_customer owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_holding with (security_invoker=true) as
 SELECT r.party_id,
    r.owner_party_id,
    r.role,
    h.holding_id,
    h.kind,
    h.class,
    h.product_code,
    h.currency,
    h.status,
    h.opened_on,
    h.matures_on,
    h.closed_on,
    h.amount_minor,
    h.rate,
    h.balance_minor,
    h.balance_on,
    h.stated_balance_minor,
    h.stated_balance_on,
    h.attached_to
   FROM (customers.holding_role r
     JOIN customers.holding h ON (((h.party_id = r.owner_party_id) AND (h.holding_id = r.holding_id))))
  WHERE (r.role = ANY (ARRAY['owner'::text, 'joint_owner'::text]));
alter table customers.published_holding owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_load with (security_invoker=true) as
 SELECT l.load_no,
        CASE
            WHEN (l.load_no > f.first_no) THEN (COALESCE(l.finished_at, l.started_at))::date
            ELSE NULL::date
        END AS known_on,
    f.first_on
   FROM (customers.load l
     JOIN ( SELECT load.source_id,
            min(load.load_no) AS first_no,
            (min(COALESCE(load.finished_at, load.started_at)))::date AS first_on
           FROM customers.load
          WHERE (load.state <> ALL (ARRAY['reversing'::text, 'reversed'::text]))
          GROUP BY load.source_id) f USING (source_id));
alter table customers.published_load owner to vinculo_owner;
-- granted to vinculo_worker: select

create view customers.published_party with (security_invoker=true) as
 SELECT party_id,
    customer_id,
    kind,
    full_name,
    latin_name,
    source_id,
    source_key
   FROM customers.party;
alter table customers.published_party owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_record with (security_invoker=true) as
 SELECT source_id,
    kind,
    source_key,
    party_id,
    row_id
   FROM customers.source_record;
alter table customers.published_record owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_relation with (security_invoker=true) as
 SELECT party_id,
    other_party_id,
    kind,
    from_on,
    to_on,
    share
   FROM customers.party_relation
  WHERE (withdrawn_at IS NULL);
alter table customers.published_relation owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_role with (security_invoker=true) as
 SELECT party_id,
    holding_id,
    role,
    owner_party_id
   FROM customers.holding_role;
alter table customers.published_role owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create view customers.published_source with (security_invoker=true) as
 SELECT source_id,
    code,
    name
   FROM customers.source;
alter table customers.published_source owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_worker: select

create table customers.quality_day (
  day date not null,
  source_id smallint not null,
  branch_id uuid,
  rule_no smallint not null,
  records integer not null,
  failing integer not null,
  constraint quality_day_once UNIQUE NULLS NOT DISTINCT (day, source_id, branch_id, rule_no)
);
alter table customers.quality_day owner to vinculo_owner;
alter table customers.quality_day enable row level security;
alter table customers.quality_day force row level security;
create policy in_reach on customers.quality_day for select to vinculo_app using ((( SELECT customers.quality_whole_bank() AS quality_whole_bank) OR (branch_id = ANY (( SELECT customers.quality_units() AS quality_units)::uuid[]))));
create policy loading on customers.quality_day for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update

create table customers.quality_figure (
  figure_no bigint not null generated always as identity,
  source_id smallint not null,
  branch_id uuid,
  rule_no smallint not null,
  records integer not null,
  failing integer not null,
  constraint quality_figure_pkey PRIMARY KEY (figure_no)
);
alter table customers.quality_figure owner to vinculo_owner;
alter table customers.quality_figure enable row level security;
alter table customers.quality_figure force row level security;
create policy in_reach on customers.quality_figure for select to vinculo_app using ((( SELECT customers.quality_whole_bank() AS quality_whole_bank) OR (branch_id = ANY (( SELECT customers.quality_units() AS quality_units)::uuid[]))));
create policy loading on customers.quality_figure for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update

create table customers.quality_placeholder (
  rule_no smallint not null,
  value text not null,
  records integer not null,
  found_at timestamp with time zone not null default now(),
  constraint quality_placeholder_pkey PRIMARY KEY (rule_no, value),
  constraint quality_placeholder_rule_no_fkey FOREIGN KEY (rule_no) REFERENCES customers.quality_rule(rule_no)
);
alter table customers.quality_placeholder owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table customers.quality_rule (
  rule_no smallint not null,
  dimension text not null,
  field text not null,
  parameter jsonb not null default '{}'::jsonb,
  weight smallint not null default 1,
  active boolean not null default true,
  changed_at timestamp with time zone not null default now(),
  constraint quality_rule_pkey PRIMARY KEY (rule_no),
  constraint quality_rule_dimension_field_key UNIQUE (dimension, field),
  constraint quality_rule_dimension_check CHECK ((dimension = ANY (ARRAY['completeness'::text, 'validity'::text, 'freshness'::text, 'conflict'::text]))),
  constraint quality_rule_rule_no_check CHECK (((rule_no >= 0) AND (rule_no <= 62))),
  constraint quality_rule_weight_check CHECK (((weight >= 0) AND (weight <= 100)))
);
alter table customers.quality_rule owner to vinculo_owner;
CREATE TRIGGER note_change BEFORE UPDATE ON customers.quality_rule FOR EACH ROW EXECUTE FUNCTION customers.note_rule_change();
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select, update

create table customers.quarantine (
  quarantine_id uuid not null default uuidv7(),
  load_no integer not null,
  file_no smallint not null,
  line_no bigint not null,
  kind text not null,
  source_key text,
  reason text not null,
  field text,
  column_name text,
  value_class text,
  raw jsonb not null,
  state text not null default 'open'::text,
  corrected_by uuid,
  corrected_at timestamp with time zone,
  corrected_load_no integer,
  version integer not null default 1,
  waits_kind text,
  waits_key text,
  numbers bytea[],
  constraint quarantine_pkey PRIMARY KEY (quarantine_id),
  constraint quarantine_load_no_fkey FOREIGN KEY (load_no) REFERENCES customers.load(load_no) ON DELETE CASCADE,
  constraint quarantine_state_check CHECK ((state = ANY (ARRAY['open'::text, 'waiting'::text, 'corrected'::text, 'discarded'::text, 'superseded'::text])))
);
alter table customers.quarantine owner to vinculo_owner;
alter table customers.quarantine enable row level security;
alter table customers.quarantine force row level security;
CREATE INDEX quarantine_corrected ON customers.quarantine USING btree (corrected_load_no) WHERE (corrected_load_no IS NOT NULL);
CREATE INDEX quarantine_of_load ON customers.quarantine USING btree (load_no, reason, field, quarantine_id);
CREATE INDEX quarantine_unnoted ON customers.quarantine USING btree (load_no) WHERE (numbers IS NULL);
CREATE INDEX quarantine_waiting ON customers.quarantine USING btree (load_no) WHERE (state = 'waiting'::text);
create policy loading on customers.quarantine for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy sealed on customers.quarantine as restrictive for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR ((NOT customers.holds_any(raw, ( SELECT customers.hidden_texts() AS hidden_texts))) AND ((numbers IS NOT NULL) OR (cardinality(( SELECT customers.hidden_numbers() AS hidden_numbers)) = 0)) AND (NOT COALESCE((numbers && ( SELECT customers.hidden_numbers() AS hidden_numbers)), false)))));
create policy stewards on customers.quarantine for all to vinculo_app using ((( SELECT governance.holds('quarantine:read'::text) AS holds) AND ( SELECT governance.reaches_whole_bank() AS reaches_whole_bank))) with check ((( SELECT governance.holds('quarantine:correct'::text) AS holds) AND ( SELECT governance.reaches_whole_bank() AS reaches_whole_bank)));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column state granted to vinculo_app: update
-- column corrected_by granted to vinculo_app: update
-- column corrected_at granted to vinculo_app: update
-- column corrected_load_no granted to vinculo_app: update
-- column version granted to vinculo_app: update

create table customers.retired_customer (
  customer_id uuid not null,
  customer_no text not null,
  retired_at timestamp with time zone not null default now(),
  constraint retired_customer_pkey PRIMARY KEY (customer_id),
  constraint retired_customer_customer_no_key UNIQUE (customer_no)
);
alter table customers.retired_customer owner to vinculo_owner;
alter table customers.retired_customer enable row level security;
alter table customers.retired_customer force row level security;
create policy loading on customers.retired_customer for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_worker: delete, insert, select, update

create table customers.reveal (
  reveal_id uuid not null default uuidv7(),
  person_id uuid not null,
  customer_id uuid not null,
  scheme text not null,
  reason text not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint reveal_pkey PRIMARY KEY (reveal_id),
  constraint reveal_reason_check CHECK (((char_length(btrim(reason)) >= 10) AND (char_length(btrim(reason)) <= 500)))
);
alter table customers.reveal owner to vinculo_owner;
alter table customers.reveal enable row level security;
alter table customers.reveal force row level security;
CREATE INDEX reveal_of_person ON customers.reveal USING btree (person_id, at);
create policy revealing on customers.reveal for all to vinculo_owner using (true) with check (true);
-- granted to vinculo_backup: select

create table customers.seal (
  seal_id uuid not null default uuidv7(),
  party_id uuid not null,
  source_id smallint not null,
  source_key text not null,
  compartment_id smallint not null,
  customer_no text not null,
  reason text not null,
  sealed_by uuid not null,
  sealed_at timestamp with time zone not null default now(),
  lifted_by uuid,
  lifted_at timestamp with time zone,
  lift_reason text,
  constraint seal_pkey PRIMARY KEY (seal_id),
  constraint seal_lift_reason_check CHECK (((char_length(btrim(lift_reason)) >= 10) AND (char_length(btrim(lift_reason)) <= 500))),
  constraint seal_lifted CHECK ((((lifted_at IS NULL) = (lifted_by IS NULL)) AND ((lifted_at IS NULL) = (lift_reason IS NULL)))),
  constraint seal_reason_check CHECK (((char_length(btrim(reason)) >= 10) AND (char_length(btrim(reason)) <= 500)))
);
alter table customers.seal owner to vinculo_owner;
alter table customers.seal enable row level security;
alter table customers.seal force row level security;
CREATE UNIQUE INDEX seal_in_force ON customers.seal USING btree (party_id, compartment_id) WHERE (lifted_at IS NULL);
CREATE INDEX seal_newest ON customers.seal USING btree (compartment_id, seal_id DESC);
CREATE INDEX seal_record ON customers.seal USING btree (source_id, source_key) WHERE (lifted_at IS NULL);
CREATE TRIGGER seal_changed AFTER INSERT OR DELETE OR UPDATE ON customers.seal FOR EACH ROW EXECUTE FUNCTION customers.seal_changed();
create policy keeping on customers.seal for select to vinculo_app using (( SELECT governance.holds('seal:manage'::text) AS holds));
create policy not_kept_by_hand on customers.seal as restrictive for select to vinculo_app using ((compartment_id <> ALL (( SELECT governance.restricted_compartments() AS restricted_compartments)::smallint[])));
create policy sealing on customers.seal for all to vinculo_owner using (true) with check (true);
create policy working on customers.seal for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select
-- column lifted_by granted to vinculo_worker: update
-- column lifted_at granted to vinculo_worker: update
-- column lift_reason granted to vinculo_worker: update

create table customers.search_entry (
  customer_id uuid not null,
  terms tsvector not null,
  compartments smallint[],
  constraint search_entry_pkey PRIMARY KEY (customer_id)
);
alter table customers.search_entry owner to vinculo_owner;
alter table customers.search_entry enable row level security;
alter table customers.search_entry force row level security;
CREATE INDEX search_entry_terms ON customers.search_entry USING gin (terms) WITH (fastupdate='on', gin_pending_list_limit='4096');
CREATE TRIGGER entry_came AFTER INSERT ON customers.search_entry REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION customers.customer_came();
create policy finding on customers.search_entry for select to vinculo_search using (true);
create policy loading on customers.search_entry for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy sealing on customers.search_entry for all to vinculo_owner using (true) with check (true);
-- granted to vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, maintain, select, update

create table customers.source (
  source_id smallint not null generated always as identity,
  code text not null,
  name text not null,
  trust smallint not null default 50,
  created_at timestamp with time zone not null default now(),
  by_hand boolean not null default false,
  constraint source_pkey PRIMARY KEY (source_id),
  constraint source_code_key UNIQUE (code),
  constraint source_trust_check CHECK (((trust >= 0) AND (trust <= 100)))
);
alter table customers.source owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, select, update

create table customers.source_record (
  source_id smallint not null,
  kind text not null,
  source_key text not null,
  party_id uuid not null,
  row_id uuid not null,
  content_hash bigint not null,
  raw jsonb,
  load_no integer not null,
  line_no bigint not null,
  seen_load_no integer not null default 0,
  constraint source_record_pkey PRIMARY KEY (source_id, kind, source_key)
);
alter table customers.source_record owner to vinculo_owner;
alter table customers.source_record enable row level security;
alter table customers.source_record force row level security;
CREATE INDEX source_record_load ON customers.source_record USING brin (load_no);
CREATE INDEX source_record_party ON customers.source_record USING btree (party_id);
create policy loading on customers.source_record for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy sealing on customers.source_record for select to vinculo_owner using (true);
create policy through_party on customers.source_record for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = source_record.party_id)))));
create policy through_views on customers.source_record for select to vinculo_search using (true);
-- granted to vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, maintain, select, update
-- column source_id granted to vinculo_app: select
-- column kind granted to vinculo_app: select
-- column source_key granted to vinculo_app: select
-- column party_id granted to vinculo_app: select
-- column row_id granted to vinculo_app: select
-- column content_hash granted to vinculo_app: select
-- column load_no granted to vinculo_app: select
-- column line_no granted to vinculo_app: select
-- column seen_load_no granted to vinculo_app: select

create table customers.source_trust (
  source_id smallint not null,
  attribute text not null,
  trust smallint not null,
  constraint source_trust_pkey PRIMARY KEY (source_id, attribute),
  constraint source_trust_source_id_fkey FOREIGN KEY (source_id) REFERENCES customers.source(source_id) ON DELETE CASCADE,
  constraint source_trust_trust_check CHECK (((trust >= 0) AND (trust <= 100)))
);
alter table customers.source_trust owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, select, update

create table customers.suppression (
  kind text not null,
  address_hash bytea not null,
  since timestamp with time zone not null default now(),
  constraint suppression_pkey PRIMARY KEY (address_hash, kind),
  constraint suppression_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'email'::text])))
);
alter table customers.suppression owner to vinculo_owner;
alter table customers.suppression enable row level security;
alter table customers.suppression force row level security;
create policy keeping on customers.suppression for all to vinculo_owner using (true) with check (true);
create policy working on customers.suppression for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table customers.survivorship_rule (
  attribute text not null,
  strategy text[] not null,
  constraint survivorship_rule_pkey PRIMARY KEY (attribute),
  constraint survivorship_rule_strategy_check CHECK (((strategy <@ ARRAY['trusted'::text, 'recent'::text, 'complete'::text]) AND (cardinality(strategy) > 0)))
);
alter table customers.survivorship_rule owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, select, update

create table customers.transaction (
  party_id uuid not null,
  booked_on date not null,
  transaction_id uuid not null,
  holding_id uuid not null,
  amount_minor bigint not null,
  balance_after_minor bigint,
  line_no bigint not null,
  load_no integer not null,
  source_id smallint not null,
  currency character(3) not null,
  value_on date,
  source_key text not null,
  category text,
  channel text,
  counterparty_name text,
  counterparty_account text,
  description text,
  constraint transaction_pkey PRIMARY KEY (party_id, booked_on, transaction_id)
) partition by RANGE (booked_on);
alter table customers.transaction owner to vinculo_owner;
alter table customers.transaction enable row level security;
alter table customers.transaction force row level security;
create policy loading on customers.transaction for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy through_holding on customers.transaction for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.holding h
  WHERE (h.holding_id = transaction.holding_id)))));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table customers.transaction_key (
  source_id smallint not null,
  source_key text not null,
  party_id uuid not null,
  transaction_id uuid not null,
  booked_on date not null,
  content_hash bigint not null,
  load_no integer not null,
  seen_load_no integer not null default 0,
  constraint transaction_key_pkey PRIMARY KEY (source_id, source_key)
);
alter table customers.transaction_key owner to vinculo_owner;
alter table customers.transaction_key enable row level security;
alter table customers.transaction_key force row level security;
create policy loading on customers.transaction_key for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update

create table customers.value_dispute (
  party_id uuid not null,
  dispute_id uuid not null,
  attribute text not null,
  value text not null,
  reason text not null,
  state text not null default 'open'::text,
  disputed_by uuid not null,
  disputed_at timestamp with time zone not null default now(),
  answer text,
  answered_by uuid,
  answered_at timestamp with time zone,
  version integer not null default 1,
  constraint value_dispute_pkey PRIMARY KEY (party_id, dispute_id),
  constraint value_dispute_answer_check CHECK (((char_length(answer) >= 1) AND (char_length(answer) <= 500))),
  constraint value_dispute_answered CHECK ((((state = 'open'::text) = (answered_by IS NULL)) AND ((state = 'open'::text) = (answered_at IS NULL)))),
  constraint value_dispute_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500))),
  constraint value_dispute_state_check CHECK ((state = ANY (ARRAY['open'::text, 'settled'::text, 'rejected'::text])))
);
alter table customers.value_dispute owner to vinculo_owner;
alter table customers.value_dispute enable row level security;
alter table customers.value_dispute force row level security;
CREATE INDEX value_dispute_newest ON customers.value_dispute USING btree (state, dispute_id DESC);
create policy answering on customers.value_dispute for update to vinculo_app using ((( SELECT governance.holds('value:pin'::text) AS holds) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = value_dispute.party_id))))) with check (( SELECT governance.holds('value:pin'::text) AS holds));
create policy disputing on customers.value_dispute for insert to vinculo_app with check ((( SELECT governance.holds('value:dispute'::text) AS holds) AND (disputed_by = ( SELECT governance.acting_user() AS acting_user)) AND (state = 'open'::text) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = value_dispute.party_id)))));
create policy loading on customers.value_dispute for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy through_party on customers.value_dispute for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = value_dispute.party_id)))));
create policy through_views on customers.value_dispute for select to vinculo_search using (true);
-- granted to vinculo_app: insert, select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, select
-- column state granted to vinculo_app: update; vinculo_worker: update
-- column answer granted to vinculo_app: update; vinculo_worker: update
-- column answered_by granted to vinculo_app: update; vinculo_worker: update
-- column answered_at granted to vinculo_app: update; vinculo_worker: update
-- column version granted to vinculo_app: update; vinculo_worker: update

create table customers.value_pin (
  party_id uuid not null,
  pin_id uuid not null,
  attribute text not null,
  value text not null,
  reason text not null,
  pinned_by uuid not null,
  pinned_at timestamp with time zone not null default now(),
  unpinned_at timestamp with time zone,
  unpinned_by uuid,
  constraint value_pin_pkey PRIMARY KEY (party_id, pin_id),
  constraint value_pin_attribute_check CHECK ((attribute = ANY (ARRAY['full_name'::text, 'given_name'::text, 'family_name'::text, 'latin_name'::text, 'sex'::text, 'born_on'::text, 'nationality'::text, 'language'::text, 'occupation'::text, 'industry'::text, 'legal_form'::text, 'segment'::text, 'marital_status'::text, 'customer_since'::text, 'deceased_on'::text, 'phone'::text, 'email'::text, 'city'::text, 'country'::text]))),
  constraint value_pin_cast CHECK (((attribute <> ALL (ARRAY['born_on'::text, 'customer_since'::text, 'deceased_on'::text])) OR pg_input_is_valid(value, 'date'::text))),
  constraint value_pin_code CHECK (((attribute <> ALL (ARRAY['nationality'::text, 'country'::text])) OR (value ~ '^[A-Z]{2}$'::text))),
  constraint value_pin_ended CHECK (((unpinned_at IS NULL) = (unpinned_by IS NULL))),
  constraint value_pin_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500))),
  constraint value_pin_sex CHECK (((attribute <> 'sex'::text) OR (value = ANY (ARRAY['female'::text, 'male'::text, 'other'::text])))),
  constraint value_pin_value_check CHECK (((char_length(value) >= 1) AND (char_length(value) <= 300)))
);
alter table customers.value_pin owner to vinculo_owner;
alter table customers.value_pin enable row level security;
alter table customers.value_pin force row level security;
CREATE UNIQUE INDEX value_pin_in_force ON customers.value_pin USING btree (party_id, attribute) WHERE (unpinned_at IS NULL);
create policy loading on customers.value_pin for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy through_party on customers.value_pin for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = value_pin.party_id)))));
create policy through_views on customers.value_pin for select to vinculo_search using (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, select
-- column unpinned_at granted to vinculo_worker: update
-- column unpinned_by granted to vinculo_worker: update

create table governance.api_key (
  key_id uuid not null default uuidv7(),
  prefix text not null,
  token_hash bytea not null,
  owner_id uuid not null,
  purpose text not null,
  scopes text[] not null,
  ip_ranges cidr[] not null,
  rows_per_day bigint not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  approved_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_by uuid,
  last_used_at timestamp with time zone,
  last_ip inet,
  constraint api_key_pkey PRIMARY KEY (key_id),
  constraint api_key_prefix_key UNIQUE (prefix),
  constraint api_key_token_hash_key UNIQUE (token_hash),
  constraint api_key_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint api_key_ip_ranges_check CHECK (((cardinality(ip_ranges) >= 1) AND (cardinality(ip_ranges) <= 20))),
  constraint api_key_no_ruling CHECK ((NOT (scopes && '{user:manage,role:manage,organisation:manage,access:explain,key:manage,sign_in:manage,approval:manage,egress:approve,glass:break,glass:review,identifier:reveal,seal:manage}'::text[]))),
  constraint api_key_prefix_check CHECK ((prefix ~ '^vk_[A-Za-z0-9]{8}$'::text)),
  constraint api_key_purpose_check CHECK (((length(btrim(purpose)) >= 10) AND (length(btrim(purpose)) <= 400))),
  constraint api_key_rows_per_day_check CHECK (((rows_per_day >= 0) AND (rows_per_day <= 100000000))),
  constraint api_key_scopes_check CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 40))),
  constraint api_key_token_hash_check CHECK ((length(token_hash) = 32)),
  constraint api_key_year CHECK (((expires_at > created_at) AND (expires_at <= (created_at + '366 days'::interval))))
);
alter table governance.api_key owner to vinculo_owner;
alter table governance.api_key enable row level security;
alter table governance.api_key force row level security;
CREATE INDEX api_key_of_owner ON governance.api_key USING btree (owner_id);
CREATE TRIGGER api_key_told AFTER UPDATE OF revoked_at ON governance.api_key FOR EACH ROW EXECUTE FUNCTION governance.tell_of_key();
create policy asks on governance.api_key for insert to vinculo_app with check (((owner_id = ( SELECT governance.acting_user() AS acting_user)) AND ((( SELECT platform.context() AS context) ->> 's'::text) IS NOT NULL) AND (approved_at IS NULL) AND (revoked_at IS NULL)));
create policy definer_functions on governance.api_key for all to vinculo_owner using (true) with check (true);
create policy ends on governance.api_key for update to vinculo_app using ((( SELECT governance.holds('key:manage'::text) AS holds) AND (revoked_at IS NULL))) with check (((revoked_at IS NOT NULL) AND (revoked_by = ( SELECT governance.acting_user() AS acting_user))));
create policy keeps_keys on governance.api_key for select to vinculo_app using (( SELECT governance.holds('key:manage'::text) AS holds));
create policy own_keys on governance.api_key for select to vinculo_app using ((owner_id = ( SELECT governance.acting_user() AS acting_user)));
create policy revokes_own on governance.api_key for update to vinculo_app using (((owner_id = ( SELECT governance.acting_user() AS acting_user)) AND (revoked_at IS NULL))) with check (((owner_id = ( SELECT governance.acting_user() AS acting_user)) AND (revoked_at IS NOT NULL) AND (revoked_by = owner_id)));
create policy worker_keys on governance.api_key for select to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL));
create policy worker_revokes on governance.api_key for update to vinculo_worker using (((( SELECT platform.working() AS working) IS NOT NULL) AND (revoked_at IS NULL))) with check ((revoked_at IS NOT NULL));
-- granted to vinculo_backup: select
-- column key_id granted to vinculo_app: insert, select; vinculo_worker: select
-- column prefix granted to vinculo_app: insert, select; vinculo_worker: select
-- column token_hash granted to vinculo_app: insert
-- column owner_id granted to vinculo_app: insert, select; vinculo_worker: select
-- column purpose granted to vinculo_app: insert, select; vinculo_worker: select
-- column scopes granted to vinculo_app: insert, select; vinculo_worker: select
-- column ip_ranges granted to vinculo_app: insert, select; vinculo_worker: select
-- column rows_per_day granted to vinculo_app: insert, select; vinculo_worker: select
-- column created_at granted to vinculo_app: insert, select; vinculo_worker: select
-- column expires_at granted to vinculo_app: insert, select; vinculo_worker: select
-- column approved_at granted to vinculo_app: select; vinculo_worker: select
-- column revoked_at granted to vinculo_app: select, update; vinculo_worker: select, update
-- column revoked_by granted to vinculo_app: select, update; vinculo_worker: select, update
-- column last_used_at granted to vinculo_app: select; vinculo_worker: select
-- column last_ip granted to vinculo_app: select; vinculo_worker: select

create table governance.api_key_rows (
  key_id uuid not null,
  class text not null,
  day date not null,
  rows bigint not null default 0,
  constraint api_key_rows_pkey PRIMARY KEY (key_id, class, day),
  constraint api_key_rows_key_id_fkey FOREIGN KEY (key_id) REFERENCES governance.api_key(key_id) ON DELETE CASCADE,
  constraint api_key_rows_class_check CHECK ((class = ANY (ARRAY['customer'::text, 'transaction'::text])))
);
alter table governance.api_key_rows owner to vinculo_owner;
alter table governance.api_key_rows enable row level security;
alter table governance.api_key_rows force row level security;
create policy definer_functions on governance.api_key_rows for all to vinculo_owner using (true) with check (true);
create policy own_rows on governance.api_key_rows for select to vinculo_app using (true);
-- granted to vinculo_app: select; vinculo_backup: select

create table governance.app_user (
  user_id uuid not null default uuidv7(),
  login text not null,
  display_name text not null,
  names jsonb not null default '{}'::jsonb,
  email text,
  home_unit_id uuid not null,
  locale text not null default 'en'::text,
  calendar text not null default 'gregory'::text,
  digits text not null default 'local'::text,
  theme text not null default 'system'::text,
  active boolean not null default true,
  version integer not null default 1,
  email_confirmed_at timestamp with time zone,
  constraint app_user_pkey PRIMARY KEY (user_id),
  constraint app_user_login_key UNIQUE (login),
  constraint app_user_home_unit_id_fkey FOREIGN KEY (home_unit_id) REFERENCES governance.organisation_unit(unit_id),
  constraint app_user_calendar_check CHECK ((calendar = ANY (ARRAY['gregory'::text, 'persian'::text, 'islamic-umalqura'::text]))),
  constraint app_user_digits_check CHECK ((digits = ANY (ARRAY['local'::text, 'latin'::text]))),
  constraint app_user_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'ar'::text, 'fa'::text, 'zh'::text, 'es'::text]))),
  constraint app_user_login_check CHECK ((login = lower(login))),
  constraint app_user_theme_check CHECK ((theme = ANY (ARRAY['system'::text, 'light'::text, 'dark'::text])))
);
alter table governance.app_user owner to vinculo_owner;
alter table governance.app_user enable row level security;
alter table governance.app_user force row level security;
CREATE INDEX app_user_email ON governance.app_user USING btree (lower(email)) WHERE (email IS NOT NULL);
CREATE TRIGGER email_changed BEFORE UPDATE OF email ON governance.app_user FOR EACH ROW EXECUTE FUNCTION governance.forget_confirmation();
CREATE TRIGGER own_account BEFORE UPDATE ON governance.app_user FOR EACH ROW EXECUTE FUNCTION governance.keep_own_account();
CREATE TRIGGER standings_forgotten AFTER UPDATE OF active ON governance.app_user FOR EACH STATEMENT EXECUTE FUNCTION governance.forget_standings();
create policy administers on governance.app_user for insert to vinculo_app with check (( SELECT governance.holds('user:manage'::text) AS holds));
create policy administers_others on governance.app_user for update to vinculo_app using ((( SELECT governance.holds('user:manage'::text) AS holds) AND (user_id <> ( SELECT governance.acting_user() AS acting_user)))) with check (( SELECT governance.holds('user:manage'::text) AS holds));
create policy colleagues on governance.app_user for select to vinculo_app using (((( SELECT governance.acting_user() AS acting_user) IS NOT NULL) OR (( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)));
create policy definer_functions on governance.app_user for select to vinculo_owner using (true);
create policy own_preferences on governance.app_user for update to vinculo_app using ((user_id = ( SELECT governance.acting_user() AS acting_user))) with check ((user_id = ( SELECT governance.acting_user() AS acting_user)));
create policy through_views on governance.app_user for select to vinculo_search using (true);
create policy worker_users on governance.app_user for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column user_id granted to vinculo_app: insert; vinculo_search: select
-- column login granted to vinculo_app: insert, update
-- column display_name granted to vinculo_app: insert, update; vinculo_search: select
-- column names granted to vinculo_app: insert, update
-- column email granted to vinculo_app: insert, update
-- column home_unit_id granted to vinculo_app: insert, update
-- column locale granted to vinculo_app: insert, update
-- column calendar granted to vinculo_app: insert, update
-- column digits granted to vinculo_app: insert, update
-- column theme granted to vinculo_app: insert, update
-- column active granted to vinculo_app: insert, update
-- column version granted to vinculo_app: update
-- column email_confirmed_at granted to vinculo_app: insert, update

create table governance.approval_decision (
  request_id uuid not null,
  decider_id uuid not null,
  behalf_of uuid,
  approves boolean not null,
  note text not null,
  decided_at timestamp with time zone not null default clock_timestamp(),
  constraint approval_decision_pkey PRIMARY KEY (request_id, decider_id),
  constraint approval_decision_behalf_of_fkey FOREIGN KEY (behalf_of) REFERENCES governance.app_user(user_id),
  constraint approval_decision_decider_id_fkey FOREIGN KEY (decider_id) REFERENCES governance.app_user(user_id),
  constraint approval_decision_request_id_fkey FOREIGN KEY (request_id) REFERENCES governance.approval_request(request_id),
  constraint approval_decision_note_check CHECK (((char_length(btrim(note)) >= 3) AND (char_length(btrim(note)) <= 500)))
);
alter table governance.approval_decision owner to vinculo_owner;
alter table governance.approval_decision enable row level security;
alter table governance.approval_decision force row level security;
CREATE INDEX approval_decision_of ON governance.approval_decision USING btree (decider_id, request_id DESC);
create policy concerned on governance.approval_decision for select to vinculo_app using (((request_id = ANY (( SELECT governance.approvals_to_decide() AS approvals_to_decide)::uuid[])) OR (request_id IN ( SELECT r.request_id
   FROM governance.approvals_of_maker() r(request_id)))));
create policy deciding on governance.approval_decision for all to vinculo_owner using (true) with check (true);
create policy own on governance.approval_decision for select to vinculo_app using ((decider_id = ( SELECT governance.acting_user() AS acting_user)));
create policy working on governance.approval_decision for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select

create table governance.approval_level (
  action text not null,
  level smallint not null,
  duties text[] not null,
  amount_max_minor bigint,
  approvers smallint not null,
  constraint approval_level_pkey PRIMARY KEY (action, level),
  constraint approval_level_action_fkey FOREIGN KEY (action) REFERENCES governance.approval_policy(action) ON DELETE CASCADE,
  constraint approval_level_amount_max_minor_check CHECK ((amount_max_minor >= 0)),
  constraint approval_level_approvers_check CHECK (((approvers >= 0) AND (approvers <= 5))),
  constraint approval_level_duties_check CHECK (((cardinality(duties) >= 1) AND (cardinality(duties) <= 20))),
  constraint approval_level_level_check CHECK (((level >= 1) AND (level <= 5)))
);
alter table governance.approval_level owner to vinculo_owner;
alter table governance.approval_level enable row level security;
alter table governance.approval_level force row level security;
create policy deciding on governance.approval_level for all to vinculo_owner using (true) with check (true);
create policy everybody_reads on governance.approval_level for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy ruling on governance.approval_level for insert to vinculo_app with check (( SELECT governance.holds('approval:manage'::text) AS holds));
create policy taking on governance.approval_level for delete to vinculo_app using (( SELECT governance.holds('approval:manage'::text) AS holds));
create policy working on governance.approval_level for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: delete, insert, select; vinculo_backup: select; vinculo_worker: select

create table governance.approval_policy (
  action text not null,
  currency character(3),
  approvers_min smallint not null default 0,
  deputies boolean not null default true,
  escalate_after_hours integer,
  expire_after_hours integer not null default 336,
  version integer not null default 1,
  changed_at timestamp with time zone not null default now(),
  constraint approval_policy_pkey PRIMARY KEY (action),
  constraint approval_policy_action_check CHECK ((action ~ '^[a-z_]+\.[a-z_]+$'::text)),
  constraint approval_policy_approvers_min_check CHECK (((approvers_min >= 0) AND (approvers_min <= 5))),
  constraint approval_policy_escalate_after_hours_check CHECK (((escalate_after_hours >= 1) AND (escalate_after_hours <= 400))),
  constraint approval_policy_expire_after_hours_check CHECK (((expire_after_hours >= 1) AND (expire_after_hours <= 8760)))
);
alter table governance.approval_policy owner to vinculo_owner;
alter table governance.approval_policy enable row level security;
alter table governance.approval_policy force row level security;
create policy deciding on governance.approval_policy for all to vinculo_owner using (true) with check (true);
create policy everybody_reads on governance.approval_policy for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy ruling on governance.approval_policy for update to vinculo_app using (( SELECT governance.holds('approval:manage'::text) AS holds)) with check (( SELECT governance.holds('approval:manage'::text) AS holds));
create policy working on governance.approval_policy for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column currency granted to vinculo_app: update
-- column deputies granted to vinculo_app: update
-- column escalate_after_hours granted to vinculo_app: update
-- column expire_after_hours granted to vinculo_app: update
-- column version granted to vinculo_app: update
-- column changed_at granted to vinculo_app: update

create table governance.approval_request (
  request_id uuid not null default uuidv7(),
  action text not null,
  maker_id uuid not null,
  unit_id uuid,
  about text not null,
  reason text not null,
  payload text not null,
  payload_sha256 bytea not null,
  subject_kind text not null,
  subject_ids uuid[] not null,
  subject_versions text[] not null,
  difference text not null,
  amount_minor bigint,
  currency character(3),
  first_level smallint not null,
  level smallint not null,
  approvers smallint not null,
  state text not null default 'waiting'::text,
  asked_at timestamp with time zone not null default now(),
  escalate_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  approved_xid xid8,
  constraint approval_request_pkey PRIMARY KEY (request_id),
  constraint approval_request_action_fkey FOREIGN KEY (action) REFERENCES governance.approval_policy(action),
  constraint approval_request_maker_id_fkey FOREIGN KEY (maker_id) REFERENCES governance.app_user(user_id),
  constraint approval_request_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES governance.organisation_unit(unit_id),
  constraint approval_request_about_check CHECK (((char_length(about) >= 1) AND (char_length(about) <= 120))),
  constraint approval_request_amount CHECK (((amount_minor IS NULL) = (currency IS NULL))),
  constraint approval_request_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint approval_request_approvers_check CHECK (((approvers >= 1) AND (approvers <= 5))),
  constraint approval_request_closed CHECK (((state = 'waiting'::text) = (closed_at IS NULL))),
  constraint approval_request_difference_check CHECK (((difference IS JSON) AND (octet_length(difference) <= 100000))),
  constraint approval_request_payload_check CHECK (((payload IS JSON) AND (octet_length(payload) <= 100000))),
  constraint approval_request_reason_check CHECK (((char_length(btrim(reason)) >= 3) AND (char_length(btrim(reason)) <= 500))),
  constraint approval_request_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text, 'expired'::text, 'changed'::text]))),
  constraint approval_request_subject_ids_check CHECK ((cardinality(subject_ids) <= 200)),
  constraint approval_request_versions CHECK ((cardinality(subject_ids) = cardinality(subject_versions))),
  constraint approval_request_whole CHECK ((payload_sha256 = sha256(convert_to(payload, 'UTF8'::name))))
);
alter table governance.approval_request owner to vinculo_owner;
alter table governance.approval_request enable row level security;
alter table governance.approval_request force row level security;
CREATE INDEX approval_request_about ON governance.approval_request USING btree (action, about, request_id DESC);
CREATE INDEX approval_request_maker ON governance.approval_request USING btree (maker_id, request_id DESC);
CREATE UNIQUE INDEX approval_request_once ON governance.approval_request USING btree (maker_id, action, payload_sha256) WHERE (state = 'waiting'::text);
CREATE INDEX approval_request_subjects ON governance.approval_request USING gin (subject_ids);
CREATE INDEX approval_request_waiting ON governance.approval_request USING btree (request_id) WHERE (state = 'waiting'::text);
CREATE INDEX approval_request_xid ON governance.approval_request USING btree (approved_xid) WHERE (approved_xid IS NOT NULL);
CREATE TRIGGER keep_approval_request BEFORE UPDATE ON governance.approval_request FOR EACH ROW EXECUTE FUNCTION governance.keep_approval_request();
CREATE TRIGGER route_approval BEFORE INSERT ON governance.approval_request FOR EACH ROW EXECUTE FUNCTION governance.route_approval();
CREATE TRIGGER tell_approval_asked AFTER INSERT ON governance.approval_request FOR EACH ROW EXECUTE FUNCTION governance.tell_approval_asked();
create policy asking on governance.approval_request for insert to vinculo_app with check (((maker_id = ( SELECT governance.acting_user() AS acting_user)) AND (state = 'waiting'::text) AND (approved_xid IS NULL)));
create policy concerned on governance.approval_request for select to vinculo_app using (((maker_id = ( SELECT governance.acting_user() AS acting_user)) OR (request_id = ANY (( SELECT governance.approvals_to_decide() AS approvals_to_decide)::uuid[])) OR (EXISTS ( SELECT
   FROM governance.approval_decision d
  WHERE ((d.request_id = approval_request.request_id) AND (d.decider_id = ( SELECT governance.acting_user() AS acting_user)))))));
create policy deciding on governance.approval_request for all to vinculo_owner using (true) with check (true);
create policy sealed on governance.approval_request as restrictive for select to vinculo_app using (((subject_kind <> 'customer'::text) OR (cardinality(subject_ids) = 0) OR (NOT (subject_ids && ( SELECT ARRAY( SELECT customers.hidden_customers() AS hidden_customers) AS "array")))));
create policy working on governance.approval_request for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column request_id granted to vinculo_app: insert; vinculo_worker: insert
-- column action granted to vinculo_app: insert; vinculo_worker: insert
-- column maker_id granted to vinculo_app: insert; vinculo_worker: insert
-- column unit_id granted to vinculo_app: insert; vinculo_worker: insert
-- column about granted to vinculo_app: insert; vinculo_worker: insert
-- column reason granted to vinculo_app: insert; vinculo_worker: insert
-- column payload granted to vinculo_app: insert; vinculo_worker: insert
-- column payload_sha256 granted to vinculo_app: insert; vinculo_worker: insert
-- column subject_kind granted to vinculo_app: insert; vinculo_worker: insert
-- column subject_ids granted to vinculo_app: insert; vinculo_worker: insert
-- column subject_versions granted to vinculo_app: insert; vinculo_worker: insert
-- column difference granted to vinculo_app: insert; vinculo_worker: insert
-- column amount_minor granted to vinculo_app: insert; vinculo_worker: insert
-- column currency granted to vinculo_app: insert; vinculo_worker: insert

create table governance.audit_anchor (
  destination text not null,
  kind text not null,
  seal_no bigint not null default 0,
  done_at timestamp with time zone,
  problem text,
  tried_at timestamp with time zone not null,
  configured boolean not null default true,
  every_minutes integer,
  constraint audit_anchor_pkey PRIMARY KEY (destination),
  constraint audit_anchor_destination_check CHECK ((length(destination) <= 300)),
  constraint audit_anchor_kind_check CHECK ((kind = ANY (ARRAY['sealer'::text, 'file'::text, 'syslog'::text, 'timestamp'::text]))),
  constraint audit_anchor_problem_check CHECK ((length(problem) <= 300))
);
alter table governance.audit_anchor owner to vinculo_owner;
alter table governance.audit_anchor enable row level security;
alter table governance.audit_anchor force row level security;
create policy auditors_read on governance.audit_anchor for select to vinculo_app using (( SELECT governance.holds('audit:read'::text) AS holds));
create policy sealer_works on governance.audit_anchor for all to vinculo_sealer using (true) with check (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_sealer: insert, select, update

create table governance.audit_check (
  check_id uuid not null,
  ordered_by uuid not null,
  ordered_at timestamp with time zone not null default clock_timestamp(),
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  seals bigint not null default 0,
  rows_checked bigint not null default 0,
  fault_count integer,
  faults jsonb not null default '[]'::jsonb,
  problem text,
  constraint audit_check_pkey PRIMARY KEY (check_id),
  constraint audit_check_problem_check CHECK ((length(problem) <= 300))
);
alter table governance.audit_check owner to vinculo_owner;
alter table governance.audit_check enable row level security;
alter table governance.audit_check force row level security;
CREATE INDEX audit_check_time ON governance.audit_check USING btree (ordered_at);
create policy auditors_order on governance.audit_check for insert to vinculo_app with check ((( SELECT governance.holds('audit:read'::text) AS holds) AND (ordered_by = ( SELECT governance.acting_user() AS acting_user))));
create policy auditors_read on governance.audit_check for select to vinculo_app using (( SELECT governance.holds('audit:read'::text) AS holds));
create policy sealer_works on governance.audit_check for all to vinculo_sealer using (true) with check (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_sealer: select
-- column check_id granted to vinculo_app: insert
-- column ordered_by granted to vinculo_app: insert
-- column started_at granted to vinculo_sealer: update
-- column finished_at granted to vinculo_sealer: update
-- column seals granted to vinculo_sealer: update
-- column rows_checked granted to vinculo_sealer: update
-- column fault_count granted to vinculo_sealer: update
-- column faults granted to vinculo_sealer: update
-- column problem granted to vinculo_sealer: update

create table governance.audit_event (
  event_id bigint not null generated always as identity,
  at timestamp with time zone not null default clock_timestamp(),
  actor_id uuid not null,
  session_id uuid,
  request_id text not null,
  purpose text not null,
  action text not null,
  subject_kind text not null,
  subject_ids uuid[] not null default '{}'::uuid[],
  subject_count integer not null default 1,
  query_hash bytea,
  detail jsonb not null default '{}'::jsonb,
  xid xid8 not null default pg_current_xact_id(),
  decision text not null default 'allowed'::text,
  field_classes text[] not null default '{}'::text[],
  ip_address inet,
  user_agent text,
  constraint audit_event_pkey PRIMARY KEY (at, event_id),
  constraint audit_event_decision_check CHECK ((decision = ANY (ARRAY['allowed'::text, 'refused'::text]))),
  constraint audit_event_field_classes_check CHECK ((cardinality(field_classes) <= 20)),
  constraint audit_event_user_agent_check CHECK ((length(user_agent) <= 300)),
  constraint subject_ids_bounded CHECK ((cardinality(subject_ids) <= 200))
) partition by RANGE (at);
alter table governance.audit_event owner to vinculo_owner;
alter table governance.audit_event enable row level security;
alter table governance.audit_event force row level security;
CREATE INDEX audit_event_actor ON ONLY governance.audit_event USING btree (actor_id, at);
CREATE INDEX audit_event_subject ON ONLY governance.audit_event USING gin (subject_ids);
CREATE INDEX audit_event_under_grant ON ONLY governance.audit_event USING btree (((detail ->> 'breakGlass'::text))) WHERE (detail ? 'breakGlass'::text);
CREATE INDEX audit_event_xid ON ONLY governance.audit_event USING btree (xid);
CREATE TRIGGER audit_event_append_only BEFORE DELETE OR UPDATE ON governance.audit_event FOR EACH ROW EXECUTE FUNCTION governance.audit_is_append_only();
CREATE TRIGGER audit_event_grant BEFORE INSERT ON governance.audit_event FOR EACH ROW WHEN (((new.subject_kind = 'customer'::text) AND (new.decision = 'allowed'::text) AND (cardinality(new.subject_ids) > 0))) EXECUTE FUNCTION governance.mark_grant();
CREATE TRIGGER audit_event_key BEFORE INSERT ON governance.audit_event FOR EACH ROW WHEN (((new.session_id IS NULL) AND (new.purpose = 'serve'::text))) EXECUTE FUNCTION governance.name_key();
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON governance.audit_event FOR EACH STATEMENT EXECUTE FUNCTION governance.audit_is_append_only();
CREATE TRIGGER audit_event_spend BEFORE INSERT ON governance.audit_event FOR EACH ROW WHEN (((new.purpose = 'serve'::text) AND (new.decision = 'allowed'::text) AND (new.action !~~ 'glass.%'::text) AND ((new.subject_kind = ANY (ARRAY['customer'::text, 'party'::text, 'quarantine'::text, 'load'::text])) OR ((new.subject_kind = 'audit_event'::text) AND (new.detail ? 'rows'::text))))) EXECUTE FUNCTION governance.spend_rows();
create policy auditors_read on governance.audit_event for select to vinculo_app using (( SELECT governance.holds('audit:read'::text) AS holds));
create policy found_for_auditors on governance.audit_event for select to vinculo_audit using (true);
create policy functions_write on governance.audit_event for insert to vinculo_owner with check ((actor_id = ( SELECT platform.context_user() AS context_user)));
create policy reviewers_read on governance.audit_event for select to vinculo_app using (((detail ? 'breakGlass'::text) AND ( SELECT governance.holds('glass:review'::text) AS holds)));
create policy sealed on governance.audit_event as restrictive for select to vinculo_app using (((cardinality(subject_ids) = 0) OR (subject_kind <> ALL (ARRAY['customer'::text, 'party'::text])) OR (NOT (subject_ids <@ ( SELECT ARRAY( SELECT customers.hidden_customers() AS hidden_customers
        UNION ALL
         SELECT customers.hidden_parties() AS hidden_parties) AS "array")))));
create policy sealer_reads on governance.audit_event for select to vinculo_sealer using (true);
create policy signing_in on governance.audit_event for insert to vinculo_app with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
create policy write_own on governance.audit_event for insert to vinculo_app, vinculo_worker with check ((actor_id = ( SELECT platform.context_user() AS context_user)));
-- granted to vinculo_app: select; vinculo_audit: select; vinculo_backup: select; vinculo_sealer: select; vinculo_worker: select
-- column actor_id granted to vinculo_app: insert; vinculo_worker: insert
-- column session_id granted to vinculo_app: insert; vinculo_worker: insert
-- column request_id granted to vinculo_app: insert; vinculo_worker: insert
-- column purpose granted to vinculo_app: insert; vinculo_worker: insert
-- column action granted to vinculo_app: insert; vinculo_worker: insert
-- column subject_kind granted to vinculo_app: insert; vinculo_worker: insert
-- column subject_ids granted to vinculo_app: insert; vinculo_worker: insert
-- column subject_count granted to vinculo_app: insert; vinculo_worker: insert
-- column query_hash granted to vinculo_app: insert; vinculo_worker: insert
-- column detail granted to vinculo_app: insert; vinculo_worker: insert
-- column decision granted to vinculo_app: insert; vinculo_worker: insert
-- column field_classes granted to vinculo_app: insert; vinculo_worker: insert
-- column ip_address granted to vinculo_app: insert; vinculo_worker: insert
-- column user_agent granted to vinculo_app: insert; vinculo_worker: insert

create table governance.audit_event_default partition of governance.audit_event DEFAULT;
alter table governance.audit_event_default owner to vinculo_owner;
alter table governance.audit_event_default enable row level security;
alter table governance.audit_event_default force row level security;
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON governance.audit_event_default FOR EACH STATEMENT EXECUTE FUNCTION governance.audit_is_append_only();
create policy definer_functions on governance.audit_event_default for select to vinculo_owner using (true);
-- granted to vinculo_backup: select

create table governance.audit_seal (
  seal_no bigint not null,
  statement text not null,
  seal_hash bytea not null,
  signature bytea not null,
  entries bytea not null,
  sealed_at timestamp with time zone not null,
  row_count integer not null,
  last_event_id bigint not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  constraint audit_seal_pkey PRIMARY KEY (seal_no),
  constraint audit_seal_seal_hash_key UNIQUE (seal_hash),
  constraint audit_seal_check CHECK ((length(entries) = (40 * row_count))),
  constraint audit_seal_row_count_check CHECK ((row_count >= 1)),
  constraint audit_seal_seal_hash_check CHECK ((length(seal_hash) = 32)),
  constraint audit_seal_seal_no_check CHECK ((seal_no >= 1))
);
alter table governance.audit_seal owner to vinculo_owner;
alter table governance.audit_seal enable row level security;
alter table governance.audit_seal force row level security;
CREATE INDEX audit_seal_time ON governance.audit_seal USING btree (last_at, seal_no);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON governance.audit_seal FOR EACH ROW EXECUTE FUNCTION governance.audit_is_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON governance.audit_seal FOR EACH STATEMENT EXECUTE FUNCTION governance.audit_is_append_only();
create policy auditors_read on governance.audit_seal for select to vinculo_app using (( SELECT governance.holds('audit:read'::text) AS holds));
create policy sealer_works on governance.audit_seal for all to vinculo_sealer using (true) with check (true);
-- granted to vinculo_backup: select; vinculo_sealer: insert, select
-- column seal_no granted to vinculo_app: select
-- column statement granted to vinculo_app: select
-- column seal_hash granted to vinculo_app: select
-- column signature granted to vinculo_app: select
-- column sealed_at granted to vinculo_app: select
-- column row_count granted to vinculo_app: select
-- column first_at granted to vinculo_app: select
-- column last_at granted to vinculo_app: select

create table governance.audit_seal_key (
  key_id text not null,
  public_key bytea not null,
  since timestamp with time zone not null default clock_timestamp(),
  constraint audit_seal_key_pkey PRIMARY KEY (key_id),
  constraint audit_seal_key_key_id_check CHECK ((key_id ~ '^[0-9a-f]{32}$'::text))
);
alter table governance.audit_seal_key owner to vinculo_owner;
alter table governance.audit_seal_key enable row level security;
alter table governance.audit_seal_key force row level security;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON governance.audit_seal_key FOR EACH ROW EXECUTE FUNCTION governance.audit_is_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON governance.audit_seal_key FOR EACH STATEMENT EXECUTE FUNCTION governance.audit_is_append_only();
create policy auditors_read on governance.audit_seal_key for select to vinculo_app using (( SELECT governance.holds('audit:read'::text) AS holds));
create policy sealer_works on governance.audit_seal_key for all to vinculo_sealer using (true) with check (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_sealer: insert, select

create table governance.audit_timestamp (
  seal_no bigint not null,
  authority text not null,
  token bytea not null,
  stamped_at timestamp with time zone not null,
  verified boolean not null,
  constraint audit_timestamp_pkey PRIMARY KEY (seal_no, authority),
  constraint audit_timestamp_authority_check CHECK ((length(authority) <= 300)),
  constraint audit_timestamp_token_check CHECK ((length(token) <= 65536))
);
alter table governance.audit_timestamp owner to vinculo_owner;
alter table governance.audit_timestamp enable row level security;
alter table governance.audit_timestamp force row level security;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON governance.audit_timestamp FOR EACH ROW EXECUTE FUNCTION governance.audit_is_append_only();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON governance.audit_timestamp FOR EACH STATEMENT EXECUTE FUNCTION governance.audit_is_append_only();
create policy auditors_read on governance.audit_timestamp for select to vinculo_app using (( SELECT governance.holds('audit:read'::text) AS holds));
create policy sealer_works on governance.audit_timestamp for all to vinculo_sealer using (true) with check (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_sealer: insert, select

create table governance.challenge (
  challenge_id uuid not null default uuidv7(),
  user_id uuid,
  purpose text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  constraint challenge_pkey PRIMARY KEY (challenge_id),
  constraint challenge_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint challenge_purpose_check CHECK ((purpose = ANY (ARRAY['register'::text, 'sign_in'::text, 'step_up'::text, 'oidc'::text, 'oidc_try'::text, 'oidc_step_up'::text, 'oidc_logout'::text])))
);
alter table governance.challenge owner to vinculo_owner;
alter table governance.challenge enable row level security;
alter table governance.challenge force row level security;
CREATE INDEX challenge_age ON governance.challenge USING btree (expires_at);
create policy definer_functions on governance.challenge for all to vinculo_owner using (true) with check (true);
create policy signing_in on governance.challenge for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
-- granted to vinculo_app: delete, insert, select; vinculo_backup: select

create view governance.claimed_role with (security_invoker=true) as
 SELECT u.user_id,
    a.role_id,
    a.unit_id,
    r.permissions,
    r.duties,
    r.system,
    a.valid_from,
    COALESCE(a.valid_until, 'infinity'::date) AS valid_until,
    NULL::uuid AS delegation_id,
    NULL::uuid AS from_user_id
   FROM ((governance.role_assignment a
     JOIN governance.app_user u ON (((u.user_id = a.user_id) AND u.active)))
     JOIN governance.role r ON (((r.role_id = a.role_id) AND (r.retired_at IS NULL))))
UNION ALL
 SELECT u.user_id,
    a.role_id,
    a.unit_id,
    r.permissions,
    r.duties,
    r.system,
    GREATEST(a.valid_from, d.valid_from) AS valid_from,
    LEAST(a.valid_until, d.valid_until) AS valid_until,
    d.delegation_id,
    d.from_user_id
   FROM ((((governance.delegation d
     JOIN governance.app_user u ON (((u.user_id = d.to_user_id) AND u.active)))
     JOIN governance.app_user g ON (((g.user_id = d.from_user_id) AND g.active)))
     JOIN governance.role_assignment a ON (((a.user_id = d.from_user_id) AND (a.role_id = ANY (d.role_ids)))))
     JOIN governance.role r ON (((r.role_id = a.role_id) AND (r.retired_at IS NULL) AND (NOT r.system) AND (NOT (r.permissions && governance.ruling_permissions())))))
  WHERE (d.revoked_at IS NULL);
alter table governance.claimed_role owner to vinculo_owner;

create table governance.clearance (
  clearance_id uuid not null default uuidv7(),
  compartment_id smallint not null,
  person_id uuid not null,
  reason text not null,
  given_by uuid not null,
  given_at timestamp with time zone not null default now(),
  ended_by uuid,
  ended_at timestamp with time zone,
  constraint clearance_pkey PRIMARY KEY (clearance_id),
  constraint clearance_compartment_id_fkey FOREIGN KEY (compartment_id) REFERENCES governance.compartment(compartment_id),
  constraint clearance_person_id_fkey FOREIGN KEY (person_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint clearance_by_another CHECK ((given_by <> person_id)),
  constraint clearance_ended CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint clearance_reason_check CHECK (((char_length(btrim(reason)) >= 10) AND (char_length(btrim(reason)) <= 500)))
);
alter table governance.clearance owner to vinculo_owner;
alter table governance.clearance enable row level security;
alter table governance.clearance force row level security;
CREATE UNIQUE INDEX clearance_in_force ON governance.clearance USING btree (person_id, compartment_id) WHERE (ended_at IS NULL);
CREATE INDEX clearance_of_compartment ON governance.clearance USING btree (compartment_id, given_at);
CREATE TRIGGER keep_walls_apart BEFORE INSERT ON governance.clearance FOR EACH ROW EXECUTE FUNCTION governance.keep_walls_apart();
create policy definer_functions on governance.clearance for all to vinculo_owner using (true) with check (true);
create policy ending on governance.clearance for update to vinculo_app using (( SELECT governance.holds('seal:manage'::text) AS holds)) with check ((ended_by = ( SELECT governance.acting_user() AS acting_user)));
create policy inside on governance.clearance for select to vinculo_app using ((( SELECT governance.holds('seal:manage'::text) AS holds) OR (person_id = ( SELECT governance.acting_user() AS acting_user))));
create policy keeping on governance.clearance for insert to vinculo_app with check ((( SELECT governance.holds('seal:manage'::text) AS holds) AND (given_by = ( SELECT governance.acting_user() AS acting_user)) AND (ended_at IS NULL)));
create policy working on governance.clearance for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column clearance_id granted to vinculo_app: insert; vinculo_worker: insert
-- column compartment_id granted to vinculo_app: insert; vinculo_worker: insert
-- column person_id granted to vinculo_app: insert; vinculo_worker: insert
-- column reason granted to vinculo_app: insert; vinculo_worker: insert
-- column given_by granted to vinculo_app: insert; vinculo_worker: insert
-- column ended_by granted to vinculo_app: update; vinculo_worker: update
-- column ended_at granted to vinculo_app: update; vinculo_worker: update

create table governance.compartment (
  compartment_id smallint not null generated always as identity,
  kind text not null,
  code text not null,
  name text not null,
  conflict_set text,
  opened_by uuid not null,
  opened_at timestamp with time zone not null default now(),
  seals integer not null default 0,
  constraint compartment_pkey PRIMARY KEY (compartment_id),
  constraint compartment_code_key UNIQUE (code),
  constraint compartment_code_check CHECK ((code ~ '^[A-Z0-9][A-Z0-9-]{1,29}$'::text)),
  constraint compartment_conflict CHECK (((conflict_set IS NULL) OR (kind = 'wall'::text))),
  constraint compartment_conflict_set_check CHECK (((char_length(conflict_set) >= 1) AND (char_length(conflict_set) <= 60))),
  constraint compartment_kind_check CHECK ((kind = ANY (ARRAY['vip'::text, 'staff'::text, 'wall'::text, 'restricted'::text]))),
  constraint compartment_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)))
);
alter table governance.compartment owner to vinculo_owner;
alter table governance.compartment enable row level security;
alter table governance.compartment force row level security;
CREATE UNIQUE INDEX compartment_once ON governance.compartment USING btree (kind) WHERE (kind <> 'wall'::text);
create policy definer_functions on governance.compartment for all to vinculo_owner using (true) with check (true);
create policy inside on governance.compartment for select to vinculo_app using ((( SELECT governance.holds('seal:manage'::text) AS holds) OR (compartment_id = ANY (( SELECT governance.cleared() AS cleared)::smallint[]))));
create policy keeping on governance.compartment for insert to vinculo_app with check ((( SELECT governance.holds('seal:manage'::text) AS holds) AND (opened_by = ( SELECT governance.acting_user() AS acting_user)) AND (kind = 'wall'::text) AND (seals = 0)));
create policy not_kept_by_hand on governance.compartment as restrictive for select to vinculo_app using ((kind <> 'restricted'::text));
create policy working on governance.compartment for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column kind granted to vinculo_app: insert; vinculo_worker: insert
-- column code granted to vinculo_app: insert; vinculo_worker: insert
-- column name granted to vinculo_app: insert; vinculo_worker: insert
-- column conflict_set granted to vinculo_app: insert; vinculo_worker: insert
-- column opened_by granted to vinculo_app: insert; vinculo_worker: insert

create table governance.credential (
  user_id uuid not null,
  password_hash text not null,
  changed_at timestamp with time zone not null default now(),
  failed_count integer not null default 0,
  locked_until timestamp with time zone,
  constraint credential_pkey PRIMARY KEY (user_id),
  constraint credential_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE
);
alter table governance.credential owner to vinculo_owner;
alter table governance.credential enable row level security;
alter table governance.credential force row level security;
create policy definer_functions on governance.credential for select to vinculo_owner using (true);
create policy signing_in on governance.credential for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
create policy worker_credentials on governance.credential for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: delete, insert, select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column password_hash granted to vinculo_app: update
-- column changed_at granted to vinculo_app: update
-- column failed_count granted to vinculo_app: update
-- column locked_until granted to vinculo_app: update

create view governance.customer_scope with (security_invoker=true) as
 SELECT h.user_id,
        CASE u.kind
            WHEN 'bank'::text THEN 'bank'::text
            ELSE 'unit'::text
        END AS reason,
    reach.below_id AS unit_id,
    NULL::uuid AS portfolio_id,
    h.role_id,
    h.unit_id AS held_at,
    h.delegation_id,
    h.from_user_id
   FROM ((governance.held_role h
     JOIN governance.organisation_unit u ON ((u.unit_id = h.unit_id)))
     JOIN governance.unit_reach reach ON ((reach.unit_id = h.unit_id)))
  WHERE ('customer:read'::text = ANY (h.permissions))
UNION ALL
 SELECT h.user_id,
    'portfolio'::text AS reason,
    p.unit_id,
    p.portfolio_id,
    h.role_id,
    h.unit_id AS held_at,
    h.delegation_id,
    h.from_user_id
   FROM (governance.held_role h
     JOIN governance.portfolio p ON ((p.owner_user_id = COALESCE(h.from_user_id, h.user_id))))
  WHERE ('customer:read'::text = ANY (h.permissions));
alter table governance.customer_scope owner to vinculo_owner;

create table governance.delegation (
  delegation_id uuid not null default uuidv7(),
  from_user_id uuid not null,
  to_user_id uuid not null,
  role_ids text[] not null,
  valid_from date not null,
  valid_until date not null,
  reason text not null,
  created_by uuid not null,
  created_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  revoked_by uuid,
  version integer not null default 1,
  constraint delegation_pkey PRIMARY KEY (delegation_id),
  constraint delegation_from_user_id_fkey FOREIGN KEY (from_user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint delegation_to_user_id_fkey FOREIGN KEY (to_user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint delegation_check CHECK ((from_user_id <> to_user_id)),
  constraint delegation_check1 CHECK (((valid_until >= valid_from) AND (valid_until <= (valid_from + 366)))),
  constraint delegation_reason_check CHECK (((length(reason) >= 3) AND (length(reason) <= 400))),
  constraint delegation_role_ids_check CHECK (((cardinality(role_ids) >= 1) AND (cardinality(role_ids) <= 20)))
);
alter table governance.delegation owner to vinculo_owner;
alter table governance.delegation enable row level security;
alter table governance.delegation force row level security;
CREATE INDEX delegation_from ON governance.delegation USING btree (from_user_id) WHERE (revoked_at IS NULL);
CREATE INDEX delegation_to ON governance.delegation USING btree (to_user_id) WHERE (revoked_at IS NULL);
CREATE TRIGGER duties_apart BEFORE INSERT ON governance.delegation FOR EACH ROW EXECUTE FUNCTION governance.keep_delegated_duties_apart();
CREATE TRIGGER standings_forgotten AFTER INSERT OR DELETE OR UPDATE ON governance.delegation FOR EACH STATEMENT EXECUTE FUNCTION governance.forget_standings();
create policy colleagues on governance.delegation for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy definer_functions on governance.delegation for select to vinculo_owner using (true);
create policy entrusts on governance.delegation for insert to vinculo_app with check (((created_by = ( SELECT governance.acting_user() AS acting_user)) AND (to_user_id <> ( SELECT governance.acting_user() AS acting_user)) AND ((from_user_id = ( SELECT governance.acting_user() AS acting_user)) OR ( SELECT governance.holds('user:manage'::text) AS holds))));
create policy takes_back on governance.delegation for update to vinculo_app using (((from_user_id = ( SELECT governance.acting_user() AS acting_user)) OR ( SELECT governance.holds('user:manage'::text) AS holds))) with check ((revoked_by = ( SELECT governance.acting_user() AS acting_user)));
create policy worker_delegations on governance.delegation for select to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column from_user_id granted to vinculo_app: insert
-- column to_user_id granted to vinculo_app: insert
-- column role_ids granted to vinculo_app: insert
-- column valid_from granted to vinculo_app: insert
-- column valid_until granted to vinculo_app: insert
-- column reason granted to vinculo_app: insert
-- column created_by granted to vinculo_app: insert
-- column revoked_at granted to vinculo_app: update
-- column revoked_by granted to vinculo_app: update
-- column version granted to vinculo_app: update

create table governance.egress_budget (
  person_id uuid not null,
  class text not null,
  day date not null,
  rows bigint not null default 0,
  extra bigint not null default 0,
  alarmed_at timestamp with time zone,
  constraint egress_budget_pkey PRIMARY KEY (person_id, class, day),
  constraint egress_budget_person_id_fkey FOREIGN KEY (person_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint egress_budget_class_check CHECK ((class = ANY (ARRAY['customer'::text, 'transaction'::text])))
);
alter table governance.egress_budget owner to vinculo_owner;
alter table governance.egress_budget enable row level security;
alter table governance.egress_budget force row level security;
create policy approving on governance.egress_budget for select to vinculo_app using (( SELECT governance.holds('egress:approve'::text) AS holds));
create policy counting on governance.egress_budget for all to vinculo_owner using (true) with check (true);
create policy own on governance.egress_budget for select to vinculo_app using ((person_id = ( SELECT governance.acting_user() AS acting_user)));
-- granted to vinculo_app: select; vinculo_backup: select

create table governance.emergency_account (
  user_id uuid not null,
  named_by uuid not null,
  named_at timestamp with time zone not null default now(),
  constraint emergency_account_pkey PRIMARY KEY (user_id),
  constraint emergency_account_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE
);
alter table governance.emergency_account owner to vinculo_owner;
alter table governance.emergency_account enable row level security;
alter table governance.emergency_account force row level security;
create policy definer_functions on governance.emergency_account for all to vinculo_owner using (true) with check (true);
create policy sets_up on governance.emergency_account for all to vinculo_app using (( SELECT governance.holds('sign_in:manage'::text) AS holds)) with check (( SELECT governance.holds('sign_in:manage'::text) AS holds));
create policy signing_in on governance.emergency_account for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
-- granted to vinculo_app: delete, insert, select; vinculo_backup: select

create table governance.external_identity (
  issuer text not null,
  subject text not null,
  user_id uuid not null,
  linked_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint external_identity_pkey PRIMARY KEY (issuer, subject),
  constraint external_identity_user_id_issuer_key UNIQUE (user_id, issuer),
  constraint external_identity_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint external_identity_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))
);
alter table governance.external_identity owner to vinculo_owner;
alter table governance.external_identity enable row level security;
alter table governance.external_identity force row level security;
create policy administers on governance.external_identity for select to vinculo_app using (( SELECT governance.holds('user:manage'::text) AS holds));
create policy definer_functions on governance.external_identity for all to vinculo_owner using (true) with check (true);
create policy own_identity on governance.external_identity for select to vinculo_app using ((user_id = ( SELECT governance.acting_user() AS acting_user)));
create policy signing_in on governance.external_identity for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
create policy unlinks on governance.external_identity for delete to vinculo_app using ((( SELECT governance.holds('user:manage'::text) AS holds) AND (user_id <> ( SELECT governance.acting_user() AS acting_user))));
-- granted to vinculo_app: delete, insert, select; vinculo_backup: select
-- column last_used_at granted to vinculo_app: update

create view governance.held_role with (security_invoker=true) as
 SELECT user_id,
    role_id,
    unit_id,
    permissions,
    delegation_id,
    from_user_id
   FROM governance.claimed_role c
  WHERE (((((now() AT TIME ZONE 'UTC'::text))::date >= valid_from) AND (((now() AT TIME ZONE 'UTC'::text))::date <= valid_until)) AND (system OR (NOT (EXISTS ( SELECT
           FROM (governance.sod_conflict s
             JOIN governance.claimed_role o ON (((o.user_id = c.user_id) AND (NOT o.system) AND ((((now() AT TIME ZONE 'UTC'::text))::date >= o.valid_from) AND (((now() AT TIME ZONE 'UTC'::text))::date <= o.valid_until)))))
          WHERE (((s.duty_a = ANY (c.duties)) AND (s.duty_b = ANY (o.duties))) OR ((s.duty_b = ANY (c.duties)) AND (s.duty_a = ANY (o.duties)))))))));
alter table governance.held_role owner to vinculo_owner;

create table governance.identity_provider (
  provider_id smallint not null default 1,
  name text not null,
  issuer text not null,
  client_id text not null,
  links_by_email boolean not null default false,
  group_claim text,
  enabled boolean not null default false,
  local_sign_in text not null default 'everybody'::text,
  tried_at timestamp with time zone,
  changed_at timestamp with time zone not null,
  changed_by uuid not null,
  version integer not null default 1,
  constraint identity_provider_pkey PRIMARY KEY (provider_id),
  constraint identity_provider_client_id_check CHECK (((length(client_id) >= 1) AND (length(client_id) <= 200))),
  constraint identity_provider_group_claim_check CHECK (((length(group_claim) >= 1) AND (length(group_claim) <= 100))),
  constraint identity_provider_issuer_check CHECK ((length(issuer) <= 400)),
  constraint identity_provider_local_sign_in_check CHECK ((local_sign_in = ANY (ARRAY['everybody'::text, 'emergency'::text]))),
  constraint identity_provider_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 60))),
  constraint identity_provider_provider_id_check CHECK ((provider_id = 1)),
  constraint provider_local CHECK ((enabled OR (local_sign_in = 'everybody'::text)))
);
alter table governance.identity_provider owner to vinculo_owner;
alter table governance.identity_provider enable row level security;
alter table governance.identity_provider force row level security;
create policy definer_functions on governance.identity_provider for all to vinculo_owner using (true) with check (true);
create policy sets_up on governance.identity_provider for all to vinculo_app using (( SELECT governance.holds('sign_in:manage'::text) AS holds)) with check (( SELECT governance.holds('sign_in:manage'::text) AS holds));
create policy signing_in on governance.identity_provider for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
-- granted to vinculo_app: insert, select, update; vinculo_backup: select

create table governance.identity_provider_secret (
  provider_id smallint not null,
  sealed_secret bytea not null,
  changed_at timestamp with time zone not null default now(),
  constraint identity_provider_secret_pkey PRIMARY KEY (provider_id),
  constraint identity_provider_secret_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES governance.identity_provider(provider_id) ON DELETE CASCADE
);
alter table governance.identity_provider_secret owner to vinculo_owner;
alter table governance.identity_provider_secret enable row level security;
alter table governance.identity_provider_secret force row level security;
create policy definer_functions on governance.identity_provider_secret for all to vinculo_owner using (true) with check (true);
create policy resealed on governance.identity_provider_secret for update to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy resealing on governance.identity_provider_secret for select to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL));
create policy signing_in on governance.identity_provider_secret for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
-- granted to vinculo_app: select
-- column provider_id granted to vinculo_worker: select
-- column sealed_secret granted to vinculo_worker: select, update

create table governance.invitation (
  token_hash bytea not null,
  user_id uuid not null,
  kind text not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint invitation_pkey PRIMARY KEY (token_hash),
  constraint invitation_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint invitation_kind_check CHECK ((kind = ANY (ARRAY['invite'::text, 'reset'::text])))
);
alter table governance.invitation owner to vinculo_owner;
alter table governance.invitation enable row level security;
alter table governance.invitation force row level security;
CREATE INDEX invitation_of_user ON governance.invitation USING btree (user_id);
create policy definer_functions on governance.invitation for all to vinculo_owner using (true) with check (true);
create policy invites on governance.invitation for insert to vinculo_app with check ((( SELECT governance.holds('user:manage'::text) AS holds) AND (created_by = ( SELECT governance.acting_user() AS acting_user)) AND (user_id <> ( SELECT governance.acting_user() AS acting_user))));
create policy sees_invited on governance.invitation for select to vinculo_app using (( SELECT governance.holds('user:manage'::text) AS holds));
create policy signing_in on governance.invitation for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
create policy voids on governance.invitation for update to vinculo_app using (( SELECT governance.holds('user:manage'::text) AS holds)) with check ((( SELECT governance.holds('user:manage'::text) AS holds) AND (used_at IS NOT NULL)));
-- granted to vinculo_app: delete, insert, select; vinculo_backup: select
-- column used_at granted to vinculo_app: update

create table governance.key_rotation (
  rotation_id uuid not null default uuidv7(),
  column_name text not null,
  key_no integer,
  ordered_by uuid not null,
  ordered_at timestamp with time zone not null,
  after_id text,
  resealed bigint not null default 0,
  finished_at timestamp with time zone,
  problem text,
  part text not null default 'values'::text,
  step integer not null default 0,
  constraint key_rotation_pkey PRIMARY KEY (rotation_id),
  constraint key_rotation_part_check CHECK ((part = ANY (ARRAY['values'::text, 'index'::text])))
);
alter table governance.key_rotation owner to vinculo_owner;
alter table governance.key_rotation enable row level security;
alter table governance.key_rotation force row level security;
CREATE UNIQUE INDEX key_rotation_open ON governance.key_rotation USING btree (column_name) WHERE (finished_at IS NULL);
create policy keeping on governance.key_rotation for all to vinculo_owner using (true) with check (true);
create policy managing on governance.key_rotation for select to vinculo_app using (( SELECT governance.holds('key:manage'::text) AS holds));
create policy ordering on governance.key_rotation for insert to vinculo_app with check ((( SELECT governance.holds('key:manage'::text) AS holds) AND (ordered_by = ( SELECT governance.acting_user() AS acting_user)) AND (key_no IS NULL) AND (finished_at IS NULL)));
create policy rotating on governance.key_rotation for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column column_name granted to vinculo_app: insert; vinculo_worker: insert
-- column key_no granted to vinculo_worker: update
-- column ordered_by granted to vinculo_app: insert; vinculo_worker: insert
-- column ordered_at granted to vinculo_app: insert; vinculo_worker: insert
-- column after_id granted to vinculo_worker: update
-- column resealed granted to vinculo_worker: update
-- column finished_at granted to vinculo_worker: update
-- column problem granted to vinculo_worker: update
-- column part granted to vinculo_app: insert; vinculo_worker: insert
-- column step granted to vinculo_worker: update

create table governance.notification (
  notification_id uuid not null default uuidv7(),
  person_id uuid not null,
  kind text not null,
  detail jsonb not null default '{}'::jsonb,
  at timestamp with time zone not null default now(),
  read_at timestamp with time zone,
  constraint notification_pkey PRIMARY KEY (notification_id),
  constraint notification_person_id_fkey FOREIGN KEY (person_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint notification_kind_check CHECK ((kind ~ '^[a-z][a-z_]{2,59}$'::text))
);
alter table governance.notification owner to vinculo_owner;
alter table governance.notification enable row level security;
alter table governance.notification force row level security;
CREATE INDEX notification_newest ON governance.notification USING btree (person_id, notification_id DESC);
create policy own on governance.notification for select to vinculo_app using ((person_id = ( SELECT governance.acting_user() AS acting_user)));
create policy own_reading on governance.notification for update to vinculo_app using ((person_id = ( SELECT governance.acting_user() AS acting_user)));
create policy telling on governance.notification for all to vinculo_owner using (true) with check (true);
create policy working on governance.notification for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, select
-- column read_at granted to vinculo_app: update; vinculo_worker: update

create table governance.organisation_unit (
  unit_id uuid not null default uuidv7(),
  parent_id uuid,
  kind text not null,
  code text not null,
  name text not null,
  names jsonb not null default '{}'::jsonb,
  place_code text,
  active boolean not null default true,
  version integer not null default 1,
  load_no integer,
  constraint organisation_unit_pkey PRIMARY KEY (unit_id),
  constraint organisation_unit_code_key UNIQUE (code),
  constraint organisation_unit_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES governance.organisation_unit(unit_id),
  constraint organisation_unit_check CHECK (((kind = 'bank'::text) = (parent_id IS NULL))),
  constraint organisation_unit_kind_check CHECK ((kind = ANY (ARRAY['bank'::text, 'region'::text, 'branch'::text, 'team'::text])))
);
alter table governance.organisation_unit owner to vinculo_owner;
alter table governance.organisation_unit enable row level security;
CREATE UNIQUE INDEX organisation_one_bank ON governance.organisation_unit USING btree ((true)) WHERE (kind = 'bank'::text);
CREATE INDEX organisation_unit_parent ON governance.organisation_unit USING btree (parent_id);
CREATE TRIGGER organisation_unit_moved AFTER INSERT OR DELETE OR UPDATE OF parent_id ON governance.organisation_unit FOR EACH STATEMENT EXECUTE FUNCTION governance.rebuild_unit_reach();
CREATE TRIGGER standings_forgotten AFTER UPDATE OF kind ON governance.organisation_unit FOR EACH STATEMENT EXECUTE FUNCTION governance.forget_standings();
CREATE TRIGGER tree BEFORE UPDATE OF parent_id ON governance.organisation_unit FOR EACH ROW EXECUTE FUNCTION governance.keep_tree();
create policy changes_units on governance.organisation_unit for update to vinculo_app using (( SELECT governance.holds('organisation:manage'::text) AS holds)) with check (( SELECT governance.holds('organisation:manage'::text) AS holds));
create policy everybody_reads on governance.organisation_unit for select to public using (true);
create policy makes_units on governance.organisation_unit for insert to vinculo_app with check (( SELECT governance.holds('organisation:manage'::text) AS holds));
create policy worker_writes on governance.organisation_unit for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, select, update
-- column unit_id granted to vinculo_app: insert
-- column parent_id granted to vinculo_app: insert, update
-- column kind granted to vinculo_app: insert
-- column code granted to vinculo_app: insert
-- column name granted to vinculo_app: insert, update
-- column names granted to vinculo_app: insert, update
-- column active granted to vinculo_app: update
-- column version granted to vinculo_app: update

create table governance.passkey (
  credential_id text not null,
  user_id uuid not null,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}'::text[],
  name text not null,
  created_at timestamp with time zone not null default now(),
  last_used_at timestamp with time zone,
  constraint passkey_pkey PRIMARY KEY (credential_id),
  constraint passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint passkey_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
alter table governance.passkey owner to vinculo_owner;
alter table governance.passkey enable row level security;
alter table governance.passkey force row level security;
CREATE INDEX passkey_of_user ON governance.passkey USING btree (user_id);
create policy definer_functions on governance.passkey for all to vinculo_owner using (true) with check (true);
create policy own_passkeys on governance.passkey for select to vinculo_app using ((user_id = ( SELECT governance.acting_user() AS acting_user)));
create policy removes_own on governance.passkey for delete to vinculo_app using ((user_id = ( SELECT governance.acting_user() AS acting_user)));
create policy signing_in on governance.passkey for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
-- granted to vinculo_app: delete, insert, select; vinculo_backup: select
-- column counter granted to vinculo_app: update
-- column last_used_at granted to vinculo_app: update

create table governance.people_group (
  group_id uuid not null default uuidv7(),
  name text not null,
  external_id text,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  constraint people_group_pkey PRIMARY KEY (group_id),
  constraint people_group_external_id_key UNIQUE (external_id),
  constraint people_group_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 255))),
  constraint people_group_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 200)))
);
alter table governance.people_group owner to vinculo_owner;
alter table governance.people_group enable row level security;
alter table governance.people_group force row level security;
CREATE UNIQUE INDEX people_group_name ON governance.people_group USING btree (lower(name));
create policy administers on governance.people_group for all to vinculo_app using (( SELECT governance.holds('user:manage'::text) AS holds)) with check (( SELECT governance.holds('user:manage'::text) AS holds));
create policy definer_functions on governance.people_group for all to vinculo_owner using (true) with check (true);
-- granted to vinculo_app: delete, insert, select, update; vinculo_backup: select

create table governance.people_group_member (
  group_id uuid not null,
  user_id uuid not null,
  constraint people_group_member_pkey PRIMARY KEY (group_id, user_id),
  constraint people_group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES governance.people_group(group_id) ON DELETE CASCADE,
  constraint people_group_member_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE
);
alter table governance.people_group_member owner to vinculo_owner;
alter table governance.people_group_member enable row level security;
alter table governance.people_group_member force row level security;
CREATE INDEX people_group_of ON governance.people_group_member USING btree (user_id);
create policy administers on governance.people_group_member for all to vinculo_app using (( SELECT governance.holds('user:manage'::text) AS holds)) with check (( SELECT governance.holds('user:manage'::text) AS holds));
create policy definer_functions on governance.people_group_member for all to vinculo_owner using (true) with check (true);
-- granted to vinculo_app: delete, insert, select, update; vinculo_backup: select

create table governance.people_group_role (
  group_name text not null,
  role_id text not null,
  unit_id uuid not null,
  set_by uuid not null,
  set_at timestamp with time zone not null default now(),
  constraint people_group_role_pkey PRIMARY KEY (group_name, role_id, unit_id),
  constraint people_group_role_role_id_fkey FOREIGN KEY (role_id) REFERENCES governance.role(role_id),
  constraint people_group_role_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES governance.organisation_unit(unit_id),
  constraint people_group_role_group_name_check CHECK (((group_name = lower(btrim(group_name))) AND ((length(group_name) >= 1) AND (length(group_name) <= 200))))
);
alter table governance.people_group_role owner to vinculo_owner;
alter table governance.people_group_role enable row level security;
alter table governance.people_group_role force row level security;
CREATE TRIGGER no_ruling BEFORE INSERT ON governance.people_group_role FOR EACH ROW EXECUTE FUNCTION governance.keep_group_roles();
create policy administers on governance.people_group_role for all to vinculo_app using (( SELECT governance.holds('user:manage'::text) AS holds)) with check (( SELECT governance.holds('user:manage'::text) AS holds));
create policy definer_functions on governance.people_group_role for all to vinculo_owner using (true) with check (true);
-- granted to vinculo_app: delete, insert, select, update; vinculo_backup: select

create table governance.portfolio (
  portfolio_id uuid not null default uuidv7(),
  code text not null,
  name text not null,
  unit_id uuid not null,
  owner_user_id uuid,
  version integer not null default 1,
  load_no integer,
  constraint portfolio_pkey PRIMARY KEY (portfolio_id),
  constraint portfolio_code_key UNIQUE (code),
  constraint portfolio_owner_user_id_fkey FOREIGN KEY (owner_user_id) REFERENCES governance.app_user(user_id),
  constraint portfolio_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES governance.organisation_unit(unit_id)
);
alter table governance.portfolio owner to vinculo_owner;
alter table governance.portfolio enable row level security;
alter table governance.portfolio force row level security;
CREATE INDEX portfolio_owner ON governance.portfolio USING btree (owner_user_id);
CREATE TRIGGER standings_forgotten AFTER INSERT OR DELETE OR UPDATE OF unit_id, owner_user_id ON governance.portfolio FOR EACH STATEMENT EXECUTE FUNCTION governance.forget_standings();
create policy administers on governance.portfolio for insert to vinculo_app with check (( SELECT governance.holds('organisation:manage'::text) AS holds));
create policy administers_others on governance.portfolio for update to vinculo_app using (( SELECT governance.holds('organisation:manage'::text) AS holds)) with check (( SELECT governance.holds('organisation:manage'::text) AS holds));
create policy colleagues on governance.portfolio for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy definer_functions on governance.portfolio for select to vinculo_owner using (true);
create policy through_views on governance.portfolio for select to vinculo_search using (true);
create policy worker_portfolios on governance.portfolio for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, select, update
-- column portfolio_id granted to vinculo_app: insert
-- column code granted to vinculo_app: insert
-- column name granted to vinculo_app: insert, update
-- column unit_id granted to vinculo_app: insert, update
-- column owner_user_id granted to vinculo_app: insert, update
-- column version granted to vinculo_app: update

create table governance.provider_session (
  session_id uuid not null,
  issuer text not null,
  subject text not null,
  provider_sid text,
  sealed_id_token bytea not null,
  constraint provider_session_pkey PRIMARY KEY (session_id),
  constraint provider_session_session_id_fkey FOREIGN KEY (session_id) REFERENCES governance.session(session_id) ON DELETE CASCADE
);
alter table governance.provider_session owner to vinculo_owner;
alter table governance.provider_session enable row level security;
alter table governance.provider_session force row level security;
CREATE INDEX provider_session_sid ON governance.provider_session USING btree (issuer, provider_sid);
CREATE INDEX provider_session_subject ON governance.provider_session USING btree (issuer, subject);
create policy definer_functions on governance.provider_session for all to vinculo_owner using (true) with check (true);
create policy signing_in on governance.provider_session for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
-- granted to vinculo_app: insert, select; vinculo_backup: select

create table governance.provisioned_person (
  user_id uuid not null,
  external_id text,
  changed_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  removed_at timestamp with time zone,
  constraint provisioned_person_pkey PRIMARY KEY (user_id),
  constraint provisioned_person_external_id_key UNIQUE (external_id),
  constraint provisioned_person_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint provisioned_person_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 255)))
);
alter table governance.provisioned_person owner to vinculo_owner;
alter table governance.provisioned_person enable row level security;
alter table governance.provisioned_person force row level security;
create policy administers on governance.provisioned_person for all to vinculo_app using (( SELECT governance.holds('user:manage'::text) AS holds)) with check (( SELECT governance.holds('user:manage'::text) AS holds));
create policy definer_functions on governance.provisioned_person for all to vinculo_owner using (true) with check (true);
-- granted to vinculo_app: delete, insert, select, update; vinculo_backup: select

create table governance.recovery_code (
  user_id uuid not null,
  code_hash bytea not null,
  used_at timestamp with time zone,
  constraint recovery_code_pkey PRIMARY KEY (user_id, code_hash),
  constraint recovery_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE
);
alter table governance.recovery_code owner to vinculo_owner;
alter table governance.recovery_code enable row level security;
alter table governance.recovery_code force row level security;
create policy definer_functions on governance.recovery_code for all to vinculo_owner using (true) with check (true);
create policy signing_in on governance.recovery_code for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
-- granted to vinculo_app: delete, insert, select; vinculo_backup: select
-- column used_at granted to vinculo_app: update

create table governance.retention_rule (
  name text not null,
  term_months integer,
  from_event text not null,
  reason text not null,
  changed_by uuid,
  changed_at timestamp with time zone not null default now(),
  legal boolean not null default false,
  version integer not null default 1,
  constraint retention_rule_pkey PRIMARY KEY (name),
  constraint retention_rule_from_event_check CHECK ((from_event = ANY (ARRAY['relationship_end'::text, 'booking'::text, 'expiry'::text, 'withdrawal'::text, 'recorded'::text, 'created'::text, 'never'::text]))),
  constraint retention_rule_reason_check CHECK (((char_length(reason) >= 3) AND (char_length(reason) <= 400))),
  constraint retention_rule_term_months_check CHECK (((term_months >= 0) AND (term_months <= 1200)))
);
alter table governance.retention_rule owner to vinculo_owner;
alter table governance.retention_rule enable row level security;
alter table governance.retention_rule force row level security;
create policy changing on governance.retention_rule for update to vinculo_app using (( SELECT governance.holds('privacy:manage'::text) AS holds)) with check ((changed_by = ( SELECT governance.acting_user() AS acting_user)));
create policy everybody_reads on governance.retention_rule for select to public using (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column term_months granted to vinculo_app: update
-- column reason granted to vinculo_app: update
-- column changed_by granted to vinculo_app: update
-- column changed_at granted to vinculo_app: update
-- column version granted to vinculo_app: update

create table governance.role (
  role_id text not null,
  permissions text[] not null,
  name text,
  note text not null default ''::text,
  built_in boolean not null default true,
  system boolean not null default false,
  retired_at timestamp with time zone,
  version integer not null default 1,
  duties text[] generated always as (array_append(permissions, role_id)),
  constraint role_pkey PRIMARY KEY (role_id),
  constraint role_check CHECK ((built_in OR (name IS NOT NULL))),
  constraint role_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint role_note_check CHECK ((length(note) <= 400))
);
alter table governance.role owner to vinculo_owner;
alter table governance.role enable row level security;
CREATE TRIGGER built_in_stays BEFORE UPDATE ON governance.role FOR EACH ROW EXECUTE FUNCTION governance.keep_built_in_roles();
CREATE TRIGGER standings_forgotten AFTER INSERT OR DELETE OR UPDATE ON governance.role FOR EACH STATEMENT EXECUTE FUNCTION governance.forget_standings();
create policy changes_roles on governance.role for update to vinculo_app using (( SELECT governance.holds('role:manage'::text) AS holds)) with check (( SELECT governance.holds('role:manage'::text) AS holds));
create policy everybody_reads on governance.role for select to public using (true);
create policy makes_roles on governance.role for insert to vinculo_app with check ((( SELECT governance.holds('role:manage'::text) AS holds) AND (NOT built_in) AND (NOT system)));
create policy worker_writes on governance.role for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: delete, insert, select, update
-- column role_id granted to vinculo_app: insert
-- column permissions granted to vinculo_app: insert, update
-- column name granted to vinculo_app: insert, update
-- column note granted to vinculo_app: insert, update
-- column built_in granted to vinculo_app: insert
-- column retired_at granted to vinculo_app: update
-- column version granted to vinculo_app: update

create table governance.role_assignment (
  user_id uuid not null,
  role_id text not null,
  unit_id uuid not null,
  valid_from date not null default '2000-01-01'::date,
  valid_until date,
  granted_by uuid,
  granted_at timestamp with time zone not null default now(),
  version integer not null default 1,
  from_group boolean not null default false,
  constraint role_assignment_pkey PRIMARY KEY (user_id, role_id, unit_id),
  constraint role_assignment_role_id_fkey FOREIGN KEY (role_id) REFERENCES governance.role(role_id),
  constraint role_assignment_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES governance.organisation_unit(unit_id),
  constraint role_assignment_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint role_assignment_check CHECK ((valid_until >= valid_from))
);
alter table governance.role_assignment owner to vinculo_owner;
alter table governance.role_assignment enable row level security;
alter table governance.role_assignment force row level security;
CREATE INDEX role_assignment_role ON governance.role_assignment USING btree (role_id);
CREATE TRIGGER duties_apart BEFORE INSERT OR UPDATE ON governance.role_assignment FOR EACH ROW EXECUTE FUNCTION governance.keep_granted_duties_apart();
CREATE TRIGGER standings_forgotten AFTER INSERT OR DELETE OR UPDATE ON governance.role_assignment FOR EACH STATEMENT EXECUTE FUNCTION governance.forget_standings();
create policy changes_grants on governance.role_assignment for update to vinculo_app using ((( SELECT governance.holds('user:manage'::text) AS holds) AND (user_id <> ( SELECT governance.acting_user() AS acting_user)))) with check ((( SELECT governance.holds('user:manage'::text) AS holds) AND (user_id <> ( SELECT governance.acting_user() AS acting_user))));
create policy colleagues on governance.role_assignment for select to vinculo_app using (((( SELECT governance.acting_user() AS acting_user) IS NOT NULL) OR (( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)));
create policy definer_functions on governance.role_assignment for select to vinculo_owner using (true);
create policy grants_roles on governance.role_assignment for insert to vinculo_app with check ((( SELECT governance.holds('user:manage'::text) AS holds) AND (user_id <> ( SELECT governance.acting_user() AS acting_user)) AND (granted_by = ( SELECT governance.acting_user() AS acting_user))));
create policy grants_writes on governance.role_assignment for all to vinculo_owner using (true) with check (true);
create policy takes_roles on governance.role_assignment for delete to vinculo_app using ((( SELECT governance.holds('user:manage'::text) AS holds) AND (user_id <> ( SELECT governance.acting_user() AS acting_user))));
create policy worker_assignments on governance.role_assignment for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: delete, select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column user_id granted to vinculo_app: insert
-- column role_id granted to vinculo_app: insert
-- column unit_id granted to vinculo_app: insert
-- column valid_from granted to vinculo_app: insert, update
-- column valid_until granted to vinculo_app: insert, update
-- column granted_by granted to vinculo_app: insert, update
-- column version granted to vinculo_app: update

create table governance.session (
  session_id uuid not null default uuidv7(),
  token_hash bytea not null,
  user_id uuid not null,
  created_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  ip_address inet,
  user_agent text,
  method text not null default 'password'::text,
  constraint session_pkey PRIMARY KEY (session_id),
  constraint session_token_hash_key UNIQUE (token_hash),
  constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint session_method_check CHECK ((method = ANY (ARRAY['password'::text, 'totp'::text, 'recovery_code'::text, 'passkey'::text, 'oidc'::text])))
);
alter table governance.session owner to vinculo_owner;
alter table governance.session enable row level security;
alter table governance.session force row level security;
CREATE INDEX session_of_user ON governance.session USING btree (user_id) WHERE (revoked_at IS NULL);
CREATE TRIGGER session_in_emergency AFTER INSERT ON governance.session FOR EACH ROW WHEN ((new.method <> 'oidc'::text)) EXECUTE FUNCTION governance.tell_of_emergency_sign_in();
CREATE TRIGGER standing_kept AFTER INSERT OR UPDATE OF last_seen_at ON governance.session FOR EACH ROW EXECUTE FUNCTION governance.keep_standing();
create policy administers_ends on governance.session for update to vinculo_app using (( SELECT governance.holds('user:manage'::text) AS holds)) with check ((( SELECT governance.holds('user:manage'::text) AS holds) AND (revoked_at IS NOT NULL)));
create policy administers_sees on governance.session for select to vinculo_app using (( SELECT governance.holds('user:manage'::text) AS holds));
create policy definer_functions on governance.session for select to vinculo_owner using (true);
create policy own_sessions on governance.session for all to vinculo_app using ((user_id = ( SELECT governance.acting_user() AS acting_user))) with check ((user_id = ( SELECT governance.acting_user() AS acting_user)));
create policy signing_in on governance.session for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
create policy worker_ends_sessions on governance.session for update to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check (((( SELECT platform.working() AS working) IS NOT NULL) AND (revoked_at IS NOT NULL)));
create policy worker_sees_sessions on governance.session for select to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: insert, update; vinculo_backup: select
-- column session_id granted to vinculo_app: select
-- column user_id granted to vinculo_app: select; vinculo_worker: select
-- column created_at granted to vinculo_app: select
-- column last_seen_at granted to vinculo_app: select
-- column expires_at granted to vinculo_app: select
-- column revoked_at granted to vinculo_app: select; vinculo_worker: select, update
-- column ip_address granted to vinculo_app: select
-- column user_agent granted to vinculo_app: select
-- column method granted to vinculo_app: select

create table governance.sod_conflict (
  duty_a text not null,
  duty_b text not null,
  reason text not null,
  built_in boolean not null default false,
  created_at timestamp with time zone not null default now(),
  constraint sod_conflict_pkey PRIMARY KEY (duty_a, duty_b),
  constraint sod_conflict_check CHECK ((duty_a < duty_b)),
  constraint sod_conflict_reason_check CHECK (((length(reason) >= 3) AND (length(reason) <= 400)))
);
alter table governance.sod_conflict owner to vinculo_owner;
alter table governance.sod_conflict enable row level security;
CREATE TRIGGER standings_forgotten AFTER INSERT OR DELETE OR UPDATE ON governance.sod_conflict FOR EACH STATEMENT EXECUTE FUNCTION governance.forget_standings();
create policy everybody_reads on governance.sod_conflict for select to public using (true);
create policy keeps_apart on governance.sod_conflict for insert to vinculo_app with check ((( SELECT governance.holds('role:manage'::text) AS holds) AND (NOT built_in)));
create policy lets_together on governance.sod_conflict for delete to vinculo_app using ((( SELECT governance.holds('role:manage'::text) AS holds) AND (NOT built_in)));
create policy worker_writes on governance.sod_conflict for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: delete, insert, select; vinculo_backup: select; vinculo_worker: select

create table governance.standing (
  user_id uuid not null,
  on_day date not null,
  whole_bank boolean not null,
  units uuid[] not null,
  portfolios uuid[] not null,
  permissions text[] not null,
  constraint standing_pkey PRIMARY KEY (user_id),
  constraint standing_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE
);
alter table governance.standing owner to vinculo_owner;
alter table governance.standing enable row level security;
alter table governance.standing force row level security;
create policy reckoning on governance.standing for all to vinculo_owner using (true) with check (true);

create table governance.step_up (
  proof_id uuid not null default uuidv7(),
  session_id uuid not null,
  user_id uuid not null,
  action_hash bytea not null,
  method text not null,
  proved_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint step_up_pkey PRIMARY KEY (proof_id),
  constraint step_up_session_id_fkey FOREIGN KEY (session_id) REFERENCES governance.session(session_id) ON DELETE CASCADE,
  constraint step_up_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE,
  constraint step_up_action_hash_check CHECK ((length(action_hash) = 32))
);
alter table governance.step_up owner to vinculo_owner;
alter table governance.step_up enable row level security;
alter table governance.step_up force row level security;
CREATE INDEX step_up_of_session ON governance.step_up USING btree (session_id);
create policy definer_functions on governance.step_up for all to vinculo_owner using (true) with check (true);
create policy own_proofs on governance.step_up for select to vinculo_app using ((user_id = ( SELECT governance.acting_user() AS acting_user)));
create policy signing_in on governance.step_up for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
create policy spends_own on governance.step_up for update to vinculo_app using (((user_id = ( SELECT governance.acting_user() AS acting_user)) AND (session_id = ((( SELECT platform.context() AS context) ->> 's'::text))::uuid) AND (used_at IS NULL))) with check (((user_id = ( SELECT governance.acting_user() AS acting_user)) AND (used_at IS NOT NULL)));
-- granted to vinculo_app: delete, insert, select; vinculo_backup: select
-- column used_at granted to vinculo_app: update

create table governance.totp (
  user_id uuid not null,
  sealed_seed bytea not null,
  created_at timestamp with time zone not null default now(),
  confirmed_at timestamp with time zone,
  last_step bigint not null default 0,
  constraint totp_pkey PRIMARY KEY (user_id),
  constraint totp_user_id_fkey FOREIGN KEY (user_id) REFERENCES governance.app_user(user_id) ON DELETE CASCADE
);
alter table governance.totp owner to vinculo_owner;
alter table governance.totp enable row level security;
alter table governance.totp force row level security;
create policy definer_functions on governance.totp for all to vinculo_owner using (true) with check (true);
create policy resealed on governance.totp for update to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy resealing on governance.totp for select to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL));
create policy signing_in on governance.totp for all to vinculo_app using ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text)) with check ((( SELECT platform.context_purpose() AS context_purpose) = 'sign_in'::text));
-- granted to vinculo_app: delete, insert, select; vinculo_backup: select
-- column user_id granted to vinculo_worker: select
-- column sealed_seed granted to vinculo_worker: select, update
-- column confirmed_at granted to vinculo_app: update
-- column last_step granted to vinculo_app: update

create table governance.unit_reach (
  unit_id uuid not null,
  below_id uuid not null,
  constraint unit_reach_pkey PRIMARY KEY (unit_id, below_id),
  constraint unit_reach_below_id_fkey FOREIGN KEY (below_id) REFERENCES governance.organisation_unit(unit_id) ON DELETE CASCADE,
  constraint unit_reach_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES governance.organisation_unit(unit_id) ON DELETE CASCADE
);
alter table governance.unit_reach owner to vinculo_owner;
CREATE INDEX unit_reach_below ON governance.unit_reach USING btree (below_id);
CREATE TRIGGER standings_forgotten AFTER INSERT OR DELETE OR UPDATE ON governance.unit_reach FOR EACH STATEMENT EXECUTE FUNCTION governance.forget_standings();
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_search: select; vinculo_worker: select

create table intelligence.cluster_run (
  run_id uuid not null default uuidv7(),
  ordered_by uuid not null,
  ordered_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  parameters jsonb not null,
  result jsonb,
  failure text,
  constraint cluster_run_pkey PRIMARY KEY (run_id)
);
alter table intelligence.cluster_run owner to vinculo_owner;
alter table intelligence.cluster_run enable row level security;
alter table intelligence.cluster_run force row level security;
CREATE INDEX cluster_run_newest ON intelligence.cluster_run USING btree (ordered_at DESC);
create policy ordering on intelligence.cluster_run for insert to vinculo_app with check ((( SELECT governance.holds('segment:write'::text) AS holds) AND ( SELECT governance.reaches_whole_bank() AS reaches_whole_bank) AND (ordered_by = ( SELECT governance.acting_user() AS acting_user)) AND (result IS NULL)));
create policy reading on intelligence.cluster_run for select to vinculo_app using ((( SELECT governance.holds('segment:read'::text) AS holds) AND ( SELECT governance.reaches_whole_bank() AS reaches_whole_bank)));
create policy working on intelligence.cluster_run for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column run_id granted to vinculo_app: insert
-- column ordered_by granted to vinculo_app: insert
-- column parameters granted to vinculo_app: insert

create table intelligence.credit_alert (
  party_id uuid not null,
  alert_id uuid not null default uuidv7(),
  kind text not null,
  detail jsonb not null default '{}'::jsonb,
  opened_at timestamp with time zone not null default now(),
  closed_at timestamp with time zone,
  seen_by uuid,
  seen_at timestamp with time zone,
  constraint credit_alert_pkey PRIMARY KEY (party_id, alert_id),
  constraint credit_alert_kind_check CHECK ((kind = ANY (ARRAY['limit_breached'::text, 'group_limit_breached'::text, 'watched'::text, 'band_worsened'::text])))
);
alter table intelligence.credit_alert owner to vinculo_owner;
alter table intelligence.credit_alert enable row level security;
alter table intelligence.credit_alert force row level security;
CREATE UNIQUE INDEX credit_alert_once ON intelligence.credit_alert USING btree (party_id, kind) WHERE (closed_at IS NULL);
create policy seeing on intelligence.credit_alert for update to vinculo_app using ((EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = credit_alert.party_id)))) with check ((seen_by = ( SELECT governance.acting_user() AS acting_user)));
create policy through_party on intelligence.credit_alert for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = credit_alert.party_id)))));
create policy working on intelligence.credit_alert for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column seen_by granted to vinculo_app: update
-- column seen_at granted to vinculo_app: update

create table intelligence.credit_application (
  party_id uuid not null,
  application_id uuid not null,
  customer_id uuid not null,
  kind text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  term_months integer,
  yearly_rate numeric(9,6),
  collateral_minor bigint not null default 0,
  purpose text not null,
  entered_by uuid not null,
  entered_at timestamp with time zone not null default now(),
  judgement jsonb not null,
  suggestion text not null,
  state text not null default 'open'::text,
  decided_by uuid,
  decided_at timestamp with time zone,
  decision_reason text,
  approved_minor bigint,
  constraint credit_application_pkey PRIMARY KEY (party_id, application_id),
  constraint credit_application_amount CHECK (((state = 'approved'::text) = (approved_minor IS NOT NULL))),
  constraint credit_application_amount_minor_check CHECK ((amount_minor > 0)),
  constraint credit_application_check CHECK (((approved_minor > 0) AND (approved_minor <= amount_minor))),
  constraint credit_application_collateral_minor_check CHECK ((collateral_minor >= 0)),
  constraint credit_application_decided CHECK ((((state = 'open'::text) = (decided_at IS NULL)) AND ((state = 'open'::text) = (decided_by IS NULL)))),
  constraint credit_application_decision_reason_check CHECK (((char_length(btrim(decision_reason)) >= 3) AND (char_length(btrim(decision_reason)) <= 1000))),
  constraint credit_application_four_eyes CHECK (((state <> ALL (ARRAY['approved'::text, 'declined'::text])) OR (decided_by <> entered_by))),
  constraint credit_application_kind_check CHECK ((kind = ANY (ARRAY['loan'::text, 'mortgage'::text, 'credit_line'::text, 'card'::text, 'overdraft'::text]))),
  constraint credit_application_purpose_check CHECK (((char_length(btrim(purpose)) >= 3) AND (char_length(btrim(purpose)) <= 500))),
  constraint credit_application_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'declined'::text, 'withdrawn'::text]))),
  constraint credit_application_suggestion_check CHECK ((suggestion = ANY (ARRAY['approve'::text, 'refer'::text, 'decline'::text]))),
  constraint credit_application_term_months_check CHECK (((term_months >= 1) AND (term_months <= 600))),
  constraint credit_application_yearly_rate_check CHECK (((yearly_rate >= (0)::numeric) AND (yearly_rate < (10)::numeric)))
);
alter table intelligence.credit_application owner to vinculo_owner;
alter table intelligence.credit_application enable row level security;
alter table intelligence.credit_application force row level security;
CREATE UNIQUE INDEX credit_application_id ON intelligence.credit_application USING btree (application_id);
CREATE INDEX credit_application_open ON intelligence.credit_application USING btree (entered_at) WHERE (state = 'open'::text);
create policy applying on intelligence.credit_application for insert to vinculo_app with check ((( SELECT governance.holds('credit:read'::text) AS holds) AND (entered_by = ( SELECT governance.acting_user() AS acting_user)) AND (state = 'open'::text) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = credit_application.party_id)))));
create policy deciding on intelligence.credit_application for update to vinculo_app using (((state = 'open'::text) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = credit_application.party_id))))) with check (((decided_by = ( SELECT governance.acting_user() AS acting_user)) AND ((( SELECT governance.holds('credit:manage'::text) AS holds) AND (entered_by <> ( SELECT governance.acting_user() AS acting_user))) OR ((state = 'withdrawn'::text) AND ( SELECT governance.holds('credit:read'::text) AS holds)))));
create policy through_party on intelligence.credit_application for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = credit_application.party_id)))));
create policy working on intelligence.credit_application for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column party_id granted to vinculo_app: insert
-- column application_id granted to vinculo_app: insert
-- column customer_id granted to vinculo_app: insert
-- column kind granted to vinculo_app: insert
-- column currency granted to vinculo_app: insert
-- column amount_minor granted to vinculo_app: insert
-- column term_months granted to vinculo_app: insert
-- column yearly_rate granted to vinculo_app: insert
-- column collateral_minor granted to vinculo_app: insert
-- column purpose granted to vinculo_app: insert
-- column entered_by granted to vinculo_app: insert
-- column judgement granted to vinculo_app: insert
-- column suggestion granted to vinculo_app: insert
-- column state granted to vinculo_app: update
-- column decided_by granted to vinculo_app: update
-- column decided_at granted to vinculo_app: update
-- column decision_reason granted to vinculo_app: update
-- column approved_minor granted to vinculo_app: update

create table intelligence.credit_exposure (
  customer_id uuid not null,
  holding_id uuid not null,
  branch_id uuid,
  kind text not null,
  product_name text,
  currency character(3) not null,
  days_past_due integer not null,
  drawn_minor bigint not null,
  limit_minor bigint not null,
  default_minor bigint not null,
  loss_given_default real not null,
  expected_loss_minor bigint not null,
  constraint credit_exposure_pkey PRIMARY KEY (customer_id, holding_id),
  constraint credit_exposure_kind_check CHECK ((kind = ANY (ARRAY['loan'::text, 'mortgage'::text, 'credit_line'::text, 'card'::text, 'overdraft'::text])))
);
alter table intelligence.credit_exposure owner to vinculo_owner;
alter table intelligence.credit_exposure enable row level security;
alter table intelligence.credit_exposure force row level security;
create policy through_customer on intelligence.credit_exposure for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = credit_exposure.customer_id)))));
create policy working on intelligence.credit_exposure for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.credit_group_member (
  customer_id uuid not null,
  group_id uuid not null,
  constraint credit_group_member_pkey PRIMARY KEY (customer_id)
);
alter table intelligence.credit_group_member owner to vinculo_owner;
alter table intelligence.credit_group_member enable row level security;
alter table intelligence.credit_group_member force row level security;
CREATE INDEX credit_group_member_group ON intelligence.credit_group_member USING btree (group_id);
create policy through_customer on intelligence.credit_group_member for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = credit_group_member.customer_id)))));
create policy working on intelligence.credit_group_member for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.credit_limit (
  party_id uuid not null,
  limit_id uuid not null default uuidv7(),
  scope text not null,
  amount_minor bigint not null,
  valid_until date,
  reason text not null,
  set_by uuid not null,
  set_at timestamp with time zone not null default now(),
  constraint credit_limit_pkey PRIMARY KEY (party_id, limit_id),
  constraint credit_limit_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint credit_limit_reason_check CHECK (((char_length(btrim(reason)) >= 3) AND (char_length(btrim(reason)) <= 500))),
  constraint credit_limit_scope_check CHECK ((scope = ANY (ARRAY['customer'::text, 'group'::text])))
);
alter table intelligence.credit_limit owner to vinculo_owner;
alter table intelligence.credit_limit enable row level security;
alter table intelligence.credit_limit force row level security;
create policy setting_limits on intelligence.credit_limit for insert to vinculo_app with check ((( SELECT governance.holds('credit:manage'::text) AS holds) AND (set_by = ( SELECT governance.acting_user() AS acting_user)) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = credit_limit.party_id)))));
create policy through_party on intelligence.credit_limit for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = credit_limit.party_id)))));
create policy working on intelligence.credit_limit for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column party_id granted to vinculo_app: insert
-- column limit_id granted to vinculo_app: insert
-- column scope granted to vinculo_app: insert
-- column amount_minor granted to vinculo_app: insert
-- column valid_until granted to vinculo_app: insert
-- column reason granted to vinculo_app: insert
-- column set_by granted to vinculo_app: insert

create table intelligence.credit_policy (
  version_no integer not null,
  policy jsonb not null,
  state text not null default 'proposed'::text,
  reason text not null,
  proposed_by uuid not null,
  proposed_at timestamp with time zone not null default now(),
  in_force_at timestamp with time zone,
  constraint credit_policy_pkey PRIMARY KEY (version_no),
  constraint credit_policy_reason_check CHECK (((char_length(btrim(reason)) >= 3) AND (char_length(btrim(reason)) <= 500))),
  constraint credit_policy_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'in_force'::text, 'replaced'::text]))),
  constraint credit_policy_version_no_check CHECK ((version_no > 0))
);
alter table intelligence.credit_policy owner to vinculo_owner;
alter table intelligence.credit_policy enable row level security;
alter table intelligence.credit_policy force row level security;
CREATE UNIQUE INDEX credit_policy_in_force ON intelligence.credit_policy USING btree (state) WHERE (state = 'in_force'::text);
create policy keeping on intelligence.credit_policy for all to vinculo_owner using (true) with check (true);
create policy nobody_in_it on intelligence.credit_policy for select to vinculo_app using (true);
create policy proposing on intelligence.credit_policy for insert to vinculo_app with check ((( SELECT governance.holds('credit:manage'::text) AS holds) AND (state = 'proposed'::text) AND (proposed_by = ( SELECT governance.acting_user() AS acting_user))));
create policy working on intelligence.credit_policy for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column version_no granted to vinculo_app: insert
-- column policy granted to vinculo_app: insert
-- column reason granted to vinculo_app: insert
-- column proposed_by granted to vinculo_app: insert

create table intelligence.credit_rating (
  customer_id uuid not null,
  branch_id uuid,
  rated_on date not null,
  policy_version integer not null,
  model_no integer,
  basis text not null,
  points real,
  probability real not null,
  challenger_probability real,
  band text not null,
  days_past_due integer not null,
  drawn_minor bigint not null,
  committed_minor bigint not null,
  default_minor bigint not null,
  expected_loss_minor bigint not null,
  reasons jsonb not null default '[]'::jsonb,
  salary_stopped boolean not null default false,
  constraint credit_rating_pkey PRIMARY KEY (customer_id),
  constraint credit_rating_basis_check CHECK ((basis = ANY (ARRAY['scorecard'::text, 'arrears'::text, 'default'::text]))),
  constraint credit_rating_probability_check CHECK (((probability >= (0)::double precision) AND (probability <= (1)::double precision)))
);
alter table intelligence.credit_rating owner to vinculo_owner;
alter table intelligence.credit_rating enable row level security;
alter table intelligence.credit_rating force row level security;
CREATE INDEX credit_rating_branch ON intelligence.credit_rating USING btree (branch_id);
create policy through_customer on intelligence.credit_rating for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = credit_rating.customer_id)))));
create policy working on intelligence.credit_rating for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.credit_rating_month (
  customer_id uuid not null,
  month date not null,
  band text not null,
  probability real not null,
  default_minor bigint not null,
  constraint credit_rating_month_pkey PRIMARY KEY (customer_id, month),
  constraint credit_rating_month_month_check CHECK ((month = date_trunc('month'::text, (month)::timestamp with time zone)))
);
alter table intelligence.credit_rating_month owner to vinculo_owner;
alter table intelligence.credit_rating_month enable row level security;
alter table intelligence.credit_rating_month force row level security;
CREATE INDEX credit_rating_month_month ON intelligence.credit_rating_month USING btree (month);
create policy through_customer on intelligence.credit_rating_month for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = credit_rating_month.customer_id)))));
create policy working on intelligence.credit_rating_month for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.customer_fact (
  customer_id uuid not null,
  branch_id uuid,
  portfolio_id uuid,
  as_of date not null,
  compartments smallint[],
  block_no smallint not null generated always as (((uuid_hash(customer_id) & 511))::smallint),
  in_1m_minor bigint not null default 0,
  out_1m_minor bigint not null default 0,
  in_3m_minor bigint not null default 0,
  out_3m_minor bigint not null default 0,
  in_6m_minor bigint not null default 0,
  out_6m_minor bigint not null default 0,
  in_12m_minor bigint not null default 0,
  out_12m_minor bigint not null default 0,
  card_minor bigint not null default 0,
  cash_minor bigint not null default 0,
  digital_minor bigint not null default 0,
  transfer_minor bigint not null default 0,
  housing_minor bigint not null default 0,
  daily_minor bigint not null default 0,
  leisure_minor bigint not null default 0,
  travel_minor bigint not null default 0,
  saving_minor bigint not null default 0,
  insurance_minor bigint not null default 0,
  fee_minor bigint not null default 0,
  loan_minor bigint not null default 0,
  remittance_minor bigint not null default 0,
  own_elsewhere_minor bigint not null default 0,
  salary_minor bigint not null default 0,
  assets_minor bigint not null default 0,
  debts_minor bigint not null default 0,
  current_minor bigint not null default 0,
  savings_minor bigint not null default 0,
  deposits_minor bigint not null default 0,
  investments_minor bigint not null default 0,
  loans_minor bigint not null default 0,
  assets_average_minor bigint not null default 0,
  assets_low_minor bigint not null default 0,
  assets_change_minor bigint not null default 0,
  debts_change_minor bigint not null default 0,
  record_count integer not null default 0,
  in_count_1m integer not null default 0,
  out_count_1m integer not null default 0,
  in_count_3m integer not null default 0,
  out_count_3m integer not null default 0,
  in_count_6m integer not null default 0,
  out_count_6m integer not null default 0,
  in_count_12m integer not null default 0,
  out_count_12m integer not null default 0,
  active_months integer not null default 0,
  card_count integer not null default 0,
  cash_count integer not null default 0,
  digital_count integer not null default 0,
  automatic_count integer not null default 0,
  transfer_count integer not null default 0,
  branch_count integer not null default 0,
  own_elsewhere_count integer not null default 0,
  salary_months integer not null default 0,
  holding_count integer not null default 0,
  kind_count integer not null default 0,
  accounts_held integer not null default 0,
  savings_accounts_held integer not null default 0,
  deposits_held integer not null default 0,
  loans_held integer not null default 0,
  mortgages_held integer not null default 0,
  credit_lines_held integer not null default 0,
  cards_held integer not null default 0,
  standing_orders_held integer not null default 0,
  investments_held integer not null default 0,
  insurances_held integer not null default 0,
  opened_count integer not null default 0,
  closed_count integer not null default 0,
  relation_count integer not null default 0,
  born_on date,
  customer_since date,
  has_phone boolean,
  has_email boolean,
  in_trend real,
  out_trend real,
  out_count_trend real,
  last_booked_on date,
  last_initiated_on date,
  digital_share real,
  cash_share real,
  card_trend real,
  automatic_trend real,
  last_card_on date,
  last_cash_on date,
  last_digital_on date,
  daily_trend real,
  leisure_trend real,
  travel_trend real,
  remittance_trend real,
  foreign_share real,
  salary_day real,
  has_salary boolean,
  salary_missed boolean,
  assets_change real,
  first_opened_on date,
  last_opened_on date,
  last_closed_on date,
  next_maturity_on date,
  utilisation real,
  in_arrears boolean,
  profit_minor bigint,
  lifetime_value_minor bigint,
  potential_minor bigint,
  churn_share real,
  response_share real,
  next_product_share real,
  credit_score real,
  default_share real,
  expected_loss_minor bigint,
  on_watch_list boolean,
  fraud_alerts_open integer,
  fraud_score real,
  kind text,
  sex text,
  nationality text,
  language text,
  marital_status text,
  country text,
  segment text,
  industry text,
  tier text,
  rfm text,
  churn_band text,
  next_product text,
  risk_band text,
  next_offer text,
  constraint customer_fact_pkey PRIMARY KEY (customer_id)
);
alter table intelligence.customer_fact owner to vinculo_owner;
alter table intelligence.customer_fact enable row level security;
alter table intelligence.customer_fact force row level security;
CREATE INDEX customer_fact_block ON intelligence.customer_fact USING btree (block_no);
CREATE INDEX customer_fact_branch ON intelligence.customer_fact USING btree (branch_id);
CREATE INDEX customer_fact_portfolio ON intelligence.customer_fact USING btree (portfolio_id) WHERE (portfolio_id IS NOT NULL);
CREATE INDEX customer_fact_sealed ON intelligence.customer_fact USING btree (customer_id) WHERE (compartments IS NOT NULL);
CREATE TRIGGER note_stale_delete AFTER DELETE ON intelligence.customer_fact REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.note_stale();
CREATE TRIGGER note_stale_insert AFTER INSERT ON intelligence.customer_fact REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.note_stale();
CREATE TRIGGER note_stale_truncate AFTER TRUNCATE ON intelligence.customer_fact FOR EACH STATEMENT EXECUTE FUNCTION intelligence.note_all_stale();
CREATE TRIGGER note_stale_update AFTER UPDATE ON intelligence.customer_fact REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.note_stale();
create policy in_scope on intelligence.customer_fact for select to vinculo_app using ((( SELECT governance.reaches_whole_bank() AS reaches_whole_bank) OR (branch_id = ANY (( SELECT governance.visible_units() AS visible_units)::uuid[])) OR (portfolio_id = ANY (( SELECT governance.visible_portfolios() AS visible_portfolios)::uuid[]))));
create policy keeping on intelligence.customer_fact for all to vinculo_owner using (true) with check (true);
create policy opened on intelligence.customer_fact for select to vinculo_app using ((customer_id = ANY (( SELECT customers.opened_customers() AS opened_customers)::uuid[])));
create policy sealed on intelligence.customer_fact as restrictive for select to vinculo_app using (((compartments IS NULL) OR (compartments <@ ( SELECT governance.cleared() AS cleared)) OR (customer_id = ANY (( SELECT customers.opened_customers() AS opened_customers)::uuid[]))));
create policy working on intelligence.customer_fact for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, truncate, update

create table intelligence.customer_score (
  customer_id uuid not null,
  model_id text not null,
  as_of date not null,
  version integer not null,
  item text not null default ''::text,
  chance real not null,
  band text not null,
  reasons jsonb not null default '[]'::jsonb,
  scored_at timestamp with time zone not null default now(),
  constraint customer_score_pkey PRIMARY KEY (customer_id, model_id, as_of, version, item),
  constraint customer_score_band_check CHECK ((band = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text]))),
  constraint customer_score_chance_check CHECK (((chance >= (0)::double precision) AND (chance <= (1)::double precision)))
);
alter table intelligence.customer_score owner to vinculo_owner;
alter table intelligence.customer_score enable row level security;
alter table intelligence.customer_score force row level security;
CREATE INDEX customer_score_work ON intelligence.customer_score USING btree (model_id, as_of, band, customer_id) WHERE (band <> 'low'::text);
create policy through_customer on intelligence.customer_score for select to vinculo_app using (((EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = customer_score.customer_id))) AND (NOT (customer_id IN ( SELECT customers.not_profiled() AS not_profiled)))));
create policy working on intelligence.customer_score for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.customer_tier (
  customer_id uuid not null,
  tier text not null,
  since date not null,
  below_count smallint not null default 0,
  month date not null,
  reasons jsonb not null,
  version_no integer not null,
  constraint customer_tier_pkey PRIMARY KEY (customer_id)
);
alter table intelligence.customer_tier owner to vinculo_owner;
alter table intelligence.customer_tier enable row level security;
alter table intelligence.customer_tier force row level security;
CREATE INDEX customer_tier_by_tier ON intelligence.customer_tier USING btree (tier);
create policy through_customer on intelligence.customer_tier for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = customer_tier.customer_id)))));
create policy working on intelligence.customer_tier for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update

create table intelligence.customer_value (
  customer_id uuid not null,
  month date not null,
  asset_margin bigint not null,
  deposit_margin bigint not null,
  fees bigint not null,
  interchange bigint not null,
  exchange_margin bigint not null,
  activity_cost bigint not null,
  expected_loss bigint not null,
  acquisition_cost bigint not null,
  capital_charge bigint not null,
  profit_minor bigint generated always as ((((((((asset_margin + deposit_margin) + fees) + interchange) + exchange_margin) + activity_cost) + expected_loss) + acquisition_cost)),
  economic_minor bigint generated always as (((((((((asset_margin + deposit_margin) + fees) + interchange) + exchange_margin) + activity_cost) + expected_loss) + acquisition_cost) + capital_charge)),
  volume_minor bigint not null,
  unpriced integer not null,
  last_own_on date,
  own_count integer not null,
  recency smallint,
  frequency smallint,
  margin smallint,
  lifetime_minor bigint,
  activity_minor bigint,
  potential_minor bigint,
  stays real,
  basis bigint,
  constraint customer_value_pkey PRIMARY KEY (customer_id)
);
alter table intelligence.customer_value owner to vinculo_owner;
alter table intelligence.customer_value enable row level security;
alter table intelligence.customer_value force row level security;
CREATE INDEX customer_value_month ON intelligence.customer_value USING btree (month);
create policy through_customer on intelligence.customer_value for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = customer_value.customer_id)))));
create policy working on intelligence.customer_value for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update

create table intelligence.dashboard (
  dashboard_id uuid not null default uuidv7(),
  owner_id uuid,
  role_id text,
  report_ids uuid[] not null,
  changed_by uuid not null,
  changed_at timestamp with time zone not null default now(),
  constraint dashboard_pkey PRIMARY KEY (dashboard_id),
  constraint dashboard_owner_id_key UNIQUE (owner_id),
  constraint dashboard_role_id_key UNIQUE (role_id),
  constraint dashboard_of_one CHECK (((owner_id IS NULL) <> (role_id IS NULL))),
  constraint dashboard_report_ids_check CHECK (((cardinality(report_ids) >= 0) AND (cardinality(report_ids) <= 12)))
);
alter table intelligence.dashboard owner to vinculo_owner;
alter table intelligence.dashboard enable row level security;
alter table intelligence.dashboard force row level security;
create policy own_changing on intelligence.dashboard for update to vinculo_app using (((owner_id = ( SELECT governance.acting_user() AS acting_user)) OR ((role_id IS NOT NULL) AND ( SELECT governance.holds('report:write'::text) AS holds) AND ( SELECT governance.reaches_whole_bank() AS reaches_whole_bank)))) with check ((changed_by = ( SELECT governance.acting_user() AS acting_user)));
create policy own_dropping on intelligence.dashboard for delete to vinculo_app using (((owner_id = ( SELECT governance.acting_user() AS acting_user)) OR ((role_id IS NOT NULL) AND ( SELECT governance.holds('report:write'::text) AS holds) AND ( SELECT governance.reaches_whole_bank() AS reaches_whole_bank))));
create policy own_making on intelligence.dashboard for insert to vinculo_app with check (((changed_by = ( SELECT governance.acting_user() AS acting_user)) AND ( SELECT governance.holds('report:read'::text) AS holds) AND ((owner_id = ( SELECT governance.acting_user() AS acting_user)) OR ((role_id IS NOT NULL) AND ( SELECT governance.holds('report:write'::text) AS holds) AND ( SELECT governance.reaches_whole_bank() AS reaches_whole_bank)))));
create policy own_or_role on intelligence.dashboard for select to vinculo_app using ((( SELECT governance.holds('report:read'::text) AS holds) AND ((role_id IS NOT NULL) OR (owner_id = ( SELECT governance.acting_user() AS acting_user)))));
create policy working on intelligence.dashboard for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: delete, select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column owner_id granted to vinculo_app: insert
-- column role_id granted to vinculo_app: insert
-- column report_ids granted to vinculo_app: insert, update
-- column changed_by granted to vinculo_app: insert, update
-- column changed_at granted to vinculo_app: update

create table intelligence.exchange_rate (
  currency character(3) not null,
  valid_from date not null,
  rate double precision not null,
  source text not null,
  recorded_by uuid not null,
  recorded_at timestamp with time zone not null default now(),
  constraint exchange_rate_pkey PRIMARY KEY (currency, valid_from),
  constraint exchange_rate_rate_check CHECK (((rate > (0)::double precision) AND (rate < 'Infinity'::double precision))),
  constraint exchange_rate_source_check CHECK (((char_length(source) >= 1) AND (char_length(source) <= 100)))
);
alter table intelligence.exchange_rate owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.fact_block (
  block_no smallint not null,
  customer_id uuid[] not null default '{}'::uuid[],
  branch_id uuid[],
  as_of date[],
  in_1m_minor bigint[],
  out_1m_minor bigint[],
  in_3m_minor bigint[],
  out_3m_minor bigint[],
  in_6m_minor bigint[],
  out_6m_minor bigint[],
  in_12m_minor bigint[],
  out_12m_minor bigint[],
  card_minor bigint[],
  cash_minor bigint[],
  digital_minor bigint[],
  transfer_minor bigint[],
  housing_minor bigint[],
  daily_minor bigint[],
  leisure_minor bigint[],
  travel_minor bigint[],
  saving_minor bigint[],
  insurance_minor bigint[],
  fee_minor bigint[],
  loan_minor bigint[],
  remittance_minor bigint[],
  own_elsewhere_minor bigint[],
  salary_minor bigint[],
  assets_minor bigint[],
  debts_minor bigint[],
  current_minor bigint[],
  savings_minor bigint[],
  deposits_minor bigint[],
  investments_minor bigint[],
  loans_minor bigint[],
  assets_average_minor bigint[],
  assets_low_minor bigint[],
  assets_change_minor bigint[],
  debts_change_minor bigint[],
  record_count integer[],
  in_count_1m integer[],
  out_count_1m integer[],
  in_count_3m integer[],
  out_count_3m integer[],
  in_count_6m integer[],
  out_count_6m integer[],
  in_count_12m integer[],
  out_count_12m integer[],
  active_months integer[],
  card_count integer[],
  cash_count integer[],
  digital_count integer[],
  automatic_count integer[],
  transfer_count integer[],
  branch_count integer[],
  own_elsewhere_count integer[],
  salary_months integer[],
  holding_count integer[],
  kind_count integer[],
  accounts_held integer[],
  savings_accounts_held integer[],
  deposits_held integer[],
  loans_held integer[],
  mortgages_held integer[],
  credit_lines_held integer[],
  cards_held integer[],
  standing_orders_held integer[],
  investments_held integer[],
  insurances_held integer[],
  opened_count integer[],
  closed_count integer[],
  relation_count integer[],
  born_on date[],
  customer_since date[],
  has_phone boolean[],
  has_email boolean[],
  in_trend real[],
  out_trend real[],
  out_count_trend real[],
  last_booked_on date[],
  last_initiated_on date[],
  digital_share real[],
  cash_share real[],
  card_trend real[],
  automatic_trend real[],
  last_card_on date[],
  last_cash_on date[],
  last_digital_on date[],
  daily_trend real[],
  leisure_trend real[],
  travel_trend real[],
  remittance_trend real[],
  foreign_share real[],
  salary_day real[],
  has_salary boolean[],
  salary_missed boolean[],
  assets_change real[],
  first_opened_on date[],
  last_opened_on date[],
  last_closed_on date[],
  next_maturity_on date[],
  utilisation real[],
  in_arrears boolean[],
  profit_minor bigint[],
  lifetime_value_minor bigint[],
  potential_minor bigint[],
  churn_share real[],
  response_share real[],
  next_product_share real[],
  credit_score real[],
  default_share real[],
  expected_loss_minor bigint[],
  on_watch_list boolean[],
  fraud_alerts_open integer[],
  fraud_score real[],
  kind text[],
  sex text[],
  nationality text[],
  language text[],
  marital_status text[],
  country text[],
  segment text[],
  industry text[],
  tier text[],
  rfm text[],
  churn_band text[],
  next_product text[],
  risk_band text[],
  next_offer text[],
  constraint fact_block_pkey PRIMARY KEY (block_no),
  constraint fact_block_block_no_check CHECK (((block_no >= 0) AND (block_no <= 511)))
);
alter table intelligence.fact_block owner to vinculo_owner;
alter table intelligence.fact_block enable row level security;
alter table intelligence.fact_block force row level security;
create policy in_scope on intelligence.fact_block for select to vinculo_app using ((( SELECT governance.reaches_whole_bank() AS reaches_whole_bank) AND (block_no <> ALL (( SELECT ARRAY( SELECT s.block_no
           FROM intelligence.stale_block s) AS "array")::smallint[]))));
create policy keeping on intelligence.fact_block for select to vinculo_owner using (true);
create policy working on intelligence.fact_block for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: insert, select, update

create table intelligence.fraud_alert (
  party_id uuid not null,
  alert_id uuid not null default uuidv7(),
  state text not null default 'open'::text,
  outcome text,
  action text not null,
  first_at timestamp without time zone not null,
  last_at timestamp without time zone not null,
  payments integer not null,
  probability real not null,
  amount_minor bigint not null,
  expected_loss_minor bigint not null,
  opened_at timestamp with time zone not null default now(),
  assignee_id uuid,
  informed_at timestamp with time zone,
  closed_by uuid,
  closed_at timestamp with time zone,
  version integer not null default 1,
  constraint fraud_alert_pkey PRIMARY KEY (party_id, alert_id),
  constraint fraud_alert_action_check CHECK ((action = ANY (ARRAY['review'::text, 'step_up'::text, 'hold'::text]))),
  constraint fraud_alert_closed CHECK ((((state = 'closed'::text) = (outcome IS NOT NULL)) AND ((state = 'closed'::text) = (closed_at IS NOT NULL)))),
  constraint fraud_alert_outcome_check CHECK ((outcome = ANY (ARRAY['fraud_confirmed'::text, 'not_fraud'::text, 'inconclusive'::text]))),
  constraint fraud_alert_state_check CHECK ((state = ANY (ARRAY['open'::text, 'taken'::text, 'closed'::text]))),
  constraint fraud_alert_taken CHECK (((state <> 'taken'::text) OR (assignee_id IS NOT NULL)))
);
alter table intelligence.fraud_alert owner to vinculo_owner;
alter table intelligence.fraud_alert enable row level security;
alter table intelligence.fraud_alert force row level security;
CREATE UNIQUE INDEX fraud_alert_by_id ON intelligence.fraud_alert USING btree (alert_id);
CREATE INDEX fraud_alert_by_week ON intelligence.fraud_alert USING btree (last_at);
CREATE INDEX fraud_alert_closed ON intelligence.fraud_alert USING btree (closed_at DESC) WHERE (state = 'closed'::text);
CREATE INDEX fraud_alert_queue ON intelligence.fraud_alert USING btree (expected_loss_minor DESC, first_at, alert_id) WHERE (state <> 'closed'::text);
CREATE TRIGGER offers_due AFTER INSERT ON intelligence.fraud_alert REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.offers_due();
CREATE TRIGGER offers_due_changed AFTER UPDATE ON intelligence.fraud_alert REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.offers_due();
create policy deciding on intelligence.fraud_alert for update to vinculo_app using (( SELECT governance.holds('fraud:decide'::text) AS holds)) with check (( SELECT governance.holds('fraud:decide'::text) AS holds));
create policy through_party on intelligence.fraud_alert for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = fraud_alert.party_id)))));
create policy working on intelligence.fraud_alert for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column state granted to vinculo_app: update
-- column outcome granted to vinculo_app: update
-- column assignee_id granted to vinculo_app: update
-- column informed_at granted to vinculo_app: update
-- column closed_by granted to vinculo_app: update
-- column closed_at granted to vinculo_app: update
-- column version granted to vinculo_app: update

create table intelligence.fraud_alert_event (
  party_id uuid not null,
  alert_id uuid not null,
  event_id uuid not null default uuidv7(),
  kind text not null,
  person_id uuid,
  at timestamp with time zone not null default clock_timestamp(),
  note text,
  detail jsonb not null default '{}'::jsonb,
  constraint fraud_alert_event_pkey PRIMARY KEY (party_id, alert_id, event_id),
  constraint fraud_alert_event_party_id_alert_id_fkey FOREIGN KEY (party_id, alert_id) REFERENCES intelligence.fraud_alert(party_id, alert_id) ON DELETE CASCADE,
  constraint fraud_alert_event_kind_check CHECK ((kind = ANY (ARRAY['opened'::text, 'grew'::text, 'taken'::text, 'assigned'::text, 'released'::text, 'noted'::text, 'customer_informed'::text, 'closed'::text, 'reopened'::text]))),
  constraint fraud_alert_event_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 2000)))
);
alter table intelligence.fraud_alert_event owner to vinculo_owner;
alter table intelligence.fraud_alert_event enable row level security;
alter table intelligence.fraud_alert_event force row level security;
create policy telling on intelligence.fraud_alert_event for insert to vinculo_app with check ((( SELECT governance.holds('fraud:decide'::text) AS holds) AND (person_id = ( SELECT governance.acting_user() AS acting_user))));
create policy through_party on intelligence.fraud_alert_event for select to vinculo_app using ((( SELECT governance.holds('fraud:read'::text) AS holds) AND (( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = fraud_alert_event.party_id))))));
create policy working on intelligence.fraud_alert_event for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: insert, select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.fraud_alert_payment (
  party_id uuid not null,
  alert_id uuid not null,
  source_id smallint not null,
  source_key text not null,
  holding_id uuid not null,
  happened_at timestamp without time zone not null,
  has_time boolean not null,
  amount_minor bigint not null,
  currency character(3) not null,
  bank_minor bigint not null,
  payee text not null,
  payee_name text,
  channel text,
  category text,
  country text,
  probability real not null,
  expected_loss_minor bigint not null,
  action text not null,
  because text not null,
  rules jsonb not null,
  reasons jsonb not null,
  features jsonb not null,
  set_no integer not null,
  model_no integer,
  is_live boolean not null,
  is_fraud boolean,
  constraint fraud_alert_payment_pkey PRIMARY KEY (party_id, alert_id, source_id, source_key),
  constraint fraud_alert_payment_party_id_alert_id_fkey FOREIGN KEY (party_id, alert_id) REFERENCES intelligence.fraud_alert(party_id, alert_id) ON DELETE CASCADE
);
alter table intelligence.fraud_alert_payment owner to vinculo_owner;
alter table intelligence.fraud_alert_payment enable row level security;
alter table intelligence.fraud_alert_payment force row level security;
CREATE UNIQUE INDEX fraud_alert_payment_once ON intelligence.fraud_alert_payment USING btree (source_id, source_key);
CREATE INDEX fraud_alert_payment_payee ON intelligence.fraud_alert_payment USING btree (payee);
create policy deciding on intelligence.fraud_alert_payment for update to vinculo_app using (( SELECT governance.holds('fraud:decide'::text) AS holds)) with check (( SELECT governance.holds('fraud:decide'::text) AS holds));
create policy through_party on intelligence.fraud_alert_payment for select to vinculo_app using ((( SELECT governance.holds('fraud:read'::text) AS holds) AND (( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = fraud_alert_payment.party_id))))));
create policy working on intelligence.fraud_alert_payment for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column is_fraud granted to vinculo_app: update

create table intelligence.fraud_decision (
  source_id smallint not null,
  source_key text not null,
  account_key text not null,
  party_id uuid,
  holding_id uuid,
  happened_at timestamp without time zone not null,
  received_at timestamp with time zone not null,
  amount_minor bigint not null,
  currency character(3) not null,
  payee text not null,
  payee_name text,
  channel text,
  country text,
  category text,
  answer jsonb not null,
  constraint fraud_decision_pkey PRIMARY KEY (source_id, source_key)
);
alter table intelligence.fraud_decision owner to vinculo_owner;
alter table intelligence.fraud_decision enable row level security;
alter table intelligence.fraud_decision force row level security;
CREATE INDEX fraud_decision_party ON intelligence.fraud_decision USING btree (party_id) WHERE (party_id IS NOT NULL);
CREATE INDEX fraud_decision_received ON intelligence.fraud_decision USING btree (received_at);
create policy through_party on intelligence.fraud_decision for select to vinculo_app using ((( SELECT governance.holds('fraud:read'::text) AS holds) AND (( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = fraud_decision.party_id))))));
create policy working on intelligence.fraud_decision for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.fraud_followed (
  load_no integer not null,
  payments integer not null,
  alerts integer not null,
  followed_at timestamp with time zone not null default now(),
  constraint fraud_followed_pkey PRIMARY KEY (load_no)
);
alter table intelligence.fraud_followed owner to vinculo_owner;
alter table intelligence.fraud_followed enable row level security;
alter table intelligence.fraud_followed force row level security;
create policy reading on intelligence.fraud_followed for select to vinculo_app using ((( SELECT governance.holds('fraud:read'::text) AS holds) OR ( SELECT governance.holds('fraud:rules'::text) AS holds)));
create policy working on intelligence.fraud_followed for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.fraud_label (
  party_id uuid not null,
  source_id smallint not null,
  source_key text not null,
  label_no bigint not null generated always as identity,
  is_fraud boolean not null,
  happened_on date not null,
  alert_id uuid,
  decided_by uuid not null,
  decided_at timestamp with time zone not null default now(),
  constraint fraud_label_pkey PRIMARY KEY (party_id, source_id, source_key)
);
alter table intelligence.fraud_label owner to vinculo_owner;
alter table intelligence.fraud_label enable row level security;
alter table intelligence.fraud_label force row level security;
CREATE INDEX fraud_label_newest ON intelligence.fraud_label USING btree (label_no);
CREATE UNIQUE INDEX fraud_label_once ON intelligence.fraud_label USING btree (source_id, source_key);
create policy deciding on intelligence.fraud_label for all to vinculo_app using ((( SELECT governance.holds('fraud:decide'::text) AS holds) AND (( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = fraud_label.party_id)))))) with check ((( SELECT governance.holds('fraud:decide'::text) AS holds) AND (decided_by = ( SELECT governance.acting_user() AS acting_user)) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = fraud_label.party_id)))));
create policy through_party on intelligence.fraud_label for select to vinculo_app using ((( SELECT governance.holds('fraud:read'::text) AS holds) AND (( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = fraud_label.party_id))))));
create policy working on intelligence.fraud_label for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: delete, insert, select, update; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.fraud_rule_set (
  set_no integer not null generated always as identity,
  title text not null,
  document jsonb not null,
  hash bytea not null default '\x'::bytea,
  state text not null default 'draft'::text,
  version integer not null default 1,
  based_on integer,
  written_by uuid not null,
  written_at timestamp with time zone not null default now(),
  backtest jsonb,
  backtested_at timestamp with time zone,
  activated_at timestamp with time zone,
  constraint fraud_rule_set_pkey PRIMARY KEY (set_no),
  constraint fraud_rule_set_based_on_fkey FOREIGN KEY (based_on) REFERENCES intelligence.fraud_rule_set(set_no),
  constraint fraud_rule_set_document_check CHECK ((pg_column_size(document) < 1048576)),
  constraint fraud_rule_set_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'active'::text, 'retired'::text]))),
  constraint fraud_rule_set_title_check CHECK (((char_length(btrim(title)) >= 3) AND (char_length(btrim(title)) <= 100))),
  constraint fraud_rules_tested CHECK (((state <> 'active'::text) OR (backtest IS NOT NULL) OR (set_no = 1)))
);
alter table intelligence.fraud_rule_set owner to vinculo_owner;
alter table intelligence.fraud_rule_set enable row level security;
alter table intelligence.fraud_rule_set force row level security;
CREATE UNIQUE INDEX fraud_rule_set_active ON intelligence.fraud_rule_set USING btree (state) WHERE (state = 'active'::text);
CREATE TRIGGER keep_fraud_rules BEFORE INSERT OR UPDATE ON intelligence.fraud_rule_set FOR EACH ROW EXECUTE FUNCTION intelligence.keep_fraud_rules();
create policy keeping on intelligence.fraud_rule_set for all to vinculo_owner using (true) with check (true);
create policy reading on intelligence.fraud_rule_set for select to vinculo_app using ((( SELECT governance.holds('fraud:read'::text) AS holds) OR ( SELECT governance.holds('fraud:rules'::text) AS holds)));
create policy working on intelligence.fraud_rule_set for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy writing on intelligence.fraud_rule_set for all to vinculo_app using (( SELECT governance.holds('fraud:rules'::text) AS holds)) with check (( SELECT governance.holds('fraud:rules'::text) AS holds));
-- granted to vinculo_app: delete, select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column title granted to vinculo_app: insert, update
-- column document granted to vinculo_app: insert, update
-- column version granted to vinculo_app: update
-- column based_on granted to vinculo_app: insert
-- column written_by granted to vinculo_app: insert, update
-- column written_at granted to vinculo_app: update

create table intelligence.fraud_watch (
  watched_on date not null,
  level text not null,
  signs jsonb not null,
  constraint fraud_watch_pkey PRIMARY KEY (watched_on),
  constraint fraud_watch_level_check CHECK ((level = ANY (ARRAY['stable'::text, 'watch'::text, 'act'::text])))
);
alter table intelligence.fraud_watch owner to vinculo_owner;
alter table intelligence.fraud_watch enable row level security;
alter table intelligence.fraud_watch force row level security;
create policy reading on intelligence.fraud_watch for select to vinculo_app using ((( SELECT governance.holds('fraud:read'::text) AS holds) AND ( SELECT governance.reaches_whole_bank() AS reaches_whole_bank)));
create policy working on intelligence.fraud_watch for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.holding_month (
  party_id uuid not null,
  holding_id uuid not null,
  month_no smallint not null,
  end_minor bigint not null,
  low_minor bigint not null,
  constraint holding_month_pkey PRIMARY KEY (party_id, holding_id, month_no)
);
alter table intelligence.holding_month owner to vinculo_owner;
alter table intelligence.holding_month enable row level security;
alter table intelligence.holding_month force row level security;
create policy through_party on intelligence.holding_month for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.published_party p
  WHERE (p.party_id = holding_month.party_id)))));
create policy working on intelligence.holding_month for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, truncate, update

create table intelligence.holding_profit (
  party_id uuid not null,
  holding_id uuid not null,
  month date not null,
  customer_id uuid not null,
  product text not null,
  currency character(3) not null,
  asset_minor bigint not null,
  deposit_minor bigint not null,
  undrawn_minor bigint not null,
  customer_rate double precision,
  term_months integer,
  months_open integer,
  in_arrears boolean not null,
  fees_minor bigint not null,
  card_spend_minor bigint not null,
  exchange_minor bigint not null,
  activities jsonb not null,
  own_count integer not null,
  own_days smallint not null,
  first_own_on date,
  last_own_on date,
  version_no integer,
  asset_margin bigint not null,
  deposit_margin bigint not null,
  fees bigint not null,
  interchange bigint not null,
  exchange_margin bigint not null,
  activity_cost bigint not null,
  expected_loss bigint not null,
  acquisition_cost bigint not null,
  capital_charge bigint not null,
  constraint holding_profit_pkey PRIMARY KEY (party_id, holding_id, month)
);
alter table intelligence.holding_profit owner to vinculo_owner;
alter table intelligence.holding_profit enable row level security;
alter table intelligence.holding_profit force row level security;
CREATE INDEX holding_profit_customer ON intelligence.holding_profit USING btree (customer_id, month);
create policy through_customer on intelligence.holding_profit for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = holding_profit.customer_id)))));
create policy working on intelligence.holding_profit for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update

create table intelligence.late_month (
  party_id uuid not null,
  month_no smallint not null,
  known_no smallint not null,
  constraint late_month_pkey PRIMARY KEY (party_id, month_no, known_no)
);
alter table intelligence.late_month owner to vinculo_owner;
alter table intelligence.late_month enable row level security;
alter table intelligence.late_month force row level security;
CREATE INDEX late_month_known ON intelligence.late_month USING btree (known_no);
create policy working on intelligence.late_month for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.market_position (
  customer_id uuid not null,
  currency character(3) not null,
  branch_id uuid,
  is_income boolean not null,
  assets_minor bigint not null,
  debts_minor bigint not null,
  duration_minor double precision not null,
  convexity_minor double precision not null,
  floating_minor bigint not null,
  constraint market_position_pkey PRIMARY KEY (customer_id, currency)
);
alter table intelligence.market_position owner to vinculo_owner;
alter table intelligence.market_position enable row level security;
alter table intelligence.market_position force row level security;
create policy through_customer on intelligence.market_position for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = market_position.customer_id)))));
create policy working on intelligence.market_position for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.model (
  model_id text not null,
  champion_version integer,
  challenger_version integer,
  changed_at timestamp with time zone not null default now(),
  learners text[] not null default '{trees,scorecard}'::text[],
  champion_learners text[] not null default '{trees,scorecard}'::text[],
  constraint model_pkey PRIMARY KEY (model_id),
  constraint model_challenger FOREIGN KEY (model_id, challenger_version) REFERENCES intelligence.model_version(model_id, version),
  constraint model_champion FOREIGN KEY (model_id, champion_version) REFERENCES intelligence.model_version(model_id, version),
  constraint model_champion_learners CHECK (((champion_learners <@ learners) AND (cardinality(champion_learners) > 0))),
  constraint model_learners_check CHECK (((learners <@ '{trees,scorecard}'::text[]) AND (cardinality(learners) > 0))),
  constraint model_model_id_check CHECK ((model_id ~ '^[a-z][a-z_]{2,39}$'::text)),
  constraint model_two_versions CHECK ((champion_version <> challenger_version))
);
alter table intelligence.model owner to vinculo_owner;
alter table intelligence.model enable row level security;
alter table intelligence.model force row level security;
create policy keeping on intelligence.model for all to vinculo_owner using (true) with check (true);
create policy reading on intelligence.model for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy working on intelligence.model for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select

create table intelligence.model_deployment (
  deployment_id uuid not null default uuidv7(),
  model_id text not null,
  place text not null,
  version integer,
  reason text not null,
  deployed_by uuid not null,
  deployed_at timestamp with time zone not null default now(),
  is_rollback boolean not null default false,
  constraint model_deployment_pkey PRIMARY KEY (deployment_id),
  constraint model_deployment_model_id_fkey FOREIGN KEY (model_id) REFERENCES intelligence.model(model_id),
  constraint model_deployment_place_check CHECK ((place = ANY (ARRAY['champion'::text, 'challenger'::text]))),
  constraint model_deployment_reason_check CHECK (((char_length(btrim(reason)) >= 3) AND (char_length(btrim(reason)) <= 500)))
);
alter table intelligence.model_deployment owner to vinculo_owner;
alter table intelligence.model_deployment enable row level security;
alter table intelligence.model_deployment force row level security;
CREATE INDEX model_deployment_model ON intelligence.model_deployment USING btree (model_id, deployment_id DESC);
create policy keeping on intelligence.model_deployment for all to vinculo_owner using (true) with check (true);
create policy reading on intelligence.model_deployment for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy working on intelligence.model_deployment for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select

create table intelligence.model_training (
  training_id uuid not null default uuidv7(),
  model_id text not null,
  learner text not null,
  state text not null default 'waiting'::text,
  step text,
  leased_until timestamp with time zone not null default (now() + '1 day'::interval),
  ordered_by uuid not null,
  ordered_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  version integer,
  failure jsonb,
  constraint model_training_pkey PRIMARY KEY (training_id),
  constraint model_training_model_id_fkey FOREIGN KEY (model_id) REFERENCES intelligence.model(model_id),
  constraint model_training_learner_check CHECK ((learner = ANY (ARRAY['trees'::text, 'scorecard'::text]))),
  constraint model_training_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text])))
);
alter table intelligence.model_training owner to vinculo_owner;
alter table intelligence.model_training enable row level security;
alter table intelligence.model_training force row level security;
CREATE INDEX model_training_newest ON intelligence.model_training USING btree (model_id, training_id DESC);
CREATE UNIQUE INDEX model_training_one ON intelligence.model_training USING btree (model_id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
create policy keeping on intelligence.model_training for all to vinculo_owner using (true) with check (true);
create policy reading on intelligence.model_training for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy working on intelligence.model_training for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select, update

create table intelligence.model_version (
  model_id text not null,
  version integer not null,
  learner text not null,
  seed integer not null,
  code_version text not null,
  report jsonb not null,
  calibration jsonb not null,
  histograms jsonb not null,
  model_text text not null,
  checksum text not null,
  trained_by uuid not null,
  trained_at timestamp with time zone not null default now(),
  state text not null default 'trained'::text,
  constraint model_version_pkey PRIMARY KEY (model_id, version),
  constraint model_version_model_id_fkey FOREIGN KEY (model_id) REFERENCES intelligence.model(model_id),
  constraint model_version_checksum_check CHECK ((checksum ~ '^[0-9a-f]{64}$'::text)),
  constraint model_version_learner_check CHECK ((learner = ANY (ARRAY['trees'::text, 'scorecard'::text]))),
  constraint model_version_state_check CHECK ((state = ANY (ARRAY['trained'::text, 'approved'::text, 'retired'::text]))),
  constraint model_version_version_check CHECK ((version > 0))
);
alter table intelligence.model_version owner to vinculo_owner;
alter table intelligence.model_version enable row level security;
alter table intelligence.model_version force row level security;
create policy keeping on intelligence.model_version for all to vinculo_owner using (true) with check (true);
create policy reading on intelligence.model_version for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy working on intelligence.model_version for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: insert, select

create table intelligence.model_watch (
  model_id text not null,
  version integer not null,
  watched_on date not null,
  as_of date not null,
  rows integer not null,
  level text not null,
  report jsonb not null,
  constraint model_watch_pkey PRIMARY KEY (model_id, version, watched_on),
  constraint model_watch_model_id_version_fkey FOREIGN KEY (model_id, version) REFERENCES intelligence.model_version(model_id, version),
  constraint model_watch_level_check CHECK ((level = ANY (ARRAY['stable'::text, 'watch'::text, 'act'::text])))
);
alter table intelligence.model_watch owner to vinculo_owner;
alter table intelligence.model_watch enable row level security;
alter table intelligence.model_watch force row level security;
create policy keeping on intelligence.model_watch for all to vinculo_owner using (true) with check (true);
create policy reading on intelligence.model_watch for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy working on intelligence.model_watch for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: insert, select
-- column as_of granted to vinculo_worker: update
-- column rows granted to vinculo_worker: update
-- column level granted to vinculo_worker: update
-- column report granted to vinculo_worker: update

create table intelligence.offer_action (
  action_id text not null,
  kind text not null,
  signal text not null,
  product text,
  purpose text not null,
  uses_profile boolean not null,
  place smallint not null,
  base_rate double precision not null,
  gain_minor bigint not null,
  gain_share double precision not null,
  cost_minor bigint not null,
  loss_minor bigint not null,
  default_max double precision,
  age_min smallint,
  age_max smallint,
  customer_kinds text[] not null default '{person,organisation}'::text[],
  countries character(2)[],
  lever double precision not null default 1,
  active boolean not null default true,
  version integer not null default 1,
  segment_id uuid,
  constraint offer_action_pkey PRIMARY KEY (action_id),
  constraint offer_action_place_key UNIQUE (place),
  constraint offer_action_action_id_check CHECK ((action_id ~ '^[a-z][a-z_]{2,39}$'::text)),
  constraint offer_action_age_max_check CHECK (((age_max >= 0) AND (age_max <= 120))),
  constraint offer_action_age_min_check CHECK (((age_min >= 0) AND (age_min <= 120))),
  constraint offer_action_ages CHECK (((age_min IS NULL) OR (age_max IS NULL) OR (age_min <= age_max))),
  constraint offer_action_base_rate_check CHECK (((base_rate > (0)::double precision) AND (base_rate < (1)::double precision))),
  constraint offer_action_cost_minor_check CHECK ((cost_minor >= 0)),
  constraint offer_action_default_max_check CHECK (((default_max >= (0)::double precision) AND (default_max <= (1)::double precision))),
  constraint offer_action_gain_minor_check CHECK ((gain_minor >= 0)),
  constraint offer_action_gain_share_check CHECK (((gain_share >= (0)::double precision) AND (gain_share <= (1)::double precision))),
  constraint offer_action_kind_check CHECK ((kind = ANY (ARRAY['duty'::text, 'care'::text, 'sale'::text]))),
  constraint offer_action_lever_check CHECK (((lever >= (0.5)::double precision) AND (lever <= (2)::double precision))),
  constraint offer_action_loss_minor_check CHECK ((loss_minor >= 0)),
  constraint offer_action_product CHECK ((((signal = 'room'::text) = (product IS NOT NULL)) AND ((signal = 'room'::text) = (kind = 'sale'::text)))),
  constraint offer_action_purpose_check CHECK ((purpose = ANY (ARRAY['service'::text, 'marketing'::text]))),
  constraint offer_action_segment CHECK (((segment_id IS NULL) OR (kind <> 'duty'::text))),
  constraint offer_action_signal_check CHECK ((signal = ANY (ARRAY['fraud'::text, 'arrears'::text, 'watch'::text, 'maturing'::text, 'churn'::text, 'inflow'::text, 'outflow'::text, 'salary_missed'::text, 'quiet'::text, 'birthday'::text, 'room'::text])))
);
alter table intelligence.offer_action owner to vinculo_owner;
alter table intelligence.offer_action enable row level security;
alter table intelligence.offer_action force row level security;
create policy keeping on intelligence.offer_action for select to vinculo_owner using (true);
create policy managing on intelligence.offer_action for update to vinculo_app using (( SELECT governance.holds('offer:manage'::text) AS holds)) with check (( SELECT governance.holds('offer:manage'::text) AS holds));
create policy reading on intelligence.offer_action for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy working on intelligence.offer_action for select to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column base_rate granted to vinculo_app: update
-- column gain_minor granted to vinculo_app: update
-- column gain_share granted to vinculo_app: update
-- column cost_minor granted to vinculo_app: update
-- column loss_minor granted to vinculo_app: update
-- column default_max granted to vinculo_app: update
-- column age_min granted to vinculo_app: update
-- column age_max granted to vinculo_app: update
-- column lever granted to vinculo_app: update
-- column active granted to vinculo_app: update
-- column version granted to vinculo_app: update
-- column segment_id granted to vinculo_app: update

create table intelligence.offer_answer (
  party_id uuid not null,
  answer_id uuid not null default uuidv7(),
  action_id text not null,
  answer text not null,
  decision_id uuid not null,
  arm text not null,
  explored boolean not null,
  propensity real,
  answered_by uuid not null,
  answered_at timestamp with time zone not null default now(),
  channel text,
  constraint offer_answer_pkey PRIMARY KEY (party_id, answer_id),
  constraint offer_answer_action_id_fkey FOREIGN KEY (action_id) REFERENCES intelligence.offer_action(action_id),
  constraint offer_answer_answer_check CHECK ((answer = ANY (ARRAY['agreed'::text, 'later'::text, 'declined'::text]))),
  constraint offer_answer_channel_check CHECK ((channel = ANY (ARRAY['in_person'::text, 'phone'::text, 'email'::text])))
);
alter table intelligence.offer_answer owner to vinculo_owner;
alter table intelligence.offer_answer enable row level security;
alter table intelligence.offer_answer force row level security;
CREATE INDEX offer_answer_newest ON intelligence.offer_answer USING btree (answered_at DESC);
create policy answering on intelligence.offer_answer for insert to vinculo_app with check ((( SELECT governance.holds('consent:record'::text) AS holds) AND (answered_by = ( SELECT governance.acting_user() AS acting_user)) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = offer_answer.party_id)))));
create policy keeping on intelligence.offer_answer for all to vinculo_owner using (true) with check (true);
create policy taking_back on intelligence.offer_answer for delete to vinculo_app using ((( SELECT governance.holds('consent:record'::text) AS holds) AND (answered_by = ( SELECT governance.acting_user() AS acting_user)) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = offer_answer.party_id)))));
create policy through_party on intelligence.offer_answer for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = offer_answer.party_id)))));
create policy working on intelligence.offer_answer for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: delete, select; vinculo_backup: select; vinculo_worker: delete, select
-- column party_id granted to vinculo_app: insert
-- column answer_id granted to vinculo_app: insert
-- column action_id granted to vinculo_app: insert
-- column answer granted to vinculo_app: insert
-- column decision_id granted to vinculo_app: insert
-- column arm granted to vinculo_app: insert
-- column explored granted to vinculo_app: insert
-- column propensity granted to vinculo_app: insert
-- column answered_by granted to vinculo_app: insert
-- column answered_at granted to vinculo_app: insert
-- column channel granted to vinculo_app: insert

create table intelligence.offer_change (
  change_no integer not null generated always as identity,
  action_id text,
  before jsonb not null,
  after jsonb not null,
  reason text not null,
  changed_by uuid not null,
  changed_at timestamp with time zone not null default now(),
  constraint offer_change_pkey PRIMARY KEY (change_no),
  constraint offer_change_action_id_fkey FOREIGN KEY (action_id) REFERENCES intelligence.offer_action(action_id),
  constraint offer_change_reason_check CHECK (((char_length(btrim(reason)) >= 3) AND (char_length(btrim(reason)) <= 500)))
);
alter table intelligence.offer_change owner to vinculo_owner;
alter table intelligence.offer_change enable row level security;
alter table intelligence.offer_change force row level security;
create policy managing on intelligence.offer_change for insert to vinculo_app with check ((( SELECT governance.holds('offer:manage'::text) AS holds) AND (changed_by = ( SELECT governance.acting_user() AS acting_user))));
create policy reading on intelligence.offer_change for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy working on intelligence.offer_change for select to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column action_id granted to vinculo_app: insert
-- column before granted to vinculo_app: insert
-- column after granted to vinculo_app: insert
-- column reason granted to vinculo_app: insert
-- column changed_by granted to vinculo_app: insert

create table intelligence.offer_decision (
  customer_id uuid not null,
  decision_id uuid not null default uuidv7(),
  is_current boolean not null default true,
  decided_on date not null,
  decided_at timestamp with time zone not null default now(),
  due_on date not null,
  arm text not null,
  arm_since date not null,
  explored boolean not null,
  propensity real,
  uses_profile boolean not null,
  top_action text,
  top_kind text,
  attention bigint not null,
  candidates jsonb not null,
  versions jsonb not null,
  fingerprint bytea not null,
  shown_at timestamp with time zone,
  constraint offer_decision_pkey PRIMARY KEY (customer_id, decision_id),
  constraint offer_decision_top_action_fkey FOREIGN KEY (top_action) REFERENCES intelligence.offer_action(action_id),
  constraint offer_decision_arm_check CHECK ((arm = ANY (ARRAY['ranked'::text, 'random'::text, 'hold_out'::text]))),
  constraint offer_decision_propensity_check CHECK (((propensity > (0)::double precision) AND (propensity <= (1)::double precision))),
  constraint offer_decision_top_kind_check CHECK ((top_kind = ANY (ARRAY['duty'::text, 'care'::text, 'sale'::text])))
);
alter table intelligence.offer_decision owner to vinculo_owner;
alter table intelligence.offer_decision enable row level security;
alter table intelligence.offer_decision force row level security;
CREATE INDEX offer_decision_attention ON intelligence.offer_decision USING btree (attention DESC, customer_id) WHERE (is_current AND (attention > 0));
CREATE UNIQUE INDEX offer_decision_current ON intelligence.offer_decision USING btree (customer_id) WHERE is_current;
CREATE INDEX offer_decision_due ON intelligence.offer_decision USING btree (due_on, customer_id) WHERE is_current;
CREATE INDEX offer_decision_old ON intelligence.offer_decision USING btree (decided_on) WHERE (NOT is_current);
CREATE INDEX offer_decision_sale ON intelligence.offer_decision USING btree (top_action) WHERE (is_current AND (top_kind = 'sale'::text));
CREATE INDEX offer_decision_sales ON intelligence.offer_decision USING btree (top_action, customer_id) WHERE (is_current AND (top_kind = 'sale'::text));
create policy keeping on intelligence.offer_decision for all to vinculo_owner using (true) with check (true);
create policy showing on intelligence.offer_decision for update to vinculo_app using ((EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = offer_decision.customer_id)))) with check ((EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = offer_decision.customer_id))));
create policy through_customer on intelligence.offer_decision for select to vinculo_app using (((EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = offer_decision.customer_id))) AND (NOT (uses_profile AND (customer_id IN ( SELECT customers.not_profiled() AS not_profiled))))));
create policy working on intelligence.offer_decision for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update
-- column due_on granted to vinculo_app: update
-- column shown_at granted to vinculo_app: update

create table intelligence.offer_policy (
  only_one boolean not null default true,
  version integer not null default 1,
  hold_out_share double precision not null default 0.05,
  random_share double precision not null default 0.03,
  exploration_share double precision not null default 0.05,
  refused_max smallint not null default 2,
  refused_days smallint not null default 90,
  pause_days smallint not null default 180,
  later_days smallint not null default 14,
  contacts_week smallint not null default 2,
  contacts_month smallint not null default 4,
  product_share_max double precision not null default 0.5,
  salt text not null default (gen_random_uuid())::text,
  contacts_day smallint not null default 2,
  phone_week smallint not null default 2,
  email_week smallint not null default 1,
  exposure_min double precision not null default 0.8,
  constraint offer_policy_pkey PRIMARY KEY (only_one),
  constraint offer_policy_contacts_day_check CHECK (((contacts_day >= 1) AND (contacts_day <= 10))),
  constraint offer_policy_contacts_month_check CHECK (((contacts_month >= 1) AND (contacts_month <= 60))),
  constraint offer_policy_contacts_week_check CHECK (((contacts_week >= 1) AND (contacts_week <= 20))),
  constraint offer_policy_email_week_check CHECK (((email_week >= 1) AND (email_week <= 20))),
  constraint offer_policy_exploration_share_check CHECK (((exploration_share >= (0)::double precision) AND (exploration_share <= (0.2)::double precision))),
  constraint offer_policy_exposure_min_check CHECK (((exposure_min >= (0.5)::double precision) AND (exposure_min <= (1)::double precision))),
  constraint offer_policy_hold_out_share_check CHECK (((hold_out_share >= (0)::double precision) AND (hold_out_share <= (0.2)::double precision))),
  constraint offer_policy_later_days_check CHECK (((later_days >= 1) AND (later_days <= 90))),
  constraint offer_policy_only_one_check CHECK (only_one),
  constraint offer_policy_pause_days_check CHECK (((pause_days >= 1) AND (pause_days <= 730))),
  constraint offer_policy_phone_week_check CHECK (((phone_week >= 1) AND (phone_week <= 20))),
  constraint offer_policy_product_share_max_check CHECK (((product_share_max >= (0.1)::double precision) AND (product_share_max <= (1)::double precision))),
  constraint offer_policy_random_share_check CHECK (((random_share >= (0)::double precision) AND (random_share <= (0.1)::double precision))),
  constraint offer_policy_refused_days_check CHECK (((refused_days >= 1) AND (refused_days <= 365))),
  constraint offer_policy_refused_max_check CHECK (((refused_max >= 1) AND (refused_max <= 10)))
);
alter table intelligence.offer_policy owner to vinculo_owner;
alter table intelligence.offer_policy enable row level security;
alter table intelligence.offer_policy force row level security;
create policy managing on intelligence.offer_policy for update to vinculo_app using (( SELECT governance.holds('offer:manage'::text) AS holds)) with check (( SELECT governance.holds('offer:manage'::text) AS holds));
create policy reading on intelligence.offer_policy for select to vinculo_app using ((( SELECT governance.acting_user() AS acting_user) IS NOT NULL));
create policy working on intelligence.offer_policy for select to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column version granted to vinculo_app: update
-- column hold_out_share granted to vinculo_app: update
-- column random_share granted to vinculo_app: update
-- column exploration_share granted to vinculo_app: update
-- column refused_max granted to vinculo_app: update
-- column refused_days granted to vinculo_app: update
-- column pause_days granted to vinculo_app: update
-- column later_days granted to vinculo_app: update
-- column contacts_week granted to vinculo_app: update
-- column contacts_month granted to vinculo_app: update
-- column product_share_max granted to vinculo_app: update
-- column contacts_day granted to vinculo_app: update
-- column phone_week granted to vinculo_app: update
-- column email_week granted to vinculo_app: update
-- column exposure_min granted to vinculo_app: update

create table intelligence.offer_watch (
  watched_on date not null,
  uneven jsonb not null,
  constraint offer_watch_pkey PRIMARY KEY (watched_on)
);
alter table intelligence.offer_watch owner to vinculo_owner;
alter table intelligence.offer_watch enable row level security;
alter table intelligence.offer_watch force row level security;
create policy reading on intelligence.offer_watch for select to vinculo_app using ((( SELECT governance.holds('offer:manage'::text) AS holds) AND ( SELECT governance.reaches_whole_bank() AS reaches_whole_bank)));
create policy working on intelligence.offer_watch for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.parameter_effect (
  version_no integer not null,
  customer_id uuid not null,
  before_minor bigint not null,
  after_minor bigint not null,
  currency_minor bigint not null,
  rates_minor bigint not null,
  income_minor bigint not null,
  costs_minor bigint not null,
  losses_minor bigint not null,
  acquisition_minor bigint not null,
  capital_minor bigint not null,
  constraint parameter_effect_pkey PRIMARY KEY (version_no, customer_id),
  constraint parameter_effect_version_no_fkey FOREIGN KEY (version_no) REFERENCES intelligence.profit_parameters(version_no),
  constraint parameter_effect_adds_up CHECK (((after_minor - before_minor) = ((((((currency_minor + rates_minor) + income_minor) + costs_minor) + losses_minor) + acquisition_minor) + capital_minor)))
);
alter table intelligence.parameter_effect owner to vinculo_owner;
alter table intelligence.parameter_effect enable row level security;
alter table intelligence.parameter_effect force row level security;
create policy through_customer on intelligence.parameter_effect for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = parameter_effect.customer_id)))));
create policy working on intelligence.parameter_effect for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update

create table intelligence.party_month (
  party_id uuid not null,
  month_no smallint not null,
  currency character(3) not null,
  in_count integer,
  out_count integer,
  card_count integer,
  cash_count integer,
  digital_count integer,
  branch_count integer,
  automatic_count integer,
  transfer_count integer,
  own_elsewhere_count integer,
  in_minor bigint,
  out_minor bigint,
  card_minor bigint,
  cash_minor bigint,
  cash_in_minor bigint,
  digital_minor bigint,
  automatic_minor bigint,
  transfer_minor bigint,
  housing_minor bigint,
  daily_minor bigint,
  leisure_minor bigint,
  travel_minor bigint,
  saving_minor bigint,
  insurance_minor bigint,
  fee_minor bigint,
  loan_minor bigint,
  remittance_minor bigint,
  own_elsewhere_minor bigint,
  salary_minor bigint,
  salary_day smallint,
  largest_in_minor bigint,
  largest_in_day smallint,
  last_in_on date,
  last_out_on date,
  last_initiated_on date,
  last_card_on date,
  last_cash_on date,
  last_digital_on date,
  constraint party_month_pkey PRIMARY KEY (party_id, month_no, currency)
);
alter table intelligence.party_month owner to vinculo_owner;
alter table intelligence.party_month enable row level security;
alter table intelligence.party_month force row level security;
CREATE INDEX party_month_last ON intelligence.party_month USING btree (GREATEST(last_in_on, last_out_on));
create policy through_party on intelligence.party_month for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.published_party p
  WHERE (p.party_id = party_month.party_id)))));
create policy working on intelligence.party_month for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, truncate, update

create table intelligence.profit_parameters (
  version_no integer not null generated always as identity,
  valid_from date not null,
  body jsonb not null,
  reason text not null,
  state text not null default 'proposed'::text,
  proposed_by uuid not null,
  proposed_at timestamp with time zone not null default now(),
  applied_at timestamp with time zone,
  constraint profit_parameters_pkey PRIMARY KEY (version_no),
  constraint profit_parameters_reason_check CHECK (((char_length(btrim(reason)) >= 10) AND (char_length(btrim(reason)) <= 500))),
  constraint profit_parameters_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text]))),
  constraint profit_parameters_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);
alter table intelligence.profit_parameters owner to vinculo_owner;
alter table intelligence.profit_parameters enable row level security;
alter table intelligence.profit_parameters force row level security;
CREATE INDEX profit_parameters_in_force ON intelligence.profit_parameters USING btree (valid_from DESC, version_no DESC) WHERE (state = 'approved'::text);
create policy keeping on intelligence.profit_parameters for all to vinculo_owner using (true) with check (true);
create policy proposing on intelligence.profit_parameters for insert to vinculo_app with check ((( SELECT governance.holds('profit:manage'::text) AS holds) AND (proposed_by = ( SELECT governance.acting_user() AS acting_user)) AND (state = 'proposed'::text)));
create policy reading on intelligence.profit_parameters for select to vinculo_app using ((( SELECT governance.holds('profit:read'::text) AS holds) OR (state = 'approved'::text)));
create policy working on intelligence.profit_parameters for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select
-- column valid_from granted to vinculo_app: insert; vinculo_worker: insert
-- column body granted to vinculo_app: insert; vinculo_worker: insert
-- column reason granted to vinculo_app: insert; vinculo_worker: insert
-- column proposed_by granted to vinculo_app: insert; vinculo_worker: insert
-- column applied_at granted to vinculo_worker: update

create table intelligence.refresh_customer (
  run_id uuid not null,
  customer_id uuid not null,
  booked_since date,
  constraint refresh_customer_pkey PRIMARY KEY (run_id, customer_id),
  constraint refresh_customer_run_id_fkey FOREIGN KEY (run_id) REFERENCES intelligence.refresh_run(run_id) ON DELETE CASCADE
);
alter table intelligence.refresh_customer owner to vinculo_owner;
alter table intelligence.refresh_customer enable row level security;
alter table intelligence.refresh_customer force row level security;
create policy working on intelligence.refresh_customer for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.refresh_run (
  run_id uuid not null default uuidv7(),
  started_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  of_all boolean not null,
  customers integer,
  steps_done jsonb not null default '[]'::jsonb,
  as_of date,
  constraint refresh_run_pkey PRIMARY KEY (run_id)
);
alter table intelligence.refresh_run owner to vinculo_owner;
CREATE UNIQUE INDEX refresh_one ON intelligence.refresh_run USING btree ((true)) WHERE (finished_at IS NULL);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.report (
  report_id uuid not null default uuidv7(),
  name text not null,
  note text,
  owner_id uuid not null,
  shared boolean not null default false,
  definition jsonb not null,
  permissions text[] not null default '{}'::text[],
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  archived_at timestamp with time zone,
  constraint report_pkey PRIMARY KEY (report_id),
  constraint report_name_check CHECK (((char_length(btrim(name)) >= 1) AND (char_length(btrim(name)) <= 100))),
  constraint report_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 1000)))
);
alter table intelligence.report owner to vinculo_owner;
alter table intelligence.report enable row level security;
alter table intelligence.report force row level security;
CREATE INDEX report_of_owner ON intelligence.report USING btree (owner_id) WHERE (archived_at IS NULL);
CREATE INDEX report_shared ON intelligence.report USING btree (changed_at DESC) WHERE ((archived_at IS NULL) AND shared);
create policy changing on intelligence.report for update to vinculo_app using ((( SELECT governance.holds('report:write'::text) AS holds) AND (owner_id = ( SELECT governance.acting_user() AS acting_user)))) with check ((owner_id = ( SELECT governance.acting_user() AS acting_user)));
create policy making on intelligence.report for insert to vinculo_app with check ((( SELECT governance.holds('report:write'::text) AS holds) AND (owner_id = ( SELECT governance.acting_user() AS acting_user))));
create policy own_or_shared on intelligence.report for select to vinculo_app using ((( SELECT governance.holds('report:read'::text) AS holds) AND (shared OR (owner_id = ( SELECT governance.acting_user() AS acting_user))) AND intelligence.holds_all(permissions)));
create policy working on intelligence.report for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column report_id granted to vinculo_app: insert
-- column name granted to vinculo_app: insert, update
-- column note granted to vinculo_app: insert, update
-- column owner_id granted to vinculo_app: insert
-- column shared granted to vinculo_app: insert, update
-- column definition granted to vinculo_app: insert, update
-- column permissions granted to vinculo_app: insert, update
-- column version granted to vinculo_app: update
-- column changed_at granted to vinculo_app: update
-- column archived_at granted to vinculo_app: update

create table intelligence.report_mail (
  person_id uuid not null,
  report_id uuid not null,
  every text not null,
  next_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  failure text,
  ordered_at timestamp with time zone not null default now(),
  hour smallint not null default 6,
  zone text not null default 'UTC'::text,
  constraint report_mail_pkey PRIMARY KEY (person_id, report_id),
  constraint report_mail_every_check CHECK ((every = ANY (ARRAY['day'::text, 'week'::text, 'month'::text]))),
  constraint report_mail_failure_check CHECK ((char_length(failure) <= 60)),
  constraint report_mail_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint report_mail_zone_check CHECK ((char_length(zone) <= 60))
);
alter table intelligence.report_mail owner to vinculo_owner;
alter table intelligence.report_mail enable row level security;
alter table intelligence.report_mail force row level security;
CREATE INDEX report_mail_due ON intelligence.report_mail USING btree (next_at);
create policy own on intelligence.report_mail for all to vinculo_app using ((person_id = ( SELECT governance.acting_user() AS acting_user))) with check (((person_id = ( SELECT governance.acting_user() AS acting_user)) AND ( SELECT governance.holds('report:read'::text) AS holds)));
create policy working on intelligence.report_mail for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: delete, select; vinculo_backup: select; vinculo_worker: delete, select, update
-- column person_id granted to vinculo_app: insert
-- column report_id granted to vinculo_app: insert
-- column every granted to vinculo_app: insert, update
-- column next_at granted to vinculo_app: insert, update
-- column failure granted to vinculo_app: update
-- column hour granted to vinculo_app: insert, update
-- column zone granted to vinculo_app: insert, update

create table intelligence.segment (
  segment_id uuid not null default uuidv7(),
  name text not null,
  note text,
  owner_id uuid not null,
  shared boolean not null default false,
  definition jsonb not null,
  permissions text[] not null default '{}'::text[],
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  computed_at timestamp with time zone,
  members integer,
  archived_at timestamp with time zone,
  answerable boolean not null default true,
  constraint segment_pkey PRIMARY KEY (segment_id),
  constraint segment_name_check CHECK (((char_length(btrim(name)) >= 1) AND (char_length(btrim(name)) <= 100))),
  constraint segment_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 1000)))
);
alter table intelligence.segment owner to vinculo_owner;
alter table intelligence.segment enable row level security;
alter table intelligence.segment force row level security;
CREATE INDEX segment_of_owner ON intelligence.segment USING btree (owner_id) WHERE (archived_at IS NULL);
create policy changing on intelligence.segment for update to vinculo_app using ((( SELECT governance.holds('segment:write'::text) AS holds) AND (owner_id = ( SELECT governance.acting_user() AS acting_user)))) with check ((owner_id = ( SELECT governance.acting_user() AS acting_user)));
create policy keeping on intelligence.segment for select to vinculo_owner using (true);
create policy making on intelligence.segment for insert to vinculo_app with check ((( SELECT governance.holds('segment:write'::text) AS holds) AND (owner_id = ( SELECT governance.acting_user() AS acting_user))));
create policy own_or_shared on intelligence.segment for select to vinculo_app using ((( SELECT governance.holds('segment:read'::text) AS holds) AND (shared OR (owner_id = ( SELECT governance.acting_user() AS acting_user))) AND intelligence.holds_all(permissions)));
create policy working on intelligence.segment for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column segment_id granted to vinculo_app: insert
-- column name granted to vinculo_app: insert, update
-- column note granted to vinculo_app: insert, update
-- column owner_id granted to vinculo_app: insert
-- column shared granted to vinculo_app: insert, update
-- column definition granted to vinculo_app: insert, update
-- column permissions granted to vinculo_app: insert, update
-- column version granted to vinculo_app: update
-- column changed_at granted to vinculo_app: update
-- column computed_at granted to vinculo_app: update
-- column archived_at granted to vinculo_app: update
-- column answerable granted to vinculo_app: update

create table intelligence.segment_day (
  segment_id uuid not null,
  day date not null,
  version integer not null,
  members integer not null,
  joined integer not null,
  gone integer not null,
  makeup jsonb not null,
  constraint segment_day_pkey PRIMARY KEY (segment_id, day),
  constraint segment_day_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES intelligence.segment(segment_id) ON DELETE CASCADE
);
alter table intelligence.segment_day owner to vinculo_owner;
alter table intelligence.segment_day enable row level security;
alter table intelligence.segment_day force row level security;
create policy whole_bank on intelligence.segment_day for select to vinculo_app using ((( SELECT governance.reaches_whole_bank() AS reaches_whole_bank) AND (EXISTS ( SELECT
   FROM intelligence.segment s
  WHERE (s.segment_id = segment_day.segment_id)))));
create policy working on intelligence.segment_day for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.segment_member (
  segment_id uuid not null,
  customer_id uuid not null,
  joined_on date not null,
  constraint segment_member_pkey PRIMARY KEY (segment_id, customer_id),
  constraint segment_member_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES intelligence.segment(segment_id) ON DELETE CASCADE
);
alter table intelligence.segment_member owner to vinculo_owner;
alter table intelligence.segment_member enable row level security;
alter table intelligence.segment_member force row level security;
CREATE INDEX segment_member_customer ON intelligence.segment_member USING btree (customer_id);
CREATE TRIGGER offers_due_joined AFTER INSERT ON intelligence.segment_member REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.offers_due_moved();
CREATE TRIGGER offers_due_left AFTER DELETE ON intelligence.segment_member REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION intelligence.offers_due_moved();
create policy keeping on intelligence.segment_member for all to vinculo_owner using (true) with check (true);
create policy of_both on intelligence.segment_member for select to vinculo_app using (((segment_id = ANY (ARRAY( SELECT s.segment_id
   FROM intelligence.segment s
  WHERE (s.archived_at IS NULL)))) AND
CASE
    WHEN ( SELECT governance.reaches_whole_bank() AS reaches_whole_bank) THEN (NOT (customer_id IN ( SELECT customers.hidden_customers() AS hidden_customers)))
    ELSE (EXISTS ( SELECT
       FROM intelligence.customer_fact f
      WHERE (f.customer_id = segment_member.customer_id)))
END));
create policy working on intelligence.segment_member for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.segment_move (
  segment_id uuid not null,
  moved_on date not null,
  customer_id uuid not null,
  joined boolean not null,
  constraint segment_move_pkey PRIMARY KEY (segment_id, moved_on, customer_id, joined),
  constraint segment_move_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES intelligence.segment(segment_id) ON DELETE CASCADE
);
alter table intelligence.segment_move owner to vinculo_owner;
alter table intelligence.segment_move enable row level security;
alter table intelligence.segment_move force row level security;
create policy keeping on intelligence.segment_move for all to vinculo_owner using (true) with check (true);
create policy of_both on intelligence.segment_move for select to vinculo_app using (((segment_id = ANY (ARRAY( SELECT s.segment_id
   FROM intelligence.segment s
  WHERE (s.archived_at IS NULL)))) AND
CASE
    WHEN ( SELECT governance.reaches_whole_bank() AS reaches_whole_bank) THEN (NOT (customer_id IN ( SELECT customers.hidden_customers() AS hidden_customers)))
    ELSE (EXISTS ( SELECT
       FROM intelligence.customer_fact f
      WHERE (f.customer_id = segment_move.customer_id)))
END));
create policy working on intelligence.segment_move for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.segment_version (
  segment_id uuid not null,
  version integer not null,
  name text not null,
  definition jsonb not null,
  changed_by uuid not null,
  changed_at timestamp with time zone not null default now(),
  constraint segment_version_pkey PRIMARY KEY (segment_id, version),
  constraint segment_version_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES intelligence.segment(segment_id) ON DELETE CASCADE
);
alter table intelligence.segment_version owner to vinculo_owner;
alter table intelligence.segment_version enable row level security;
alter table intelligence.segment_version force row level security;
create policy making on intelligence.segment_version for insert to vinculo_app with check ((( SELECT governance.holds('segment:write'::text) AS holds) AND (changed_by = ( SELECT governance.acting_user() AS acting_user)) AND (EXISTS ( SELECT
   FROM intelligence.segment s
  WHERE ((s.segment_id = segment_version.segment_id) AND (s.owner_id = ( SELECT governance.acting_user() AS acting_user)))))));
create policy of_segment on intelligence.segment_version for select to vinculo_app using ((EXISTS ( SELECT
   FROM intelligence.segment s
  WHERE (s.segment_id = segment_version.segment_id))));
create policy working on intelligence.segment_version for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: insert, select; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table intelligence.stale_block (
  block_no smallint not null
);
alter table intelligence.stale_block owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select

create table intelligence.tier_appeal (
  party_id uuid not null,
  appeal_id uuid not null default uuidv7(),
  tier text not null,
  reason text not null,
  state text not null default 'asked'::text,
  asked_by uuid not null,
  asked_at timestamp with time zone not null default now(),
  until date,
  decided_by uuid,
  decided_at timestamp with time zone,
  note text,
  constraint tier_appeal_pkey PRIMARY KEY (party_id, appeal_id),
  constraint tier_appeal_by_another CHECK ((decided_by <> asked_by)),
  constraint tier_appeal_decided CHECK ((((state = 'asked'::text) = (decided_at IS NULL)) AND ((decided_at IS NULL) = (decided_by IS NULL)) AND ((state = 'granted'::text) = (until IS NOT NULL)))),
  constraint tier_appeal_note_check CHECK (((char_length(btrim(note)) >= 3) AND (char_length(btrim(note)) <= 500))),
  constraint tier_appeal_reason_check CHECK (((char_length(btrim(reason)) >= 10) AND (char_length(btrim(reason)) <= 500))),
  constraint tier_appeal_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'granted'::text, 'refused'::text])))
);
alter table intelligence.tier_appeal owner to vinculo_owner;
alter table intelligence.tier_appeal enable row level security;
alter table intelligence.tier_appeal force row level security;
CREATE INDEX tier_appeal_newest ON intelligence.tier_appeal USING btree (state, appeal_id DESC);
CREATE UNIQUE INDEX tier_appeal_open ON intelligence.tier_appeal USING btree (party_id) WHERE (state = 'asked'::text);
create policy appealing on intelligence.tier_appeal for insert to vinculo_app with check ((( SELECT governance.holds('value:dispute'::text) AS holds) AND (asked_by = ( SELECT governance.acting_user() AS acting_user)) AND (state = 'asked'::text) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = tier_appeal.party_id)))));
create policy deciding on intelligence.tier_appeal for update to vinculo_app using ((( SELECT governance.holds('profit:manage'::text) AS holds) AND (state = 'asked'::text) AND (asked_by <> ( SELECT governance.acting_user() AS acting_user)) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = tier_appeal.party_id))))) with check (((decided_by = ( SELECT governance.acting_user() AS acting_user)) AND (state <> 'asked'::text)));
create policy through_party on intelligence.tier_appeal for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = tier_appeal.party_id)))));
create policy working on intelligence.tier_appeal for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update
-- column party_id granted to vinculo_app: insert
-- column appeal_id granted to vinculo_app: insert
-- column tier granted to vinculo_app: insert
-- column reason granted to vinculo_app: insert
-- column state granted to vinculo_app: update
-- column asked_by granted to vinculo_app: insert
-- column until granted to vinculo_app: update
-- column decided_by granted to vinculo_app: update
-- column decided_at granted to vinculo_app: update
-- column note granted to vinculo_app: update

create table intelligence.tier_move (
  move_id uuid not null default uuidv7(),
  customer_id uuid not null,
  from_tier text,
  to_tier text not null,
  move text not null,
  on_day date not null,
  reasons jsonb not null,
  version_no integer not null,
  constraint tier_move_pkey PRIMARY KEY (move_id),
  constraint tier_move_move_check CHECK ((move = ANY (ARRAY['first'::text, 'rise'::text, 'fall'::text])))
);
alter table intelligence.tier_move owner to vinculo_owner;
alter table intelligence.tier_move enable row level security;
alter table intelligence.tier_move force row level security;
CREATE INDEX tier_move_customer ON intelligence.tier_move USING btree (customer_id, on_day DESC);
CREATE INDEX tier_move_newest ON intelligence.tier_move USING btree (on_day DESC, move_id DESC) WHERE (move <> 'first'::text);
create policy through_customer on intelligence.tier_move for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.customer c
  WHERE (c.customer_id = tier_move.customer_id)))));
create policy working on intelligence.tier_move for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, maintain, select, update

create table intelligence.value_model (
  month date not null,
  body jsonb not null,
  learned_at timestamp with time zone not null default now(),
  constraint value_model_pkey PRIMARY KEY (month)
);
alter table intelligence.value_model owner to vinculo_owner;
-- granted to vinculo_backup: select; vinculo_worker: insert, select, update

create table intelligence.watch_entry (
  party_id uuid not null,
  watch_id uuid not null default uuidv7(),
  rule text,
  reason text,
  entered_by uuid not null,
  entered_at timestamp with time zone not null default now(),
  review_on date not null,
  actions text not null default ''::text,
  reviewed_by uuid,
  reviewed_at timestamp with time zone,
  left_by uuid,
  left_at timestamp with time zone,
  left_reason text,
  version integer not null default 1,
  constraint watch_entry_pkey PRIMARY KEY (party_id, watch_id),
  constraint watch_entry_actions_check CHECK ((char_length(actions) <= 2000)),
  constraint watch_entry_left CHECK ((((left_at IS NULL) = (left_by IS NULL)) AND ((left_at IS NULL) = (left_reason IS NULL)))),
  constraint watch_entry_left_reason_check CHECK (((char_length(btrim(left_reason)) >= 3) AND (char_length(btrim(left_reason)) <= 500))),
  constraint watch_entry_reason_check CHECK (((char_length(btrim(reason)) >= 3) AND (char_length(btrim(reason)) <= 500))),
  constraint watch_entry_rule_check CHECK ((rule = ANY (ARRAY['arrears'::text, 'band'::text, 'worsened'::text, 'utilisation'::text, 'salary_stopped'::text, 'limit'::text]))),
  constraint watch_entry_says_why CHECK (((rule IS NULL) <> (reason IS NULL)))
);
alter table intelligence.watch_entry owner to vinculo_owner;
alter table intelligence.watch_entry enable row level security;
alter table intelligence.watch_entry force row level security;
CREATE UNIQUE INDEX watch_entry_open ON intelligence.watch_entry USING btree (party_id) WHERE (left_at IS NULL);
CREATE INDEX watch_entry_review ON intelligence.watch_entry USING btree (review_on) WHERE (left_at IS NULL);
create policy reviewing on intelligence.watch_entry for update to vinculo_app using ((( SELECT governance.holds('credit:manage'::text) AS holds) AND (left_at IS NULL) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = watch_entry.party_id))))) with check ((((left_by IS NULL) OR (left_by = ( SELECT governance.acting_user() AS acting_user))) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = watch_entry.party_id)))));
create policy through_party on intelligence.watch_entry for select to vinculo_app using ((( SELECT governance.sees_whole_bank() AS sees_whole_bank) OR (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = watch_entry.party_id)))));
create policy watching on intelligence.watch_entry for insert to vinculo_app with check ((( SELECT governance.holds('credit:manage'::text) AS holds) AND (entered_by = ( SELECT governance.acting_user() AS acting_user)) AND (rule IS NULL) AND (EXISTS ( SELECT
   FROM customers.party p
  WHERE (p.party_id = watch_entry.party_id)))));
create policy working on intelligence.watch_entry for all to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select, update
-- column party_id granted to vinculo_app: insert
-- column watch_id granted to vinculo_app: insert
-- column reason granted to vinculo_app: insert
-- column entered_by granted to vinculo_app: insert
-- column review_on granted to vinculo_app: insert, update
-- column actions granted to vinculo_app: insert, update
-- column reviewed_by granted to vinculo_app: update
-- column reviewed_at granted to vinculo_app: update
-- column left_by granted to vinculo_app: update
-- column left_at granted to vinculo_app: update
-- column left_reason granted to vinculo_app: update
-- column version granted to vinculo_app: update

create table jobs.bam (
  id uuid not null default gen_random_uuid(),
  name text not null,
  version integer not null,
  status text not null default 'pending'::text,
  queue text,
  table_name text not null,
  command text not null,
  error text,
  created_on timestamp with time zone not null default clock_timestamp(),
  started_on timestamp with time zone,
  completed_on timestamp with time zone,
  constraint bam_pkey PRIMARY KEY (id)
);
alter table jobs.bam owner to vinculo_owner;
-- granted to vinculo_worker: delete, insert, select, update

create table jobs.job (
  id uuid not null default gen_random_uuid(),
  name text not null,
  priority integer not null default 0,
  data jsonb,
  state jobs.job_state not null default 'created'::jobs.job_state,
  retry_limit integer not null default 2,
  retry_count integer not null default 0,
  retry_delay integer not null default 0,
  retry_backoff boolean not null default false,
  retry_delay_max integer,
  expire_seconds integer not null default 900,
  deletion_seconds integer not null default 604800,
  singleton_key text,
  singleton_on timestamp without time zone,
  group_id text,
  group_tier text,
  start_after timestamp with time zone not null default now(),
  created_on timestamp with time zone not null default now(),
  started_on timestamp with time zone,
  completed_on timestamp with time zone,
  keep_until timestamp with time zone not null default (now() + '336:00:00'::interval),
  output jsonb,
  dead_letter text,
  policy text,
  heartbeat_on timestamp with time zone,
  heartbeat_seconds integer,
  blocked boolean not null default false,
  blocking boolean not null default false,
  pending_dependencies integer not null default 0,
  source_name text,
  source_id uuid,
  source_created_on timestamp with time zone,
  source_retry_count integer,
  source_output jsonb,
  source_root_id uuid,
  constraint job_pkey PRIMARY KEY (name, id)
) partition by LIST (name);
alter table jobs.job owner to vinculo_owner;
-- granted to vinculo_worker: delete, insert, select, update

create table jobs.job_common partition of jobs.job DEFAULT;
alter table jobs.job_common owner to vinculo_owner;
CREATE UNIQUE INDEX job_common_i1 ON jobs.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::jobs.job_state) AND (policy = 'short'::text));
CREATE INDEX job_common_i10 ON jobs.job_common USING btree (name, singleton_key, state DESC, created_on, id) INCLUDE (start_after) WHERE ((state < 'active'::jobs.job_state) AND (NOT blocked) AND (policy = 'key_strict_fifo'::text));
CREATE INDEX job_common_i11 ON jobs.job_common USING btree (name, priority DESC, created_on, start_after) WHERE ((state < 'active'::jobs.job_state) AND (NOT blocked));
CREATE INDEX job_common_i12 ON jobs.job_common USING btree (source_root_id) WHERE (source_root_id IS NOT NULL);
CREATE UNIQUE INDEX job_common_i2 ON jobs.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::jobs.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX job_common_i3 ON jobs.job_common USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::jobs.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX job_common_i4 ON jobs.job_common USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::jobs.job_state) AND (singleton_on IS NOT NULL));
CREATE UNIQUE INDEX job_common_i6 ON jobs.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::jobs.job_state) AND (policy = 'exclusive'::text));
CREATE INDEX job_common_i7 ON jobs.job_common USING btree (name, group_id) WHERE ((state = 'active'::jobs.job_state) AND (group_id IS NOT NULL));
CREATE UNIQUE INDEX job_common_i8 ON jobs.job_common USING btree (name, singleton_key) WHERE ((state = ANY (ARRAY['active'::jobs.job_state, 'retry'::jobs.job_state, 'failed'::jobs.job_state])) AND (policy = 'key_strict_fifo'::text));
CREATE INDEX job_common_i9 ON jobs.job_common USING btree (name, id) WHERE (blocking AND (state = 'completed'::jobs.job_state));
-- granted to vinculo_worker: delete, insert, select, update

create table jobs.job_dependency (
  child_name text not null,
  child_id uuid not null,
  parent_name text not null,
  parent_id uuid not null,
  constraint job_dependency_pkey PRIMARY KEY (child_name, child_id, parent_name, parent_id)
);
alter table jobs.job_dependency owner to vinculo_owner;
CREATE INDEX job_dep_parent_idx ON jobs.job_dependency USING btree (parent_name, parent_id);
-- granted to vinculo_worker: delete, insert, select, update

create table jobs.queue (
  name text not null,
  policy text not null,
  retry_limit integer not null,
  retry_delay integer not null,
  retry_backoff boolean not null,
  retry_delay_max integer,
  expire_seconds integer not null,
  retention_seconds integer not null,
  deletion_seconds integer not null,
  dead_letter text,
  partition boolean not null,
  table_name text not null,
  deferred_count integer not null default 0,
  queued_count integer not null default 0,
  ready_count integer not null default 0,
  warning_queued integer not null default 0,
  active_count integer not null default 0,
  failed_count integer not null default 0,
  total_count integer not null default 0,
  created_delta integer not null default 0,
  completed_delta integer not null default 0,
  failed_delta integer not null default 0,
  delta_on timestamp with time zone,
  delta_seconds integer,
  ready_history integer[] not null default '{}'::integer[],
  heartbeat_seconds integer,
  notify boolean not null default false,
  singletons_active text[],
  monitor_claim_on timestamp with time zone,
  monitor_on timestamp with time zone,
  maintain_on timestamp with time zone,
  created_on timestamp with time zone not null default now(),
  updated_on timestamp with time zone not null default now(),
  constraint queue_pkey PRIMARY KEY (name),
  constraint queue_dead_letter_fkey FOREIGN KEY (dead_letter) REFERENCES jobs.queue(name),
  constraint queue_check CHECK ((dead_letter IS DISTINCT FROM name))
);
alter table jobs.queue owner to vinculo_owner;
-- granted to vinculo_worker: delete, insert, select, update

create table jobs.queue_stats (
  id uuid not null default gen_random_uuid(),
  name text not null,
  deferred_count integer not null default 0,
  queued_count integer not null default 0,
  ready_count integer not null default 0,
  active_count integer not null default 0,
  failed_count integer not null default 0,
  total_count integer not null default 0,
  created_delta integer,
  completed_delta integer,
  failed_delta integer,
  delta_seconds integer,
  delta_on timestamp with time zone,
  captured_on timestamp with time zone not null default now(),
  constraint queue_stats_pkey PRIMARY KEY (id, captured_on)
) partition by RANGE (captured_on);
alter table jobs.queue_stats owner to vinculo_owner;
CREATE INDEX queue_stats_i1 ON ONLY jobs.queue_stats USING btree (name, captured_on DESC) INCLUDE (deferred_count, queued_count, ready_count, active_count, failed_count, total_count);
-- granted to vinculo_worker: delete, insert, select, update

create table jobs.schedule (
  name text not null,
  key text not null default ''::text,
  kind text not null default 'cron'::text,
  cron text not null,
  timezone text default 'UTC'::text,
  data jsonb,
  options jsonb,
  created_on timestamp with time zone not null default now(),
  updated_on timestamp with time zone not null default now(),
  last_job_id uuid,
  constraint schedule_pkey PRIMARY KEY (name, key),
  constraint schedule_name_fkey FOREIGN KEY (name) REFERENCES jobs.queue(name) ON DELETE CASCADE,
  constraint schedule_kind_check CHECK ((kind = ANY (ARRAY['cron'::text, 'rrule'::text])))
);
alter table jobs.schedule owner to vinculo_owner;
-- granted to vinculo_worker: delete, insert, select, update

create table jobs.subscription (
  event text not null,
  name text not null,
  created_on timestamp with time zone not null default now(),
  updated_on timestamp with time zone not null default now(),
  constraint subscription_pkey PRIMARY KEY (event, name),
  constraint subscription_name_fkey FOREIGN KEY (name) REFERENCES jobs.queue(name) ON DELETE CASCADE
);
alter table jobs.subscription owner to vinculo_owner;
-- granted to vinculo_worker: delete, insert, select, update

create table jobs.version (
  version integer not null,
  cron_on timestamp with time zone,
  bam_on timestamp with time zone,
  flow_on timestamp with time zone,
  reindex_on timestamp with time zone,
  monitor_backoff_on timestamp with time zone,
  constraint version_pkey PRIMARY KEY (version)
);
alter table jobs.version owner to vinculo_owner;
-- granted to vinculo_worker: delete, insert, select, update

create table jobs.warning (
  id uuid not null default gen_random_uuid(),
  type text not null,
  message text not null,
  data jsonb,
  created_on timestamp with time zone not null default now(),
  constraint warning_pkey PRIMARY KEY (id)
);
alter table jobs.warning owner to vinculo_owner;
CREATE INDEX warning_i1 ON jobs.warning USING btree (created_on DESC);
-- granted to vinculo_worker: delete, insert, select, update

create table platform.context_key (
  key_id smallint not null,
  secret bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint context_key_pkey PRIMARY KEY (key_id),
  constraint context_key_secret_check CHECK ((length(secret) >= 32))
);
alter table platform.context_key owner to vinculo_owner;

create table platform.data_key (
  key_no integer not null generated always as identity,
  column_name text not null,
  epoch integer not null,
  wrapped text not null,
  master_key text not null,
  seals_before bigint not null,
  created_at timestamp with time zone not null default now(),
  index_use text,
  constraint data_key_pkey PRIMARY KEY (key_no),
  constraint data_key_column_name_epoch_key UNIQUE (column_name, epoch),
  constraint data_key_column_name_check CHECK ((column_name ~ '^[a-z_]+[.][a-z_]+[.][a-z_]+$'::text)),
  constraint data_key_index_use CHECK (((index_use IS NULL) = (epoch > 0))),
  constraint data_key_index_use_check CHECK ((index_use = ANY (ARRAY['current'::text, 'coming'::text, 'going'::text]))),
  constraint data_key_wrapped_check CHECK (((length(wrapped) >= 40) AND (length(wrapped) <= 4000)))
);
alter table platform.data_key owner to vinculo_owner;
alter table platform.data_key enable row level security;
alter table platform.data_key force row level security;
create policy dropping on platform.data_key for delete to vinculo_worker using (((( SELECT platform.working() AS working) IS NOT NULL) AND (index_use = 'going'::text)));
create policy keeping on platform.data_key for all to vinculo_owner using (true) with check (true);
create policy making on platform.data_key for insert to vinculo_worker with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy rewrapping on platform.data_key for update to vinculo_worker using ((( SELECT platform.working() AS working) IS NOT NULL)) with check ((( SELECT platform.working() AS working) IS NOT NULL));
create policy wrapped on platform.data_key for select to vinculo_app, vinculo_worker using (true);
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: delete, insert, select
-- column wrapped granted to vinculo_worker: update
-- column master_key granted to vinculo_worker: update
-- column index_use granted to vinculo_worker: update

create table platform.idempotency (
  user_id uuid not null,
  endpoint text not null,
  key text not null,
  request_hash bytea not null,
  status smallint,
  answer jsonb,
  created_at timestamp with time zone not null default now(),
  constraint idempotency_pkey PRIMARY KEY (user_id, endpoint, key),
  constraint idempotency_key_check CHECK (((length(key) >= 8) AND (length(key) <= 200)))
);
alter table platform.idempotency owner to vinculo_owner;
alter table platform.idempotency enable row level security;
alter table platform.idempotency force row level security;
CREATE INDEX idempotency_age ON platform.idempotency USING btree (created_at);
create policy cleaning on platform.idempotency for delete to vinculo_worker using ((created_at < (now() - '7 days'::interval)));
create policy cleaning_sees on platform.idempotency for select to vinculo_worker using ((created_at < (now() - '7 days'::interval)));
create policy own_requests on platform.idempotency for all to vinculo_app, vinculo_worker using ((user_id = ( SELECT platform.context_user() AS context_user))) with check ((user_id = ( SELECT platform.context_user() AS context_user)));
-- granted to vinculo_app: delete, insert, select, update; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table platform.inbox (
  consumer text not null,
  event_id bigint not null,
  handled_at timestamp with time zone not null default now(),
  constraint inbox_pkey PRIMARY KEY (consumer, event_id)
);
alter table platform.inbox owner to vinculo_owner;
-- granted to vinculo_app: insert, select, update; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table platform.migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (name),
  constraint migration_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);
alter table platform.migration owner to vinculo_owner;
-- granted to vinculo_app: select; vinculo_backup: select; vinculo_worker: select

create table platform.outbox (
  event_id bigint not null generated always as identity,
  topic text not null,
  key text not null,
  payload jsonb not null,
  created_at timestamp with time zone not null default now(),
  created_xid xid8 not null default pg_current_xact_id(),
  relayed_at timestamp with time zone,
  attempts smallint not null default 0,
  next_try_at timestamp with time zone,
  failed_at timestamp with time zone,
  failed_consumer text,
  constraint outbox_pkey PRIMARY KEY (event_id)
);
alter table platform.outbox owner to vinculo_owner;
CREATE INDEX outbox_waiting ON platform.outbox USING btree (event_id) WHERE (relayed_at IS NULL);
CREATE INDEX outbox_waiting_key ON platform.outbox USING btree (key, event_id) WHERE (relayed_at IS NULL);
-- granted to vinculo_app: insert, select, update; vinculo_backup: select; vinculo_worker: delete, insert, select, update

create table platform.repeatable (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint repeatable_pkey PRIMARY KEY (name)
);
alter table platform.repeatable owner to vinculo_owner;
-- granted to vinculo_backup: select

create sequence platform.seal_block;
alter table platform.seal_block owner to vinculo_owner;
-- granted to vinculo_app: select, usage; vinculo_backup: select; vinculo_worker: select, usage

create table platform.setting (
  name text not null,
  value jsonb not null,
  changed_at timestamp with time zone not null default now(),
  constraint setting_pkey PRIMARY KEY (name)
);
alter table platform.setting owner to vinculo_owner;
CREATE TRIGGER keep_limits BEFORE INSERT OR DELETE OR UPDATE ON platform.setting FOR EACH ROW EXECUTE FUNCTION platform.keep_limits();
-- granted to vinculo_app: insert, select, update; vinculo_backup: select; vinculo_worker: insert, select, update
