-- Customers who do not exist for most of the bank: well-known people, members of staff, and sides of a Chinese wall. Each is a compartment: a customer may lie
-- in several at once, and is seen by who has clearance for all of them. Reasons, people and dates are kept; nothing of it is ever deleted.

-- ---------------------------------------------------------------- compartments and who has clearance

create table governance.compartment (
  compartment_id smallint generated always as identity primary key,
  kind text not null check (kind in ('vip', 'staff', 'wall')),
  code text not null unique check (code ~ '^[A-Z0-9][A-Z0-9-]{1,29}$'),
  name text not null check (char_length(name) between 1 and 100),
  -- Of walls: nobody may stand on two sides of one conflict (Brewer-Nash).
  conflict_set text check (char_length(conflict_set) between 1 and 60),
  opened_by uuid not null,
  opened_at timestamptz not null default now(),
  seals int not null default 0, -- in force; kept by the seals
  constraint compartment_conflict check (conflict_set is null or kind = 'wall')
);
create unique index compartment_once on governance.compartment (kind) where kind <> 'wall';

create table governance.clearance (
  clearance_id uuid primary key default uuidv7(),
  compartment_id smallint not null references governance.compartment,
  person_id uuid not null references governance.app_user on delete cascade,
  reason text not null check (char_length(btrim(reason)) between 10 and 500),
  given_by uuid not null,
  given_at timestamptz not null default now(),
  ended_by uuid,
  ended_at timestamptz,
  -- Nobody lets oneself in; the command line lets in whom it is told.
  constraint clearance_by_another check (given_by <> person_id),
  constraint clearance_ended check ((ended_at is null) = (ended_by is null))
);
create unique index clearance_in_force on governance.clearance (person_id, compartment_id) where ended_at is null;
create index clearance_of_compartment on governance.clearance (compartment_id, given_at);

-- Membership is looked at again inside the transaction that gives it: two clearances at once cannot put one person on both sides.
create function governance.keep_walls_apart() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;
create trigger keep_walls_apart before insert on governance.clearance for each row execute function governance.keep_walls_apart();

-- The compartments the person has clearance for.
create function governance.cleared() returns smallint[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(c.compartment_id), '{}') from governance.clearance c
  where c.person_id = (select governance.acting_user()) and c.ended_at is null
$$;

-- Does a role with customer:read reach the whole bank?
create function governance.reaches_whole_bank() returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select exists (
    select from governance.held_role h join governance.organisation_unit u using (unit_id)
    where h.user_id = (select governance.acting_user()) and 'customer:read' = any (h.permissions) and u.kind = 'bank')
$$;

-- Policies of what hangs on a customer ask this to spare themselves the way to the customer. That is right only for who reaches all customers AND has
-- clearance for every compartment in which one lies; for everybody else the way leads through customers.customer, where seals are. So a policy written
-- in the usual form is right by itself.
create or replace function governance.sees_whole_bank() returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select (select governance.reaches_whole_bank())
    and not exists (select from governance.compartment c where c.seals > 0 and c.compartment_id <> all ((select governance.cleared())::smallint[]))
$$;

revoke execute on function governance.keep_walls_apart(), governance.cleared(), governance.reaches_whole_bank() from public;
grant execute on function governance.cleared(), governance.reaches_whole_bank() to vinculo_app, vinculo_worker, vinculo_search;

insert into governance.compartment (kind, code, name, opened_by) values
  ('vip', 'VIP', 'Well-known customers', '00000000-0000-7000-8000-000000000001'),
  ('staff', 'STAFF', 'Staff as customers', '00000000-0000-7000-8000-000000000001');

do $$
declare t text;
begin
  foreach t in array array['compartment', 'clearance'] loop
    execute format('alter table governance.%I enable row level security', t);
    execute format('alter table governance.%I force row level security', t);
    execute format('create policy definer_functions on governance.%I to vinculo_owner using (true) with check (true)', t);
    execute format('create policy working on governance.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select on governance.%I to vinculo_app, vinculo_worker, vinculo_backup', t);
  end loop;
end $$;
-- The name of a wall tells of a deal: it is for those inside and for those who keep the walls.
create policy inside on governance.compartment for select to vinculo_app using (
  (select governance.holds('seal:manage')) or compartment_id = any ((select governance.cleared())::smallint[]));
create policy keeping on governance.compartment for insert to vinculo_app with check (
  (select governance.holds('seal:manage')) and opened_by = (select governance.acting_user()) and kind = 'wall' and seals = 0);
create policy inside on governance.clearance for select to vinculo_app using (
  (select governance.holds('seal:manage')) or person_id = (select governance.acting_user()));
create policy keeping on governance.clearance for insert to vinculo_app with check (
  (select governance.holds('seal:manage')) and given_by = (select governance.acting_user()) and ended_at is null);
create policy ending on governance.clearance for update to vinculo_app using ((select governance.holds('seal:manage')))
  with check (ended_by = (select governance.acting_user()));
grant insert (kind, code, name, conflict_set, opened_by) on governance.compartment to vinculo_app, vinculo_worker;
grant insert (clearance_id, compartment_id, person_id, reason, given_by), update (ended_by, ended_at) on governance.clearance to vinculo_app, vinculo_worker;

-- ---------------------------------------------------------------- seals

-- A seal hangs on a record of a source, as everything does: what is joined to it is sealed with it, and un-merging gives back what was. It is known by the
-- record's own key, too: a delivery that is taken back and comes again is sealed from its first row.
create table customers.seal (
  seal_id uuid primary key default uuidv7(),
  party_id uuid not null,
  source_id smallint not null,
  source_key text not null,
  compartment_id smallint not null, -- governance.compartment; no foreign key: another area's table
  customer_no text not null, -- as it was when it was sealed: who keeps the seals need not see the customer
  reason text not null check (char_length(btrim(reason)) between 10 and 500),
  sealed_by uuid not null,
  sealed_at timestamptz not null default now(),
  lifted_by uuid,
  lifted_at timestamptz,
  lift_reason text check (char_length(btrim(lift_reason)) between 10 and 500),
  constraint seal_lifted check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
);
create unique index seal_in_force on customers.seal (party_id, compartment_id) where lifted_at is null;
create index seal_record on customers.seal (source_id, source_key) where lifted_at is null;
create index seal_newest on customers.seal (compartment_id, seal_id desc);

-- What the seals of its parties add up to, beside the row that the policy looks at: null for nearly everybody.
alter table customers.customer add column compartments smallint[];
alter table customers.search_entry add column compartments smallint[];
create index customer_sealed on customers.customer (customer_id) where compartments is not null;

do $$
declare t text;
begin
  foreach t in array array['customer', 'party', 'search_entry'] loop
    execute format('create policy sealing on customers.%I to vinculo_owner using (true) with check (true)', t);
  end loop;
end $$;
alter table customers.seal enable row level security;
alter table customers.seal force row level security;
create policy sealing on customers.seal to vinculo_owner using (true) with check (true);
create policy working on customers.seal to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
create policy keeping on customers.seal for select to vinculo_app using ((select governance.holds('seal:manage')));
grant select on customers.seal to vinculo_app, vinculo_worker, vinculo_backup;
grant insert on customers.seal to vinculo_worker;
grant update (lifted_by, lifted_at, lift_reason) on customers.seal to vinculo_worker;

-- Adds up the seals of customers anew. Everything that can change the sum calls it in the same transaction: a seal, a lift, a record that moves.
create function customers.add_up_seals(customer_ids uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;

create function customers.seal_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;
create trigger seal_changed after insert or update or delete on customers.seal for each row execute function customers.seal_changed();

create function customers.party_came() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from customers.seal where lifted_at is null) then
    return null;
  end if;
  update customers.seal s set party_id = n.party_id
  from new_rows n where n.source_id = s.source_id and n.source_key = s.source_key and s.lifted_at is null and s.party_id <> n.party_id;
  return null;
end $$;
create trigger party_came after insert on customers.party referencing new table as new_rows for each statement execute function customers.party_came();

create function customers.party_moved() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;
create trigger party_moved after update on customers.party referencing old table as old_rows new table as new_rows
  for each statement execute function customers.party_moved();

create function customers.customer_came() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;
create trigger customer_came after insert on customers.customer referencing new table as new_rows for each statement execute function customers.customer_came();
create trigger entry_came after insert on customers.search_entry referencing new table as new_rows for each statement execute function customers.customer_came();

-- ---------------------------------------------------------------- who sees what

-- The one place where a seal hides: what hangs on a customer is seen through the customer.
create policy sealed on customers.customer as restrictive for select to vinculo_app, vinculo_search using (
  compartments is null or compartments <@ (select governance.cleared())::smallint[]);

alter policy in_scope on customers.customer using (
  (select governance.reaches_whole_bank())
  or branch_id = any ((select governance.visible_units())::uuid[])
  or portfolio_id = any ((select governance.visible_portfolios())::uuid[]));

-- Customers hidden from the person by a seal, and their parties. For places that hold ids without a customer beside them.
create function customers.hidden_customers() returns setof uuid
language sql stable parallel restricted security definer rows 20 set search_path = pg_catalog as $$
  select c.customer_id from customers.customer c
  where c.compartments is not null and not c.compartments <@ (select governance.cleared())::smallint[]
$$;
create function customers.hidden_parties() returns setof uuid
language sql stable parallel restricted security definer rows 40 set search_path = pg_catalog as $$
  select p.party_id from customers.party p where p.customer_id in (select customers.hidden_customers())
$$;

-- Quarantined rows are records as they came, with the names and numbers in them. What holds the key of a record, an account or a contact of a hidden customer
-- is hidden with it, whatever kind of row it is.
create function customers.hidden_texts() returns text[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct lower(found.value)), '{}') from customers.party p
    cross join lateral (
      select p.source_key
      union all select p.full_name
      union all select r.source_key from customers.source_record r where r.party_id = p.party_id
      union all select h.number from customers.holding h where h.party_id = p.party_id
      union all select h.source_key from customers.holding h where h.party_id = p.party_id
      union all select i.value from customers.identifier i where i.party_id = p.party_id
      union all select coalesce(k.normalised, k.value) from customers.contact_point k where k.party_id = p.party_id and k.kind in ('phone', 'email')
    ) as found (value)
  where p.customer_id in (select customers.hidden_customers()) and length(found.value) >= 3
$$;
do $$
declare t text;
begin
  foreach t in array array['source_record', 'holding', 'identifier', 'contact_point'] loop
    execute format('create policy sealing on customers.%I for select to vinculo_owner using (true)', t);
  end loop;
end $$;
create function customers.holds_any(raw jsonb, texts text[]) returns boolean
language sql immutable parallel safe set search_path = pg_catalog as $$
  select exists (
    select from jsonb_each_text(raw) v (name, value)
    where lower(btrim(v.value)) = any (texts)
      or (v.name = 'line' and exists (select from unnest(texts) t (text) where length(t.text) >= 5 and strpos(lower(v.value), t.text) > 0)))
$$;
alter policy stewards on customers.quarantine
  using ((select governance.holds('quarantine:read')) and (select governance.reaches_whole_bank()))
  with check ((select governance.holds('quarantine:correct')) and (select governance.reaches_whole_bank()));
create policy sealed on customers.quarantine as restrictive for select to vinculo_app using (
  (select governance.sees_whole_bank()) or not customers.holds_any(raw, (select customers.hidden_texts())));

-- The trail of a hidden customer is hidden; a list in which one stood among others is shown without it (governance/audit).
create policy sealed on governance.audit_event as restrictive for select to vinculo_app using (
  cardinality(subject_ids) = 0 or subject_kind not in ('customer', 'party')
  or not subject_ids <@ (select array(select customers.hidden_customers() union all select customers.hidden_parties())));

revoke execute on function customers.add_up_seals(uuid[]), customers.seal_changed(), customers.party_came(), customers.party_moved(), customers.customer_came(),
  customers.hidden_customers(), customers.hidden_parties(), customers.hidden_texts(), customers.holds_any(jsonb, text[]) from public;
grant execute on function customers.hidden_customers(), customers.hidden_parties() to vinculo_app, vinculo_search, vinculo_audit;
grant usage on schema customers to vinculo_audit;
grant execute on function customers.hidden_texts(), customers.holds_any(jsonb, text[]) to vinculo_app;

-- ---------------------------------------------------------------- finding

grant create on schema customers to vinculo_search;
set local role vinculo_search;

-- As before, and without the hidden ones before the limit is counted: they would take the place of others.
create or replace function customers.find_customers(wanted tsquery, max_rows int) returns table (customer_id uuid, own boolean)
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
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
end $$;

create or replace function customers.matching_customers(wanted tsquery) returns setof uuid
language plpgsql stable security definer rows 2000 set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
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
end $$;

-- A key that many have brings nobody: hidden parties must not be among the many.
create or replace function customers.match_candidates(wanted int[], max_rows int) returns table (party_id uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct found.party_id
  from unnest(wanted) as k (key) cross join lateral (
    select e.party_id, count(*) over () as parties from (
      select m.party_id from customers.match_entry m
      where m.keys @> array[k.key] and m.party_id not in (select customers.hidden_parties()) limit 81) e
  ) found
  where found.parties <= 80
  limit least(greatest(max_rows, 1), 2000)
$$;
reset role;
set local role vinculo_owner;
revoke create on schema customers from vinculo_search;

-- ---------------------------------------------------------------- who keeps the seals

insert into governance.role (role_id, permissions) values ('compliance_officer', '{customer:read,organisation:read,seal:manage}');
update governance.role set permissions = permissions || '{seal:manage}' where role_id = 'operator';
