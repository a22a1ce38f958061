-- What each person may do and reach today, reckoned once instead of in every row policy of every statement (0029 walks grants, deputies and duties kept
-- apart: 0.4 ms a question, five questions a statement). Nothing is decided here: a row is thrown away with everything it could depend on, in the
-- transaction that changes it, and where there is none, or one of another day, the views answer as before.

create table governance.standing (
  user_id uuid primary key references governance.app_user on delete cascade,
  on_day date not null, -- grants begin and end with the day, in UTC
  whole_bank boolean not null,
  units uuid[] not null,
  portfolios uuid[] not null,
  permissions text[] not null
);
alter table governance.standing enable row level security;
alter table governance.standing force row level security;
create policy reckoning on governance.standing to vinculo_owner using (true) with check (true);

-- The rule itself, for one person.
create function governance.reckon_standing(who uuid) returns governance.standing
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select who, (now() at time zone 'UTC')::date, coalesce(bool_or(s.reason = 'bank'), false),
    coalesce(array_agg(distinct s.unit_id) filter (where s.reason <> 'portfolio'), '{}'),
    coalesce(array_agg(distinct s.portfolio_id) filter (where s.reason = 'portfolio'), '{}'),
    coalesce((select array_agg(distinct p order by p) from governance.held_role h, unnest(h.permissions) p where h.user_id = who), '{}')
  from governance.customer_scope s where s.user_id = who
$$;

create function governance.standing_of(who uuid) returns governance.standing
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  kept governance.standing;
begin
  if who is null then
    return null;
  end if;
  select * into kept from governance.standing s where s.user_id = who and s.on_day = (now() at time zone 'UTC')::date;
  if found then
    return kept;
  end if;
  return governance.reckon_standing(who);
end $$;

-- A change still under way in another transaction is not seen by the reckoning, which would outlive it. So whoever changes holds the lock in common until
-- the end, and whoever keeps a standing needs it alone: while anything changes, nothing is kept, and what was kept before is thrown away by the change.
create function governance.keep_standing() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select from governance.standing s where s.user_id = new.user_id and s.on_day = (now() at time zone 'UTC')::date)
    or not pg_try_advisory_xact_lock(4701, 0) then
    return null;
  end if;
  insert into governance.standing select (governance.reckon_standing(new.user_id)).*
  on conflict (user_id) do update set on_day = excluded.on_day, whole_bank = excluded.whole_bank, units = excluded.units,
    portfolios = excluded.portfolios, permissions = excluded.permissions;
  return null;
end $$;
-- When somebody signs in, and once a minute while they work.
create trigger standing_kept after insert or update of last_seen_at on governance.session for each row execute function governance.keep_standing();

create function governance.forget_standings() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock_shared(4701, 0);
  delete from governance.standing;
  return null;
end $$;
create trigger standings_forgotten after insert or delete or update on governance.role_assignment for each statement execute function governance.forget_standings();
create trigger standings_forgotten after insert or delete or update on governance.delegation for each statement execute function governance.forget_standings();
create trigger standings_forgotten after insert or delete or update on governance.role for each statement execute function governance.forget_standings();
create trigger standings_forgotten after insert or delete or update on governance.sod_conflict for each statement execute function governance.forget_standings();
create trigger standings_forgotten after insert or delete or update on governance.unit_reach for each statement execute function governance.forget_standings();
create trigger standings_forgotten after update of kind on governance.organisation_unit for each statement execute function governance.forget_standings();
create trigger standings_forgotten after insert or delete or update of unit_id, owner_user_id on governance.portfolio for each statement execute function governance.forget_standings();
create trigger standings_forgotten after update of active on governance.app_user for each statement execute function governance.forget_standings();

create or replace function governance.holds(permission text) returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce(permission = any ((governance.standing_of(governance.acting_for(permission))).permissions), false)
$$;

create or replace function governance.reaches_whole_bank() returns boolean
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce((governance.standing_of(governance.acting_for('customer:read'))).whole_bank, false)
$$;

create or replace function governance.visible_units() returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce((governance.standing_of(governance.acting_for('customer:read'))).units, '{}')
$$;

create or replace function governance.visible_portfolios() returns uuid[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce((governance.standing_of(governance.acting_for('customer:read'))).portfolios, '{}')
$$;

create or replace function governance.permissions_of(who uuid) returns text[]
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
  select coalesce((governance.standing_of(who)).permissions, '{}')
$$;

revoke execute on function governance.reckon_standing(uuid), governance.standing_of(uuid), governance.keep_standing(), governance.forget_standings() from public;
