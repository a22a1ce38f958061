-- What each holding did in each month and what it earned, and what each customer is worth by it.

-- One row a holding and month in which it was open, hung on the record that owns it. customer_id follows joins when profit is refreshed.
create table intelligence.holding_profit (
  party_id uuid not null,
  holding_id uuid not null,
  month date not null, -- its first day
  customer_id uuid not null,
  product text not null,
  currency char(3) not null,
  -- Averages of the days of the month, minor units of the holding's currency.
  asset_minor bigint not null,
  deposit_minor bigint not null,
  undrawn_minor bigint not null,
  customer_rate double precision,
  term_months int,
  months_open int,
  in_arrears boolean not null,
  fees_minor bigint not null,
  card_spend_minor bigint not null,
  exchange_minor bigint not null,
  activities jsonb not null, -- channel -> transactions
  own_count int not null, -- transactions the customer began
  own_days smallint not null,
  first_own_on date,
  last_own_on date,
  -- Minor units of the reporting currency, under the version; null: the currency has no rate there, and nothing counts.
  version_no int,
  asset_margin bigint not null,
  deposit_margin bigint not null,
  fees bigint not null,
  interchange bigint not null,
  exchange_margin bigint not null,
  activity_cost bigint not null,
  expected_loss bigint not null,
  acquisition_cost bigint not null,
  capital_charge bigint not null,
  primary key (party_id, holding_id, month)
) with (fillfactor = 85);
create index holding_profit_customer on intelligence.holding_profit (customer_id, month);

-- The last twelve whole months of each customer in one row: what lists, curves and tiers read.
create table intelligence.customer_value (
  customer_id uuid primary key,
  month date not null, -- the last of them
  asset_margin bigint not null,
  deposit_margin bigint not null,
  fees bigint not null,
  interchange bigint not null,
  exchange_margin bigint not null,
  activity_cost bigint not null,
  expected_loss bigint not null,
  acquisition_cost bigint not null,
  capital_charge bigint not null,
  profit_minor bigint generated always as (
    asset_margin + deposit_margin + fees + interchange + exchange_margin + activity_cost + expected_loss + acquisition_cost) stored,
  economic_minor bigint generated always as (
    asset_margin + deposit_margin + fees + interchange + exchange_margin + activity_cost + expected_loss + acquisition_cost + capital_charge) stored,
  volume_minor bigint not null, -- of the last month, both sides of the books
  unpriced int not null, -- holdings in a currency without a rate
  last_own_on date,
  own_count int not null, -- in the last three months
  -- Fifths of the segment, 1 the worst; null until ranked.
  recency smallint,
  frequency smallint,
  margin smallint,
  -- Over the horizon of the parameters, discounted: what the customer has, and apart from it what may come.
  lifetime_minor bigint,
  activity_minor bigint, -- of it, from payments
  potential_minor bigint,
  stays real -- chance to be there after twelve months
);
create index customer_value_month on intelligence.customer_value (month);

-- What lifetime values were reckoned with, learned once a month from all customers.
create table intelligence.value_model (
  month date primary key,
  body jsonb not null,
  learned_at timestamptz not null default now()
);

-- What a version changed for a customer in the last twelve months when it was put into force, by the parameters that did it.
create table intelligence.parameter_effect (
  version_no int not null references intelligence.profit_parameters,
  customer_id uuid not null,
  before_minor bigint not null, -- economic profit
  after_minor bigint not null,
  currency_minor bigint not null,
  rates_minor bigint not null,
  income_minor bigint not null,
  costs_minor bigint not null,
  losses_minor bigint not null,
  acquisition_minor bigint not null,
  capital_minor bigint not null,
  primary key (version_no, customer_id),
  constraint parameter_effect_adds_up check (
    after_minor - before_minor = currency_minor + rates_minor + income_minor + costs_minor + losses_minor + acquisition_minor + capital_minor)
);

do $$
declare t text;
begin
  foreach t in array array['holding_profit', 'customer_value', 'parameter_effect'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    execute format($p$create policy through_customer on intelligence.%1$I for select to vinculo_app using (
      (select governance.sees_whole_bank()) or exists (select from customers.customer c where c.customer_id = %1$I.customer_id))$p$, t);
    execute format('create policy working on intelligence.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select on intelligence.%I to vinculo_app, vinculo_backup', t);
    execute format('grant select, insert, update, delete, maintain on intelligence.%I to vinculo_worker', t);
  end loop;
end $$;
grant select, insert, update on intelligence.value_model to vinculo_worker;
grant select on intelligence.value_model to vinculo_backup;
