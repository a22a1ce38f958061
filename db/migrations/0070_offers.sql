-- The next best action: what may be proposed to a customer, as data, and by which rules of the house. Who holds offer:manage changes both, with a reason.

create table intelligence.offer_action (
  action_id text primary key check (action_id ~ '^[a-z][a-z_]{2,39}$'),
  kind text not null check (kind in ('duty', 'care', 'sale')), -- duty: outside every experiment, before everything else
  signal text not null check (signal in ('fraud', 'arrears', 'watch', 'maturing', 'churn', 'inflow', 'outflow', 'salary_missed', 'quiet', 'birthday', 'room')),
  product text, -- with the signal room: what there is room for
  purpose text not null check (purpose in ('service', 'marketing')), -- of the contact (customers.contact_purpose)
  uses_profile boolean not null, -- rests on models: not for who objects to profiling
  place smallint not null unique, -- among equals
  -- All money in minor units of the reporting currency.
  base_rate double precision not null check (base_rate > 0 and base_rate < 1), -- chance that it works, where neither a model nor enough answers say
  gain_minor bigint not null check (gain_minor >= 0), -- worth within twelve months if it works, beside the share of the amount at stake
  gain_share double precision not null check (gain_share between 0 and 1), -- of the amount at stake
  cost_minor bigint not null check (cost_minor >= 0),
  loss_minor bigint not null check (loss_minor >= 0), -- what a default would cost; 0: no credit is given
  -- Who it is not for; null: no bound.
  default_max double precision check (default_max between 0 and 1), -- chance of default within twelve months
  age_min smallint check (age_min between 0 and 120),
  age_max smallint check (age_max between 0 and 120),
  customer_kinds text[] not null default '{person,organisation}',
  countries char(2)[],
  lever double precision not null default 1 check (lever between 0.5 and 2), -- people's own weight, bounded
  active boolean not null default true,
  version int not null default 1,
  constraint offer_action_product check ((signal = 'room') = (product is not null) and (signal = 'room') = (kind = 'sale')),
  constraint offer_action_ages check (age_min is null or age_max is null or age_min <= age_max)
);
insert into intelligence.offer_action (action_id, kind, signal, product, purpose, uses_profile, place, base_rate, gain_minor, gain_share, cost_minor, loss_minor,
  default_max, age_min, age_max, customer_kinds) values
  ('check_fraud', 'duty', 'fraud', null, 'service', false, 1, 0.6, 5000, 1, 500, 0, null, null, null, '{person,organisation}'),
  ('settle_arrears', 'duty', 'arrears', null, 'service', false, 2, 0.4, 5000, 0.5, 500, 0, null, null, null, '{person,organisation}'),
  ('review_risk', 'duty', 'watch', null, 'service', false, 3, 0.3, 2000, 0.3, 800, 0, null, null, null, '{person,organisation}'),
  ('renew_deposit', 'duty', 'maturing', null, 'service', false, 4, 0.6, 0, 0.012, 400, 0, null, null, null, '{person,organisation}'),
  ('keep_customer', 'care', 'churn', null, 'service', true, 5, 0.2, 0, 1, 800, 0, null, null, null, '{person,organisation}'),
  ('ask_outflow', 'care', 'outflow', null, 'service', false, 6, 0.15, 0, 0.015, 400, 0, null, null, null, '{person,organisation}'),
  ('place_inflow', 'care', 'inflow', null, 'marketing', false, 7, 0.2, 0, 0.012, 400, 0, null, 18, null, '{person,organisation}'),
  ('ask_salary', 'care', 'salary_missed', null, 'service', false, 8, 0.2, 0, 0.05, 400, 0, null, null, null, '{person}'),
  ('renew_contact', 'care', 'quiet', null, 'service', false, 9, 0.15, 0, 0.004, 400, 0, null, null, null, '{person,organisation}'),
  ('greet_birthday', 'care', 'birthday', null, 'service', false, 10, 0.3, 1200, 0, 200, 0, null, null, null, '{person}'),
  ('offer_savings_account', 'sale', 'room', 'savings_account', 'marketing', true, 11, 0.03, 6000, 0, 500, 0, null, 16, null, '{person,organisation}'),
  ('offer_term_deposit', 'sale', 'room', 'term_deposit', 'marketing', true, 12, 0.02, 9000, 0, 500, 0, null, 18, null, '{person,organisation}'),
  ('offer_investment', 'sale', 'room', 'investment', 'marketing', true, 13, 0.01, 15000, 0, 1500, 0, null, 18, 80, '{person,organisation}'),
  ('offer_insurance', 'sale', 'room', 'insurance', 'marketing', true, 14, 0.015, 5400, 0, 600, 0, null, 18, 75, '{person,organisation}'),
  ('offer_card', 'sale', 'room', 'card', 'marketing', true, 15, 0.02, 4500, 0, 400, 150000, 0.06, 18, null, '{person}'),
  ('offer_credit_line', 'sale', 'room', 'credit_line', 'marketing', true, 16, 0.005, 30000, 0, 2500, 1500000, 0.04, 18, 75, '{organisation}'),
  ('offer_loan', 'sale', 'room', 'loan', 'marketing', true, 17, 0.015, 20000, 0, 1500, 450000, 0.04, 18, 70, '{person,organisation}'),
  ('offer_mortgage', 'sale', 'room', 'mortgage', 'marketing', true, 18, 0.004, 120000, 0, 6000, 1500000, 0.03, 21, 60, '{person}'),
  ('offer_current_account', 'sale', 'room', 'current_account', 'marketing', true, 19, 0.02, 8000, 0, 900, 0, null, 16, null, '{person,organisation}');

-- One row: the rules of the house.
create table intelligence.offer_policy (
  only_one boolean primary key default true check (only_one),
  version int not null default 1,
  -- Shares of customers, by a hash with the salt: kept back from all but duties; given any eligible action by chance; and, of the rest, how often one tries another.
  hold_out_share double precision not null default 0.05 check (hold_out_share between 0 and 0.2),
  random_share double precision not null default 0.03 check (random_share between 0 and 0.1),
  exploration_share double precision not null default 0.05 check (exploration_share between 0 and 0.2),
  refused_max smallint not null default 2 check (refused_max between 1 and 10), -- so often within refused_days, then a pause
  refused_days smallint not null default 90 check (refused_days between 1 and 365),
  pause_days smallint not null default 180 check (pause_days between 1 and 730),
  later_days smallint not null default 14 check (later_days between 1 and 90), -- after "later", and after a single refusal
  contacts_week smallint not null default 2 check (contacts_week between 1 and 20),
  contacts_month smallint not null default 4 check (contacts_month between 1 and 60),
  product_share_max double precision not null default 0.5 check (product_share_max between 0.1 and 1), -- of all sales proposed, to any one product
  salt text not null default gen_random_uuid()::text
);
insert into intelligence.offer_policy default values;

-- Who changed what, from what to what, and why. Its number is the version of all settings together.
create table intelligence.offer_change (
  change_no int primary key generated always as identity,
  action_id text references intelligence.offer_action, -- null: the rules of the house
  before jsonb not null,
  after jsonb not null,
  reason text not null check (char_length(btrim(reason)) between 3 and 500),
  changed_by uuid not null,
  changed_at timestamptz not null default now()
);

do $$
declare t text;
begin
  foreach t in array array['offer_action', 'offer_policy', 'offer_change'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    execute format('create policy reading on intelligence.%I for select to vinculo_app using ((select governance.acting_user()) is not null)', t);
    execute format('create policy working on intelligence.%I for select to vinculo_worker using ((select platform.working()) is not null)', t);
    execute format('grant select on intelligence.%I to vinculo_app, vinculo_worker, vinculo_backup', t);
  end loop;
  foreach t in array array['offer_action', 'offer_policy'] loop
    execute format('create policy managing on intelligence.%I for update to vinculo_app using ((select governance.holds(''offer:manage''))) with check ((select governance.holds(''offer:manage'')))', t);
  end loop;
end $$;
create policy managing on intelligence.offer_change for insert to vinculo_app with check (
  (select governance.holds('offer:manage')) and changed_by = (select governance.acting_user()));
grant update (base_rate, gain_minor, gain_share, cost_minor, loss_minor, default_max, age_min, age_max, lever, active, version) on intelligence.offer_action to vinculo_app;
grant update (version, hold_out_share, random_share, exploration_share, refused_max, refused_days, pause_days, later_days, contacts_week, contacts_month,
  product_share_max) on intelligence.offer_policy to vinculo_app;
grant insert (action_id, before, after, reason, changed_by) on intelligence.offer_change to vinculo_app;
