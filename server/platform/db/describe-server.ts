import { sql } from "kysely";
import type { ContextCaller } from "./context.ts";
import type { Db } from "./db.ts";
import { inTransaction } from "./transaction.ts";

export interface ServerDescription {
  readonly version: string;
  readonly databaseMiB: number;
  readonly connections: number;
  readonly connectionsMax: number;
  /** Statements of Vinculo's own logins that have been running for more than ten seconds. */
  readonly longRunning: number;
  readonly migrations: number;
}

/** What an operator wants to know of the database server, as far as the worker's login may see it. */
export async function describeServer(db: Db, caller: ContextCaller): Promise<ServerDescription> {
  const { rows } = await inTransaction(
    db,
    caller,
    (tx) =>
      sql<ServerDescription>`
      select current_setting('server_version') as version, (pg_database_size(current_database()) / 1048576)::int as "databaseMiB",
        (select count(*)::int from pg_stat_activity where datname = current_database()) as connections, current_setting('max_connections')::int as "connectionsMax",
        (select count(*)::int from pg_stat_activity where usename like 'vinculo%' and state = 'active' and query_start < now() - interval '10 seconds') as "longRunning",
        (select count(*)::int from platform.migration) as migrations`.execute(tx),
    { role: "worker", readOnly: true },
  );
  const found = rows[0];
  if (found === undefined) throw new Error("the database server does not describe itself");
  return found;
}
