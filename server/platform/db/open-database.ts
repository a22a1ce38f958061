import pg from "pg";
import { type Config, Refusal } from "../config/index.ts";
import { type Db, openDb } from "./db.ts";
import { prepareHome } from "./embedded/data-folder.ts";
import { type InstanceLock, takeLock } from "./embedded/instance-lock.ts";
import { type EmbeddedServer, joinServer } from "./embedded/server.ts";
import { passwordsExist, readContextKey, readPasswords } from "./login-keys.ts";
import { type Migration, migrate, readMigrations } from "./migrate.ts";
import { repeat } from "./repeat.ts";
import { checkServer } from "./requirements.ts";
import { prepareDatabase } from "./roles.ts";

export interface OpenOptions {
  /** "serve" (npm start): one process a home, a second one is refused. "share" (the command line): works beside it. Default "share". */
  readonly mode?: "serve" | "share";
  /** Asked once this process may serve the home, before a server is started or a migration runs; its failure is that of opening. */
  readonly beforeStart?: () => Promise<void>;
  /** Words for the log or the terminal: what is being done. */
  readonly notice?: (text: string) => void;
  /** Connections that broke while idle. */
  readonly onError?: (error: Error) => void;
  /** false only for scratch servers of tests. */
  readonly durable?: boolean;
  /** Default: the files in db/migrations. */
  readonly migrations?: readonly Migration[];
}

const DATABASE = "vinculo";
// Beside the pools: migrations, presence, LISTEN, the command line's own pools, backup, an administrator's psql.
const SPARE_CONNECTIONS = 30;

/**
 * Opens the database: the embedded server (created, started or joined as needed) or the one of DATABASE_URL; checks it, prepares roles and
 * schemas, applies migrations. Fails with Refusal (one sentence for the operator) or with the error of a broken migration.
 */
export async function openDatabase(config: Config, options: OpenOptions = {}): Promise<Db> {
  const undo: (() => Promise<void>)[] = [];
  const undoAll = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    prepareHome(config.home);
    if (options.mode === "serve" && config.databaseUrl === null) undo.push(await serveAlone(config.home));
    await options.beforeStart?.();
    const server = config.databaseUrl === null ? await joinEmbedded(config, options) : null;
    if (server !== null) undo.push(() => server.leave());
    const adminAddress = server?.adminUrl(DATABASE) ?? config.databaseUrl ?? "";
    const passwords = readPasswords(config.home);
    const contextKey = readContextKey(config.home);
    if (server !== null) await createDatabase(server.adminUrl("postgres"));
    await withAdmin(adminAddress, async (admin) => {
      await checkServer(admin);
      await prepareDatabase(admin, passwords);
      await migrate(admin, options.migrations ?? readMigrations(), options.notice);
      if (options.migrations === undefined) await repeat(admin);
      await storeContextKey(admin, contextKey);
    });
    return openDb({
      logins: {
        app: config.databaseAppUrl ?? loginUrl(adminAddress, "vinculo_app", passwords.app),
        worker: config.databaseWorkerUrl ?? loginUrl(adminAddress, "vinculo_worker", passwords.worker),
        sealer: config.databaseSealerUrl ?? loginUrl(adminAddress, "vinculo_sealer", passwords.sealer),
      },
      contextKey,
      ...(server === null ? {} : { embeddedUrl: adminAddress }),
      connectionsMax: { app: config.appConnectionsMax, worker: config.workerConnectionsMax },
      onError: options.onError ?? (() => undefined),
      afterClose: undoAll,
    });
  } catch (error) {
    await undoAll().catch(() => undefined);
    throw error;
  }
}

async function serveAlone(home: string): Promise<() => Promise<void>> {
  const lock = await takeLock(home, "serving", 0);
  if ("heldBy" in lock)
    throw new Refusal(
      `Vinculo is already running on ${home} as pid ${lock.heldBy}: use that one, stop it, or set VINCULO_HOME to another folder.`,
    );
  return () => (lock as InstanceLock).release();
}

function joinEmbedded(config: Config, options: OpenOptions): Promise<EmbeddedServer> {
  return joinServer({
    home: config.home,
    port: config.databasePort,
    connectionsMax: config.appConnectionsMax + config.workerConnectionsMax + SPARE_CONNECTIONS,
    durable: options.durable ?? true,
    password: () => readPasswords(config.home).admin,
    passwordIsThere: passwordsExist(config.home),
    notice: options.notice ?? (() => undefined),
  });
}

async function createDatabase(adminAddress: string): Promise<void> {
  await withAdmin(adminAddress, async (admin) => {
    const { rows } = await admin.query("select from pg_database where datname = $1", [DATABASE]);
    if (rows.length > 0) return;
    await admin.query(`create database ${DATABASE}`).catch((error: { code?: string }) => {
      if (error.code !== "42P04" && error.code !== "23505") throw error; // another process was faster
    });
  });
}

async function storeContextKey(admin: pg.ClientBase, key: Buffer): Promise<void> {
  const { rows } = await admin.query("select to_regclass('platform.context_key') is not null as there");
  if (rows[0]?.there !== true) return;
  await admin.query(
    `insert into platform.context_key (key_id, secret) values (1, $1)
     on conflict (key_id) do update set secret = excluded.secret where context_key.secret is distinct from excluded.secret`,
    [key],
  );
}

/** The address of the same database for another login. */
export function loginUrl(adminAddress: string, login: string, password: string): string {
  const url = new URL(adminAddress);
  url.username = login;
  url.password = password;
  return url.href;
}

async function withAdmin(url: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: url, application_name: `vinculo admin ${process.pid}`, connectionTimeoutMillis: 10_000 });
  admin.on("error", () => undefined);
  try {
    await admin.connect().catch((error: NodeJS.ErrnoException) => {
      const { host } = new URL(url);
      throw new Refusal(
        `The database at ${host} does not let Vinculo in (${error.code ?? error.message}): check that it runs and that DATABASE_URL names a login, password and database it knows.`,
        error,
      );
    });
    await work(admin);
  } finally {
    await admin.end().catch(() => undefined);
  }
}
