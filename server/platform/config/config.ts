import { join } from "node:path";
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
  readonly databaseSealerUrl: string | null;
  /** 0: a free port, remembered in `home`. */
  readonly databasePort: number;
  readonly appConnectionsMax: number;
  readonly workerConnectionsMax: number;
  readonly diskReserveMiB: number;
  readonly demoCustomers: number;
  /** null: no metrics page. */
  readonly metricsToken: string | null;
  readonly trustedProxies: readonly string[];
  /** Which other servers may be asked (platform/outbound). */
  readonly outbound: { readonly hosts: readonly string[]; readonly internalHosts: readonly string[] };
  readonly logLevel: LogLevel;
  readonly audit: AuditConfig;
  readonly backup: BackupConfig;
  /** null: no mail server. */
  readonly mail: MailConfig | null;
  /** A ClamAV daemon; null: uploads are not looked at. */
  readonly virusScanner: { readonly path: string } | { readonly host: string; readonly port: number } | null;
  readonly encryption: EncryptionConfig;
}

/** The bank's mail server, and from whom mail comes. */
export interface MailConfig {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise by STARTTLS. */
  readonly secure: boolean;
  readonly user: string | null;
  readonly password: string | null;
  readonly from: string;
}

/** Where the master key is that wraps the keys of encrypted columns. */
export interface EncryptionConfig {
  /** Used where there is no key service. */
  readonly keyFile: string;
  /** A transit engine (HashiCorp Vault, OpenBao); null: the file. */
  readonly transit: {
    readonly url: string;
    readonly tokenFile: string;
    readonly mount: string;
    readonly key: string;
    readonly namespace: string | null;
  } | null;
  /** Which of the two wraps keys. The other opens what it has wrapped, until that has moved. */
  readonly provider: "file" | "transit";
}

/** Where backups go and how long they are kept. */
export interface BackupConfig {
  readonly folder: string;
  readonly keyFile: string;
  readonly everyHours: number;
  readonly keepDays: number;
}

/** Where the seals of the audit trail come from and where they go. */
export interface AuditConfig {
  /** The private key that signs; outside the database, best on another disk than its backups. */
  readonly keyFile: string;
  /** Seals are appended here, one JSON line each. */
  readonly sealFile: string;
  /** null: seals are sent to no log host. */
  readonly syslog: { readonly protocol: "tls" | "tcp" | "udp"; readonly host: string; readonly port: number } | null;
  /** null: no time-stamping authority. */
  readonly timestamps: { readonly url: string; readonly certificatesFile: string | null; readonly everyMinutes: number } | null;
}

/** Reads the settings. A setting that makes no sense is a Refusal naming it; an empty one counts as not set. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.keys(settings.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? "a setting");
    // These addresses carry a password, so they are not repeated.
    const shown = name.startsWith("DATABASE_") || name === "VINCULO_SMTP_URL" ? "" : `, not ${JSON.stringify(given[name]?.slice(0, 100))}`;
    throw new Refusal(`The setting ${name} ${issue?.message ?? "is not valid"}${shown}.`);
  }
  const values = parsed.data;
  const logins = values.DATABASE_APP_URL ?? values.DATABASE_WORKER_URL ?? values.DATABASE_SEALER_URL;
  if (values.DATABASE_URL === undefined && logins !== undefined) {
    throw new Refusal(
      "DATABASE_APP_URL, DATABASE_WORKER_URL and DATABASE_SEALER_URL go with a server of your own: set DATABASE_URL too, or none of them.",
    );
  }
  if (values.VINCULO_DATABASE_CLEAR === undefined) {
    for (const name of ["DATABASE_URL", "DATABASE_APP_URL", "DATABASE_WORKER_URL", "DATABASE_SEALER_URL"] as const)
      if (values[name] !== undefined) requireTls(name, values[name]);
  }
  return Object.freeze({
    port: values.PORT,
    host: values.VINCULO_HOST,
    home: values.VINCULO_HOME,
    publicUrl: values.VINCULO_PUBLIC_URL ?? null,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseAppUrl: values.DATABASE_APP_URL ?? null,
    databaseWorkerUrl: values.DATABASE_WORKER_URL ?? null,
    databaseSealerUrl: values.DATABASE_SEALER_URL ?? null,
    databasePort: values.VINCULO_DB_PORT,
    appConnectionsMax: values.VINCULO_APP_CONNECTIONS,
    workerConnectionsMax: values.VINCULO_WORKER_CONNECTIONS,
    diskReserveMiB: values.VINCULO_DISK_RESERVE_MIB,
    demoCustomers: values.VINCULO_DEMO_CUSTOMERS,
    metricsToken: values.VINCULO_METRICS_TOKEN ?? null,
    trustedProxies: values.VINCULO_TRUSTED_PROXIES,
    outbound: { hosts: values.VINCULO_OUTBOUND_HOSTS, internalHosts: values.VINCULO_OUTBOUND_INTERNAL_HOSTS },
    logLevel: values.LOG_LEVEL,
    mail: values.VINCULO_SMTP_URL === undefined ? null : { ...values.VINCULO_SMTP_URL, from: values.VINCULO_MAIL_FROM },
    backup: {
      folder: values.VINCULO_BACKUP_FOLDER ?? join(values.VINCULO_HOME, "backups"),
      keyFile: values.VINCULO_BACKUP_KEY_FILE ?? join(values.VINCULO_HOME, "keys", "backup.key"),
      everyHours: values.VINCULO_BACKUP_HOURS,
      keepDays: values.VINCULO_BACKUP_KEEP_DAYS,
    },
    virusScanner: values.VINCULO_VIRUS_SCANNER ?? null,
    encryption: encryptionOf(values),
    audit: {
      keyFile: values.VINCULO_AUDIT_KEY_FILE ?? join(values.VINCULO_HOME, "keys", "audit-seal.pem"),
      sealFile: values.VINCULO_AUDIT_SEAL_FILE ?? join(values.VINCULO_HOME, "audit", "seals.jsonl"),
      syslog: values.VINCULO_AUDIT_SYSLOG ?? null,
      timestamps:
        values.VINCULO_AUDIT_TIMESTAMP_URL === undefined
          ? null
          : {
              url: values.VINCULO_AUDIT_TIMESTAMP_URL,
              certificatesFile: values.VINCULO_AUDIT_TIMESTAMP_CERTIFICATES ?? null,
              everyMinutes: values.VINCULO_AUDIT_TIMESTAMP_MINUTES,
            },
    },
  });
}

const onThisMachine = /^(localhost|127(\.\d+){3}|\[::1\]|)$/;

/** What goes to a database on another machine is everything the bank knows (ASVS 5.0, 12.3.1). */
function requireTls(name: string, address: string): void {
  const url = new URL(address);
  const host = url.searchParams.get("host") ?? url.hostname;
  if (onThisMachine.test(host) || host.startsWith("/") || url.searchParams.get("sslmode") === "verify-full") return;
  throw new Refusal(
    `${name} leads to another machine without checked encryption: add sslmode=verify-full to it. Where the network itself is encrypted, say VINCULO_DATABASE_CLEAR=allowed.`,
  );
}

function encryptionOf(values: ReturnType<typeof settings.parse>): EncryptionConfig {
  const keyFile = values.VINCULO_MASTER_KEY_FILE ?? join(values.VINCULO_HOME, "keys", "master.key");
  const { VINCULO_TRANSIT_URL: url, VINCULO_TRANSIT_TOKEN_FILE: tokenFile } = values;
  if (url === undefined) {
    if (values.VINCULO_KEY_PROVIDER === "transit") throw new Refusal("VINCULO_KEY_PROVIDER is transit: say where in VINCULO_TRANSIT_URL.");
    return { keyFile, transit: null, provider: "file" };
  }
  if (tokenFile === undefined) throw new Refusal("VINCULO_TRANSIT_URL needs a token: name its file in VINCULO_TRANSIT_TOKEN_FILE.");
  const { VINCULO_TRANSIT_MOUNT: mount, VINCULO_TRANSIT_KEY: key, VINCULO_TRANSIT_NAMESPACE: namespace = null } = values;
  const { VINCULO_KEY_PROVIDER: provider = "transit" } = values;
  return { keyFile, transit: { url, tokenFile, mount, key, namespace }, provider };
}
