-- One budget of rows a person may be shown a day, over every channel: what is shown is on the trail anyway, so the budget is counted where the trail is
-- written, and no endpoint can forget it. Rows given out and their count are one transaction; the row after the last is not given out.

create table governance.egress_budget (
  person_id uuid not null references governance.app_user on delete cascade,
  class text not null check (class in ('customer', 'transaction')),
  day date not null,
  rows bigint not null default 0,
  extra bigint not null default 0, -- asked for, and approved by somebody else
  alarmed_at timestamptz,
  primary key (person_id, class, day)
) with (fillfactor = 50); -- changed all the time and in no index: room to change it in place

create table governance.egress_request (
  request_id uuid primary key default uuidv7(),
  person_id uuid not null references governance.app_user on delete cascade,
  class text not null check (class in ('customer', 'transaction')),
  rows bigint not null check (rows between 1 and 10000000),
  reason text not null check (char_length(btrim(reason)) between 20 and 500),
  asked_at timestamptz not null default now(),
  state text not null default 'asked' check (state in ('asked', 'approved', 'refused')),
  decided_by uuid,
  decided_at timestamptz,
  note text check (char_length(btrim(note)) between 3 and 500),
  constraint egress_request_by_another check (decided_by <> person_id),
  constraint egress_request_decided check ((state = 'asked') = (decided_by is null) and (state = 'asked') = (decided_at is null))
);
create index egress_request_waiting on governance.egress_request (request_id) where state = 'asked';
create unique index egress_request_one on governance.egress_request (person_id, class) where state = 'asked';

do $$
declare t text;
begin
  foreach t in array array['egress_budget', 'egress_request'] loop
    execute format('alter table governance.%I enable row level security', t);
    execute format('alter table governance.%I force row level security', t);
    execute format('create policy counting on governance.%I to vinculo_owner using (true) with check (true)', t);
    execute format($p$create policy own on governance.%I for select to vinculo_app using (person_id = (select governance.acting_user()))$p$, t);
    execute format($p$create policy approving on governance.%I for select to vinculo_app using ((select governance.holds('egress:approve')))$p$, t);
    execute format('grant select on governance.%I to vinculo_app, vinculo_backup', t);
  end loop;
end $$;
create policy asking on governance.egress_request for insert to vinculo_app with check (person_id = (select governance.acting_user()) and state = 'asked');
grant insert (request_id, person_id, class, rows, reason) on governance.egress_request to vinculo_app;

-- Setting limits.egress: {"customer": rows a day, "transaction": rows a day}.
create function governance.egress_limit(class text) returns bigint
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select (value ->> class)::bigint from platform.setting where name = 'limits.egress'),
    case class when 'customer' then 10000 else 100000 end)
$$;

-- Raises limit_reached. The counter is locked from here to the end of the transaction, which writes its trail last: requests of one person wait for each
-- other no longer than for that.
create function governance.spend_rows() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  of_class text := case when starts_with(new.action, 'transaction.') or starts_with(new.action, 'balance.') then 'transaction' else 'customer' end;
  given bigint := coalesce((new.detail ->> 'rows')::bigint, case when of_class = 'customer' and new.subject_kind <> 'load' then new.subject_count else 0 end);
  used bigint;
  more bigint;
begin
  if given <= 0 then
    return new;
  end if;
  insert into governance.egress_budget as b (person_id, class, day, rows) values (new.actor_id, of_class, current_date, given)
  on conflict (person_id, class, day) do update set rows = b.rows + excluded.rows
  returning b.rows, b.extra into used, more;
  if used > more + governance.egress_limit(of_class) then
    raise exception 'the budget of rows is spent' using errcode = 'VL001', constraint = 'egress_' || of_class;
  end if;
  return new;
end $$;
-- What a person does in an emergency, and what is counted without being shown, costs nothing. Jobs show nothing.
create trigger audit_event_spend before insert on governance.audit_event
  for each row when (new.purpose = 'serve' and new.decision = 'allowed' and new.subject_kind in ('customer', 'party', 'quarantine', 'load') and new.action not like 'glass.%')
  execute function governance.spend_rows();

-- Said in a transaction of its own, because the one that went over the budget is undone. Once a day to those who may approve more; every time on the trail.
create function governance.tell_spent(of_class text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  me uuid := governance.acting_user();
  first boolean;
begin
  if me is null or of_class not in ('customer', 'transaction') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  perform governance.note('egress.blocked', 'person', array[me], jsonb_build_object('class', of_class));
  insert into governance.egress_budget as b (person_id, class, day, alarmed_at) values (me, of_class, current_date, now())
  on conflict (person_id, class, day) do update set alarmed_at = now() where b.alarmed_at is null
  returning true into first;
  if first then
    perform governance.tell(array(select h from governance.holders('egress:approve') h where h <> me), 'egress_spent',
      jsonb_build_object('person', (select u.display_name from governance.app_user u where u.user_id = me), 'class', of_class));
  end if;
end $$;

-- Asking is told to those who may decide.
create function governance.tell_asked() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform governance.tell(array(select h from governance.holders('egress:approve') h where h <> new.person_id), 'egress_asked',
    jsonb_build_object('person', (select u.display_name from governance.app_user u where u.user_id = new.person_id), 'class', new.class, 'rows', new.rows));
  return null;
end $$;
create trigger egress_request_asked after insert on governance.egress_request for each row execute function governance.tell_asked();

-- Four eyes: somebody else decides, what was asked for and nothing else, for the day of the decision.
create function governance.decide_egress(request uuid, approve boolean, why text) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare
  me uuid := governance.acting_user();
  asked governance.egress_request;
begin
  if me is null or not governance.holds('egress:approve') then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  select * into asked from governance.egress_request r where r.request_id = request for update;
  if asked.request_id is null then
    return 'not_found';
  elsif asked.person_id = me then
    return 'own';
  elsif asked.state <> 'asked' then
    return 'decided';
  end if;
  update governance.egress_request r set state = case when approve then 'approved' else 'refused' end, decided_by = me, decided_at = now(), note = why
  where r.request_id = request;
  if approve then
    insert into governance.egress_budget as b (person_id, class, day, extra) values (asked.person_id, asked.class, current_date, asked.rows)
    on conflict (person_id, class, day) do update set extra = b.extra + excluded.extra;
  end if;
  perform governance.note(case when approve then 'egress.approved' else 'egress.refused' end, 'person', array[asked.person_id],
    jsonb_build_object('class', asked.class, 'asked', asked.rows, 'requestId', request));
  perform governance.tell(array[asked.person_id], case when approve then 'egress_approved' else 'egress_refused' end,
    jsonb_build_object('class', asked.class, 'rows', asked.rows));
  return 'done';
end $$;
revoke execute on function governance.egress_limit(text), governance.spend_rows(), governance.tell_spent(text), governance.tell_asked(),
  governance.decide_egress(uuid, boolean, text) from public;
grant execute on function governance.egress_limit(text), governance.tell_spent(text), governance.decide_egress(uuid, boolean, text) to vinculo_app;

update governance.role set permissions = permissions || '{egress:approve}' where role_id = 'compliance_officer';
update governance.role set permissions = permissions || '{customer:export}' where role_id in ('relationship_manager', 'branch_manager', 'analyst');
