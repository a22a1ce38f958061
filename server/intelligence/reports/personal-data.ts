import type { DataMap } from "../../platform/data-map/index.ts";

export const reportData = {
  "intelligence.report": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "report_id name note shared definition permissions version created_at changed_at archived_at",
    staff: "owner_id",
  },
  "intelligence.dashboard": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "dashboard_id role_id report_ids changed_at",
    staff: "owner_id changed_by",
  },
  "intelligence.report_mail": {
    subject: null,
    purpose: "operation",
    retention: "kept",
    none: "report_id every hour zone next_at sent_at failure ordered_at",
    staff: "person_id",
  },
} as const satisfies DataMap;
