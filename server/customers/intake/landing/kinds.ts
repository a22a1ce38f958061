import { keptFormOf, relationKinds } from "../../relations/kinds/contract.ts";
import type { RecordKind } from "../mapping/fields.ts";
import { castColumns } from "./work-tables.ts";

/** Kinds whose rows are claimed in customers.source_record; a transaction's claim is customers.transaction_key, a balance is its own. */
export type ClaimedKind = "party" | "contact_point" | "identifier" | "holding" | "holding_role" | "relation";
export type LandedKind = ClaimedKind | "balance" | "transaction";

/** Where a record names another one by its source key. `lost` is said of it when that key is not known. */
export interface Reference {
  readonly field: string;
  readonly kind: "party" | "holding";
  readonly required: boolean;
}

export interface Landing {
  readonly table: string;
  readonly idColumn: string;
  readonly references: readonly Reference[];
  /** The party a new row hangs on, over l (landing_<kind>). */
  readonly partyId: string;
  /** Column -> expression over l, beyond the party, the id, source_id and load_no. */
  readonly columns: Readonly<Record<string, string>>;
  readonly keepsRaw: boolean;
}

const same = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `l.${name}`]));
const changedAt = { changed_at: "coalesce(l.changed_at, $changed_at)" };
const details = { details: "coalesce(l.details, '{}')" };

const addressLine = "nullif(concat_ws(', ', l.line, l.city, l.postal_code, l.country), '')";

// Of the two words for a relation the first is kept: for the second, both sides change places.
const swapped = relationKinds.filter((kind) => keptFormOf(kind).swapped);
const isSwapped = `l.kind in (${swapped.map((kind) => `'${kind}'`).join(", ")})`;
const keptKind = `case l.kind ${swapped.map((kind) => `when '${kind}' then '${keptFormOf(kind).kind}'`).join(" ")} else l.kind end`;

export const landings: Readonly<Record<LandedKind, Landing>> = {
  party: {
    table: "customers.party",
    idColumn: "party_id",
    references: [],
    partyId: "l.row_id",
    columns: {
      ...same(
        "kind",
        "full_name",
        "given_name",
        "family_name",
        "latin_name",
        "sex",
        "born_on",
        "nationality",
        "language",
        "occupation",
        "industry",
      ),
      ...same("legal_form", "segment", "marital_status", "customer_since", "deceased_on", "branch_code", "portfolio_code"),
      ...details,
      search_terms: "coalesce(l.search_terms, '{}')",
      ...changedAt,
      source_key: "l.key",
    },
    keepsRaw: true,
  },
  contact_point: {
    table: "customers.contact_point",
    idColumn: "contact_point_id",
    references: [{ field: "party", kind: "party", required: true }],
    partyId: "l.ref1_party",
    columns: {
      ...same("kind", "purpose", "normalised"),
      value: `coalesce(l.value, ${addressLine}, '')`,
      parts:
        "case when l.kind = 'address' then jsonb_strip_nulls(jsonb_build_object('line', l.line, 'city', l.city, 'postalCode', l.postal_code, 'country', l.country)) end",
      ...changedAt,
    },
    keepsRaw: false,
  },
  identifier: {
    table: "customers.identifier",
    idColumn: "identifier_id",
    references: [{ field: "party", kind: "party", required: true }],
    partyId: "l.ref1_party",
    columns: {
      ...same("scheme", "country", "sealed_value", "blind", "blind_next", "expires_on"),
      last4: "right(l.value, 4)",
      check_fails: "customers.number_fails(l.scheme, l.country, l.value)",
      verified: "coalesce(l.verified, false)",
    },
    keepsRaw: false,
  },
  holding: {
    table: "customers.holding",
    idColumn: "holding_id",
    references: [
      { field: "owner", kind: "party", required: true },
      { field: "attached_to", kind: "holding", required: false },
    ],
    // Transactions lie beside their holding under its first owner: a holding that gets another owner stays where it is, its roles change.
    partyId: "coalesce(l.known_party_id, l.ref1_party)",
    columns: {
      ...same("kind", "number", "product_code", "product_name", "currency", "opened_on", "matures_on", "closed_on", "rate", "branch_code"),
      status: "coalesce(l.status, 'open')",
      amount_minor: "l.amount",
      balance_minor: "l.balance",
      balance_on: "coalesce(l.balance_on, case when l.balance is not null then coalesce(l.changed_at, $changed_at)::date end)",
      stated_balance_minor: "l.balance",
      stated_balance_on: "coalesce(l.balance_on, case when l.balance is not null then coalesce(l.changed_at, $changed_at)::date end)",
      attached_to: "l.ref2",
      ...details,
      ...changedAt,
      source_key: "l.key",
    },
    keepsRaw: true,
  },
  holding_role: {
    table: "customers.holding_role",
    idColumn: "role_id",
    references: [
      { field: "party", kind: "party", required: true },
      { field: "holding", kind: "holding", required: true },
    ],
    partyId: "l.ref1_party",
    columns: { ...same("role"), holding_id: "l.ref2", owner_party_id: "l.ref2_party", source_key: "l.key" },
    keepsRaw: false,
  },
  relation: {
    table: "customers.party_relation",
    idColumn: "relation_id",
    references: [
      { field: "party", kind: "party", required: true },
      { field: "other", kind: "party", required: true },
    ],
    partyId: `case when ${isSwapped} then l.ref2 else l.ref1 end`,
    columns: {
      ...same("share", "from_on", "to_on"),
      kind: keptKind,
      other_party_id: `case when ${isSwapped} then l.ref1 else l.ref2 end`,
      changed_at: "$changed_at",
      source_key: "l.key",
    },
    keepsRaw: false,
  },
  balance: {
    table: "customers.balance",
    idColumn: "balance_id",
    references: [{ field: "holding", kind: "holding", required: true }],
    partyId: "l.ref1_party",
    columns: { ...same("kind", "balance_on", "currency"), holding_id: "l.ref1", amount_minor: "l.amount" },
    keepsRaw: false,
  },
  transaction: {
    table: "customers.transaction",
    idColumn: "transaction_id",
    references: [{ field: "holding", kind: "holding", required: true }],
    partyId: "l.ref1_party",
    columns: {
      ...same(
        "booked_on",
        "value_on",
        "currency",
        "category",
        "channel",
        "counterparty_name",
        "counterparty_account",
        "description",
        "line_no",
      ),
      holding_id: "l.ref1",
      amount_minor: "l.amount",
      balance_after_minor: "l.balance_after",
      source_key: "l.key",
    },
    keepsRaw: false,
  },
};

/**
 * The search terms follow from the names. Of a number nothing is hashed, neither itself, which whoever tries them all would find, nor its blind index, whose key
 * changes: the row that the record became is asked (sameNumber).
 */
const notContent: Partial<Record<RecordKind, readonly string[]>> = {
  party: ["search_terms"],
  identifier: ["value", "sealed_id", "sealed_value", "index_key", "blind", "blind_next", "blind_was"],
};

/** All a record says: what decides between updated and unchanged. */
export function contentOf(kind: RecordKind): string {
  return Object.keys(castColumns(kind))
    .filter((name) => !notContent[kind]?.includes(name))
    .map((name) => `c.${name}`)
    .join(", ");
}
