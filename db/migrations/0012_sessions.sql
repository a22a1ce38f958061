-- Who holds a token, asked before every request: one statement, no transaction and no context of its own. It answers for one token whose 256 bits
-- the asker must know, where the policy of signing in shows every session. Whether the session still lives is in the answer; acting_user() asks
-- again in the transaction of the work, so that one ended in between sees nothing.
create function governance.find_session(wanted bytea, out session_id uuid, out user_id uuid, out display_name text, out last_seen_at timestamptz,
  out expires_at timestamptz, out revoked_at timestamptz, out permissions text[])
returns setof record
language plpgsql stable rows 1 parallel restricted security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  return query
    select s.session_id, u.user_id, u.display_name, s.last_seen_at, s.expires_at, s.revoked_at,
      coalesce((select array_agg(distinct p order by p) from governance.role_assignment a join governance.role r using (role_id), unnest(r.permissions) p
        where a.user_id = u.user_id), '{}')
    from governance.session s join governance.app_user u on u.user_id = s.user_id
    where s.token_hash = wanted and u.active;
end $$;
revoke execute on function governance.find_session(bytea) from public;
grant execute on function governance.find_session(bytea) to vinculo_app;
