-- How long things are kept, as the bank's own data; and what a customer is given who asks what the bank knows of them.

create table governance.retention_rule (
  name text primary key, -- as columns are classified by it (platform/data-map)
  term_months int check (term_months between 0 and 1200), -- null: without end
  from_event text not null check (from_event in ('relationship_end', 'booking', 'expiry', 'withdrawal', 'recorded', 'created', 'never')),
  reason text not null check (char_length(reason) between 3 and 400),
  changed_by uuid,
  changed_at timestamptz not null default now()
);
insert into governance.retention_rule (name, term_months, from_event, reason) values
  ('relationship', 120, 'relationship_end', 'Records of the business relationship, as anti-money-laundering law orders; the term is the bank''s to set.'),
  ('transactions', 120, 'booking', 'Records of payments, as commercial and anti-money-laundering law order.'),
  ('identity_documents', 60, 'relationship_end', 'Records of who a customer is, as anti-money-laundering law orders.'),
  ('consent_evidence', 36, 'withdrawal', 'Proof that a consent was given, for as long as somebody may ask.'),
  ('import_records', 24, 'recorded', 'What a source delivered, to find the cause of an error.'),
  ('audit_trail', 120, 'recorded', 'Proof of who saw and did what.'),
  ('staff_accounts', 12, 'relationship_end', 'Accounts of those who worked with the product.'),
  ('short_lived', 1, 'created', 'Sessions, proofs, jobs and messages on their way.'),
  ('kept', null, 'never', 'Says nothing of anybody.');
alter table governance.retention_rule enable row level security;
create policy everybody_reads on governance.retention_rule for select using (true);
grant select on governance.retention_rule to vinculo_app, vinculo_worker, vinculo_backup;

-- The report is itself a copy of everything: it goes when its days are over, and only who may order one sees it.
create table customers.access_report (
  customer_id uuid not null,
  report_id uuid not null default uuidv7(),
  customer_no text not null,
  reason text not null check (char_length(btrim(reason)) between 3 and 500),
  state text not null default 'ordered' check (state in ('ordered', 'ready', 'expired')),
  sections jsonb,
  rows int,
  asked_by uuid not null,
  asked_at timestamptz not null default now(),
  compiled_at timestamptz,
  expires_at timestamptz,
  primary key (customer_id, report_id),
  constraint access_report_ready check ((state = 'ready') = (sections is not null)),
  constraint access_report_compiled check ((state = 'ordered') = (compiled_at is null) and (compiled_at is null) = (expires_at is null))
);
create index access_report_expiry on customers.access_report (expires_at) where state = 'ready';
alter table customers.access_report enable row level security;
alter table customers.access_report force row level security;
create policy working on customers.access_report to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
create policy reporting on customers.access_report for select to vinculo_app using (
  (select governance.holds('privacy:report')) and exists (select from customers.customer c where c.customer_id = access_report.customer_id));
create policy ordering on customers.access_report for insert to vinculo_app with check (
  (select governance.holds('privacy:report')) and asked_by = (select governance.acting_user()) and state = 'ordered'
  and exists (select from customers.customer c where c.customer_id = access_report.customer_id));
grant select on customers.access_report to vinculo_app, vinculo_worker, vinculo_backup;
grant insert (customer_id, report_id, customer_no, reason, asked_by) on customers.access_report to vinculo_app;
grant update (state, sections, rows, compiled_at, expires_at) on customers.access_report to vinculo_worker;

update governance.role set permissions = permissions || '{privacy:report}'::text[] where role_id in ('privacy_officer', 'operator');
