import type { DataMap } from "../../platform/data-map/index.ts";

export const consentData = {
  "customers.consent": {
    subject: "party_id",
    purpose: "consent",
    retention: "consent_evidence",
    technical: "party_id consent_id",
    profile: "purpose channel act lawful_basis text_version text_locale happened_at obtained_by reference recorded_at",
    free_text: "note",
    staff: "recorded_by",
  },
  "customers.consent_text": {
    subject: null,
    purpose: "consent",
    retention: "kept",
    none: "purpose version locale body published_at",
    staff: "published_by",
  },
  "customers.contact_purpose": {
    subject: null,
    purpose: "consent",
    retention: "kept",
    none: "purpose lawful_basis by_channel direct_marketing place version reason changed_at",
    staff: "changed_by",
  },
} as const satisfies DataMap;
