-- What proves that the trail is whole: signed seals over what was committed, in a chain. Written by a login of its own that can do nothing else.
grant usage on schema governance to vinculo_sealer;
grant select on governance.audit_event to vinculo_sealer;
create policy sealer_reads on governance.audit_event for select to vinculo_sealer using (true);
grant execute on function governance.prepare_audit_months() to vinculo_sealer;

-- Waits until nobody is writing the trail, and keeps writers out to the end of the transaction: only where transaction numbers began anew.
create function governance.hold_audit_writers() returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  lock table governance.audit_event in share mode;
end $$;
revoke execute on function governance.hold_audit_writers() from public;
grant execute on function governance.hold_audit_writers() to vinculo_sealer;

-- Public halves of the keys that signed; the private one lies outside the database.
create table governance.audit_seal_key (
  key_id text primary key check (key_id ~ '^[0-9a-f]{32}$'),
  public_key bytea not null, -- SPKI, DER
  since timestamptz not null default clock_timestamp()
);

create table governance.audit_seal (
  seal_no bigint primary key check (seal_no >= 1),
  statement text not null, -- canonical JSON (RFC 8785): exactly what is signed; the columns behind it only help to find seals
  seal_hash bytea not null unique check (length(seal_hash) = 32),
  signature bytea not null,
  entries bytea not null, -- 40 bytes a row in the order of the tree: its number (8, big-endian) and the hash of its content
  sealed_at timestamptz not null,
  row_count int not null check (row_count >= 1),
  last_event_id bigint not null, -- the largest number in it
  first_at timestamptz not null,
  last_at timestamptz not null,
  check (length(entries) = 40 * row_count)
);
alter table governance.audit_seal alter column entries set storage external; -- hashes do not compress
create index audit_seal_time on governance.audit_seal (last_at, seal_no);

-- Answers of time-stamping authorities (RFC 3161) to the hash of a seal.
create table governance.audit_timestamp (
  seal_no bigint not null,
  authority text not null check (length(authority) <= 300),
  token bytea not null check (length(token) <= 65536),
  stamped_at timestamptz not null,
  verified boolean not null, -- false: imprint and nonce fit, but no certificate was given to check the signature with
  primary key (seal_no, authority)
);

create trigger append_only before update or delete on governance.audit_seal_key for each row execute function governance.audit_is_append_only();
create trigger no_truncate before truncate on governance.audit_seal_key for each statement execute function governance.audit_is_append_only();
create trigger append_only before update or delete on governance.audit_seal for each row execute function governance.audit_is_append_only();
create trigger no_truncate before truncate on governance.audit_seal for each statement execute function governance.audit_is_append_only();
create trigger append_only before update or delete on governance.audit_timestamp for each row execute function governance.audit_is_append_only();
create trigger no_truncate before truncate on governance.audit_timestamp for each statement execute function governance.audit_is_append_only();

-- How far seals have come: the sealer itself, and each place outside this machine.
create table governance.audit_anchor (
  destination text primary key check (length(destination) <= 300),
  kind text not null check (kind in ('sealer', 'file', 'syslog', 'timestamp')),
  seal_no bigint not null default 0, -- the last seal that arrived there
  done_at timestamptz, -- when it did; for the sealer, when it last looked
  problem text check (length(problem) <= 300), -- why the last try failed
  tried_at timestamptz not null,
  configured boolean not null default true, -- false: it was once, and is not late any more
  every_minutes int -- how often a time stamp is due
);

-- Verifications of the whole chain, ordered by auditors and done by the sealer.
create table governance.audit_check (
  check_id uuid primary key,
  ordered_by uuid not null,
  ordered_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  seals bigint not null default 0,
  rows_checked bigint not null default 0,
  fault_count int,
  faults jsonb not null default '[]', -- the first 100: kind, seal, row; never a value
  problem text check (length(problem) <= 300)
);
create index audit_check_time on governance.audit_check (ordered_at);

grant select, insert on governance.audit_seal_key, governance.audit_seal, governance.audit_timestamp to vinculo_sealer;
grant select, insert, update on governance.audit_anchor to vinculo_sealer;
grant select, update (started_at, finished_at, seals, rows_checked, fault_count, faults, problem) on governance.audit_check to vinculo_sealer;
grant select on governance.audit_seal_key, governance.audit_timestamp, governance.audit_anchor, governance.audit_check to vinculo_app;
grant select (seal_no, statement, seal_hash, signature, sealed_at, row_count, first_at, last_at) on governance.audit_seal to vinculo_app;
grant insert (check_id, ordered_by) on governance.audit_check to vinculo_app;
grant select on governance.audit_seal_key, governance.audit_seal, governance.audit_timestamp, governance.audit_anchor, governance.audit_check to vinculo_backup;

do $$
declare t text;
begin
  foreach t in array array['audit_seal_key', 'audit_seal', 'audit_timestamp', 'audit_anchor', 'audit_check'] loop
    execute format('alter table governance.%I enable row level security', t);
    execute format('alter table governance.%I force row level security', t);
    execute format('create policy sealer_works on governance.%I to vinculo_sealer using (true) with check (true)', t);
    execute format('create policy auditors_read on governance.%I for select to vinculo_app using ((select governance.holds(''audit:read'')))', t);
  end loop;
end $$;
create policy auditors_order on governance.audit_check for insert to vinculo_app
  with check ((select governance.holds('audit:read')) and ordered_by = (select governance.acting_user()));
