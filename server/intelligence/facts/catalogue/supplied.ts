import { type Fact, supplied } from "../fact.ts";

/** What other modules find out and write with supplyFacts; each owns its lines. */
export const results: readonly Fact[] = [
  // value
  supplied({ key: "tier", kind: "code", group: "value" }),
  supplied({ key: "profit_minor", kind: "money", group: "value", months: 12, permission: "profit:read" }),
  supplied({ key: "lifetime_value_minor", kind: "money", group: "value", permission: "profit:read" }),
  supplied({ key: "potential_minor", kind: "money", group: "value", permission: "profit:read" }),
  supplied({ key: "rfm", kind: "code", group: "value" }),
  // scores
  supplied({ key: "churn_share", kind: "share", group: "scores" }),
  supplied({ key: "churn_band", kind: "code", group: "scores", codes: ["low", "medium", "high"] }),
  supplied({ key: "response_share", kind: "share", group: "scores" }),
  supplied({ key: "next_product", kind: "code", group: "scores" }),
  supplied({ key: "next_product_share", kind: "share", group: "scores" }),
  // credit
  supplied({ key: "credit_score", kind: "number", group: "risk", permission: "credit:read" }),
  supplied({ key: "default_share", kind: "share", group: "risk", permission: "credit:read" }),
  supplied({ key: "risk_band", kind: "code", group: "risk", permission: "credit:read" }),
  supplied({ key: "expected_loss_minor", kind: "money", group: "risk", permission: "credit:read" }),
  supplied({ key: "on_watch_list", kind: "flag", group: "risk", permission: "credit:read" }),
  // fraud
  supplied({ key: "fraud_alerts_open", kind: "count", group: "fraud", permission: "fraud:read" }),
  supplied({ key: "fraud_score", kind: "share", group: "fraud", permission: "fraud:read" }),
  // offers
  supplied({ key: "next_offer", kind: "code", group: "offers" }),
];
