-- The words customers agree to and the basis of each purpose are the bank's to change, by two people. What was said stays said under the words of its time.

alter table customers.contact_purpose
  add version int not null default 1,
  add reason text check (char_length(reason) between 3 and 500),
  add changed_by uuid references governance.app_user,
  add changed_at timestamptz;
alter table customers.consent_text add published_by uuid references governance.app_user;

do $$ declare t text; begin
  foreach t in array array['contact_purpose', 'consent_text'] loop
    execute format('alter table customers.%I enable row level security', t);
    execute format('alter table customers.%I force row level security', t);
    execute format('create policy everybody_reads on customers.%I for select using (true)', t);
  end loop;
end $$;
create policy changing on customers.contact_purpose for update to vinculo_app
  using ((select governance.holds('privacy:manage'))) with check (changed_by = (select governance.acting_user()));
grant update (lawful_basis, version, reason, changed_by, changed_at) on customers.contact_purpose to vinculo_app;
-- Versions follow each other: the next is made of the last, and nobody writes into one that stands.
create policy publishing on customers.consent_text for insert to vinculo_app
  with check ((select governance.holds('privacy:manage')) and published_by = (select governance.acting_user()));
grant insert (purpose, version, locale, body, published_by) on customers.consent_text to vinculo_app;

insert into governance.approval_policy (action, approvers_min, escalate_after_hours) values
  ('consent_text.published', 1, 24), ('purpose.basis_changed', 1, 24);
insert into governance.approval_level (action, level, duties, approvers) values
  ('consent_text.published', 1, '{privacy:manage,compliance_officer}', 1), ('purpose.basis_changed', 1, '{privacy:manage,compliance_officer}', 1);
