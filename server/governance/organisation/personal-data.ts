import type { DataMap } from "../../platform/data-map/index.ts";

export const organisationData = {
  "governance.organisation_unit": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "unit_id parent_id kind code name names place_code active version load_no",
  },
  "governance.portfolio": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "portfolio_id code name unit_id version load_no",
    staff: "owner_user_id",
  },
  "governance.unit_reach": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "unit_id below_id",
  },
} as const satisfies DataMap;
