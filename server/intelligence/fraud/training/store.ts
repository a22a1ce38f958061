import { sql, type Tx } from "../../../platform/db/index.ts";

/** On the worker. Customers by their records' ids. */
export async function findCustomers(tx: Tx, partyIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ partyId: string; customerId: string }>`
    select party_id as "partyId", customer_id as "customerId" from customers.published_party where party_id = any (${partyIds}::uuid[])`.execute(
    tx,
  );
  return new Map(rows.map(({ partyId, customerId }) => [partyId, customerId]));
}
