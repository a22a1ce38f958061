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

-- ---------------------------------------------------------------- credit and fraud are models like any other

-- What may be trained for a purpose, the usual first, and what may serve: who is refused credit must be told points.
alter table intelligence.model add learners text[] not null default '{trees,scorecard}' check (learners <@ '{trees,scorecard}' and cardinality(learners) > 0),
  add champion_learners text[] not null default '{trees,scorecard}',
  add constraint model_champion_learners check (champion_learners <@ learners and cardinality(champion_learners) > 0);
insert into intelligence.model (model_id, learners, champion_learners) values
  ('credit_default', '{scorecard,trees}', '{scorecard}'), ('fraud', '{trees}', '{trees}');

-- Their own registers of before. Ratings, judgements and alerts name a version of the register by number (model_no).
drop table intelligence.credit_model;
drop table intelligence.fraud_model;

create or replace function intelligence.deploy_version(of_model text, in_place text, of_version int, why text, back boolean) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := governance.acting_user();
  now_serving intelligence.model;
  wanted intelligence.model_version;
begin
  if me is null or not (governance.holds('model:train') or governance.holds('model:approve')) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  select * into now_serving from intelligence.model m where m.model_id = of_model for update;
  select * into wanted from intelligence.model_version v where v.model_id = of_model and v.version = of_version;
  if now_serving.model_id is null then
    return 'not_found';
  elsif of_version is null and in_place = 'champion' then
    return 'invalid';
  elsif of_version is not null and wanted.state is distinct from 'approved' then
    return 'not_approved';
  elsif in_place = 'champion' and wanted.learner <> all (now_serving.champion_learners) then
    return 'wrong_learner';
  elsif back and not exists (select from intelligence.model_deployment d where d.model_id = of_model and d.place = 'champion' and d.version = of_version) then
    return 'never_served';
  end if;
  if in_place = 'champion' then
    update intelligence.model m set champion_version = of_version, changed_at = now(),
      challenger_version = nullif(m.challenger_version, of_version) where m.model_id = of_model;
  elsif of_version = now_serving.champion_version then
    return 'serves_already';
  else
    update intelligence.model m set challenger_version = of_version, changed_at = now() where m.model_id = of_model;
  end if;
  insert into intelligence.model_deployment (model_id, place, version, reason, deployed_by, is_rollback) values (of_model, in_place, of_version, why, me, back);
  perform governance.note(case when back then 'model.rolled_back' else 'model.deployed' end, 'model', '{}',
    jsonb_build_object('model', of_model, 'place', in_place, 'version', of_version, 'before', case in_place when 'champion' then now_serving.champion_version else now_serving.challenger_version end));
  return 'done';
end $$;
