import { type Fact, lastDay, ofMonths, total, trend, within } from "../fact.ts";

const windows = [1, 3, 6, 12] as const;

/** Bookings and money in and out, over the last whole months. */
export const activity: readonly Fact[] = [
  ...windows.flatMap((months) => [
    ofMonths({ key: `in_count_${months}m`, kind: "count", group: "activity", months, sql: total("in_count", months) }),
    ofMonths({ key: `out_count_${months}m`, kind: "count", group: "activity", months, sql: total("out_count", months) }),
    ofMonths({ key: `in_${months}m_minor`, kind: "money", group: "activity", months, sql: total("in_minor", months) }),
    ofMonths({ key: `out_${months}m_minor`, kind: "money", group: "activity", months, sql: total("out_minor", months) }),
  ]),
  ofMonths({ key: "in_trend", kind: "number", group: "activity", months: 12, sql: trend("in_minor") }),
  ofMonths({ key: "out_trend", kind: "number", group: "activity", months: 12, sql: trend("out_minor") }),
  ofMonths({ key: "out_count_trend", kind: "number", group: "activity", months: 12, sql: trend("out_count") }),
  ofMonths({
    key: "active_months",
    kind: "count",
    group: "activity",
    months: 12,
    sql: `count(distinct b.month_no) filter (where b.last_initiated_on is not null and ${within(12)})`,
  }),
  ofMonths({
    key: "last_booked_on",
    kind: "days",
    group: "activity",
    sql: `greatest(${lastDay("last_in_on")}, ${lastDay("last_out_on")})`,
  }),
  // Decided by the customer: neither an order that runs by itself nor what the bank books.
  ofMonths({ key: "last_initiated_on", kind: "days", group: "activity", sql: lastDay("last_initiated_on") }),
];
