-- The same ranking, written so that the planner can put it into the query: extract() from a timestamptz is only stable, which kept the function a call.
create or replace function customers.survivorship_key(test text, trust smallint, changed_at timestamptz, value text) returns double precision
language sql immutable parallel safe
return case test
  when 'trusted' then trust::double precision
  when 'recent' then date_part('epoch', changed_at at time zone 'UTC')
  when 'complete' then length(value)::double precision
end;
