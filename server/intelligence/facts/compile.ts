import { columnType } from "./columns.ts";
import type { Fact, FactOrigin } from "./fact.ts";
import { lastDayOf, monthNoSql } from "./months.ts";

/** Between which months facts look. */
export interface FactWindow {
  /** The last month that is counted. */
  readonly untilMonth: number;
  /** The last month of which anything may be known: dates of the running month count, its money does not. In the past it is `untilMonth`. */
  readonly knownMonth: number;
  /** In the past, where something was known only later: the months as they were known (countKnownBy). */
  readonly asKnownThen?: boolean;
}

type Computed = Exclude<FactOrigin, "supplied">;

/** The customers come from fact_target, the rates from fact_rate: session tables of the store. */
const rowsOf: Readonly<Record<Computed, string>> = {
  customer: "",
  // b: every month of each party, with the customer's own currency; x: its rate. Without a rate the money is left out, the count stays.
  months: `
    from (select p.customer_id, c.currency as main_currency, m.* from fact_target k join customers.published_customer c using (customer_id)
      join customers.published_party p using (customer_id) join @partyMonths m on m.party_id = p.party_id where m.month_no <= @known) b
      left join fact_rate x on x.currency = b.currency
    group by b.customer_id`,
  // A month's pay is what came under a category of pay; for who never has any, the largest credit. `typical` is the median of six months, and a month
  // is like it within a quarter. Regular: three such months of pay, or four of mere credits.
  pay: `
    from (
      select v.customer_id, v.typical, count(*) filter (where v.alike) as months, count(*) filter (where v.alike) >= case when v.is_named then 3 else 4 end as is_regular,
        percentile_disc(0.5) within group (order by v.day) filter (where v.alike) as day,
        count(*) filter (where v.alike and v.month_no between @until - 4 and @until - 1) >= 3 and count(*) filter (where v.month_no = @until and v.amount * 2 >= v.typical) = 0 as is_missed
      from (
        select w.*, t.typical, abs(w.amount - t.typical) * 4 <= t.typical as alike
        from paid w join (select customer_id, percentile_disc(0.5) within group (order by amount) as typical from paid where amount > 0 group by customer_id) t using (customer_id)
        where w.amount > 0
      ) v group by v.customer_id, v.typical, v.is_named
    ) s`,
  // b: one row from each month in which a balance was known up to the month before next_no, in which another was or the holding was closed.
  balances: `
    from (
      select d.customer_id, d.kind, d.month_no, least(d.next_no, coalesce(d.closed_no, 32767)) as next_no,
        case when d.class = 'asset' then (greatest(d.end_minor, 0) * x.factor)::bigint else 0 end as assets,
        case when d.class <> 'service' then (-least(d.end_minor, 0) * x.factor)::bigint else 0 end as debts,
        (d.low_minor * x.factor)::bigint as low
      from (
        select h.*, s.month_no, s.end_minor, s.low_minor, lead(s.month_no, 1, 32767) over (partition by h.holding_id order by s.month_no) as next_no
        from (
          select p.customer_id, o.holding_id, o.owner_party_id, o.kind, o.class, o.currency, o.stated_balance_minor, o.stated_balance_on,
            ${monthNoSql("o.closed_on")} as closed_no,
            ${monthNoSql("o.stated_balance_on")} as stated_no
          from fact_target k join customers.published_party p using (customer_id)
            join customers.published_holding o on o.party_id = p.party_id and o.owner_party_id = p.party_id and o.role = 'owner'
        ) h cross join lateral (
          select m.month_no::int, m.end_minor, m.low_minor from @holdingMonths m
          where m.party_id = h.owner_party_id and m.holding_id = h.holding_id and m.month_no <= @until
          union all
          select h.stated_no, h.stated_balance_minor, h.stated_balance_minor where h.stated_balance_minor is not null and h.stated_no <= @until
            and not exists (select from intelligence.holding_month l where l.party_id = h.owner_party_id and l.holding_id = h.holding_id and l.month_no >= h.stated_no)
        ) s
      ) d left join fact_rate x on x.currency = d.currency
    ) b
    where b.next_no > b.month_no group by b.customer_id`,
  // h: each holding once, whichever of the customer's parties stand in it. That one is closed without a day tells of the past nothing: there it was open,
  // or a table of the past would know who leaves later.
  holdings: `
    from (
      select distinct on (p.customer_id, o.holding_id) p.customer_id, o.*,
        (o.opened_on is null or o.opened_on <= @seen) and (o.closed_on > @seen or (o.closed_on is null and (o.status <> 'closed' or @isPast))) as is_open
      from fact_target k join customers.published_party p using (customer_id) join customers.published_holding o on o.party_id = p.party_id
      where o.opened_on is null or o.opened_on <= @seen
      order by p.customer_id, o.holding_id
    ) h
    group by h.customer_id`,
  relations: `
    from (
      select p.customer_id, q.customer_id as other_id
      from fact_target k join customers.published_party p using (customer_id)
        join (select party_id, other_party_id, to_on from customers.published_relation
          union all select other_party_id, party_id, to_on from customers.published_relation) n on n.party_id = p.party_id
        join customers.published_party q on q.party_id = n.other_party_id
      where q.customer_id <> p.customer_id and (n.to_on is null or n.to_on > @seen)
    ) r
    group by r.customer_id`,
};

const paid = `paid as (
      select e.customer_id, e.month_no, e.is_named, case when e.is_named then e.salary else e.largest end as amount, case when e.is_named then e.salary_day else e.largest_day end as day
      from (
        select g.*, bool_or(g.salary > 0) over (partition by g.customer_id) as is_named
        from (
          select p.customer_id, m.month_no, sum((m.salary_minor * x.factor)::bigint) as salary, min(m.salary_day) as salary_day,
            max((m.largest_in_minor * x.factor)::bigint) as largest, max(m.largest_in_day) as largest_day
          from fact_target k join customers.published_party p using (customer_id) join @partyMonths m on m.party_id = p.party_id
            join fact_rate x on x.currency = m.currency
          where m.month_no > @until - 6 and m.month_no <= @until
          group by 1, 2
        ) g
      ) e
    )`;

const letters: Readonly<Record<Computed, string>> = { customer: "c", months: "b", pay: "s", balances: "b", holdings: "h", relations: "r" };

/**
 * The query that computes these facts for the customers of fact_target: customer_id, then one column a fact, in their order. A customer without any row
 * of an origin has what its expressions give over nothing.
 */
export function compileFacts(facts: readonly Fact[], window: FactWindow): string {
  const wanted = facts.filter(({ origin }) => origin !== "supplied");
  const origins = [...new Set(wanted.map(({ origin }) => origin))].filter((origin) => origin !== "customer") as Computed[];
  const parts = origins.map((origin) => {
    const own = wanted.filter((fact) => fact.origin === origin).map((fact) => `${typed(fact)} as ${fact.key}`);
    return `of_${origin} as (select ${letters[origin]}.customer_id, ${own.join(",\n      ")} ${rowsOf[origin]})`;
  });
  const columns = wanted.map((fact) => (fact.origin === "customer" ? `${typed(fact)} as ${fact.key}` : outer(fact)));
  const named = [...(origins.includes("pay") ? [paid] : []), ...parts];
  const query = `${named.length > 0 ? `with ${named.join(",\n    ")}` : ""}
    select c.customer_id${columns.map((column) => `, ${column}`).join("")}
    from fact_target k join customers.published_customer c using (customer_id)
      ${origins.map((origin) => `left join of_${origin} using (customer_id)`).join("\n      ")}`;
  return inWindow(query, window);
}

const typed = (fact: Fact): string => `(${fact.sql})::${columnType(fact)}`;

/** Nothing at all is nothing of it, where nothing is a number. */
function outer({ origin, key, kind }: Fact): string {
  const column = `of_${origin}.${key}`;
  if (kind === "count" || kind === "money") return `coalesce(${column}, 0) as ${key}`;
  return kind === "flag" ? `coalesce(${column}, false) as ${key}` : column;
}

/** Puts the window into an expression; everything is a number or a date made of one. */
export function inWindow(text: string, { untilMonth, knownMonth, asKnownThen = false }: FactWindow): string {
  return text
    .replaceAll("@partyMonths", monthsOf("party_month", asKnownThen))
    .replaceAll("@holdingMonths", monthsOf("holding_month", asKnownThen))
    .replaceAll("@isPast", String(knownMonth === untilMonth))
    .replaceAll("@until", String(untilMonth))
    .replaceAll("@known", String(knownMonth))
    .replaceAll("@asOf", `date '${lastDayOf(untilMonth)}'`)
    .replaceAll("@seen", `date '${lastDayOf(knownMonth)}'`);
}

const monthsOf = (table: string, asKnownThen: boolean): string =>
  asKnownThen
    ? `(select a.* from intelligence.${table} a where not exists (select from then_late l where l.party_id = a.party_id and l.month_no = a.month_no)
        union all select * from then_${table})`
    : `intelligence.${table}`;
