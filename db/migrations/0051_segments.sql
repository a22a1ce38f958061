-- Segments: customers by conditions over their facts, or by likeness (clusters); who is in them, since when, and how they change.

create table intelligence.segment (
  segment_id uuid primary key default uuidv7(),
  name text not null check (char_length(btrim(name)) between 1 and 100),
  note text check (char_length(note) between 1 and 1000),
  owner_id uuid not null, -- governance.app_user
  shared boolean not null default false,
  -- {"filter": …} or {"cluster": …}
  definition jsonb not null,
  permissions text[] not null default '{}', -- of the facts it asks about: without all of them the segment does not exist for one
  version int not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  computed_at timestamptz,
  members int, -- in the whole bank, when it was computed
  archived_at timestamptz
);
create index segment_of_owner on intelligence.segment (owner_id) where archived_at is null;

create table intelligence.segment_version (
  segment_id uuid not null references intelligence.segment on delete cascade,
  version int not null,
  name text not null,
  definition jsonb not null,
  changed_by uuid not null,
  changed_at timestamptz not null default now(),
  primary key (segment_id, version)
);

create table intelligence.segment_member (
  segment_id uuid not null references intelligence.segment on delete cascade,
  customer_id uuid not null,
  joined_on date not null,
  primary key (segment_id, customer_id)
);
create index segment_member_customer on intelligence.segment_member (customer_id);

create table intelligence.segment_move (
  segment_id uuid not null references intelligence.segment on delete cascade,
  moved_on date not null,
  customer_id uuid not null,
  joined boolean not null,
  primary key (segment_id, moved_on, customer_id, joined)
);

-- One row a day on which it was looked at: how many, who came and went, and what it is made of.
create table intelligence.segment_day (
  segment_id uuid not null references intelligence.segment on delete cascade,
  day date not null,
  version int not null,
  members int not null,
  joined int not null,
  gone int not null,
  makeup jsonb not null, -- {measure: [how many in each band]}
  primary key (segment_id, day)
);

create table intelligence.cluster_run (
  run_id uuid primary key default uuidv7(),
  ordered_by uuid not null,
  ordered_at timestamptz not null default now(),
  finished_at timestamptz,
  parameters jsonb not null, -- {keys, seed}
  result jsonb, -- k by k, and the clusters of the one chosen
  failure text
);
create index cluster_run_newest on intelligence.cluster_run (ordered_at desc);

do $$
declare t text;
begin
  foreach t in array array['segment', 'segment_version', 'segment_member', 'segment_move', 'segment_day', 'cluster_run'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    execute format('create policy working on intelligence.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select, insert, update, delete on intelligence.%I to vinculo_worker', t);
    execute format('grant select on intelligence.%I to vinculo_app, vinculo_backup', t);
  end loop;
end $$;

create function intelligence.holds_all(wanted text[]) returns boolean
language sql stable parallel restricted set search_path = pg_catalog as $$
  select coalesce(bool_and(governance.holds(p)), true) from unnest(wanted) p
$$;
revoke execute on function intelligence.holds_all(text[]) from public;
grant execute on function intelligence.holds_all(text[]) to vinculo_app, vinculo_worker;

create policy own_or_shared on intelligence.segment for select to vinculo_app using (
  (select governance.holds('segment:read')) and (shared or owner_id = (select governance.acting_user())) and intelligence.holds_all(permissions));
create policy making on intelligence.segment for insert to vinculo_app with check (
  (select governance.holds('segment:write')) and owner_id = (select governance.acting_user()));
create policy changing on intelligence.segment for update to vinculo_app
  using ((select governance.holds('segment:write')) and owner_id = (select governance.acting_user()))
  with check (owner_id = (select governance.acting_user()));
grant insert (segment_id, name, note, owner_id, shared, definition, permissions), update (name, note, shared, definition, permissions, version, changed_at, computed_at, archived_at)
  on intelligence.segment to vinculo_app;
create policy of_segment on intelligence.segment_version for select to vinculo_app using (exists (select from intelligence.segment s where s.segment_id = segment_version.segment_id));
create policy making on intelligence.segment_version for insert to vinculo_app with check (
  (select governance.holds('segment:write')) and changed_by = (select governance.acting_user())
  and exists (select from intelligence.segment s where s.segment_id = segment_version.segment_id and s.owner_id = (select governance.acting_user())));
grant insert on intelligence.segment_version to vinculo_app;

do $$
declare t text;
begin
  foreach t in array array['segment_member', 'segment_move'] loop
    execute format($p$create policy of_both on intelligence.%1$I for select to vinculo_app using (
      exists (select from intelligence.segment s where s.segment_id = %1$I.segment_id)
      and ((select governance.sees_whole_bank()) or exists (select from intelligence.customer_fact f where f.customer_id = %1$I.customer_id)))$p$, t);
  end loop;
end $$;
-- Figures of the whole bank are for who reaches it.
create policy whole_bank on intelligence.segment_day for select to vinculo_app using (
  (select governance.reaches_whole_bank()) and exists (select from intelligence.segment s where s.segment_id = segment_day.segment_id));
create policy reading on intelligence.cluster_run for select to vinculo_app using ((select governance.holds('segment:read')) and (select governance.reaches_whole_bank()));
