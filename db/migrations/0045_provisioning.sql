-- Groups of people as the bank's directory keeps them, which roles they carry, and the accounts the directory provisions (SCIM 2.0).

create table governance.people_group (
  group_id uuid primary key default uuidv7(),
  name text not null check (length(btrim(name)) between 1 and 200),
  external_id text unique check (length(external_id) between 1 and 255),
  version int not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
create unique index people_group_name on governance.people_group (lower(name));
create table governance.people_group_member (
  group_id uuid not null references governance.people_group on delete cascade,
  user_id uuid not null references governance.app_user on delete cascade,
  primary key (group_id, user_id)
);
create index people_group_of on governance.people_group_member (user_id);
-- The bank says which group carries which role; without a line here a group gives nothing.
create table governance.people_group_role (
  group_name text not null check (group_name = lower(btrim(group_name)) and length(group_name) between 1 and 200),
  role_id text not null references governance.role,
  unit_id uuid not null references governance.organisation_unit,
  set_by uuid not null,
  set_at timestamptz not null default now(),
  primary key (group_name, role_id, unit_id)
);
create table governance.provisioned_person (
  user_id uuid primary key references governance.app_user on delete cascade,
  external_id text unique check (length(external_id) between 1 and 255),
  changed_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  removed_at timestamptz -- for the directory it is gone; here it is closed, with its history
);

-- Grants that follow from groups are told from those that a person gave.
alter table governance.role_assignment add column from_group boolean not null default false;

-- Ruling over people, roles, keys or the trail is given by a person, never by a group of another system.
create function governance.group_gives(role governance.role) returns boolean
language sql stable set search_path = pg_catalog as $$
  select not role.system and role.retired_at is null
    and not role.permissions && (governance.ruling_permissions() || '{key:manage,sign_in:manage,approval:manage}'::text[])
$$;
create function governance.keep_group_roles() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from governance.role r where r.role_id = new.role_id and governance.group_gives(r)) then
    raise exception 'the role % is not given by groups', new.role_id using errcode = 'VS007';
  end if;
  return new;
end $$;
create trigger no_ruling before insert on governance.people_group_role for each row execute function governance.keep_group_roles();

-- Makes a person's grants what their groups say: those of groups that are left go, those of new ones come. What a person gave stays. How many changed.
-- Duties that are kept apart are refused by the trigger of grants (VS001).
create function governance.settle_group_grants(who uuid) returns int
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;

-- While signing in, by a claim that the bank named: the groups of which there is a line. Others are none of Vinculo's business and are not kept.
create function governance.claim_groups(who uuid, names text[]) returns int
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;

do $$
declare t text;
begin
  foreach t in array array['people_group', 'people_group_member', 'people_group_role', 'provisioned_person'] loop
    execute format('alter table governance.%I enable row level security', t);
    execute format('alter table governance.%I force row level security', t);
    execute format('create policy definer_functions on governance.%I to vinculo_owner using (true) with check (true)', t);
    execute format('create policy administers on governance.%I to vinculo_app using ((select governance.holds(''user:manage''))) with check ((select governance.holds(''user:manage'')))', t);
    execute format('grant select, insert, update, delete on governance.%I to vinculo_app', t);
    execute format('grant select on governance.%I to vinculo_backup', t);
  end loop;
end $$;
-- A directory may call somebody otherwise; who administers people by hand has no screen for it.
grant update (login), insert (active) on governance.app_user to vinculo_app;
create policy grants_writes on governance.role_assignment to vinculo_owner using (true) with check (true);

revoke execute on function governance.group_gives(governance.role), governance.keep_group_roles(), governance.settle_group_grants(uuid), governance.claim_groups(uuid, text[]) from public;
grant execute on function governance.settle_group_grants(uuid), governance.claim_groups(uuid, text[]) to vinculo_app;
