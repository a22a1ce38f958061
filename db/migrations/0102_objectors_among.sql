-- Of these customers those that models and segments leave out: customers.not_profiled() for who asks about some and not about the whole bank.
create function customers.not_profiled(among uuid[]) returns setof uuid
language sql stable rows 100 set search_path = pg_catalog as $$
  select r.customer_id from customers.contact_refusals_of(
    case when (select lawful_basis from customers.contact_purpose where purpose = 'profiling') = 'consent'
      then among
      else array(
        select p.customer_id from customers.party p join customers.consent c on c.party_id = p.party_id
        where p.customer_id = any (among) and c.purpose = 'profiling'
        union select c.customer_id from customers.customer c
        where c.customer_id = any (among) and c.compartments && (select governance.restricted_compartments())::smallint[]) end,
    'profiling', 'any') r
  group by r.customer_id
$$;
revoke execute on function customers.not_profiled(uuid[]) from public;
grant execute on function customers.not_profiled(uuid[]) to vinculo_app, vinculo_worker;
