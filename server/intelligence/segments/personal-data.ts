import type { DataMap } from "../../platform/data-map/index.ts";

const kept = { purpose: "customer_relationship", retention: "relationship" } as const;

export const segmentData = {
  "intelligence.segment": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "segment_id name note shared definition permissions version created_at changed_at computed_at members archived_at answerable",
    staff: "owner_id",
  },
  "intelligence.segment_version": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "segment_id version name definition changed_at",
    staff: "changed_by",
  },
  "intelligence.segment_member": { subject: "customer_id", ...kept, technical: "customer_id", profile: "segment_id joined_on" },
  "intelligence.segment_move": { subject: "customer_id", ...kept, technical: "customer_id", profile: "segment_id moved_on joined" },
  "intelligence.segment_day": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    none: "segment_id day version members joined gone makeup",
  },
  "intelligence.cluster_run": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    none: "run_id ordered_at finished_at parameters result failure",
    staff: "ordered_by",
  },
} as const satisfies DataMap;
