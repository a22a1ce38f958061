import type { DataMap } from "../../platform/data-map/index.ts";

export const qualityData = {
  "customers.party_quality": {
    subject: "party_id",
    purpose: "data_quality",
    retention: "relationship",
    technical: "party_id customer_id source_id branch_id checked failing turns_on computed_at",
  },
  "customers.quality_day": {
    subject: null,
    purpose: "data_quality",
    retention: "kept",
    none: "day source_id branch_id rule_no records failing",
  },
  "customers.quality_figure": {
    subject: null,
    purpose: "data_quality",
    retention: "kept",
    none: "figure_no source_id branch_id rule_no records failing",
  },
  "customers.quality_placeholder": {
    subject: null,
    purpose: "data_quality",
    retention: "kept",
    none: "rule_no records found_at",
    free_text: "value",
  },
  "customers.quality_rule": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "rule_no dimension field parameter weight active changed_at",
  },
} as const satisfies DataMap;
