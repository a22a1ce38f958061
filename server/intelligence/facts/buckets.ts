/** Words of channels and categories as banks write them, and the few kinds that facts tell apart. Compared in lower case, spaces as underscores. */
export const channels = {
  card: ["pos", "card", "card_payment", "debit_card", "credit_card", "contactless", "ecommerce"],
  cash: ["atm", "cash", "cash_withdrawal", "cash_deposit", "card_withdrawal", "teller_cash"],
  digital: ["online", "mobile", "internet", "app", "web", "internet_banking", "mobile_banking"],
  branch: ["branch", "counter", "teller"],
  automatic: ["standing_order", "direct_debit"],
  transfer: ["bank", "transfer", "wire", "sepa", "swift", "incoming_transfer", "outgoing_transfer"],
} as const;

export const categories = {
  cash: ["cash"],
  transfer: ["transfer"],
  housing: ["rent", "mortgage", "household", "utilities", "telecom", "housing"],
  daily: ["groceries", "fuel", "transport", "health", "education"],
  leisure: ["restaurant", "shopping", "entertainment", "leisure"],
  travel: ["travel", "hotel", "airline"],
  saving: ["savings", "saving", "investment", "deposit"],
  insurance: ["insurance"],
  fee: ["fee", "fees", "statement_fee", "penalty_interest", "penalty"],
  loan: ["loan", "loan_payment", "leasing", "card_payment"],
  remittance: ["remittance"],
  salary: ["salary", "wage", "wages", "pension", "allowance", "benefit"],
  /** What the bank itself books; nobody decided it. */
  ownBank: ["interest", "fee", "fees", "statement_fee", "penalty_interest", "loan_payout"],
} as const;

const list = (words: readonly string[]) => `(${words.map((word) => `'${word}'`).join(", ")})`;
const channel = (name: keyof typeof channels) => `t.channel in ${list(channels[name])}`;
const category = (name: keyof typeof categories) => `t.category in ${list(categories[name])}`;

const isIn = "t.amount_minor > 0";
const isOut = "t.amount_minor < 0";
const isCash = `(${channel("cash")} or ${category("cash")})`;
const isTransfer = `(${channel("transfer")} or ${category("transfer")}) and not ${isCash}`;
const isElsewhere = `${isOut} and t.own_name`;
const isInitiated = `${isOut} and ${channel("automatic")} is not true and ${category("ownBank")} is not true`;

const count = (where: string) => `nullif(count(*) filter (where ${where}), 0)::int`;
const money = (where: string) => `nullif(abs(sum(t.amount_minor) filter (where ${where})), 0)::bigint`;
const last = (where: string) => `max(t.booked_on) filter (where ${where})`;

/** Columns of intelligence.party_month, over the bookings `t` of one party, month and currency. */
export const buckets: Readonly<Record<string, string>> = {
  in_count: count(isIn),
  out_count: count(isOut),
  card_count: count(`${isOut} and ${channel("card")}`),
  cash_count: count(`${isOut} and ${isCash}`),
  digital_count: count(`${isOut} and ${channel("digital")}`),
  branch_count: count(channel("branch")),
  automatic_count: count(`${isOut} and ${channel("automatic")}`),
  transfer_count: count(`${isOut} and ${isTransfer}`),
  own_elsewhere_count: count(isElsewhere),
  payee_count: `nullif(count(distinct coalesce(t.counterparty_account, t.counterparty_name)) filter (where ${isOut}), 0)::int`,
  in_minor: money(isIn),
  out_minor: money(isOut),
  card_minor: money(`${isOut} and ${channel("card")}`),
  cash_minor: money(`${isOut} and ${isCash}`),
  cash_in_minor: money(`${isIn} and ${isCash}`),
  digital_minor: money(`${isOut} and ${channel("digital")}`),
  automatic_minor: money(`${isOut} and ${channel("automatic")}`),
  transfer_minor: money(`${isOut} and ${isTransfer}`),
  housing_minor: money(`${isOut} and ${category("housing")}`),
  daily_minor: money(`${isOut} and ${category("daily")}`),
  leisure_minor: money(`${isOut} and ${category("leisure")}`),
  travel_minor: money(`${isOut} and ${category("travel")}`),
  saving_minor: money(`${isOut} and ${category("saving")}`),
  insurance_minor: money(`${isOut} and ${category("insurance")}`),
  fee_minor: money(`${isOut} and ${category("fee")}`),
  loan_minor: money(`${isOut} and ${category("loan")}`),
  remittance_minor: money(`${isOut} and ${category("remittance")}`),
  own_elsewhere_minor: money(isElsewhere),
  salary_minor: money(`${isIn} and ${category("salary")}`),
  salary_day: `min(extract(day from t.booked_on)::smallint) filter (where ${isIn} and ${category("salary")})`,
  // Amount and day in one number: the largest, and of equal ones the latest.
  largest_in_minor: `(max(t.amount_minor * 32 + extract(day from t.booked_on)::int) filter (where ${isIn})) >> 5`,
  largest_in_day: `((max(t.amount_minor * 32 + extract(day from t.booked_on)::int) filter (where ${isIn})) & 31)::smallint`,
  last_in_on: last(isIn),
  last_out_on: last(isOut),
  last_initiated_on: last(isInitiated),
  last_card_on: last(`${isOut} and ${channel("card")}`),
  last_cash_on: last(`${isOut} and ${isCash}`),
  last_digital_on: last(`${isOut} and ${channel("digital")}`),
};
