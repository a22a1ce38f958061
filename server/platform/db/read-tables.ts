import pg from "pg";

export interface TableState {
  readonly name: string;
  readonly rows: number;
  /** Row-level security is on, also for the owner. */
  readonly forced: boolean;
}

const TABLES_MAX = 10_000;

/** Every table of the database with its exact rows, as the administrator sees them, past row-level security. Reads everything once. */
export async function readTables(adminUrl: string): Promise<TableState[]> {
  const client = new pg.Client({
    connectionString: adminUrl,
    application_name: `vinculo backup ${process.pid}`,
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("begin isolation level repeatable read read only");
    const { rows: tables } = await client.query<{ schema: string; name: string; forced: boolean }>(
      `select n.nspname as schema, c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1, 2 limit ${TABLES_MAX}`,
    );
    const found: TableState[] = [];
    for (const { schema, name, forced } of tables) {
      const { rows } = await client.query<{ rows: string }>(
        `select count(*) as rows from only ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`,
      );
      found.push({ name: `${schema}.${name}`, rows: Number(rows[0]?.rows ?? 0), forced });
    }
    return found;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** For the drill: loses a table with everything that stands on it. Answers with the moment of the server's clock just before. */
export async function dropTable(adminUrl: string, name: string): Promise<Date> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ at: Date }>("select clock_timestamp() as at");
    await client.query(`drop table ${name.split(".").map(pg.escapeIdentifier).join(".")} cascade`);
    return rows[0]?.at ?? new Date();
  } finally {
    await client.end();
  }
}
