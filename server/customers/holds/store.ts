import { sql, type Tx } from "../../platform/db/index.ts";
import { HOLDS_MAX, type Hold } from "./contract.ts";

export async function listHolds(tx: Tx, caseCode: string | null): Promise<Hold[]> {
  const { rows } = await sql<Hold>`
    select h.hold_id as "holdId", h.case_code as "caseCode", h.customer_no as "customerNo", h.reason, h.until, coalesce(p.display_name, '') as "placedByName",
      h.placed_at as "placedAt", l.display_name as "liftedByName", h.lifted_at as "liftedAt", h.lift_reason as "liftReason",
      case when h.lifted_at is not null then 'lifted' when h.until < current_date then 'over' else 'holds' end as state
    from customers.legal_hold h left join governance.app_user p on p.user_id = h.placed_by left join governance.app_user l on l.user_id = h.lifted_by
    where ${caseCode}::text is null or h.case_code = ${caseCode}
    order by (h.lifted_at is not null or h.until < current_date) is true, h.hold_id desc limit ${HOLDS_MAX}`.execute(tx);
  return rows;
}

export async function findCustomer(tx: Tx, customerNo: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select customer_id as id from customers.customer where customer_no = ${customerNo}`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}

/** Waits for an erasure that is at work on the records; null: it has taken them. */
export async function placeHold(
  tx: Tx,
  hold: { customerId: string; caseCode: string; reason: string; until: string | null },
): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select customers.place_hold(${hold.customerId}, ${hold.caseCode}, ${hold.reason}, ${hold.until}::date) as id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** The customers it held; null: no such hold in force. */
export async function liftHold(tx: Tx, holdId: string, { reason, by }: { reason: string; by: string }): Promise<string[] | null> {
  const { numAffectedRows } = await sql`
    update customers.legal_hold set lifted_by = ${by}, lifted_at = now(), lift_reason = ${reason} where hold_id = ${holdId} and lifted_at is null`.execute(
    tx,
  );
  if (numAffectedRows !== 1n) return null;
  const { rows } = await sql<{ id: string }>`
    select distinct p.customer_id as id from customers.legal_hold_record r join customers.party p on p.party_id = r.party_id where r.hold_id = ${holdId} limit 200`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
