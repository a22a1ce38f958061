import { sql, type Tx } from "../../platform/db/index.ts";
import { openIdentifiers } from "../identifiers/index.ts";
import type { MatchAddress, MatchIdentifier, MatchName, MatchRecord } from "./matching/index.ts";
import { strongKeys } from "./strong-keys.ts";

export interface KnownParty {
  readonly partyId: string;
  readonly customerId: string;
  /** The customer the party was when it came: nobody else has it. */
  readonly firstCustomerId: string;
  /** Keys that make it one with whoever else has them. */
  readonly strong: readonly string[];
  /** Entered by staff: joined by people only. */
  readonly byHand: boolean;
  readonly record: MatchRecord;
}

/** What is left to know of a party once its record is in the matcher's table. */
export type PlacedParty = Omit<KnownParty, "record">;

interface SealedNumber {
  readonly id: string;
  readonly scheme: string;
  readonly country: string | null;
  /** Base64. */
  readonly sealed: string;
  readonly verified: boolean;
}

interface PartyRow {
  readonly partyId: string;
  readonly customerId: string;
  readonly firstCustomerId: string | null;
  readonly source: string;
  readonly byHand: boolean;
  readonly key: string;
  readonly kind: "person" | "organisation";
  readonly fullName: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly latinName: string | null;
  readonly sex: string | null;
  readonly bornOn: string | null;
  readonly nationality: string | null;
  readonly legalForm: string | null;
  readonly contacts: readonly { kind: string; value: string; parts: Record<string, string> | null }[] | null;
  readonly identifiers: readonly SealedNumber[] | null;
}

const selectParties = sql`
  select p.party_id as "partyId", p.customer_id as "customerId", l.customer_id as "firstCustomerId", s.code as source, s.by_hand as "byHand", p.source_key as key, p.kind,
    p.full_name as "fullName", p.given_name as "givenName", p.family_name as "familyName", p.latin_name as "latinName", p.sex, p.born_on::text as "bornOn",
    p.nationality, p.legal_form as "legalForm", c.contacts, i.identifiers
  from customers.party p join customers.source s using (source_id)
    left join lateral (select k.customer_id from customers.identity_link k where k.party_id = p.party_id and k.decision = 'first' order by k.link_id limit 1) l on true
    left join lateral (select json_agg(json_build_object('kind', c.kind, 'value', coalesce(c.normalised, c.value), 'parts', c.parts) order by c.contact_point_id) as contacts
      from customers.contact_point c where c.party_id = p.party_id) c on true
    left join lateral (select json_agg(json_build_object('id', i.identifier_id, 'scheme', i.scheme, 'country', i.country,
      'sealed', encode(i.sealed_value, 'base64'), 'verified', i.verified) order by i.identifier_id) as identifiers
      from customers.identifier i where i.party_id = p.party_id) i on true`;

/** Parties in the form the matcher reads; those that are not there (any more) are left out. At most some thousands at a time. */
export async function readParties(tx: Tx, partyIds: readonly string[]): Promise<KnownParty[]> {
  const { rows } = await sql<PartyRow>`${selectParties} where p.party_id = any (${partyIds}::uuid[])`.execute(tx);
  return openAll(tx, rows);
}

/** The next parties behind one, in order of their ids; null begins. */
export async function readPartiesAfter(tx: Tx, afterId: string | null, limit: number): Promise<KnownParty[]> {
  const behind = afterId === null ? sql`` : sql`where p.party_id > ${afterId}`;
  const { rows } = await sql<PartyRow>`${selectParties} ${behind} order by p.party_id limit ${limit}`.execute(tx);
  return openAll(tx, rows);
}

/** The matcher weighs numbers that are nearly alike, so it needs them whole. */
async function openAll(tx: Tx, rows: readonly PartyRow[]): Promise<KnownParty[]> {
  if (!rows.some(({ identifiers }) => identifiers !== null)) return rows.map((row) => knownParty(row, closed));
  const { open } = await openIdentifiers(tx);
  return rows.map((row) => knownParty(row, ({ id, sealed }) => open(id, Buffer.from(sealed, "base64"))));
}

type OpenNumber = (number: SealedNumber) => string;
const closed: OpenNumber = () => "";

function knownParty(row: PartyRow, open: OpenNumber): KnownParty {
  const record = matchRecord(row, open);
  return {
    partyId: row.partyId,
    customerId: row.customerId,
    firstCustomerId: row.firstCustomerId ?? row.customerId,
    strong: row.byHand ? [] : strongKeys(record),
    byHand: row.byHand,
    record,
  };
}

function matchRecord(row: PartyRow, open: OpenNumber): MatchRecord {
  const contacts = row.contacts ?? [];
  const valuesOf = (kind: string) => contacts.filter((contact) => contact.kind === kind).map(({ value }) => value);
  return {
    source: row.source,
    key: row.key,
    kind: row.kind,
    names: namesOf(row),
    ...(row.bornOn === null ? {} : { birthDate: row.bornOn }),
    ...(row.sex === null ? {} : { sex: row.sex }),
    ...(row.nationality === null ? {} : { nationality: row.nationality }),
    ...(row.legalForm === null ? {} : { legalForm: row.legalForm }),
    phones: valuesOf("phone"),
    emails: valuesOf("email"),
    addresses: contacts.filter(({ kind }) => kind === "address").map(addressOf),
    identifiers: (row.identifiers ?? []).map(
      (number): MatchIdentifier => ({
        ...{ scheme: number.scheme, value: open(number), verified: number.verified },
        ...(number.country === null ? {} : { country: number.country }),
      }),
    ),
  };
}

function namesOf({ fullName, givenName, familyName, latinName }: PartyRow): MatchName[] {
  const whole = fullName === null ? {} : { full: fullName };
  const parts = givenName !== null || familyName !== null ? { given: givenName ?? "", family: familyName ?? "" } : {};
  const written = { ...whole, ...parts };
  return [...(Object.keys(written).length === 0 ? [] : [written]), ...(latinName === null ? [] : [{ full: latinName }])];
}

function addressOf({ value, parts }: { value: string; parts: Record<string, string> | null }): MatchAddress {
  if (parts === null) return { line: value };
  const { line, city, postalCode } = parts;
  return {
    ...(line === undefined ? {} : { line }),
    ...(city === undefined ? {} : { city }),
    ...(postalCode === undefined ? {} : { postalCode }),
  };
}
