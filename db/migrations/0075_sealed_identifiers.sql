-- Numbers of identity documents are kept sealed (server/platform/encryption): the value under the column's key, bound to its row; the blind index, by which
-- equal ones find each other and which the search has instead of the number; the last four characters, which everybody sees anyway. What only the whole
-- number tells, whether its check digits are right, is told when it comes.
do $$
begin
  if exists (select from customers.identifier) then
    raise exception 'This bank was filled before the numbers of identity documents were encrypted: start with a new VINCULO_HOME, or load its deliveries into an empty database.';
  end if;
end $$;
drop index customers.identifier_strong;
alter table customers.identifier alter column last4 drop expression;
alter table customers.identifier drop column value, alter column last4 set not null,
  add column sealed_value bytea not null,
  add column blind bytea not null check (length(blind) = 16),
  add column check_fails boolean; -- null: no check is known for this kind and country
create index identifier_strong on customers.identifier (blind, scheme, country);
comment on column customers.identifier.blind is 'HMAC-SHA256 of the number (letters and digits, upper case) under the index key of the column, first 16 bytes';

create or replace function customers.keep_identifier_history() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
  select o.party_id, 'identifier', o.identifier_id, to_jsonb(o) - '{sealed_value,blind,check_fails}'::text[],
    customers.known_from(o.party_id, 'identifier', o.identifier_id, o.load_no), n.party_id is null
  from old_rows o left join new_rows n using (party_id, identifier_id)
  -- The same number under a new key is the same number.
  where (o.source_id, o.scheme, o.country, o.blind, o.verified, o.expires_on, o.load_no)
      is distinct from (n.source_id, n.scheme, n.country, n.blind, n.verified, n.expires_on, n.load_no);
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
    select o.party_id, 'identifier', o.identifier_id, to_jsonb(o) - '{sealed_value,blind,check_fails}'::text[],
      customers.known_from(o.party_id, 'identifier', o.identifier_id, o.load_no), true
    from old_rows o;
  else
    insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
    select o.party_id, 'identity_link', o.link_id, to_jsonb(o), o.decided_at, true from old_rows o;
  end if;
  return null;
end $$;

-- What is shown whole is opened by the server that asked, which alone has the key: the database gives the sealed value, after it wrote down that it does.
drop function customers.reveal_identifier(uuid, text, text, text, text);
create function customers.reveal_identifier(wanted uuid, of_scheme text, of_country text, ending text, why text)
returns table (identifier_id uuid, sealed bytea)
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := governance.acting_user();
  per_hour int := coalesce((select (value ->> 'perHour')::int from platform.setting where name = 'limits.reveal'), 20);
begin
  if me is null or not governance.holds('identifier:reveal') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  if not customers.seen_customer(wanted) then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('customers.reveal ' || me, 0));
  if (select count(*) from customers.reveal r where r.person_id = me and r.at > clock_timestamp() - interval '1 hour') >= per_hour then
    raise exception 'too many reveals' using errcode = 'VL001', constraint = 'reveal';
  end if;
  insert into customers.reveal (person_id, customer_id, scheme, reason) values (me, wanted, of_scheme, why);
  perform governance.note('identifier.revealed', 'customer', array[wanted],
    jsonb_build_object('scheme', of_scheme, 'country', of_country, 'reason', why));
  return query
    select distinct on (i.blind) i.identifier_id, i.sealed_value from customers.party p join customers.identifier i on i.party_id = p.party_id
    where p.customer_id = wanted and i.scheme = of_scheme and i.country is not distinct from of_country and i.last4 = ending order by i.blind, i.identifier_id limit 20;
end $$;
revoke execute on function customers.reveal_identifier(uuid, text, text, text, text) from public;
grant execute on function customers.reveal_identifier(uuid, text, text, text, text) to vinculo_app;

-- A row in quarantine is a record as it came. The blind indexes of what in it may be a number of a document say whose it is, now that the numbers of
-- customers cannot be compared with it as text; null: not looked at yet, and seen by those only from whom nothing is hidden.
alter table customers.quarantine add column numbers bytea[];
create index quarantine_unnoted on customers.quarantine (load_no) where numbers is null;
create or replace function customers.hidden_texts() returns text[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct lower(found.value)), '{}') from customers.party p
    cross join lateral (
      select p.source_key
      union all select p.full_name
      union all select r.source_key from customers.source_record r where r.party_id = p.party_id
      union all select h.number from customers.holding h where h.party_id = p.party_id
      union all select h.source_key from customers.holding h where h.party_id = p.party_id
      union all select coalesce(k.normalised, k.value) from customers.contact_point k where k.party_id = p.party_id and k.kind in ('phone', 'email')
    ) as found (value)
  where p.customer_id in (select customers.hidden_customers()) and length(found.value) >= 3
$$;
create function customers.hidden_numbers() returns bytea[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct i.blind), '{}') from customers.party p join customers.identifier i on i.party_id = p.party_id
  where p.customer_id in (select customers.hidden_customers())
$$;
revoke execute on function customers.hidden_numbers() from public;
grant execute on function customers.hidden_numbers() to vinculo_app;
alter policy sealed on customers.quarantine using (
  (select governance.sees_whole_bank())
  or (not customers.holds_any(raw, (select customers.hidden_texts()))
    and (numbers is not null or cardinality((select customers.hidden_numbers())) = 0)
    and not coalesce(numbers && (select customers.hidden_numbers()), false)));
