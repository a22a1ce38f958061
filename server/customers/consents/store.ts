import { sql, type Tx } from "../../platform/db/index.ts";
import {
  type ConsentAct,
  type ConsentEntry,
  type ContactChannel,
  type ContactPurpose,
  HISTORY_MAX,
  type PurposeStanding,
  type Refusal,
  type SaidConsent,
} from "./contract.ts";

/** Every purpose with what holds for each of its channels, as customers.contact_refusals decides. */
export async function readStanding(tx: Tx, customerId: string): Promise<PurposeStanding[]> {
  const { rows } = await sql<PurposeStanding>`
    select m.purpose, m.lawful_basis as "lawfulBasis", m.direct_marketing as "directMarketing",
      jsonb_agg(jsonb_build_object('channel', k.channel, 'refusals', coalesce(r.refusals, '[]')) order by k.place) as decisions
    from customers.contact_purpose m
      cross join lateral unnest(case when m.by_channel then array['phone', 'email', 'sms', 'messaging', 'post', 'in_person', 'in_app'] else array['any'] end)
        with ordinality k (channel, place)
      cross join lateral (
        select jsonb_agg(jsonb_build_object('reason', f.reason, 'partyId', f.party_id)) as refusals
        from (select * from customers.contact_refusals(${customerId}, m.purpose, k.channel) limit 200) f) r
    group by m.purpose order by m.place`.execute(tx);
  return rows;
}

export async function listRecords(tx: Tx, customerId: string): Promise<{ partyId: string; sourceName: string; fullName: string }[]> {
  const { rows } = await sql<{ partyId: string; sourceName: string; fullName: string }>`
    select p.party_id as "partyId", s.name as "sourceName", p.full_name as "fullName"
    from customers.party p join customers.source s using (source_id)
    where p.customer_id = ${customerId} order by s.name, p.source_key limit 200`.execute(tx);
  return rows;
}

export type EntryRow = Omit<ConsentEntry, "recordedByName"> & { readonly recordedBy: string };

/** Newest first. */
export async function listEntries(tx: Tx, customerId: string): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select c.consent_id as "consentId", c.party_id as "partyId", c.purpose, c.channel, c.act, c.lawful_basis as "lawfulBasis",
      c.text_version as "textVersion", c.text_locale as "textLocale", c.happened_at as "happenedAt", c.obtained_by as "obtainedBy", c.reference, c.note,
      c.recorded_by as "recordedBy", c.recorded_at as "recordedAt"
    from customers.party p join customers.consent c on c.party_id = p.party_id
    where p.customer_id = ${customerId} order by c.happened_at desc, c.recorded_at desc, c.consent_id desc limit ${HISTORY_MAX}`.execute(
    tx,
  );
  return rows;
}

export interface TextRow {
  readonly purpose: ContactPurpose;
  readonly version: number;
  readonly locale: "en" | "ar" | "fa" | "zh" | "es";
  readonly body: string;
}

export async function listCurrentTexts(tx: Tx): Promise<TextRow[]> {
  const { rows } = await sql<TextRow>`
    select purpose, version, locale, body from customers.consent_text t
    where version = (select max(o.version) from customers.consent_text o where o.purpose = t.purpose)
    order by purpose, locale limit 30`.execute(tx);
  return rows;
}

export async function hasText(tx: Tx, { purpose, version, locale }: Omit<TextRow, "body">): Promise<boolean> {
  const { rows } = await sql`
    select from customers.consent_text where purpose = ${purpose} and version = ${version} and locale = ${locale}`.execute(tx);
  return rows.length > 0;
}

export async function isRecordOf(tx: Tx, customerId: string, partyId: string): Promise<boolean> {
  const { rows } = await sql`select from customers.party where party_id = ${partyId} and customer_id = ${customerId}`.execute(tx);
  return rows.length > 0;
}

export interface NewEntry {
  readonly consentId: string;
  readonly partyId: string;
  readonly purpose: ContactPurpose;
  readonly channel: ContactChannel;
  readonly act: ConsentAct;
  readonly lawfulBasis: string | null;
  readonly text: { readonly version: number; readonly locale: string } | null;
  readonly happenedAt: Date;
  readonly obtainedBy: string;
  readonly reference: string | null;
  readonly note: string | null;
  readonly by: string;
}

/** Waits for who is just sending to the record. */
export async function insertEntry(tx: Tx, entry: NewEntry): Promise<void> {
  await sql`
    insert into customers.consent (party_id, consent_id, purpose, channel, act, lawful_basis, text_version, text_locale, happened_at, obtained_by, reference, note, recorded_by)
    values (${entry.partyId}, ${entry.consentId}, ${entry.purpose}, ${entry.channel}, ${entry.act}, ${entry.lawfulBasis}, ${entry.text?.version ?? null},
      ${entry.text?.locale ?? null}, ${entry.happenedAt}, ${entry.obtainedBy}, ${entry.reference}, ${entry.note}, ${entry.by})`.execute(tx);
}

/** On the worker. Many at once, as they were said. */
export async function insertEntries(
  tx: Tx,
  entries: readonly (Omit<SaidConsent, "happenedAt"> & { readonly happenedAt: Date })[],
  by: string,
): Promise<void> {
  await sql`
    insert into customers.consent (party_id, purpose, channel, act, lawful_basis, text_version, text_locale, happened_at, obtained_by, recorded_by)
    select u.*, ${by}::uuid from unnest(${entries.map(({ partyId }) => partyId)}::uuid[], ${entries.map(({ purpose }) => purpose)}::text[],
      ${entries.map(({ channel }) => channel)}::text[], ${entries.map(({ act }) => act)}::text[],
      ${entries.map(({ lawfulBasis }) => lawfulBasis ?? null)}::text[], ${entries.map(({ text }) => text?.version ?? null)}::int[],
      ${entries.map(({ text }) => text?.locale ?? null)}::text[], ${entries.map(({ happenedAt }) => happenedAt)}::timestamptz[],
      ${entries.map(({ obtainedBy }) => obtainedBy)}::text[]) as u`.execute(tx);
}

export interface ContactQuestion {
  readonly customerId: string;
  readonly purpose: ContactPurpose;
  readonly channel: ContactChannel;
}

export async function refusalsOf(tx: Tx, { customerId, purpose, channel }: ContactQuestion): Promise<Refusal[]> {
  const { rows } = await sql<Refusal>`
    select reason, party_id as "partyId" from customers.contact_refusals(${customerId}, ${purpose}, ${channel}) limit 200`.execute(tx);
  return rows;
}

/** On the worker. Holds the customer's records against who would withdraw until the transaction ends. */
export async function claimContact(tx: Tx, { customerId, purpose, channel }: ContactQuestion): Promise<Refusal[]> {
  const { rows } = await sql<Refusal>`
    select reason, party_id as "partyId" from customers.claim_contact(${customerId}, ${purpose}, ${channel}) limit 200`.execute(tx);
  return rows;
}

/** On the worker. Of many: who may not, and why; the others may. Holds the records of all of them until the transaction ends. */
export async function claimContacts(
  tx: Tx,
  { customerIds, purpose, channel }: { customerIds: readonly string[]; purpose: ContactPurpose; channel: ContactChannel },
): Promise<{ customerId: string; reason: Refusal["reason"] }[]> {
  const { rows } = await sql<{ customerId: string; reason: Refusal["reason"] }>`
    select distinct customer_id as "customerId", reason from customers.claim_contacts(${customerIds}::uuid[], ${purpose}, ${channel})`.execute(
    tx,
  );
  return rows;
}

/** The same as holds now, holding nobody. */
export async function refusalsAmong(
  tx: Tx,
  { customerIds, purpose, channel }: { customerIds: readonly string[]; purpose: ContactPurpose; channel: ContactChannel },
): Promise<{ customerId: string; reason: Refusal["reason"] }[]> {
  const { rows } = await sql<{ customerId: string; reason: Refusal["reason"] }>`
    select distinct customer_id as "customerId", reason from customers.contact_refusals_of(${customerIds}::uuid[], ${purpose}, ${channel})`.execute(
    tx,
  );
  return rows;
}

/** Rows of the customers that models and segments leave out, among some or (null) all: for statements of who computes from customers. */
export const notProfiled = (customerIds: readonly string[] | null) =>
  customerIds === null ? sql`customers.not_profiled()` : sql`customers.not_profiled(${customerIds}::uuid[])`;

/** Whether anybody ever said anything. */
export async function hasConsents(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists (select from customers.consent) as any`.execute(tx);
  return rows[0]?.any ?? false;
}

/** On the worker. One record of each customer, on which what the customer said can hang; at most so many, in order. */
export async function listFirstRecords(tx: Tx, most: number): Promise<{ partyId: string; language: string | null }[]> {
  const { rows } = await sql<{ partyId: string; language: string | null }>`
    select distinct on (c.customer_id) p.party_id as "partyId", c.language from customers.customer c join customers.party p using (customer_id)
    order by c.customer_id, p.party_id limit ${most}`.execute(tx);
  return rows;
}
