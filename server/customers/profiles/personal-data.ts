import type { DataMap } from "../../platform/data-map/index.ts";

export const profileData = {
  "customers.contact_point": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "party_id contact_point_id source_id changed_at load_no",
    contact: "kind purpose value normalised parts",
  },
  "customers.customer": {
    subject: "customer_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "customer_id branch_id portfolio_id party_count holding_count version refreshed_at compartments",
    identity: "customer_no full_name given_name family_name latin_name sort_name born_on deceased_on birthday",
    contact: "phone email city country city_folded",
    profile: "kind sex nationality language occupation industry legal_form segment marital_status customer_since",
    financial: "holding_kinds currency assets_minor debts_minor other_currencies last_transaction_on in_arrears",
  },
  "customers.identifier": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "identity_documents",
    none: "check_fails",
    technical: "party_id identifier_id source_id load_no blind blind_next",
    identity_document: "scheme country sealed_value last4 verified expires_on",
  },
  "customers.party": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "relationship",
    none: "branch_code portfolio_code",
    technical: "party_id customer_id source_id source_key search_terms changed_at load_no",
    identity: "full_name given_name family_name latin_name born_on deceased_on",
    profile: "kind sex nationality language occupation industry legal_form segment marital_status customer_since",
    free_text: "details",
  },
  "customers.search_entry": {
    subject: "customer_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "customer_id terms compartments",
  },
  "customers.source_trust": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "source_id attribute trust",
  },
  "customers.survivorship_rule": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "attribute strategy",
  },
} as const satisfies DataMap;
