import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import type { CustomerSummary } from "../directory/contract.ts";
import type { CustomerView } from "./contract.ts";
import { type CustomerParts, type PartsJson, partsFromJson } from "./parts.ts";

type CustomerDetails = Omit<CustomerView["customer"], keyof CustomerSummary>;

export async function readDetails(tx: Tx, customerId: string): Promise<CustomerDetails | null> {
  const { rows } = await sql<CustomerDetails>`${prepared}
    select given_name as "givenName", family_name as "familyName", sex, nationality, occupation, industry, legal_form as "legalForm",
      marital_status as "maritalStatus", deceased_on as "deceasedOn", refreshed_at as "refreshedAt", version
    from customers.customer where customer_id = ${customerId}`.execute(tx);
  return rows[0] ?? null;
}

/** null when there is no such customer, or not for this caller. One statement: customers.customer_parts says who may and what is shown. */
export async function readParts(tx: Tx, customerId: string): Promise<CustomerParts | null> {
  const { rows } = await sql<{ parts: PartsJson | null }>`${prepared}
    select customers.customer_parts(${customerId}) as parts`.execute(tx);
  const parts = rows[0]?.parts ?? null;
  return parts === null ? null : partsFromJson(parts);
}

/** Only the last four characters ever leave the database here; the login may not read the value itself. */
export async function readIdentifiers(tx: Tx, customerId: string): Promise<CustomerView["identifiers"]> {
  return (await readParts(tx, customerId))?.identifiers ?? [];
}

/** null when the party is not this customer's, or not for this caller. */
export async function readRaw(tx: Tx, customerId: string, partyId: string): Promise<Record<string, unknown> | null> {
  const { rows } = await sql<{ raw: Record<string, unknown> | null }>`
    select coalesce(r.raw, '{}') as raw
    from customers.party p join customers.source_record r on r.source_id = p.source_id and r.kind = 'party' and r.source_key = p.source_key
    where p.customer_id = ${customerId} and p.party_id = ${partyId}`.execute(tx);
  return rows[0]?.raw ?? null;
}
