import type { DataMap } from "../../platform/data-map/index.ts";

export const keyData = {
  "governance.api_key": {
    subject: null,
    purpose: "security",
    retention: "audit_trail",
    technical: "key_id prefix scopes ip_ranges rows_per_day created_at expires_at approved_at revoked_at last_used_at",
    staff: "owner_id purpose revoked_by last_ip",
    secret: "token_hash",
  },
  "governance.api_key_rows": { subject: null, purpose: "security", retention: "audit_trail", technical: "key_id class day rows" },
} as const satisfies DataMap;
