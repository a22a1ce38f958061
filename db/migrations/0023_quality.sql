-- How good the data is: what fails of each record, figures by source, branch and field kept as records change, and their course by day.

-- What is looked at. The number is the place of the rule in the bit sets of party_quality and never means anything else later.
create table customers.quality_rule (
  rule_no smallint primary key check (rule_no between 0 and 62),
  dimension text not null check (dimension in ('completeness', 'validity', 'freshness', 'conflict')),
  field text not null,
  parameter jsonb not null default '{}',
  weight smallint not null default 1 check (weight between 0 and 100), -- in the score
  active boolean not null default true,
  changed_at timestamptz not null default now(),
  unique (dimension, field)
);
insert into customers.quality_rule (rule_no, dimension, field, weight, parameter) values
  (0, 'completeness', 'full_name', 5, '{}'),
  (1, 'completeness', 'born_on', 4, '{}'),
  (2, 'completeness', 'sex', 1, '{}'),
  (3, 'completeness', 'nationality', 3, '{}'),
  (4, 'completeness', 'national_id', 5, '{}'),
  (5, 'completeness', 'phone', 4, '{}'),
  (6, 'completeness', 'email', 2, '{}'),
  (7, 'completeness', 'address', 4, '{}'),
  (8, 'completeness', 'language', 2, '{}'),
  (9, 'completeness', 'occupation', 1, '{}'),
  (10, 'completeness', 'industry', 3, '{}'),
  (11, 'completeness', 'legal_form', 2, '{}'),
  (16, 'validity', 'full_name', 5, '{"placeholders": ["unknown", "test", "n/a", "none", "xxx", "dummy", "customer", "no name", "desconocido", "غير معروف", "نامشخص", "ناشناس", "未知", "无名"]}'),
  (17, 'validity', 'born_on', 4, '{"placeholders": ["0001-01-01", "1111-11-11", "1800-01-01", "1900-01-01", "1901-01-01", "9999-12-31"], "yearsMax": 120, "sharedMin": 20, "sharedPerMille": 3}'),
  (18, 'validity', 'national_id', 5, '{}'),
  (19, 'validity', 'phone', 4, '{}'),
  (20, 'validity', 'email', 3, '{}'),
  (21, 'validity', 'address', 2, '{}'),
  (32, 'freshness', 'phone', 3, '{"months": 24}'),
  (33, 'freshness', 'email', 2, '{"months": 24}'),
  (34, 'freshness', 'address', 3, '{"months": 36}'),
  (35, 'freshness', 'occupation', 1, '{"months": 36}'),
  (36, 'freshness', 'industry', 1, '{"months": 36}'),
  (48, 'conflict', 'born_on', 5, '{}'),
  (49, 'conflict', 'sex', 2, '{}'),
  (50, 'conflict', 'nationality', 3, '{}'),
  (51, 'conflict', 'national_id', 5, '{}'),
  (52, 'conflict', 'language', 1, '{}'),
  (53, 'conflict', 'industry', 1, '{}'),
  (54, 'conflict', 'legal_form', 2, '{}');

create function customers.note_rule_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.changed_at := now();
  return new;
end $$;
create trigger note_change before update on customers.quality_rule for each row execute function customers.note_rule_change();

-- Values so many records share that they cannot be true of all: found once a day.
create table customers.quality_placeholder (
  rule_no smallint not null references customers.quality_rule,
  value text not null,
  records int not null,
  found_at timestamptz not null default now(),
  primary key (rule_no, value)
);

-- Of each record: the rules that apply to it and those it fails, as bit sets, under the customer and branch it counted for.
create table customers.party_quality (
  party_id uuid primary key,
  customer_id uuid not null,
  source_id smallint not null,
  branch_id uuid,
  checked bigint not null,
  failing bigint not null,
  turns_on date, -- when the next of its values becomes too old
  computed_at timestamptz not null default now()
);
create index party_quality_customer on customers.party_quality (customer_id);
create index party_quality_branch on customers.party_quality (branch_id);
create index party_quality_turns on customers.party_quality (turns_on) where turns_on is not null;
create index party_quality_computed on customers.party_quality using brin (computed_at);

-- Figures as sums of what was added and taken away: writers never wait for each other. The daily job adds them up.
create table customers.quality_figure (
  figure_no bigint generated always as identity primary key,
  source_id smallint not null,
  branch_id uuid,
  rule_no smallint not null,
  records int not null,
  failing int not null
);

create table customers.quality_day (
  day date not null,
  source_id smallint not null,
  branch_id uuid,
  rule_no smallint not null,
  records int not null,
  failing int not null,
  constraint quality_day_once unique nulls not distinct (day, source_id, branch_id, rule_no)
);

-- Where a role with quality:read reaches. Figures need no right to see customers; customers are never listed without it.
create function customers.quality_whole_bank() returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select exists (
    select from governance.role_assignment a
      join governance.role r using (role_id)
      join governance.organisation_unit u using (unit_id)
    where a.user_id = (select governance.acting_user()) and 'quality:read' = any (r.permissions) and u.kind = 'bank')
$$;
create function customers.quality_units() returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct reach.below_id), '{}')
  from governance.role_assignment a
    join governance.role r using (role_id)
    join governance.unit_reach reach on reach.unit_id = a.unit_id
  where a.user_id = (select governance.acting_user()) and 'quality:read' = any (r.permissions)
$$;

-- Is a number of a person or a company wrong by its own check digits? Null where no check is known.
create function customers.number_fails(scheme text, country text, value text) returns boolean
language plpgsql immutable parallel safe set search_path = pg_catalog as $$
declare
  v text := upper(regexp_replace(value, '[\s.-]', '', 'g'));
  n int := 0;
begin
  if scheme not in ('national_id', 'residence_permit') then return null; end if;
  case country
    when 'ES' then
      if v !~ '^[0-9XYZ][0-9]{7}[A-Z]$' then return case when v ~ '^[0-9XYZ]' then true end; end if;
      return substr('TRWAGMYFPDXBNJZSQVHLCKE', translate(left(v, 8), 'XYZ', '012')::int % 23 + 1, 1) <> right(v, 1);
    when 'IR' then
      if v !~ '^[0-9]{10}$' or v ~ '^(.)\1{9}$' then return true; end if;
      for i in 1..9 loop n := n + substr(v, i, 1)::int * (11 - i); end loop;
      n := n % 11;
      return right(v, 1)::int <> case when n < 2 then n else 11 - n end;
    when 'CN' then
      if v !~ '^[0-9]{17}[0-9X]$' then return true; end if;
      for i in 1..17 loop n := n + substr(v, i, 1)::int * (1 << (18 - i)) % 11; end loop;
      return right(v, 1) <> substr('10X98765432', n % 11 + 1, 1);
    when 'SA', 'AE' then
      if v !~ (case country when 'SA' then '^[12][0-9]{9}$' else '^784[0-9]{12}$' end) then return true; end if;
      for i in 1..length(v) loop
        n := n + case when i % 2 = 0 then substr(v, length(v) + 1 - i, 1)::int * 2 - case when substr(v, length(v) + 1 - i, 1) > '4' then 9 else 0 end
          else substr(v, length(v) + 1 - i, 1)::int end;
      end loop;
      return n % 10 <> 0;
    else return null;
  end case;
end $$;

revoke execute on function customers.quality_whole_bank(), customers.quality_units(), customers.number_fails(text, text, text), customers.note_rule_change() from public;
grant execute on function customers.quality_whole_bank(), customers.quality_units() to vinculo_app, vinculo_worker;
grant execute on function customers.number_fails(text, text, text) to vinculo_worker;

do $$
declare t text;
begin
  foreach t in array array['party_quality', 'quality_figure', 'quality_day'] loop
    execute format('alter table customers.%I enable row level security', t);
    execute format('alter table customers.%I force row level security', t);
    execute format('create policy loading on customers.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select on customers.%I to vinculo_app', t);
    execute format('grant select, insert, update, delete, maintain on customers.%I to vinculo_worker', t);
  end loop;
  foreach t in array array['quality_figure', 'quality_day'] loop
    execute format($p$create policy in_reach on customers.%1$I for select to vinculo_app using (
      (select customers.quality_whole_bank()) or branch_id = any ((select customers.quality_units())::uuid[]))$p$, t);
  end loop;
end $$;
create policy through_party on customers.party_quality for select to vinculo_app using (
  (select governance.sees_whole_bank()) or exists (select from customers.party p where p.party_id = party_quality.party_id));

grant select on customers.quality_rule, customers.quality_placeholder to vinculo_app;
grant select, update on customers.quality_rule to vinculo_worker;
grant select, insert, update, delete on customers.quality_placeholder to vinculo_worker;
grant select on customers.quality_rule, customers.quality_placeholder, customers.party_quality, customers.quality_figure, customers.quality_day to vinculo_backup;

update governance.role set permissions = permissions || '{quality:read}' where role_id in ('analyst', 'data_steward', 'branch_manager', 'auditor', 'operator');
