/** What a customer may hold; the check of customers.holding has the same list. */
export const holdingKinds = [
  "current_account",
  "savings_account",
  "term_deposit",
  "loan",
  "mortgage",
  "credit_line",
  "card",
  "standing_order",
  "investment",
  "insurance",
] as const;
