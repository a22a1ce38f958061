import { sql, type Tx } from "../../platform/db/index.ts";

/**
 * Last transaction and balance of the touched holdings. Transactions of the load itself only move the last one forward; where it changed or took
 * away some, the last one is looked up.
 */
export async function refreshHoldings(tx: Tx, loadNo: number): Promise<void> {
  await sql`truncate holding_state, load_last`.execute(tx);
  await moveForward(tx, loadNo);
  await sql`
    insert into holding_state (holding_id, party_id, last_on, running_minor)
    select n.holding_id, n.party_id, l.booked_on, l.balance_after_minor
    from touched_holding n left join lateral (
      select t.booked_on, t.balance_after_minor from customers.transaction t
      where t.holding_id = n.holding_id order by t.booked_on desc, t.load_no desc, t.line_no desc limit 1
    ) l on true
    where n.recount`.execute(tx);
  await sql`analyze holding_state`.execute(tx);
  await writeStates(tx);
}

async function moveForward(tx: Tx, loadNo: number): Promise<void> {
  // In a table of its own, so that the planner knows how many there are: statistics of the months being filled lag behind.
  await sql`
    insert into load_last (holding_id, last_on, running_minor)
    select holding_id, date '1970-01-01' + last[1]::int, last[3] from (
      select t.holding_id, max(array[t.booked_on - date '1970-01-01', t.line_no, t.balance_after_minor]) as last
      from customers.transaction t where t.load_no = ${loadNo} group by t.holding_id) ends`.execute(tx);
  await sql`analyze load_last`.execute(tx);
  await sql`
    insert into holding_state (holding_id, party_id, last_on, running_minor)
    select h.holding_id, h.party_id, case when m.last_on >= h.last_transaction_on or h.last_transaction_on is null then m.last_on else h.last_transaction_on end,
      case when m.last_on >= h.last_transaction_on or h.last_transaction_on is null then m.running_minor else h.running_balance_minor end
    from touched_holding n join customers.holding h on h.party_id = n.party_id and h.holding_id = n.holding_id left join load_last m on m.holding_id = n.holding_id
    where not n.recount`.execute(tx);
}

/**
 * The newest statement counts; on one day a balance row before the holding's own record before a running balance. One write a holding at most. Statements are
 * looked up holding by holding: grouped first, they were grouped anew for each holding where the planner took these to be one.
 */
async function writeStates(tx: Tx): Promise<void> {
  await sql`
    with wanted as (
      select h.holding_id, h.party_id, s.last_on, s.running_minor, b.amount_minor as row_minor, b.balance_on as row_on, h.stated_balance_minor as stated_minor, h.stated_balance_on as stated_on,
        case when s.running_minor is not null then s.last_on end as running_on
      from holding_state s join customers.holding h on h.party_id = s.party_id and h.holding_id = s.holding_id
        left join lateral (
          select b.amount_minor, b.balance_on from customers.balance b
          where b.party_id = s.party_id and b.holding_id = s.holding_id and b.kind in ('booked', 'outstanding', 'market_value') order by b.balance_on desc, b.kind limit 1
        ) b on true
    ), chosen as (
      select holding_id, party_id, last_on, running_minor, greatest(row_on, stated_on, running_on) as balance_on,
        case greatest(row_on, stated_on, running_on) when row_on then row_minor when stated_on then stated_minor when running_on then running_minor end as balance_minor
      from wanted
    )
    update customers.holding h set last_transaction_on = c.last_on, running_balance_minor = c.running_minor, balance_minor = c.balance_minor, balance_on = c.balance_on
    from chosen c where h.party_id = c.party_id and h.holding_id = c.holding_id
      and (h.last_transaction_on, h.running_balance_minor, h.balance_minor, h.balance_on) is distinct from (c.last_on, c.running_minor, c.balance_minor, c.balance_on)`.execute(
    tx,
  );
}
