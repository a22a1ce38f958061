import type { DataMap } from "../../platform/data-map/index.ts";

export const auditSealData = {
  "governance.audit_anchor": {
    subject: null,
    purpose: "compliance",
    retention: "kept",
    none: "destination kind seal_no done_at problem tried_at configured every_minutes",
  },
  "governance.audit_check": {
    subject: null,
    purpose: "compliance",
    retention: "audit_trail",
    technical: "check_id ordered_at started_at finished_at seals rows_checked fault_count faults problem",
    staff: "ordered_by",
  },
  "governance.audit_seal": {
    subject: null,
    purpose: "compliance",
    retention: "audit_trail",
    none: "seal_no statement seal_hash signature entries sealed_at row_count last_event_id first_at last_at",
  },
  "governance.audit_seal_key": {
    subject: null,
    purpose: "compliance",
    retention: "kept",
    none: "key_id public_key since",
  },
  "governance.audit_timestamp": {
    subject: null,
    purpose: "compliance",
    retention: "audit_trail",
    none: "seal_no authority token stamped_at verified",
  },
} as const satisfies DataMap;
