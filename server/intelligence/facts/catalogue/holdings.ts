import { type Fact, ofHoldings } from "../fact.ts";

const held = (where: string) => `count(*) filter (where h.is_open and ${where})`;
const kinds = {
  account: "h.kind = 'current_account'",
  savings_account: "h.kind = 'savings_account'",
  deposit: "h.kind = 'term_deposit'",
  loan: "h.kind = 'loan'",
  mortgage: "h.kind = 'mortgage'",
  credit_line: "h.kind = 'credit_line'",
  card: "h.kind = 'card'",
  standing_order: "h.kind = 'standing_order'",
  investment: "h.kind = 'investment'",
  insurance: "h.kind = 'insurance'",
};

/** What the customer holds, alone or jointly. */
export const holdings: readonly Fact[] = [
  ofHoldings({ key: "holding_count", kind: "count", group: "holdings", sql: held("true") }),
  ofHoldings({ key: "kind_count", kind: "count", group: "holdings", sql: "count(distinct h.kind) filter (where h.is_open)" }),
  ...Object.entries(kinds).map(([name, where]) => ofHoldings({ key: `${name}s_held`, kind: "count", group: "holdings", sql: held(where) })),
  ofHoldings({
    key: "opened_count",
    kind: "count",
    group: "holdings",
    months: 12,
    sql: "count(*) filter (where h.opened_on > @asOf - interval '12 months')",
  }),
  ofHoldings({
    key: "closed_count",
    kind: "count",
    group: "holdings",
    months: 12,
    sql: "count(*) filter (where h.closed_on > @asOf - interval '12 months' and h.closed_on <= @asOf)",
  }),
  ofHoldings({ key: "first_opened_on", kind: "days", group: "holdings", sql: "min(h.opened_on)" }),
  ofHoldings({ key: "last_opened_on", kind: "days", group: "holdings", sql: "max(h.opened_on)" }),
  ofHoldings({ key: "last_closed_on", kind: "days", group: "holdings", sql: "max(h.closed_on) filter (where h.closed_on <= @asOf)" }),
  ofHoldings({
    key: "next_maturity_on",
    kind: "ahead",
    group: "holdings",
    sql: "min(h.matures_on) filter (where h.is_open and h.matures_on > @asOf)",
  }),
  // Of today's balance, and of the limit as it is now.
  ofHoldings({
    key: "utilisation",
    kind: "share",
    group: "holdings",
    hasPast: false,
    sql: `sum(greatest(-h.balance_minor, 0)) filter (where h.is_open and h.kind in ('credit_line', 'card') and h.amount_minor > 0)::double precision
      / nullif(sum(h.amount_minor) filter (where h.is_open and h.kind in ('credit_line', 'card') and h.amount_minor > 0), 0)`,
  }),
  ofHoldings({
    key: "in_arrears",
    kind: "flag",
    group: "holdings",
    hasPast: false,
    sql: "coalesce(bool_or(h.status in ('in_arrears', 'defaulted')), false)",
  }),
];
