-- Maker and checker: what one person asks for and another allows. The stored request is what executes: its payload is kept in one canonical spelling under its
-- SHA-256, nobody can change it, and the approver's transaction carries it out in the name of the maker, whose rights are asked for again.

-- ---------------------------------------------------------------- which acts need whom

create table governance.approval_policy (
  action text primary key check (action ~ '^[a-z_]+\.[a-z_]+$'), -- as in the audit trail
  currency char(3), -- of the amounts below; an amount in another currency goes to a level without a limit
  approvers_min smallint not null default 0 check (approvers_min between 0 and 5), -- what the product asks at least; the bank may ask more
  deputies boolean not null default true, -- may a deputy decide for who is away?
  escalate_after_hours int check (escalate_after_hours between 1 and 400), -- working hours, to the next level; null: never
  expire_after_hours int not null default 336 check (expire_after_hours between 1 and 8760),
  version int not null default 1,
  changed_at timestamptz not null default now()
);

-- Level 1 is asked first. A request goes straight to the lowest level whose limit covers its amount: no step more than needed.
create table governance.approval_level (
  action text not null references governance.approval_policy on delete cascade,
  level smallint not null check (level between 1 and 5),
  duties text[] not null check (cardinality(duties) between 1 and 20), -- permissions or roles, any of which may decide
  amount_max_minor bigint check (amount_max_minor >= 0), -- null: no limit
  approvers smallint not null check (approvers between 0 and 5), -- how many must agree; 0: done at once, up to this amount
  primary key (action, level)
);

-- ---------------------------------------------------------------- requests and decisions

create table governance.approval_request (
  request_id uuid primary key default uuidv7(),
  action text not null references governance.approval_policy,
  maker_id uuid not null references governance.app_user,
  unit_id uuid references governance.organisation_unit, -- who decides holds the duty at a unit that reaches it; null: anywhere
  about text not null check (char_length(about) between 1 and 120), -- a number or a code, no name of a customer
  reason text not null check (char_length(btrim(reason)) between 3 and 500),
  payload text not null check (payload is json and octet_length(payload) <= 100000),
  payload_sha256 bytea not null,
  subject_kind text not null,
  subject_ids uuid[] not null check (cardinality(subject_ids) <= 200),
  subject_versions text[] not null,
  difference text not null check (difference is json and octet_length(difference) <= 100000), -- as the approver is shown it
  amount_minor bigint check (amount_minor >= 0),
  currency char(3),
  first_level smallint not null,
  level smallint not null, -- rises with each escalation
  approvers smallint not null check (approvers between 1 and 5),
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'withdrawn', 'expired', 'changed')),
  asked_at timestamptz not null default now(),
  escalate_at timestamptz,
  expires_at timestamptz not null,
  closed_at timestamptz,
  approved_xid xid8, -- the transaction that carries it out, and no other
  constraint approval_request_whole check (payload_sha256 = sha256(convert_to(payload, 'UTF8'))),
  constraint approval_request_versions check (cardinality(subject_ids) = cardinality(subject_versions)),
  constraint approval_request_amount check ((amount_minor is null) = (currency is null)),
  constraint approval_request_closed check ((state = 'waiting') = (closed_at is null))
);
create index approval_request_waiting on governance.approval_request (request_id) where state = 'waiting';
create unique index approval_request_once on governance.approval_request (maker_id, action, payload_sha256) where state = 'waiting';
create index approval_request_maker on governance.approval_request (maker_id, request_id desc);
create index approval_request_subjects on governance.approval_request using gin (subject_ids);

create table governance.approval_decision (
  request_id uuid not null references governance.approval_request,
  decider_id uuid not null references governance.app_user,
  behalf_of uuid references governance.app_user, -- whose deputy decided
  approves boolean not null,
  note text not null check (char_length(btrim(note)) between 3 and 500),
  decided_at timestamptz not null default clock_timestamp(),
  primary key (request_id, decider_id)
);
create index approval_decision_of on governance.approval_decision (decider_id, request_id desc);

-- What was asked stays as it was asked; only where it stands moves on, and a closed request is closed.
create function governance.keep_approval_request() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if old.state <> 'waiting' and not (old.state = 'approved' and new.state = 'changed' and old.approved_xid = pg_current_xact_id()) then
    raise exception 'a closed request is closed' using errcode = '42501';
  end if;
  if (new.request_id, new.action, new.maker_id, new.unit_id, new.about, new.reason, new.payload, new.payload_sha256, new.subject_kind, new.subject_ids,
      new.subject_versions, new.difference, new.amount_minor, new.currency, new.first_level, new.approvers, new.asked_at, new.expires_at)
    is distinct from (old.request_id, old.action, old.maker_id, old.unit_id, old.about, old.reason, old.payload, old.payload_sha256, old.subject_kind, old.subject_ids,
      old.subject_versions, old.difference, old.amount_minor, old.currency, old.first_level, old.approvers, old.asked_at, old.expires_at) then
    raise exception 'what was asked for cannot be changed' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger keep_approval_request before update on governance.approval_request for each row execute function governance.keep_approval_request();

-- ---------------------------------------------------------------- who may decide

-- Two accounts of one person, as far as the bank knows: the same address for mail, however it is spelled and tagged.
create function governance.same_person(a uuid, b uuid) returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select a = b or exists (
    select from governance.app_user x join governance.app_user y
      on regexp_replace(lower(btrim(x.email)), '\+[^@]*@', '@') = regexp_replace(lower(btrim(y.email)), '\+[^@]*@', '@')
    where x.user_id = a and y.user_id = b and btrim(x.email) <> '')
$$;

-- By which right a person may decide a request: in their own name (null), or as the deputy of another. Nobody by a right that is the maker's.
create function governance.approval_rights(request governance.approval_request, who uuid) returns setof uuid
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select distinct h.from_user_id
  from governance.held_role h
    join governance.approval_level l on l.action = request.action and l.level between request.first_level and request.level
      and (h.permissions && l.duties or h.role_id = any (l.duties))
    join governance.approval_policy p on p.action = request.action
  where h.user_id = who
    and not governance.same_person(who, request.maker_id)
    and (h.from_user_id is null or (p.deputies and not governance.same_person(h.from_user_id, request.maker_id)))
    and (request.unit_id is null or exists (select from governance.unit_reach u where u.unit_id = h.unit_id and u.below_id = request.unit_id))
    -- Who has no clearance for a sealed customer is not asked about them.
    and (request.subject_kind <> 'customer' or not exists (
      select from customers.customer c
      where c.customer_id = any (request.subject_ids) and c.compartments is not null and not c.compartments <@ (
        select coalesce(array_agg(k.compartment_id), '{}') from governance.clearance k where k.person_id = who and k.ended_at is null)))
$$;

create function governance.approval_deciders(request governance.approval_request) returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(w.user_id), '{}') from (
    select distinct h.user_id from governance.held_role h
      join governance.approval_level l on l.action = request.action and l.level between request.first_level and request.level
        and (h.permissions && l.duties or h.role_id = any (l.duties))
    where exists (select from governance.approval_rights(request, h.user_id)) limit 500) w
$$;

-- What waits for the acting person, what they asked for and what they decided: nothing else is there for them.
create function governance.approvals_to_decide() returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(w.request_id), '{}') from (
    select r.request_id from governance.approval_request r
    where r.state = 'waiting' and r.expires_at > now()
      and exists (select from governance.approval_rights(r, (select governance.acting_user())))
      and not exists (select from governance.approval_decision d where d.request_id = r.request_id and d.decider_id = (select governance.acting_user()))
    order by r.request_id limit 500) w
$$;

create function governance.approvals_of_maker() returns setof uuid
language sql stable parallel restricted security definer rows 50 set search_path = pg_catalog as $$
  select r.request_id from governance.approval_request r where r.maker_id = (select governance.acting_user())
$$;

-- ---------------------------------------------------------------- working hours

-- So many working hours later. Days of rest by the setting bank.weekend; hours by bank.working_hours {"from": 9, "until": 17, "zone": "UTC"}.
create function governance.working_hours_later(start timestamptz, hours int) returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  rest jsonb := coalesce((select value from platform.setting where name = 'bank.weekend'), '[6, 7]');
  rules jsonb := coalesce((select value from platform.setting where name = 'bank.working_hours'), '{}');
  zone text := coalesce(rules ->> 'zone', 'UTC');
  opens interval := make_interval(hours => least(greatest(coalesce((rules ->> 'from')::int, 9), 0), 22));
  closes interval := make_interval(hours => least(greatest(coalesce((rules ->> 'until')::int, 17), 1), 24));
  here timestamp := start at time zone zone;
  left_over interval := make_interval(hours => hours);
  day timestamp;
begin
  if closes <= opens then
    return start + left_over;
  end if;
  for n in 1..1000 loop
    day := date_trunc('day', here);
    if not rest @> to_jsonb(extract(isodow from here)::int) and here < day + closes then
      here := greatest(here, day + opens);
      if here + left_over <= day + closes then
        return (here + left_over) at time zone zone;
      end if;
      left_over := left_over - (day + closes - here);
    end if;
    here := day + interval '1 day';
  end loop;
  return here at time zone zone;
end $$;

-- ---------------------------------------------------------------- asking

-- Level, number of approvers and terms are the policy's to say, whatever the statement says. Raises VA001 when the bank has no policy for the act.
create function governance.route_approval() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  policy governance.approval_policy;
  wanted governance.approval_level;
begin
  select * into policy from governance.approval_policy p where p.action = new.action;
  select * into wanted from governance.approval_level_for(new.action, new.amount_minor, new.currency);
  if wanted.action is null then
    raise exception 'no policy for %', new.action using errcode = 'VA001';
  end if;
  new.first_level := wanted.level;
  new.level := wanted.level;
  new.approvers := greatest(wanted.approvers, policy.approvers_min, 1);
  new.asked_at := clock_timestamp();
  new.expires_at := new.asked_at + make_interval(hours => policy.expire_after_hours);
  new.escalate_at := governance.working_hours_later(new.asked_at, policy.escalate_after_hours);
  return new;
end $$;

create function governance.approval_level_for(of_action text, amount bigint, of_currency text) returns setof governance.approval_level
language sql stable rows 1 security definer set search_path = pg_catalog as $$
  select l.* from governance.approval_level l join governance.approval_policy p using (action)
  where l.action = of_action and (l.amount_max_minor is null or amount is null or (p.currency = of_currency and amount <= l.amount_max_minor))
  order by l.level limit 1
$$;

-- How many others must agree to an act of this amount; null: the bank has no policy for it.
create function governance.approvers_needed(of_action text, amount bigint, of_currency text) returns int
language sql stable security definer set search_path = pg_catalog as $$
  select greatest(l.approvers, p.approvers_min)::int
  from governance.approval_level_for(of_action, amount, of_currency) l join governance.approval_policy p using (action)
$$;
create trigger route_approval before insert on governance.approval_request for each row execute function governance.route_approval();

create function governance.tell_approval(request governance.approval_request, kind text, persons uuid[]) returns void
language sql security definer set search_path = pg_catalog as $$
  select governance.tell(persons, kind, jsonb_build_object('requestId', request.request_id, 'action', request.action, 'about', request.about,
    'person', (select u.display_name from governance.app_user u where u.user_id = request.maker_id)))
$$;
create function governance.tell_approval_asked() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform governance.tell_approval(new, 'approval_asked', governance.approval_deciders(new));
  return null;
end $$;
create trigger tell_approval_asked after insert on governance.approval_request for each row execute function governance.tell_approval_asked();

-- ---------------------------------------------------------------- deciding

-- The row is locked: of many at once exactly one completes it. `seen` is the hash of what the approver was shown.
create function governance.decide_approval(of_request uuid, approve boolean, seen bytea, why text) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := governance.acting_user();
  asked governance.approval_request;
  principals uuid[];
  principal uuid;
  done boolean;
begin
  select * into asked from governance.approval_request r where r.request_id = of_request for update;
  if me is null or asked.request_id is null then
    return 'not_found';
  elsif governance.same_person(me, asked.maker_id) then
    return 'own';
  end if;
  -- Rights are those of now, not of when the page was opened. One right decides once: a deputy and who they stand in for are one voice.
  select array_agg(coalesce(p, me) order by p nulls first) into principals from governance.approval_rights(asked, me) p;
  if principals is null then
    return 'not_found';
  elsif asked.state <> 'waiting' or asked.expires_at <= clock_timestamp() then
    return 'closed';
  elsif seen is distinct from governance.approval_hash(asked) then
    return 'unseen';
  end if;
  select p into principal from unnest(principals) p
  where not exists (select from governance.approval_decision d where d.request_id = of_request
    and (governance.same_person(d.decider_id, me) or governance.same_person(coalesce(d.behalf_of, d.decider_id), p))) limit 1;
  if principal is null then
    return 'decided';
  end if;
  insert into governance.approval_decision (request_id, decider_id, behalf_of, approves, note) values (of_request, me, nullif(principal, me), approve, why);
  done := approve and (select count(*) from governance.approval_decision d where d.request_id = of_request and d.approves) >= asked.approvers;
  if done or not approve then
    update governance.approval_request r set state = case when approve then 'approved' else 'refused' end, closed_at = clock_timestamp(),
      approved_xid = case when done then pg_current_xact_id() end
    where r.request_id = of_request;
    perform governance.tell_approval(asked, case when approve then 'approval_approved' else 'approval_refused' end, array[asked.maker_id]);
  end if;
  perform governance.note(case when approve then 'approval.approved' else 'approval.refused' end, asked.subject_kind, asked.subject_ids,
    jsonb_build_object('requestId', of_request, 'act', asked.action, 'maker', asked.maker_id, 'complete', done, 'for', nullif(principal, me), 'rows', 0));
  return case when done then 'approved' when approve then 'waiting' else 'refused' end;
end $$;

-- What is shown and what is executed, in one hash: an approval is for exactly this.
create function governance.approval_hash(request governance.approval_request) returns bytea
language sql immutable parallel safe set search_path = pg_catalog as $$
  select sha256(convert_to(request.request_id::text || ' ' || request.action || ' ' || encode(request.payload_sha256, 'hex') || ' ', 'UTF8')
    || sha256(convert_to(request.difference, 'UTF8')) || convert_to(array_to_string(request.subject_ids, ' ') || ' ' || array_to_string(request.subject_versions, ' '), 'UTF8'))
$$;

-- A context signed by the database itself. Only functions here call it.
create function platform.sign_context(claims jsonb) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select translate(rtrim(translate(encode(convert_to(claims::text, 'UTF8'), 'base64'), E'\n', ''), '='), '+/', '-_') || '.' ||
    translate(rtrim(translate(encode(platform.hmac(convert_to(claims::text, 'UTF8'), k.secret, 'sha256'), 'base64'), E'\n', ''), '='), '+/', '-_')
  from platform.context_key k order by k.key_id limit 1
$$;

-- The rest of the statement's transaction is the maker's, with the rights the maker has at this moment, until the caller puts the own context back. Only in
-- the transaction that completed the approval. Null: the maker's account is closed.
create function governance.act_as_maker(of_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  claims jsonb := platform.context();
  asked governance.approval_request;
  maker governance.app_user;
begin
  select * into asked from governance.approval_request r where r.request_id = of_request and r.state = 'approved' and r.approved_xid = pg_current_xact_id();
  if asked.request_id is null then
    raise exception 'not approved in this transaction' using errcode = '42501';
  end if;
  select * into maker from governance.app_user u where u.user_id = asked.maker_id and u.active;
  if maker.user_id is null then
    return null;
  end if;
  perform set_config('vinculo.context', platform.sign_context(claims || jsonb_build_object('u', maker.user_id, 's', null)), true);
  return jsonb_build_object('userId', maker.user_id, 'displayName', maker.display_name, 'permissions', to_jsonb(governance.permissions_of(maker.user_id)));
end $$;

-- What the approver saw is no longer what would be done: closed, and the maker is asked to ask again.
create function governance.outdate_approval(of_request uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  asked governance.approval_request;
begin
  update governance.approval_request r set state = 'changed', closed_at = clock_timestamp()
  where r.request_id = of_request and r.state = 'approved' and r.approved_xid = pg_current_xact_id() returning * into asked;
  if asked.request_id is null then
    raise exception 'not approved in this transaction' using errcode = '42501';
  end if;
  delete from governance.notification n where n.person_id = asked.maker_id and n.kind = 'approval_approved' and n.detail ->> 'requestId' = of_request::text;
  perform governance.tell_approval(asked, 'approval_changed', array[asked.maker_id]);
end $$;

create function governance.withdraw_approval(of_request uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := governance.acting_user();
  asked governance.approval_request;
begin
  select * into asked from governance.approval_request r where r.request_id = of_request and r.maker_id = me for update;
  if asked.request_id is null then
    return 'not_found';
  elsif asked.state <> 'waiting' then
    return 'closed';
  end if;
  update governance.approval_request r set state = 'withdrawn', closed_at = clock_timestamp() where r.request_id = of_request;
  perform governance.note('approval.withdrawn', asked.subject_kind, asked.subject_ids, jsonb_build_object('requestId', of_request, 'act', asked.action, 'rows', 0));
  return 'done';
end $$;

-- On the worker, every hour: what nobody decided in time goes to the next level, and in the end expires. How many moved.
create function governance.move_approvals() returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  asked governance.approval_request;
  before uuid[];
  moved int := 0;
begin
  for asked in select * from governance.approval_request r where r.state = 'waiting' and (r.expires_at <= now() or r.escalate_at <= now())
    order by r.request_id limit 1000 for update skip locked
  loop
    moved := moved + 1;
    if asked.expires_at <= now() then
      update governance.approval_request r set state = 'expired', closed_at = clock_timestamp() where r.request_id = asked.request_id;
      perform governance.tell_approval(asked, 'approval_expired', array[asked.maker_id]);
    else
      before := governance.approval_deciders(asked);
      update governance.approval_request r set
        level = coalesce((select min(l.level) from governance.approval_level l where l.action = r.action and l.level > r.level), r.level),
        escalate_at = (select governance.working_hours_later(now(), p.escalate_after_hours) from governance.approval_policy p
          where p.action = r.action and exists (select from governance.approval_level l where l.action = r.action and l.level > r.level))
      where r.request_id = asked.request_id returning * into asked;
      perform governance.tell_approval(asked, 'approval_escalated', array(select d from unnest(governance.approval_deciders(asked)) d where d <> all (before)));
    end if;
  end loop;
  return moved;
end $$;

-- ---------------------------------------------------------------- who sees what

do $$
declare t text;
begin
  foreach t in array array['approval_policy', 'approval_level', 'approval_request', 'approval_decision'] loop
    execute format('alter table governance.%I enable row level security', t);
    execute format('alter table governance.%I force row level security', t);
    execute format('create policy deciding on governance.%I to vinculo_owner using (true) with check (true)', t);
    execute format('create policy working on governance.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select on governance.%I to vinculo_app, vinculo_worker, vinculo_backup', t);
  end loop;
end $$;
create policy everybody_reads on governance.approval_policy for select to vinculo_app using ((select governance.acting_user()) is not null);
create policy everybody_reads on governance.approval_level for select to vinculo_app using ((select governance.acting_user()) is not null);
create policy ruling on governance.approval_policy for update to vinculo_app using ((select governance.holds('approval:manage'))) with check ((select governance.holds('approval:manage')));
create policy ruling on governance.approval_level for insert to vinculo_app with check ((select governance.holds('approval:manage')));
create policy taking on governance.approval_level for delete to vinculo_app using ((select governance.holds('approval:manage')));
create policy concerned on governance.approval_request for select to vinculo_app using (
  maker_id = (select governance.acting_user()) or request_id = any ((select governance.approvals_to_decide())::uuid[])
  or exists (select from governance.approval_decision d where d.request_id = approval_request.request_id and d.decider_id = (select governance.acting_user())));
create policy sealed on governance.approval_request as restrictive for select to vinculo_app using (
  subject_kind <> 'customer' or cardinality(subject_ids) = 0 or not subject_ids && (select array(select customers.hidden_customers())));
create policy asking on governance.approval_request for insert to vinculo_app with check (maker_id = (select governance.acting_user()) and state = 'waiting' and approved_xid is null);
create policy own on governance.approval_decision for select to vinculo_app using (decider_id = (select governance.acting_user()));
-- Who may decide sees who decided already, and the maker sees who did.
create policy concerned on governance.approval_decision for select to vinculo_app using (
  request_id = any ((select governance.approvals_to_decide())::uuid[])
  or request_id in (select r.request_id from governance.approvals_of_maker() r (request_id)));
grant insert (request_id, action, maker_id, unit_id, about, reason, payload, payload_sha256, subject_kind, subject_ids, subject_versions, difference, amount_minor, currency)
  on governance.approval_request to vinculo_app, vinculo_worker;
grant update (currency, deputies, escalate_after_hours, expire_after_hours, version, changed_at) on governance.approval_policy to vinculo_app;
grant insert, delete on governance.approval_level to vinculo_app;

revoke execute on function governance.keep_approval_request(), governance.same_person(uuid, uuid), governance.approval_rights(governance.approval_request, uuid),
  governance.approval_deciders(governance.approval_request), governance.approvals_to_decide(), governance.approvals_of_maker(),
  governance.working_hours_later(timestamptz, int), governance.route_approval(), governance.approval_level_for(text, bigint, text),
  governance.approvers_needed(text, bigint, text), governance.tell_approval(governance.approval_request, text, uuid[]), governance.tell_approval_asked(),
  governance.decide_approval(uuid, boolean, bytea, text), governance.approval_hash(governance.approval_request), platform.sign_context(jsonb),
  governance.act_as_maker(uuid), governance.outdate_approval(uuid), governance.withdraw_approval(uuid), governance.move_approvals() from public;
grant execute on function governance.approvals_to_decide(), governance.approvals_of_maker(), governance.approvers_needed(text, bigint, text), governance.approval_hash(governance.approval_request),
  governance.decide_approval(uuid, boolean, bytea, text), governance.act_as_maker(uuid), governance.outdate_approval(uuid), governance.withdraw_approval(uuid) to vinculo_app;
grant execute on function governance.approvers_needed(text, bigint, text), governance.move_approvals() to vinculo_worker;

-- Changing what needs whom needs somebody else, too.
insert into governance.approval_policy (action, approvers_min, escalate_after_hours) values ('approval_policy.changed', 1, 16);
insert into governance.approval_level (action, level, duties, approvers) values ('approval_policy.changed', 1, '{approval:manage}', 1);
