-- Reports: what to count, by what and of whom; never a figure. They are computed with the rights of who looks, at that moment.

create table intelligence.report (
  report_id uuid primary key default uuidv7(),
  name text not null check (char_length(btrim(name)) between 1 and 100),
  note text check (char_length(note) between 1 and 1000),
  owner_id uuid not null, -- governance.app_user
  shared boolean not null default false,
  definition jsonb not null, -- checked against its contract again whenever it is used
  permissions text[] not null default '{}', -- of the facts it asks about: without all of them the report does not exist for one
  version int not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  archived_at timestamptz
);
create index report_of_owner on intelligence.report (owner_id) where archived_at is null;
create index report_shared on intelligence.report (changed_at desc) where archived_at is null and shared;

-- Reports in their order: a person's own, or what a role begins with in place of the ones Vinculo brings along.
create table intelligence.dashboard (
  dashboard_id uuid primary key default uuidv7(),
  owner_id uuid unique,
  role_id text unique,
  report_ids uuid[] not null check (cardinality(report_ids) between 0 and 12),
  changed_by uuid not null,
  changed_at timestamptz not null default now(),
  constraint dashboard_of_one check ((owner_id is null) <> (role_id is null))
);

do $$
declare t text;
begin
  foreach t in array array['report', 'dashboard'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    execute format('create policy working on intelligence.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select, insert, update, delete on intelligence.%I to vinculo_worker', t);
    execute format('grant select on intelligence.%I to vinculo_app, vinculo_backup', t);
  end loop;
end $$;

create policy own_or_shared on intelligence.report for select to vinculo_app using (
  (select governance.holds('report:read')) and (shared or owner_id = (select governance.acting_user())) and intelligence.holds_all(permissions));
create policy making on intelligence.report for insert to vinculo_app with check (
  (select governance.holds('report:write')) and owner_id = (select governance.acting_user()));
create policy changing on intelligence.report for update to vinculo_app
  using ((select governance.holds('report:write')) and owner_id = (select governance.acting_user()))
  with check (owner_id = (select governance.acting_user()));
grant insert (report_id, name, note, owner_id, shared, definition, permissions), update (name, note, shared, definition, permissions, version, changed_at, archived_at)
  on intelligence.report to vinculo_app;

create policy own_or_role on intelligence.dashboard for select to vinculo_app using (
  (select governance.holds('report:read')) and (role_id is not null or owner_id = (select governance.acting_user())));
-- What a role begins with is for who writes reports and reaches the whole bank; it names reports and opens none.
create policy own_making on intelligence.dashboard for insert to vinculo_app with check (
  changed_by = (select governance.acting_user()) and (select governance.holds('report:read')) and (
    owner_id = (select governance.acting_user())
    or (role_id is not null and (select governance.holds('report:write')) and (select governance.reaches_whole_bank()))));
create policy own_changing on intelligence.dashboard for update to vinculo_app
  using (owner_id = (select governance.acting_user())
    or (role_id is not null and (select governance.holds('report:write')) and (select governance.reaches_whole_bank())))
  with check (changed_by = (select governance.acting_user()));
create policy own_dropping on intelligence.dashboard for delete to vinculo_app using (
  owner_id = (select governance.acting_user())
  or (role_id is not null and (select governance.holds('report:write')) and (select governance.reaches_whole_bank())));
grant insert (owner_id, role_id, report_ids, changed_by), update (report_ids, changed_by, changed_at), delete on intelligence.dashboard to vinculo_app;
