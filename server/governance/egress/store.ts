import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import { type EgressClass, type EgressRequest, REQUESTS_MAX } from "./contract.ts";

export interface BudgetRow {
  readonly class: EgressClass;
  readonly used: number;
  readonly limit: number;
  readonly extra: number;
}

export async function readBudget(tx: Tx, personId: string): Promise<BudgetRow[]> {
  const { rows } = await sql<BudgetRow>`${prepared}
    select c.class, coalesce(b.rows, 0)::int as used, governance.egress_limit(c.class)::int as "limit", coalesce(b.extra, 0)::int as extra
    from (values ('customer'), ('transaction')) as c (class)
      left join governance.egress_budget b on b.class = c.class and b.person_id = ${personId} and b.day = current_date
    order by 1`.execute(tx);
  return rows;
}

const request =
  sql.raw(`r.request_id as "requestId", r.person_id as "personId", coalesce(p.display_name, '') as "personName", r.class, r.rows::int as rows, r.reason,
  r.asked_at as "askedAt", r.state, d.display_name as "decidedByName", r.decided_at as "decidedAt", r.note
  from governance.egress_request r left join governance.app_user p on p.user_id = r.person_id left join governance.app_user d on d.user_id = r.decided_by`);

export async function listWaitingOf(tx: Tx, personId: string): Promise<EgressRequest[]> {
  const { rows } = await sql<EgressRequest>`select ${request} where r.person_id = ${personId} and r.state = 'asked' limit 2`.execute(tx);
  return rows;
}

export async function listRequests(tx: Tx): Promise<EgressRequest[]> {
  const { rows } = await sql<EgressRequest>`select ${request} order by r.state <> 'asked', r.request_id desc limit ${REQUESTS_MAX}`.execute(
    tx,
  );
  return rows;
}

export async function insertRequest(
  tx: Tx,
  asked: { requestId: string; personId: string; class: EgressClass; rows: number; reason: string },
): Promise<void> {
  await sql`insert into governance.egress_request (request_id, person_id, class, rows, reason)
    values (${asked.requestId}, ${asked.personId}, ${asked.class}, ${asked.rows}, ${asked.reason})`.execute(tx);
}

/** Decision, trail and news in one. */
export async function decide(tx: Tx, requestId: string, approve: boolean, note: string): Promise<"done" | "not_found" | "own" | "decided"> {
  const { rows } = await sql<{ outcome: "done" | "not_found" | "own" | "decided" }>`
    select governance.decide_egress(${requestId}, ${approve}, ${note}) as outcome`.execute(tx);
  return rows[0]?.outcome ?? "not_found";
}

export async function tellSpent(tx: Tx, of: EgressClass): Promise<void> {
  await sql`select governance.tell_spent(${of})`.execute(tx);
}
