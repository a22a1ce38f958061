-- Who can see a customer, and what a person can see: asked by who administers or audits access, who reads no customers. The answers come from the very
-- views the row policies read (governance.customer_scope) and the compartments of seals; tests hold them against what row security returns.

create policy explaining on customers.customer for select to vinculo_owner using (true);

-- Everybody who can see a customer today, by whose reasons. One row a person and reason.
create function customers.who_sees(wanted uuid) returns table (user_id uuid, reason text, role_id text, held_at uuid, portfolio_id uuid, from_user_id uuid)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not governance.holds('access:explain') then
    raise exception 'access is explained to who administers or audits it' using errcode = '42501';
  end if;
  return query
    select distinct s.user_id, s.reason, s.role_id, s.held_at, s.portfolio_id, s.from_user_id
    from customers.customer c
      join governance.customer_scope s on s.reason = 'bank' or (s.reason = 'unit' and s.unit_id = c.branch_id) or (s.reason = 'portfolio' and s.portfolio_id = c.portfolio_id)
    where c.customer_id = wanted
      and (c.compartments is null or c.compartments <@ array(
        select l.compartment_id from governance.clearance l where l.person_id = s.user_id and l.ended_at is null))
    union
    select g.person_id, 'glass', null, null, null, null
    from customers.access_grant g join governance.app_user u on u.user_id = g.person_id and u.active
    where g.customer_id = wanted and g.expires_at > clock_timestamp() and g.ended_at is null;
end $$;

-- The customer of a number, for who may ask about access: no name, no balance. A sealed one exists only for who keeps the seals or is cleared.
create function customers.find_for_explaining(wanted text, out customer_id uuid, out branch_id uuid, out portfolio_id uuid, out sealed boolean)
returns setof record
language plpgsql stable rows 1 security definer set search_path = pg_catalog as $$
begin
  if not governance.holds('access:explain') then
    raise exception 'access is explained to who administers or audits it' using errcode = '42501';
  end if;
  return query
    select c.customer_id, c.branch_id, c.portfolio_id, c.compartments is not null
    from customers.customer c
    where (c.customer_no = wanted or c.customer_id::text = wanted)
      and (c.compartments is null or governance.holds('seal:manage') or c.compartments <@ governance.cleared());
end $$;

-- How many customers a person sees today, by reason and place. Those of compartments without clearance are in no count; nor are, for the asker, the
-- customers of compartments the asker does not know of.
create function customers.seen_by(who uuid) returns table (reason text, role_id text, held_at uuid, unit_id uuid, portfolio_id uuid, from_user_id uuid, customers bigint)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  theirs smallint[] := array(select l.compartment_id from governance.clearance l where l.person_id = who and l.ended_at is null);
  mine smallint[] := governance.cleared();
begin
  if not governance.holds('access:explain') then
    raise exception 'access is explained to who administers or audits it' using errcode = '42501';
  end if;
  return query
    with counted as (
      select c.branch_id, c.portfolio_id, count(*) as n from customers.customer c
      where c.compartments is null or (c.compartments <@ theirs and c.compartments <@ mine)
      group by 1, 2)
    select s.reason, s.role_id, s.held_at, case when s.reason = 'portfolio' then null else n.branch_id end, s.portfolio_id, s.from_user_id, sum(n.n)::bigint
    from (select distinct x.reason, x.role_id, x.held_at, x.from_user_id, case when x.reason = 'unit' then x.unit_id end as unit_id, x.portfolio_id
        from governance.customer_scope x where x.user_id = who) s
      join counted n on s.reason = 'bank' or (s.reason = 'unit' and s.unit_id = n.branch_id) or (s.reason = 'portfolio' and s.portfolio_id = n.portfolio_id)
    group by 1, 2, 3, 4, 5, 6
    union all
    select 'glass', null, null, null, null, null, count(distinct g.customer_id)
    from customers.access_grant g join customers.customer c using (customer_id)
    where g.person_id = who and g.expires_at > clock_timestamp() and g.ended_at is null and (c.compartments is null or c.compartments <@ mine)
    having count(*) > 0
    limit 500;
end $$;

-- The same without counting anybody twice.
create function customers.seen_in_all_by(who uuid) returns bigint
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  theirs smallint[] := array(select l.compartment_id from governance.clearance l where l.person_id = who and l.ended_at is null);
  mine smallint[] := governance.cleared();
  everybody boolean := exists (select from governance.customer_scope s where s.user_id = who and s.reason = 'bank');
  units uuid[] := array(select s.unit_id from governance.customer_scope s where s.user_id = who and s.reason <> 'portfolio');
  opened uuid[] := array(select g.customer_id from customers.access_grant g
    where g.person_id = who and g.expires_at > clock_timestamp() and g.ended_at is null and g.customer_id is not null);
  portfolios uuid[] := array(select s.portfolio_id from governance.customer_scope s where s.user_id = who and s.reason = 'portfolio');
begin
  if not governance.holds('access:explain') then
    raise exception 'access is explained to who administers or audits it' using errcode = '42501';
  end if;
  return (select count(*) from customers.customer c
    where (c.compartments is null or c.compartments <@ mine)
      and ((everybody or c.branch_id = any (units) or c.portfolio_id = any (portfolios)) and (c.compartments is null or c.compartments <@ theirs)
        or c.customer_id = any (opened)));
end $$;

-- The functions run as the owner of these tables, on whom row security is forced as well.
revoke execute on function customers.who_sees(uuid), customers.find_for_explaining(text), customers.seen_by(uuid), customers.seen_in_all_by(uuid) from public;
grant execute on function customers.who_sees(uuid), customers.find_for_explaining(text), customers.seen_by(uuid), customers.seen_in_all_by(uuid) to vinculo_app;
