-- Tiers of customers: decided at month ends by rules that are data, kept with their reasons; and appeals, which somebody else decides.

create table intelligence.customer_tier (
  customer_id uuid primary key,
  tier text not null,
  since date not null,
  below_count smallint not null default 0, -- month ends in a row below the tolerance
  month date not null, -- the last month end that was looked at
  reasons jsonb not null,
  version_no int not null
);
create index customer_tier_by_tier on intelligence.customer_tier (tier);

create table intelligence.tier_move (
  move_id uuid primary key default uuidv7(),
  customer_id uuid not null,
  from_tier text, -- null: the first
  to_tier text not null,
  move text not null check (move in ('first', 'rise', 'fall')),
  on_day date not null,
  reasons jsonb not null,
  version_no int not null
);
create index tier_move_customer on intelligence.tier_move (customer_id, on_day desc);
create index tier_move_newest on intelligence.tier_move (on_day desc, move_id desc) where move <> 'first';

-- Hangs on the record it was written at, and so follows every join and separation.
create table intelligence.tier_appeal (
  party_id uuid not null,
  appeal_id uuid not null default uuidv7(),
  tier text not null,
  reason text not null check (char_length(btrim(reason)) between 10 and 500),
  state text not null default 'asked' check (state in ('asked', 'granted', 'refused')),
  asked_by uuid not null,
  asked_at timestamptz not null default now(),
  until date, -- granted: the last day it holds
  decided_by uuid,
  decided_at timestamptz,
  note text check (char_length(btrim(note)) between 3 and 500),
  primary key (party_id, appeal_id),
  constraint tier_appeal_by_another check (decided_by <> asked_by),
  constraint tier_appeal_decided check ((state = 'asked') = (decided_at is null) and (decided_at is null) = (decided_by is null) and (state = 'granted') = (until is not null))
);
create unique index tier_appeal_open on intelligence.tier_appeal (party_id) where state = 'asked';
create index tier_appeal_newest on intelligence.tier_appeal (state, appeal_id desc);

do $$
declare t text;
begin
  foreach t in array array['customer_tier', 'tier_move', 'tier_appeal'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    execute format('create policy working on intelligence.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select on intelligence.%I to vinculo_app, vinculo_backup', t);
    execute format('grant select, insert, update, delete, maintain on intelligence.%I to vinculo_worker', t);
  end loop;
  foreach t in array array['customer_tier', 'tier_move'] loop
    execute format($p$create policy through_customer on intelligence.%1$I for select to vinculo_app using (
      (select governance.sees_whole_bank()) or exists (select from customers.customer c where c.customer_id = %1$I.customer_id))$p$, t);
  end loop;
end $$;
create policy through_party on intelligence.tier_appeal for select to vinculo_app using (
  (select governance.sees_whole_bank()) or exists (select from customers.party p where p.party_id = tier_appeal.party_id));
create policy appealing on intelligence.tier_appeal for insert to vinculo_app with check (
  (select governance.holds('value:dispute')) and asked_by = (select governance.acting_user()) and state = 'asked'
  and exists (select from customers.party p where p.party_id = tier_appeal.party_id));
create policy deciding on intelligence.tier_appeal for update to vinculo_app
  using ((select governance.holds('profit:manage')) and state = 'asked' and asked_by <> (select governance.acting_user())
    and exists (select from customers.party p where p.party_id = tier_appeal.party_id))
  with check (decided_by = (select governance.acting_user()) and state <> 'asked');
grant insert (party_id, appeal_id, tier, reason, asked_by), update (state, until, decided_by, decided_at, note) on intelligence.tier_appeal to vinculo_app;
