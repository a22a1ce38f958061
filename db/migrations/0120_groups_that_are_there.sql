-- Lists ask whether a group is there before they filter by it: "in none of" a group that is gone would be everybody.

-- Whether all that a segment asks about was there when it was last computed: facts go with a newer version of the product, segments it builds on are put away.
alter table intelligence.segment add column answerable boolean not null default true;
grant update (answerable) on intelligence.segment to vinculo_app;

-- The groups of customers.group_member by name, those put away among them: which of them there are for whom their own row policies decide.
create view customers.customer_group with (security_invoker) as
  select segment_id as group_id, name, archived_at is null and answerable as is_there from intelligence.segment;
grant select on customers.customer_group to vinculo_app, vinculo_worker;
