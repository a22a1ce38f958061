-- What was decided for each customer and why, candidate by candidate; and what the customers answered.

-- Written when it comes out other than before; the one that holds is current. Kept for a year, for "why not that?".
create table intelligence.offer_decision (
  customer_id uuid not null,
  decision_id uuid not null default uuidv7(),
  is_current boolean not null default true,
  decided_on date not null, -- the day it was decided for
  decided_at timestamptz not null default now(),
  due_on date not null, -- when time alone may change it
  arm text not null check (arm in ('ranked', 'random', 'hold_out')),
  arm_since date not null,
  explored boolean not null, -- the first steered action was drawn, not ranked
  propensity real check (propensity > 0 and propensity <= 1), -- chance with which the first steered action came first; null: there is none
  uses_profile boolean not null,
  top_action text references intelligence.offer_action,
  top_kind text check (top_kind in ('duty', 'care', 'sale')),
  attention bigint not null, -- what is at stake in the first duty or care, by its score; 0: neither
  candidates jsonb not null, -- called for, in order; then those a gate removed; each with all factors
  versions jsonb not null, -- of models and settings
  fingerprint bytea not null, -- of all that was decided: whether a round came out as the one before
  shown_at timestamptz,
  primary key (customer_id, decision_id)
) with (fillfactor = 85);
create unique index offer_decision_current on intelligence.offer_decision (customer_id) where is_current;
create index offer_decision_due on intelligence.offer_decision (due_on, customer_id) where is_current;
create index offer_decision_attention on intelligence.offer_decision (attention desc, customer_id) where is_current and attention > 0;
create index offer_decision_sale on intelligence.offer_decision (top_action) where is_current and top_kind = 'sale';
create index offer_decision_old on intelligence.offer_decision (decided_on) where not is_current;

-- Hangs on the record it was given at, and so follows every join and separation.
create table intelligence.offer_answer (
  party_id uuid not null,
  answer_id uuid not null default uuidv7(),
  action_id text not null references intelligence.offer_action,
  answer text not null check (answer in ('agreed', 'later', 'declined')),
  -- How it had come to be proposed: what answers are weighed by.
  decision_id uuid not null,
  arm text not null,
  explored boolean not null,
  propensity real,
  answered_by uuid not null,
  answered_at timestamptz not null default now(),
  primary key (party_id, answer_id)
);
create index offer_answer_newest on intelligence.offer_answer (answered_at desc);

do $$
declare t text;
begin
  foreach t in array array['offer_decision', 'offer_answer'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    execute format('create policy working on intelligence.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('create policy keeping on intelligence.%I to vinculo_owner using (true) with check (true)', t);
    execute format('grant select on intelligence.%I to vinculo_app, vinculo_backup', t);
  end loop;
end $$;
grant select, insert, update, delete, maintain on intelligence.offer_decision to vinculo_worker;
grant select, delete on intelligence.offer_answer to vinculo_worker;

-- Seen by who sees the customer; what rests on models by nobody from the moment the customer objects to profiling.
create policy through_customer on intelligence.offer_decision for select to vinculo_app using (
  exists (select from customers.customer c where c.customer_id = offer_decision.customer_id)
  and not (uses_profile and customer_id in (select customers.not_profiled())));
create policy showing on intelligence.offer_decision for update to vinculo_app using (
  exists (select from customers.customer c where c.customer_id = offer_decision.customer_id))
  with check (exists (select from customers.customer c where c.customer_id = offer_decision.customer_id));
grant update (shown_at, due_on) on intelligence.offer_decision to vinculo_app;

create policy through_party on intelligence.offer_answer for select to vinculo_app using (
  (select governance.sees_whole_bank()) or exists (select from customers.party p where p.party_id = offer_answer.party_id));
create policy answering on intelligence.offer_answer for insert to vinculo_app with check (
  (select governance.holds('consent:record')) and answered_by = (select governance.acting_user())
  and exists (select from customers.party p where p.party_id = offer_answer.party_id));
grant insert (party_id, answer_id, action_id, answer, decision_id, arm, explored, propensity, answered_by, answered_at) on intelligence.offer_answer to vinculo_app;

-- What a customer says about contact or profiling, and what becomes of a suspicion, is decided upon soon; what it forbids is left out on reading at once.
create function intelligence.offers_due() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update intelligence.offer_decision d set due_on = d.decided_on
  from customers.party p join new_rows n on n.party_id = p.party_id where d.customer_id = p.customer_id and d.is_current;
  return null;
end $$;
create trigger offers_due after insert on customers.consent referencing new table as new_rows for each statement execute function intelligence.offers_due();
create trigger offers_due after insert on intelligence.fraud_alert referencing new table as new_rows for each statement execute function intelligence.offers_due();
create trigger offers_due_changed after update on intelligence.fraud_alert referencing new table as new_rows for each statement execute function intelligence.offers_due();

create function intelligence.drop_offers() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from intelligence.offer_decision d using old_rows o where d.customer_id = o.customer_id;
  return null;
end $$;
create trigger drop_offers after delete on customers.customer referencing old table as old_rows for each statement execute function intelligence.drop_offers();
revoke execute on function intelligence.offers_due(), intelligence.drop_offers() from public;

-- Many at once are asked in every round: the two questions of consent compared each customer with each (2,000: 0.6 s), and look them up now (0066).
create or replace function customers.contact_refusals_of(of_customers uuid[], for_purpose text, by_channel text)
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
$$;
