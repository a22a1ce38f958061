-- An action can be for the customers of one saved segment alone.

-- No foreign key: an action whose segment is not there any more is for nobody, and must not become one for everybody. Duties are nobody's to withhold.
alter table intelligence.offer_action add column segment_id uuid,
  add constraint offer_action_segment check (segment_id is null or kind <> 'duty');
grant update (segment_id) on intelligence.offer_action to vinculo_app;

-- Who came into the segment of an action or went out of it is decided upon anew.
create policy keeping on intelligence.segment for select to vinculo_owner using (true);
create policy keeping on intelligence.offer_action for select to vinculo_owner using (true);
create function intelligence.offers_due_moved() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select from intelligence.offer_action a where a.segment_id is not null) then
    update intelligence.offer_decision d set due_on = d.decided_on
    from (select distinct m.customer_id from moved_rows m join intelligence.offer_action a on a.segment_id = m.segment_id) moved
    where d.customer_id = moved.customer_id and d.is_current;
  end if;
  return null;
end $$;
revoke execute on function intelligence.offers_due_moved() from public;
create trigger offers_due_joined after insert on intelligence.segment_member referencing new table as moved_rows for each statement execute function intelligence.offers_due_moved();
create trigger offers_due_left after delete on intelligence.segment_member referencing old table as moved_rows for each statement execute function intelligence.offers_due_moved();

-- Of customers the caller sees: which actions are for a segment, whether that is there, and whether the customer is in it at this moment. Told also to who may
-- not see the segment itself: that an action is not for a customer is told to whoever serves the customer, not why.
create function intelligence.offer_standing(of_customers uuid[])
returns table (customer_id uuid, action_id text, is_there boolean, is_in boolean)
language sql stable security definer rows 100 set search_path = pg_catalog as $$
  select c.id, a.action_id, s.segment_id is not null,
    s.segment_id is not null and exists (select from intelligence.segment_member m where m.segment_id = s.segment_id and m.customer_id = c.id)
  from (select distinct id from unnest(of_customers) id limit 200) c
    cross join intelligence.offer_action a left join intelligence.segment s on s.segment_id = a.segment_id and s.archived_at is null
  where a.segment_id is not null and customers.seen_customer(c.id)
$$;
revoke execute on function intelligence.offer_standing(uuid[]) from public;
grant execute on function intelligence.offer_standing(uuid[]) to vinculo_app;

-- A segment that was put away has no members for anybody: neither in lists nor in reports.
do $$
declare t text;
begin
  foreach t in array array['segment_member', 'segment_move'] loop
    execute format('drop policy of_both on intelligence.%I', t);
    execute format($p$create policy of_both on intelligence.%1$I for select to vinculo_app using (
      segment_id = any (array(select s.segment_id from intelligence.segment s where s.archived_at is null))
      and case when (select governance.reaches_whole_bank()) then not customer_id in (select customers.hidden_customers())
        else exists (select from intelligence.customer_fact f where f.customer_id = %1$I.customer_id) end)$p$, t);
  end loop;
end $$;

-- Whether the segment of each action is there, for who manages actions: also of a segment that is not shared with them.
create function intelligence.offer_segments() returns table (action_id text, is_there boolean)
language sql stable security definer rows 10 set search_path = pg_catalog as $$
  select a.action_id, exists (select from intelligence.segment s where s.segment_id = a.segment_id and s.archived_at is null)
  from intelligence.offer_action a where a.segment_id is not null and (select governance.holds('offer:manage'))
$$;
revoke execute on function intelligence.offer_segments() from public;
grant execute on function intelligence.offer_segments() to vinculo_app;
