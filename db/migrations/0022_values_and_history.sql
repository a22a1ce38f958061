-- What people say of a value (pinned, disputed), and what was believed before.

-- ---------------------------------------------------------------- pinned and disputed values

-- A value somebody decided on: it beats the rules until it is unpinned. It hangs on the record it was seen on, and so follows every join and separation.
-- Not for branch and portfolio: who may see a customer is the sources' to say. No foreign key: what was decided stays when a load is taken back.
create table customers.value_pin (
  party_id uuid not null,
  pin_id uuid not null,
  attribute text not null check (attribute in ('full_name', 'given_name', 'family_name', 'latin_name', 'sex', 'born_on', 'nationality', 'language', 'occupation',
    'industry', 'legal_form', 'segment', 'marital_status', 'customer_since', 'deceased_on', 'phone', 'email', 'city', 'country')),
  value text not null check (char_length(value) between 1 and 300),
  reason text not null check (char_length(reason) between 1 and 500),
  pinned_by uuid not null,
  pinned_at timestamptz not null default now(),
  unpinned_at timestamptz,
  unpinned_by uuid,
  primary key (party_id, pin_id),
  constraint value_pin_cast check (attribute not in ('born_on', 'customer_since', 'deceased_on') or pg_input_is_valid(value, 'date')),
  constraint value_pin_code check (attribute not in ('nationality', 'country') or value ~ '^[A-Z]{2}$'),
  constraint value_pin_sex check (attribute <> 'sex' or value in ('female', 'male', 'other')),
  constraint value_pin_ended check ((unpinned_at is null) = (unpinned_by is null))
);
create unique index value_pin_in_force on customers.value_pin (party_id, attribute) where unpinned_at is null;

create table customers.value_dispute (
  party_id uuid not null,
  dispute_id uuid not null,
  attribute text not null,
  value text not null, -- as it was seen
  reason text not null check (char_length(reason) between 1 and 500),
  state text not null default 'open' check (state in ('open', 'settled', 'rejected')),
  disputed_by uuid not null,
  disputed_at timestamptz not null default now(),
  answer text check (char_length(answer) between 1 and 500),
  answered_by uuid,
  answered_at timestamptz,
  version int not null default 1,
  primary key (party_id, dispute_id),
  constraint value_dispute_answered check ((state = 'open') = (answered_by is null) and (state = 'open') = (answered_at is null))
);
create index value_dispute_newest on customers.value_dispute (state, dispute_id desc);

-- ---------------------------------------------------------------- what was believed before

-- Earlier versions of records, contact points, identifiers and links: written in the transaction that replaces or takes away a row, never changed.
-- The row that stands is the open version, so loading new records writes nothing here.
create table customers.party_history (
  party_id uuid not null,
  history_id uuid not null default uuidv7(),
  kind text not null check (kind in ('party', 'contact_point', 'identifier', 'identity_link')),
  row_id uuid not null,
  was jsonb not null, -- the row; identifiers without their value, of which only the last four characters stay
  valid_from timestamptz, -- since when the source says it is so; null where it does not say. Valid until the next version's, if that is later
  known_from timestamptz not null,
  known_to timestamptz not null default now(),
  gone boolean not null, -- no version followed
  primary key (party_id, history_id)
);
create index party_history_link on customers.party_history (((was ->> 'customer_id')::uuid)) where kind = 'identity_link';
create index identity_link_left on customers.identity_link (customer_id) where undone_at is not null;

-- Since when the bank knows a row that stands: since the version before it ended, else since its load began.
create function customers.known_from(of_party uuid, of_kind text, of_row uuid, of_load int) returns timestamptz
language sql stable set search_path = pg_catalog as $$
  select coalesce(
    (select max(h.known_to) from customers.party_history h where h.party_id = of_party and h.kind = of_kind and h.row_id = of_row),
    (select l.started_at from customers.load l where l.load_no = of_load), '-infinity')
$$;

-- The two below, which a load calls for thousands of rows, say it in place: the function is called row by row and asks each time who is at work.
create function customers.keep_party_history() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  insert into customers.party_history (party_id, kind, row_id, was, valid_from, known_from, gone)
  select o.party_id, 'party', o.party_id, to_jsonb(o) - 'search_terms', o.changed_at,
    coalesce((select max(h.known_to) from customers.party_history h where h.party_id = o.party_id and h.kind = 'party' and h.row_id = o.party_id),
      (select l.started_at from customers.load l where l.load_no = o.load_no), '-infinity'), false
  from old_rows o join new_rows n using (party_id)
  -- Which customer it belongs to is told by its links.
  where (o.source_key, o.kind, o.full_name, o.given_name, o.family_name, o.latin_name, o.sex, o.born_on, o.nationality, o.language, o.occupation, o.industry, o.legal_form, o.segment, o.marital_status, o.customer_since, o.deceased_on, o.branch_code, o.portfolio_code, o.details, o.changed_at, o.load_no)
      is distinct from (n.source_key, n.kind, n.full_name, n.given_name, n.family_name, n.latin_name, n.sex, n.born_on, n.nationality, n.language, n.occupation, n.industry, n.legal_form, n.segment, n.marital_status, n.customer_since, n.deceased_on, n.branch_code, n.portfolio_code, n.details, n.changed_at, n.load_no);
  return null;
end $$;
create function customers.keep_contact_point_history() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  insert into customers.party_history (party_id, kind, row_id, was, valid_from, known_from, gone)
  select o.party_id, 'contact_point', o.contact_point_id, to_jsonb(o), o.changed_at,
    coalesce((select max(h.known_to) from customers.party_history h where h.party_id = o.party_id and h.kind = 'contact_point' and h.row_id = o.contact_point_id),
      (select l.started_at from customers.load l where l.load_no = o.load_no), '-infinity'), n.party_id is null
  from old_rows o left join new_rows n using (party_id, contact_point_id)
  where (o.source_id, o.kind, o.purpose, o.value, o.normalised, o.parts, o.changed_at, o.load_no)
      is distinct from (n.source_id, n.kind, n.purpose, n.value, n.normalised, n.parts, n.changed_at, n.load_no);
  return null;
end $$;
create function customers.keep_identifier_history() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
  select o.party_id, 'identifier', o.identifier_id, to_jsonb(o) - 'value',
    customers.known_from(o.party_id, 'identifier', o.identifier_id, o.load_no), n.party_id is null
  from old_rows o left join new_rows n using (party_id, identifier_id)
  where (o.source_id, o.scheme, o.country, o.value, o.verified, o.expires_on, o.load_no)
      is distinct from (n.source_id, n.scheme, n.country, n.value, n.verified, n.expires_on, n.load_no);
  return null;
end $$;
-- A link ends by being undone, which it says itself. Only a load that is taken back deletes links, or sets undone ones in force again.
create function customers.keep_link_history() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
  select o.party_id, 'identity_link', o.link_id, to_jsonb(o), o.decided_at, false
  from old_rows o join new_rows n using (party_id, link_id) where o.undone_at is not null and n.undone_at is null;
  return null;
end $$;

create function customers.keep_gone() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_table_name = 'party' then
    insert into customers.party_history (party_id, kind, row_id, was, valid_from, known_from, gone)
    select o.party_id, 'party', o.party_id, to_jsonb(o) - 'search_terms', o.changed_at, customers.known_from(o.party_id, 'party', o.party_id, o.load_no), true
    from old_rows o;
  elsif tg_table_name = 'contact_point' then
    insert into customers.party_history (party_id, kind, row_id, was, valid_from, known_from, gone)
    select o.party_id, 'contact_point', o.contact_point_id, to_jsonb(o), o.changed_at,
      customers.known_from(o.party_id, 'contact_point', o.contact_point_id, o.load_no), true
    from old_rows o;
  elsif tg_table_name = 'identifier' then
    insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
    select o.party_id, 'identifier', o.identifier_id, to_jsonb(o) - 'value', customers.known_from(o.party_id, 'identifier', o.identifier_id, o.load_no), true
    from old_rows o;
  else
    insert into customers.party_history (party_id, kind, row_id, was, known_from, gone)
    select o.party_id, 'identity_link', o.link_id, to_jsonb(o), o.decided_at, true from old_rows o;
  end if;
  return null;
end $$;

create trigger keep_history after update on customers.party referencing old table as old_rows new table as new_rows
  for each statement execute function customers.keep_party_history();
create trigger keep_history after update on customers.contact_point referencing old table as old_rows new table as new_rows
  for each statement execute function customers.keep_contact_point_history();
create trigger keep_history after update on customers.identifier referencing old table as old_rows new table as new_rows
  for each statement execute function customers.keep_identifier_history();
create trigger keep_history after update on customers.identity_link referencing old table as old_rows new table as new_rows
  for each statement execute function customers.keep_link_history();
do $$
declare t text;
begin
  foreach t in array array['party', 'contact_point', 'identifier', 'identity_link'] loop
    execute format('create trigger keep_gone after delete on customers.%I referencing old table as old_rows for each statement execute function customers.keep_gone()', t);
  end loop;
  foreach t in array array['value_pin', 'value_dispute', 'party_history'] loop
    execute format('alter table customers.%I enable row level security', t);
    execute format('alter table customers.%I force row level security', t);
    execute format('create policy loading on customers.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format($p$create policy through_party on customers.%1$I for select to vinculo_app using (
      (select governance.sees_whole_bank()) or exists (select from customers.party p where p.party_id = %1$I.party_id))$p$, t);
    execute format('grant select on customers.%I to vinculo_app, vinculo_backup', t);
  end loop;
end $$;
grant select, insert on customers.value_pin, customers.party_history to vinculo_worker;
grant update (unpinned_at, unpinned_by) on customers.value_pin to vinculo_worker;
grant select, insert on customers.value_dispute to vinculo_worker;
grant update (state, answer, answered_by, answered_at, version) on customers.value_dispute to vinculo_worker;
revoke execute on function customers.known_from(uuid, text, uuid, int), customers.keep_party_history(), customers.keep_contact_point_history(),
  customers.keep_identifier_history(), customers.keep_link_history(), customers.keep_gone() from public;
grant execute on function customers.known_from(uuid, text, uuid, int) to vinculo_app, vinculo_worker;

-- Whoever sees a value may doubt it, in their own name.
create policy disputing on customers.value_dispute for insert to vinculo_app with check (
  (select governance.holds('value:dispute')) and disputed_by = (select governance.acting_user()) and state = 'open'
  and exists (select from customers.party p where p.party_id = value_dispute.party_id));
grant insert on customers.value_dispute to vinculo_app;
create policy answering on customers.value_dispute for update to vinculo_app
  using ((select governance.holds('value:pin')) and exists (select from customers.party p where p.party_id = value_dispute.party_id))
  with check ((select governance.holds('value:pin')));
grant update (state, answer, answered_by, answered_at, version) on customers.value_dispute to vinculo_app;

grant select on customers.value_pin, customers.value_dispute to vinculo_search;
create policy through_views on customers.value_pin for select to vinculo_search using (true);
create policy through_views on customers.value_dispute for select to vinculo_search using (true);

-- ---------------------------------------------------------------- the ranking, with pins before all rules

create or replace view customers.attribute_value with (security_invoker = true) as
  select v.customer_id, v.attribute, v.value, v.party_id, v.source_id, v.changed_at, v.load_no,
    case when v.pin_id is null then r.strategy else array['pinned'] || r.strategy end as strategy,
    coalesce(t.trust, s.trust) as trust,
    row_number() over (
      partition by v.customer_id, v.attribute
      order by v.pinned_at desc nulls last, customers.survivorship_key(r.strategy[1], coalesce(t.trust, s.trust), v.changed_at, v.value) desc nulls last,
        customers.survivorship_key(r.strategy[2], coalesce(t.trust, s.trust), v.changed_at, v.value) desc nulls last,
        customers.survivorship_key(r.strategy[3], coalesce(t.trust, s.trust), v.changed_at, v.value) desc nulls last,
        s.source_id, v.source_key, v.value
    )::int as place,
    v.pin_id
  from (
    select p.customer_id, p.party_id, p.source_id, p.source_key, p.changed_at, p.load_no, a.attribute, a.value, null::uuid as pin_id, null::timestamptz as pinned_at
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
    select p.customer_id, p.party_id, p.source_id, p.source_key, c.changed_at, c.load_no, c.kind, coalesce(c.normalised, c.value), null, null
    from customers.party p join customers.contact_point c on c.party_id = p.party_id
    where c.kind in ('phone', 'email')
    union all
    select p.customer_id, p.party_id, p.source_id, p.source_key, c.changed_at, c.load_no, a.attribute, a.value, null, null
    from customers.party p
      join customers.contact_point c on c.party_id = p.party_id and c.kind = 'address'
      cross join lateral (values ('city', c.parts ->> 'city'), ('country', c.parts ->> 'country')) as a (attribute, value)
    where a.value is not null
    union all
    select p.customer_id, p.party_id, p.source_id, p.source_key, n.pinned_at, p.load_no, n.attribute, n.value, n.pin_id, n.pinned_at
    from customers.party p join customers.value_pin n on n.party_id = p.party_id and n.unpinned_at is null
  ) v
    join customers.survivorship_rule r on r.attribute = v.attribute
    join customers.source s on s.source_id = v.source_id
    left join customers.source_trust t on t.source_id = v.source_id and t.attribute = v.attribute;

-- What hangs on one customer (0011), with pins and open disputes.
grant create on schema customers to vinculo_search;
set local role vinculo_search;
create or replace function customers.customer_parts(wanted uuid) returns json
language plpgsql stable parallel restricted security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  perform from customers.customer k where k.customer_id = wanted;
  if not found then
    return null;
  end if;
  return (
    with source as materialized (
      select source_id, code, jsonb_build_object('sourceId', source_id, 'code', code, 'name', name) as name from customers.source
    )
    select json_build_object(
      'competing', (
        select json_agg(json_build_object('attribute', v.attribute, 'strategy', v.strategy, 'value', v.value, 'partyId', v.party_id, 'source', v.source,
          'changedAt', v.changed_at, 'trust', v.trust, 'place', v.place,
          'pin', case when v.pin_id is not null then json_build_object('pinId', v.pin_id, 'reason', v.reason, 'pinnedBy', v.pinned_by) end))
        from (
          select a.*, s.name as source, n.reason, n.pinned_by from customers.attribute_value a join source s using (source_id)
            left join customers.value_pin n on n.party_id = a.party_id and n.pin_id = a.pin_id
          where a.customer_id = wanted order by a.attribute, a.place limit 2000) v),
      'disputes', (
        select json_agg(json_build_object('disputeId', d.dispute_id, 'attribute', d.attribute, 'value', d.value, 'reason', d.reason,
          'disputedBy', d.disputed_by, 'disputedAt', d.disputed_at, 'version', d.version))
        from (
          select d.* from customers.party p join customers.value_dispute d on d.party_id = p.party_id
          where p.customer_id = wanted and d.state = 'open' order by d.disputed_at desc limit 100) d),
      'contactPoints', (
        -- Equal ones of several sources are one, with all their sources; the newest writing is shown.
        select json_agg(json_build_object('kind', g.kind, 'purpose', g.purpose, 'value', g.value, 'normalised', g.normalised, 'parts', g.parts,
          'sources', g.sources, 'changedAt', g.changed_at))
        from (
          select c.kind, (array_agg(c.purpose order by c.changed_at desc) filter (where c.purpose is not null))[1] as purpose,
            (array_agg(c.value order by c.changed_at desc))[1] as value, max(c.normalised) as normalised,
            (array_agg(c.parts order by c.changed_at desc))[1] as parts, jsonb_agg(distinct s.name) as sources, max(c.changed_at) as changed_at
          from customers.party p join customers.contact_point c on c.party_id = p.party_id join source s on s.source_id = c.source_id
          where p.customer_id = wanted
          group by c.kind, coalesce(c.normalised, c.value)
          order by c.kind, max(c.changed_at) desc, coalesce(c.normalised, c.value) limit 200) g),
      'identifiers', (
        -- The last four characters only: this role, like the login it serves, may not read the value itself.
        select json_agg(json_build_object('scheme', g.scheme, 'country', g.country, 'last4', g.last4, 'verified', g.verified,
          'expiresOn', g.expires_on, 'sources', g.sources))
        from (
          select i.scheme, i.country, i.last4, bool_or(i.verified) as verified, max(i.expires_on) as expires_on, jsonb_agg(distinct s.name) as sources
          from customers.party p join customers.identifier i on i.party_id = p.party_id join source s on s.source_id = i.source_id
          where p.customer_id = wanted
          group by i.scheme, i.country, i.last4 order by i.scheme, i.country, i.last4 limit 100) g),
      'holdings', (
        -- One row a holding, in the strongest role one of the customer's parties has in it.
        select json_agg(json_build_object('holdingId', g.holding_id, 'kind', g.kind, 'class', g.class, 'role', g.role, 'number', g.number,
          'productName', g.product_name, 'currency', g.currency, 'status', g.status, 'openedOn', g.opened_on, 'maturesOn', g.matures_on,
          'closedOn', g.closed_on, 'amountMinor', g.amount_minor::text, 'rate', g.rate::text, 'balanceMinor', g.balance_minor::text,
          'balanceOn', g.balance_on, 'attachedTo', g.attached_to, 'source', g.source, 'changedAt', g.changed_at))
        from (
          select h.*, s.name as source from (
            select distinct on (h.holding_id) h.*, r.role
            from customers.party p join customers.holding_role r on r.party_id = p.party_id join customers.holding h on h.holding_id = r.holding_id
            where p.customer_id = wanted
            order by h.holding_id, array_position(array['owner', 'joint_owner', 'beneficiary', 'authorised', 'guarantor'], r.role)
          ) h join source s using (source_id)
          order by h.status = 'closed', h.class, abs(coalesce(h.balance_minor, h.amount_minor, 0)) desc, h.holding_id limit 500) g),
      'records', (
        select json_agg(json_build_object('partyId', g.party_id, 'source', g.source, 'sourceKey', g.source_key, 'fullName', g.full_name,
          'changedAt', g.changed_at, 'loadId', g.load_id, 'lineNo', g.line_no, 'decision', g.decision, 'evidence', g.evidence, 'decidedAt', g.decided_at))
        from (
          select p.party_id, s.name as source, p.source_key, p.full_name, p.changed_at, l.load_id, r.line_no, i.decision, i.evidence, i.decided_at
          from customers.party p join source s on s.source_id = p.source_id
            join customers.identity_link i on i.party_id = p.party_id and i.undone_at is null
            left join customers.source_record r on r.source_id = p.source_id and r.kind = 'party' and r.source_key = p.source_key
            left join customers.load l on l.load_no = r.seen_load_no
          where p.customer_id = wanted order by s.code, p.source_key limit 200) g)));
end $$;
reset role;
set local role vinculo_owner;
revoke create on schema customers from vinculo_search;

update governance.role set permissions = permissions || '{value:pin,value:dispute}' where role_id in ('data_steward', 'operator');
update governance.role set permissions = permissions || '{value:dispute}' where role_id in ('relationship_manager', 'branch_manager');
