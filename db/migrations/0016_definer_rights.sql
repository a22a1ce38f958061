-- Only the owner of a function can take a right away or give it. The functions of vinculo_search had changed owner before their rights were set, so that
-- setting them did nothing and everybody kept the right to call them. They carry the caller's scope themselves, so nobody saw more for it.
set local role vinculo_search;
revoke all on function customers.find_customers(tsquery, int), customers.matching_customers(tsquery), customers.customer_parts(uuid) from public;
grant execute on function customers.find_customers(tsquery, int), customers.matching_customers(tsquery), customers.customer_parts(uuid) to vinculo_app;
reset role;
set local role vinculo_owner;
