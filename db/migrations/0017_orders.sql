-- Under row security PostgreSQL takes coalesce() for leaky, though not case: a page deep in an order by date could not start inside the index.
drop index customers.customer_by_since, customers.customer_by_last_transaction;
create index customer_by_since on customers.customer ((case when customer_since is null then '-infinity' else customer_since end), customer_id);
create index customer_by_last_transaction on customers.customer ((case when last_transaction_on is null then '-infinity' else last_transaction_on end), customer_id);
