-- Models: what was trained, on what, how good it is by time, who approved it, which one serves; the scores it gave and how it does today.

create schema if not exists intelligence;
grant usage on schema intelligence to vinculo_app, vinculo_worker, vinculo_search, vinculo_backup;

-- One row a purpose. The champion is what scores; a challenger scores in its shadow. Rolling back is moving the pointer.
create table intelligence.model (
  model_id text primary key check (model_id ~ '^[a-z][a-z_]{2,39}$'),
  champion_version int,
  challenger_version int,
  changed_at timestamptz not null default now(),
  constraint model_two_versions check (champion_version <> challenger_version)
);

-- A version is written once, whole; only its decision is added. Nothing of single customers is in it.
create table intelligence.model_version (
  model_id text not null references intelligence.model,
  version int not null check (version > 0),
  learner text not null check (learner in ('trees', 'scorecard')),
  seed int not null,
  code_version text not null,
  report jsonb not null, -- data, features, options, split, measures by time, calibration, groups, importance (scores/fitting/fit-report.ts)
  calibration jsonb not null,
  histograms jsonb not null, -- how columns and scores were spread: what drift is measured against
  model_text text not null, -- with its checksum inside
  checksum text not null check (checksum ~ '^[0-9a-f]{64}$'), -- of model, calibration and bands: what is approved
  trained_by uuid not null,
  trained_at timestamptz not null default now(),
  state text not null default 'trained' check (state in ('trained', 'approved', 'refused', 'retired')),
  decided_by uuid,
  decided_at timestamptz,
  decision_note text check (char_length(btrim(decision_note)) between 3 and 500),
  primary key (model_id, version),
  constraint model_version_by_another check (decided_by <> trained_by),
  constraint model_version_decided check ((decided_by is null) = (decided_at is null) and (state in ('trained', 'retired') or decided_by is not null))
);
alter table intelligence.model add constraint model_champion foreign key (model_id, champion_version) references intelligence.model_version,
  add constraint model_challenger foreign key (model_id, challenger_version) references intelligence.model_version;

-- What served when.
create table intelligence.model_deployment (
  deployment_id uuid primary key default uuidv7(),
  model_id text not null references intelligence.model,
  place text not null check (place in ('champion', 'challenger')),
  version int, -- null: the place was cleared
  reason text not null check (char_length(btrim(reason)) between 3 and 500),
  deployed_by uuid not null,
  deployed_at timestamptz not null default now(),
  is_rollback boolean not null default false
);
create index model_deployment_model on intelligence.model_deployment (model_id, deployment_id desc);

-- One training at a time of each model. A killed one stops renewing its lease, and the next takes its place.
create table intelligence.model_training (
  training_id uuid primary key default uuidv7(),
  model_id text not null references intelligence.model,
  learner text not null check (learner in ('trees', 'scorecard')),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  step text,
  leased_until timestamptz not null default now() + interval '1 day', -- waiting so long, it will not come any more
  ordered_by uuid not null,
  ordered_at timestamptz not null default now(),
  ended_at timestamptz,
  version int,
  failure jsonb -- {code, message, detail}: what can be mended, in plain values
);
create unique index model_training_one on intelligence.model_training (model_id) where state in ('waiting', 'running');
create index model_training_newest on intelligence.model_training (model_id, training_id desc);

-- How a version does, day by day: against its training, and against what came of its scores once that is known.
create table intelligence.model_watch (
  model_id text not null,
  version int not null,
  watched_on date not null,
  as_of date not null,
  rows int not null,
  level text not null check (level in ('stable', 'watch', 'act')),
  report jsonb not null, -- score PSI, columns, flagged, matured
  primary key (model_id, version, watched_on),
  foreign key (model_id, version) references intelligence.model_version
);

-- One row for each customer, model, day and answer; `item` is the product of a score by product, '' elsewhere. Shadow scores are kept apart: nobody works by them.
create table intelligence.customer_score (
  customer_id uuid not null,
  model_id text not null,
  as_of date not null, -- of the facts it was computed from
  version int not null,
  item text not null default '',
  chance real not null check (chance between 0 and 1),
  band text not null check (band in ('low', 'medium', 'high')),
  reasons jsonb not null default '[]', -- [{fact, push, value}], strongest first
  scored_at timestamptz not null default now(),
  primary key (customer_id, model_id, as_of, version, item)
);
create index customer_score_work on intelligence.customer_score (model_id, as_of, band, customer_id) where band <> 'low';

do $$
declare t text;
begin
  foreach t in array array['model', 'model_version', 'model_deployment', 'model_training', 'model_watch'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    -- Whoever works with a score may know how good it is.
    execute format('create policy reading on intelligence.%I for select to vinculo_app using ((select governance.acting_user()) is not null)', t);
    execute format('create policy keeping on intelligence.%I to vinculo_owner using (true) with check (true)', t);
    execute format('create policy working on intelligence.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select on intelligence.%I to vinculo_app, vinculo_backup', t);
  end loop;
end $$;
grant select, insert on intelligence.model_version, intelligence.model_watch to vinculo_worker;
grant update (rows, as_of, level, report) on intelligence.model_watch to vinculo_worker;
grant select, update on intelligence.model_training to vinculo_worker;
grant select on intelligence.model, intelligence.model_deployment to vinculo_worker;

alter table intelligence.customer_score enable row level security;
alter table intelligence.customer_score force row level security;
-- Seen by who sees the customer, and by nobody from the moment the customer objects: the list of those who did is made once a query.
create policy through_customer on intelligence.customer_score for select to vinculo_app using (
  exists (select from customers.customer c where c.customer_id = customer_score.customer_id)
  and not customer_id in (select customers.not_profiled()));
create policy working on intelligence.customer_score to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
grant select on intelligence.customer_score to vinculo_app, vinculo_backup;
grant select, insert, update, delete on intelligence.customer_score to vinculo_worker;

-- Orders a training, after ending one that was killed. Null: another waits or runs.
create function intelligence.order_training(of_model text, with_learner text) returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := governance.acting_user();
  made uuid;
begin
  if me is null or not governance.holds('model:train') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  update intelligence.model_training t set state = 'failed', ended_at = now(), failure = '{"reason": "killed", "figures": {}}'
  where t.model_id = of_model and t.state in ('waiting', 'running') and t.leased_until < now();
  insert into intelligence.model_training (model_id, learner, ordered_by) values (of_model, with_learner, me)
  on conflict (model_id) where state in ('waiting', 'running') do nothing returning training_id into made;
  if made is not null then
    perform governance.note('model.training_ordered', 'model', '{}', jsonb_build_object('model', of_model, 'learner', with_learner));
  end if;
  return made;
end $$;

-- Somebody else decides, on exactly the version whose checksum was looked at.
create function intelligence.decide_version(of_model text, of_version int, seen_checksum text, approve boolean, why text) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := governance.acting_user();
  found intelligence.model_version;
begin
  if me is null or not governance.holds('model:approve') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  select * into found from intelligence.model_version v where v.model_id = of_model and v.version = of_version for update;
  if found.model_id is null then
    return 'not_found';
  elsif found.trained_by = me then
    return 'own';
  elsif found.state <> 'trained' then
    return 'decided';
  elsif found.checksum <> seen_checksum then
    return 'changed';
  end if;
  update intelligence.model_version v set state = case when approve then 'approved' else 'refused' end, decided_by = me, decided_at = now(), decision_note = why
  where v.model_id = of_model and v.version = of_version;
  perform governance.note(case when approve then 'model.approved' else 'model.refused' end, 'model', '{}',
    jsonb_build_object('model', of_model, 'version', of_version, 'checksum', found.checksum));
  perform governance.tell(array[found.trained_by], case when approve then 'model_approved' else 'model_refused' end,
    jsonb_build_object('model', of_model, 'version', of_version));
  return 'done';
end $$;

-- Only what was approved serves. The champion before becomes one of the versions to go back to.
create function intelligence.deploy_version(of_model text, in_place text, of_version int, why text, back boolean) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := governance.acting_user();
  now_serving intelligence.model;
begin
  if me is null or not (governance.holds('model:train') or governance.holds('model:approve')) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  select * into now_serving from intelligence.model m where m.model_id = of_model for update;
  if now_serving.model_id is null then
    return 'not_found';
  elsif of_version is null and in_place = 'champion' then
    return 'invalid';
  elsif of_version is not null and not exists (
      select from intelligence.model_version v where v.model_id = of_model and v.version = of_version and v.state = 'approved') then
    return 'not_approved';
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
revoke execute on function intelligence.order_training(text, text), intelligence.decide_version(text, int, text, boolean, text), intelligence.deploy_version(text, text, int, text, boolean) from public;
grant execute on function intelligence.order_training(text, text), intelligence.decide_version(text, int, text, boolean, text), intelligence.deploy_version(text, text, int, text, boolean) to vinculo_app, vinculo_worker;

insert into intelligence.model (model_id) values ('churn'), ('next_product');
