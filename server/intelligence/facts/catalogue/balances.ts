import { balanceAt, type Fact, ofBalances } from "../fact.ts";

const assets = (where = "true", ago = 0) => balanceAt("assets", where, ago);
const debts = (where = "true", ago = 0) => balanceAt("debts", where, ago);

/** What lies here and what is owed at the end of the month; only balances that were known by then. */
export const balances: readonly Fact[] = [
  ofBalances({ key: "assets_minor", kind: "money", group: "balances", sql: assets() }),
  ofBalances({ key: "debts_minor", kind: "money", group: "balances", sql: debts() }),
  ofBalances({ key: "current_minor", kind: "money", group: "balances", sql: assets("b.kind = 'current_account'") }),
  ofBalances({ key: "savings_minor", kind: "money", group: "balances", sql: assets("b.kind = 'savings_account'") }),
  ofBalances({ key: "deposits_minor", kind: "money", group: "balances", sql: assets("b.kind = 'term_deposit'") }),
  ofBalances({ key: "investments_minor", kind: "money", group: "balances", sql: assets("b.kind = 'investment'") }),
  ofBalances({ key: "loans_minor", kind: "money", group: "balances", sql: debts("b.kind in ('loan', 'mortgage')") }),
  ofBalances({
    key: "assets_average_minor",
    kind: "money",
    group: "balances",
    months: 6,
    sql: "coalesce(sum(b.assets * (least(b.next_no, @until + 1) - greatest(b.month_no, @until - 5))) filter (where b.next_no > @until - 5), 0) / 6",
  }),
  ofBalances({
    key: "assets_low_minor",
    kind: "money",
    group: "balances",
    months: 3,
    sql: "coalesce(min(b.low) filter (where b.kind in ('current_account', 'savings_account') and b.next_no > @until - 2), 0)",
  }),
  ofBalances({ key: "assets_change_minor", kind: "money", group: "balances", months: 3, sql: `${assets()} - ${assets("true", 3)}` }),
  ofBalances({
    key: "assets_change",
    kind: "number",
    group: "balances",
    months: 3,
    sql: `(${assets()} - ${assets("true", 3)})::double precision / nullif(${assets("true", 3)}, 0)`,
  }),
  ofBalances({ key: "debts_change_minor", kind: "money", group: "balances", months: 3, sql: `${debts()} - ${debts("true", 3)}` }),
];
