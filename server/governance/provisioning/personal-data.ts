import type { DataMap } from "../../platform/data-map/index.ts";

export const provisioningData = {
  "governance.people_group": {
    subject: null,
    purpose: "administration",
    retention: "staff_accounts",
    technical: "group_id external_id version created_at changed_at",
    none: "name",
  },
  "governance.people_group_member": {
    subject: null,
    purpose: "administration",
    retention: "staff_accounts",
    technical: "group_id",
    staff: "user_id",
  },
  "governance.people_group_role": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    technical: "set_at",
    none: "group_name role_id unit_id",
    staff: "set_by",
  },
  "governance.provisioned_person": {
    subject: null,
    purpose: "administration",
    retention: "staff_accounts",
    technical: "external_id changed_at created_at removed_at",
    staff: "user_id",
  },
} as const satisfies DataMap;
