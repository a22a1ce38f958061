-- What one person asks for and another allows is asked for and allowed in one place (0046): models, parameters, rules, keys and rows of a day have no way of
-- their own any more.

create index approval_request_about on governance.approval_request (action, about, request_id desc);
create index approval_request_xid on governance.approval_request (approved_xid) where approved_xid is not null;

-- Is the acting person the maker of a request for this, whose approval was completed in this transaction? What may only happen so asks here.
create function governance.approved_here(of_action text, wanted jsonb) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from governance.approval_request r
    where r.approved_xid = pg_current_xact_id() and r.state = 'approved' and r.action = of_action
      and r.maker_id = (select governance.acting_user()) and r.payload::jsonb @> wanted)
$$;

-- Where the newest request about each thing stands, for who sees the thing; nothing of customers.
create function governance.latest_approvals(of_action text, abouts text[])
returns table (about text, request_id uuid, state text, maker_name text, asked_at timestamptz, closed_at timestamptz, decider_name text, note text)
language sql stable security definer set search_path = pg_catalog as $$
  select w.about, r.request_id, case when r.state = 'waiting' and r.expires_at <= now() then 'expired' else r.state end, m.display_name, r.asked_at, r.closed_at,
    u.display_name, d.note
  from (select unnest(abouts[1:500]) as about) w
    cross join lateral (select * from governance.approval_request r where r.action = of_action and r.about = w.about order by r.request_id desc limit 1) r
    left join governance.app_user m on m.user_id = r.maker_id
    left join lateral (select * from governance.approval_decision d where d.request_id = r.request_id order by d.decided_at desc limit 1) d on true
    left join governance.app_user u on u.user_id = d.decider_id
  where (select governance.acting_user()) is not null and r.subject_kind <> 'customer'
$$;
revoke execute on function governance.approved_here(text, jsonb), governance.latest_approvals(text, text[]) from public;
grant execute on function governance.approved_here(text, jsonb), governance.latest_approvals(text, text[]) to vinculo_app, vinculo_worker;

-- ---------------------------------------------------------------- models

insert into governance.approval_policy (action, approvers_min, escalate_after_hours, expire_after_hours) values
  ('model.approved', 1, 40, 8760), ('model.deployed', 0, null, 336);
insert into governance.approval_level (action, level, duties, approvers) values
  ('model.approved', 1, '{model:approve}', 1), ('model.deployed', 1, '{model:approve}', 0);

drop function intelligence.decide_version(text, int, text, boolean, text);
alter table intelligence.model_version drop constraint model_version_by_another, drop constraint model_version_decided, drop column decided_by, drop column decided_at,
  drop column decision_note, drop constraint model_version_state_check, add constraint model_version_state_check check (state in ('trained', 'approved', 'retired'));

-- By the approval of somebody else, in its transaction, of exactly the version whose checksum was shown.
create function intelligence.approve_version(of_model text, of_version int, seen_checksum text) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
  found intelligence.model_version;
begin
  if not governance.approved_here('model.approved', jsonb_build_object('modelId', of_model, 'version', of_version, 'checksum', seen_checksum)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  select * into found from intelligence.model_version v where v.model_id = of_model and v.version = of_version for update;
  if found.state is distinct from 'trained' then
    return 'decided';
  elsif found.checksum <> seen_checksum then
    return 'changed';
  end if;
  update intelligence.model_version v set state = 'approved' where v.model_id = of_model and v.version = of_version;
  return 'done';
end $$;
revoke execute on function intelligence.approve_version(text, int, text) from public;
grant execute on function intelligence.approve_version(text, int, text) to vinculo_app;

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
  -- Where the bank wants somebody else's approval for what serves, nothing is moved without it.
  if governance.approvers_needed('model.deployed', null, null) > 0 and not governance.approved_here('model.deployed',
      jsonb_build_object('modelId', of_model, 'place', in_place, 'version', of_version, 'rollBack', back)) then
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

-- ---------------------------------------------------------------- how credit risk is measured and judged

insert into governance.approval_policy (action, approvers_min, escalate_after_hours, expire_after_hours) values ('credit_policy.activated', 1, 40, 2160);
insert into governance.approval_level (action, level, duties, approvers) values ('credit_policy.activated', 1, '{credit:manage}', 1);

drop policy deciding on intelligence.credit_policy;
revoke update on intelligence.credit_policy from vinculo_app;
revoke update (state, decided_by, decided_at) on intelligence.credit_policy from vinculo_app;
alter table intelligence.credit_policy drop constraint credit_policy_four_eyes, drop constraint credit_policy_decided, drop column decided_by,
  drop constraint credit_policy_state_check, add constraint credit_policy_state_check check (state in ('proposed', 'in_force', 'replaced'));
alter table intelligence.credit_policy rename column decided_at to in_force_at;
create policy keeping on intelligence.credit_policy to vinculo_owner using (true) with check (true);

create function intelligence.activate_credit_policy(of_version int) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not governance.approved_here('credit_policy.activated', jsonb_build_object('version', of_version)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  perform from intelligence.credit_policy p where p.version_no = of_version and p.state = 'proposed' for update;
  if not found then
    return false;
  end if;
  update intelligence.credit_policy set state = 'replaced' where state = 'in_force';
  update intelligence.credit_policy set state = 'in_force', in_force_at = now() where version_no = of_version;
  return true;
end $$;

-- ---------------------------------------------------------------- fraud rules

insert into governance.approval_policy (action, approvers_min, escalate_after_hours, expire_after_hours) values ('fraud_rules.activated', 1, 8, 336);
insert into governance.approval_level (action, level, duties, approvers) values ('fraud_rules.activated', 1, '{fraud:rules}', 1);

revoke update (state, activated_by, activated_at) on intelligence.fraud_rule_set from vinculo_app;
alter table intelligence.fraud_rule_set drop constraint fraud_rules_by_another, drop constraint fraud_rules_tested, drop column activated_by;
alter table intelligence.fraud_rule_set add constraint fraud_rules_tested check (state <> 'active' or backtest is not null or set_no = 1);
create policy keeping on intelligence.fraud_rule_set to vinculo_owner using (true) with check (true);

-- Exactly the rules whose hash was shown.
create function intelligence.activate_fraud_rules(of_set int, seen_hash text) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not governance.approved_here('fraud_rules.activated', jsonb_build_object('setNo', of_set, 'hash', seen_hash)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  perform from intelligence.fraud_rule_set s where s.set_no = of_set and s.state <> 'active' and encode(s.hash, 'hex') = seen_hash for update;
  if not found then
    return false;
  end if;
  update intelligence.fraud_rule_set set state = 'retired' where state = 'active';
  update intelligence.fraud_rule_set set state = 'active', activated_at = now() where set_no = of_set;
  return true;
end $$;
revoke execute on function intelligence.activate_credit_policy(int), intelligence.activate_fraud_rules(int, text) from public;
grant execute on function intelligence.activate_credit_policy(int), intelligence.activate_fraud_rules(int, text) to vinculo_app;

-- ---------------------------------------------------------------- parameters of profit

insert into governance.approval_policy (action, approvers_min, escalate_after_hours, expire_after_hours) values ('profit_parameters.approved', 1, 40, 2160);
insert into governance.approval_level (action, level, duties, approvers) values ('profit_parameters.approved', 1, '{profit:manage}', 1);

drop policy deciding on intelligence.profit_parameters;
revoke update (state, decided_by, decided_at, note) on intelligence.profit_parameters from vinculo_app;
alter table intelligence.profit_parameters drop constraint profit_parameters_decided, drop constraint profit_parameters_by_another, drop column decided_by, drop column decided_at,
  drop column note, drop constraint profit_parameters_state_check, add constraint profit_parameters_state_check check (state in ('proposed', 'approved'));
create policy keeping on intelligence.profit_parameters to vinculo_owner using (true) with check (true);

create function intelligence.approve_parameters(of_version int) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not governance.approved_here('profit_parameters.approved', jsonb_build_object('versionNo', of_version)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  update intelligence.profit_parameters p set state = 'approved' where p.version_no = of_version and p.state = 'proposed';
  return found;
end $$;
revoke execute on function intelligence.approve_parameters(int) from public;
grant execute on function intelligence.approve_parameters(int) to vinculo_app;

-- ---------------------------------------------------------------- more rows for a day

insert into governance.approval_policy (action, approvers_min, escalate_after_hours, expire_after_hours) values ('egress.raised', 1, 4, 24);
insert into governance.approval_level (action, level, duties, approvers) values ('egress.raised', 1, '{egress:approve}', 1);

drop function governance.decide_egress(uuid, boolean, text);
drop table governance.egress_request;
drop function governance.tell_asked();

-- The budget is written by nobody's rights: only in the transaction of the approval, for who asked, as much as was asked, for the day of the decision.
create function governance.raise_egress(of_class text, more bigint) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not governance.approved_here('egress.raised', jsonb_build_object('class', of_class, 'rows', more)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  insert into governance.egress_budget as b (person_id, class, day, extra) values (governance.acting_user(), of_class, current_date, more)
  on conflict (person_id, class, day) do update set extra = b.extra + excluded.extra;
end $$;
revoke execute on function governance.raise_egress(text, bigint) from public;
grant execute on function governance.raise_egress(text, bigint) to vinculo_app;
