-- Numbers of documents are masked for everybody. One of them is shown whole for a reason, within an hourly quota, after it was written down; there is no
-- other way: the login that serves people can read neither the number nor the row in which it was delivered.

create function customers.seen_customer(wanted uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  -- As vinculo_search: under the very policies that decide for the caller.
  perform from customers.customer c where c.customer_id = wanted;
  return found;
end $$;

-- The row of a source as it came, its masked numbers masked: a value of six characters or more that ends as one of the customer's identifiers. Spaces,
-- dashes and local digits do not hide one.
create function customers.delivered_row(wanted uuid, of_party uuid) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  delivered jsonb;
  endings text[];
begin
  if not customers.seen_customer(wanted) then
    return null;
  end if;
  select coalesce(r.raw, '{}') into delivered
  from customers.party p join customers.source_record r on r.source_id = p.source_id and r.kind = 'party' and r.source_key = p.source_key
  where p.customer_id = wanted and p.party_id = of_party;
  if delivered is null then
    return null;
  end if;
  select coalesce(array_agg(distinct lower(i.last4)), '{}') into endings
  from customers.party p join customers.identifier i on i.party_id = p.party_id where p.customer_id = wanted and i.last4 <> '';
  return (
    select coalesce(jsonb_object_agg(v.name, coalesce(
      (select '•••• ' || e.ending from unnest(endings) e (ending) where length(c.compact) >= 6 and right(c.compact, length(e.ending)) = e.ending limit 1), v.value)), '{}')
    from jsonb_each_text(delivered) v (name, value)
      cross join lateral (
        select lower(regexp_replace(translate(coalesce(v.value, ''), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789'), '[^[:alnum:]]', '', 'g')) as compact) c);
end $$;
grant create on schema customers to vinculo_search;
alter function customers.seen_customer(uuid) owner to vinculo_search;
alter function customers.delivered_row(uuid, uuid) owner to vinculo_search;
revoke create on schema customers from vinculo_search;
set local role vinculo_search;
revoke all on function customers.seen_customer(uuid), customers.delivered_row(uuid, uuid) from public;
grant execute on function customers.seen_customer(uuid) to vinculo_owner;
grant execute on function customers.delivered_row(uuid, uuid) to vinculo_app;
reset role;
set local role vinculo_owner;

revoke select on customers.source_record from vinculo_app;
grant select (source_id, kind, source_key, party_id, row_id, content_hash, load_no, line_no, seen_load_no) on customers.source_record to vinculo_app;

create table customers.reveal (
  reveal_id uuid primary key default uuidv7(),
  person_id uuid not null,
  customer_id uuid not null,
  scheme text not null,
  reason text not null check (char_length(btrim(reason)) between 10 and 500),
  at timestamptz not null default clock_timestamp()
);
create index reveal_of_person on customers.reveal (person_id, at);
alter table customers.reveal enable row level security;
alter table customers.reveal force row level security;
create policy revealing on customers.reveal to vinculo_owner using (true) with check (true);
grant select on customers.reveal to vinculo_backup;

-- The value whole; null when there is no such identifier for the caller. The trail is written first, in the same transaction: what cannot be written down is not
-- shown. Setting limits.reveal: {"perHour": 20}. More than one value: identifiers that end alike.
create function customers.reveal_identifier(wanted uuid, of_scheme text, of_country text, ending text, why text) returns text[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := governance.acting_user();
  per_hour int := coalesce((select (value ->> 'perHour')::int from platform.setting where name = 'limits.reveal'), 20);
begin
  if me is null or not governance.holds('identifier:reveal') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  if not customers.seen_customer(wanted) then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('customers.reveal ' || me, 0));
  if (select count(*) from customers.reveal r where r.person_id = me and r.at > clock_timestamp() - interval '1 hour') >= per_hour then
    raise exception 'too many reveals' using errcode = 'VL001', constraint = 'reveal';
  end if;
  insert into customers.reveal (person_id, customer_id, scheme, reason) values (me, wanted, of_scheme, why);
  perform governance.note('identifier.revealed', 'customer', array[wanted],
    jsonb_build_object('scheme', of_scheme, 'country', of_country, 'reason', why));
  return (
    select array_agg(distinct i.value) from customers.party p join customers.identifier i on i.party_id = p.party_id
    where p.customer_id = wanted and i.scheme = of_scheme and i.country is not distinct from of_country and i.last4 = ending);
end $$;
revoke execute on function customers.reveal_identifier(uuid, text, text, text, text) from public;
grant execute on function customers.reveal_identifier(uuid, text, text, text, text) to vinculo_app;

update governance.role set permissions = permissions || '{identifier:reveal}'
  where role_id in ('relationship_manager', 'branch_manager', 'data_steward', 'compliance_officer');
