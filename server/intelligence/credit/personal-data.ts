import type { DataMap } from "../../platform/data-map/index.ts";

const ofCustomer = { subject: "customer_id", purpose: "customer_relationship", retention: "relationship" } as const;
const ofParty = { subject: "party_id", purpose: "customer_relationship", retention: "relationship" } as const;
const ofNobody = { subject: null, purpose: "administration", retention: "kept" } as const;

export const creditData = {
  "intelligence.credit_policy": {
    ...ofNobody,
    none: "version_no policy state reason proposed_at in_force_at",
    staff: "proposed_by",
  },
  "intelligence.credit_exposure": {
    ...ofCustomer,
    technical: "customer_id holding_id branch_id",
    financial: "kind product_name currency days_past_due drawn_minor limit_minor default_minor loss_given_default expected_loss_minor",
  },
  "intelligence.credit_rating": {
    ...ofCustomer,
    technical: "customer_id branch_id rated_on policy_version model_no",
    profile: "basis points probability challenger_probability band reasons salary_stopped",
    financial: "days_past_due drawn_minor committed_minor default_minor expected_loss_minor",
  },
  "intelligence.credit_rating_month": {
    ...ofCustomer,
    technical: "customer_id month",
    profile: "band probability",
    financial: "default_minor",
  },
  "intelligence.credit_group_member": { ...ofCustomer, technical: "customer_id group_id" },
  "intelligence.credit_limit": {
    ...ofParty,
    technical: "party_id limit_id scope set_at",
    financial: "amount_minor valid_until",
    free_text: "reason",
    staff: "set_by",
  },
  "intelligence.watch_entry": {
    ...ofParty,
    technical: "party_id watch_id version entered_at reviewed_at left_at",
    profile: "rule review_on",
    free_text: "reason actions left_reason",
    staff: "entered_by reviewed_by left_by",
  },
  "intelligence.credit_alert": {
    ...ofParty,
    technical: "party_id alert_id opened_at closed_at seen_at",
    profile: "kind detail",
    staff: "seen_by",
  },
  "intelligence.credit_application": {
    ...ofParty,
    technical: "party_id application_id customer_id entered_at decided_at",
    financial: "kind currency amount_minor term_months yearly_rate collateral_minor approved_minor",
    profile: "judgement suggestion state",
    free_text: "purpose decision_reason",
    staff: "entered_by decided_by",
  },
  "intelligence.market_position": {
    ...ofCustomer,
    technical: "customer_id branch_id",
    financial: "currency is_income assets_minor debts_minor duration_minor convexity_minor floating_minor",
  },
} as const satisfies DataMap;
