-- Blocks repeat what the rows say. Nothing of them needs to outlive a crash: empty, they are not read, and the next refresh lays them anew.
alter table intelligence.fact_block set unlogged;
-- How many customers are proposed which sale first is asked for with every two thousand that are decided.
create index offer_decision_sales on intelligence.offer_decision (top_action, customer_id) where is_current and top_kind = 'sale';
