-- Who shares a key with whom. Array operators are not leakproof, so under row security they could not use their index: as with searches, a function of
-- vinculo_search looks into it. For the worker only; answers ids only. Keys that more than max_parties have bring nobody together.
create function customers.match_neighbours(wanted uuid[], max_parties int) returns table (a uuid, b uuid)
language sql stable parallel restricted security definer set search_path = pg_catalog set enable_seqscan = off as $$
  with own as materialized (
    select e.party_id, k.key from customers.match_entry e cross join lateral unnest(e.keys) as k (key) where e.party_id = any (wanted)
  ), shared as (
    select k.key, f.parties from (select distinct key from own) k
      cross join lateral (select array_agg(m.party_id) as parties from (
        select x.party_id from customers.match_entry x where x.keys @> array[k.key] limit max_parties + 1) m) f
    where cardinality(f.parties) between 2 and max_parties
  )
  select distinct least(o.party_id, n.party_id), greatest(o.party_id, n.party_id)
  from own o join shared s using (key) cross join lateral unnest(s.parties) as n (party_id) where n.party_id <> o.party_id
$$;
grant create on schema customers to vinculo_search;
alter function customers.match_neighbours(uuid[], int) owner to vinculo_search;
revoke create on schema customers from vinculo_search;
set local role vinculo_search;
revoke all on function customers.match_neighbours(uuid[], int) from public;
grant execute on function customers.match_neighbours(uuid[], int) to vinculo_worker;
reset role;
set local role vinculo_owner;

-- Keys go into their index in sorted bulks; before it is asked, what waits beside it goes in.
create function customers.settle_matching() returns void
language sql security definer set search_path = pg_catalog
begin atomic
  select gin_clean_pending_list('customers.match_entry_keys'::regclass);
end;
revoke execute on function customers.settle_matching() from public;
grant execute on function customers.settle_matching() to vinculo_worker;
