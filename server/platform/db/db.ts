import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { clientConfig, type Login, openPool, type PoolName, type Role } from "./pools.ts";
import type { Database } from "./tables.ts";

export interface TransactionTiming {
  readonly pool: PoolName;
  /** Milliseconds until a connection was free, part of `tookMs`. */
  readonly waitedMs: number;
  readonly tookMs: number;
}

/** The open database. `app` and `worker` run outside any caller's context: row-level security shows them nothing. */
export interface Db {
  readonly app: Kysely<Database>;
  readonly worker: Kysely<Database>;
  readonly pools: Readonly<Record<PoolName, pg.Pool>>;
  readonly contextKey: Buffer;
  /** The administrator of the embedded server, whom backups need; null on a server of the bank's own. */
  readonly embeddedUrl: string | null;
  /** Hears of every finished transaction, for metrics. */
  onTransaction?: (timing: TransactionTiming) => void;
  /** A connection of one's own outside the pools, for LISTEN and for the sealer; the caller ends it and listens to its "error". */
  connect(login: Login): Promise<pg.Client>;
  /** Ends all connections; and stops the embedded server when nobody else uses it. */
  close(): Promise<void>;
}

export interface Logins {
  readonly app: string;
  readonly worker: string;
  readonly sealer: string;
}

export interface DbOptions {
  readonly logins: Logins;
  readonly contextKey: Buffer;
  readonly embeddedUrl?: string;
  readonly connectionsMax: Readonly<Record<Role, number>>;
  readonly onError: (error: Error) => void;
  /** Runs after the connections have ended. */
  readonly afterClose?: () => Promise<void>;
}

/** How many reports are added up at once; more wait for their turn, and are told after half a minute that there is none. */
const REPORT_CONNECTIONS_MAX = 3;

/** Opens the three pools of a database that is migrated already. Connections are made when first needed. */
export function openDb(options: DbOptions): Db {
  const pools = {
    app: openPool(options.logins.app, "app", options.connectionsMax.app, options.onError),
    report: openPool(options.logins.app, "report", REPORT_CONNECTIONS_MAX, options.onError),
    worker: openPool(options.logins.worker, "worker", options.connectionsMax.worker, options.onError),
  };
  let closing: Promise<void> | null = null;
  const close = async () => {
    await Promise.all(Object.values(pools).map((pool) => pool.end()));
    await options.afterClose?.();
  };
  return {
    app: new Kysely<Database>({ dialect: new PostgresDialect({ pool: pools.app }) }),
    worker: new Kysely<Database>({ dialect: new PostgresDialect({ pool: pools.worker }) }),
    pools,
    contextKey: options.contextKey,
    embeddedUrl: options.embeddedUrl ?? null,
    async connect(login) {
      const client = new pg.Client(clientConfig(options.logins[login], login));
      await client.connect();
      return client;
    },
    close: () => (closing ??= close()),
  };
}
