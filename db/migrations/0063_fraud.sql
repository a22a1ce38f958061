-- Live fraud: rules as versioned data, what was decided on payments as they came, the alerts made of them, and what people found out.

-- What the customers area publishes of money going out to somebody: a payment without a receiver (cash, tax, fees) has nothing to compare with.
-- A merchant or account is one payee however its name is spaced or written.
create view customers.payment with (security_invoker = true) as
  select t.party_id, t.holding_id, t.transaction_id, t.source_id, t.source_key, t.booked_on, t.load_no, t.line_no, -t.amount_minor as amount_minor, t.currency,
    upper(coalesce(t.counterparty_account, regexp_replace(btrim(t.counterparty_name), '\s+', ' ', 'g'))) as payee,
    coalesce(t.counterparty_name, t.counterparty_account) as payee_name, t.channel, t.category
  from customers.transaction t
  where t.amount_minor < 0 and coalesce(t.counterparty_account, t.counterparty_name, '') <> '';
grant select on customers.payment to vinculo_app, vinculo_worker;

create view customers.finished_load with (security_invoker = true) as select load_no, finished_at from customers.load where state = 'done';
grant select on customers.finished_load to vinculo_worker;

-- ---------------------------------------------------------------- rules

create table intelligence.fraud_rule_set (
  set_no int primary key generated always as identity,
  title text not null check (char_length(btrim(title)) between 3 and 100),
  document jsonb not null check (pg_column_size(document) < 1048576),
  hash bytea not null default '', -- of the document, by keep_fraud_rules
  state text not null default 'draft' check (state in ('draft', 'active', 'retired')),
  version int not null default 1,
  based_on int references intelligence.fraud_rule_set,
  written_by uuid not null,
  written_at timestamptz not null default now(),
  backtest jsonb, -- of exactly this document: emptied when it changes
  backtested_at timestamptz,
  activated_by uuid,
  activated_at timestamptz,
  constraint fraud_rules_by_another check (activated_by <> written_by),
  constraint fraud_rules_tested check (activated_by is null or backtest is not null)
);
create unique index fraud_rule_set_active on intelligence.fraud_rule_set (state) where state = 'active';

create function intelligence.keep_fraud_rules() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  new.hash := sha256(convert_to(new.document::text, 'UTF8'));
  if tg_op = 'INSERT' then
    return new;
  end if;
  if old.state <> 'draft' and new.document <> old.document then
    raise exception 'rules that were in force do not change' using errcode = '23514', constraint = 'fraud_rules_unchanged';
  end if;
  if new.document <> old.document then
    new.backtest := null;
    new.backtested_at := null;
    new.version := old.version + 1;
  end if;
  return new;
end $$;
create trigger keep_fraud_rules before insert or update on intelligence.fraud_rule_set for each row execute function intelligence.keep_fraud_rules();

insert into intelligence.fraud_rule_set (title, document, state, written_by, activated_at) values ('Rules to begin with', '{
  "version": 1, "lists": {},
  "policy": {"reviewCost": 15, "suspectFrom": 0.05, "declineFrom": 0.9, "shareMax": 0.01, "alertDays": 60},
  "rules": [
    {"name": "burst-at-new-payees", "when": "account.payees_24h >= 4 and account.new_payee and account.sum_24h > 5 * account.mean_30d", "action": "review",
     "note": "Several payees in a day, this one new"},
    {"name": "large-to-new-payee", "when": "account.new_payee and account.amount_to_max_30d > 4 and account.amount_z > 6 and amount > 400", "action": "step_up",
     "note": "Far above all of the last 30 days, to somebody never paid before"},
    {"name": "payee-known-for-fraud", "when": "payee.risk_30d > 0.2 and payee.known_30d >= 2", "action": "review",
     "note": "A fifth of the payments here turned out to be fraud"}
  ]}', 'active', '00000000-0000-7000-8000-000000000001', now());

-- ---------------------------------------------------------------- the score

create table intelligence.fraud_model (
  model_no int primary key generated always as identity,
  state text not null default 'trained' check (state in ('trained', 'live', 'retired')),
  body text not null, -- with its checksum inside
  -- Genuine payments were thinned to this share before learning; scores are brought back to the true share.
  genuine_share double precision not null check (genuine_share > 0 and genuine_share <= 1),
  metrics jsonb not null,
  trained_by uuid not null,
  trained_at timestamptz not null default now(),
  approved_by uuid,
  approved_at timestamptz,
  constraint fraud_model_by_another check (approved_by <> trained_by)
);
create unique index fraud_model_live on intelligence.fraud_model (state) where state = 'live';

-- Loads whose payments were judged.
create table intelligence.fraud_followed (
  load_no int primary key,
  payments int not null,
  alerts int not null,
  followed_at timestamptz not null default now()
);

-- ---------------------------------------------------------------- what was answered to the bank's switch

create table intelligence.fraud_decision (
  source_id smallint not null,
  source_key text not null,
  account_key text not null, -- the holding's key at its source
  party_id uuid, -- null while the holding is not known
  holding_id uuid,
  happened_at timestamp not null, -- by the clock where it happened
  received_at timestamptz not null,
  amount_minor bigint not null,
  currency char(3) not null,
  payee text not null,
  payee_name text,
  channel text,
  country text,
  category text,
  answer jsonb not null,
  primary key (source_id, source_key)
);
create index fraud_decision_received on intelligence.fraud_decision (received_at);
create index fraud_decision_party on intelligence.fraud_decision (party_id) where party_id is not null;

-- ---------------------------------------------------------------- alerts

-- One for what happens to one customer within days of each other, with all its payments.
create table intelligence.fraud_alert (
  party_id uuid not null,
  alert_id uuid not null default uuidv7(),
  state text not null default 'open' check (state in ('open', 'taken', 'closed')),
  outcome text check (outcome in ('fraud_confirmed', 'not_fraud', 'inconclusive')),
  action text not null check (action in ('review', 'step_up', 'hold')),
  first_at timestamp not null,
  last_at timestamp not null,
  payments int not null,
  probability real not null,
  amount_minor bigint not null, -- in the bank's currency
  expected_loss_minor bigint not null,
  opened_at timestamptz not null default now(),
  assignee_id uuid,
  informed_at timestamptz, -- the customer was told
  closed_by uuid,
  closed_at timestamptz,
  version int not null default 1,
  primary key (party_id, alert_id),
  constraint fraud_alert_closed check ((state = 'closed') = (outcome is not null) and (state = 'closed') = (closed_at is not null)),
  constraint fraud_alert_taken check (state <> 'taken' or assignee_id is not null)
);
create unique index fraud_alert_by_id on intelligence.fraud_alert (alert_id);
create index fraud_alert_queue on intelligence.fraud_alert (expected_loss_minor desc, first_at, alert_id) where state <> 'closed';
create index fraud_alert_closed on intelligence.fraud_alert (closed_at desc) where state = 'closed';

create table intelligence.fraud_alert_payment (
  party_id uuid not null,
  alert_id uuid not null,
  source_id smallint not null,
  source_key text not null,
  holding_id uuid not null,
  happened_at timestamp not null,
  has_time boolean not null, -- false: only the day is known
  amount_minor bigint not null,
  currency char(3) not null,
  bank_minor bigint not null, -- in the bank's currency
  payee text not null,
  payee_name text,
  channel text,
  category text,
  country text,
  probability real not null,
  expected_loss_minor bigint not null,
  action text not null,
  because text not null,
  rules jsonb not null, -- [{name, note, evidence}]
  reasons jsonb not null, -- [{feature, value, contribution}]
  features jsonb not null,
  set_no int not null,
  model_no int,
  is_live boolean not null,
  is_fraud boolean,
  primary key (party_id, alert_id, source_id, source_key),
  foreign key (party_id, alert_id) references intelligence.fraud_alert on delete cascade
);
create unique index fraud_alert_payment_once on intelligence.fraud_alert_payment (source_id, source_key);
create index fraud_alert_payment_payee on intelligence.fraud_alert_payment (payee);

create table intelligence.fraud_alert_event (
  party_id uuid not null,
  alert_id uuid not null,
  event_id uuid not null default uuidv7(),
  kind text not null check (kind in ('opened', 'grew', 'taken', 'assigned', 'released', 'noted', 'customer_informed', 'closed', 'reopened')),
  person_id uuid, -- null: the product
  at timestamptz not null default clock_timestamp(),
  note text check (char_length(note) between 1 and 2000),
  detail jsonb not null default '{}',
  primary key (party_id, alert_id, event_id),
  foreign key (party_id, alert_id) references intelligence.fraud_alert on delete cascade
);

-- What people found out of single payments: the next training and the windows of known frauds read it.
create table intelligence.fraud_label (
  party_id uuid not null,
  source_id smallint not null,
  source_key text not null,
  label_no bigint generated always as identity,
  is_fraud boolean not null,
  happened_on date not null,
  alert_id uuid, -- null: reported by the bank's back office
  decided_by uuid not null,
  decided_at timestamptz not null default now(),
  primary key (party_id, source_id, source_key)
);
create index fraud_label_newest on intelligence.fraud_label (label_no);
create unique index fraud_label_once on intelligence.fraud_label (source_id, source_key);

do $$
declare t text;
begin
  foreach t in array array['fraud_decision', 'fraud_alert', 'fraud_alert_payment', 'fraud_alert_event', 'fraud_label'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    execute format('create policy working on intelligence.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    -- That something is suspected, the customer's own manager may know; the evidence is for those who work on fraud.
    execute format('create policy through_party on intelligence.%I for select to vinculo_app using ('
      || case t when 'fraud_alert' then '' else '(select governance.holds(''fraud:read'')) and ' end
      || '((select governance.sees_whole_bank()) or exists (select from customers.party p where p.party_id = %I.party_id)))', t, t);
    execute format('grant select on intelligence.%I to vinculo_app, vinculo_backup', t);
    execute format('grant select, insert, update, delete on intelligence.%I to vinculo_worker', t);
  end loop;
  foreach t in array array['fraud_rule_set', 'fraud_model', 'fraud_followed'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    execute format('create policy working on intelligence.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('create policy reading on intelligence.%I for select to vinculo_app using ((select governance.holds(''fraud:read'')) or (select governance.holds(''fraud:rules'')))', t);
    execute format('grant select on intelligence.%I to vinculo_app, vinculo_backup', t);
    execute format('grant select, insert, update, delete on intelligence.%I to vinculo_worker', t);
  end loop;
end $$;

create policy deciding on intelligence.fraud_alert for update to vinculo_app
  using ((select governance.holds('fraud:decide'))) with check ((select governance.holds('fraud:decide')));
grant update (state, outcome, assignee_id, informed_at, closed_by, closed_at, version) on intelligence.fraud_alert to vinculo_app;
create policy deciding on intelligence.fraud_alert_payment for update to vinculo_app
  using ((select governance.holds('fraud:decide'))) with check ((select governance.holds('fraud:decide')));
grant update (is_fraud) on intelligence.fraud_alert_payment to vinculo_app;
create policy telling on intelligence.fraud_alert_event for insert to vinculo_app
  with check ((select governance.holds('fraud:decide')) and person_id = (select governance.acting_user()));
grant insert on intelligence.fraud_alert_event to vinculo_app;
create policy deciding on intelligence.fraud_label to vinculo_app
  using ((select governance.holds('fraud:decide')) and ((select governance.sees_whole_bank()) or exists (select from customers.party p where p.party_id = fraud_label.party_id)))
  with check ((select governance.holds('fraud:decide')) and decided_by = (select governance.acting_user())
    and exists (select from customers.party p where p.party_id = fraud_label.party_id));
grant insert, update, delete on intelligence.fraud_label to vinculo_app;
create policy writing on intelligence.fraud_rule_set to vinculo_app
  using ((select governance.holds('fraud:rules'))) with check ((select governance.holds('fraud:rules')));
grant insert (title, document, based_on, written_by), update (title, document, written_by, written_at, state, activated_by, activated_at, version), delete
  on intelligence.fraud_rule_set to vinculo_app;

create policy approving on intelligence.fraud_model for update to vinculo_app
  using ((select governance.holds('model:approve'))) with check ((select governance.holds('model:approve')));
create policy reading_to_approve on intelligence.fraud_model for select to vinculo_app using ((select governance.holds('model:read')));
grant update (state, approved_by, approved_at) on intelligence.fraud_model to vinculo_app;

revoke execute on function intelligence.keep_fraud_rules() from public;

-- The bank's switch asks as this role: it learns the verdict on a payment and nothing else.
insert into governance.role (role_id, permissions) values ('payment_switch', '{fraud:screen}');
update governance.role set permissions = permissions || '{fraud:screen,fraud:decide,fraud:read}'::text[] where role_id = 'operator';
-- Rules go live by a second person.
update governance.role set permissions = permissions || '{fraud:read,fraud:rules}'::text[] where role_id = 'risk_officer';
