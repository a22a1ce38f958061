import { sql, type Tx } from "../../platform/db/index.ts";
import { ERASURES_MAX, type Erasure, type Plan } from "./contract.ts";

// Before it is decided nobody has written down a hold: it is looked for.
const erasure =
  sql.raw(`e.erasure_id as "erasureId", e.customer_id as "customerId", e.customer_no as "customerNo", e.cause, e.state, e.received_on as "receivedOn",
  e.due_on as "dueOn", e.evidence, coalesce(u.display_name, '') as "askedByName", e.asked_at as "askedAt", e.restricted_at as "restrictedAt", e.next_on as "nextOn",
  (e.held or e.state = 'asked' and exists (select from customers.held_records(e.party_ids))) as held, e.closed_at as "closedAt", e.note, e.version`);
const from = sql.raw("customers.erasure e left join governance.app_user u on u.user_id = e.asked_by");

export async function listErasures(tx: Tx): Promise<Erasure[]> {
  const { rows } = await sql<Erasure>`
    select ${erasure} from ${from} order by e.state not in ('asked', 'restricted'), e.state = 'restricted', e.due_on, e.erasure_id desc limit ${ERASURES_MAX}`.execute(
    tx,
  );
  return rows;
}

export interface ErasureRow extends Erasure {
  readonly plan: Plan;
  readonly partyIds: string[];
}

export async function findErasure(tx: Tx, erasureId: string): Promise<ErasureRow | null> {
  const { rows } = await sql<ErasureRow>`
    select ${erasure}, e.plan, e.party_ids as "partyIds" from ${from} where e.erasure_id = ${erasureId}`.execute(tx);
  return rows[0] ?? null;
}

/** As the caller sees customers. */
export async function findByNumber(tx: Tx, customerNo: string): Promise<{ customerId: string; customerNo: string } | null> {
  const { rows } = await sql<{ customerId: string; customerNo: string }>`
    select customer_id as "customerId", customer_no as "customerNo" from customers.customer where customer_no = ${customerNo}`.execute(tx);
  return rows[0] ?? null;
}

export async function partiesOf(tx: Tx, customerId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select party_id as id from customers.party where customer_id = ${customerId} order by party_id limit 1000`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function heldAmong(tx: Tx, partyIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql`select from customers.held_records(${partyIds}::uuid[]) limit 1`.execute(tx);
  return rows.length > 0;
}

export interface NewErasure {
  readonly erasureId: string;
  readonly customerId: string;
  readonly customerNo: string;
  readonly receivedOn: string;
  readonly evidence: string;
  readonly plan: Plan;
  readonly partyIds: readonly string[];
  readonly by: string;
  readonly cause?: "request" | "retention";
}

/** Due a month after it was received (GDPR art. 12(3)). */
export async function insertErasure(tx: Tx, wish: NewErasure): Promise<void> {
  const cause = wish.cause === undefined ? sql`` : sql`, cause`;
  await sql`
    insert into customers.erasure (erasure_id, customer_id, customer_no, received_on, due_on, evidence, plan, party_ids, asked_by${cause})
    values (${wish.erasureId}, ${wish.customerId}, ${wish.customerNo}, ${wish.receivedOn}::date, (${wish.receivedOn}::date + interval '1 month')::date,
      ${wish.evidence}, ${JSON.stringify(wish.plan)}::jsonb, ${wish.partyIds}::uuid[], ${wish.by}${wish.cause === undefined ? sql`` : sql`, ${wish.cause}`})`.execute(
    tx,
  );
}

/** false: it is closed, at work, or has another version by now. */
export async function closeRefused(tx: Tx, erasureId: string, { note, version }: { note: string; version: number }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update customers.erasure set state = 'refused', closed_at = now(), note = ${note}, version = version + 1
    where erasure_id = ${erasureId} and version = ${version} and state = 'asked'`.execute(tx);
  return numAffectedRows === 1n;
}

/** From here on the customer is hidden. "changed": other records by now; "held": a legal hold. */
export async function restrict(tx: Tx, erasureId: string): Promise<"done" | "changed" | "held"> {
  const { rows } = await sql<{ outcome: "done" | "changed" | "held" }>`
    select customers.restrict_customer(${erasureId}) as outcome`.execute(tx);
  return rows[0]?.outcome ?? "changed";
}

export async function findWaitingApproval(tx: Tx, customerId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select request_id as id from governance.approval_request
    where action = 'customer.erasure_approved' and state = 'waiting' and expires_at > now() and subject_ids @> array[${customerId}::uuid] limit 1`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}

/** On the worker: restricted customers of whom more may go by now. */
export async function listDue(tx: Tx, today: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select erasure_id as id from customers.erasure where state = 'restricted' and next_on <= ${today}::date order by next_on, erasure_id limit ${limit}`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
