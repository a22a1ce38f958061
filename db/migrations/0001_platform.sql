-- What runs under everything: the signed request context, events, idempotency, settings. No banking words here.
-- The bootstrap (server/platform/db) has made the roles, the schema platform and platform.migration before this file runs.

create extension if not exists pgcrypto with schema platform;
create extension if not exists pg_trgm with schema platform;
create extension if not exists btree_gin with schema platform;

-- Secrets that sign request contexts. Nobody but the definer function below reads them.
create table platform.context_key (
  key_id smallint primary key,
  secret bytea not null check (length(secret) >= 32),
  created_at timestamptz not null default now()
);

create function platform.from_base64url(value text) returns bytea
language sql immutable parallel safe as $$
  select pg_catalog.decode(pg_catalog.translate(value, '-_', '+/') || pg_catalog.repeat('=', (4 - pg_catalog.length(value) % 4) % 4), 'base64')
$$;

-- The context of this transaction, or null when there is none. Raises when it is forged, replayed on another connection, or expired.
-- Text form: base64url(JSON) "." base64url(HMAC-SHA256(secret, JSON)). JSON: u user, s session, r request, p purpose, pid backend, exp epoch seconds.
create function platform.context() returns jsonb
language plpgsql stable parallel restricted security definer set search_path = pg_catalog, platform as $$
declare
  raw text := nullif(current_setting('vinculo.context', true), '');
  body bytea;
  claims jsonb;
begin
  if raw is null then
    return null;
  end if;
  body := platform.from_base64url(split_part(raw, '.', 1));
  if not exists (
    select from platform.context_key k
    where platform.hmac(body, k.secret, 'sha256') = platform.from_base64url(split_part(raw, '.', 2))
  ) then
    raise exception 'request context is not signed by this bank' using errcode = '42501';
  end if;
  claims := convert_from(body, 'UTF8')::jsonb;
  if (claims ->> 'pid')::int is distinct from pg_backend_pid() then
    raise exception 'request context belongs to another connection' using errcode = '42501';
  end if;
  if (claims ->> 'exp')::numeric < extract(epoch from clock_timestamp()) then
    raise exception 'request context has expired' using errcode = '42501';
  end if;
  return claims;
end $$;

create function platform.context_user() returns uuid
language sql stable parallel restricted set search_path = pg_catalog as $$ select (platform.context() ->> 'u')::uuid $$;

create function platform.context_purpose() returns text
language sql stable parallel restricted set search_path = pg_catalog as $$ select platform.context() ->> 'p' $$;

-- Events: written in the transaction of the change they tell of, relayed in order of id per key.
create table platform.outbox (
  event_id bigint generated always as identity primary key,
  topic text not null,
  key text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  created_xid xid8 not null default pg_current_xact_id(),
  relayed_at timestamptz
);
create index outbox_waiting on platform.outbox (event_id) where relayed_at is null;

create table platform.inbox (
  consumer text not null,
  event_id bigint not null,
  handled_at timestamptz not null default now(),
  primary key (consumer, event_id)
);

-- Creating calls happen once: the answer is kept with the key, in the transaction of the effect.
create table platform.idempotency (
  user_id uuid not null,
  endpoint text not null,
  key text not null check (length(key) between 8 and 200),
  request_hash bytea not null,
  status smallint,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (user_id, endpoint, key)
);
create index idempotency_age on platform.idempotency (created_at);

-- What an operator sets for the whole installation.
create table platform.setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);

grant usage on schema platform to vinculo_app, vinculo_worker, vinculo_search, vinculo_backup;
revoke execute on function platform.context() from public;
grant execute on function platform.context(), platform.context_user(), platform.context_purpose() to vinculo_app, vinculo_worker, vinculo_search;
grant select, insert, update on platform.outbox, platform.inbox, platform.setting to vinculo_app, vinculo_worker;
grant select, insert, update, delete on platform.idempotency to vinculo_app, vinculo_worker;
grant delete on platform.outbox, platform.inbox to vinculo_worker;
grant select on all tables in schema platform to vinculo_backup;
revoke all on platform.context_key from vinculo_backup;

-- A person's stored answers and outgoing events can hold personal data: rows belong to their context.
alter table platform.idempotency enable row level security;
alter table platform.idempotency force row level security;
create policy own_requests on platform.idempotency to vinculo_app, vinculo_worker
  using (user_id = (select platform.context_user())) with check (user_id = (select platform.context_user()));
create policy cleaning on platform.idempotency for delete to vinculo_worker using (created_at < now() - interval '7 days');
