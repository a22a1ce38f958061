-- What the bank knows. A party is a person or organisation as ONE source knows it and is never overwritten by another source.
-- A customer is a cluster of parties; joining moves a pointer (party.customer_id). Everything that belongs to a customer hangs on a party_id.

create schema customers;
create schema if not exists staging authorization vinculo_worker; -- raw rows on their way in; no row security, nobody but the worker
grant usage on schema customers to vinculo_app, vinculo_worker, vinculo_search, vinculo_backup;

-- ---------------------------------------------------------------- catalogues

create table customers.source (
  source_id smallint generated always as identity primary key,
  code text not null unique,
  name text not null,
  trust smallint not null default 50 check (trust between 0 and 100), -- used where no rule for the attribute says otherwise
  created_at timestamptz not null default now()
);

-- Survivorship as data: per attribute the order of tests that decides among competing values, and how far each source is trusted for it.
create table customers.survivorship_rule (
  attribute text primary key,
  strategy text[] not null check (strategy <@ array['trusted', 'recent', 'complete'] and cardinality(strategy) > 0)
);
create table customers.source_trust (
  source_id smallint not null references customers.source on delete cascade,
  attribute text not null,
  trust smallint not null check (trust between 0 and 100),
  primary key (source_id, attribute)
);

create table customers.place (
  source_id smallint not null references customers.source,
  code text not null,
  name text not null,
  region text,
  country char(2),
  details jsonb not null default '{}', -- what the source says beyond that, by the source's own names
  load_no int not null,
  content_hash bigint not null,
  primary key (source_id, code)
);

-- ---------------------------------------------------------------- loads

create table customers.mapping (
  mapping_id uuid primary key default uuidv7(),
  name text not null,
  version int not null,
  source_code text not null,
  body text not null, -- YAML as written
  sha256 bytea not null unique,
  created_at timestamptz not null default now(),
  created_by uuid not null,
  unique (name, version)
);

-- One delivery of one source under one mapping: one resumable, reversible unit. load_id comes from the hashes of files and mapping.
create table customers.load (
  load_id uuid primary key,
  load_no int generated always as identity unique,
  source_id smallint not null references customers.source,
  mapping_id uuid not null references customers.mapping,
  corrects_load_no int, -- a load of corrected quarantine rows names the load they came from
  files jsonb not null, -- [{name, bytes, sha256}]
  state text not null check (state in ('running', 'done', 'failed', 'reversing', 'reversed')),
  phase text not null default 'reading',
  progress jsonb not null default '{}',
  report jsonb,
  failure jsonb,
  started_by uuid not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  reversed_by uuid,
  reversed_at timestamptz,
  version int not null default 1
);
create index load_newest on customers.load (started_at desc);
-- Two people loading the same source at once: the second is refused. A load that stopped on its way (failed) is first continued or reversed.
create unique index load_one_per_source on customers.load (source_id) where state in ('running', 'failed', 'reversing');

-- Progress, written in the transaction of the chunk's rows: a killed load goes on behind the last row of this table.
create table customers.load_chunk (
  load_no int not null references customers.load (load_no) on delete cascade,
  file_no smallint not null,
  chunk_no int not null,
  first_line bigint not null,
  last_line bigint not null,
  counts jsonb not null, -- by kind: read, created, updated, linked, unchanged, quarantined
  totals jsonb not null default '[]', -- [{kind, currency, rows, fileMinor, quarantinedMinor, landedMinor}]
  committed_at timestamptz not null default now(),
  primary key (load_no, file_no, chunk_no)
);

-- Before-images: what an update replaced. Rows a load created carry its load_no themselves.
create table customers.load_change (
  load_no int not null,
  kind text not null,
  party_id uuid not null,
  row_id uuid not null,
  before jsonb not null,
  primary key (load_no, kind, party_id, row_id)
);
create index load_change_row on customers.load_change (row_id, kind);

create table customers.quarantine (
  quarantine_id uuid primary key default uuidv7(),
  load_no int not null references customers.load (load_no) on delete cascade,
  file_no smallint not null,
  line_no bigint not null,
  kind text not null,
  source_key text,
  reason text not null, -- closed list in customers/intake
  field text, -- field of the mapping
  column_name text, -- column of the file
  value_class text, -- what the value looks like, never the value: empty, digits, text, date_like, number_like, too_long, binary
  raw jsonb not null, -- the row as it came: column -> text, or {"line": text} when it could not be cut into columns
  -- open: for a person; waiting: for a record it refers to; retried on its own; superseded: a later delivery brought the record meanwhile
  state text not null default 'open' check (state in ('open', 'waiting', 'corrected', 'discarded', 'superseded')),
  corrected_by uuid,
  corrected_at timestamptz,
  corrected_load_no int,
  version int not null default 1
);
create index quarantine_of_load on customers.quarantine (load_no, reason, field, quarantine_id);
create index quarantine_waiting on customers.quarantine (load_no) where state = 'waiting';
create index quarantine_corrected on customers.quarantine (corrected_load_no) where corrected_load_no is not null;

-- ---------------------------------------------------------------- customers and parties

create sequence customers.customer_number start 100001;

-- The golden record, flat: what lists, filters and headers read. Each value can be traced to its parties at any time (view customers.attribute_value).
create table customers.customer (
  customer_id uuid primary key,
  customer_no text not null unique,
  kind text not null check (kind in ('person', 'organisation')),
  branch_id uuid, -- governance.organisation_unit; no foreign key: another area's table
  portfolio_id uuid, -- governance.portfolio
  full_name text not null,
  given_name text,
  family_name text,
  latin_name text,
  sort_name text not null collate "und-x-icu",
  sex text check (sex in ('female', 'male', 'other')),
  born_on date, -- persons; organisations: founded
  nationality char(2),
  language text,
  occupation text,
  industry text,
  legal_form text,
  segment text,
  marital_status text,
  customer_since date,
  deceased_on date,
  phone text, -- the best contact point of each kind, for lists
  email text,
  city text,
  country char(2),
  party_count int not null default 0,
  holding_count int not null default 0,
  holding_kinds text[] not null default '{}', -- of the holdings that are not closed
  -- Totals in the currency most of the holdings are in; other_currencies tells that there is more.
  currency char(3),
  assets_minor bigint not null default 0,
  debts_minor bigint not null default 0,
  other_currencies boolean not null default false,
  last_transaction_on date,
  version int not null default 1,
  refreshed_at timestamptz not null default now()
);

create table customers.party (
  party_id uuid primary key,
  -- No foreign key: customers are sharded apart from parties, and a load writes its customers once, complete, when its rows are in.
  customer_id uuid not null,
  source_id smallint not null references customers.source,
  source_key text not null,
  kind text not null check (kind in ('person', 'organisation')),
  full_name text not null,
  given_name text,
  family_name text,
  latin_name text,
  sex text check (sex in ('female', 'male', 'other')),
  born_on date,
  nationality char(2),
  language text,
  occupation text,
  industry text,
  legal_form text,
  segment text,
  marital_status text,
  customer_since date,
  deceased_on date,
  branch_code text,
  portfolio_code text,
  details jsonb not null default '{}', -- mapped fields beyond the model
  search_terms text[] not null default '{}', -- from platform/text, the normaliser queries use too
  changed_at timestamptz not null, -- when the source says this record last changed; else when the file was made or loaded
  load_no int not null
);
create index party_customer on customers.party (customer_id);
-- What a load touched is found by these: nearly free to keep, and rows of one load lie together.
create index party_load on customers.party using brin (load_no);

-- One row per record of a source, whatever it became: also the claim that makes (source, kind, key) unique across shards.
create table customers.source_record (
  source_id smallint not null,
  kind text not null, -- party, contact_point, identifier, holding, holding_role
  source_key text not null,
  party_id uuid not null,
  row_id uuid not null,
  content_hash bigint not null,
  raw jsonb, -- the row as it came, for parties and holdings
  load_no int not null, -- created by
  line_no bigint not null,
  seen_load_no int not null default 0, -- last delivered by
  primary key (source_id, kind, source_key)
);
create index source_record_party on customers.source_record (party_id);
create index source_record_load on customers.source_record using brin (load_no);

-- Which customer a party belongs to, decided how; the row in force has undone_at null.
create table customers.identity_link (
  party_id uuid not null,
  link_id uuid not null,
  customer_id uuid not null,
  decision text not null check (decision in ('first', 'same_source_key', 'national_id', 'registration')),
  evidence jsonb not null default '{}', -- which identifier, masked
  decided_by uuid not null,
  decided_at timestamptz not null default now(),
  load_no int,
  undone_at timestamptz,
  undone_by uuid,
  undone_load_no int, -- by a load that joined the party elsewhere
  primary key (party_id, link_id)
);
create unique index identity_link_in_force on customers.identity_link (party_id) where undone_at is null;
create index identity_link_load on customers.identity_link using brin (load_no);
create index identity_link_undone on customers.identity_link (undone_load_no) where undone_load_no is not null;

create table customers.contact_point (
  party_id uuid not null references customers.party on delete cascade,
  contact_point_id uuid not null,
  source_id smallint not null,
  kind text not null check (kind in ('phone', 'email', 'address', 'messaging')),
  purpose text, -- home, work, mobile, billing …
  value text not null, -- as the source wrote it
  normalised text, -- E.164, lower-case address, one-line address
  parts jsonb, -- address: line, city, postalCode, country
  changed_at timestamptz not null,
  load_no int not null,
  primary key (party_id, contact_point_id)
);

create table customers.identifier (
  party_id uuid not null references customers.party on delete cascade,
  identifier_id uuid not null,
  source_id smallint not null,
  scheme text not null, -- national_id, passport, tax_id, registration, lei, residence_permit
  country char(2),
  value text not null, -- normalised; the app may not read it (column grants below), only last4
  last4 text generated always as (right(value, 4)) stored,
  verified boolean not null default false,
  expires_on date,
  load_no int not null,
  primary key (party_id, identifier_id)
);
create index identifier_strong on customers.identifier (value, scheme, country);
create index identifier_load on customers.identifier using brin (load_no);
create index contact_point_load on customers.contact_point using brin (load_no);

-- ---------------------------------------------------------------- holdings (BIAN: arrangements)

create table customers.holding (
  party_id uuid not null references customers.party, -- the first owner
  holding_id uuid not null,
  source_id smallint not null,
  source_key text not null,
  kind text not null check (kind in ('current_account', 'savings_account', 'term_deposit', 'loan', 'mortgage', 'credit_line', 'card', 'standing_order', 'investment', 'insurance')),
  class text generated always as (
    case when kind in ('current_account', 'savings_account', 'term_deposit', 'investment') then 'asset'
         when kind in ('loan', 'mortgage', 'credit_line') then 'debt'
         else 'service' end) stored,
  number text, -- account number or IBAN; cards: never the full number
  product_code text,
  product_name text,
  currency char(3) not null,
  status text not null default 'open' check (status in ('pending', 'open', 'dormant', 'blocked', 'in_arrears', 'closed', 'defaulted')),
  opened_on date,
  matures_on date,
  closed_on date,
  amount_minor bigint, -- principal, limit or standing-order amount
  rate numeric(9, 6), -- a year, as a fraction
  -- What the bank owes the customer is positive, what the customer owes is negative. The newest of: a balance row, what the holding's own record
  -- states, the running balance of the last transaction.
  balance_minor bigint,
  balance_on date,
  stated_balance_minor bigint,
  stated_balance_on date,
  last_transaction_on date, -- with the running balance after it, when the source gives one; both kept by the refresh at the end of a load
  running_balance_minor bigint,
  attached_to uuid, -- the account of a card, loan or standing order (holding_id)
  branch_code text,
  details jsonb not null default '{}',
  changed_at timestamptz not null,
  load_no int not null,
  primary key (party_id, holding_id)
) with (fillfactor = 70); -- balances change all the time and lie in no index: leave room to change them in place
create unique index holding_id_unique on customers.holding (holding_id);
create index holding_number on customers.holding (number) where number is not null;
create index holding_load on customers.holding using brin (load_no);

-- Who stands in which role to a holding. owner_party_id names the shard of the holding.
create table customers.holding_role (
  party_id uuid not null references customers.party on delete cascade,
  holding_id uuid not null,
  role text not null check (role in ('owner', 'joint_owner', 'authorised', 'guarantor', 'beneficiary')),
  role_id uuid not null default uuidv7(),
  owner_party_id uuid not null,
  source_id smallint not null,
  source_key text, -- the source's own key of the relation; null while only the holding itself names its owner
  load_no int not null,
  primary key (party_id, holding_id, role)
);
create index holding_role_holding on customers.holding_role (holding_id);
create index holding_role_load on customers.holding_role using brin (load_no);

create table customers.balance (
  party_id uuid not null,
  holding_id uuid not null,
  kind text not null check (kind in ('booked', 'available', 'outstanding', 'limit', 'market_value')),
  balance_on date not null,
  amount_minor bigint not null,
  currency char(3) not null,
  source_id smallint not null,
  balance_id uuid not null default uuidv7(),
  load_no int not null,
  seen_load_no int not null default 0, -- last delivered by
  primary key (party_id, holding_id, kind, balance_on)
);
create index balance_load on customers.balance using brin (load_no);

-- Money moved. Credit is positive. One partition a month, made by customers.ensure_transaction_month.
create table customers.transaction (
  party_id uuid not null, -- of the holding
  booked_on date not null,
  transaction_id uuid not null,
  holding_id uuid not null,
  amount_minor bigint not null,
  balance_after_minor bigint,
  line_no bigint not null,
  load_no int not null,
  source_id smallint not null,
  currency char(3) not null,
  value_on date,
  source_key text not null,
  category text,
  channel text,
  counterparty_name text,
  counterparty_account text,
  description text,
  primary key (party_id, booked_on, transaction_id)
) partition by range (booked_on);

-- The claim of a transaction's key: a correction is found again even when it moves to another month.
create table customers.transaction_key (
  source_id smallint not null,
  source_key text not null,
  party_id uuid not null,
  transaction_id uuid not null,
  booked_on date not null,
  content_hash bigint not null,
  load_no int not null, -- created by
  seen_load_no int not null default 0, -- last delivered by
  primary key (source_id, source_key)
);

-- ---------------------------------------------------------------- search

-- What a customer can be found by. Read only through the definer function customers.find_customers, which carries the caller's scope itself.
create table customers.search_entry (
  customer_id uuid primary key,
  terms tsvector not null -- name words; ~skeletons; p+phone, a+account, i+identifier, n+customer number, k+source key; @unit and %portfolio for scope
);
create index search_entry_terms on customers.search_entry using gin (terms) with (fastupdate = off);

create function customers.ensure_transaction_month(day date) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  first date := date_trunc('month', day)::date;
  name text := format('transaction_%s', to_char(day, 'YYYY_MM'));
begin
  if to_regclass('customers.' || name) is null then
    perform pg_advisory_xact_lock(hashtext('customers.ensure_transaction_month'));
    -- Asked of the table: to_regclass remembers what it saw before the wait.
    if not exists (select from pg_class where relnamespace = 'customers'::regnamespace and relname = name) then
      -- Attached, not made as a partition: neither readers nor a load that is writing other months wait for it, nor it for them.
      execute format('create table customers.%I (like customers.transaction including defaults including constraints)', name);
      execute format('alter table customers.transaction attach partition customers.%I for values from (%L) to (%L)', name, first, first + interval '1 month');
      execute format('create index on customers.%I (holding_id, booked_on)', name);
      execute format('create index on customers.%I using brin (load_no)', name);
      execute format('alter table customers.%I enable row level security', name);
      execute format('alter table customers.%I force row level security', name);
      execute format('grant select on customers.%I to vinculo_backup', name);
    end if;
  end if;
end $$;

create function customers.survivorship_key(test text, trust smallint, changed_at timestamptz, value text) returns double precision
language sql immutable parallel safe as $$
  select case test when 'trusted' then trust::double precision when 'recent' then extract(epoch from changed_at)::double precision when 'complete' then length(value)::double precision end
$$;

-- Every value any party of a customer has for an attribute, best first by the rules: place 1 is the golden value, the others compete.
-- Rank keys: higher wins; ties go to the older party, so that the result never depends on the order of arrival of equal values.
create view customers.attribute_value with (security_invoker = true) as
  select v.customer_id, v.attribute, v.value, v.party_id, v.source_id, v.changed_at, v.load_no, r.strategy,
    coalesce(t.trust, s.trust) as trust,
    row_number() over (
      partition by v.customer_id, v.attribute
      order by customers.survivorship_key(r.strategy[1], coalesce(t.trust, s.trust), v.changed_at, v.value) desc nulls last,
        customers.survivorship_key(r.strategy[2], coalesce(t.trust, s.trust), v.changed_at, v.value) desc nulls last,
        customers.survivorship_key(r.strategy[3], coalesce(t.trust, s.trust), v.changed_at, v.value) desc nulls last,
        s.source_id, v.source_key, v.value
    )::int as place
  from (
    select p.customer_id, p.party_id, p.source_id, p.source_key, p.changed_at, p.load_no, a.attribute, a.value
    from customers.party p
      cross join lateral (values
        ('full_name', p.full_name), ('given_name', p.given_name), ('family_name', p.family_name), ('latin_name', p.latin_name),
        ('sex', p.sex), ('born_on', p.born_on::text), ('nationality', p.nationality::text), ('language', p.language),
        ('occupation', p.occupation), ('industry', p.industry), ('legal_form', p.legal_form), ('segment', p.segment),
        ('marital_status', p.marital_status), ('customer_since', p.customer_since::text), ('deceased_on', p.deceased_on::text),
        ('branch_code', p.branch_code), ('portfolio_code', p.portfolio_code)
      ) as a (attribute, value)
    where a.value is not null
    union all
    select p.customer_id, p.party_id, p.source_id, p.source_key, c.changed_at, c.load_no, c.kind, coalesce(c.normalised, c.value)
    from customers.party p join customers.contact_point c on c.party_id = p.party_id
    where c.kind in ('phone', 'email')
    union all
    select p.customer_id, p.party_id, p.source_id, p.source_key, c.changed_at, c.load_no, a.attribute, a.value
    from customers.party p
      join customers.contact_point c on c.party_id = p.party_id and c.kind = 'address'
      cross join lateral (values ('city', c.parts ->> 'city'), ('country', c.parts ->> 'country')) as a (attribute, value)
    where a.value is not null
  ) v
    join customers.survivorship_rule r on r.attribute = v.attribute
    join customers.source s on s.source_id = v.source_id
    left join customers.source_trust t on t.source_id = v.source_id and t.attribute = v.attribute;

insert into customers.survivorship_rule (attribute, strategy) values
  ('full_name', '{trusted,complete,recent}'), ('given_name', '{trusted,complete,recent}'), ('family_name', '{trusted,complete,recent}'),
  ('latin_name', '{trusted,complete,recent}'), ('sex', '{trusted,recent}'), ('born_on', '{trusted,recent}'), ('nationality', '{trusted,recent}'),
  ('language', '{recent,trusted}'), ('occupation', '{recent,trusted}'), ('industry', '{trusted,recent}'), ('legal_form', '{trusted,recent}'),
  ('segment', '{trusted,recent}'), ('marital_status', '{recent,trusted}'), ('customer_since', '{trusted,recent}'), ('deceased_on', '{trusted,recent}'),
  ('branch_code', '{trusted,recent}'), ('portfolio_code', '{trusted,recent}'),
  ('phone', '{recent,trusted}'), ('email', '{recent,trusted}'), ('city', '{recent,trusted}'), ('country', '{recent,trusted}');

-- ---------------------------------------------------------------- who sees what

-- One predicate for customers; everything else is seen through the party, and so through the customer it belongs to now.
alter table customers.customer enable row level security;
alter table customers.customer force row level security;
create policy in_scope on customers.customer for select to vinculo_app using (
  (select governance.sees_whole_bank())
  or branch_id = any ((select governance.visible_units())::uuid[])
  or portfolio_id = any ((select governance.visible_portfolios())::uuid[]));

alter table customers.party enable row level security;
alter table customers.party force row level security;
create policy through_customer on customers.party for select to vinculo_app using (
  (select governance.sees_whole_bank())
  or exists (select from customers.customer c where c.customer_id = party.customer_id));

do $$
declare t text;
begin
  foreach t in array array['identity_link', 'contact_point', 'identifier', 'holding_role', 'source_record'] loop
    execute format('alter table customers.%I enable row level security', t);
    execute format('alter table customers.%I force row level security', t);
    execute format($p$create policy through_party on customers.%1$I for select to vinculo_app using (
      (select governance.sees_whole_bank()) or exists (select from customers.party p where p.party_id = %1$I.party_id))$p$, t);
  end loop;
end $$;

-- A holding is seen by whoever sees one of the parties that stand in a role to it (a joint owner in another branch sees the account).
alter table customers.holding enable row level security;
alter table customers.holding force row level security;
create policy through_role on customers.holding for select to vinculo_app using (
  (select governance.sees_whole_bank())
  or exists (select from customers.party p where p.party_id = holding.party_id)
  or exists (select from customers.holding_role r where r.holding_id = holding.holding_id));

do $$
declare t text;
begin
  foreach t in array array['balance', 'transaction'] loop
    execute format('alter table customers.%I enable row level security', t);
    execute format('alter table customers.%I force row level security', t);
    execute format($p$create policy through_holding on customers.%1$I for select to vinculo_app using (
      (select governance.sees_whole_bank())
      or exists (select from customers.holding h where h.holding_id = %1$I.holding_id))$p$, t);
  end loop;
  foreach t in array array['transaction_key', 'search_entry', 'load_change', 'quarantine'] loop
    execute format('alter table customers.%I enable row level security', t);
    execute format('alter table customers.%I force row level security', t);
  end loop;
  -- The worker runs loads under the context of the person who ordered them.
  foreach t in array array['customer', 'party', 'identity_link', 'contact_point', 'identifier', 'holding_role', 'source_record', 'holding', 'balance',
      'transaction', 'transaction_key', 'search_entry', 'load_change', 'quarantine'] loop
    execute format($p$create policy loading on customers.%I to vinculo_worker
      using ((select platform.context_purpose()) = 'job') with check ((select platform.context_purpose()) = 'job')$p$, t);
    execute format('grant select, insert, update, delete on customers.%I to vinculo_worker', t);
  end loop;
end $$;

-- A quarantined row is a whole customer record as it came: stewards of the whole bank only.
create policy stewards on customers.quarantine to vinculo_app
  using ((select governance.holds('quarantine:read')) and (select governance.sees_whole_bank()))
  with check ((select governance.holds('quarantine:correct')) and (select governance.sees_whole_bank()));

grant select on customers.source, customers.place, customers.survivorship_rule, customers.source_trust, customers.mapping, customers.load, customers.load_chunk to vinculo_app;
grant select, insert, update, delete on customers.source, customers.place, customers.survivorship_rule, customers.source_trust, customers.mapping, customers.load, customers.load_chunk to vinculo_worker;
grant insert on customers.mapping to vinculo_app;
-- A load outruns the statistics that autovacuum keeps: it renews them itself.
grant maintain on customers.source_record, customers.party, customers.contact_point, customers.identifier, customers.holding, customers.holding_role, customers.balance,
  customers.transaction_key, customers.identity_link, customers.customer, customers.search_entry to vinculo_worker;
grant select on customers.customer, customers.party, customers.identity_link, customers.contact_point, customers.holding_role, customers.source_record,
  customers.holding, customers.balance, customers.transaction, customers.attribute_value to vinculo_app;
grant select (party_id, identifier_id, source_id, scheme, country, last4, verified, expires_on, load_no) on customers.identifier to vinculo_app;
grant select, update (state, corrected_by, corrected_at, corrected_load_no, version) on customers.quarantine to vinculo_app;
grant select on customers.attribute_value to vinculo_worker;
grant usage on sequence customers.customer_number to vinculo_worker;
revoke execute on all functions in schema customers from public;
grant execute on function customers.ensure_transaction_month(date) to vinculo_worker;
grant execute on function customers.survivorship_key(text, smallint, timestamptz, text) to vinculo_app, vinculo_worker;
grant select on all tables in schema customers to vinculo_backup;

-- ---------------------------------------------------------------- finding a customer

grant select on customers.search_entry to vinculo_search;
create policy finding on customers.search_entry for select to vinculo_search using (true);

-- Full-text operators are not leakproof, so under row security they could not use their index. This function runs as vinculo_search and puts
-- the caller's scope into the query itself, as terms: own portfolio first, then the rest of what the caller may see. Callers still join
-- customers.customer, whose policy decides again. max_rows is bounded to 500.
create function customers.find_customers(wanted tsquery, max_rows int) returns table (customer_id uuid, own boolean)
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  whole boolean := governance.sees_whole_bank();
  bound int := least(greatest(max_rows, 1), 500);
  mine tsquery;
  reach tsquery;
begin
  select string_agg(format('%L', '%' || id), ' | ')::tsquery into mine from unnest(governance.visible_portfolios()) id;
  if not whole then
    select string_agg(format('%L', '@' || id), ' | ')::tsquery into reach from unnest(governance.visible_units()) id;
  end if;
  if mine is not null then
    return query select e.customer_id, true from customers.search_entry e where e.terms @@ (wanted && mine) limit bound;
  end if;
  if whole then
    return query select e.customer_id, false from customers.search_entry e where e.terms @@ wanted limit bound;
  elsif reach is not null then
    return query select e.customer_id, false from customers.search_entry e where e.terms @@ (wanted && reach) limit bound;
  end if;
end $$;
grant create on schema customers to vinculo_search;
alter function customers.find_customers(tsquery, int) owner to vinculo_search;
revoke create on schema customers from vinculo_search;
revoke execute on function customers.find_customers(tsquery, int) from public;
grant execute on function customers.find_customers(tsquery, int) to vinculo_app;
