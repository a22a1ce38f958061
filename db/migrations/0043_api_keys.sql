-- API keys: a program that asks in the name of one person, with less than that person may do. Asked for by one, in force after another's approval.

create table governance.api_key (
  key_id uuid primary key default uuidv7(),
  prefix text not null unique check (prefix ~ '^vk_[A-Za-z0-9]{8}$'), -- shown, so that a key found somewhere can be named
  token_hash bytea not null unique check (length(token_hash) = 32), -- SHA-256; the key itself is shown once and kept nowhere
  owner_id uuid not null references governance.app_user on delete cascade,
  purpose text not null check (length(btrim(purpose)) between 10 and 400),
  scopes text[] not null check (cardinality(scopes) between 1 and 40),
  ip_ranges cidr[] not null check (cardinality(ip_ranges) between 1 and 20), -- from where it may be used
  rows_per_day bigint not null check (rows_per_day between 0 and 100000000), -- of customers, and ten times that of transactions
  created_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by uuid,
  approved_at timestamptz,
  revoked_at timestamptz, -- also: refused
  revoked_by uuid,
  last_used_at timestamptz,
  last_ip inet,
  constraint api_key_by_another check (decided_by <> owner_id),
  constraint api_key_year check (expires_at > created_at and expires_at <= created_at + interval '366 days'),
  constraint api_key_approved check ((approved_at is null) = (decided_by is null)),
  -- No key rules over people, keys or approvals, whatever its owner may do.
  constraint api_key_no_ruling check (not scopes && '{user:manage,role:manage,organisation:manage,access:explain,key:manage,sign_in:manage,approval:manage,egress:approve,glass:break,glass:review,identifier:reveal,seal:manage}'::text[])
);
create index api_key_of_owner on governance.api_key (owner_id);

create table governance.api_key_rows (
  key_id uuid not null references governance.api_key on delete cascade,
  class text not null check (class in ('customer', 'transaction')),
  day date not null,
  rows bigint not null default 0,
  primary key (key_id, class, day)
) with (fillfactor = 50);

-- The person of the context as long as account, session and key live and the key, if it is one that asks, goes as far as this permission.
create function governance.acting_for(permission text) returns uuid
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
      where s.session_id = (claims ->> 's')::uuid and s.user_id = u.user_id and s.revoked_at is null and s.expires_at > clock_timestamp()))
    and (claims ->> 'k' is null or exists (
      select from governance.api_key k
      where k.key_id = (claims ->> 'k')::uuid and k.owner_id = u.user_id and k.approved_at is not null and k.revoked_at is null and k.expires_at > clock_timestamp()
        -- Whoever provisions people does with them what an administrator does, and nothing else.
        and (permission is null or permission = any (k.scopes) or 'scim' = any (k.scopes) and permission in ('user:manage', 'organisation:read'))));
  return who;
end $$;

create or replace function governance.acting_user() returns uuid
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
begin
  return governance.acting_for(null);
end $$;

create or replace function governance.holds(permission text) returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select exists (
    select from governance.held_role h where h.user_id = (select governance.acting_for(permission)) and permission = any (h.permissions))
$$;

create or replace function governance.reaches_whole_bank() returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select exists (
    select from governance.held_role h join governance.organisation_unit u using (unit_id)
    where h.user_id = (select governance.acting_for('customer:read')) and 'customer:read' = any (h.permissions) and u.kind = 'bank')
$$;

create or replace function governance.visible_units() returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct s.unit_id), '{}') from governance.customer_scope s
  where s.user_id = (select governance.acting_for('customer:read')) and s.reason <> 'portfolio'
$$;

create or replace function governance.visible_portfolios() returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct s.portfolio_id), '{}') from governance.customer_scope s
  where s.user_id = (select governance.acting_for('customer:read')) and s.reason = 'portfolio'
$$;

-- Who holds a key, asked before every request and remembered nowhere: a revoked key is dead on every node with the commit. Rights are those of the owner
-- today, cut to the scopes. null from an address outside the ranges, for whatever does not live, and when the owner's account is closed.
create function governance.find_key(wanted bytea, address inet, at timestamptz, out key_id uuid, out user_id uuid, out display_name text, out permissions text[],
  out last_used_at timestamptz)
returns setof record
language plpgsql stable rows 1 parallel restricted security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  return query
    select k.key_id, u.user_id, u.display_name,
      array(select s from unnest(k.scopes) s where s = 'scim' and 'user:manage' = any (governance.permissions_of(u.user_id)) or s = any (governance.permissions_of(u.user_id))),
      k.last_used_at
    from governance.api_key k join governance.app_user u on u.user_id = k.owner_id
    where k.token_hash = wanted and u.active and k.approved_at is not null and k.revoked_at is null and k.expires_at > at
      and exists (select from unnest(k.ip_ranges) r where address <<= r);
end $$;

-- When and from where it was used last; only by the key itself.
create function governance.touch_key(address inet, at timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
  update governance.api_key set last_used_at = at, last_ip = address where key_id = (platform.context() ->> 'k')::uuid
$$;

-- Whoever reads the trail sees that a program asked, and which: not for the writer to say, so that no writer can forget it.
create function governance.name_key() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  key text := platform.context() ->> 'k';
begin
  if key is not null then
    new.detail := new.detail || jsonb_build_object('keyId', key);
  end if;
  return new;
end $$;
create trigger audit_event_key before insert on governance.audit_event
  for each row when (new.session_id is null and new.purpose = 'serve') execute function governance.name_key();

-- A key has a budget of its own beside its owner's: what a program takes does not stop the person, and the other way round.
create function governance.spend_key_rows(of_key uuid, of_class text, given bigint) returns void
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;

create or replace function governance.spend_rows() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
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
end $$;

do $$
declare t text;
begin
  foreach t in array array['api_key', 'api_key_rows'] loop
    execute format('alter table governance.%I enable row level security', t);
    execute format('alter table governance.%I force row level security', t);
    execute format('create policy definer_functions on governance.%I to vinculo_owner using (true) with check (true)', t);
    execute format('grant select on governance.%I to vinculo_backup', t);
  end loop;
end $$;
create policy own_keys on governance.api_key for select to vinculo_app using (owner_id = (select governance.acting_user()));
create policy keeps_keys on governance.api_key for select to vinculo_app using ((select governance.holds('key:manage')));
-- By a person at a browser: no key makes another.
create policy asks on governance.api_key for insert to vinculo_app with check (
  owner_id = (select governance.acting_user()) and ((select platform.context()) ->> 's') is not null and approved_at is null and revoked_at is null);
create policy decides on governance.api_key for update to vinculo_app
  using ((select governance.holds('key:manage')) and revoked_at is null)
  with check ((approved_at is null or decided_by <> owner_id) and (revoked_at is not null and revoked_by = (select governance.acting_user()) or decided_by = (select governance.acting_user())));
create policy revokes_own on governance.api_key for update to vinculo_app
  using (owner_id = (select governance.acting_user()) and revoked_at is null)
  with check (owner_id = (select governance.acting_user()) and revoked_at is not null and revoked_by = owner_id);
create policy own_rows on governance.api_key_rows for select to vinculo_app using (true);
create policy worker_keys on governance.api_key for select to vinculo_worker using ((select platform.working()) is not null);
create policy worker_revokes on governance.api_key for update to vinculo_worker
  using ((select platform.working()) is not null and revoked_at is null) with check (revoked_at is not null);

grant select (key_id, prefix, owner_id, purpose, scopes, ip_ranges, rows_per_day, created_at, expires_at, decided_by, approved_at, revoked_at, revoked_by, last_used_at, last_ip)
  on governance.api_key to vinculo_app, vinculo_worker;
grant insert (key_id, prefix, token_hash, owner_id, purpose, scopes, ip_ranges, rows_per_day, created_at, expires_at), update (decided_by, approved_at, revoked_at, revoked_by)
  on governance.api_key to vinculo_app;
grant update (revoked_at, revoked_by) on governance.api_key to vinculo_worker;
grant select on governance.api_key_rows to vinculo_app;

-- Those who keep keys are told of what waits for them; the owner of what became of it.
create function governance.tell_of_key() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  owner text := (select u.display_name from governance.app_user u where u.user_id = new.owner_id);
begin
  if tg_op = 'INSERT' then
    perform governance.tell(array(select h from governance.holders('key:manage') h where h <> new.owner_id), 'key_asked', jsonb_build_object('person', owner, 'prefix', new.prefix));
  elsif old.approved_at is null and new.approved_at is not null then
    perform governance.tell(array[new.owner_id], 'key_approved', jsonb_build_object('prefix', new.prefix));
  elsif old.revoked_at is null and new.revoked_at is not null and new.revoked_by is distinct from new.owner_id then
    perform governance.tell(array[new.owner_id], 'key_revoked', jsonb_build_object('prefix', new.prefix));
  end if;
  return null;
end $$;
create trigger api_key_told after insert or update of approved_at, revoked_at on governance.api_key for each row execute function governance.tell_of_key();

revoke execute on function governance.acting_for(text), governance.find_key(bytea, inet, timestamptz), governance.touch_key(inet, timestamptz), governance.name_key(),
  governance.spend_key_rows(uuid, text, bigint), governance.tell_of_key() from public;
grant execute on function governance.acting_for(text) to vinculo_app, vinculo_worker, vinculo_search;
grant execute on function governance.find_key(bytea, inet, timestamptz), governance.touch_key(inet, timestamptz) to vinculo_app;
