-- Groups of customers that another area keeps, as lists of customers can be filtered by them: today the saved segments. The customers area says the shape
-- it reads; who keeps a group fills it, and decides by its own row policies for whom a group exists.
create view customers.group_member with (security_invoker) as
  select segment_id as group_id, customer_id from intelligence.segment_member;
grant select on customers.group_member to vinculo_app, vinculo_worker;

-- Which segments there are for the caller, and who is sealed from them, is asked once a question, not once a member: a list walks through thousands.
do $$
declare t text;
begin
  foreach t in array array['segment_member', 'segment_move'] loop
    execute format('drop policy of_both on intelligence.%I', t);
    execute format($p$create policy of_both on intelligence.%1$I for select to vinculo_app using (
      segment_id = any (array(select s.segment_id from intelligence.segment s))
      and case when (select governance.reaches_whole_bank()) then not customer_id in (select customers.hidden_customers())
        else exists (select from intelligence.customer_fact f where f.customer_id = %1$I.customer_id) end)$p$, t);
    execute format('create policy keeping on intelligence.%I to vinculo_owner using (true) with check (true)', t);
  end loop;
end $$;

-- Who objects to profiling, or takes a consent to it back, leaves all segments with that very act; the next settling asks again who may be in one.
create function intelligence.leave_segments() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from intelligence.segment_member m using customers.party p, new_rows n
  where n.purpose = 'profiling' and n.act in ('objected', 'withdrawn') and p.party_id = n.party_id and m.customer_id = p.customer_id;
  return null;
end $$;
revoke execute on function intelligence.leave_segments() from public;
create trigger leave_segments after insert on customers.consent referencing new table as new_rows for each statement execute function intelligence.leave_segments();
