-- How the alerts do week by week, as it was judged each day: only what is wrong, never whose.
create table intelligence.fraud_watch (
  watched_on date primary key,
  level text not null check (level in ('stable', 'watch', 'act')),
  signs jsonb not null -- [{code, figure, usual}]
);
alter table intelligence.fraud_watch enable row level security;
alter table intelligence.fraud_watch force row level security;
create policy working on intelligence.fraud_watch to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
-- It speaks of the whole bank.
create policy reading on intelligence.fraud_watch for select to vinculo_app using ((select governance.holds('fraud:read')) and (select governance.reaches_whole_bank()));
grant select on intelligence.fraud_watch to vinculo_app, vinculo_backup;
grant select, insert, update, delete on intelligence.fraud_watch to vinculo_worker;
create index fraud_alert_by_week on intelligence.fraud_alert (last_at);
