-- A row of the trail says from where and with what somebody acted, which classes of data they saw, and whether it was allowed.
alter table governance.audit_event
  add column decision text not null default 'allowed' check (decision in ('allowed', 'refused')),
  add column field_classes text[] not null default '{}' check (cardinality(field_classes) <= 20),
  add column ip_address inet,
  add column user_agent text check (length(user_agent) <= 300),
  add constraint subject_ids_bounded check (cardinality(subject_ids) <= 200);

-- Seals ask for what has been committed since the last one, by transaction.
create index audit_event_xid on governance.audit_event (xid);

-- When a row was written, by which transaction and under which number is not for the writer to say: a row dated back would pass for an old one.
revoke insert on governance.audit_event from vinculo_app, vinculo_worker;
grant insert (actor_id, session_id, request_id, purpose, action, subject_kind, subject_ids, subject_count, query_hash, detail, decision, field_classes, ip_address, user_agent)
  on governance.audit_event to vinculo_app, vinculo_worker;

-- Rows are read and written through the whole table only; the rules of the whole do not hold for a partition that is asked by its own name.
alter table governance.audit_event_default enable row level security;
alter table governance.audit_event_default force row level security;
create policy definer_functions on governance.audit_event_default for select to vinculo_owner using (true);
create trigger audit_event_no_truncate before truncate on governance.audit_event_default
  for each statement execute function governance.audit_is_append_only();

-- A partition of its own for this month and the two to come. A month of which rows lie in the default partition already stays there.
create function governance.prepare_audit_months() returns void
language plpgsql security definer set search_path = pg_catalog set lock_timeout = '2s' as $$
declare
  month date;
  partition text;
begin
  perform pg_advisory_xact_lock(hashtextextended('vinculo audit months', 0));
  for month in select generate_series(date_trunc('month', now() at time zone 'UTC'), date_trunc('month', now() at time zone 'UTC') + interval '2 months', interval '1 month')::date loop
    partition := 'audit_event_' || to_char(month, 'YYYY_MM');
    continue when to_regclass('governance.' || partition) is not null;
    -- Asked by the index first: making a partition keeps writers out while it reads the whole default one.
    continue when exists (
      select from governance.audit_event_default
      where at >= month::timestamp at time zone 'UTC' and at < (month + interval '1 month')::timestamp at time zone 'UTC');
    begin
      execute format('create table governance.%I partition of governance.audit_event for values from (%L) to (%L)', partition,
        month::timestamp at time zone 'UTC', (month + interval '1 month')::timestamp at time zone 'UTC');
      execute format('alter table governance.%I enable row level security', partition);
      execute format('alter table governance.%I force row level security', partition);
      execute format('grant select on governance.%I to vinculo_backup', partition);
      execute format('create trigger audit_event_no_truncate before truncate on governance.%I for each statement execute function governance.audit_is_append_only()', partition);
    exception when check_violation then
      null;
    end;
  end loop;
end $$;
revoke execute on function governance.prepare_audit_months() from public;

-- What auditors ask for goes through the functions of vinculo_audit: "contains this customer" is no leakproof question, so that under row security no
-- index would answer it. The functions ask for the right themselves.
grant usage, create on schema governance to vinculo_audit;
grant usage on schema platform to vinculo_audit;
grant execute on function governance.holds(text) to vinculo_audit;
grant select on governance.audit_event to vinculo_audit;
create policy found_for_auditors on governance.audit_event for select to vinculo_audit using (true);

set local role vinculo_audit;
create function governance.find_audit_events(
  subject uuid, actor uuid, action_begins text, decided text, since timestamptz, until timestamptz, before_at timestamptz, before_id bigint, rows_max int)
returns setof governance.audit_event
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  hidden uuid[];
begin
  if not governance.holds('audit:read') then
    return;
  end if;
  -- Customers hidden from the person by a seal, as the policy of the table has it.
  hidden := array(select customers.hidden_customers() union all select customers.hidden_parties());
  if subject = any (hidden) then
    return;
  end if;
  return query
    select e.* from governance.audit_event e
    where (subject is null or e.subject_ids @> array[subject])
      and (cardinality(e.subject_ids) = 0 or e.subject_kind not in ('customer', 'party') or not e.subject_ids <@ hidden)
      and (actor is null or e.actor_id = actor)
      and (action_begins is null or starts_with(e.action, action_begins))
      and (decided is null or e.decision = decided)
      and (since is null or e.at >= since)
      and (until is null or e.at < until)
      and (before_at is null or (e.at, e.event_id) < (before_at, before_id))
    order by e.at desc, e.event_id desc
    limit least(rows_max, 1001);
end $$;

-- Who saw one customer: alone (opened) or among others (listed), by person, the latest first. Reading the trail about it is not seeing it.
create function governance.looks_at_subject(subject uuid, since timestamptz, until timestamptz)
returns table (actor_id uuid, alone int, among int, refused int, first_at timestamptz, last_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
begin
  if not governance.holds('audit:read') or subject in (select customers.hidden_customers() union all select customers.hidden_parties()) then
    return;
  end if;
  return query
    select e.actor_id, count(*) filter (where e.subject_count = 1 and e.decision = 'allowed')::int,
      count(*) filter (where e.subject_count <> 1 and e.decision = 'allowed')::int, count(*) filter (where e.decision = 'refused')::int, min(e.at), max(e.at)
    from governance.audit_event e
    where e.subject_ids @> array[subject] and not starts_with(e.action, 'audit.') and (since is null or e.at >= since) and (until is null or e.at < until)
    group by e.actor_id order by max(e.at) desc limit 200;
end $$;
revoke all on function governance.find_audit_events(uuid, uuid, text, text, timestamptz, timestamptz, timestamptz, bigint, int),
  governance.looks_at_subject(uuid, timestamptz, timestamptz) from public;
grant execute on function governance.find_audit_events(uuid, uuid, text, text, timestamptz, timestamptz, timestamptz, bigint, int),
  governance.looks_at_subject(uuid, timestamptz, timestamptz) to vinculo_app;
reset role;
set local role vinculo_owner;
revoke create on schema governance from vinculo_audit;
