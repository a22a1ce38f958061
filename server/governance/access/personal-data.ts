import type { DataMap } from "../../platform/data-map/index.ts";

export const accessData = {
  "governance.app_user": {
    subject: null,
    purpose: "administration",
    retention: "staff_accounts",
    technical: "version",
    staff: "user_id login display_name names email home_unit_id email_confirmed_at locale calendar digits theme active",
  },
  "governance.challenge": {
    subject: null,
    purpose: "security",
    retention: "short_lived",
    technical: "challenge_id user_id purpose expires_at",
    secret: "value",
  },
  "governance.credential": {
    subject: null,
    purpose: "security",
    retention: "staff_accounts",
    technical: "user_id changed_at failed_count locked_until",
    secret: "password_hash",
  },
  "governance.delegation": {
    subject: null,
    purpose: "administration",
    retention: "audit_trail",
    technical: "delegation_id valid_from valid_until created_at revoked_at version",
    staff: "from_user_id to_user_id role_ids reason created_by revoked_by",
  },
  "governance.invitation": {
    subject: null,
    purpose: "security",
    retention: "short_lived",
    technical: "user_id kind created_at expires_at used_at",
    staff: "created_by",
    secret: "token_hash",
  },
  "governance.role": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "role_id permissions name note built_in system retired_at version duties",
  },
  "governance.role_assignment": {
    subject: null,
    purpose: "administration",
    retention: "staff_accounts",
    technical: "valid_from valid_until granted_at version from_group",
    staff: "user_id role_id unit_id granted_by",
  },
  "governance.session": {
    subject: null,
    purpose: "security",
    retention: "short_lived",
    technical: "session_id user_id created_at last_seen_at expires_at revoked_at method",
    staff: "ip_address user_agent",
    secret: "token_hash",
  },
  "governance.sod_conflict": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "duty_a duty_b reason built_in created_at",
  },
  "governance.step_up": {
    subject: null,
    purpose: "security",
    retention: "short_lived",
    technical: "proof_id session_id user_id method proved_at expires_at used_at",
    secret: "action_hash",
  },
} as const satisfies DataMap;
