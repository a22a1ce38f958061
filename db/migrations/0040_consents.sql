-- What a customer allowed, forbade or objected to, for which purpose and by which channel; and the one decision that every send and every score asks at the
-- moment of use. Nothing here is changed or deleted: what holds is read from what was said last.

create table customers.contact_purpose (
  purpose text primary key check (purpose in ('legal', 'service', 'marketing', 'research', 'profiling', 'sharing')),
  lawful_basis text not null check (lawful_basis in ('consent', 'contract', 'legal_obligation', 'legitimate_interest')),
  by_channel boolean not null, -- does it reach the customer, or is it work on what the bank knows?
  direct_marketing boolean not null, -- an objection to it is absolute, whatever the basis
  place smallint not null
);
insert into customers.contact_purpose (purpose, lawful_basis, by_channel, direct_marketing, place) values
  ('legal', 'legal_obligation', true, false, 1),
  ('service', 'contract', true, false, 2),
  ('marketing', 'consent', true, true, 3),
  ('research', 'consent', true, false, 4),
  ('profiling', 'legitimate_interest', false, false, 5),
  ('sharing', 'consent', false, true, 6);

create table customers.consent_text (
  purpose text not null references customers.contact_purpose,
  version int not null check (version > 0),
  locale text not null check (locale in ('en', 'ar', 'fa', 'zh', 'es')),
  body text not null check (char_length(body) between 20 and 2000),
  published_at timestamptz not null default now(),
  primary key (purpose, version, locale)
);
insert into customers.consent_text (purpose, version, locale, body) values
  ('marketing', 1, 'en', 'I agree that the bank tells me about its own products and offers through the channel named here. I may withdraw this at any time, as easily as I give it, and without any effect on my accounts.'),
  ('marketing', 1, 'ar', 'أوافق على أن يُطلعني البنك على منتجاته وعروضه عبر القناة المذكورة هنا. ويمكنني سحب هذه الموافقة في أي وقت وبالسهولة نفسها، دون أي أثر على حساباتي.'),
  ('marketing', 1, 'fa', 'موافقم که بانک از راهی که اینجا نام برده شده مرا از محصولات و پیشنهادهای خود آگاه کند. هر زمان می‌توانم به همین آسانی این رضایت را پس بگیرم، بی هیچ اثری بر حساب‌هایم.'),
  ('marketing', 1, 'zh', '我同意银行通过此处列明的渠道向我介绍其产品和优惠。我可以随时以同样简便的方式撤回同意，且不影响我的账户。'),
  ('marketing', 1, 'es', 'Acepto que el banco me informe de sus productos y ofertas por el canal indicado. Puedo retirar este consentimiento en cualquier momento, con la misma facilidad, sin efecto alguno sobre mis cuentas.'),
  ('research', 1, 'en', 'I agree that the bank asks me for my opinion of its service through the channel named here. Answering is voluntary, and I may withdraw this at any time.'),
  ('research', 1, 'ar', 'أوافق على أن يستطلع البنك رأيي في خدماته عبر القناة المذكورة هنا. والإجابة طوعية، ويمكنني سحب هذه الموافقة في أي وقت.'),
  ('research', 1, 'fa', 'موافقم که بانک از راهی که اینجا نام برده شده نظر مرا دربارهٔ خدماتش بپرسد. پاسخ دادن داوطلبانه است و هر زمان می‌توانم این رضایت را پس بگیرم.'),
  ('research', 1, 'zh', '我同意银行通过此处列明的渠道就其服务征求我的意见。是否回答由我自愿决定，我可以随时撤回同意。'),
  ('research', 1, 'es', 'Acepto que el banco me pida mi opinión sobre su servicio por el canal indicado. Responder es voluntario y puedo retirar este consentimiento en cualquier momento.'),
  ('profiling', 1, 'en', 'I agree that the bank evaluates how I use its products in order to suggest what fits me. I may withdraw this at any time.'),
  ('profiling', 1, 'ar', 'أوافق على أن يحلل البنك استخدامي لمنتجاته ليقترح عليّ ما يناسبني. ويمكنني سحب هذه الموافقة في أي وقت.'),
  ('profiling', 1, 'fa', 'موافقم که بانک شیوهٔ استفادهٔ من از محصولاتش را بسنجد تا آنچه مناسب من است پیشنهاد دهد. هر زمان می‌توانم این رضایت را پس بگیرم.'),
  ('profiling', 1, 'zh', '我同意银行分析我使用其产品的情况，以便向我推荐合适的产品。我可以随时撤回同意。'),
  ('profiling', 1, 'es', 'Acepto que el banco analice cómo uso sus productos para proponerme lo que me conviene. Puedo retirar este consentimiento en cualquier momento.'),
  ('sharing', 1, 'en', 'I agree that the bank passes my name and contact details to its named partners for their offers. I may withdraw this at any time.'),
  ('sharing', 1, 'ar', 'أوافق على أن ينقل البنك اسمي وبيانات الاتصال بي إلى شركائه المذكورين من أجل عروضهم. ويمكنني سحب هذه الموافقة في أي وقت.'),
  ('sharing', 1, 'fa', 'موافقم که بانک نام و نشانی‌های تماس مرا برای پیشنهادهای شریکان نام‌برده به آنان بدهد. هر زمان می‌توانم این رضایت را پس بگیرم.'),
  ('sharing', 1, 'zh', '我同意银行将我的姓名和联系方式提供给列明的合作伙伴，供其向我介绍产品。我可以随时撤回同意。'),
  ('sharing', 1, 'es', 'Acepto que el banco comunique mi nombre y datos de contacto a sus socios indicados para sus ofertas. Puedo retirar este consentimiento en cualquier momento.');

-- Hangs on the record it was said to. Joined customers: the strictest of their records counts; parted, each has its own again.
create table customers.consent (
  party_id uuid not null references customers.party,
  consent_id uuid not null default uuidv7(),
  purpose text not null references customers.contact_purpose,
  channel text not null check (channel in ('any', 'phone', 'email', 'sms', 'messaging', 'post', 'in_person', 'in_app')),
  act text not null check (act in ('given', 'withdrawn', 'objected', 'objection_lifted', 'basis')),
  lawful_basis text check (lawful_basis in ('consent', 'contract', 'legal_obligation', 'legitimate_interest')),
  text_version int,
  text_locale text,
  happened_at timestamptz not null,
  obtained_by text not null check (obtained_by in ('branch', 'phone', 'letter', 'email', 'website', 'app')),
  reference text check (char_length(reference) between 1 and 200), -- where the evidence lies: a form, a recording, a message
  note text check (char_length(note) between 1 and 1000),
  recorded_by uuid not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (party_id, consent_id),
  constraint consent_text foreign key (purpose, text_version, text_locale) references customers.consent_text,
  constraint consent_basis check ((act = 'basis') = (lawful_basis is not null)),
  constraint consent_to_a_text check (act <> 'given' or (text_version is not null and text_locale is not null)),
  constraint consent_not_ahead check (happened_at <= recorded_at + interval '1 minute')
);
create index consent_objection on customers.consent (purpose, party_id) where act in ('objected', 'objection_lifted');

alter table customers.consent enable row level security;
alter table customers.consent force row level security;
create policy working on customers.consent to vinculo_worker using ((select platform.working()) is not null) with check ((select platform.working()) is not null);
create policy through_party on customers.consent for select to vinculo_app using (
  (select governance.sees_whole_bank()) or exists (select from customers.party p where p.party_id = consent.party_id));
create policy recording on customers.consent for insert to vinculo_app with check (
  (select governance.holds(case act when 'basis' then 'privacy:manage' else 'consent:record' end))
  and recorded_by = (select governance.acting_user()) and exists (select from customers.party p where p.party_id = consent.party_id));
grant select, insert on customers.consent to vinculo_app, vinculo_worker;
grant select on customers.consent to vinculo_backup;
grant select on customers.contact_purpose, customers.consent_text to vinculo_app, vinculo_worker, vinculo_backup;

-- Who is just sending to this record is waited for; who comes after sees what is written here.
create function customers.hold_senders() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from customers.party p where p.party_id = new.party_id for update;
  -- The moment of a record is the one at which it counts, not the one at which its transaction began.
  new.recorded_at := clock_timestamp();
  return new;
end $$;
create trigger hold_senders before insert on customers.consent for each row execute function customers.hold_senders();

-- What was said last, per record, purpose, channel and matter.
create view customers.consent_standing with (security_invoker = true) as
  select distinct on (party_id, purpose, channel, matter) party_id, purpose, channel, matter, act, lawful_basis, happened_at, consent_id
  from (
    select c.*, case when act in ('given', 'withdrawn') then 'consent' when act = 'basis' then 'basis' else 'objection' end as matter from customers.consent c) c
  order by party_id, purpose, channel, matter, happened_at desc, recorded_at desc, consent_id desc;

-- Why not. No row: it is allowed. Of each reason the record it comes from, where it comes from one. `by_channel` is 'any' for purposes without a channel.
-- A consent to all channels is overruled by what was said of one; a withdrawal from all of them ends what was given for one before.
create function customers.contact_refusals(of_customer uuid, for_purpose text, by_channel text)
returns table (reason text, party_id uuid, consent_id uuid)
language sql stable set search_path = pg_catalog as $$
  with purpose as (select * from customers.contact_purpose where purpose = for_purpose),
  standing as materialized (
    select s.* from customers.party p join customers.consent_standing s on s.party_id = p.party_id
    where p.customer_id = of_customer and s.purpose = for_purpose and s.channel in (by_channel, 'any')
  ),
  -- The stricter basis of the records: where one needs consent, the customer does.
  basis as (
    select case
        when bool_or(coalesce(s.lawful_basis, m.lawful_basis) = 'consent') then 'consent'
        when bool_or(coalesce(s.lawful_basis, m.lawful_basis) = 'legitimate_interest') then 'legitimate_interest'
        else min(coalesce(s.lawful_basis, m.lawful_basis)) end as lawful_basis
    from purpose m cross join customers.party p
      left join standing s on s.party_id = p.party_id and s.matter = 'basis' and s.channel = 'any'
    where p.customer_id = of_customer
  ),
  said as (
    select coalesce(one.party_id, every.party_id) as party_id,
      case when every.act = 'withdrawn' and (one.act is null or (one.happened_at, one.consent_id) < (every.happened_at, every.consent_id)) then 'withdrawn'
        else coalesce(one.act, every.act) end as act,
      coalesce(one.consent_id, every.consent_id) as consent_id
    from (select * from standing where matter = 'consent' and channel = by_channel) one
      full join (select * from standing where matter = 'consent' and channel = 'any') every using (party_id)
  )
  select 'unknown_customer', null::uuid, null::uuid where not exists (select from customers.customer where customer_id = of_customer)
  union all
  select 'unknown_purpose', null, null where not exists (select from purpose)
  union all
  select 'deceased', null, null from customers.customer c
  where c.customer_id = of_customer and c.deceased_on is not null and for_purpose <> 'legal'
  union all
  select 'objected', s.party_id, s.consent_id from standing s, purpose m, basis b
  where s.act = 'objected' and (m.direct_marketing or b.lawful_basis not in ('contract', 'legal_obligation'))
  union all
  select 'withdrawn', s.party_id, s.consent_id from said s, basis b where b.lawful_basis = 'consent' and s.act = 'withdrawn'
  union all
  select 'no_consent', null, null from basis b where b.lawful_basis = 'consent' and not exists (select from said)
$$;

-- Asked by screens and by whoever prepares; the answer may be old a moment later. Sends ask claim_contact.
create function customers.may_contact(of_customer uuid, for_purpose text, by_channel text) returns boolean
language sql stable set search_path = pg_catalog as $$
  select not exists (select from customers.contact_refusals(of_customer, for_purpose, by_channel))
$$;

-- May models and segments look at this customer?
create function customers.may_profile(of_customer uuid) returns boolean
language sql stable set search_path = pg_catalog as $$
  select not exists (select from customers.contact_refusals(of_customer, 'profiling', 'any'))
$$;

-- The last question before the wire, in the transaction that sends: until it ends, nobody can withdraw unseen. Keep it short.
create function customers.claim_contact(of_customer uuid, for_purpose text, by_channel text)
returns table (reason text, party_id uuid, consent_id uuid)
language plpgsql volatile set search_path = pg_catalog as $$
begin
  perform from customers.party p where p.customer_id = of_customer order by p.party_id for key share;
  return query select r.reason, r.party_id, r.consent_id from customers.contact_refusals(of_customer, for_purpose, by_channel) r;
end $$;

-- For work on everybody at once: the customers that models and segments leave out. As the caller sees them.
create function customers.not_profiled() returns setof uuid
language sql stable rows 1000 set search_path = pg_catalog as $$
  select distinct p.customer_id from customers.party p
  where exists (select from customers.consent c where c.party_id = p.party_id and c.purpose = 'profiling')
    and not customers.may_profile(p.customer_id)
  union
  select p.customer_id from customers.party p
  where (select lawful_basis from customers.contact_purpose where purpose = 'profiling') = 'consent' and not customers.may_profile(p.customer_id)
$$;

revoke execute on function customers.hold_senders(), customers.contact_refusals(uuid, text, text), customers.may_contact(uuid, text, text),
  customers.may_profile(uuid), customers.claim_contact(uuid, text, text), customers.not_profiled() from public;
grant execute on function customers.contact_refusals(uuid, text, text), customers.may_contact(uuid, text, text), customers.may_profile(uuid),
  customers.not_profiled() to vinculo_app, vinculo_worker;
grant execute on function customers.claim_contact(uuid, text, text) to vinculo_worker;
grant select on customers.consent_standing to vinculo_app, vinculo_worker;

insert into governance.role (role_id, permissions) values
  ('privacy_officer', '{customer:read,organisation:read,consent:record,privacy:manage}');
update governance.role set permissions = permissions || '{consent:record}'::text[] where role_id in ('relationship_manager', 'branch_manager');
update governance.role set permissions = permissions || '{consent:record,privacy:manage}'::text[] where role_id = 'operator';
insert into governance.sod_conflict (duty_a, duty_b, reason, built_in) values
  ('load:run', 'privacy:manage', 'Who watches over privacy brings no data in.', true);
