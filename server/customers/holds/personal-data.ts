import type { DataMap } from "../../platform/data-map/index.ts";

const about = { purpose: "compliance", retention: "audit_trail" } as const;

export const holdData = {
  "customers.legal_hold": {
    ...about,
    subject: null,
    technical: "hold_id case_code customer_no until placed_at lifted_at",
    staff: "reason placed_by lifted_by lift_reason",
  },
  "customers.legal_hold_record": { ...about, subject: "party_id", technical: "hold_id party_id" },
} as const satisfies DataMap;
