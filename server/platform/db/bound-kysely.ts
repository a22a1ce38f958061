import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from "kysely";
import type pg from "pg";
import { sendPrepared } from "./prepared.ts";
import type { Database } from "./tables.ts";

export type PoolClient = pg.PoolClient & { readonly processID?: number };

/** Begins with a given text instead of a bare `begin`, so that BEGIN and the request context share one round trip. */
class PreparedDriver extends PostgresDriver {
  readonly #begin: () => string;

  constructor(config: PostgresDialectConfig, begin: () => string) {
    super(config);
    this.#begin = begin;
  }

  override async beginTransaction(connection: DatabaseConnection, _settings: TransactionSettings): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(this.#begin()));
  }
}

class PreparedDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  readonly #begin: () => string;

  constructor(config: PostgresDialectConfig, begin: () => string) {
    super(config);
    this.#config = config;
    this.#begin = begin;
  }

  override createDriver(): PostgresDriver {
    return new PreparedDriver(this.#config, this.#begin);
  }
}

/**
 * Kysely over one connection that somebody else lends and takes back. `begin` gives the statements each transaction starts with.
 * `keepsPlans`: statements marked as prepared stay on the connection; never where the connection's session state is discarded.
 */
export function kyselyOn(client: PoolClient, begin: () => string, keepsPlans = false): Kysely<Database> {
  const lent = new Proxy(client, {
    get(target, name) {
      if (name === "release") return () => undefined;
      if (name === "query" && keepsPlans) return (...args: unknown[]) => sendPrepared(target, args);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return new Kysely<Database>({
    dialect: new PreparedDialect({ pool: { connect: async () => lent as never, end: async () => undefined, options: {} } }, begin),
  });
}

export function backendPid(client: PoolClient): number {
  if (client.processID === undefined || client.processID === null)
    throw new Error("the PostgreSQL driver does not tell the backend process id");
  return client.processID;
}
