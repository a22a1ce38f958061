-- Who holds which role where, for how long, by oneself or for somebody else; and which duties one person may not hold together.

-- ---------------------------------------------------------------- roles

alter table governance.role
  add column name text check (length(name) between 1 and 80), -- null: a role of the product, named in every language
  add column note text not null default '' check (length(note) <= 400),
  add column built_in boolean not null default true, -- what the product brings; a bank's own are told from it
  add column system boolean not null default false, -- for the command line alone; never granted
  add column retired_at timestamptz,
  add column version int not null default 1,
  add column duties text[] generated always as (array_append(permissions, role_id)) stored;
update governance.role set system = (role_id = 'operator');
alter table governance.role add check (built_in or name is not null);

-- What is not passed on to a deputy: ruling over people and roles, and auditing.
create function governance.ruling_permissions() returns text[] language sql immutable parallel safe as $$
  select '{user:manage,role:manage,organisation:manage,access:explain,audit:read}'::text[]
$$;

update governance.role set permissions = permissions || '{role:manage,organisation:manage,access:explain}'::text[]
where role_id = 'administrator';
update governance.role set permissions = permissions || '{access:explain}'::text[] where role_id = 'auditor';
update governance.role set permissions = permissions || '{role:manage,organisation:manage}'::text[]
where role_id = 'operator';

-- A grant holds from its first to its last day (UTC), and is changed under its version.
alter table governance.role_assignment
  add column valid_from date not null default '2000-01-01',
  add column valid_until date,
  add column granted_by uuid,
  add column granted_at timestamptz not null default now(),
  add column version int not null default 1,
  add check (valid_until >= valid_from);
create index role_assignment_role on governance.role_assignment (role_id);

-- One person stands in for another: with some of the other's own roles, for a time, and for no longer than the other holds them.
create table governance.delegation (
  delegation_id uuid primary key default uuidv7(),
  from_user_id uuid not null references governance.app_user on delete cascade,
  to_user_id uuid not null references governance.app_user on delete cascade,
  role_ids text[] not null check (cardinality(role_ids) between 1 and 20),
  valid_from date not null,
  valid_until date not null,
  reason text not null check (length(reason) between 3 and 400),
  created_by uuid not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_by uuid,
  version int not null default 1,
  check (from_user_id <> to_user_id),
  check (valid_until >= valid_from and valid_until <= valid_from + 366)
);
create index delegation_to on governance.delegation (to_user_id) where revoked_at is null;
create index delegation_from on governance.delegation (from_user_id) where revoked_at is null;

-- Duties that one person may not hold together. A duty is a permission ("customer:read") or a role ("auditor").
create table governance.sod_conflict (
  duty_a text not null,
  duty_b text not null,
  reason text not null check (length(reason) between 3 and 400),
  built_in boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (duty_a, duty_b),
  check (duty_a < duty_b)
);
insert into governance.sod_conflict (duty_a, duty_b, reason, built_in) values
  ('customer:read', 'user:manage', 'Who administers people reads no customers.', true),
  ('customer:read', 'role:manage', 'Who makes roles reads no customers.', true),
  ('audit:read', 'user:manage', 'Who administers people does not audit.', true),
  ('audit:read', 'role:manage', 'Who makes roles does not audit.', true),
  ('audit:read', 'customer:read', 'Who audits the reading of customers does not read them.', true);

-- Every role a person claims, now or at another time. A chain is impossible: only what the other was granted is passed on, never what was passed to them.
create view governance.claimed_role with (security_invoker = true) as
  select u.user_id, a.role_id, a.unit_id, r.permissions, r.duties, r.system, a.valid_from, coalesce(a.valid_until, 'infinity') as valid_until,
    null::uuid as delegation_id, null::uuid as from_user_id
  from governance.role_assignment a
    join governance.app_user u on u.user_id = a.user_id and u.active
    join governance.role r on r.role_id = a.role_id and r.retired_at is null
  union all
  select u.user_id, a.role_id, a.unit_id, r.permissions, r.duties, r.system, greatest(a.valid_from, d.valid_from), least(a.valid_until, d.valid_until),
    d.delegation_id, d.from_user_id
  from governance.delegation d
    join governance.app_user u on u.user_id = d.to_user_id and u.active
    join governance.app_user g on g.user_id = d.from_user_id and g.active
    join governance.role_assignment a on a.user_id = d.from_user_id and a.role_id = any (d.role_ids)
    join governance.role r on r.role_id = a.role_id and r.retired_at is null and not r.system and not r.permissions && governance.ruling_permissions()
  where d.revoked_at is null;

-- What a person holds today. Roles that stand against one another give nothing, neither of them, until somebody takes one away.
create view governance.held_role with (security_invoker = true) as
  select c.user_id, c.role_id, c.unit_id, c.permissions, c.delegation_id, c.from_user_id
  from governance.claimed_role c
  where (now() at time zone 'UTC')::date between c.valid_from and c.valid_until
    and (c.system or not exists (
      select from governance.sod_conflict s
        join governance.claimed_role o on o.user_id = c.user_id and not o.system and (now() at time zone 'UTC')::date between o.valid_from and o.valid_until
      where s.duty_a = any (c.duties) and s.duty_b = any (o.duties) or s.duty_b = any (c.duties) and s.duty_a = any (o.duties)));

-- The one rule of who reaches which customers, and why: through the whole bank, through a unit, or through a portfolio.
create view governance.customer_scope with (security_invoker = true) as
  select h.user_id, case u.kind when 'bank' then 'bank' else 'unit' end as reason, reach.below_id as unit_id, null::uuid as portfolio_id,
    h.role_id, h.unit_id as held_at, h.delegation_id, h.from_user_id
  from governance.held_role h
    join governance.organisation_unit u on u.unit_id = h.unit_id
    join governance.unit_reach reach on reach.unit_id = h.unit_id
  where 'customer:read' = any (h.permissions)
  union all
  select h.user_id, 'portfolio', p.unit_id, p.portfolio_id, h.role_id, h.unit_id, h.delegation_id, h.from_user_id
  from governance.held_role h
    join governance.portfolio p on p.owner_user_id = coalesce(h.from_user_id, h.user_id)
  where 'customer:read' = any (h.permissions);

create or replace function governance.holds(permission text) returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select exists (
    select from governance.held_role h where h.user_id = (select governance.acting_user()) and permission = any (h.permissions))
$$;

create or replace function governance.sees_whole_bank() returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select exists (
    select from governance.held_role h join governance.organisation_unit u using (unit_id)
    where h.user_id = (select governance.acting_user()) and 'customer:read' = any (h.permissions) and u.kind = 'bank')
$$;

create or replace function governance.visible_units() returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct s.unit_id), '{}') from governance.customer_scope s
  where s.user_id = (select governance.acting_user()) and s.reason <> 'portfolio'
$$;

create or replace function governance.visible_portfolios() returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct s.portfolio_id), '{}') from governance.customer_scope s
  where s.user_id = (select governance.acting_user()) and s.reason = 'portfolio'
$$;

-- The permissions of anybody today, as they are told to the server.
create function governance.permissions_of(who uuid) returns text[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct p order by p), '{}') from governance.held_role h, unnest(h.permissions) p where h.user_id = who
$$;

-- The roles anybody holds today, as colleagues see them.
create function governance.roles_of(who uuid) returns jsonb
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(jsonb_agg(jsonb_build_object('roleId', h.role_id, 'roleName', r.name, 'unitId', h.unit_id, 'unitName', o.name, 'deputyFor', g.display_name)
    order by h.delegation_id nulls first, h.role_id, o.name), '[]')
  from (select * from governance.held_role where user_id = who limit 50) h
    join governance.role r using (role_id) join governance.organisation_unit o using (unit_id) left join governance.app_user g on g.user_id = h.from_user_id
$$;

create or replace function governance.find_session(wanted bytea, out session_id uuid, out user_id uuid, out display_name text, out last_seen_at timestamptz,
  out expires_at timestamptz, out revoked_at timestamptz, out permissions text[])
returns setof record
language plpgsql stable rows 1 parallel restricted security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  return query
    select s.session_id, u.user_id, u.display_name, s.last_seen_at, s.expires_at, s.revoked_at,
      coalesce((select array_agg(distinct p order by p) from governance.held_role h, unnest(h.permissions) p where h.user_id = u.user_id), '{}')
    from governance.session s join governance.app_user u on u.user_id = s.user_id
    where s.token_hash = wanted and u.active;
end $$;

-- ---------------------------------------------------------------- duties kept apart

-- The conflicts that a role would bring to a person within these days, with the role that already stands there. Also asked about a role by itself.
create function governance.conflicts_of(who uuid, new_duties text[], from_day date, until_day date) returns table (duty_a text, duty_b text, reason text, held_role_id text)
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select s.duty_a, s.duty_b, s.reason, c.role_id
  from governance.sod_conflict s
    join governance.claimed_role c on c.user_id = who and not c.system and c.valid_from <= coalesce(until_day, 'infinity') and c.valid_until >= from_day
  where s.duty_a = any (new_duties) and s.duty_b = any (c.duties) or s.duty_b = any (new_duties) and s.duty_a = any (c.duties)
  union
  select s.duty_a, s.duty_b, s.reason, null from governance.sod_conflict s where s.duty_a = any (new_duties) and s.duty_b = any (new_duties)
  order by 1, 2, 4 limit 20
$$;

-- Nobody comes to conflicting duties by any way in: screens, command line, SCIM. Two grants at the same moment wait for one another.
-- How many people claim both of two duties today.
create function governance.count_in_conflict(a text, b text) returns int
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select count(distinct x.user_id)::int
  from governance.claimed_role x join governance.claimed_role y on y.user_id = x.user_id
  where a = any (x.duties) and b = any (y.duties) and not x.system and not y.system
    and (now() at time zone 'UTC')::date between x.valid_from and x.valid_until and (now() at time zone 'UTC')::date between y.valid_from and y.valid_until
$$;

create function governance.refuse_conflicts(who uuid, new_role_id text, from_day date, until_day date) returns void
language plpgsql set search_path = pg_catalog as $$
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
end $$;

create function governance.keep_granted_duties_apart() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('duties ' || new.user_id, 0));
  perform governance.refuse_conflicts(new.user_id, new.role_id, new.valid_from, new.valid_until);
  return new;
end $$;
create trigger duties_apart before insert or update on governance.role_assignment
  for each row execute function governance.keep_granted_duties_apart();

create function governance.keep_delegated_duties_apart() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;
create trigger duties_apart before insert on governance.delegation
  for each row execute function governance.keep_delegated_duties_apart();

-- The roles of the product stay as they are: a bank copies one and changes the copy.
create function governance.keep_built_in_roles() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if current_user in ('vinculo_app', 'vinculo_worker') and (old.built_in or new.built_in or new.system or old.role_id <> new.role_id) then
    raise exception 'a role of the product cannot be changed' using errcode = 'VS005';
  end if;
  return new;
end $$;
create trigger built_in_stays before update on governance.role for each row execute function governance.keep_built_in_roles();

-- A person changes their own language and look; name, address, unit and state are for an administrator, and not for one's own account.
create function governance.keep_own_account() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if current_user = 'vinculo_app'
    and (new.login, new.display_name, new.names, new.email, new.home_unit_id, new.active) is distinct from
        (old.login, old.display_name, old.names, old.email, old.home_unit_id, old.active)
    and (new.user_id = (select governance.acting_user()) or not (select governance.holds('user:manage'))) then
    raise exception 'an account is administered by somebody else' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger own_account before update on governance.app_user for each row execute function governance.keep_own_account();

-- ---------------------------------------------------------------- who writes

alter table governance.delegation enable row level security;
alter table governance.delegation force row level security;
create policy definer_functions on governance.delegation for select to vinculo_owner using (true);
create policy colleagues on governance.delegation for select to vinculo_app using ((select governance.acting_user()) is not null);
create policy worker_delegations on governance.delegation for select to vinculo_worker using ((select platform.working()) is not null);
-- For oneself, or by an administrator for others; never to oneself.
create policy entrusts on governance.delegation for insert to vinculo_app with check (
  created_by = (select governance.acting_user()) and to_user_id <> (select governance.acting_user())
  and (from_user_id = (select governance.acting_user()) or (select governance.holds('user:manage'))));
create policy takes_back on governance.delegation for update to vinculo_app
  using (from_user_id = (select governance.acting_user()) or (select governance.holds('user:manage')))
  with check (revoked_by = (select governance.acting_user()));

create policy administers on governance.app_user for insert to vinculo_app with check ((select governance.holds('user:manage')));
create policy administers_others on governance.app_user for update to vinculo_app
  using ((select governance.holds('user:manage')) and user_id <> (select governance.acting_user()))
  with check ((select governance.holds('user:manage')));
create policy grants_roles on governance.role_assignment for insert to vinculo_app
  with check ((select governance.holds('user:manage')) and user_id <> (select governance.acting_user()) and granted_by = (select governance.acting_user()));
create policy changes_grants on governance.role_assignment for update to vinculo_app
  using ((select governance.holds('user:manage')) and user_id <> (select governance.acting_user()))
  with check ((select governance.holds('user:manage')) and user_id <> (select governance.acting_user()));
create policy takes_roles on governance.role_assignment for delete to vinculo_app
  using ((select governance.holds('user:manage')) and user_id <> (select governance.acting_user()));
create policy administers on governance.portfolio for insert to vinculo_app with check ((select governance.holds('organisation:manage')));
create policy administers_others on governance.portfolio for update to vinculo_app
  using ((select governance.holds('organisation:manage'))) with check ((select governance.holds('organisation:manage')));

-- Catalogues that everybody reads and an administrator writes.
do $$
declare t text;
begin
  foreach t in array array['role', 'sod_conflict', 'organisation_unit'] loop
    execute format('alter table governance.%I enable row level security', t);
    execute format('create policy everybody_reads on governance.%I for select using (true)', t);
    execute format('create policy worker_writes on governance.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
  end loop;
end $$;
create policy makes_roles on governance.role for insert to vinculo_app with check ((select governance.holds('role:manage')) and not built_in and not system);
create policy changes_roles on governance.role for update to vinculo_app using ((select governance.holds('role:manage'))) with check ((select governance.holds('role:manage')));
create policy keeps_apart on governance.sod_conflict for insert to vinculo_app with check ((select governance.holds('role:manage')) and not built_in);
create policy lets_together on governance.sod_conflict for delete to vinculo_app using ((select governance.holds('role:manage')) and not built_in);
create policy makes_units on governance.organisation_unit for insert to vinculo_app with check ((select governance.holds('organisation:manage')));
create policy changes_units on governance.organisation_unit for update to vinculo_app
  using ((select governance.holds('organisation:manage'))) with check ((select governance.holds('organisation:manage')));

-- A unit does not lie under itself, by whatever way: the walk down the tree would not end.
create function governance.keep_tree() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.parent_id is not null and exists (select from governance.unit_reach r where r.unit_id = new.unit_id and r.below_id = new.parent_id) then
    raise exception 'a unit cannot lie under itself' using errcode = 'VS006';
  end if;
  return new;
end $$;
create trigger tree before update of parent_id on governance.organisation_unit for each row execute function governance.keep_tree();

grant select on governance.delegation, governance.sod_conflict to vinculo_app, vinculo_worker;
grant insert (from_user_id, to_user_id, role_ids, valid_from, valid_until, reason, created_by), update (revoked_at, revoked_by, version) on governance.delegation to vinculo_app;
grant insert, delete on governance.sod_conflict to vinculo_app;
grant insert (role_id, name, note, permissions, built_in), update (name, note, permissions, retired_at, version) on governance.role to vinculo_app;
grant insert (user_id, role_id, unit_id, valid_from, valid_until, granted_by), update (valid_from, valid_until, granted_by, version), delete on governance.role_assignment to vinculo_app;
grant insert (user_id, login, display_name, names, email, home_unit_id, locale, calendar, digits, theme), update (display_name, names, email, home_unit_id, active) on governance.app_user to vinculo_app;
grant insert (portfolio_id, code, name, unit_id, owner_user_id), update (name, unit_id, owner_user_id, version) on governance.portfolio to vinculo_app;
grant insert (unit_id, parent_id, kind, code, name, names), update (parent_id, name, names, active, version) on governance.organisation_unit to vinculo_app;
grant select on governance.delegation, governance.sod_conflict to vinculo_backup;

revoke execute on function governance.ruling_permissions(), governance.permissions_of(uuid), governance.roles_of(uuid), governance.count_in_conflict(text, text), governance.conflicts_of(uuid, text[], date, date),
  governance.refuse_conflicts(uuid, text, date, date), governance.keep_granted_duties_apart(), governance.keep_delegated_duties_apart(),
  governance.keep_built_in_roles(), governance.keep_own_account(), governance.keep_tree() from public;
grant execute on function governance.permissions_of(uuid), governance.roles_of(uuid), governance.count_in_conflict(text, text), governance.conflicts_of(uuid, text[], date, date), governance.ruling_permissions() to vinculo_app, vinculo_worker;
