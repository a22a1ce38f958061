-- An API key comes into force as everything else of which one person asks and another allows (0046, 0077): by an approval. Its own pair of eyes goes.

insert into governance.approval_policy (action, approvers_min, escalate_after_hours, expire_after_hours) values ('key.approved', 1, 8, 336);
insert into governance.approval_level (action, level, duties, approvers) values ('key.approved', 1, '{key:manage}', 1);

drop policy decides on governance.api_key;
alter table governance.api_key drop constraint api_key_by_another, drop constraint api_key_approved, drop column decided_by;
revoke update (approved_at) on governance.api_key from vinculo_app;
-- Who keeps keys ends anybody's.
create policy ends on governance.api_key for update to vinculo_app
  using ((select governance.holds('key:manage')) and revoked_at is null)
  with check (revoked_at is not null and revoked_by = (select governance.acting_user()));

-- Only in the transaction that completed the approval of exactly this key, for its owner.
create function governance.activate_key(of_key uuid, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not governance.approved_here('key.approved', jsonb_build_object('keyId', of_key)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  update governance.api_key k set approved_at = at
  where k.key_id = of_key and k.owner_id = governance.acting_user() and k.approved_at is null and k.revoked_at is null and k.expires_at > at;
  return found;
end $$;
revoke execute on function governance.activate_key(uuid, timestamptz) from public;
grant execute on function governance.activate_key(uuid, timestamptz) to vinculo_app;

-- Who decides and what was decided is told by the approval.
drop trigger api_key_told on governance.api_key;
create or replace function governance.tell_of_key() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if old.revoked_at is null and new.revoked_at is not null and new.revoked_by is distinct from new.owner_id then
    perform governance.tell(array[new.owner_id], 'key_revoked', jsonb_build_object('prefix', new.prefix));
  end if;
  return null;
end $$;
create trigger api_key_told after update of revoked_at on governance.api_key for each row execute function governance.tell_of_key();
