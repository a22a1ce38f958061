-- A block that does not hold any more may still say something of a customer who was sealed, moved or erased since: nobody but the worker who writes it
-- anew reads it.
drop policy in_scope on intelligence.fact_block;
create policy in_scope on intelligence.fact_block for select to vinculo_app using (
  (select governance.reaches_whole_bank()) and block_no <> all ((select array(select s.block_no from intelligence.stale_block s))::smallint[]));
