-- Facts by column, for counting over the whole bank: the facts of some two thousand customers (of a million) lie in one array a fact, so that a question
-- about five facts reads five of them. The rows of customer_fact stay what is true; a block repeats them until one of its customers changes.

create table intelligence.fact_block (
  block_no smallint primary key check (block_no between 0 and 511),
  -- The same customer stands at the same place of each array; sealed customers stand in none. More columns: db/repeatable/facts.sql.
  customer_id uuid[] not null default '{}',
  branch_id uuid[],
  as_of date[]
);
-- Blocks that do not repeat their customers any more. Only ever added to, so that nobody waits for anybody; taken by who writes the block anew.
create table intelligence.stale_block (
  block_no smallint not null
);

alter table intelligence.fact_block enable row level security;
alter table intelligence.fact_block force row level security;
-- Nobody is sealed in here: whoever reaches the whole bank sees all of it, and nobody else any of it.
create policy in_scope on intelligence.fact_block for select to vinculo_app using ((select governance.reaches_whole_bank()));
create policy working on intelligence.fact_block to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
create policy keeping on intelligence.fact_block for select to vinculo_owner using (true);
grant select on intelligence.fact_block, intelligence.stale_block to vinculo_app, vinculo_backup;
grant select, insert, update on intelligence.fact_block to vinculo_worker;
grant select, insert, delete on intelligence.stale_block to vinculo_worker;

alter table intelligence.customer_fact add column block_no smallint not null generated always as ((uuid_hash(customer_id) & 511)::smallint) stored;
create index customer_fact_block on intelligence.customer_fact (block_no);

-- In the transaction that changes facts, so that no block says at any moment what is not so.
create function intelligence.note_stale() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select from intelligence.fact_block) then
    insert into intelligence.stale_block (block_no) select distinct block_no from touched_rows;
  end if;
  return null;
end $$;
create function intelligence.note_all_stale() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into intelligence.stale_block (block_no) select block_no from intelligence.fact_block;
  return null;
end $$;
revoke execute on function intelligence.note_stale(), intelligence.note_all_stale() from public;
create trigger note_stale_insert after insert on intelligence.customer_fact referencing new table as touched_rows for each statement execute function intelligence.note_stale();
create trigger note_stale_update after update on intelligence.customer_fact referencing new table as touched_rows for each statement execute function intelligence.note_stale();
create trigger note_stale_delete after delete on intelligence.customer_fact referencing old table as touched_rows for each statement execute function intelligence.note_stale();
create trigger note_stale_truncate after truncate on intelligence.customer_fact for each statement execute function intelligence.note_all_stale();
