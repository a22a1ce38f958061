import type { DataMap } from "../../platform/data-map/index.ts";

export const egressData = {
  "governance.egress_budget": {
    subject: null,
    purpose: "security",
    retention: "audit_trail",
    technical: "class day rows extra alarmed_at",
    staff: "person_id",
  },
} as const satisfies DataMap;
