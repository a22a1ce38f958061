-- Search entries of a load go into the index in sorted bulks of up to 4 MB instead of term by term. Whoever writes entries settles them at the end,
-- so that a search finds (nearly) nothing left to read through.
alter index customers.search_entry_terms set (fastupdate = on, gin_pending_list_limit = 4096);

create function customers.settle_search() returns void
language sql security definer set search_path = pg_catalog
begin atomic
  select gin_clean_pending_list('customers.search_entry_terms'::regclass);
end;
revoke execute on function customers.settle_search() from public;
grant execute on function customers.settle_search() to vinculo_worker;
