import type { DataMap } from "../../platform/data-map/index.ts";

export const erasureData = {
  "customers.erasure": {
    subject: null,
    purpose: "compliance",
    retention: "audit_trail",
    technical:
      "erasure_id customer_id customer_no cause state version received_on due_on plan party_ids asked_at restricted_at next_on held closed_at",
    staff: "evidence asked_by note",
  },
  "customers.erased_record": {
    subject: null,
    purpose: "compliance",
    retention: "audit_trail",
    technical: "source_id kind key_hash erased_at",
  },
  "customers.suppression": { subject: null, purpose: "compliance", retention: "audit_trail", technical: "kind address_hash since" },
  "customers.erasure_secret": { subject: null, purpose: "security", retention: "kept", none: "only_row", secret: "secret" },
} as const satisfies DataMap;
