import type { DataMap } from "../../platform/data-map/index.ts";

export const identityData = {
  "customers.identity_link": {
    subject: "party_id",
    purpose: "data_quality",
    retention: "relationship",
    none: "decision",
    technical: "party_id link_id customer_id evidence decided_at load_no undone_at undone_load_no",
    staff: "decided_by undone_by",
  },
  "customers.identity_model": {
    subject: null,
    purpose: "data_quality",
    retention: "kept",
    none: "model_no state model refined training created_at",
    staff: "created_by",
  },
  "customers.match_entry": {
    subject: "party_id",
    purpose: "data_quality",
    retention: "relationship",
    technical: "party_id keys",
  },
  "customers.match_pair": {
    subject: "party_id",
    purpose: "data_quality",
    retention: "relationship",
    technical: "party_id bits model_no doubt doubt_since decision decided_at version",
    free_text: "reason",
    third_party: "other_party_id",
    staff: "decided_by",
  },
  "customers.retired_customer": {
    subject: "customer_id",
    purpose: "data_quality",
    retention: "relationship",
    technical: "customer_id retired_at",
    identity: "customer_no",
  },
} as const satisfies DataMap;
