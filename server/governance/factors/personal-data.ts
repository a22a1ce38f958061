import type { DataMap } from "../../platform/data-map/index.ts";

export const factorData = {
  "governance.passkey": {
    subject: null,
    purpose: "security",
    retention: "staff_accounts",
    technical: "user_id transports created_at last_used_at",
    staff: "name",
    secret: "credential_id public_key counter",
  },
  "governance.recovery_code": {
    subject: null,
    purpose: "security",
    retention: "staff_accounts",
    technical: "user_id used_at",
    secret: "code_hash",
  },
  "governance.totp": {
    subject: null,
    purpose: "security",
    retention: "staff_accounts",
    technical: "user_id created_at confirmed_at last_step",
    secret: "sealed_seed",
  },
} as const satisfies DataMap;
