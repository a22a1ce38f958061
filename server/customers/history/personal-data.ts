import type { DataMap } from "../../platform/data-map/index.ts";

export const historyData = {
  "customers.party_history": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "relationship",
    none: "kind",
    technical: "party_id history_id row_id valid_from known_from known_to gone",
    raw: "was",
  },
} as const satisfies DataMap;
