-- What was known when: a booking or balance is known since its load was finished. History that a source brings with its first load is as old as it says:
-- before it, the day it was booked stands for the day it was known.
create view customers.published_load with (security_invoker = true) as
  select l.load_no, case when l.load_no > f.first_no then coalesce(l.finished_at, l.started_at)::date end as known_on, f.first_on
  from customers.load l join (
    select source_id, min(load_no) as first_no, min(coalesce(finished_at, started_at))::date as first_on
    from customers.load where state not in ('reversing', 'reversed') group by source_id) f using (source_id);
create or replace view customers.published_balance with (security_invoker = true) as
  select party_id, holding_id, kind, balance_on, amount_minor, load_no from customers.balance where kind in ('booked', 'outstanding', 'market_value');
grant select on customers.published_load to vinculo_worker;

-- Months of records in which something was known only in a later month: the past is counted anew for these alone.
create table intelligence.late_month (
  party_id uuid not null,
  month_no smallint not null,
  known_no smallint not null,
  primary key (party_id, month_no, known_no)
);
create index late_month_known on intelligence.late_month (known_no);
alter table intelligence.late_month enable row level security;
alter table intelligence.late_month force row level security;
create policy working on intelligence.late_month to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
grant select on intelligence.late_month to vinculo_backup;
grant select, insert, update, delete on intelligence.late_month to vinculo_worker;
