-- A customer's end: what a law still wants kept is restricted (nobody sees it but compliance and privacy), the rest is erased, and nothing comes back with the
-- next delivery or the next restore. A legal hold is stronger than any of it.

-- ---------------------------------------------------------------- how long, and why

alter table governance.retention_rule
  add column legal boolean not null default false, -- a law orders it, so it outlasts a wish to be erased
  add column version int not null default 1;
update governance.retention_rule set legal = true where name in ('relationship', 'transactions', 'identity_documents', 'consent_evidence', 'audit_trail');
alter table governance.retention_rule force row level security;
create policy changing on governance.retention_rule for update to vinculo_app using ((select governance.holds('privacy:manage'))) with check (changed_by = (select governance.acting_user()));
grant update (term_months, reason, changed_by, changed_at, version) on governance.retention_rule to vinculo_app;

-- ---------------------------------------------------------------- who is restricted

-- A restricted customer lies in a compartment that nobody is given clearance for: it is open by duty. So everything that hides sealed customers hides these.
alter table governance.compartment drop constraint compartment_kind_check, add constraint compartment_kind_check check (kind in ('vip', 'staff', 'wall', 'restricted'));
insert into governance.compartment (kind, code, name, opened_by) values ('restricted', 'RESTRICTED', 'Restricted customers', '00000000-0000-7000-8000-000000000001');
create policy not_kept_by_hand on governance.compartment as restrictive for select to vinculo_app using (kind <> 'restricted');

create function governance.restricted_compartments() returns smallint[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(c.compartment_id), '{}') from governance.compartment c where c.kind = 'restricted'
$$;
create or replace function governance.cleared() returns smallint[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(c.compartment_id), '{}') from (
    select k.compartment_id from governance.clearance k where k.person_id = (select governance.acting_user()) and k.ended_at is null
    union all
    select r.compartment_id from governance.compartment r
    where r.kind = 'restricted' and r.seals > 0 and ((select governance.holds('glass:review')) or (select governance.holds('privacy:manage')))) c
$$;
-- Restricted customers lie there without anybody's clearance; breaking glass does not open them.
alter policy sealed on customers.customer using (
  compartments is null or compartments <@ (select governance.cleared())::smallint[]
  or (customer_id = any ((select customers.opened_customers())::uuid[]) and not compartments && (select governance.restricted_compartments())::smallint[]));
create policy not_kept_by_hand on customers.seal as restrictive for select to vinculo_app using (compartment_id <> all ((select governance.restricted_compartments())::smallint[]));
revoke execute on function governance.restricted_compartments() from public;
grant execute on function governance.restricted_compartments() to vinculo_app, vinculo_worker, vinculo_search;

-- ---------------------------------------------------------------- legal holds

-- On records, as everything: a hold goes with its record through every merge and un-merge.
create table customers.legal_hold (
  hold_id uuid primary key default uuidv7(),
  case_code text not null check (char_length(btrim(case_code)) between 2 and 60), -- one case may hold many customers
  customer_no text not null, -- as it was when the hold was placed
  reason text not null check (char_length(btrim(reason)) between 10 and 500),
  until date, -- null: until it is lifted
  placed_by uuid not null,
  placed_at timestamptz not null default clock_timestamp(),
  lifted_by uuid,
  lifted_at timestamptz,
  lift_reason text check (char_length(btrim(lift_reason)) between 10 and 500),
  constraint legal_hold_lifted check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
);
create index legal_hold_case on customers.legal_hold (case_code);
create table customers.legal_hold_record (
  hold_id uuid not null references customers.legal_hold,
  party_id uuid not null,
  primary key (party_id, hold_id)
);

create function customers.held_records(of_parties uuid[]) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select distinct r.party_id from customers.legal_hold_record r join customers.legal_hold h using (hold_id)
  where r.party_id = any (of_parties) and h.lifted_at is null and (h.until is null or h.until >= current_date)
$$;

-- The records are locked before they are held, and before they are erased: whichever comes first is seen by the other.
create function customers.place_hold(of_customer uuid, for_case text, why text, until_day date) returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;

-- A hold on a record that is hidden from the asking person by a seal.
create function customers.hold_records_hidden(of_hold uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select r.party_id from customers.legal_hold_record r where r.hold_id = of_hold and r.party_id in (select customers.hidden_parties())
$$;

-- ---------------------------------------------------------------- requests to be erased

create table customers.erasure (
  erasure_id uuid primary key default uuidv7(),
  customer_id uuid not null,
  customer_no text not null,
  cause text not null default 'request' check (cause in ('request', 'retention')),
  state text not null default 'asked' check (state in ('asked', 'restricted', 'erased', 'refused')),
  version int not null default 1,
  received_on date not null,
  due_on date not null, -- a month after it was received; the officer may say why it takes longer
  evidence text not null check (char_length(btrim(evidence)) between 3 and 500), -- how the person asked and was identified
  plan jsonb not null, -- per table: rows, and whether they go or until when they stay and why
  party_ids uuid[] not null,
  asked_by uuid not null,
  asked_at timestamptz not null default now(),
  restricted_at timestamptz,
  next_on date, -- when more of it may go
  held boolean not null default false, -- a hold was found when more should have gone
  closed_at timestamptz,
  note text check (char_length(btrim(note)) between 3 and 500),
  constraint erasure_closed check ((state in ('erased', 'refused')) = (closed_at is not null))
);
create unique index erasure_once on customers.erasure (customer_id) where state in ('asked', 'restricted');
create index erasure_due on customers.erasure (next_on) where state = 'restricted';

-- What must not come back. Only hashes under a secret of the bank: nobody learns from them who was there.
create table customers.erasure_secret (only_row boolean primary key default true check (only_row), secret bytea not null);
insert into customers.erasure_secret (secret) values (platform.gen_random_bytes(32));
create table customers.erased_record (
  source_id smallint not null,
  kind text not null,
  key_hash bytea not null,
  erased_at timestamptz not null default now(),
  primary key (source_id, kind, key_hash)
);
create table customers.suppression (
  kind text not null check (kind in ('phone', 'email')),
  address_hash bytea not null,
  since timestamptz not null default now(),
  primary key (address_hash, kind)
);
create function customers.erasure_hash(value text) returns bytea
language sql stable parallel safe security definer set search_path = pg_catalog as $$
  select sha256(s.secret || convert_to(value, 'UTF8')) from customers.erasure_secret s
$$;

do $$
declare t text;
begin
  foreach t in array array['legal_hold', 'legal_hold_record', 'erasure', 'erased_record', 'suppression', 'erasure_secret'] loop
    execute format('alter table customers.%I enable row level security', t);
    execute format('alter table customers.%I force row level security', t);
    execute format('create policy keeping on customers.%I to vinculo_owner using (true) with check (true)', t);
    if t <> 'erasure_secret' then
      execute format('create policy working on customers.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
      execute format('grant select, insert, update, delete on customers.%I to vinculo_worker', t);
    end if;
    execute format('grant select on customers.%I to vinculo_backup', t);
  end loop;
  foreach t in array array['legal_hold', 'legal_hold_record', 'erasure'] loop
    execute format('create policy officers on customers.%I for select to vinculo_app using ((select governance.holds(''privacy:manage'')) or (select governance.holds(''glass:review'')))', t);
    execute format('grant select on customers.%I to vinculo_app', t);
  end loop;
end $$;
create policy officers_ask on customers.erasure for insert to vinculo_app with check (
  (select governance.holds('privacy:manage')) and asked_by = (select governance.acting_user()) and state = 'asked' and cause = 'request'
  and exists (select from customers.customer c where c.customer_id = erasure.customer_id));
create policy officers_close on customers.erasure for update to vinculo_app using ((select governance.holds('privacy:manage')) and state = 'asked')
  with check (state in ('asked', 'refused'));
create policy officers_lift on customers.legal_hold for update to vinculo_app using ((select governance.holds('privacy:manage')) and lifted_at is null)
  with check (lifted_by = (select governance.acting_user()));
-- A request or a hold of a customer who is hidden from the officer does not exist.
create policy sealed on customers.erasure as restrictive for select to vinculo_app using (customer_id <> all ((select array(select customers.hidden_customers()))::uuid[]));
create policy sealed on customers.legal_hold_record as restrictive for select to vinculo_app using (party_id <> all ((select array(select customers.hidden_parties()))::uuid[]));
create policy sealed on customers.legal_hold as restrictive for select to vinculo_app using (
  not exists (select from customers.hold_records_hidden(hold_id)));
grant insert (erasure_id, customer_id, customer_no, received_on, due_on, evidence, plan, party_ids, asked_by), update (state, version, closed_at, note, due_on) on customers.erasure to vinculo_app;
grant update (lifted_by, lifted_at, lift_reason) on customers.legal_hold to vinculo_app;

-- From here on nobody sees the customer but compliance and privacy. In the maker's name, in the transaction of the approval (governance/approvals).
create function customers.restrict_customer(of_erasure uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;

-- On the worker: locks what is to go, then looks for holds; who would place one waits until the end of the transaction. Null: a hold is there.
create function customers.lock_for_erasure(of_parties uuid[]) returns uuid[]
language plpgsql set search_path = pg_catalog as $$
declare
  locked uuid[];
begin
  perform from customers.party p where p.party_id = any (of_parties) order by p.party_id for update;
  select coalesce(array_agg(p.party_id), '{}') into locked from customers.party p where p.party_id = any (of_parties);
  return case when exists (select from customers.held_records(locked)) then null else locked end;
end $$;

-- Which keys of a source are never to come again: of the records themselves and of what hung on them.
create function customers.is_erased(of_source smallint, of_kind text, source_key text) returns boolean
language sql stable parallel safe security definer set search_path = pg_catalog as $$
  select exists (select from customers.erased_record e where e.source_id = of_source and e.kind = of_kind
    and e.key_hash = customers.erasure_hash(of_source || ' ' || of_kind || ' ' || source_key))
$$;

-- Who, of these, can be reached under an address of somebody who was erased.
create function customers.suppressed_among(of_customers uuid[]) returns table (customer_id uuid, since timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select p.customer_id, max(s.since)
  from customers.party p join customers.contact_point k on k.party_id = p.party_id and k.kind in ('phone', 'email')
    join customers.suppression s on s.kind = k.kind and s.address_hash = customers.erasure_hash(k.kind || ' ' || coalesce(k.normalised, k.value))
  where p.customer_id = any (of_customers) and (select exists (select from customers.suppression))
  group by p.customer_id
$$;

-- What was said stays said, until the one who said it is erased.
create function customers.keep_consent() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from customers.seal s where s.party_id = old.party_id and s.lifted_at is null and s.compartment_id = any (governance.restricted_compartments())) then
    raise exception 'a consent is not deleted' using errcode = '42501';
  end if;
  return old;
end $$;
create trigger keep_consent before delete on customers.consent for each row execute function customers.keep_consent();

-- The worker carries it out on every table that says whose row it is.
grant delete on customers.consent, customers.seal, customers.access_report, customers.party_history, customers.value_pin, customers.value_dispute to vinculo_worker;

revoke execute on function customers.keep_consent(), customers.held_records(uuid[]), customers.place_hold(uuid, text, text, date), customers.erasure_hash(text),
  customers.restrict_customer(uuid), customers.lock_for_erasure(uuid[]), customers.is_erased(smallint, text, text), customers.suppressed_among(uuid[]), customers.hold_records_hidden(uuid) from public;
grant execute on function customers.place_hold(uuid, text, text, date), customers.restrict_customer(uuid), customers.held_records(uuid[]),
  customers.suppressed_among(uuid[]), customers.hold_records_hidden(uuid) to vinculo_app;
grant execute on function customers.holds_any(jsonb, text[]), customers.held_records(uuid[]), customers.restrict_customer(uuid), customers.lock_for_erasure(uuid[]), customers.erasure_hash(text),
  customers.is_erased(smallint, text, text), customers.suppressed_among(uuid[]) to vinculo_worker;

insert into governance.approval_policy (action, approvers_min, escalate_after_hours) values ('customer.erasure_approved', 1, 16), ('retention_rule.changed', 1, 24);
insert into governance.approval_level (action, level, duties, approvers) values
  ('customer.erasure_approved', 1, '{privacy:manage,compliance_officer}', 1), ('retention_rule.changed', 1, '{privacy:manage,compliance_officer}', 1);
