import type { DataMap } from "../../platform/data-map/index.ts";

export const egressData = {
  "governance.egress_budget": {
    subject: null,
    purpose: "security",
    retention: "audit_trail",
    technical: "class day rows extra alarmed_at",
    staff: "person_id",
  },
  "governance.egress_request": {
    subject: null,
    purpose: "security",
    retention: "audit_trail",
    technical: "request_id class rows asked_at state decided_at",
    staff: "person_id reason decided_by note",
  },
} as const satisfies DataMap;
