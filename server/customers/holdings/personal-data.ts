import type { DataMap } from "../../platform/data-map/index.ts";

export const holdingData = {
  "customers.balance": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "transactions",
    none: "kind",
    technical: "party_id holding_id source_id balance_id load_no seen_load_no",
    financial: "balance_on amount_minor currency",
  },
  "customers.holding": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "relationship",
    none: "branch_code",
    technical: "party_id holding_id source_id source_key attached_to changed_at load_no",
    financial:
      "kind class number product_code product_name currency status opened_on matures_on closed_on amount_minor rate balance_minor balance_on stated_balance_minor stated_balance_on last_transaction_on running_balance_minor",
    free_text: "details",
  },
  "customers.holding_role": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "party_id holding_id role_id owner_party_id source_id source_key load_no",
    financial: "role",
  },
  "customers.transaction": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "transactions",
    technical: "party_id transaction_id holding_id line_no load_no source_id source_key",
    financial: "booked_on amount_minor balance_after_minor currency value_on category channel",
    free_text: "description",
    third_party: "counterparty_name counterparty_account",
  },
  "customers.transaction_key": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "transactions",
    none: "booked_on",
    technical: "source_id source_key party_id transaction_id content_hash load_no seen_load_no",
  },
} as const satisfies DataMap;
