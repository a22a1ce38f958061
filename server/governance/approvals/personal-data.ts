import type { DataMap } from "../../platform/data-map/index.ts";

const about = { subject: null, purpose: "security", retention: "audit_trail" } as const;

export const approvalData = {
  "governance.approval_policy": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "action currency approvers_min deputies escalate_after_hours expire_after_hours version changed_at",
  },
  "governance.approval_level": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "action level duties amount_max_minor approvers",
  },
  "governance.approval_request": {
    ...about,
    technical:
      "request_id action unit_id about payload_sha256 subject_kind subject_ids subject_versions amount_minor currency first_level level approvers state asked_at escalate_at expires_at closed_at approved_xid",
    staff: "maker_id reason",
    raw: "payload difference",
  },
  "governance.approval_decision": {
    ...about,
    technical: "request_id approves decided_at",
    staff: "decider_id behalf_of note",
  },
} as const satisfies DataMap;
