-- Reads at the size of a million customers.

-- Conditions that compute (lower, a day of the year) cannot use an index under row security, because such functions are not leakproof.
-- Kept beside the value they become plain comparisons. Sources write them nowhere; PostgreSQL does.
alter table customers.customer
  add column city_folded text collate "C" generated always as (lower(city)) stored,
  add column birthday smallint generated always as ((extract(month from born_on) * 100 + extract(day from born_on))::smallint) stored; -- month and day: 229
create index customer_by_city on customers.customer (city_folded, sort_name, customer_id);
create index customer_by_birthday on customers.customer (birthday);

-- Money follows the currency and so the branch: walking the whole bank in its order meets one branch very late.
create index customer_of_branch_by_assets on customers.customer (branch_id, assets_minor, customer_id);
create index customer_of_branch_by_debts on customers.customer (branch_id, debts_minor, customer_id);

-- Whether an owner or joint owner is behind with a payment, for lists and marks. Null where nothing was computed since this column came (a row kept
-- aside by a join): the next refresh does.
alter table customers.customer add column in_arrears boolean default false;
-- Row security is forced on the owner too, and a migration is nobody in particular.
do $$
declare t text;
begin
  foreach t in array array['customer', 'party', 'holding', 'holding_role'] loop
    execute format('alter table customers.%I no force row level security', t);
  end loop;
  update customers.customer set in_arrears = true where customer_id in (
    select p.customer_id from customers.holding h join customers.holding_role r on r.holding_id = h.holding_id and r.role in ('owner', 'joint_owner')
      join customers.party p on p.party_id = r.party_id
    where h.status in ('in_arrears', 'defaulted'));
  foreach t in array array['customer', 'party', 'holding', 'holding_role'] loop
    execute format('alter table customers.%I force row level security', t);
  end loop;
end $$;
create index customer_in_arrears on customers.customer (sort_name, customer_id) where in_arrears;

-- What hangs on one customer, for the 360 degree view: one statement instead of five views that each ask who asks, and that each travel alone. It runs
-- as vinculo_search and first looks for the customer, under the very policy that decides for the caller (policies ask the signed context, not the
-- role); what is not found there has no parts. Everything behind that is reached by keys from that one customer.
-- Values rank as customers.attribute_value ranks them: there is no second copy of the ranking.
-- Money goes as text, because a JSON number would be rounded. Bounds are those of the answer.
grant select on customers.attribute_value, customers.load to vinculo_search;

create function customers.customer_parts(wanted uuid) returns json
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
          'changedAt', v.changed_at, 'trust', v.trust, 'place', v.place))
        from (
          select a.*, s.name as source from customers.attribute_value a join source s using (source_id)
          where a.customer_id = wanted order by a.attribute, a.place limit 2000) v),
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
grant create on schema customers to vinculo_search;
alter function customers.customer_parts(uuid) owner to vinculo_search;
revoke create on schema customers from vinculo_search;
revoke execute on function customers.customer_parts(uuid) from public;
grant execute on function customers.customer_parts(uuid) to vinculo_app;

-- The views it replaces; only their owner drops them.
set local role vinculo_search;
drop view customers.customer_contact_point, customers.customer_identifier, customers.customer_holding, customers.customer_record,
  customers.customer_attribute_value;
reset role;
set local role vinculo_owner;
