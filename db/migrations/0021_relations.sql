-- Who stands how to whom, and the circles customers belong to. Both hang on parties, which never change: they follow every join and separation by themselves.

-- party_id is <kind> of other_party_id. Of two words for one thing (parent, child) only the first is kept.
create table customers.party_relation (
  party_id uuid not null references customers.party on delete cascade,
  relation_id uuid not null,
  other_party_id uuid not null references customers.party on delete cascade,
  kind text not null check (kind in ('spouse', 'partner', 'sibling', 'parent', 'guardian', 'employer', 'director', 'shareholder', 'beneficial_owner',
    'parent_company', 'guarantor', 'power_of_attorney', 'authorised_signatory', 'key_contact')),
  share numeric(9, 8) check (share > 0 and share <= 1), -- of the capital, as a fraction
  from_on date,
  to_on date, -- the last day
  source_id smallint, -- null: entered by a person of the bank
  source_key text,
  load_no int,
  entered_by uuid,
  changed_at timestamptz not null default now(),
  withdrawn_at timestamptz, -- it never was so; kept, because it was believed
  version int not null default 1,
  primary key (party_id, relation_id),
  constraint party_relation_two_sides check (party_id <> other_party_id),
  constraint party_relation_dates check (to_on >= from_on),
  constraint party_relation_share check (share is null or kind in ('shareholder', 'beneficial_owner')),
  constraint party_relation_origin check ((source_id is null) = (load_no is null) and (source_id is null) = (entered_by is not null))
);
create unique index party_relation_id on customers.party_relation (relation_id);
create index party_relation_other on customers.party_relation (other_party_id, kind);
create index party_relation_load on customers.party_relation using brin (load_no);

-- A household or a group of companies.
create table customers.circle (
  circle_id uuid primary key,
  kind text not null check (kind in ('household', 'company_group')),
  name text check (char_length(name) between 1 and 200), -- null: named after the members one sees
  created_by uuid not null,
  created_at timestamptz not null default now(),
  version int not null default 1
);

create table customers.circle_member (
  party_id uuid not null references customers.party on delete cascade,
  member_id uuid not null,
  circle_id uuid not null references customers.circle on delete cascade,
  role text not null check (role in ('head', 'adult', 'child', 'dependant', 'parent_company', 'subsidiary', 'member')),
  from_on date,
  to_on date,
  entered_by uuid not null,
  version int not null default 1,
  primary key (party_id, member_id),
  constraint circle_member_dates check (to_on >= from_on)
);
create unique index circle_member_id on customers.circle_member (member_id);
create index circle_member_circle on customers.circle_member (circle_id);

-- A proposal a person said no to is not made again.
create table customers.circle_dismissal (
  party_id uuid not null references customers.party on delete cascade,
  other_party_id uuid not null references customers.party on delete cascade,
  kind text not null check (kind in ('household', 'company_group')),
  dismissed_by uuid not null,
  dismissed_at timestamptz not null default now(),
  primary key (party_id, other_party_id, kind),
  check (party_id < other_party_id)
);
create index circle_dismissal_other on customers.circle_dismissal (other_party_id, party_id);

-- Who lives at one address. Equality of text is leakproof, so row security does not keep the planner from it.
create index contact_point_address on customers.contact_point (normalised) where kind = 'address';

do $$
declare t text;
begin
  foreach t in array array['party_relation', 'circle', 'circle_member', 'circle_dismissal'] loop
    execute format('alter table customers.%I enable row level security', t);
    execute format('alter table customers.%I force row level security', t);
    execute format('create policy loading on customers.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select, insert, update, delete on customers.%I to vinculo_worker', t);
    execute format('grant select on customers.%I to vinculo_backup', t);
  end loop;
  -- A relation and a dismissal are seen by who sees both sides.
  foreach t in array array['party_relation', 'circle_dismissal'] loop
    execute format($p$create policy both_sides on customers.%1$I for select to vinculo_app using (
      (select governance.sees_whole_bank())
      or exists (select from customers.party p where p.party_id = %1$I.party_id) and exists (select from customers.party p where p.party_id = %1$I.other_party_id))$p$, t);
  end loop;
end $$;
grant maintain on customers.party_relation to vinculo_worker;

create policy by_hand on customers.party_relation for insert to vinculo_app with check (
  (select governance.holds('relation:write')) and entered_by = (select governance.acting_user()) and source_id is null
  and exists (select from customers.party p where p.party_id = party_relation.party_id)
  and exists (select from customers.party p where p.party_id = party_relation.other_party_id));
-- What a source says is changed by the source alone.
create policy entered_by_hand on customers.party_relation for update to vinculo_app using (
  (select governance.holds('relation:write')) and source_id is null
  and exists (select from customers.party p where p.party_id = party_relation.party_id)
  and exists (select from customers.party p where p.party_id = party_relation.other_party_id));

create policy through_party on customers.circle_member for select to vinculo_app using (
  (select governance.sees_whole_bank()) or exists (select from customers.party p where p.party_id = circle_member.party_id));
-- A circle is seen by who sees one of its members.
create policy through_member on customers.circle for select to vinculo_app using (
  exists (select from customers.circle_member m where m.circle_id = circle.circle_id));
create policy by_hand on customers.circle for insert to vinculo_app with check (
  (select governance.holds('relation:write')) and created_by = (select governance.acting_user()));
create policy by_hand_again on customers.circle for update to vinculo_app using (
  (select governance.holds('relation:write')) and exists (select from customers.circle_member m where m.circle_id = circle.circle_id));
create policy by_hand on customers.circle_member for insert to vinculo_app with check (
  (select governance.holds('relation:write')) and entered_by = (select governance.acting_user())
  and exists (select from customers.party p where p.party_id = circle_member.party_id));
create policy by_hand_again on customers.circle_member for update to vinculo_app using (
  (select governance.holds('relation:write')) and exists (select from customers.party p where p.party_id = circle_member.party_id));
create policy by_hand on customers.circle_dismissal for insert to vinculo_app with check (
  (select governance.holds('relation:write')) and dismissed_by = (select governance.acting_user())
  and exists (select from customers.party p where p.party_id = circle_dismissal.party_id)
  and exists (select from customers.party p where p.party_id = circle_dismissal.other_party_id));

grant select, insert, update (share, from_on, to_on, changed_at, withdrawn_at, version) on customers.party_relation to vinculo_app;
grant select, insert, update (name, version) on customers.circle to vinculo_app;
grant select, insert, update (role, from_on, to_on, version) on customers.circle_member to vinculo_app;
grant select, insert on customers.circle_dismissal to vinculo_app;

update governance.role set permissions = permissions || '{relation:write}' where role_id in ('relationship_manager', 'branch_manager', 'data_steward', 'operator');
