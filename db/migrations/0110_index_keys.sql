-- The key of a column's blind index can be followed by another one while people work (docs/decisions/0018). Meanwhile there are two index keys: the current one,
-- whose form every place keeps, and beside it the one that is coming, or the one that is going.
alter table platform.data_key drop constraint data_key_epoch_check;
alter table platform.data_key add column index_use text check (index_use in ('current', 'coming', 'going'));
update platform.data_key set index_use = 'current' where epoch = 0;
alter table platform.data_key add constraint data_key_index_use check ((index_use is null) = (epoch > 0));
comment on column platform.data_key.epoch is 'from 1 upwards: seals; from 0 downwards: key of the blind index';
grant update (index_use) on platform.data_key to vinculo_worker;
grant delete on platform.data_key to vinculo_worker;
create policy dropping on platform.data_key for delete to vinculo_worker using ((select platform.working()) is not null and index_use = 'going');

-- Which index keys a column has and how they are used, as one number; it changes with each step of a rotation and never comes again. Held (shared) by a
-- transaction that makes blind indexes or copies them: whoever takes the lock of an older state alone knows that nobody works by it any more.
create function platform.hold_index(of_column text) returns int
language plpgsql volatile set search_path = pg_catalog as $$
declare
  held int;
  state int;
begin
  loop
    select max(k.key_no) * 4 + case when bool_or(k.index_use = 'coming') then 2 when bool_or(k.index_use = 'going') then 3 else 1 end into state
    from platform.data_key k where k.column_name = of_column and k.epoch <= 0;
    exit when state is not distinct from held;
    perform pg_advisory_xact_lock_shared(740110, state);
    held := state;
  end loop;
  return held;
end $$;
revoke execute on function platform.hold_index(text) from public;
grant execute on function platform.hold_index(text) to vinculo_app, vinculo_worker;

alter table governance.key_rotation
  add column part text not null default 'values' check (part in ('values', 'index')),
  add column step int not null default 0; -- of the index: which of its steps it is at
grant insert (part) on governance.key_rotation to vinculo_app, vinculo_worker;
grant update (step) on governance.key_rotation to vinculo_worker;

alter table customers.identifier add column blind_next bytea check (length(blind_next) = 16);
comment on column customers.identifier.blind_next is 'the same number under the index key that is coming; null while none is';
-- What a record says no longer counts its number by a hash under the index key: the row it became is asked. A load that comes again says it once more.
update customers.source_record set content_hash = 0 where kind = 'identifier';
-- A reversal makes the blind index of what it puts back anew, from the sealed value.
update customers.load_change set before = before #- '{row,blind}' where kind = 'identifier';

create or replace function customers.keep_identifier_history() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
  select o.party_id, 'identifier', o.identifier_id, to_jsonb(o) - '{sealed_value,blind,blind_next,check_fails}'::text[],
    customers.known_from(o.party_id, 'identifier', o.identifier_id, o.load_no), n.party_id is null
  from old_rows o left join new_rows n using (party_id, identifier_id)
  -- The same number under a new key is the same number: one of its two forms stays while the other comes or goes.
  where (o.source_id, o.scheme, o.country, o.verified, o.expires_on, o.load_no) is distinct from (n.source_id, n.scheme, n.country, n.verified, n.expires_on, n.load_no)
    or (o.blind is distinct from n.blind and coalesce(o.blind_next, o.blind) is distinct from coalesce(n.blind_next, n.blind));
  return null;
end $$;
create or replace function customers.keep_gone() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_table_name = 'party' then
    insert into customers.party_history (party_id, kind, row_id, was, valid_from, known_from, gone)
    select o.party_id, 'party', o.party_id, to_jsonb(o) - 'search_terms', o.changed_at, customers.known_from(o.party_id, 'party', o.party_id, o.load_no), true
    from old_rows o;
  elsif tg_table_name = 'contact_point' then
    insert into customers.party_history (party_id, kind, row_id, was, valid_from, known_from, gone)
    select o.party_id, 'contact_point', o.contact_point_id, to_jsonb(o), o.changed_at,
      customers.known_from(o.party_id, 'contact_point', o.contact_point_id, o.load_no), true
    from old_rows o;
  elsif tg_table_name = 'identifier' then
    insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
    select o.party_id, 'identifier', o.identifier_id, to_jsonb(o) - '{sealed_value,blind,blind_next,check_fails}'::text[],
      customers.known_from(o.party_id, 'identifier', o.identifier_id, o.load_no), true
    from old_rows o;
  else
    insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
    select o.party_id, 'identity_link', o.link_id, to_jsonb(o), o.decided_at, true from old_rows o;
  end if;
  return null;
end $$;

-- Both forms: a row in quarantine may still have one of them only.
create or replace function customers.hidden_numbers() returns bytea[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct f.form), '{}') from customers.party p join customers.identifier i on i.party_id = p.party_id
    cross join lateral (values (i.blind), (i.blind_next)) as f (form)
  where p.customer_id in (select customers.hidden_customers()) and f.form is not null
$$;
