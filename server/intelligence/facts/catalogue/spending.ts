import { amount, type Fact, ofMonths, total, trend, within } from "../fact.ts";

const yearly = ["housing", "daily", "leisure", "travel", "saving", "insurance", "fee", "loan", "remittance"] as const;
const changing = ["daily", "leisure", "travel", "remittance"] as const;

/** What the money goes to. */
export const spending: readonly Fact[] = [
  ...yearly.map((name) =>
    ofMonths({ key: `${name}_minor`, kind: "money", group: "spending", months: 12, sql: total(`${name}_minor`, 12) }),
  ),
  // A journey, a child, a flat to furnish: what the money goes to changes before people say so.
  ...changing.map((name) => ofMonths({ key: `${name}_trend`, kind: "number", group: "spending", months: 12, sql: trend(`${name}_minor`) })),
  // Paid in another currency than most of the customer's money is in.
  ofMonths({
    key: "foreign_share",
    kind: "share",
    group: "spending",
    months: 12,
    sql: `coalesce(sum(${amount("out_minor")}) filter (where b.currency <> b.main_currency and ${within(12)}), 0)::double precision / nullif(${total("out_minor", 12)}, 0)`,
  }),
];
