import { sql, type Tx } from "../../platform/db/index.ts";
import { attributes, contactAttributes } from "./golden-columns.ts";

/** Which way golden values are computed. Both give the same; most customers have one party, whose values need no ranking. */
export interface GoldenPaths {
  readonly single: boolean;
}

/** Fills `golden` with the customers of one batch, by the survivorship rules. */
export async function computeGolden(tx: Tx, batchNo: number, paths: GoldenPaths = { single: true }): Promise<void> {
  await sql`truncate golden`.execute(tx);
  // Whoever pins a value waits for batches under way, and batches for the pin: else one could write over the other what it has not seen.
  await sql`select pg_advisory_xact_lock_shared(hashtext('customers.golden'))`.execute(tx);
  await takeParties(tx, batchNo, paths);
  const { rows } = await sql<{ customer_id: string }>`select distinct customer_id from batch_party where not alone`.execute(tx);
  const ranked = rows.map((row) => row.customer_id);
  if (paths.single) await singleParties(tx);
  if (ranked.length > 0) await rankedParties(tx, ranked);
  await addTotals(tx);
}

/**
 * Fills `batch_party` with the parties of the batch; `alone` is one whose values are its customer's, because there is no other party and nobody pinned a
 * value. In a table of its own, analysed: whether a customer has another party the planner cannot guess, and guessing "hardly ever" made the statements
 * behind it go over everybody once for everybody.
 */
async function takeParties(tx: Tx, batchNo: number, paths: GoldenPaths): Promise<void> {
  await sql`truncate batch_party`.execute(tx);
  await sql`
    insert into batch_party (party_id, customer_id, whole, alone)
    select p.party_id, p.customer_id, t.whole, ${paths.single}::boolean and count(*) over (partition by p.customer_id) = 1
      and not exists (select from customers.value_pin n where n.party_id = p.party_id and n.unpinned_at is null)
    from touched_customer t join customers.party p using (customer_id) where t.batch_no = ${batchNo}`.execute(tx);
  await sql`analyze batch_party`.execute(tx);
}

/** To be held by who changes what golden values are computed from, beside the parties themselves. */
export async function holdGolden(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('customers.golden'))`.execute(tx);
}

/** The party's own values, where nobody pinned one; only contact points compete, by the same rules as in customers.attribute_value. */
async function singleParties(tx: Tx): Promise<void> {
  const own = attributes.map((name) => `p.${name}`).join(", ");
  await sql`
    with contacts as (
      select distinct on (v.party_id, v.attribute) v.party_id, v.attribute, v.value
      from (
        select c.party_id, a.attribute, a.value, c.changed_at
        from batch_party b join customers.contact_point c using (party_id)
          cross join lateral (values (case when c.kind in ('phone', 'email') then c.kind end, coalesce(c.normalised, c.value)),
            (case when c.kind = 'address' then 'city' end, c.parts ->> 'city'), (case when c.kind = 'address' then 'country' end, c.parts ->> 'country')) as a (attribute, value)
        where b.alone and a.attribute is not null and a.value is not null
      ) v join customers.survivorship_rule r using (attribute)
      order by v.party_id, v.attribute, customers.survivorship_key(r.strategy[1], 0::smallint, v.changed_at, v.value) desc nulls last,
        customers.survivorship_key(r.strategy[2], 0::smallint, v.changed_at, v.value) desc nulls last,
        customers.survivorship_key(r.strategy[3], 0::smallint, v.changed_at, v.value) desc nulls last, v.value
    ), best as (
      select party_id, max(value) filter (where attribute = 'phone') as phone, max(value) filter (where attribute = 'email') as email,
        max(value) filter (where attribute = 'city') as city, max(value) filter (where attribute = 'country') as country
      from contacts group by party_id
    )
    insert into golden (customer_id, kind, branch_id, portfolio_id, ${sql.raw(attributes.join(", "))}, phone, email, city, country, sort_name, party_count)
    select p.customer_id, p.kind, u.unit_id, f.portfolio_id, ${sql.raw(own)}, b.phone, b.email, b.city, b.country, p.full_name, 1
    from batch_party a join customers.party p using (party_id) left join best b using (party_id)
      left join governance.organisation_unit u on u.code = p.branch_code
      left join governance.portfolio f on f.code = p.portfolio_code
    where a.alone`.execute(tx);
}

const typed: Readonly<Record<string, string>> = { born_on: "::date", customer_since: "::date", deceased_on: "::date" };
const winner = (name: string) => `(max(v.value) filter (where v.attribute = '${name}'))${typed[name] ?? ""}`;

async function rankedParties(tx: Tx, customerIds: readonly string[]): Promise<void> {
  const names = [...attributes, ...contactAttributes];
  await sql`
    insert into golden (customer_id, kind, branch_id, portfolio_id, ${sql.raw(names.join(", "))}, sort_name, party_count)
    select g.customer_id, n.kind, u.unit_id, f.portfolio_id, ${sql.raw(names.map((name) => `g.${name}`).join(", "))}, g.full_name, n.parties
    from (
      select v.customer_id, ${sql.raw([...names, "branch_code", "portfolio_code"].map((name) => `${winner(name)} as ${name}`).join(", "))}
      from customers.attribute_value v where v.customer_id = any (${customerIds}::uuid[]) and v.place = 1 group by v.customer_id
    ) g
      join (select customer_id, min(kind) as kind, count(*)::int as parties from customers.party where customer_id = any (${customerIds}::uuid[]) group by 1) n
        using (customer_id)
      left join governance.organisation_unit u on u.code = g.branch_code
      left join governance.portfolio f on f.code = g.portfolio_code`.execute(tx);
}

/**
 * Totals in the currency most of the customer's holdings are in. Money is counted once in the bank: with the first owner. What is owed (also an
 * overdrawn account) is debts. Holdings count for owners and joint owners. Closed holdings do not count.
 */
async function addTotals(tx: Tx): Promise<void> {
  await sql`
    with own as materialized (
      select b.customer_id, h.currency, h.class, h.balance_minor, h.last_transaction_on, h.status = 'closed' as closed
      from batch_party b join customers.holding h using (party_id)
    ), main as (
      select customer_id, coalesce(mode() within group (order by currency) filter (where not closed), mode() within group (order by currency)) as currency,
        max(last_transaction_on) as last_transaction_on
      from own group by customer_id
    ), money as (
      select o.customer_id, m.currency, m.last_transaction_on,
        coalesce(sum(greatest(o.balance_minor, 0)) filter (where o.class = 'asset' and o.currency = m.currency and not o.closed), 0) as assets,
        coalesce(sum(-least(o.balance_minor, 0)) filter (where o.class <> 'service' and o.currency = m.currency and not o.closed), 0) as debts,
        coalesce(bool_or(o.currency <> m.currency) filter (where not o.closed), false) as others
      from own o join main m using (customer_id) group by 1, 2, 3
    ), held as (
      select b.customer_id, count(distinct r.holding_id)::int as holdings, array_agg(distinct h.kind order by h.kind) as kinds,
        bool_or(h.status in ('in_arrears', 'defaulted')) as arrears
      from batch_party b join customers.holding_role r on r.party_id = b.party_id and r.role in ('owner', 'joint_owner')
        join customers.holding h on h.party_id = r.owner_party_id and h.holding_id = r.holding_id and h.status <> 'closed'
      group by 1
    )
    update golden g set currency = x.currency, last_transaction_on = x.last_transaction_on, assets_minor = coalesce(x.assets, 0),
      debts_minor = coalesce(x.debts, 0), other_currencies = coalesce(x.others, false), holding_count = coalesce(x.holdings, 0), holding_kinds = coalesce(x.kinds, '{}'),
      in_arrears = coalesce(x.arrears, false)
    from (select c.customer_id, m.currency, m.last_transaction_on, m.assets, m.debts, m.others, d.holdings, d.kinds, d.arrears
      from (select distinct customer_id from batch_party) c left join money m using (customer_id) left join held d using (customer_id)) x
    where x.customer_id = g.customer_id`.execute(tx);
}
