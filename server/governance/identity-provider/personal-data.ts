import type { DataMap } from "../../platform/data-map/index.ts";

export const identityProviderData = {
  "governance.identity_provider": {
    subject: null,
    purpose: "security",
    retention: "kept",
    technical: "provider_id enabled tried_at changed_at version",
    none: "name issuer client_id links_by_email group_claim local_sign_in",
    staff: "changed_by",
  },
  "governance.identity_provider_secret": {
    subject: null,
    purpose: "security",
    retention: "kept",
    technical: "provider_id changed_at",
    secret: "sealed_secret",
  },
  "governance.emergency_account": {
    subject: null,
    purpose: "security",
    retention: "staff_accounts",
    technical: "named_at",
    staff: "user_id named_by",
  },
  "governance.external_identity": {
    subject: null,
    purpose: "security",
    retention: "staff_accounts",
    technical: "linked_at last_used_at",
    staff: "issuer subject user_id",
  },
  "governance.provider_session": {
    subject: null,
    purpose: "security",
    retention: "short_lived",
    technical: "session_id",
    staff: "issuer subject provider_sid",
    secret: "sealed_id_token",
  },
} as const satisfies DataMap;
