import { type Fact, ofPay } from "../fact.ts";

/** Regular pay, by its category or by coming in like amounts month by month (see compile.ts). */
export const pay: readonly Fact[] = [
  ofPay({ key: "salary_minor", kind: "money", group: "income", months: 6, sql: "coalesce(case when s.is_regular then s.typical end, 0)" }),
  ofPay({ key: "salary_months", kind: "count", group: "income", months: 6, sql: "coalesce(s.months, 0)" }),
  ofPay({ key: "salary_day", kind: "number", group: "income", months: 6, sql: "case when s.is_regular then s.day end" }),
  ofPay({ key: "has_salary", kind: "flag", group: "income", months: 6, sql: "coalesce(s.is_regular, false)" }),
  // It came in at least three of the four months before, and not in the last one.
  ofPay({ key: "salary_missed", kind: "flag", group: "income", months: 6, sql: "coalesce(s.is_missed, false)" }),
];
