-- The last day on which anything was booked is asked for by every refresh: without this it went over a month of the whole bank each time.
create index party_month_last on intelligence.party_month (greatest(last_in_on, last_out_on));

-- Writing a block was four fifths compressing its arrays, and reading five of them is no quicker for it. Columns of the catalogue: db/repeatable/facts.sql.
do $$
declare name text;
begin
  for name in select attname from pg_attribute where attrelid = 'intelligence.fact_block'::regclass and attnum > 0 and not attisdropped and attstorage = 'x' loop
    execute format('alter table intelligence.fact_block alter column %I set storage external', name);
  end loop;
end $$;
