-- Profitability: what the bank decides about it, as versions of data. Nobody puts a version into force alone.

create schema if not exists intelligence;
grant usage on schema intelligence to vinculo_app, vinculo_worker, vinculo_backup;

create table intelligence.profit_parameters (
  version_no int generated always as identity primary key,
  valid_from date not null check (extract(day from valid_from) = 1), -- months from here on, until the version with the next later day
  body jsonb not null, -- intelligence/value/contract.ts, ProfitParameters
  reason text not null check (char_length(btrim(reason)) between 10 and 500),
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'refused', 'withdrawn')),
  proposed_by uuid not null,
  proposed_at timestamptz not null default now(),
  decided_by uuid,
  decided_at timestamptz,
  note text check (char_length(btrim(note)) between 3 and 500),
  applied_at timestamptz, -- when every month it holds for had been priced under it
  constraint profit_parameters_decided check ((state = 'proposed') = (decided_at is null) and (decided_at is null) = (decided_by is null)),
  constraint profit_parameters_by_another check (case when state = 'withdrawn' then decided_by = proposed_by else decided_by <> proposed_by end)
);
create index profit_parameters_in_force on intelligence.profit_parameters (valid_from desc, version_no desc) where state = 'approved';

-- Sensible figures to begin with; a bank puts its own in their place. The proposer and the one who agreed are the product itself.
insert into intelligence.profit_parameters (valid_from, reason, state, proposed_by, decided_by, decided_at, note, body) values (
  '2000-01-01', 'Figures the product begins with, to be replaced by the bank''s own.', 'approved',
  '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000000', now(), 'Part of the product.',
  '{
    "currency": "EUR",
    "exchangeRates": {"EUR": 1, "GBP": 1.17, "USD": 0.92, "AED": 0.25, "SAR": 0.245, "CNY": 0.128, "IRR": 0.0000012},
    "transferRates": {
      "EUR": [{"months": 0, "rate": 0.019}, {"months": 12, "rate": 0.021}, {"months": 60, "rate": 0.024}, {"months": 360, "rate": 0.027}],
      "GBP": [{"months": 0, "rate": 0.041}, {"months": 12, "rate": 0.04}, {"months": 60, "rate": 0.039}, {"months": 360, "rate": 0.041}],
      "USD": [{"months": 0, "rate": 0.042}, {"months": 12, "rate": 0.04}, {"months": 60, "rate": 0.039}, {"months": 360, "rate": 0.042}],
      "AED": [{"months": 0, "rate": 0.036}, {"months": 12, "rate": 0.037}, {"months": 60, "rate": 0.038}, {"months": 360, "rate": 0.04}],
      "SAR": [{"months": 0, "rate": 0.038}, {"months": 12, "rate": 0.039}, {"months": 60, "rate": 0.04}, {"months": 360, "rate": 0.042}],
      "CNY": [{"months": 0, "rate": 0.015}, {"months": 12, "rate": 0.019}, {"months": 60, "rate": 0.024}, {"months": 360, "rate": 0.028}],
      "IRR": [{"months": 0, "rate": 0.19}, {"months": 12, "rate": 0.205}, {"months": 60, "rate": 0.21}, {"months": 360, "rate": 0.21}]},
    "terms": {"current_account": 24, "savings_account": 12, "term_deposit": 12, "loan": 36, "mortgage": 240, "credit_line": 12, "card": 3, "investment": 0, "insurance": 0},
    "lendingMargins": {"current_account": 0.07, "card": 0.11, "credit_line": 0.03, "loan": 0.035, "mortgage": 0.012},
    "interchangeRate": 0.006,
    "exchangeMarginRate": 0.011,
    "custodyRate": 0.007,
    "commissionsMinor": {"insurance": 450, "card": 60, "current_account": 100},
    "unitCostsMinor": {"branch": 480, "phone": 520, "atm": 55, "pos": 6, "online": 6, "mobile": 4, "bank": 5, "standing_order": 3, "direct_debit": 4, "other": 10},
    "keepingCostsMinor": {"current_account": 210, "savings_account": 60, "term_deposit": 60, "loan": 320, "mortgage": 380, "credit_line": 900, "card": 80, "investment": 250, "insurance": 90},
    "losses": {
      "current_account": {"defaultProbability": 0.03, "lossGivenDefault": 0.7}, "card": {"defaultProbability": 0.032, "lossGivenDefault": 0.75},
      "loan": {"defaultProbability": 0.024, "lossGivenDefault": 0.45}, "credit_line": {"defaultProbability": 0.02, "lossGivenDefault": 0.45},
      "mortgage": {"defaultProbability": 0.008, "lossGivenDefault": 0.16}},
    "arrearsProbability": 0.3,
    "undrawnShare": 0.1,
    "riskWeights": {"current_account": 0.75, "card": 0.75, "loan": 0.75, "credit_line": 0.85, "mortgage": 0.35},
    "hurdleRate": 0.1,
    "capitalRatio": 0.13,
    "acquisitionCostsMinor": {"current_account": 9000, "savings_account": 2500, "term_deposit": 2500, "loan": 12000, "mortgage": 45000, "credit_line": 25000, "card": 4000, "investment": 9000, "insurance": 6000},
    "acquisitionMonths": 36,
    "discountRate": 0.1,
    "horizonMonths": 60,
    "tierRules": {
      "tiers": [
        {"name": "platinum", "valueMinor": 300000, "volumeMinor": 25000000},
        {"name": "gold", "valueMinor": 80000, "volumeMinor": 8000000},
        {"name": "silver", "valueMinor": 20000, "volumeMinor": 2000000},
        {"name": "basic", "valueMinor": 0, "volumeMinor": 0}],
      "tolerance": 0.15, "fallAfter": 3, "monthsMin": 6, "reputationCap": "silver", "appealMonths": 12}
  }');

alter table intelligence.profit_parameters enable row level security;
alter table intelligence.profit_parameters force row level security;
-- How tiers are decided is told to whoever sees a tier.
create policy reading on intelligence.profit_parameters for select to vinculo_app using (
  (select governance.holds('profit:read')) or state = 'approved');
create policy proposing on intelligence.profit_parameters for insert to vinculo_app with check (
  (select governance.holds('profit:manage')) and proposed_by = (select governance.acting_user()) and state = 'proposed');
-- The maker takes a version back, somebody else decides about it; what is decided stays.
create policy deciding on intelligence.profit_parameters for update to vinculo_app
  using ((select governance.holds('profit:manage')) and state = 'proposed')
  with check (decided_by = (select governance.acting_user()) and applied_at is null
    and (state = 'withdrawn' and proposed_by = (select governance.acting_user())
      or state in ('approved', 'refused') and proposed_by <> (select governance.acting_user())));
create policy working on intelligence.profit_parameters to vinculo_worker using ((select platform.working()) is not null)
  with check ((select platform.working()) is not null);
grant select, insert (valid_from, body, reason, proposed_by), update (state, decided_by, decided_at, note) on intelligence.profit_parameters to vinculo_app;
grant select, insert (valid_from, body, reason, proposed_by), update (applied_at) on intelligence.profit_parameters to vinculo_worker;
grant select on intelligence.profit_parameters to vinculo_backup;

-- Transfer prices and capital are agreed between finance and risk: the second pair of eyes.
update governance.role set permissions = permissions || '{profit:read,profit:manage}'::text[] where role_id = 'risk_officer';
-- The command line shows what it proposes changes to.
update governance.role set permissions = permissions || '{profit:read}'::text[] where role_id = 'operator';
