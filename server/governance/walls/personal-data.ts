import type { DataMap } from "../../platform/data-map/index.ts";

export const wallData = {
  "governance.clearance": {
    subject: null,
    purpose: "compliance",
    retention: "audit_trail",
    technical: "clearance_id compartment_id given_at ended_at",
    staff: "person_id reason given_by ended_by",
  },
  "governance.compartment": {
    subject: null,
    purpose: "compliance",
    retention: "audit_trail",
    technical: "compartment_id kind opened_at seals",
    staff: "opened_by",
    secret: "code name conflict_set",
  },
} as const satisfies DataMap;
