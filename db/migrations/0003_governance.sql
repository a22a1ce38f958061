-- Who may do what, where; and what was done. Access is decided here, for every path.

create schema governance;
grant usage on schema governance to vinculo_app, vinculo_worker, vinculo_search, vinculo_backup;

-- The bank as an organisation (W3C ORG): one bank, regions, branches, teams.
create table governance.organisation_unit (
  unit_id uuid primary key default uuidv7(),
  parent_id uuid references governance.organisation_unit,
  kind text not null check (kind in ('bank', 'region', 'branch', 'team')),
  code text not null unique,
  name text not null,
  names jsonb not null default '{}', -- name by language, where the bank gives one
  place_code text,
  active boolean not null default true,
  version int not null default 1,
  load_no int, -- the load that brought it, when one did
  check ((kind = 'bank') = (parent_id is null))
);
create unique index organisation_one_bank on governance.organisation_unit ((true)) where kind = 'bank';
create index organisation_unit_parent on governance.organisation_unit (parent_id);

-- Which units lie under which (itself included); kept by the trigger below.
create table governance.unit_reach (
  unit_id uuid not null references governance.organisation_unit on delete cascade,
  below_id uuid not null references governance.organisation_unit on delete cascade,
  primary key (unit_id, below_id)
);
create index unit_reach_below on governance.unit_reach (below_id);

create function governance.rebuild_unit_reach() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;
create trigger organisation_unit_moved after insert or delete or update of parent_id on governance.organisation_unit
  for each statement execute function governance.rebuild_unit_reach();

create table governance.app_user (
  user_id uuid primary key default uuidv7(),
  login text not null unique check (login = lower(login)),
  display_name text not null,
  names jsonb not null default '{}',
  email text,
  home_unit_id uuid not null references governance.organisation_unit,
  locale text not null default 'en' check (locale in ('en', 'ar', 'fa', 'zh', 'es')),
  calendar text not null default 'gregory' check (calendar in ('gregory', 'persian', 'islamic-umalqura')),
  digits text not null default 'local' check (digits in ('local', 'latin')),
  theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
  active boolean not null default true,
  version int not null default 1
);

-- Readable only while signing in (policy below): never part of any answer.
create table governance.credential (
  user_id uuid primary key references governance.app_user on delete cascade,
  password_hash text not null, -- PHC string, argon2id
  changed_at timestamptz not null default now(),
  failed_count int not null default 0,
  locked_until timestamptz
);

create table governance.role (
  role_id text primary key,
  permissions text[] not null
);

-- A role is held at a unit and reaches what lies under it.
create table governance.role_assignment (
  user_id uuid not null references governance.app_user on delete cascade,
  role_id text not null references governance.role,
  unit_id uuid not null references governance.organisation_unit,
  primary key (user_id, role_id, unit_id)
);

create table governance.portfolio (
  portfolio_id uuid primary key default uuidv7(),
  code text not null unique,
  name text not null,
  unit_id uuid not null references governance.organisation_unit,
  owner_user_id uuid references governance.app_user,
  version int not null default 1,
  load_no int
);
create index portfolio_owner on governance.portfolio (owner_user_id);

-- Opaque sessions: the cookie's 256-bit token is kept only as its SHA-256.
create table governance.session (
  session_id uuid primary key default uuidv7(),
  token_hash bytea not null unique,
  user_id uuid not null references governance.app_user on delete cascade,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  ip_address inet,
  user_agent text
);
create index session_of_user on governance.session (user_id) where revoked_at is null;

-- Every change and every view of a customer, in the transaction in which it happens. Values are never written here.
create table governance.audit_event (
  event_id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  actor_id uuid not null,
  session_id uuid,
  request_id text not null,
  purpose text not null,
  action text not null,
  subject_kind text not null,
  subject_ids uuid[] not null default '{}', -- at most 200, else subject_count and query_hash say what was shown
  subject_count int not null default 1,
  query_hash bytea,
  detail jsonb not null default '{}',
  xid xid8 not null default pg_current_xact_id(),
  primary key (at, event_id)
) partition by range (at);
create table governance.audit_event_default partition of governance.audit_event default;
create index audit_event_subject on governance.audit_event using gin (subject_ids);
create index audit_event_actor on governance.audit_event (actor_id, at);

create function governance.audit_is_append_only() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'the audit trail is append-only' using errcode = '42501';
end $$;
create trigger audit_event_append_only before update or delete on governance.audit_event
  for each row execute function governance.audit_is_append_only();
create trigger audit_event_no_truncate before truncate on governance.audit_event
  for each statement execute function governance.audit_is_append_only();

-- The person of the context, as long as the account is active and the session lives: a closed account or session sees nothing from the next statement on.
create function governance.acting_user() returns uuid
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
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
      where s.session_id = (claims ->> 's')::uuid and s.user_id = u.user_id and s.revoked_at is null and s.expires_at > clock_timestamp()));
  return who;
end $$;

create function governance.holds(permission text) returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select exists (
    select from governance.role_assignment a join governance.role r using (role_id)
    where a.user_id = (select governance.acting_user()) and permission = any (r.permissions))
$$;

-- Does a role with customer:read reach the whole bank?
create function governance.sees_whole_bank() returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select exists (
    select from governance.role_assignment a
      join governance.role r using (role_id)
      join governance.organisation_unit u using (unit_id)
    where a.user_id = (select governance.acting_user()) and 'customer:read' = any (r.permissions) and u.kind = 'bank')
$$;

-- The units whose customers the person may see. A customer without a branch is seen by those who see the whole bank.
create function governance.visible_units() returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct reach.below_id), '{}')
  from governance.role_assignment a
    join governance.role r using (role_id)
    join governance.unit_reach reach on reach.unit_id = a.unit_id
  where a.user_id = (select governance.acting_user()) and 'customer:read' = any (r.permissions)
$$;

-- The portfolios the person owns, wherever their customers are booked.
create function governance.visible_portfolios() returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(p.portfolio_id), '{}')
  from governance.portfolio p
  where p.owner_user_id = (select governance.acting_user()) and governance.holds('customer:read')
$$;

revoke execute on all functions in schema governance from public;
grant execute on function governance.acting_user(), governance.holds(text), governance.sees_whole_bank(), governance.visible_units(), governance.visible_portfolios()
  to vinculo_app, vinculo_worker, vinculo_search;

grant select on governance.organisation_unit, governance.unit_reach, governance.role to vinculo_app, vinculo_worker, vinculo_search;
grant select on governance.app_user, governance.role_assignment, governance.portfolio, governance.session, governance.credential, governance.audit_event to vinculo_app, vinculo_worker;
grant insert, update on governance.session to vinculo_app;
grant update (failed_count, locked_until) on governance.credential to vinculo_app;
grant update (locale, calendar, digits, theme, version) on governance.app_user to vinculo_app;
grant insert on governance.audit_event to vinculo_app, vinculo_worker;
grant insert, update on governance.organisation_unit, governance.portfolio to vinculo_worker;
grant delete on governance.organisation_unit, governance.portfolio to vinculo_worker; -- reversing a load
grant insert, update, delete on governance.app_user, governance.credential, governance.role, governance.role_assignment to vinculo_worker; -- command line
grant select on all tables in schema governance to vinculo_backup;

-- The first rows: the bank itself, the roles, and the operator under whose name the command line works (no password, cannot sign in).
insert into governance.organisation_unit (kind, code, name) values ('bank', 'BANK', 'Bank');

-- Duties are kept apart: who administers people reads no customers, who audits changes nothing.
insert into governance.role (role_id, permissions) values
  ('relationship_manager', '{customer:read,organisation:read}'),
  ('branch_manager', '{customer:read,organisation:read}'),
  ('analyst', '{customer:read,organisation:read,load:read}'),
  ('data_steward', '{customer:read,organisation:read,load:read,load:run,load:reverse,quarantine:read,quarantine:correct,mapping:write}'),
  ('administrator', '{organisation:read,user:manage}'),
  ('auditor', '{audit:read,organisation:read,load:read}'),
  ('operator', '{customer:read,organisation:read,load:read,load:run,load:reverse,quarantine:read,quarantine:correct,mapping:write,user:manage}');

insert into governance.app_user (user_id, login, display_name, home_unit_id)
  select '00000000-0000-7000-8000-000000000001', 'operator', 'Operator', unit_id from governance.organisation_unit where kind = 'bank';
insert into governance.role_assignment (user_id, role_id, unit_id)
  select '00000000-0000-7000-8000-000000000001', 'operator', unit_id from governance.organisation_unit where kind = 'bank';

-- Staff are people too. Colleagues are visible to every signed-in colleague (name, unit, role); credentials only while signing in; sessions to their owner.
alter table governance.app_user enable row level security;
alter table governance.app_user force row level security;
create policy colleagues on governance.app_user for select to vinculo_app
  using ((select governance.acting_user()) is not null or (select platform.context_purpose()) = 'sign_in');
create policy own_preferences on governance.app_user for update to vinculo_app
  using (user_id = (select governance.acting_user())) with check (user_id = (select governance.acting_user()));
create policy worker_users on governance.app_user to vinculo_worker using ((select platform.context_purpose()) = 'job') with check ((select platform.context_purpose()) = 'job');

alter table governance.credential enable row level security;
alter table governance.credential force row level security;
create policy signing_in on governance.credential to vinculo_app using ((select platform.context_purpose()) = 'sign_in');
create policy worker_credentials on governance.credential to vinculo_worker using ((select platform.context_purpose()) = 'job') with check ((select platform.context_purpose()) = 'job');

alter table governance.role_assignment enable row level security;
alter table governance.role_assignment force row level security;
create policy colleagues on governance.role_assignment for select to vinculo_app
  using ((select governance.acting_user()) is not null or (select platform.context_purpose()) = 'sign_in');
create policy worker_assignments on governance.role_assignment to vinculo_worker using ((select platform.context_purpose()) = 'job') with check ((select platform.context_purpose()) = 'job');

alter table governance.portfolio enable row level security;
alter table governance.portfolio force row level security;
create policy colleagues on governance.portfolio for select to vinculo_app using ((select governance.acting_user()) is not null);
create policy worker_portfolios on governance.portfolio to vinculo_worker using ((select platform.context_purpose()) = 'job') with check ((select platform.context_purpose()) = 'job');

alter table governance.session enable row level security;
alter table governance.session force row level security;
create policy signing_in on governance.session to vinculo_app
  using ((select platform.context_purpose()) = 'sign_in') with check ((select platform.context_purpose()) = 'sign_in');
create policy own_sessions on governance.session to vinculo_app
  using (user_id = (select governance.acting_user())) with check (user_id = (select governance.acting_user()));

-- The trail is read by auditors; everybody writes only under their own name.
alter table governance.audit_event enable row level security;
alter table governance.audit_event force row level security;
create policy write_own on governance.audit_event for insert to vinculo_app, vinculo_worker with check (actor_id = (select platform.context_user()));
create policy signing_in on governance.audit_event for insert to vinculo_app with check ((select platform.context_purpose()) = 'sign_in');
create policy auditors_read on governance.audit_event for select to vinculo_app using ((select governance.holds('audit:read')));

-- Definer functions above run as the owner of these tables, on whom row security is forced as well: this policy is theirs alone.
-- The owner cannot log in; migrations are the only other thing that runs as it.
do $$
declare t text;
begin
  foreach t in array array['app_user', 'credential', 'role_assignment', 'portfolio', 'session'] loop
    execute format('create policy definer_functions on governance.%I for select to vinculo_owner using (true)', t);
  end loop;
end $$;
