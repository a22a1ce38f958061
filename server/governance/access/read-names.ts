import { sql, type Tx } from "../../platform/db/index.ts";

/** Display names of people by their ids, for saying who did something; who is not (any more) there is left out. */
export async function readNames(tx: Tx, userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select user_id as id, display_name as name from governance.app_user where user_id = any (${[...new Set(userIds)]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
