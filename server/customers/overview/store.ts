import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import { type CustomerParts, type PartsJson, partsFromJson } from "./parts.ts";

/** null when there is no such customer, or not for this caller. One statement: customers.customer_parts says who may and what is shown. */
export async function readParts(tx: Tx, customerId: string): Promise<CustomerParts | null> {
  const { rows } = await sql<{ parts: PartsJson | null }>`${prepared}
    select customers.customer_parts(${customerId}) as parts`.execute(tx);
  const parts = rows[0]?.parts ?? null;
  return parts === null ? null : partsFromJson(parts);
}

/** Its numbers of documents masked by the database; null when the party is not this customer's, or not for this caller. */
export async function readDelivered(tx: Tx, customerId: string, partyId: string): Promise<Record<string, string | null> | null> {
  const { rows } = await sql<{ delivered: Record<string, string | null> | null }>`
    select customers.delivered_row(${customerId}, ${partyId}) as delivered`.execute(tx);
  return rows[0]?.delivered ?? null;
}
