import { Refusal } from "./refusal.ts";
import { settings } from "./settings.ts";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";

/** What the environment says, parsed once. Nothing else in the server reads the environment. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute folder of the embedded database, files and keys. */
  readonly home: string;
  /** null: http://localhost and the port in use. Never ends with a slash. */
  readonly publicUrl: string | null;
  /** null: the embedded server. */
  readonly databaseUrl: string | null;
  readonly databaseAppUrl: string | null;
  readonly databaseWorkerUrl: string | null;
  /** 0: a free port, remembered in `home`. */
  readonly databasePort: number;
  readonly appConnectionsMax: number;
  readonly workerConnectionsMax: number;
  readonly diskReserveMiB: number;
  readonly demoCustomers: number;
  /** null: no metrics page. */
  readonly metricsToken: string | null;
  readonly trustedProxies: readonly string[];
  readonly logLevel: LogLevel;
}

/** Reads the settings. A setting that makes no sense is a Refusal naming it; an empty one counts as not set. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.keys(settings.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? "a setting");
    // A database address carries a password, so it is not repeated.
    const shown = name.startsWith("DATABASE_") ? "" : `, not ${JSON.stringify(given[name]?.slice(0, 100))}`;
    throw new Refusal(`The setting ${name} ${issue?.message ?? "is not valid"}${shown}.`);
  }
  const values = parsed.data;
  if (values.DATABASE_URL === undefined && (values.DATABASE_APP_URL ?? values.DATABASE_WORKER_URL) !== undefined) {
    throw new Refusal("DATABASE_APP_URL and DATABASE_WORKER_URL go with a server of your own: set DATABASE_URL too, or neither of them.");
  }
  return Object.freeze({
    port: values.PORT,
    host: values.VINCULO_HOST,
    home: values.VINCULO_HOME,
    publicUrl: values.VINCULO_PUBLIC_URL ?? null,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseAppUrl: values.DATABASE_APP_URL ?? null,
    databaseWorkerUrl: values.DATABASE_WORKER_URL ?? null,
    databasePort: values.VINCULO_DB_PORT,
    appConnectionsMax: values.VINCULO_APP_CONNECTIONS,
    workerConnectionsMax: values.VINCULO_WORKER_CONNECTIONS,
    diskReserveMiB: values.VINCULO_DISK_RESERVE_MIB,
    demoCustomers: values.VINCULO_DEMO_CUSTOMERS,
    metricsToken: values.VINCULO_METRICS_TOKEN ?? null,
    trustedProxies: values.VINCULO_TRUSTED_PROXIES,
    logLevel: values.LOG_LEVEL,
  });
}
