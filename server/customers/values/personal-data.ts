import type { DataMap } from "../../platform/data-map/index.ts";

export const valueData = {
  "customers.value_dispute": {
    subject: "party_id",
    purpose: "data_quality",
    retention: "relationship",
    none: "state",
    technical: "party_id dispute_id disputed_at answered_at version",
    profile: "attribute value",
    free_text: "reason answer",
    staff: "disputed_by answered_by",
  },
  "customers.value_pin": {
    subject: "party_id",
    purpose: "data_quality",
    retention: "relationship",
    technical: "party_id pin_id pinned_at unpinned_at",
    profile: "attribute value",
    free_text: "reason",
    staff: "pinned_by unpinned_by",
  },
} as const satisfies DataMap;
