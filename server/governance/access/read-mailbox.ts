import { sql, type Tx } from "../../platform/db/index.ts";

export interface Mailbox {
  readonly name: string;
  /** null: none is known. */
  readonly address: string | null;
  readonly locale: string;
  readonly calendar: string;
}

/** Where somebody gets mail, and in which language. null: the person is not there, or works here no more. */
export async function readMailbox(tx: Tx, userId: string): Promise<Mailbox | null> {
  const { rows } = await sql<Mailbox>`
    select display_name as name, nullif(btrim(email), '') as address, locale, calendar from governance.app_user where user_id = ${userId} and active`.execute(
    tx,
  );
  return rows[0] ?? null;
}
