import { sql, type Tx } from "../../platform/db/index.ts";

/**
 * Last transaction and balance of the touched holdings of one batch of customers. Transactions of the load itself only move the last one forward; where it
 * changed or took away some, the last one is looked up.
 */
export async function refreshHoldings(tx: Tx, batchNo: number): Promise<void> {
  const { rows } = await sql`select from batch_holding where batch_no = ${batchNo} limit 1`.execute(tx);
  if (rows.length === 0) return;
  await sql`truncate holding_state`.execute(tx);
  await sql`
    insert into holding_state (holding_id, party_id, last_on, running_minor)
    select h.holding_id, h.party_id, case when m.later then m.last_on else h.last_transaction_on end, case when m.later then n.last[3] else h.running_balance_minor end
    from batch_holding n join customers.holding h on h.party_id = n.party_id and h.holding_id = n.holding_id
      cross join lateral (select d.last_on, d.last_on >= h.last_transaction_on or h.last_transaction_on is null as later
        from (select date '1970-01-01' + n.last[1]::int as last_on offset 0) d) m
    where n.batch_no = ${batchNo} and not n.recount`.execute(tx);
  await sql`
    insert into holding_state (holding_id, party_id, last_on, running_minor)
    select n.holding_id, n.party_id, l.booked_on, l.balance_after_minor
    from batch_holding n left join lateral (
      select t.booked_on, t.balance_after_minor from customers.transaction t
      where t.holding_id = n.holding_id order by t.booked_on desc, t.load_no desc, t.line_no desc limit 1
    ) l on true
    where n.batch_no = ${batchNo} and n.recount`.execute(tx);
  await sql`analyze holding_state`.execute(tx);
  await writeStates(tx);
}

/**
 * The newest statement counts; on one day a balance row before the holding's own record before a running balance. One write a holding at most. Statements are
 * looked up holding by holding: grouped first, they were grouped anew for each holding where the planner took these to be one.
 */
async function writeStates(tx: Tx): Promise<void> {
  const newest = sql`greatest(s.row_on, h.stated_balance_on, s.running_on)`;
  const minor = sql`case ${newest} when s.row_on then s.row_minor when h.stated_balance_on then h.stated_balance_minor when s.running_on then s.running_minor end`;
  await sql`
    update customers.holding h set last_transaction_on = s.last_on, running_balance_minor = s.running_minor, balance_minor = ${minor}, balance_on = ${newest}
    from (
      select s.*, case when s.running_minor is not null then s.last_on end as running_on, b.amount_minor as row_minor, b.balance_on as row_on
      from holding_state s left join lateral (
        select b.amount_minor, b.balance_on from customers.balance b
        where b.party_id = s.party_id and b.holding_id = s.holding_id and b.kind in ('booked', 'outstanding', 'market_value') order by b.balance_on desc, b.kind limit 1
      ) b on true
    ) s where h.party_id = s.party_id and h.holding_id = s.holding_id
      and (h.last_transaction_on, h.running_balance_minor, h.balance_minor, h.balance_on) is distinct from (s.last_on, s.running_minor, ${minor}, ${newest})`.execute(
    tx,
  );
}
