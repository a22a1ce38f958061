-- Facts: what is known of each customer in figures, kept from what changed. Months are numbered year * 12 + month - 1 (January 2026: 24312).

-- Files of db/repeatable: made from code, applied again whenever their content is another.
create table platform.repeatable (
  name text primary key,
  sha256 text not null,
  applied_at timestamptz not null default now()
);
grant select on platform.repeatable to vinculo_backup;

-- ---------------------------------------------------------------- what changed, for whoever computes from it

-- Written with every refresh of customers, in its transaction; taken by one reader (intelligence/facts), in the transaction that uses it.
create table customers.changed_customer (
  change_id bigint generated always as identity primary key,
  customer_id uuid not null
);
create table customers.changed_days (
  change_id bigint generated always as identity primary key,
  party_id uuid not null,
  first_on date not null, -- money moved, or a balance was stated, on days from here
  last_on date not null
);
do $$
declare t text;
begin
  foreach t in array array['changed_customer', 'changed_days'] loop
    execute format('alter table customers.%I enable row level security', t);
    execute format('alter table customers.%I force row level security', t);
    execute format('create policy working on customers.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('create policy noting on customers.%I for insert to vinculo_owner with check (true)', t);
    execute format('grant select, insert, delete, truncate on customers.%I to vinculo_worker', t);
    execute format('grant select on customers.%I to vinculo_backup', t);
  end loop;
end $$;

-- A customer whose last record went elsewhere is gone without any refresh of its own.
create function customers.note_gone() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into customers.changed_customer (customer_id) select customer_id from old_rows;
  return null;
end $$;
create trigger note_gone after delete on customers.customer referencing old table as old_rows for each statement execute function customers.note_gone();
revoke execute on function customers.note_gone() from public;

-- ---------------------------------------------------------------- what the customers area publishes for computing

create view customers.published_customer with (security_invoker = true) as
  select customer_id, customer_no, kind, branch_id, portfolio_id, compartments, born_on, deceased_on, sex, nationality, language, country, city, occupation, industry,
    legal_form, segment, marital_status, customer_since, currency, party_count, in_arrears, phone is not null as has_phone, email is not null as has_email
  from customers.customer;
create view customers.published_party with (security_invoker = true) as
  select party_id, customer_id, kind, full_name, latin_name from customers.party;
create view customers.published_booking with (security_invoker = true) as
  select party_id, booked_on, holding_id, amount_minor, currency, balance_after_minor, category, channel,
    counterparty_name, counterparty_account, load_no, line_no
  from customers.transaction;
create view customers.published_balance with (security_invoker = true) as
  select party_id, holding_id, kind, balance_on, amount_minor from customers.balance where kind in ('booked', 'outstanding', 'market_value');
-- One row for each owner and joint owner of a holding. The first owner is owner_party_id: money is counted there, once in the bank.
create view customers.published_holding with (security_invoker = true) as
  select r.party_id, r.owner_party_id, r.role, h.holding_id, h.kind, h.class, h.product_code, h.currency, h.status, h.opened_on, h.matures_on, h.closed_on,
    h.amount_minor, h.rate, h.balance_minor, h.balance_on, h.stated_balance_minor, h.stated_balance_on, h.attached_to
  from customers.holding_role r join customers.holding h on h.party_id = r.owner_party_id and h.holding_id = r.holding_id
  where r.role in ('owner', 'joint_owner');
create view customers.published_relation with (security_invoker = true) as
  select party_id, other_party_id, kind, from_on, to_on from customers.party_relation where withdrawn_at is null;
grant select on customers.published_customer, customers.published_party, customers.published_booking, customers.published_balance,
  customers.published_holding, customers.published_relation to vinculo_app, vinculo_worker;

-- ---------------------------------------------------------------- exchange rates

create schema intelligence;
grant usage on schema intelligence to vinculo_app, vinculo_worker, vinculo_search, vinculo_backup;

-- One unit of the currency in units of the bank's reporting currency, from a day on.
create table intelligence.exchange_rate (
  currency char(3) not null,
  valid_from date not null,
  rate double precision not null check (rate > 0 and rate < 'infinity'),
  source text not null check (char_length(source) between 1 and 100),
  recorded_by uuid not null,
  recorded_at timestamptz not null default now(),
  primary key (currency, valid_from)
);
grant select on intelligence.exchange_rate to vinculo_app, vinculo_worker, vinculo_backup;
grant insert, update, delete on intelligence.exchange_rate to vinculo_worker;

-- ---------------------------------------------------------------- what happened month by month

-- Nothing is null, so that most rows are short. Money is positive whichever way it went.
create table intelligence.party_month (
  party_id uuid not null,
  month_no smallint not null,
  currency char(3) not null,
  in_count int, out_count int, card_count int, cash_count int, digital_count int, branch_count int, automatic_count int, transfer_count int,
  own_elsewhere_count int,
  in_minor bigint, out_minor bigint, card_minor bigint, cash_minor bigint, cash_in_minor bigint, digital_minor bigint, automatic_minor bigint,
  transfer_minor bigint, housing_minor bigint, daily_minor bigint, leisure_minor bigint, travel_minor bigint, saving_minor bigint, insurance_minor bigint,
  fee_minor bigint, loan_minor bigint, remittance_minor bigint, own_elsewhere_minor bigint, salary_minor bigint,
  salary_day smallint, -- of the first in the month
  largest_in_minor bigint, largest_in_day smallint,
  last_in_on date, last_out_on date, last_initiated_on date, last_card_on date, last_cash_on date, last_digital_on date,
  primary key (party_id, month_no, currency)
) with (fillfactor = 90);

-- Balances of one holding in the months in which one was known: at the end, and the lowest seen. Signs as in customers.holding.
create table intelligence.holding_month (
  party_id uuid not null, -- first owner
  holding_id uuid not null,
  month_no smallint not null,
  end_minor bigint not null,
  low_minor bigint not null,
  primary key (party_id, holding_id, month_no)
);

-- ---------------------------------------------------------------- the facts

-- One row a customer. The columns after these come from the catalogue (db/repeatable/facts.sql). branch_id, portfolio_id and compartments are those of
-- customers.customer, kept equal by trigger: a customer's facts are seen exactly by who sees the customer, without going there.
create table intelligence.customer_fact (
  customer_id uuid primary key,
  branch_id uuid,
  portfolio_id uuid,
  as_of date not null, -- the last day of the months counted
  compartments smallint[]
);
create index customer_fact_branch on intelligence.customer_fact (branch_id);
create index customer_fact_portfolio on intelligence.customer_fact (portfolio_id) where portfolio_id is not null;
create index customer_fact_sealed on intelligence.customer_fact (customer_id) where compartments is not null;

do $$
declare t text;
begin
  foreach t in array array['party_month', 'holding_month', 'customer_fact'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    execute format('create policy working on intelligence.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select, insert, update, delete, truncate, maintain on intelligence.%I to vinculo_worker', t);
    execute format('grant select on intelligence.%I to vinculo_backup', t);
  end loop;
  foreach t in array array['party_month', 'holding_month'] loop
    execute format($p$create policy through_party on intelligence.%1$I for select to vinculo_app using (
      (select governance.sees_whole_bank()) or exists (select from customers.published_party p where p.party_id = %1$I.party_id))$p$, t);
    execute format('grant select on intelligence.%I to vinculo_app', t);
  end loop;
end $$;
-- The policies of customers.customer, word for word.
create policy in_scope on intelligence.customer_fact for select to vinculo_app using (
  (select governance.reaches_whole_bank())
  or branch_id = any ((select governance.visible_units())::uuid[])
  or portfolio_id = any ((select governance.visible_portfolios())::uuid[]));
create policy opened on intelligence.customer_fact for select to vinculo_app using (customer_id = any ((select customers.opened_customers())::uuid[]));
create policy sealed on intelligence.customer_fact as restrictive for select to vinculo_app using (
  compartments is null or compartments <@ (select governance.cleared())::smallint[] or customer_id = any ((select customers.opened_customers())::uuid[]));
create policy keeping on intelligence.customer_fact to vinculo_owner using (true) with check (true);
grant select on intelligence.customer_fact to vinculo_app;

create function intelligence.place_facts() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update intelligence.customer_fact f set branch_id = n.branch_id, portfolio_id = n.portfolio_id, compartments = n.compartments
  from new_rows n join old_rows o using (customer_id)
  where f.customer_id = n.customer_id
    and (o.branch_id, o.portfolio_id, o.compartments) is distinct from (n.branch_id, n.portfolio_id, n.compartments);
  return null;
end $$;
create function intelligence.drop_facts() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from intelligence.customer_fact f using old_rows o where f.customer_id = o.customer_id;
  return null;
end $$;
revoke execute on function intelligence.place_facts(), intelligence.drop_facts() from public;
create trigger place_facts after update on customers.customer referencing old table as old_rows new table as new_rows
  for each statement execute function intelligence.place_facts();
create trigger drop_facts after delete on customers.customer referencing old table as old_rows for each statement execute function intelligence.drop_facts();

-- ---------------------------------------------------------------- refreshing

-- One run from what changed to the last step that computes from it; a killed one goes on where it stood.
create table intelligence.refresh_run (
  run_id uuid primary key default uuidv7(),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  of_all boolean not null,
  customers int, -- how many; null: all
  steps_done jsonb not null default '[]', -- [{name, seconds}], in order
  as_of date
);
create unique index refresh_one on intelligence.refresh_run ((true)) where finished_at is null;
create table intelligence.refresh_customer (
  run_id uuid not null references intelligence.refresh_run on delete cascade,
  customer_id uuid not null,
  primary key (run_id, customer_id)
);
alter table intelligence.refresh_customer enable row level security;
alter table intelligence.refresh_customer force row level security;
create policy working on intelligence.refresh_customer to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
grant select, insert, update, delete on intelligence.refresh_run, intelligence.refresh_customer to vinculo_worker;
grant select on intelligence.refresh_run to vinculo_app;
grant select on intelligence.refresh_run, intelligence.refresh_customer to vinculo_backup;
