import type { DataMap } from "../../platform/data-map/index.ts";

export const encryptionData = {
  "governance.key_rotation": {
    subject: null,
    purpose: "security",
    retention: "audit_trail",
    technical: "rotation_id column_name part step key_no ordered_at after_id resealed finished_at problem",
    staff: "ordered_by",
  },
} as const satisfies DataMap;
