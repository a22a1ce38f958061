-- Whether somebody may be contacted, for thousands at once: one statement for a whole batch, and one lock of its records. What it decides is what it decided
-- for one (0040); the function for one asks this one.

create function customers.contact_refusals_of(of_customers uuid[], for_purpose text, by_channel text)
returns table (customer_id uuid, reason text, party_id uuid, consent_id uuid)
language sql stable rows 1000 set search_path = pg_catalog as $$
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
  select s.customer_id, 'withdrawn', s.party_id, s.consent_id from said s join basis b using (customer_id) where b.lawful_basis = 'consent' and s.act = 'withdrawn'
  union all
  select b.customer_id, 'no_consent', null, null from basis b
  where b.lawful_basis = 'consent' and not exists (select from said s where s.customer_id = b.customer_id)
  union all
  -- An address of somebody who was erased: until whoever has it now says otherwise.
  select u.customer_id, 'suppressed', null, null from purpose m cross join customers.suppressed_among(case when m.direct_marketing then of_customers else '{}' end) u
  where exists (select from record r where r.customer_id = u.customer_id)
    and not exists (select from said s where s.customer_id = u.customer_id and s.act = 'given' and s.happened_at > u.since)
$$;

create or replace function customers.contact_refusals(of_customer uuid, for_purpose text, by_channel text)
returns table (reason text, party_id uuid, consent_id uuid)
language sql stable set search_path = pg_catalog as $$
  select r.reason, r.party_id, r.consent_id from customers.contact_refusals_of(array[of_customer], for_purpose, by_channel) r
$$;

-- The last question before the wire for a batch, in the transaction that sends it: until that ends, none of them can withdraw unseen. Keep batches short.
create function customers.claim_contacts(of_customers uuid[], for_purpose text, by_channel text)
returns table (customer_id uuid, reason text, party_id uuid, consent_id uuid)
language plpgsql volatile set search_path = pg_catalog as $$
begin
  perform from customers.party p where p.customer_id = any (of_customers) order by p.party_id for key share;
  return query select r.customer_id, r.reason, r.party_id, r.consent_id from customers.contact_refusals_of(of_customers, for_purpose, by_channel) r;
end $$;

-- For work on everybody at once: the customers that models and segments leave out. As the caller sees them.
create or replace function customers.not_profiled() returns setof uuid
language sql stable rows 1000 set search_path = pg_catalog as $$
  select r.customer_id from customers.contact_refusals_of(
    case when (select lawful_basis from customers.contact_purpose where purpose = 'profiling') = 'consent'
      then array(select c.customer_id from customers.customer c)
      else array(
        select p.customer_id from customers.consent c join customers.party p on p.party_id = c.party_id where c.purpose = 'profiling'
        union select c.customer_id from customers.customer c where c.compartments && (select governance.restricted_compartments())::smallint[]) end,
    'profiling', 'any') r
  group by r.customer_id
$$;

revoke execute on function customers.contact_refusals_of(uuid[], text, text), customers.claim_contacts(uuid[], text, text) from public;
grant execute on function customers.contact_refusals_of(uuid[], text, text) to vinculo_app, vinculo_worker;
grant execute on function customers.claim_contacts(uuid[], text, text) to vinculo_worker;
