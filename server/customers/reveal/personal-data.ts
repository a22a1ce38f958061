import type { DataMap } from "../../platform/data-map/index.ts";

export const revealData = {
  "customers.reveal": {
    subject: "customer_id",
    purpose: "security",
    retention: "audit_trail",
    technical: "reveal_id customer_id scheme at",
    staff: "person_id reason",
  },
} as const satisfies DataMap;
