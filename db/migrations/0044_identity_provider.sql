-- Signing in by the bank's own identity provider (OpenID Connect), and who may still sign in without it.

create table governance.identity_provider (
  provider_id smallint primary key default 1 check (provider_id = 1), -- a bank has one
  name text not null check (length(btrim(name)) between 1 and 60), -- on the button of the sign-in page
  issuer text not null check (length(issuer) <= 400),
  client_id text not null check (length(client_id) between 1 and 200),
  links_by_email boolean not null default false,
  group_claim text check (length(group_claim) between 1 and 100), -- null: roles are given in Vinculo alone
  enabled boolean not null default false,
  local_sign_in text not null default 'everybody' check (local_sign_in in ('everybody', 'emergency')),
  tried_at timestamptz, -- when these settings last led somebody all the way; a change begins anew
  changed_at timestamptz not null,
  changed_by uuid not null,
  version int not null default 1,
  constraint provider_local check (enabled or local_sign_in = 'everybody')
);
-- Written by administrators, read only while somebody signs in.
create table governance.identity_provider_secret (
  provider_id smallint primary key references governance.identity_provider on delete cascade,
  sealed_secret bytea not null,
  changed_at timestamptz not null default now()
);
-- Who signs in with a password or a passkey even when everybody else has to come by the provider.
create table governance.emergency_account (
  user_id uuid primary key references governance.app_user on delete cascade,
  named_by uuid not null,
  named_at timestamptz not null default now()
);
-- Which person a subject of a provider is: said once, with proof on both sides.
create table governance.external_identity (
  issuer text not null,
  subject text not null check (length(subject) between 1 and 255),
  user_id uuid not null references governance.app_user on delete cascade,
  linked_at timestamptz not null,
  last_used_at timestamptz,
  primary key (issuer, subject),
  unique (user_id, issuer)
);
-- What ends a session from the provider's side (back-channel logout), and what tells the provider that we ended it.
create table governance.provider_session (
  session_id uuid primary key references governance.session on delete cascade,
  issuer text not null,
  subject text not null,
  provider_sid text,
  sealed_id_token bytea not null
);
create index provider_session_sid on governance.provider_session (issuer, provider_sid);
create index provider_session_subject on governance.provider_session (issuer, subject);

-- Somebody other than the person has said that this address is the person's: an administrator who asked them, or the provider's own provisioning.
alter table governance.app_user add column email_confirmed_at timestamptz;
create function governance.forget_confirmation() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if lower(new.email) is distinct from lower(old.email) and new.email_confirmed_at is not distinct from old.email_confirmed_at then
    new.email_confirmed_at := null;
  end if;
  return new;
end $$;
create trigger email_changed before update of email on governance.app_user for each row execute function governance.forget_confirmation();
create index app_user_email on governance.app_user (lower(email)) where email is not null;

create or replace function governance.keep_own_account() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if current_user = 'vinculo_app'
    and (new.login, new.display_name, new.names, new.email, new.email_confirmed_at, new.home_unit_id, new.active) is distinct from
        (old.login, old.display_name, old.names, old.email, old.email_confirmed_at, old.home_unit_id, old.active)
    and (new.user_id = (select governance.acting_user()) or not (select governance.holds('user:manage'))) then
    raise exception 'an account is administered by somebody else' using errcode = '42501';
  end if;
  return new;
end $$;
grant update (email_confirmed_at), insert (email_confirmed_at) on governance.app_user to vinculo_app;

alter table governance.challenge drop constraint challenge_purpose_check,
  add constraint challenge_purpose_check check (purpose in ('register', 'sign_in', 'step_up', 'oidc', 'oidc_try', 'oidc_step_up', 'oidc_logout'));

-- May this person sign in without the provider?
create function governance.local_sign_in_allowed(who uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select not exists (select from governance.identity_provider p where p.enabled and p.local_sign_in = 'emergency')
    or exists (select from governance.emergency_account e where e.user_id = who)
$$;

-- Can this person prove themselves at the provider?
create function governance.signs_in_by_provider(who uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from governance.external_identity e join governance.identity_provider p on p.issuer = e.issuer and p.enabled where e.user_id = who)
$$;

-- Coming in past the provider is an emergency, and everybody who administers people hears of it.
create function governance.tell_of_emergency_sign_in() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select from governance.identity_provider p where p.enabled and p.local_sign_in = 'emergency') then
    perform governance.tell(array(select h from governance.holders('user:manage') h where h <> new.user_id union select h from governance.holders('audit:read') h where h <> new.user_id),
      'emergency_sign_in', jsonb_build_object('person', (select u.display_name from governance.app_user u where u.user_id = new.user_id)));
  end if;
  return null;
end $$;
create trigger session_in_emergency after insert on governance.session for each row when (new.method <> 'oidc') execute function governance.tell_of_emergency_sign_in();

-- Write-only: nobody reads back what was put in here.
create function governance.set_provider_secret(sealed bytea) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not governance.holds('sign_in:manage') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  delete from governance.identity_provider_secret where provider_id = 1;
  if sealed is not null then
    insert into governance.identity_provider_secret (provider_id, sealed_secret) values (1, sealed);
  end if;
end $$;
create function governance.provider_has_secret() returns boolean
language sql stable security definer set search_path = pg_catalog as $$ select exists (select from governance.identity_provider_secret) $$;

do $$
declare t text;
begin
  foreach t in array array['identity_provider', 'identity_provider_secret', 'emergency_account', 'external_identity', 'provider_session'] loop
    execute format('alter table governance.%I enable row level security', t);
    execute format('alter table governance.%I force row level security', t);
    execute format('create policy definer_functions on governance.%I to vinculo_owner using (true) with check (true)', t);
    execute format('create policy signing_in on governance.%I to vinculo_app using ((select platform.context_purpose()) = ''sign_in'') with check ((select platform.context_purpose()) = ''sign_in'')', t);
    execute format('grant select on governance.%I to vinculo_backup', t);
  end loop;
  foreach t in array array['identity_provider', 'emergency_account'] loop
    execute format('create policy sets_up on governance.%I to vinculo_app using ((select governance.holds(''sign_in:manage''))) with check ((select governance.holds(''sign_in:manage'')))', t);
  end loop;
end $$;
create policy own_identity on governance.external_identity for select to vinculo_app using (user_id = (select governance.acting_user()));
create policy administers on governance.external_identity for select to vinculo_app using ((select governance.holds('user:manage')));
create policy unlinks on governance.external_identity for delete to vinculo_app using ((select governance.holds('user:manage')) and user_id <> (select governance.acting_user()));
revoke select on governance.identity_provider_secret from vinculo_backup;

grant select, insert, update on governance.identity_provider to vinculo_app;
grant select on governance.identity_provider_secret to vinculo_app;
grant select, insert, delete on governance.emergency_account to vinculo_app;
grant select, insert, delete, update (last_used_at) on governance.external_identity to vinculo_app;
grant select, insert on governance.provider_session to vinculo_app;

revoke execute on function governance.local_sign_in_allowed(uuid), governance.set_provider_secret(bytea), governance.provider_has_secret(),
  governance.forget_confirmation(), governance.signs_in_by_provider(uuid), governance.tell_of_emergency_sign_in() from public;
grant execute on function governance.signs_in_by_provider(uuid), governance.local_sign_in_allowed(uuid), governance.set_provider_secret(bytea), governance.provider_has_secret() to vinculo_app;
