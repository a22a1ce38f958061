import { sql, type Tx } from "../../platform/db/index.ts";

/**
 * Last transaction and balance of the touched holdings. Transactions of the load itself only move the last one forward; where it changed or took
 * away some, the last one is looked up.
 */
export async function refreshHoldings(tx: Tx, loadNo: number): Promise<void> {
  await sql`
    with moved as (
      select t.holding_id, max(array[t.booked_on - date '1970-01-01', t.line_no, t.balance_after_minor]) as last
      from customers.transaction t where t.load_no = ${loadNo} group by t.holding_id
    )
    update customers.holding h set last_transaction_on = date '1970-01-01' + last[1]::int, running_balance_minor = last[3]
    from moved m join touched_holding n on n.holding_id = m.holding_id and not n.recount
    where h.party_id = n.party_id and h.holding_id = n.holding_id
      and (h.last_transaction_on is null or date '1970-01-01' + last[1]::int >= h.last_transaction_on)`.execute(tx);
  await sql`
    update customers.holding h set last_transaction_on = l.booked_on, running_balance_minor = l.balance_after_minor
    from touched_holding n left join lateral (
      select t.booked_on, t.balance_after_minor from customers.transaction t
      where t.holding_id = n.holding_id order by t.booked_on desc, t.load_no desc, t.line_no desc limit 1
    ) l on true
    where n.recount and h.party_id = n.party_id and h.holding_id = n.holding_id`.execute(tx);
  // The newest statement counts; on one day a balance row before the holding's own record before a running balance.
  await sql`
    update customers.holding h set balance_minor = b.amount_minor, balance_on = b.balance_on
    from (
      select n.holding_id, n.party_id, s.amount_minor, s.balance_on
      from touched_holding n
        join customers.holding o on o.party_id = n.party_id and o.holding_id = n.holding_id
        left join lateral (
          select x.amount_minor, x.balance_on from (
            (select r.amount_minor, r.balance_on, 1 as place from customers.balance r
             where r.party_id = o.party_id and r.holding_id = o.holding_id and r.kind in ('booked', 'outstanding', 'market_value')
             order by r.balance_on desc, r.kind limit 1)
            union all select o.stated_balance_minor, o.stated_balance_on, 2 where o.stated_balance_minor is not null
            union all select o.running_balance_minor, o.last_transaction_on, 3 where o.running_balance_minor is not null
          ) x order by x.balance_on desc nulls last, x.place limit 1
        ) s on true
    ) b
    where h.party_id = b.party_id and h.holding_id = b.holding_id
      and (h.balance_minor, h.balance_on) is distinct from (b.amount_minor, b.balance_on)`.execute(tx);
}
