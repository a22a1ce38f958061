import type { DataMap } from "../../platform/data-map/index.ts";

export const emergencyData = {
  "customers.access_grant": {
    subject: "customer_id",
    purpose: "security",
    retention: "audit_trail",
    technical: "grant_id customer_id asked_for granted_at expires_at ended_at review_due_at overdue_told_at reviewed_at verdict version",
    staff: "person_id reason reviewed_by review_note",
  },
} as const satisfies DataMap;
