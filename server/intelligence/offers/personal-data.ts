import type { DataMap } from "../../platform/data-map/index.ts";

const settings = { subject: null, purpose: "administration", retention: "kept" } as const;

export const offerData = {
  "intelligence.offer_action": {
    ...settings,
    none: "action_id kind signal product purpose uses_profile place base_rate gain_minor gain_share cost_minor loss_minor default_max age_min age_max customer_kinds countries segment_id lever active version",
  },
  "intelligence.offer_policy": {
    ...settings,
    none: "only_one version hold_out_share random_share exploration_share refused_max refused_days pause_days later_days contacts_day contacts_week contacts_month phone_week email_week product_share_max exposure_min salt",
  },
  "intelligence.offer_change": { ...settings, none: "change_no action_id before after changed_at", staff: "reason changed_by" },
  "intelligence.offer_watch": { ...settings, none: "watched_on uneven" },
  "intelligence.offer_decision": {
    subject: "customer_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "customer_id decision_id is_current decided_on decided_at due_on arm_since versions fingerprint shown_at",
    profile: "arm explored propensity uses_profile top_action top_kind attention candidates",
  },
  "intelligence.offer_answer": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "party_id answer_id decision_id arm explored propensity answered_at",
    profile: "action_id answer channel",
    staff: "answered_by",
  },
} as const satisfies DataMap;
