import type { DataMap } from "../../platform/data-map/index.ts";

const parts = "asset_margin deposit_margin fees interchange exchange_margin activity_cost expected_loss acquisition_cost capital_charge";

export const profitData = {
  "intelligence.profit_parameters": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "version_no valid_from body state applied_at proposed_at",
    technical: "proposed_by",
    free_text: "reason",
  },
  "intelligence.value_model": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "month body learned_at",
  },
  "intelligence.holding_profit": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "transactions",
    technical: "party_id holding_id customer_id version_no",
    financial: `month product currency asset_minor deposit_minor undrawn_minor customer_rate term_months months_open in_arrears fees_minor card_spend_minor exchange_minor activities own_count own_days first_own_on last_own_on ${parts}`,
  },
  "intelligence.customer_value": {
    subject: "customer_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "customer_id basis",
    financial: `month ${parts} profit_minor economic_minor volume_minor unpriced last_own_on own_count recency frequency margin lifetime_minor activity_minor potential_minor stays`,
  },
  "intelligence.parameter_effect": {
    subject: "customer_id",
    purpose: "administration",
    retention: "transactions",
    technical: "version_no customer_id",
    financial: "before_minor after_minor currency_minor rates_minor income_minor costs_minor losses_minor acquisition_minor capital_minor",
  },
  "intelligence.customer_tier": {
    subject: "customer_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "customer_id version_no",
    financial: "tier since below_count month reasons",
  },
  "intelligence.tier_move": {
    subject: "customer_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "move_id customer_id version_no",
    financial: "from_tier to_tier move on_day reasons",
  },
  "intelligence.tier_appeal": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "relationship",
    none: "state until asked_at decided_at",
    technical: "party_id appeal_id asked_by decided_by",
    financial: "tier",
    free_text: "reason note",
  },
} as const satisfies DataMap;
