-- What every request and every view of a customer ask the database, with less work.

-- What a person may do comes from their standing (0068), which answers from the views where nothing is kept, instead of from the views each time.
create or replace function governance.find_session(wanted bytea, out session_id uuid, out user_id uuid, out display_name text, out last_seen_at timestamptz,
  out expires_at timestamptz, out revoked_at timestamptz, out permissions text[], out limits jsonb)
returns setof record
language plpgsql stable rows 1 parallel restricted security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  return query
    select s.session_id, u.user_id, u.display_name, s.last_seen_at,
      least(s.expires_at, s.created_at + (l.value ->> 'absoluteHours')::float * interval '1 hour'), s.revoked_at,
      coalesce((governance.standing_of(u.user_id)).permissions, '{}'), l.value
    from governance.session s join governance.app_user u on u.user_id = s.user_id
      left join platform.setting l on l.name = 'session_limits'
    where s.token_hash = wanted and u.active;
end $$;

-- Everything a view of one customer shows, as one answer that is asked once who may see it (docs/decisions/0007). Rows come as they stand: what is put
-- together, ranked and named from them is done by the server (customers/overview), which costs a fraction of a plan of a hundred nodes.
grant select on governance.portfolio to vinculo_search;
grant select (user_id, display_name) on governance.app_user to vinculo_search;
create policy through_views on governance.portfolio for select to vinculo_search using (true);
create policy through_views on governance.app_user for select to vinculo_search using (true);

grant create on schema customers to vinculo_search;
set local role vinculo_search;
create or replace function customers.customer_parts(wanted uuid) returns json
language plpgsql stable parallel restricted security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
declare
  shown json;
  parties uuid[];
begin
  -- The policy decides for the caller, whom the signed context names; what is not found here has no parts.
  select json_build_object('customerId', c.customer_id, 'customerNo', c.customer_no, 'kind', c.kind, 'fullName', c.full_name, 'latinName', c.latin_name,
    'language', c.language, 'segment', c.segment, 'bornOn', c.born_on, 'phone', c.phone, 'email', c.email, 'city', c.city, 'country', c.country,
    'branch', (select json_build_object('unitId', o.unit_id, 'code', o.code, 'name', o.name) from governance.organisation_unit o where o.unit_id = c.branch_id),
    'portfolio', (
      select json_build_object('portfolioId', p.portfolio_id, 'code', p.code, 'name', p.name, 'ownerName',
        (select u.display_name from governance.app_user u where u.user_id = p.owner_user_id))
      from governance.portfolio p where p.portfolio_id = c.portfolio_id),
    'currency', c.currency, 'assetsMinor', c.assets_minor::text, 'debtsMinor', c.debts_minor::text, 'otherCurrencies', c.other_currencies,
    'holdingCount', c.holding_count, 'customerSince', c.customer_since, 'lastTransactionOn', c.last_transaction_on, 'inArrears', coalesce(c.in_arrears, false),
    'deceasedOn', c.deceased_on, 'givenName', c.given_name, 'familyName', c.family_name, 'sex', c.sex, 'nationality', c.nationality,
    'occupation', c.occupation, 'industry', c.industry, 'legalForm', c.legal_form, 'maritalStatus', c.marital_status, 'refreshedAt', c.refreshed_at,
    'version', c.version)
  into shown from customers.customer c where c.customer_id = wanted;
  if not found then
    return null;
  end if;
  parties := array(select p.party_id from customers.party p where p.customer_id = wanted limit 200);
  return json_build_object(
    'customer', shown,
    'sources', (select json_agg(json_build_object('sourceId', s.source_id, 'code', s.code, 'name', s.name, 'trust', s.trust)) from customers.source s),
    'rules', (select json_object_agg(r.attribute, r.strategy) from customers.survivorship_rule r),
    'trusts', (select json_agg(json_build_object('sourceId', t.source_id, 'attribute', t.attribute, 'trust', t.trust)) from customers.source_trust t),
    'parties', (
      -- The attributes that customers.attribute_value takes from a party.
      select json_agg(json_build_object('partyId', p.party_id, 'sourceId', p.source_id, 'sourceKey', p.source_key, 'fullName', p.full_name,
        'changedAt', p.changed_at, 'loadId', l.load_id, 'lineNo', r.line_no, 'decision', i.decision, 'evidence', i.evidence, 'decidedAt', i.decided_at,
        'values', json_build_object('full_name', p.full_name, 'given_name', p.given_name, 'family_name', p.family_name, 'latin_name', p.latin_name,
          'sex', p.sex, 'born_on', p.born_on, 'nationality', p.nationality, 'language', p.language, 'occupation', p.occupation, 'industry', p.industry,
          'legal_form', p.legal_form, 'segment', p.segment, 'marital_status', p.marital_status, 'customer_since', p.customer_since,
          'deceased_on', p.deceased_on, 'branch_code', p.branch_code, 'portfolio_code', p.portfolio_code)))
      from customers.party p
        left join customers.identity_link i on i.party_id = p.party_id and i.undone_at is null
        left join customers.source_record r on r.source_id = p.source_id and r.kind = 'party' and r.source_key = p.source_key
        left join customers.load l on l.load_no = r.seen_load_no
      where p.party_id = any (parties)),
    'pins', (
      select json_agg(json_build_object('partyId', n.party_id, 'attribute', n.attribute, 'value', n.value, 'pinId', n.pin_id, 'reason', n.reason,
        'pinnedBy', n.pinned_by, 'pinnedAt', n.pinned_at))
      from customers.value_pin n where n.party_id = any (parties) and n.unpinned_at is null),
    'disputes', (
      select json_agg(json_build_object('disputeId', d.dispute_id, 'attribute', d.attribute, 'value', d.value, 'reason', d.reason,
        'disputedBy', d.disputed_by, 'disputedAt', d.disputed_at, 'version', d.version))
      from (
        select d.* from customers.value_dispute d where d.party_id = any (parties) and d.state = 'open' order by d.disputed_at desc limit 100) d),
    'contactPoints', (
      select json_agg(json_build_object('partyId', c.party_id, 'kind', c.kind, 'purpose', c.purpose, 'value', c.value, 'normalised', c.normalised,
        'parts', c.parts, 'sourceId', c.source_id, 'changedAt', c.changed_at))
      from (select c.* from customers.contact_point c where c.party_id = any (parties) limit 2000) c),
    'identifiers', (
      -- The last four characters only: this role, like the login it serves, may not read the value itself.
      select json_agg(json_build_object('scheme', i.scheme, 'country', i.country, 'last4', i.last4, 'verified', i.verified, 'expiresOn', i.expires_on,
        'sourceId', i.source_id))
      from (
        select i.scheme, i.country, i.last4, i.verified, i.expires_on, i.source_id from customers.identifier i where i.party_id = any (parties) limit 1000) i),
    'holdings', (
      -- Once for each role a party of the customer has in it, the strongest role first.
      select json_agg(json_build_object('holdingId', h.holding_id, 'kind', h.kind, 'class', h.class, 'role', h.role, 'number', h.number,
        'productName', h.product_name, 'currency', h.currency, 'status', h.status, 'openedOn', h.opened_on, 'maturesOn', h.matures_on,
        'closedOn', h.closed_on, 'amountMinor', h.amount_minor::text, 'rate', h.rate::text, 'balanceMinor', h.balance_minor::text,
        'balanceOn', h.balance_on, 'attachedTo', h.attached_to, 'sourceId', h.source_id, 'changedAt', h.changed_at))
      from (
        select h.*, r.role from customers.holding_role r join customers.holding h on h.holding_id = r.holding_id
        where r.party_id = any (parties)
        order by h.status = 'closed', h.class, abs(coalesce(h.balance_minor, h.amount_minor, 0)) desc, h.holding_id,
          array_position(array['owner', 'joint_owner', 'beneficiary', 'authorised', 'guarantor'], r.role)
        limit 1000) h));
end $$;
reset role;
set local role vinculo_owner;
revoke create on schema customers from vinculo_search;
