import type { Writable } from "node:stream";
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
import type { LastStatement } from "./send-last.ts";
import type { Database } from "./tables.ts";

export type PoolClient = pg.PoolClient & { readonly processID?: number; readonly connection?: { readonly stream: Writable } };

export interface Lending {
  /** The connection pipelines and statements marked as prepared stay on it; never where its session state is discarded, or COPY runs. */
  readonly keepsPlans?: boolean;
  /** How long a statement may go unanswered, in milliseconds, before the connection is given up; null: as long as it takes. */
  readonly answerMs?: number | null;
  /** Sent in one write with the commit; filled while the transaction runs. Only where the connection pipelines. */
  readonly last?: LastStatement[];
}

/**
 * Begins with a given text instead of a bare `begin`, so that BEGIN and the request context share one round trip; where the connection pipelines,
 * with the first statements too. If setting the context fails, PostgreSQL refuses every statement behind it until the end of the transaction.
 */
class PreparedDriver extends PostgresDriver {
  readonly #begin: () => string;
  readonly #pipelines: boolean;
  readonly #last: LastStatement[];
  #begun: Promise<unknown> = Promise.resolve();

  constructor(config: PostgresDialectConfig, begin: () => string, pipelines: boolean, last: LastStatement[]) {
    super(config);
    this.#begin = begin;
    this.#pipelines = pipelines;
    this.#last = last;
  }

  override async beginTransaction(connection: DatabaseConnection, _settings: TransactionSettings): Promise<void> {
    this.#begun = connection.executeQuery(CompiledQuery.raw(this.#begin()));
    if (!this.#pipelines) await this.#begun;
    else this.#begun.catch(() => undefined); // told at the latest by commit
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#begun;
    const sent = this.#last.splice(0).map(({ query, failed }) =>
      connection.executeQuery(query).catch((error: unknown) => {
        throw failed(error);
      }),
    );
    // After a statement that failed PostgreSQL answers COMMIT with a rollback, and no error: the statement's own is told.
    const ends = await Promise.allSettled([...sent, super.commitTransaction(connection)]);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  }
}

class PreparedDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  readonly #begin: () => string;
  readonly #pipelines: boolean;
  readonly #last: LastStatement[];

  constructor(config: PostgresDialectConfig, begin: () => string, pipelines: boolean, last: LastStatement[]) {
    super(config);
    this.#config = config;
    this.#begin = begin;
    this.#pipelines = pipelines;
    this.#last = last;
  }

  override createDriver(): PostgresDriver {
    return new PreparedDriver(this.#config, this.#begin, this.#pipelines, this.#last);
  }
}

/**
 * Kysely over one connection that somebody else lends and takes back. `begin` gives the statements each transaction starts with.
 */
export function kyselyOn(
  client: PoolClient,
  begin: () => string,
  { keepsPlans = false, answerMs = null, last = [] }: Lending = {},
): Kysely<Database> {
  const lent = new Proxy(client, {
    get(target, name) {
      if (name === "release") return () => undefined;
      if (name === "query" && keepsPlans)
        return (...args: unknown[]) => {
          sendTogether(target);
          return answered(target, answerMs, sendPrepared(target, args));
        };
      if (name === "query" && answerMs !== null)
        return (...args: unknown[]) => answered(target, answerMs, Reflect.apply(target.query, target, args));
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return new Kysely<Database>({
    dialect: new PreparedDialect(
      { pool: { connect: async () => lent as never, end: async () => undefined, options: {} } },
      begin,
      keepsPlans,
      last,
    ),
  });
}

/**
 * A server that is gone without a word (a cut cable, a stopped machine) leaves the socket open and the statement waiting: the server's own timeout cannot
 * help. Then the connection is broken here; the pool makes a new one.
 */
export function answered<T>(client: PoolClient, answerMs: number | null, answer: T): T {
  if (answerMs === null || !(answer instanceof Promise)) return answer;
  const stream = client.connection?.stream;
  const timer = setTimeout(() => stream?.destroy(new Error("Connection terminated: the database does not answer")), answerMs);
  return answer.finally(() => clearTimeout(timer)) as T;
}

/** What is begun before the program next waits leaves in one write: a write costs more than most statements take to make. */
function sendTogether(client: PoolClient): void {
  const stream = client.connection?.stream;
  if (stream === undefined) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

export function backendPid(client: PoolClient): number {
  if (client.processID === undefined || client.processID === null)
    throw new Error("the PostgreSQL driver does not tell the backend process id");
  return client.processID;
}
