-- Keys of encrypted columns. Each is kept wrapped by the master key of the key provider (server/platform/encryption), which never comes into the database:
-- what lies here opens nothing by itself. A column has one key an epoch; rows of older epochs stay readable until they are sealed anew, and their keys stay,
-- because before-images and restored backups may still need them.
create table platform.data_key (
  key_no int generated always as identity primary key,
  column_name text not null check (column_name ~ '^[a-z_]+[.][a-z_]+[.][a-z_]+$'),
  epoch int not null check (epoch >= 0), -- 0: the key of the column's blind index
  wrapped text not null check (length(wrapped) between 40 and 4000),
  master_key text not null, -- which master key wraps it: names it without telling it
  seals_before bigint not null, -- platform.seal_block when it was made
  created_at timestamptz not null default now(),
  unique (column_name, epoch)
);
-- Seals are counted in blocks a process takes beforehand, over all columns together: never fewer than were made with one key.
create sequence platform.seal_block as bigint increment by 65536 minvalue 0 start 0;

alter table platform.data_key enable row level security;
alter table platform.data_key force row level security;
create policy wrapped on platform.data_key for select to vinculo_app, vinculo_worker using (true);
create policy keeping on platform.data_key to vinculo_owner using (true) with check (true);
create policy making on platform.data_key for insert to vinculo_worker with check ((select platform.working()) is not null);
create policy rewrapping on platform.data_key for update to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
grant select on platform.data_key to vinculo_app, vinculo_worker, vinculo_backup;
grant insert, update (wrapped, master_key) on platform.data_key to vinculo_worker;
grant usage, select on sequence platform.seal_block to vinculo_app, vinculo_worker;
grant select on sequence platform.seal_block to vinculo_backup;

-- The key a transaction seals with. It is held (shared) until the transaction ends: whoever takes the same lock alone knows that nobody writes under that key
-- any more, and never makes a writer wait, because writers go on with the newer key.
create function platform.sealing_key(of_column text) returns int
language plpgsql volatile set search_path = pg_catalog as $$
declare
  newest int;
begin
  loop
    select max(k.key_no) into newest from platform.data_key k where k.column_name = of_column and k.epoch > 0;
    exit when newest is null;
    perform pg_advisory_xact_lock_shared(740074, newest);
    exit when newest = (select max(k.key_no) from platform.data_key k where k.column_name = of_column and k.epoch > 0);
  end loop;
  return newest;
end $$;
revoke execute on function platform.sealing_key(text) from public;
grant execute on function platform.sealing_key(text) to vinculo_app, vinculo_worker;

-- Which key a sealed value names: byte 0 is the form, bytes 1 to 4 the number of the key.
create function platform.key_of(sealed bytea) returns int
language sql immutable strict parallel safe set search_path = pg_catalog as $$
  select get_byte(sealed, 1) << 24 | get_byte(sealed, 2) << 16 | get_byte(sealed, 3) << 8 | get_byte(sealed, 4)
$$;
revoke execute on function platform.key_of(bytea) from public;
grant execute on function platform.key_of(bytea) to vinculo_app, vinculo_worker;

-- A column on its way to a new key: one row a rotation, moved on in the transaction of each batch, so that a killed one goes on where it was.
create table governance.key_rotation (
  rotation_id uuid primary key default uuidv7(),
  column_name text not null,
  key_no int, -- the new key; null: not made yet
  ordered_by uuid not null,
  ordered_at timestamptz not null,
  after_id text, -- the last row that was looked at
  resealed bigint not null default 0,
  finished_at timestamptz,
  problem text -- why the last try stopped: a code, never a value
);
create unique index key_rotation_open on governance.key_rotation (column_name) where finished_at is null;
alter table governance.key_rotation enable row level security;
alter table governance.key_rotation force row level security;
create policy keeping on governance.key_rotation to vinculo_owner using (true) with check (true);
create policy managing on governance.key_rotation for select to vinculo_app using ((select governance.holds('key:manage')));
create policy ordering on governance.key_rotation for insert to vinculo_app with check (
  (select governance.holds('key:manage')) and ordered_by = (select governance.acting_user()) and key_no is null and finished_at is null);
create policy rotating on governance.key_rotation to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
grant select on governance.key_rotation to vinculo_app, vinculo_worker, vinculo_backup;
grant insert (column_name, ordered_by, ordered_at) on governance.key_rotation to vinculo_app, vinculo_worker;
grant update (key_no, after_id, resealed, finished_at, problem) on governance.key_rotation to vinculo_worker;

-- The seeds of authenticator apps and the secret of the identity provider are sealed anew by jobs, which see nothing else of them.
create policy resealing on governance.totp for select to vinculo_worker using ((select platform.working()) is not null);
create policy resealed on governance.totp for update to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
grant select (user_id, sealed_seed), update (sealed_seed) on governance.totp to vinculo_worker;
create policy resealing on governance.identity_provider_secret for select to vinculo_worker using ((select platform.working()) is not null);
create policy resealed on governance.identity_provider_secret for update to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
grant select (provider_id, sealed_secret), update (sealed_secret) on governance.identity_provider_secret to vinculo_worker;
