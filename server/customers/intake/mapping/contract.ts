import { holdingKinds } from "../../holdings/kinds/contract.ts";
import { relationKinds } from "../../relations/kinds/contract.ts";

/**
 * What a mapping can say about each kind of record: the one table behind validation, JSON Schema, casts and the editor's suggestions.
 * It mirrors the columns of db/migrations/0004_customers.sql and 0021_relations.sql.
 */

export type FieldType =
  | { readonly type: "text"; readonly max: number; readonly free?: true } // free: words, in which a card number has no place
  | { readonly type: "code"; readonly of: readonly string[] }
  | { readonly type: "key"; readonly names: "party" | "holding" } // the source key of another record of this source
  | { readonly type: "phone" }
  | { readonly type: "email" }
  | { readonly type: "date" }
  | { readonly type: "timestamp" }
  | { readonly type: "money" }
  | { readonly type: "integer" }
  | { readonly type: "rate" } // a year, or a share of something, as a fraction; "5.5%" is understood
  | { readonly type: "boolean" }
  | { readonly type: "country" } // ISO 3166 alpha-2
  | { readonly type: "currency" } // ISO 4217
  | { readonly type: "language" }; // two or three letters, optionally a region

export type Field = FieldType & { readonly required?: true };

/** Longest source key in characters, after trimming. */
export const KEY_LENGTH_MAX = 200;

const text = (max: number) => ({ type: "text", max }) as const;
const words = (max: number) => ({ type: "text", max, free: true }) as const;
const code = (...of: readonly string[]) => ({ type: "code", of }) as const;
const date = { type: "date" } as const;
const money = { type: "money" } as const;
const partyKey = { type: "key", names: "party" } as const;
const holdingKey = { type: "key", names: "holding" } as const;
const required = true as const;

export const recordFields = {
  party: {
    kind: { ...code("person", "organisation"), required },
    full_name: { ...words(300), required },
    given_name: words(150),
    family_name: words(150),
    latin_name: words(300),
    sex: code("female", "male", "other"),
    born_on: date,
    nationality: { type: "country" },
    language: { type: "language" },
    occupation: words(150),
    industry: words(150),
    legal_form: words(100),
    segment: words(100),
    marital_status: words(50),
    customer_since: date,
    deceased_on: date,
    branch_code: text(60),
    portfolio_code: text(60),
    changed_at: { type: "timestamp" },
  },
  contact_point: {
    party: { ...partyKey, required },
    kind: { ...code("phone", "email", "address", "messaging"), required },
    purpose: text(50),
    value: words(500), // required but for addresses, which may be given by their parts
    line: words(300),
    city: words(150),
    postal_code: text(30),
    country: { type: "country" }, // of a phone: where a number without prefix belongs
    changed_at: { type: "timestamp" },
  },
  identifier: {
    party: { ...partyKey, required },
    scheme: { ...code("national_id", "passport", "tax_id", "registration", "lei", "residence_permit"), required },
    country: { type: "country" },
    value: { ...text(64), required },
    verified: { type: "boolean" },
    expires_on: date,
  },
  holding: {
    owner: { ...partyKey, required },
    kind: { ...code(...holdingKinds), required },
    number: text(64),
    product_code: text(60),
    product_name: words(150),
    currency: { type: "currency", required },
    status: code("pending", "open", "dormant", "blocked", "in_arrears", "closed", "defaulted"),
    opened_on: date,
    matures_on: date,
    closed_on: date,
    amount: money,
    rate: { type: "rate" },
    balance: money,
    balance_on: date,
    attached_to: holdingKey,
    branch_code: text(60),
    changed_at: { type: "timestamp" },
  },
  holding_role: {
    party: { ...partyKey, required },
    holding: { ...holdingKey, required },
    role: { ...code("owner", "joint_owner", "authorised", "guarantor", "beneficiary"), required },
  },
  relation: {
    // party is <kind> of other
    party: { ...partyKey, required },
    other: { ...partyKey, required },
    kind: { ...code(...relationKinds), required },
    share: { type: "rate" }, // of the capital
    from_on: date,
    to_on: date,
  },
  balance: {
    holding: { ...holdingKey, required },
    kind: { ...code("booked", "available", "outstanding", "limit", "market_value"), required },
    balance_on: { ...date, required },
    amount: { ...money, required },
    currency: { type: "currency", required },
  },
  transaction: {
    holding: { ...holdingKey, required },
    booked_on: { ...date, required },
    value_on: date,
    amount: { ...money, required }, // credit is positive
    currency: { type: "currency", required },
    balance_after: money,
    category: words(100),
    channel: words(100),
    counterparty_name: words(200),
    counterparty_account: text(64),
    description: words(500),
  },
  place: {
    name: { ...words(200), required },
    region: words(200),
    country: { type: "country" },
  },
  branch: {
    name: { ...words(200), required },
    region: text(60), // code of the region the branch belongs to
    region_name: words(200),
    place: text(60), // code of a place
  },
  portfolio: {
    name: { ...words(200), required },
    branch: { ...text(60), required }, // code of a branch
  },
} as const satisfies Record<string, Readonly<Record<string, Field>>>;

export type RecordKind = keyof typeof recordFields;
export const recordKinds = Object.keys(recordFields) as readonly RecordKind[];

/** Kinds whose records may carry `details`: named values beyond the model. */
export const kindsWithDetails = ["party", "holding", "place"] as const satisfies readonly RecordKind[];

/** Kinds that make their own key when the mapping gives none, from these fields. */
export const derivedKeys = {
  contact_point: ["party", "kind", "purpose"],
  identifier: ["party", "scheme", "country"],
  holding_role: ["holding", "party", "role"],
  relation: ["party", "kind", "other"],
  balance: ["holding", "kind", "balance_on"],
} as const satisfies Partial<Record<RecordKind, readonly string[]>>;

export function fieldsOf(kind: RecordKind): Readonly<Record<string, Field>> {
  return recordFields[kind];
}
