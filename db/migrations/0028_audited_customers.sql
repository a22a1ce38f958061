-- Auditors see numbers of customers, not customers: the trail names them by id, letters and people by number. Nothing else of a customer is told here,
-- and of one hidden from the person by a seal not even that.
create function customers.customers_for_audit(numbers text[], ids uuid[]) returns table (customer_id uuid, customer_no text)
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
begin
  if not governance.holds('audit:read') then
    return;
  end if;
  return query
    select c.customer_id, c.customer_no from customers.customer c
    where (c.customer_no = any (numbers) or c.customer_id = any (ids)) and c.customer_id not in (select customers.hidden_customers())
    limit 200;
end $$;
revoke all on function customers.customers_for_audit(text[], uuid[]) from public;
grant execute on function customers.customers_for_audit(text[], uuid[]) to vinculo_app;
