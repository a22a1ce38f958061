import type { DataMap } from "../../platform/data-map/index.ts";

export const relationData = {
  "customers.circle": {
    subject: null,
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "circle_id created_at version",
    profile: "kind",
    free_text: "name",
    staff: "created_by",
  },
  "customers.circle_dismissal": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "relationship",
    none: "kind",
    technical: "party_id dismissed_at",
    third_party: "other_party_id",
    staff: "dismissed_by",
  },
  "customers.circle_member": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "party_id member_id circle_id version",
    profile: "role from_on to_on",
    staff: "entered_by",
  },
  "customers.party_relation": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "party_id relation_id source_id source_key load_no changed_at withdrawn_at version",
    profile: "kind share from_on to_on",
    third_party: "other_party_id",
    staff: "entered_by",
  },
} as const satisfies DataMap;
