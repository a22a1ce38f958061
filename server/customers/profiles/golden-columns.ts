/** Values of the parties themselves. */
export const attributes = [
  "full_name", "given_name", "family_name", "latin_name", "sex", "born_on", "nationality", "language", "occupation", "industry",
  "legal_form", "segment", "marital_status", "customer_since", "deceased_on",
] as const; // biome-ignore format: one list
/** The best contact point of each kind. */
export const contactAttributes = ["phone", "email", "city", "country"] as const;
/** From holdings. */
export const computed = [
  "party_count",
  "holding_count",
  "holding_kinds",
  "currency",
  "assets_minor",
  "debts_minor",
  "other_currencies",
  "last_transaction_on",
  "in_arrears",
] as const;
