-- Closing an account, and a new password, end the sessions there are for good: the command line works as the worker.
revoke select on governance.session from vinculo_worker;
grant select (user_id, revoked_at), update (revoked_at) on governance.session to vinculo_worker;
create policy worker_sees_sessions on governance.session for select to vinculo_worker using ((select platform.working()) is not null);
create policy worker_ends_sessions on governance.session for update to vinculo_worker
  using ((select platform.working()) is not null) with check ((select platform.working()) is not null and revoked_at is not null);
