-- Lists of customers: one index for each order a list can have, read forward or backward, and the same within a branch or portfolio.

create index customer_by_name on customers.customer (sort_name, customer_id);
create index customer_by_assets on customers.customer (assets_minor, customer_id);
create index customer_by_debts on customers.customer (debts_minor, customer_id);
create index customer_by_since on customers.customer ((coalesce(customer_since, '-infinity')), customer_id);
create index customer_by_last_transaction on customers.customer ((coalesce(last_transaction_on, '-infinity')), customer_id);
create index customer_of_branch on customers.customer (branch_id, sort_name, customer_id);
create index customer_of_portfolio on customers.customer (portfolio_id, sort_name, customer_id);

-- All customers in the caller's reach that a search finds, for the name condition of list filters. Like find_customers, but unbounded:
-- callers join it to customers.customer and bound what they return.
create function customers.matching_customers(wanted tsquery) returns setof uuid
language plpgsql stable security definer rows 2000 set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  reach tsquery;
begin
  if governance.sees_whole_bank() then
    return query select e.customer_id from customers.search_entry e where e.terms @@ wanted;
  else
    select string_agg(term, ' | ')::tsquery into reach from (
      select format('%L', '@' || id) from unnest(governance.visible_units()) id
      union all select format('%L', '%' || id) from unnest(governance.visible_portfolios()) id) scope (term);
    if reach is not null then
      return query select e.customer_id from customers.search_entry e where e.terms @@ (wanted && reach);
    end if;
  end if;
end $$;
grant create on schema customers to vinculo_search;
alter function customers.matching_customers(tsquery) owner to vinculo_search;
revoke create on schema customers from vinculo_search;
revoke execute on function customers.matching_customers(tsquery) from public;
grant execute on function customers.matching_customers(tsquery) to vinculo_app;
