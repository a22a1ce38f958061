import type { Caller, UserId } from "../../server/platform/caller/index.ts";
import { sql, type Tx } from "../../server/platform/db/index.ts";
import { newId } from "../../server/platform/ids/index.ts";
import type { GivenCustomer } from "./given.ts";

const OPERATOR = "00000000-0000-7000-8000-000000000001";

/** The command line's own account, for work on the worker. */
export const systemOperator: Caller = {
  userId: OPERATOR as UserId,
  displayName: "Operator",
  sessionId: null,
  permissions: new Set(),
  requestId: "test-operator",
  ipAddress: null,
};

/** A compartment as the administrator arranges it: the one of its kind, or a new wall. */
export async function givenCompartment(tx: Tx, kind: "vip" | "staff" | "wall", conflictSet: string | null = null): Promise<number> {
  const { rows } =
    kind === "wall"
      ? await sql<{ id: number }>`
          insert into governance.compartment (kind, code, name, conflict_set, opened_by)
          values ('wall', ${`WALL-${newId().slice(-12).toUpperCase()}`}, 'Wall', ${conflictSet}, ${OPERATOR}) returning compartment_id::int as id`.execute(
          tx,
        )
      : await sql<{ id: number }>`select compartment_id::int as id from governance.compartment where kind = ${kind}`.execute(tx);
  return rows[0]?.id ?? 0;
}

export async function givenClearance(tx: Tx, { userId }: Pick<Caller, "userId">, compartmentId: number): Promise<void> {
  await sql`
    insert into governance.clearance (compartment_id, person_id, reason, given_by)
    values (${compartmentId}, ${userId}, 'works with these customers', ${OPERATOR})`.execute(tx);
}

/** Seals every record of the customer, as the verb does. */
export async function givenSeal(tx: Tx, { customerId }: Pick<GivenCustomer, "customerId">, compartmentId: number): Promise<void> {
  await sql`
    insert into customers.seal (party_id, source_id, source_key, compartment_id, customer_no, reason, sealed_by)
    select p.party_id, p.source_id, p.source_key, ${compartmentId}, c.customer_no, 'a well-known person', ${OPERATOR}
    from customers.party p join customers.customer c using (customer_id) where c.customer_id = ${customerId}`.execute(tx);
}
