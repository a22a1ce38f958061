-- Second factors, proofs that a person is there, invitations, and the administration of sessions.

alter table governance.session
  add column method text not null default 'password' check (method in ('password', 'totp', 'recovery_code', 'passkey', 'oidc'));
-- Nobody needs to read what a token hashes to: find_session compares.
revoke select on governance.session from vinculo_app;
grant select (session_id, user_id, created_at, last_seen_at, expires_at, revoked_at, ip_address, user_agent, method) on governance.session to vinculo_app;
create policy administers_sees on governance.session for select to vinculo_app using ((select governance.holds('user:manage')));
create policy administers_ends on governance.session for update to vinculo_app
  using ((select governance.holds('user:manage'))) with check ((select governance.holds('user:manage')) and revoked_at is not null);

-- A limit that is shortened holds for sessions that are open already.
drop function governance.find_session(bytea);
create function governance.find_session(wanted bytea, out session_id uuid, out user_id uuid, out display_name text, out last_seen_at timestamptz,
  out expires_at timestamptz, out revoked_at timestamptz, out permissions text[], out limits jsonb)
returns setof record
language plpgsql stable rows 1 parallel restricted security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  return query
    select s.session_id, u.user_id, u.display_name, s.last_seen_at,
      least(s.expires_at, s.created_at + (l.value ->> 'absoluteHours')::float * interval '1 hour'), s.revoked_at,
      coalesce((select array_agg(distinct p order by p) from governance.held_role h, unnest(h.permissions) p where h.user_id = u.user_id), '{}'),
      l.value
    from governance.session s join governance.app_user u on u.user_id = s.user_id
      left join platform.setting l on l.name = 'session_limits'
    where s.token_hash = wanted and u.active;
end $$;
revoke execute on function governance.find_session(bytea) from public;
grant execute on function governance.find_session(bytea) to vinculo_app;

-- Readable like passwords: only while signing in or proving who one is. The seed is sealed outside the database.
create table governance.totp (
  user_id uuid primary key references governance.app_user on delete cascade,
  sealed_seed bytea not null,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz, -- null: shown, not yet proven
  last_step bigint not null default 0 -- no code works twice
);
create table governance.recovery_code (
  user_id uuid not null references governance.app_user on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);
create table governance.passkey (
  credential_id text primary key,
  user_id uuid not null references governance.app_user on delete cascade,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 80),
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkey_of_user on governance.passkey (user_id);

-- What the browser is asked to sign; used once.
create table governance.challenge (
  challenge_id uuid primary key default uuidv7(),
  user_id uuid references governance.app_user on delete cascade,
  purpose text not null check (purpose in ('register', 'sign_in', 'step_up', 'oidc')),
  value text not null,
  expires_at timestamptz not null
);
create index challenge_age on governance.challenge (expires_at);

-- The person was there and meant exactly this act: spent by doing it, in the act's own transaction.
create table governance.step_up (
  proof_id uuid primary key default uuidv7(),
  session_id uuid not null references governance.session on delete cascade,
  user_id uuid not null references governance.app_user on delete cascade,
  action_hash bytea not null check (length(action_hash) = 32),
  method text not null,
  proved_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index step_up_of_session on governance.step_up (session_id);

-- A link by which a person sets their password; only its SHA-256 is kept.
create table governance.invitation (
  token_hash bytea primary key,
  user_id uuid not null references governance.app_user on delete cascade,
  kind text not null check (kind in ('invite', 'reset')),
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index invitation_of_user on governance.invitation (user_id);

do $$
declare t text;
begin
  foreach t in array array['totp', 'recovery_code', 'passkey', 'challenge', 'step_up', 'invitation'] loop
    execute format('alter table governance.%I enable row level security', t);
    execute format('alter table governance.%I force row level security', t);
    execute format('create policy signing_in on governance.%I to vinculo_app using ((select platform.context_purpose()) = ''sign_in'') with check ((select platform.context_purpose()) = ''sign_in'')', t);
    execute format('create policy definer_functions on governance.%I to vinculo_owner using (true) with check (true)', t);
    execute format('grant select on governance.%I to vinculo_backup', t);
  end loop;
end $$;
create policy own_passkeys on governance.passkey for select to vinculo_app using (user_id = (select governance.acting_user()));
create policy removes_own on governance.passkey for delete to vinculo_app using (user_id = (select governance.acting_user()));
create policy own_proofs on governance.step_up for select to vinculo_app using (user_id = (select governance.acting_user()));
create policy spends_own on governance.step_up for update to vinculo_app
  using (user_id = (select governance.acting_user()) and session_id = ((select platform.context()) ->> 's')::uuid and used_at is null)
  with check (user_id = (select governance.acting_user()) and used_at is not null);
create policy invites on governance.invitation for insert to vinculo_app
  with check ((select governance.holds('user:manage')) and created_by = (select governance.acting_user()) and user_id <> (select governance.acting_user()));
create policy sees_invited on governance.invitation for select to vinculo_app using ((select governance.holds('user:manage')));
create policy voids on governance.invitation for update to vinculo_app
  using ((select governance.holds('user:manage'))) with check ((select governance.holds('user:manage')) and used_at is not null);

grant select, insert, delete, update (confirmed_at, last_step) on governance.totp to vinculo_app;
grant select, insert, delete, update (used_at) on governance.recovery_code to vinculo_app;
grant select, insert, delete, update (counter, last_used_at) on governance.passkey to vinculo_app;
grant select, insert, delete on governance.challenge to vinculo_app;
grant select, insert, delete, update (used_at) on governance.step_up to vinculo_app;
grant select, insert, delete, update (used_at) on governance.invitation to vinculo_app;
grant insert, update (password_hash, changed_at), delete on governance.credential to vinculo_app;

-- Which factors somebody has, for themselves and for who administers people; never what they are.
create function governance.factors_of(who uuid, out password boolean, out totp boolean, out recovery_codes int, out passkeys int)
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
begin
  if who = governance.acting_user() or governance.holds('user:manage') or platform.context_purpose() = 'sign_in' then
    password := exists (select from governance.credential c where c.user_id = who);
    totp := exists (select from governance.totp t where t.user_id = who and t.confirmed_at is not null);
    recovery_codes := (select count(*) from governance.recovery_code r where r.user_id = who and r.used_at is null);
    passkeys := (select count(*) from governance.passkey p where p.user_id = who);
  end if;
end $$;

-- A person who lost everything starts again: an administrator removes what proves them, and never one's own.
create function governance.clear_factors(who uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if who = governance.acting_user() or not governance.holds('user:manage') then
    raise exception 'factors are removed by another administrator' using errcode = '42501';
  end if;
  delete from governance.totp where user_id = who;
  delete from governance.recovery_code where user_id = who;
  delete from governance.passkey where user_id = who;
  return true;
end $$;
revoke execute on function governance.factors_of(uuid), governance.clear_factors(uuid) from public;
grant execute on function governance.factors_of(uuid), governance.clear_factors(uuid) to vinculo_app;

-- Nothing of this is kept beyond its use.
create function governance.forget_proofs(before timestamptz) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone int;
begin
  delete from governance.challenge where ctid in (select ctid from governance.challenge where expires_at < before limit 10000);
  get diagnostics gone = row_count;
  delete from governance.step_up where ctid in (select ctid from governance.step_up where expires_at < before limit 10000);
  return gone;
end $$;
revoke execute on function governance.forget_proofs(timestamptz) from public;
grant execute on function governance.forget_proofs(timestamptz) to vinculo_worker;
