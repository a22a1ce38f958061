-- Reports by mail: who wants which, and how often. A person orders mail for themselves; it is computed with their rights on the day it goes out.

create table intelligence.report_mail (
  person_id uuid not null, -- governance.app_user
  report_id uuid not null, -- intelligence.report, or one that Vinculo brings along
  every text not null check (every in ('day', 'week', 'month')),
  next_at timestamptz not null,
  sent_at timestamptz,
  failure text check (char_length(failure) <= 60), -- a code; null: the last one went out
  ordered_at timestamptz not null default now(),
  primary key (person_id, report_id)
);
create index report_mail_due on intelligence.report_mail (next_at);

alter table intelligence.report_mail enable row level security;
alter table intelligence.report_mail force row level security;
create policy working on intelligence.report_mail to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
create policy own on intelligence.report_mail to vinculo_app
  using (person_id = (select governance.acting_user()))
  with check (person_id = (select governance.acting_user()) and (select governance.holds('report:read')));
grant select, insert (person_id, report_id, every, next_at), update (every, next_at, failure), delete on intelligence.report_mail to vinculo_app;
grant select, update, delete on intelligence.report_mail to vinculo_worker;
grant select on intelligence.report_mail to vinculo_backup;
