import { type Fact, lastDay, ofMonths, total, trend } from "../fact.ts";

const share = (part: string) => `(${total(part, 3)})::double precision / nullif(${total("out_count", 3)}, 0)`;

/** How the customer pays and is served. */
export const channelUse: readonly Fact[] = [
  ...["card", "cash", "digital", "automatic", "transfer"].map((name) =>
    ofMonths({ key: `${name}_count`, kind: "count", group: "channels", months: 3, sql: total(`${name}_count`, 3) }),
  ),
  ...["card", "cash", "digital", "transfer"].map((name) =>
    ofMonths({ key: `${name}_minor`, kind: "money", group: "channels", months: 3, sql: total(`${name}_minor`, 3) }),
  ),
  ofMonths({ key: "branch_count", kind: "count", group: "channels", months: 12, sql: total("branch_count", 12) }),
  ofMonths({ key: "digital_share", kind: "share", group: "channels", months: 3, sql: share("digital_count") }),
  ofMonths({ key: "cash_share", kind: "share", group: "channels", months: 3, sql: share("cash_count") }),
  ofMonths({ key: "card_trend", kind: "number", group: "channels", months: 12, sql: trend("card_count") }),
  // Standing orders and direct debits that are cancelled show here first.
  ofMonths({ key: "automatic_trend", kind: "number", group: "channels", months: 12, sql: trend("automatic_count") }),
  ofMonths({ key: "last_card_on", kind: "days", group: "channels", sql: lastDay("last_card_on") }),
  ofMonths({ key: "last_cash_on", kind: "days", group: "channels", sql: lastDay("last_cash_on") }),
  ofMonths({ key: "last_digital_on", kind: "days", group: "channels", sql: lastDay("last_digital_on") }),
];
