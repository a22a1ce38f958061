import type { DataMap } from "../../platform/data-map/index.ts";

export const fraudData = {
  "intelligence.fraud_alert": {
    subject: "party_id",
    purpose: "security",
    retention: "transactions",
    technical: "party_id alert_id version",
    financial: "first_at last_at payments amount_minor expected_loss_minor",
    profile: "state outcome action probability opened_at informed_at closed_at",
    staff: "assignee_id closed_by",
  },
  "intelligence.fraud_alert_event": {
    subject: "party_id",
    purpose: "security",
    retention: "transactions",
    technical: "party_id alert_id event_id kind at",
    free_text: "note",
    raw: "detail",
    staff: "person_id",
  },
  "intelligence.fraud_alert_payment": {
    subject: "party_id",
    purpose: "security",
    retention: "transactions",
    technical: "party_id alert_id source_id source_key holding_id set_no model_no is_live",
    financial: "happened_at has_time amount_minor currency bank_minor channel category country expected_loss_minor",
    profile: "probability action because rules reasons features is_fraud",
    third_party: "payee payee_name",
  },
  "intelligence.fraud_decision": {
    subject: "party_id",
    purpose: "security",
    retention: "transactions",
    technical: "source_id source_key account_key party_id holding_id received_at",
    financial: "happened_at amount_minor currency channel country category",
    profile: "answer",
    third_party: "payee payee_name",
  },
  "intelligence.fraud_followed": { subject: null, purpose: "operation", retention: "kept", none: "load_no payments alerts followed_at" },
  "intelligence.fraud_label": {
    subject: "party_id",
    purpose: "security",
    retention: "transactions",
    technical: "party_id source_id source_key label_no alert_id decided_at",
    financial: "happened_on",
    profile: "is_fraud",
    staff: "decided_by",
  },
  "intelligence.fraud_rule_set": {
    subject: null,
    purpose: "security",
    retention: "kept",
    none: "set_no title state version based_on hash written_at backtested_at activated_at",
    raw: "document backtest", // lists of a rule may name accounts; examples are payments
    staff: "written_by",
  },
  "intelligence.fraud_watch": { subject: null, purpose: "security", retention: "kept", none: "watched_on level signs" },
} as const satisfies DataMap;
