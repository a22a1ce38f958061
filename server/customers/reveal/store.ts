import { sql, type Tx } from "../../platform/db/index.ts";

export interface Wanted {
  readonly scheme: string;
  readonly country: string | null;
  readonly last4: string;
  readonly reason: string;
}

/** Sealed; none when there is no such identifier for the caller. Raises limit_reached. */
export async function revealIdentifier(tx: Tx, customerId: string, wanted: Wanted): Promise<{ identifierId: string; sealed: Buffer }[]> {
  const { rows } = await sql<{ identifierId: string; sealed: Buffer }>`
    select identifier_id as "identifierId", sealed
    from customers.reveal_identifier(${customerId}, ${wanted.scheme}, ${wanted.country}, ${wanted.last4}, ${wanted.reason})`.execute(tx);
  return rows;
}
