import { sql, type Tx } from "../../platform/db/index.ts";

export interface Wanted {
  readonly scheme: string;
  readonly country: string | null;
  readonly last4: string;
  readonly reason: string;
}

/** null when there is no such identifier for the caller. Raises limit_reached. */
export async function revealIdentifier(tx: Tx, customerId: string, wanted: Wanted): Promise<string[] | null> {
  const { rows } = await sql<{ found: string[] | null }>`
    select customers.reveal_identifier(${customerId}, ${wanted.scheme}, ${wanted.country}, ${wanted.last4}, ${wanted.reason}) as found`.execute(
    tx,
  );
  return rows[0]?.found ?? null;
}
