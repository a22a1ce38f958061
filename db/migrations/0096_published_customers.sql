-- What the customers area publishes to the areas right of it: they read these views, not its tables, so that it may change its tables. A view is the
-- caller's own look at the table (security_invoker) and is planned as if the table stood there.
create or replace view customers.published_customer with (security_invoker = true) as
  select customer_id, customer_no, kind, branch_id, portfolio_id, compartments, born_on, deceased_on, sex, nationality, language, country, city, occupation, industry,
    legal_form, segment, marital_status, customer_since, currency, party_count, in_arrears, phone is not null as has_phone, email is not null as has_email,
    full_name, latin_name, sort_name, assets_minor, debts_minor, holding_count, holding_kinds, last_transaction_on
  from customers.customer;
create or replace view customers.published_party with (security_invoker = true) as
  select party_id, customer_id, kind, full_name, latin_name, source_id, source_key from customers.party;
create or replace view customers.published_booking with (security_invoker = true) as
  select party_id, booked_on, holding_id, amount_minor, currency, balance_after_minor, category, channel,
    counterparty_name, counterparty_account, load_no, line_no, transaction_id, source_id, source_key
  from customers.transaction;
create or replace view customers.published_balance with (security_invoker = true) as
  select party_id, holding_id, kind, balance_on, amount_minor, load_no, currency from customers.balance where kind in ('booked', 'outstanding', 'market_value');
create or replace view customers.published_relation with (security_invoker = true) as
  select party_id, other_party_id, kind, from_on, to_on, share from customers.party_relation where withdrawn_at is null;
-- Each holding once, at its first owner; published_holding has it at each of its owners.
create view customers.published_account with (security_invoker = true) as
  select party_id, holding_id, source_id, source_key, kind, class, number, product_code, product_name, currency, status, opened_on, matures_on, closed_on, amount_minor, rate,
    balance_minor, balance_on, stated_balance_minor, stated_balance_on, last_transaction_on, attached_to, branch_code
  from customers.holding;
create view customers.published_role with (security_invoker = true) as select party_id, holding_id, role, owner_party_id from customers.holding_role;
create view customers.published_circle with (security_invoker = true) as select circle_id, kind, name from customers.circle;
create view customers.published_circle_member with (security_invoker = true) as
  select party_id, circle_id, role, from_on, to_on from customers.circle_member;
create view customers.published_source with (security_invoker = true) as select source_id, code, name from customers.source;
-- Under which key a source delivered which row.
create view customers.published_record with (security_invoker = true) as select source_id, kind, source_key, party_id, row_id from customers.source_record;
create view customers.published_booking_key with (security_invoker = true) as
  select source_id, source_key, party_id, transaction_id, booked_on from customers.transaction_key;
grant select on customers.published_account, customers.published_role, customers.published_circle, customers.published_circle_member, customers.published_source,
  customers.published_record, customers.published_booking_key to vinculo_app, vinculo_worker;
