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
const channel = (name: keyof typeof channels) => `n.channel in ${list(channels[name])}`;
const category = (name: keyof typeof categories) => `n.category in ${list(categories[name])}`;
const isCash = `(${channel("cash")} or ${category("cash")})`;

/** What a pair of words `n` (channel, category) means: asked once a pair, not once a booking. */
export const meanings: Readonly<Record<string, string>> = {
  card: channel("card"),
  cash: isCash,
  digital: channel("digital"),
  branch: channel("branch"),
  automatic: channel("automatic"),
  transfer: `(${channel("transfer")} or ${category("transfer")}) and not ${isCash}`,
  movable: `not ${isCash} and not ${channel("card")}`,
  initiated: `not (${channel("automatic")}) and not (${category("ownBank")})`,
  housing: category("housing"),
  daily: category("daily"),
  leisure: category("leisure"),
  travel: category("travel"),
  saving: category("saving"),
  insurance: category("insurance"),
  fee: category("fee"),
  loan: category("loan"),
  remittance: category("remittance"),
  salary: category("salary"),
};

const isIn = "t.amount_minor > 0";
const isOut = "t.amount_minor < 0";
const isElsewhere = `${isOut} and w.movable and lower(t.counterparty_name) in (lower(p.full_name), lower(p.latin_name))`;

const count = (where: string) => `nullif(count(*) filter (where ${where}), 0)::int`;
const paid = (where: string) => `-sum(t.amount_minor) filter (where ${isOut} and ${where})`;
const received = (where: string) => `sum(t.amount_minor) filter (where ${isIn} and ${where})`;
const last = (where: string) => `max(t.booked_on) filter (where ${where})`;
const outCount = (name: string) => count(`${isOut} and w.${name}`);

/** Columns of intelligence.party_month, over the bookings `t` of one party `p`, month and currency, each with the meanings `w` of its words. */
export const buckets: Readonly<Record<string, string>> = {
  in_count: count(isIn),
  out_count: count(isOut),
  ...Object.fromEntries(["card", "cash", "digital", "automatic", "transfer"].map((name) => [`${name}_count`, outCount(name)])),
  branch_count: count("w.branch"),
  own_elsewhere_count: count(isElsewhere),
  in_minor: received("true"),
  out_minor: paid("true"),
  cash_in_minor: received("w.cash"),
  ...Object.fromEntries(
    [
      ...["card", "cash", "digital", "automatic", "transfer"],
      ...["housing", "daily", "leisure", "travel", "saving", "insurance", "fee", "loan", "remittance"],
    ].map((name) => [`${name}_minor`, paid(`w.${name}`)]),
  ),
  own_elsewhere_minor: `-sum(t.amount_minor) filter (where ${isElsewhere})`,
  salary_minor: received("w.salary"),
  salary_day: `(min(t.booked_on) filter (where ${isIn} and w.salary) - date_trunc('month', min(t.booked_on))::date + 1)::smallint`,
  // Amount and day in one number: the largest, and of equal ones the latest.
  largest_in_minor: `(max(t.amount_minor * 32 + extract(day from t.booked_on)::int) filter (where ${isIn})) >> 5`,
  largest_in_day: `((max(t.amount_minor * 32 + extract(day from t.booked_on)::int) filter (where ${isIn})) & 31)::smallint`,
  last_in_on: last(isIn),
  last_out_on: last(isOut),
  last_initiated_on: last(`${isOut} and w.initiated`),
  last_card_on: last(`${isOut} and w.card`),
  last_cash_on: last(`${isOut} and w.cash`),
  last_digital_on: last(`${isOut} and w.digital`),
};
