import type { DataMap } from "../../platform/data-map/index.ts";

/** The report is a copy of what other tables hold: it is not part of itself. */
export const privacyData = {
  "customers.access_report": {
    subject: "customer_id",
    purpose: "compliance",
    retention: "short_lived",
    technical: "customer_id report_id customer_no state sections rows asked_at compiled_at expires_at",
    staff: "asked_by reason",
  },
  "governance.retention_rule": {
    subject: null,
    purpose: "compliance",
    retention: "kept",
    none: "name term_months from_event reason changed_at legal version",
    staff: "changed_by",
  },
} as const satisfies DataMap;
