-- The trail as a file takes its rows out of the budget of who takes it. Reading it on the screen costs nothing: auditors read all day.

drop trigger audit_event_spend on governance.audit_event;
create trigger audit_event_spend before insert on governance.audit_event
  for each row when (new.purpose = 'serve' and new.decision = 'allowed' and new.action not like 'glass.%'
    and (new.subject_kind in ('customer', 'party', 'quarantine', 'load') or (new.subject_kind = 'audit_event' and new.detail ? 'rows')))
  execute function governance.spend_rows();

-- How many events a search finds, for who may read the trail; counting stops at the bound.
grant create on schema governance to vinculo_audit;
set local role vinculo_audit;
create function governance.count_audit_events(subject uuid, actor uuid, action_begins text, decided text, since timestamptz, until timestamptz, rows_max int) returns int
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  hidden uuid[];
begin
  if not governance.holds('audit:read') then
    return 0;
  end if;
  hidden := array(select customers.hidden_customers() union all select customers.hidden_parties());
  return case when subject = any (hidden) then 0 else (select count(*) from (
    select from governance.audit_event e
    where (subject is null or e.subject_ids @> array[subject])
      and (cardinality(e.subject_ids) = 0 or e.subject_kind not in ('customer', 'party') or not e.subject_ids <@ hidden)
      and (actor is null or e.actor_id = actor)
      and (action_begins is null or starts_with(e.action, action_begins))
      and (decided is null or e.decision = decided)
      and (since is null or e.at >= since)
      and (until is null or e.at < until)
    limit least(rows_max, 100000)) found) end;
end $$;
revoke all on function governance.count_audit_events(uuid, uuid, text, text, timestamptz, timestamptz, int) from public;
grant execute on function governance.count_audit_events(uuid, uuid, text, text, timestamptz, timestamptz, int) to vinculo_app;
reset role;
set local role vinculo_owner;
revoke create on schema governance from vinculo_audit;
