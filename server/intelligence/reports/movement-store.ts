import { sql } from "../../platform/db/index.ts";
import { monthNoSql } from "../facts/index.ts";
import type { Predicate } from "../segments/index.ts";
import type { Sql } from "./dimension-store.ts";
import { type MovementSource, movements } from "./measures.ts";

export interface Moved {
  /** Months by number, both included. */
  readonly from: number;
  readonly to: number;
  /** Minor units of the reporting currency in one minor unit of each currency. */
  readonly factors: ReadonlyMap<string, number>;
  /** Of whom alone, over `f`: so that a branch does not read what the whole bank moved. null: of everybody. */
  readonly among: Predicate | null;
  /** One row a customer and month, in place of one a customer. */
  readonly byMonth: boolean;
}

const sums = (columns: readonly string[]) => columns.map((column) => `h.${column}`).join(" + ");
const PROFIT = [
  "asset_margin",
  "deposit_margin",
  "fees",
  "interchange",
  "exchange_margin",
  "activity_cost",
  "expected_loss",
  "acquisition_cost",
];

/** Rows of customer_id, month_no and one column a movement, of each customer once a month at most where `f` is not asked by month. */
export function movedRows(keys: readonly string[], moved: Moved): Sql {
  const wanted = movements.filter(({ of }) => keys.includes(of));
  // Customers alone: those who did anything.
  const sources = wanted.length === 0 ? (["booking"] as const) : [...new Set(wanted.map(({ source }) => source))];
  const rows = sources.map((source) => {
    const columns = wanted.map((one) =>
      one.source === source ? sql`${valueSql(one.of, moved)} as ${sql.raw(one.of)}` : sql`0::bigint as ${sql.raw(one.of)}`,
    );
    return sql`select ${keysOf(source)}${columns.length === 0 ? sql`` : sql`, ${sql.join(columns)}`} ${from(source, moved)}`;
  });
  const total = sql.raw(wanted.map(({ of }) => `, sum(${of})::bigint as ${of}`).join(""));
  const by = sql.raw(moved.byMonth ? "customer_id, month_no" : "customer_id");
  return sql`select ${by}${total} from (${sql.join(rows, sql` union all `)}) s group by ${by}`;
}

function keysOf(source: MovementSource): Sql {
  if (source === "booking") return sql`p.customer_id, b.month_no::int as month_no`;
  if (source === "joined") return sql.raw(`j.customer_id, ${monthNoSql("j.customer_since")} as month_no`);
  if (source === "profit") return sql.raw(`h.customer_id, ${monthNoSql("h.month")} as month_no`);
  return sql.raw(`p.customer_id, ${monthNoSql(source === "opened" ? "h.opened_on" : "h.closed_on")} as month_no`);
}

/** What one minor unit is worth; nothing where a currency has no rate. Told in the row: a join would be the dearest part of it. */
function factorOf(alias: "b" | "h", factors: Moved["factors"]): Sql {
  const rates = [...factors].map(([currency, factor]) => sql`when ${currency}::char(3) then ${factor}::float8`);
  return rates.length === 0 ? sql`0` : sql`case ${sql.raw(`${alias}.currency`)} ${sql.join(rates, sql` `)} else 0 end`;
}

/** Money of bookings at the rates of the day of the facts; what profits were reckoned at stands in them. */
function valueSql(key: string, { byMonth, from: first, to, factors }: Moved): Sql {
  const months = byMonth ? 1 : to - first + 1;
  switch (key) {
    case "new_customers":
    case "opened_count":
    case "closed_count":
      return sql`1::bigint`;
    case "profit_minor":
      return sql.raw(`(${sums(PROFIT)})::bigint`);
    case "economic_profit_minor":
      return sql.raw(`(${sums([...PROFIT, "capital_charge"])})::bigint`);
    // Over several months the average of them, not their sum.
    case "deposits_average_minor":
      return sql`(h.deposit_minor * ${factorOf("h", factors)} / ${months}::int)::bigint`;
    case "lending_average_minor":
      return sql`(h.asset_minor * ${factorOf("h", factors)} / ${months}::int)::bigint`;
    default:
      return key.endsWith("_minor")
        ? sql`(coalesce(${sql.raw(`b.${key}`)}, 0) * ${factorOf("b", factors)})::bigint`
        : sql.raw(`coalesce(b.${key}, 0)::bigint`);
  }
}

function from(source: MovementSource, { from: first, to, among }: Moved): Sql {
  const of = (column: string): Sql =>
    among === null ? sql`` : sql`and ${sql.raw(column)} in (select f.customer_id from intelligence.customer_fact f where ${among})`;
  const day = (month: number): Sql => sql`make_date(${month}::int / 12, ${month}::int % 12 + 1, 1)`;
  switch (source) {
    case "booking":
      return sql`from intelligence.party_month b join customers.published_party p using (party_id)
        where b.month_no between ${first}::int and ${to}::int ${of("p.customer_id")}`;
    case "profit":
      return sql`from intelligence.holding_profit h where h.month >= ${day(first)} and h.month < ${day(to + 1)} ${of("h.customer_id")}`;
    case "joined":
      return sql`from intelligence.customer_fact j where j.customer_since >= ${day(first)} and j.customer_since < ${day(to + 1)} ${of("j.customer_id")}`;
    default: {
      const on = sql.raw(source === "opened" ? "h.opened_on" : "h.closed_on");
      return sql`from customers.published_holding h join customers.published_party p on p.party_id = h.party_id
        where h.role = 'owner' and ${on} >= ${day(first)} and ${on} < ${day(to + 1)} ${of("p.customer_id")}`;
    }
  }
}
