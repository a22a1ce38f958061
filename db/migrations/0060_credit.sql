-- What customers owe, how likely they are to stop paying, what would then be lost, how much they may owe, and who is watched.
-- Ratings and exposures are worked out anew from holdings and hang on the customer; what people say and decide hangs on a party, and follows every join.

-- How risk is measured and judged, as data. A version is proposed by one person and put in force by another.
create table intelligence.credit_policy (
  version_no int primary key check (version_no > 0),
  policy jsonb not null,
  state text not null default 'proposed' check (state in ('proposed', 'in_force', 'replaced', 'refused')),
  reason text not null check (char_length(btrim(reason)) between 3 and 500),
  proposed_by uuid not null,
  proposed_at timestamptz not null default now(),
  decided_by uuid,
  decided_at timestamptz,
  constraint credit_policy_four_eyes check (decided_by is null or decided_by <> proposed_by or version_no = 1),
  constraint credit_policy_decided check ((state = 'proposed') = (decided_at is null))
);
create unique index credit_policy_in_force on intelligence.credit_policy (state) where state = 'in_force';

-- Scorecard and challenger with what they were measured to be worth, by time. Never changed: a new training is a new row.
create table intelligence.credit_model (
  model_no int generated always as identity primary key,
  trained_by uuid not null,
  trained_at timestamptz not null default now(),
  seen_until date not null, -- the last day whose facts it learned from
  champion text not null, -- a model file with its checksum
  challenger text,
  calibration jsonb not null, -- of champion and challenger, to the chance within twelve months
  measures jsonb not null,
  retired_at timestamptz
);
create unique index credit_model_in_force on intelligence.credit_model ((retired_at is null)) where retired_at is null;

create table intelligence.credit_exposure (
  customer_id uuid not null,
  holding_id uuid not null,
  branch_id uuid,
  kind text not null check (kind in ('loan', 'mortgage', 'credit_line', 'card', 'overdraft')),
  product_name text,
  currency char(3) not null,
  days_past_due int not null,
  -- In minor units of the reporting currency.
  drawn_minor bigint not null,
  limit_minor bigint not null,
  default_minor bigint not null, -- exposure at default
  loss_given_default real not null,
  expected_loss_minor bigint not null,
  primary key (customer_id, holding_id)
);

create table intelligence.credit_rating (
  customer_id uuid primary key,
  branch_id uuid,
  rated_on date not null,
  policy_version int not null,
  model_no int, -- null: no model had a part in it
  basis text not null check (basis in ('scorecard', 'arrears', 'default')),
  points real,
  probability real not null check (probability between 0 and 1),
  challenger_probability real,
  band text not null,
  days_past_due int not null,
  drawn_minor bigint not null,
  committed_minor bigint not null, -- drawn and what may still be drawn
  default_minor bigint not null,
  expected_loss_minor bigint not null,
  reasons jsonb not null default '[]', -- characteristic, value, points, lost
  salary_stopped boolean not null default false
);
create index credit_rating_branch on intelligence.credit_rating (branch_id);

-- Where a customer stood at the end of each month: what the migration matrix is made of.
create table intelligence.credit_rating_month (
  customer_id uuid not null,
  month date not null check (month = date_trunc('month', month)),
  band text not null,
  probability real not null,
  default_minor bigint not null,
  primary key (customer_id, month)
);
create index credit_rating_month_month on intelligence.credit_rating_month (month);

-- Connected customers (CRR, article 4(1)(39)): control, groups kept by people, guarantors. Who is connected to nobody has no row.
create table intelligence.credit_group_member (
  customer_id uuid primary key,
  group_id uuid not null -- the least customer_id in it
);
create index credit_group_member_group on intelligence.credit_group_member (group_id);

-- A limit of a customer, or of the group its customer is in. The newest holds.
create table intelligence.credit_limit (
  party_id uuid not null,
  limit_id uuid not null default uuidv7(),
  scope text not null check (scope in ('customer', 'group')),
  amount_minor bigint not null check (amount_minor >= 0), -- of the reporting currency
  valid_until date,
  reason text not null check (char_length(btrim(reason)) between 3 and 500),
  set_by uuid not null,
  set_at timestamptz not null default now(),
  primary key (party_id, limit_id)
);

create table intelligence.watch_entry (
  party_id uuid not null,
  watch_id uuid not null default uuidv7(),
  rule text check (rule in ('arrears', 'band', 'worsened', 'utilisation', 'salary_stopped', 'limit')), -- null: entered by a person
  reason text check (char_length(btrim(reason)) between 3 and 500),
  entered_by uuid not null,
  entered_at timestamptz not null default now(),
  review_on date not null,
  actions text not null default '' check (char_length(actions) <= 2000),
  reviewed_by uuid,
  reviewed_at timestamptz,
  left_by uuid,
  left_at timestamptz,
  left_reason text check (char_length(btrim(left_reason)) between 3 and 500),
  version int not null default 1,
  primary key (party_id, watch_id),
  constraint watch_entry_says_why check ((rule is null) <> (reason is null)),
  constraint watch_entry_left check ((left_at is null) = (left_by is null) and (left_at is null) = (left_reason is null))
);
create unique index watch_entry_open on intelligence.watch_entry (party_id) where left_at is null;
create index watch_entry_review on intelligence.watch_entry (review_on) where left_at is null;

-- One a matter while it lasts. Told to the relationship manager when it opens.
create table intelligence.credit_alert (
  party_id uuid not null,
  alert_id uuid not null default uuidv7(),
  kind text not null check (kind in ('limit_breached', 'group_limit_breached', 'watched', 'band_worsened')),
  detail jsonb not null default '{}',
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  seen_by uuid,
  seen_at timestamptz,
  primary key (party_id, alert_id)
);
create unique index credit_alert_once on intelligence.credit_alert (party_id, kind) where closed_at is null;

-- An application as it was judged and decided; what it was judged by is never changed afterwards.
create table intelligence.credit_application (
  party_id uuid not null,
  application_id uuid not null,
  customer_id uuid not null, -- as it stood when it was entered
  kind text not null check (kind in ('loan', 'mortgage', 'credit_line', 'card', 'overdraft')),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  term_months int check (term_months between 1 and 600),
  yearly_rate numeric(9, 6) check (yearly_rate >= 0 and yearly_rate < 10),
  collateral_minor bigint not null default 0 check (collateral_minor >= 0),
  purpose text not null check (char_length(btrim(purpose)) between 3 and 500),
  entered_by uuid not null,
  entered_at timestamptz not null default now(),
  judgement jsonb not null, -- points by characteristic, reasons, probability, band, loss, instalment, versions
  suggestion text not null check (suggestion in ('approve', 'refer', 'decline')),
  state text not null default 'open' check (state in ('open', 'approved', 'declined', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text check (char_length(btrim(decision_reason)) between 3 and 1000),
  approved_minor bigint check (approved_minor > 0 and approved_minor <= amount_minor),
  primary key (party_id, application_id),
  constraint credit_application_four_eyes check (state not in ('approved', 'declined') or decided_by <> entered_by),
  constraint credit_application_decided check ((state = 'open') = (decided_at is null) and (state = 'open') = (decided_by is null)),
  constraint credit_application_amount check ((state = 'approved') = (approved_minor is not null))
);
create unique index credit_application_id on intelligence.credit_application (application_id);
create index credit_application_open on intelligence.credit_application (entered_at) where state = 'open';

-- What a customer has and owes in one currency, and how its worth moves with rates. Minor units of the reporting currency.
create table intelligence.market_position (
  customer_id uuid not null,
  currency char(3) not null,
  branch_id uuid,
  is_income boolean not null, -- the money the customer earns: shocks of it are measured against everything else
  assets_minor bigint not null,
  debts_minor bigint not null, -- positive
  duration_minor double precision not null, -- sum of (assets - debts) x modified duration in years
  convexity_minor double precision not null, -- sum of (assets - debts) x convexity
  floating_minor bigint not null, -- assets less debts whose rate is set anew within a year
  primary key (customer_id, currency)
);

insert into intelligence.credit_policy (version_no, state, reason, proposed_by, decided_by, decided_at, policy) values
  (1, 'in_force', 'Starting values', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000001', now(), '{
    "lossGivenDefault": {"mortgage": 0.2, "loan": 0.45, "credit_line": 0.45, "card": 0.75, "overdraft": 0.65},
    "lossFloor": 0.1, "collateralHaircut": 0.3,
    "conversion": {"mortgage": 0, "loan": 0, "credit_line": 0.5, "card": 0.4, "overdraft": 0},
    "defaultDays": 90,
    "bands": [{"code": "1", "upTo": 0.0025}, {"code": "2", "upTo": 0.005}, {"code": "3", "upTo": 0.01}, {"code": "4", "upTo": 0.02},
      {"code": "5", "upTo": 0.04}, {"code": "6", "upTo": 0.08}, {"code": "7", "upTo": 0.2}, {"code": "8", "upTo": 0.999}, {"code": "D", "upTo": 1}],
    "arrears": [{"days": 0, "probability": 0.012}, {"days": 30, "probability": 0.08}, {"days": 60, "probability": 0.25}, {"days": 90, "probability": 0.5}],
    "learning": {"eventDays": 60, "horizonMonths": 6, "eventsMin": 30},
    "suggestion": {"approveUpTo": 0.03, "declineFrom": 0.15, "debtServiceMax": 0.45},
    "limits": {"person": 30000000, "organisation": 200000000, "group": 300000000},
    "watch": {"arrearsDays": 30, "bandFrom": "8", "notches": 2, "utilisation": 0.95, "salaryStopped": true, "reviewDays": 30, "quietDays": 90},
    "market": {"rateShocks": [-200, -100, 100, 200], "currencyShocks": [-0.1, 0.1], "depositMonths": {"current_account": 1, "savings_account": 3},
      "revolvingMonths": 1,
      "scenarios": [{"code": "stagflation", "name": "Rates up 200 bp, dollar up 10 %", "rateBp": 200, "currencies": {"USD": 0.1}},
        {"code": "easing", "name": "Rates down 150 bp, rial down 30 %", "rateBp": -150, "currencies": {"IRR": -0.3}}]}
  }');

do $$
declare t text;
begin
  foreach t in array array['credit_policy', 'credit_model', 'credit_exposure', 'credit_rating', 'credit_rating_month', 'credit_group_member',
      'credit_limit', 'watch_entry', 'credit_alert', 'credit_application', 'market_position'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    execute format('create policy working on intelligence.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select, insert, update, delete on intelligence.%I to vinculo_worker', t);
    execute format('grant select on intelligence.%I to vinculo_app, vinculo_backup', t);
  end loop;
  foreach t in array array['credit_policy', 'credit_model'] loop
    execute format('create policy nobody_in_it on intelligence.%I for select to vinculo_app using (true)', t);
  end loop;
  foreach t in array array['credit_exposure', 'credit_rating', 'credit_rating_month', 'credit_group_member', 'market_position'] loop
    execute format($p$create policy through_customer on intelligence.%1$I for select to vinculo_app using (
      (select governance.sees_whole_bank()) or exists (select from customers.customer c where c.customer_id = %1$I.customer_id))$p$, t);
  end loop;
  foreach t in array array['credit_limit', 'watch_entry', 'credit_alert', 'credit_application'] loop
    execute format($p$create policy through_party on intelligence.%1$I for select to vinculo_app using (
      (select governance.sees_whole_bank()) or exists (select from customers.party p where p.party_id = %1$I.party_id))$p$, t);
  end loop;
end $$;

create policy proposing on intelligence.credit_policy for insert to vinculo_app with check (
  (select governance.holds('credit:manage')) and state = 'proposed' and proposed_by = (select governance.acting_user()));
create policy deciding on intelligence.credit_policy for update to vinculo_app using ((select governance.holds('credit:manage')))
  with check ((select governance.holds('credit:manage')) and (decided_by is null or decided_by <> proposed_by or version_no = 1));
grant insert (version_no, policy, reason, proposed_by), update (state, decided_by, decided_at) on intelligence.credit_policy to vinculo_app;

create policy setting_limits on intelligence.credit_limit for insert to vinculo_app with check (
  (select governance.holds('credit:manage')) and set_by = (select governance.acting_user())
  and exists (select from customers.party p where p.party_id = credit_limit.party_id));
grant insert (party_id, limit_id, scope, amount_minor, valid_until, reason, set_by) on intelligence.credit_limit to vinculo_app;

create policy watching on intelligence.watch_entry for insert to vinculo_app with check (
  (select governance.holds('credit:manage')) and entered_by = (select governance.acting_user()) and rule is null
  and exists (select from customers.party p where p.party_id = watch_entry.party_id));
create policy reviewing on intelligence.watch_entry for update to vinculo_app using (
  (select governance.holds('credit:manage')) and left_at is null and exists (select from customers.party p where p.party_id = watch_entry.party_id))
  with check ((left_by is null or left_by = (select governance.acting_user())) and exists (select from customers.party p where p.party_id = watch_entry.party_id));
grant insert (party_id, watch_id, reason, entered_by, review_on, actions),
  update (review_on, actions, reviewed_by, reviewed_at, left_by, left_at, left_reason, version) on intelligence.watch_entry to vinculo_app;

create policy seeing on intelligence.credit_alert for update to vinculo_app using (exists (select from customers.party p where p.party_id = credit_alert.party_id))
  with check (seen_by = (select governance.acting_user()));
grant update (seen_by, seen_at) on intelligence.credit_alert to vinculo_app;

create policy applying on intelligence.credit_application for insert to vinculo_app with check (
  (select governance.holds('credit:read')) and entered_by = (select governance.acting_user()) and state = 'open'
  and exists (select from customers.party p where p.party_id = credit_application.party_id));
create policy deciding on intelligence.credit_application for update to vinculo_app using (
  state = 'open' and exists (select from customers.party p where p.party_id = credit_application.party_id))
  with check (decided_by = (select governance.acting_user()) and (
    (select governance.holds('credit:manage')) and entered_by <> (select governance.acting_user())
    or state = 'withdrawn' and (select governance.holds('credit:read'))));
grant insert (party_id, application_id, customer_id, kind, currency, amount_minor, term_months, yearly_rate, collateral_minor, purpose, entered_by, judgement, suggestion),
  update (state, decided_by, decided_at, decision_reason, approved_minor) on intelligence.credit_application to vinculo_app;

update governance.role set permissions = permissions || '{credit:read}'::text[] where role_id = 'relationship_manager';
