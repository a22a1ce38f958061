import type { DataMap } from "../../platform/data-map/index.ts";

export const customerSealData = {
  "customers.seal": {
    subject: "party_id",
    purpose: "compliance",
    retention: "audit_trail",
    technical: "seal_id party_id source_id source_key customer_no sealed_at lifted_at",
    staff: "sealed_by lifted_by",
    secret: "compartment_id reason lift_reason",
  },
} as const satisfies DataMap;
