import { sql, type Tx } from "../../platform/db/index.ts";
import type { Dispute, Pinnable } from "./contract.ts";

export async function isRecordOf(tx: Tx, customerId: string, partyId: string): Promise<boolean> {
  const { rows } = await sql`select from customers.party where party_id = ${partyId} and customer_id = ${customerId}`.execute(tx);
  return rows.length > 0;
}

/** On the worker. */
export async function customersOf(tx: Tx, partyId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select customer_id as id from customers.party where party_id = ${partyId}`.execute(tx);
  return rows.map(({ id }) => id);
}

export interface NewPin {
  readonly pinId: string;
  readonly partyId: string;
  readonly attribute: Pinnable;
  readonly value: string;
  readonly reason: string;
  readonly by: string;
}

export async function insertPin(tx: Tx, { pinId, partyId, attribute, value, reason, by }: NewPin): Promise<void> {
  await sql`
    insert into customers.value_pin (party_id, pin_id, attribute, value, reason, pinned_by)
    values (${partyId}, ${pinId}, ${attribute}, ${value}, ${reason}, ${by})`.execute(tx);
}

export async function endPins(tx: Tx, partyId: string, attribute: Pinnable, by: string): Promise<void> {
  await sql`
    update customers.value_pin set unpinned_at = now(), unpinned_by = ${by}
    where party_id = ${partyId} and attribute = ${attribute} and unpinned_at is null`.execute(tx);
}

/** False when it was ended already. */
export async function endPin(tx: Tx, partyId: string, pinId: string, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update customers.value_pin set unpinned_at = now(), unpinned_by = ${by}
    where party_id = ${partyId} and pin_id = ${pinId} and unpinned_at is null`.execute(tx);
  return numAffectedRows === 1n;
}

export async function findPin(tx: Tx, customerId: string, pinId: string): Promise<{ partyId: string; attribute: string } | null> {
  const { rows } = await sql<{ partyId: string; attribute: string }>`
    select n.party_id as "partyId", n.attribute from customers.party p join customers.value_pin n using (party_id)
    where p.customer_id = ${customerId} and n.pin_id = ${pinId}`.execute(tx);
  return rows[0] ?? null;
}

export interface SeenValue {
  readonly attribute: string;
  readonly partyId: string;
  readonly value: string;
}

/** Whether the record has this value now, by its source or by a pin. */
export async function hasValue(tx: Tx, customerId: string, { attribute, partyId, value }: SeenValue): Promise<boolean> {
  const { rows } = await sql`
    select from customers.attribute_value
    where customer_id = ${customerId} and party_id = ${partyId} and attribute = ${attribute} and value = ${value} limit 1`.execute(tx);
  return rows.length > 0;
}

export interface NewDispute extends SeenValue {
  readonly disputeId: string;
  readonly reason: string;
  readonly by: string;
}

export async function insertDispute(tx: Tx, { disputeId, partyId, attribute, value, reason, by }: NewDispute): Promise<void> {
  await sql`
    insert into customers.value_dispute (party_id, dispute_id, attribute, value, reason, disputed_by)
    values (${partyId}, ${disputeId}, ${attribute}, ${value}, ${reason}, ${by})`.execute(tx);
}

export async function findDispute(tx: Tx, customerId: string, disputeId: string): Promise<{ partyId: string } | null> {
  const { rows } = await sql<{ partyId: string }>`
    select d.party_id as "partyId" from customers.party p join customers.value_dispute d using (party_id)
    where p.customer_id = ${customerId} and d.dispute_id = ${disputeId}`.execute(tx);
  return rows[0] ?? null;
}

export interface NewAnswer {
  readonly partyId: string;
  readonly disputeId: string;
  readonly outcome: "settled" | "rejected";
  readonly answer: string;
  readonly by: string;
  readonly version: number;
}

/** False when somebody was quicker. */
export async function writeAnswer(tx: Tx, { partyId, disputeId, outcome, answer, by, version }: NewAnswer): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update customers.value_dispute set state = ${outcome}, answer = ${answer}, answered_by = ${by}, answered_at = now(), version = version + 1
    where party_id = ${partyId} and dispute_id = ${disputeId} and state = 'open' and version = ${version}`.execute(tx);
  return numAffectedRows === 1n;
}

export interface DisputeQuery {
  readonly state: Dispute["state"];
  readonly limit: number;
  readonly after?: string | undefined;
}

export type DisputeRow = Omit<Dispute, "disputedByName" | "answeredByName"> & { readonly by: string; readonly answeredBy: string | null };

export async function listDisputes(tx: Tx, { state, limit, after }: DisputeQuery): Promise<DisputeRow[]> {
  const { rows } = await sql<DisputeRow>`
    select d.dispute_id as "disputeId", c.customer_id as "customerId", c.customer_no as "customerNo", c.full_name as "customerName", d.party_id as "partyId",
      d.attribute, d.value, d.reason, d.state, d.disputed_by as by, d.disputed_at as "disputedAt", d.answer, d.answered_by as "answeredBy",
      d.answered_at as "answeredAt", d.version
    from customers.value_dispute d join customers.party p using (party_id) join customers.customer c using (customer_id)
    where d.state = ${state} and (${after ?? null}::uuid is null or d.dispute_id < ${after ?? null}::uuid)
    order by d.dispute_id desc limit ${limit}`.execute(tx);
  return rows;
}
