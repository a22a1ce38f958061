/** Products that can be offered next, by the fact that counts them, and how many one may hold before it is no longer a new one. */
export const offeredProducts = [
  { item: "savings_account", fact: "savings_accounts_held", heldMax: 0 },
  { item: "term_deposit", fact: "deposits_held", heldMax: 0 },
  { item: "loan", fact: "loans_held", heldMax: 0 },
  { item: "mortgage", fact: "mortgages_held", heldMax: 0 },
  { item: "credit_line", fact: "credit_lines_held", heldMax: 0 },
  // A debit card comes with the account; a second card is a credit card.
  { item: "card", fact: "cards_held", heldMax: 1 },
  { item: "investment", fact: "investments_held", heldMax: 0 },
  { item: "insurance", fact: "insurances_held", heldMax: 0 },
  { item: "current_account", fact: "accounts_held", heldMax: 0 },
] as const;

export type OfferedProduct = (typeof offeredProducts)[number];
