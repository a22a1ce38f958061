-- Breaking glass: one customer, one person, at most an hour, with a reason, an alarm to those concerned, a mark on every row of the trail, and a review by
-- somebody else. And the place where the product tells a person something.

-- Settings that bound what people may do are for the command line: no request may move one, whatever it was made to say.
create function platform.keep_limits() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if current_user = 'vinculo_app' and (starts_with(coalesce(new.name, ''), 'limits.') or starts_with(coalesce(old.name, ''), 'limits.')) then
    raise exception 'limits are not set by requests' using errcode = '42501';
  end if;
  return coalesce(new, old);
end $$;
create trigger keep_limits before insert or update or delete on platform.setting for each row execute function platform.keep_limits();
revoke execute on function platform.keep_limits() from public;

-- ---------------------------------------------------------------- what a person is told

create table governance.notification (
  notification_id uuid primary key default uuidv7(),
  person_id uuid not null references governance.app_user on delete cascade,
  kind text not null check (kind ~ '^[a-z][a-z_]{2,59}$'),
  detail jsonb not null default '{}', -- plain values for the text in the person's language: what this person may know, and nothing of customers beyond
  at timestamptz not null default now(),
  read_at timestamptz
);
create index notification_newest on governance.notification (person_id, notification_id desc);
alter table governance.notification enable row level security;
alter table governance.notification force row level security;
create policy own on governance.notification for select to vinculo_app using (person_id = (select governance.acting_user()));
create policy own_reading on governance.notification for update to vinculo_app using (person_id = (select governance.acting_user()));
create policy telling on governance.notification to vinculo_owner using (true) with check (true);
create policy working on governance.notification to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
grant select, update (read_at) on governance.notification to vinculo_app;
grant select, delete on governance.notification to vinculo_worker;
grant select on governance.notification to vinculo_backup;

-- People who hold a permission, wherever.
create function governance.holders(permission text) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select distinct h.user_id from governance.held_role h where permission = any (h.permissions)
$$;

-- Tells each of them once, and whoever listens that there is something new.
create function governance.tell(person_ids uuid[], kind text, detail jsonb) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into governance.notification (person_id, kind, detail) select distinct id, tell.kind, tell.detail from unnest(person_ids) id where id is not null;
  perform pg_notify('vinculo', json_build_object('topic', 'notification', 'key', '')::text);
end $$;

-- Rows of the trail that functions write themselves, so that nobody who calls them can leave the row out.
create policy functions_write on governance.audit_event for insert to vinculo_owner with check (actor_id = (select platform.context_user()));
create function governance.note(action text, subject_kind text, subject_ids uuid[], detail jsonb) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into governance.audit_event (actor_id, session_id, request_id, purpose, action, subject_kind, subject_ids, subject_count, detail)
  select (c ->> 'u')::uuid, (c ->> 's')::uuid, c ->> 'r', c ->> 'p', note.action, note.subject_kind, note.subject_ids, cardinality(note.subject_ids), note.detail
  from platform.context() c
$$;
revoke execute on function governance.holders(text), governance.tell(uuid[], text, jsonb), governance.note(text, text, uuid[], jsonb) from public;
grant execute on function governance.holders(text), governance.tell(uuid[], text, jsonb) to vinculo_worker;

-- ---------------------------------------------------------------- the grant

create table customers.access_grant (
  grant_id uuid primary key default uuidv7(),
  person_id uuid not null, -- governance.app_user
  customer_id uuid, -- null: the number led to nobody; the attempt is reviewed like any other
  asked_for text not null check (char_length(asked_for) between 1 and 40),
  reason text not null check (char_length(btrim(reason)) between 20 and 500),
  granted_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  ended_at timestamptz, -- given back early
  review_due_at timestamptz not null,
  overdue_told_at timestamptz,
  reviewed_by uuid,
  reviewed_at timestamptz,
  verdict text check (verdict in ('justified', 'not_justified')),
  review_note text check (char_length(btrim(review_note)) between 10 and 500),
  version int not null default 1,
  constraint access_grant_short check (expires_at <= granted_at + interval '60 minutes'),
  constraint access_grant_by_another check (reviewed_by <> person_id),
  constraint access_grant_reviewed check ((reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (verdict is null))
);
create index access_grant_in_force on customers.access_grant (person_id, expires_at);
create index access_grant_review on customers.access_grant (review_due_at) where reviewed_at is null;
alter table customers.access_grant enable row level security;
alter table customers.access_grant force row level security;
create policy granting on customers.access_grant to vinculo_owner using (true) with check (true);
create policy own on customers.access_grant for select to vinculo_app using (person_id = (select governance.acting_user()));
create policy reviewing on customers.access_grant for select to vinculo_app using ((select governance.holds('glass:review')));
create policy give_back on customers.access_grant for update to vinculo_app
  using (person_id = (select governance.acting_user())) with check (reviewed_at is null);
-- Under somebody else's eyes only: the maker of a grant never closes its review.
create policy review on customers.access_grant for update to vinculo_app
  using ((select governance.holds('glass:review')) and person_id <> (select governance.acting_user()) and reviewed_at is null)
  with check (reviewed_by = (select governance.acting_user()));
create policy working on customers.access_grant to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
grant select, update (ended_at, reviewed_by, reviewed_at, verdict, review_note, version) on customers.access_grant to vinculo_app;
grant select, update (overdue_told_at) on customers.access_grant to vinculo_worker;
grant select on customers.access_grant to vinculo_backup;

-- Customers open to the person at this moment; looked at anew by every statement.
create function customers.opened_customers() returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(g.customer_id) filter (where g.customer_id is not null), '{}') from customers.access_grant g
  where g.person_id = (select governance.acting_user()) and g.expires_at > clock_timestamp() and g.ended_at is null
$$;
revoke execute on function customers.opened_customers() from public;
grant execute on function customers.opened_customers() to vinculo_app, vinculo_search;

create policy opened on customers.customer for select to vinculo_app, vinculo_search using (customer_id = any ((select customers.opened_customers())::uuid[]));
alter policy sealed on customers.customer using (
  compartments is null or compartments <@ (select governance.cleared())::smallint[] or customer_id = any ((select customers.opened_customers())::uuid[]));

-- One working day later, at the same time. Days of rest by the setting bank.weekend (ISO: 1 Monday .. 7 Sunday), Saturday and Sunday without it.
create function governance.working_day_later(start timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  rest jsonb := coalesce((select value from platform.setting where name = 'bank.weekend'), '[6, 7]');
  later timestamptz := start;
begin
  for n in 1..7 loop
    later := later + interval '1 day';
    exit when not rest @> to_jsonb(extract(isodow from later)::int);
  end loop;
  return later;
end $$;
revoke execute on function governance.working_day_later(timestamptz) from public;

-- Grant, trail, and alarm are one act that nobody can do in part. An unknown number costs as much as a known one: it counts, it alarms, it is reviewed.
-- Setting limits.emergency: {"perDay": 5, "minutes": 30}.
create function customers.break_glass(asked text, why text) returns table (grant_id uuid, customer_id uuid, expires_at timestamptz)
language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  me uuid := governance.acting_user();
  my_name text := (select u.display_name from governance.app_user u where u.user_id = me);
  rules jsonb := coalesce((select value from platform.setting where name = 'limits.emergency'), '{}');
  minutes int := least(greatest(coalesce((rules ->> 'minutes')::int, 30), 1), 60);
  found customers.customer;
  owner uuid;
  made customers.access_grant;
begin
  if me is null or not governance.holds('glass:break') or not governance.holds('customer:read') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('customers.access_grant ' || me, 0));
  if (select count(*) from customers.access_grant g where g.person_id = me and g.granted_at > clock_timestamp() - interval '24 hours')
      >= coalesce((rules ->> 'perDay')::int, 5) then
    raise exception 'too many attempts' using errcode = 'VL001', constraint = 'emergency_access';
  end if;
  select * into found from customers.customer c where c.customer_no = asked;
  insert into customers.access_grant (person_id, customer_id, asked_for, reason, granted_at, expires_at, review_due_at)
  values (me, found.customer_id, asked, why, clock_timestamp(), clock_timestamp() + make_interval(mins => minutes), governance.working_day_later(clock_timestamp()))
  returning * into made;
  perform governance.note('glass.broken', 'customer', case when found.customer_id is null then '{}' else array[found.customer_id] end,
    jsonb_build_object('grantId', made.grant_id, 'minutes', minutes, 'opened', found.customer_id is not null));
  perform governance.tell(array(select h from governance.holders('glass:review') h where h <> me), 'glass_broken',
    jsonb_build_object('grantId', made.grant_id, 'person', my_name, 'customerNo', asked, 'dueAt', made.review_due_at));
  -- The owner of the customer, unless the seal hides it from the owner, too.
  select p.owner_user_id into owner from governance.portfolio p where p.portfolio_id = found.portfolio_id;
  if owner is not null and owner <> me and (found.compartments is null or found.compartments <@ (
      select coalesce(array_agg(c.compartment_id), '{}') from governance.clearance c where c.person_id = owner and c.ended_at is null)) then
    perform governance.tell(array[owner], 'glass_broken_of_own', jsonb_build_object('grantId', made.grant_id, 'person', my_name, 'customerNo', asked));
  end if;
  return query select made.grant_id, made.customer_id, made.expires_at;
end $$;
revoke execute on function customers.break_glass(text, text) from public;
grant execute on function customers.break_glass(text, text) to vinculo_app;

-- Every row of the trail that stands under a grant says so, whatever wrote it.
create function governance.mark_grant() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  found uuid;
begin
  select g.grant_id into found from customers.access_grant g
  where g.person_id = new.actor_id and g.expires_at > clock_timestamp() and g.ended_at is null and g.customer_id = any (new.subject_ids)
  order by g.granted_at desc limit 1;
  if found is not null then
    new.detail := new.detail || jsonb_build_object('breakGlass', found);
  end if;
  return new;
end $$;
revoke execute on function governance.mark_grant() from public;
create trigger audit_event_grant before insert on governance.audit_event
  for each row when (new.subject_kind = 'customer' and new.decision = 'allowed' and cardinality(new.subject_ids) > 0) execute function governance.mark_grant();

-- Who reviews a grant sees what was done under it, and nothing else of the trail.
create policy reviewers_read on governance.audit_event for select to vinculo_app using (detail ? 'breakGlass' and (select governance.holds('glass:review')));
create index audit_event_under_grant on governance.audit_event ((detail ->> 'breakGlass')) where detail ? 'breakGlass';

update governance.role set permissions = permissions || '{glass:break}' where role_id in ('relationship_manager', 'branch_manager');
update governance.role set permissions = permissions || '{glass:review}' where role_id = 'compliance_officer';
