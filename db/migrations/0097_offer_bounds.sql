-- Caps of a day and of a channel, answers that name the channel and can be taken back for a day, and how evenly sales are proposed.
alter table intelligence.offer_policy
  add column contacts_day smallint not null default 2 check (contacts_day between 1 and 10),
  add column phone_week smallint not null default 2 check (phone_week between 1 and 20),
  add column email_week smallint not null default 1 check (email_week between 1 and 20),
  add column exposure_min double precision not null default 0.8 check (exposure_min between 0.5 and 1); -- share proposed to, of any group against the highest
grant update (contacts_day, phone_week, email_week, exposure_min) on intelligence.offer_policy to vinculo_app;

alter table intelligence.offer_answer add column channel text check (channel in ('in_person', 'phone', 'email')); -- null: not said
grant insert (channel), delete on intelligence.offer_answer to vinculo_app;
-- A slip of the hand: by who wrote it. What it was stays on the audit trail.
create policy taking_back on intelligence.offer_answer for delete to vinculo_app using (
  (select governance.holds('consent:record')) and answered_by = (select governance.acting_user())
  and exists (select from customers.party p where p.party_id = offer_answer.party_id));

-- Whether any group is proposed sales far less often than another, as it was found each day.
create table intelligence.offer_watch (
  watched_on date primary key,
  uneven jsonb not null -- [{trait, group, ratio}]
);
alter table intelligence.offer_watch enable row level security;
alter table intelligence.offer_watch force row level security;
create policy working on intelligence.offer_watch to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
create policy reading on intelligence.offer_watch for select to vinculo_app using ((select governance.holds('offer:manage')) and (select governance.reaches_whole_bank()));
grant select on intelligence.offer_watch to vinculo_app, vinculo_backup;
grant select, insert, update, delete on intelligence.offer_watch to vinculo_worker;
