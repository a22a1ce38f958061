import { answered } from "./bound-kysely.ts";
import type { Db } from "./db.ts";
import { limits, SILENCE_MS } from "./pools.ts";

/**
 * One statement on a connection of the app role, outside any transaction and any caller's context; its plan is kept under its name. Given up, with its
 * connection, when the database says nothing for as long as a statement may take. Fails with the driver's errors.
 */
export async function askOutside<Row extends object>(db: Db, query: { name: string; text: string; values: unknown[] }): Promise<Row[]> {
  const client = await db.pools.app.connect();
  try {
    const { rows } = await answered(client, limits.app.statementMs + SILENCE_MS, client.query<Row & Record<string, unknown>>(query));
    client.release();
    return rows;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
