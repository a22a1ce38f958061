-- Who looks at the whole bank may have clusters looked for.
create policy ordering on intelligence.cluster_run for insert to vinculo_app with check (
  (select governance.holds('segment:write')) and (select governance.reaches_whole_bank()) and ordered_by = (select governance.acting_user()) and result is null);
grant insert (run_id, ordered_by, parameters) on intelligence.cluster_run to vinculo_app;
