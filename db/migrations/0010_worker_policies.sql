-- The worker's policies as the planner can reckon with them. An equality with an unknown value is taken to let one row of two hundred pass, and every
-- plan of a load was made for that; "is not null" is taken to let all rows pass, which is what it does. Who may do what is the same as before.

create function platform.working() returns boolean
language sql stable parallel restricted set search_path = pg_catalog as $$ select nullif(platform.context_purpose() = 'job', false) $$;
comment on function platform.working() is 'true inside a job, null otherwise; policies ask whether it is not null';
revoke execute on function platform.working() from public;
grant execute on function platform.working() to vinculo_worker;

do $$
declare p record;
begin
  for p in
    select schemaname, tablename, policyname, with_check is not null as checks from pg_policies
    where roles = '{vinculo_worker}' and qual ~ '''job''' and qual !~ ' OR | AND '
  loop
    execute format('alter policy %I on %I.%I using ((select platform.working()) is not null)', p.policyname, p.schemaname, p.tablename)
      || case when p.checks then ' with check ((select platform.working()) is not null)' else '' end;
  end loop;
end $$;
