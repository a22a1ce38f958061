-- Identity: which parties are one customer, decided by a learned model and by people.
-- The clusters are a function of what the parties say, the model in force and what people decided; any order of arrival gives the same.

-- A model as it was learned, never changed; one is in force. Holds frequencies of common words and placeholders, nothing of single people.
create table customers.identity_model (
  model_no int generated always as identity primary key,
  state text not null default 'draft' check (state in ('draft', 'active', 'retired')),
  model jsonb not null,
  refined int[] not null default '{}', -- keys of blocks that are parted by a second key (unsigned 32 bits as int)
  training jsonb not null default '{}', -- what a page about it shows: parties, pairs compared, blocks, seconds, distribution of weights
  created_by uuid not null,
  created_at timestamptz not null default now()
);
create unique index identity_model_active on customers.identity_model (state) where state = 'active';
grant select on customers.identity_model to vinculo_app;
grant select, insert, update on customers.identity_model to vinculo_worker;

-- The keys under which a party is compared with others: hashes, no values.
create table customers.match_entry (
  party_id uuid primary key references customers.party on delete cascade,
  keys int[] not null
);
create index match_entry_keys on customers.match_entry using gin (keys) with (fastupdate = on, gin_pending_list_limit = 4096);

-- Two parties that may be one: everything at or above the threshold of doubt, and what people decided.
create table customers.match_pair (
  party_id uuid not null references customers.party on delete cascade,
  other_party_id uuid not null references customers.party on delete cascade,
  bits real not null, -- evidence, prior included
  model_no int not null,
  -- why a person should look: between the thresholds, clusters that do not agree as a whole, verified identifiers that differ, a weak link that holds a cluster
  doubt text check (doubt in ('between thresholds', 'weak', 'conflict', 'split')),
  doubt_since timestamptz,
  decision text check (decision in ('same', 'apart', 'later')),
  decided_by uuid,
  decided_at timestamptz,
  reason text check (char_length(reason) <= 500),
  version int not null default 1,
  primary key (party_id, other_party_id),
  check (party_id < other_party_id)
);
create index match_pair_other on customers.match_pair (other_party_id, party_id);
create index match_pair_doubt on customers.match_pair (bits desc, party_id, other_party_id) where doubt is not null and (decision is null or decision = 'later');

alter table customers.identity_link drop constraint identity_link_decision_check;
alter table customers.identity_link add constraint identity_link_decision_check
  check (decision in ('first', 'same_source_key', 'national_id', 'registration', 'matched', 'steward', 'separated'));

-- The number of a customer that was joined to another stays its own: when the two part again it is given back, and until then it leads to the other.
create table customers.retired_customer (
  customer_id uuid primary key,
  customer_no text not null unique,
  retired_at timestamptz not null default now()
);

do $$
declare t text;
begin
  foreach t in array array['match_entry', 'match_pair', 'retired_customer'] loop
    execute format('alter table customers.%I enable row level security', t);
    execute format('alter table customers.%I force row level security', t);
    execute format('create policy loading on customers.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('grant select, insert, update, delete on customers.%I to vinculo_worker', t);
  end loop;
end $$;

-- A pair is seen by who sees both sides.
create policy both_sides on customers.match_pair for select to vinculo_app using (
  exists (select from customers.party p where p.party_id = match_pair.party_id)
  and exists (select from customers.party p where p.party_id = match_pair.other_party_id));
grant select on customers.match_pair to vinculo_app;

-- Who shares a key with a record that is being typed. Answers ids only, bounded; the caller's own policy decides which of them can be read.
-- A key that more than 80 parties have says little and brings nobody.
create function customers.match_candidates(wanted int[], max_rows int) returns table (party_id uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct found.party_id
  from unnest(wanted) as k (key) cross join lateral (
    select e.party_id, count(*) over () as parties from (
      select m.party_id from customers.match_entry m where m.keys @> array[k.key] limit 81) e
  ) found
  where found.parties <= 80
  limit least(greatest(max_rows, 1), 2000)
$$;

grant select on customers.match_entry to vinculo_search;
create policy finding on customers.match_entry for select to vinculo_search using (true);
grant create on schema customers to vinculo_search;
alter function customers.match_candidates(int[], int) owner to vinculo_search;
revoke create on schema customers from vinculo_search;
set local role vinculo_search;
revoke all on function customers.match_candidates(int[], int) from public;
grant execute on function customers.match_candidates(int[], int) to vinculo_app, vinculo_worker;
reset role;
set local role vinculo_owner;

update governance.role set permissions = permissions || '{identity:read,identity:decide,identity:learn}' where role_id in ('data_steward', 'operator');
update governance.role set permissions = permissions || '{identity:read}' where role_id in ('analyst', 'auditor');
