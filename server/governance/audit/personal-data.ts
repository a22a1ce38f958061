import type { DataMap } from "../../platform/data-map/index.ts";

export const auditData = {
  "governance.audit_event": {
    subject: null,
    purpose: "compliance",
    retention: "audit_trail",
    none: "purpose action subject_kind subject_count decision field_classes",
    technical: "event_id at session_id request_id subject_ids query_hash xid",
    free_text: "detail",
    staff: "actor_id ip_address user_agent",
  },
} as const satisfies DataMap;
