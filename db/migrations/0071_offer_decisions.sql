-- What was decided for each customer and why, candidate by candidate; and what the customers answered.

-- Written when it comes out other than before; the one that holds is current. Kept for a year, for "why not that?".
create table intelligence.offer_decision (
  customer_id uuid not null,
  decision_id uuid not null default uuidv7(),
  is_current boolean not null default true,
  decided_on date not null, -- the day it was decided for
  decided_at timestamptz not null default now(),
  due_on date not null, -- when time alone may change it
  arm text not null check (arm in ('ranked', 'random', 'hold_out')),
  arm_since date not null,
  explored boolean not null, -- the first steered action was drawn, not ranked
  propensity real check (propensity > 0 and propensity <= 1), -- chance with which the first steered action came first; null: there is none
  uses_profile boolean not null,
  top_action text references intelligence.offer_action,
  top_kind text check (top_kind in ('duty', 'care', 'sale')),
  attention bigint not null, -- what is at stake in the first duty or care, by its score; 0: neither
  candidates jsonb not null, -- called for, in order; then those a gate removed; each with all factors
  versions jsonb not null, -- of models and settings
  fingerprint bytea not null, -- of all that was decided: whether a round came out as the one before
  shown_at timestamptz,
  primary key (customer_id, decision_id)
) with (fillfactor = 85);
create unique index offer_decision_current on intelligence.offer_decision (customer_id) where is_current;
create index offer_decision_due on intelligence.offer_decision (due_on, customer_id) where is_current;
create index offer_decision_attention on intelligence.offer_decision (attention desc, customer_id) where is_current and attention > 0;
create index offer_decision_sale on intelligence.offer_decision (top_action) where is_current and top_kind = 'sale';
create index offer_decision_old on intelligence.offer_decision (decided_on) where not is_current;

-- Hangs on the record it was given at, and so follows every join and separation.
create table intelligence.offer_answer (
  party_id uuid not null,
  answer_id uuid not null default uuidv7(),
  action_id text not null references intelligence.offer_action,
  answer text not null check (answer in ('agreed', 'later', 'declined')),
  -- How it had come to be proposed: what answers are weighed by.
  decision_id uuid not null,
  arm text not null,
  explored boolean not null,
  propensity real,
  answered_by uuid not null,
  answered_at timestamptz not null default now(),
  primary key (party_id, answer_id)
);
create index offer_answer_newest on intelligence.offer_answer (answered_at desc);

do $$
declare t text;
begin
  foreach t in array array['offer_decision', 'offer_answer'] loop
    execute format('alter table intelligence.%I enable row level security', t);
    execute format('alter table intelligence.%I force row level security', t);
    execute format('create policy working on intelligence.%I to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null)', t);
    execute format('create policy keeping on intelligence.%I to vinculo_owner using (true) with check (true)', t);
    execute format('grant select on intelligence.%I to vinculo_app, vinculo_backup', t);
  end loop;
end $$;
grant select, insert, update, delete, maintain on intelligence.offer_decision to vinculo_worker;
grant select, delete on intelligence.offer_answer to vinculo_worker;

-- Seen by who sees the customer; what rests on models by nobody from the moment the customer objects to profiling.
create policy through_customer on intelligence.offer_decision for select to vinculo_app using (
  exists (select from customers.customer c where c.customer_id = offer_decision.customer_id)
  and not (uses_profile and customer_id in (select customers.not_profiled())));
create policy showing on intelligence.offer_decision for update to vinculo_app using (
  exists (select from customers.customer c where c.customer_id = offer_decision.customer_id))
  with check (exists (select from customers.customer c where c.customer_id = offer_decision.customer_id));
grant update (shown_at, due_on) on intelligence.offer_decision to vinculo_app;

create policy through_party on intelligence.offer_answer for select to vinculo_app using (
  (select governance.sees_whole_bank()) or exists (select from customers.party p where p.party_id = offer_answer.party_id));
create policy answering on intelligence.offer_answer for insert to vinculo_app with check (
  (select governance.holds('consent:record')) and answered_by = (select governance.acting_user())
  and exists (select from customers.party p where p.party_id = offer_answer.party_id));
grant insert (party_id, answer_id, action_id, answer, decision_id, arm, explored, propensity, answered_by, answered_at) on intelligence.offer_answer to vinculo_app;

-- What a customer says about contact or profiling, and what becomes of a suspicion, is decided upon soon; what it forbids is left out on reading at once.
create function intelligence.offers_due() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update intelligence.offer_decision d set due_on = d.decided_on
  from customers.party p join new_rows n on n.party_id = p.party_id where d.customer_id = p.customer_id and d.is_current;
  return null;
end $$;
create trigger offers_due after insert on customers.consent referencing new table as new_rows for each statement execute function intelligence.offers_due();
create trigger offers_due after insert on intelligence.fraud_alert referencing new table as new_rows for each statement execute function intelligence.offers_due();
create trigger offers_due_changed after update on intelligence.fraud_alert referencing new table as new_rows for each statement execute function intelligence.offers_due();

create function intelligence.drop_offers() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from intelligence.offer_decision d using old_rows o where d.customer_id = o.customer_id;
  return null;
end $$;
create trigger drop_offers after delete on customers.customer referencing old table as old_rows for each statement execute function intelligence.drop_offers();
revoke execute on function intelligence.offers_due(), intelligence.drop_offers() from public;
