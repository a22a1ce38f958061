import { resolve } from "node:path";
import { z } from "zod";

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

const postgresUrl = z
  .string()
  .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), "must be a postgres:// address")
  .optional();

const hostList = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim().toLowerCase())
      .filter((part) => part !== ""),
  );

const file = z
  .string()
  .min(1)
  .transform((path) => resolve(path))
  .optional();

function syslogAddress(text: string, context: z.RefinementCtx) {
  const found = /^(tls|tcp|udp):\/\/(\[[0-9a-f:.]+\]|[^:/\s]+):(\d{1,5})$/i.exec(text);
  const port = Number(found?.[3]);
  if (found === null || port < 1 || port > 65_535) {
    context.addIssue({ code: "custom", message: "must be tls://host:port, tcp://host:port or udp://host:port" });
    return z.NEVER;
  }
  const protocol = found[1]?.toLowerCase() as "tls" | "tcp" | "udp";
  return { protocol, host: (found[2] ?? "").replace(/^\[|\]$/g, ""), port };
}

/** What is scanned does not leave the machine: a socket, or a port of the loopback. */
function scannerAddress(text: string, context: z.RefinementCtx) {
  const path = /^unix:(\/.+)$/.exec(text)?.[1];
  if (path !== undefined) return { path };
  const [, host = "", port = ""] = /^tcp:\/\/(localhost|127(?:\.\d{1,3}){3}|\[::1\]):(\d{1,5})$/i.exec(text) ?? [];
  if (host !== "" && Number(port) > 0 && Number(port) < 65_536) return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
  context.addIssue({ code: "custom", message: "must be unix:/path or tcp://127.0.0.1:port" });
  return z.NEVER;
}

function mailServer(text: string, context: z.RefinementCtx) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["smtp:", "smtps:"].includes(url.protocol) || url.hostname === "") {
    context.addIssue({ code: "custom", message: "must be smtp://user:password@host:port or smtps://user:password@host:port" });
    return z.NEVER;
  }
  const secure = url.protocol === "smtps:";
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    user: url.username === "" ? null : decodeURIComponent(url.username),
    password: url.password === "" ? null : decodeURIComponent(url.password),
  };
}

/** A token travels with every request: in the clear only inside this machine. */
function isTransitAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isHere = hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
  return username === "" && password === "" && (protocol === "https:" || (protocol === "http:" && isHere));
}

/** Every setting Vinculo reads from its environment, with its default; `describe` is the line shown in docs/operations. */
export const settings = z.object({
  PORT: whole(0, 65_535).default(3000).describe("TCP port of the web server; 0 takes any free one."),
  VINCULO_HOST: z.string().min(1).default("127.0.0.1").describe("Address the web server listens on; 0.0.0.0 for all interfaces."),
  VINCULO_HOME: z
    .string()
    .min(1)
    .default("./data")
    .transform((folder) => resolve(folder))
    .describe("Folder of the embedded database, files and keys."),
  VINCULO_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be an http:// or https:// address" })
    .transform((text) => text.replace(/\/+$/, ""))
    .optional()
    .describe("Address under which browsers reach Vinculo, for links and the origin check; default http://localhost:PORT."),
  DATABASE_URL: postgresUrl.describe(
    "A PostgreSQL 18 server of your own, as an administrator; without it Vinculo runs its own under VINCULO_HOME.",
  ),
  DATABASE_APP_URL: postgresUrl.describe(
    "Login of the web server in a database of your own; default: role vinculo_app with a password kept in VINCULO_HOME.",
  ),
  DATABASE_WORKER_URL: postgresUrl.describe(
    "Login of jobs and imports in a database of your own; default: role vinculo_worker with a password kept in VINCULO_HOME.",
  ),
  DATABASE_SEALER_URL: postgresUrl.describe(
    "Login that seals the audit trail in a database of your own; default: role vinculo_sealer with a password kept in VINCULO_HOME.",
  ),
  VINCULO_DATABASE_CLEAR: z
    .enum(["allowed"])
    .optional()
    .describe("Lets a database on another machine be asked without TLS: only where the network between them is encrypted otherwise."),
  VINCULO_DB_PORT: whole(0, 65_535)
    .default(0)
    .describe("TCP port of the embedded database on 127.0.0.1; 0 takes a free one and remembers it."),
  VINCULO_APP_CONNECTIONS: whole(1, 500).default(12).describe("Largest number of database connections for requests."),
  VINCULO_WORKER_CONNECTIONS: whole(2, 200).default(8).describe("Largest number of database connections for jobs and imports."),
  VINCULO_DISK_RESERVE_MIB: whole(0, 10_000_000).default(2048).describe("Free disk space in MiB below which Vinculo only reads."),
  VINCULO_BACKUP_FOLDER: file.describe("Folder of the backups, best on another machine's disk; default VINCULO_HOME/backups."),
  VINCULO_BACKUP_KEY_FILE: file.describe(
    "Key that seals backups, 64 hexadecimal digits; default VINCULO_HOME/keys/backup.key, made with the first backup. Keep a copy elsewhere.",
  ),
  VINCULO_BACKUP_HOURS: whole(1, 720).default(24).describe("How often a base backup is taken once there is a first one, in hours."),
  VINCULO_BACKUP_KEEP_DAYS: whole(1, 3_650).default(14).describe("How many days back a restore must be able to go."),
  VINCULO_MASTER_KEY_FILE: file.describe(
    "Master key that wraps the keys of encrypted columns; default VINCULO_HOME/keys/master.key, made at the first start. Keep a copy elsewhere.",
  ),
  VINCULO_KEY_PROVIDER: z
    .enum(["file", "transit"])
    .optional()
    .describe(
      "Who wraps the keys of encrypted columns. Default: the key service where VINCULO_TRANSIT_URL names one, else the file. For moving between them.",
    ),
  VINCULO_TRANSIT_URL: z
    .string()
    .refine(isTransitAddress, "must be https://host:port (http on this machine only)")
    .transform((text) => text.replace(/\/+$/, ""))
    .optional()
    .describe("Key service that keeps the master key instead of a file: the transit engine of HashiCorp Vault or OpenBao."),
  VINCULO_TRANSIT_TOKEN_FILE: file.describe("File with the token for the key service, read at every request."),
  VINCULO_TRANSIT_MOUNT: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,60}$/, "must be a name")
    .default("transit")
    .describe("Where the transit engine is mounted."),
  VINCULO_TRANSIT_KEY: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,60}$/, "must be a name")
    .default("vinculo")
    .describe("Name of the master key in the transit engine."),
  VINCULO_TRANSIT_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9_/-]{1,100}$/, "must be a name")
    .optional()
    .describe("Namespace of the key service."),
  VINCULO_DEMO_CUSTOMERS: whole(0, 10_000_000)
    .default(3000)
    .describe("Size of the generated demo bank at the first start; 0 for an empty bank."),
  VINCULO_METRICS_TOKEN: z
    .string()
    .min(16, "must have at least 16 characters")
    .optional()
    .describe("Bearer token for GET /metrics; without it there is no such page."),
  VINCULO_TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    )
    .describe("Addresses of reverse proxies whose X-Forwarded-* headers are believed, separated by commas."),
  VINCULO_OUTBOUND_HOSTS: hostList.describe(
    "Hosts that Vinculo may ask (the identity provider), separated by commas; default: any public one, over https on port 443.",
  ),
  VINCULO_OUTBOUND_INTERNAL_HOSTS: hostList.describe(
    "host:port in the bank's own network that Vinculo may ask, separated by commas: private addresses, other ports and plain http are allowed for these alone.",
  ),
  VINCULO_AUDIT_KEY_FILE: file.describe(
    "Private key (Ed25519, PEM) that signs the seals of the audit trail; default VINCULO_HOME/keys/audit-seal.pem, made at the first start.",
  ),
  VINCULO_AUDIT_SEAL_FILE: file.describe(
    "File to which every seal is appended, best on a disk of another machine or one that is written once; default VINCULO_HOME/audit/seals.jsonl.",
  ),
  VINCULO_AUDIT_SYSLOG: z
    .string()
    .transform(syslogAddress)
    .optional()
    .describe("Log host that is told of every seal (RFC 5424), as tls://host:port (RFC 5425), tcp://host:port or udp://host:port."),
  VINCULO_AUDIT_TIMESTAMP_URL: z
    .url({ protocol: /^https?$/, error: "must be an http:// or https:// address" })
    .optional()
    .describe("Time-stamping authority (RFC 3161) that stamps the last seal."),
  VINCULO_AUDIT_TIMESTAMP_CERTIFICATES: file.describe(
    "PEM file with the certificates a time stamp must lead to; without it imprint, nonce and signature are checked, but not whose they are.",
  ),
  VINCULO_AUDIT_TIMESTAMP_MINUTES: whole(1, 10_080).default(60).describe("How often a time stamp is fetched, in minutes."),
  VINCULO_VIRUS_SCANNER: z
    .string()
    .transform(scannerAddress)
    .optional()
    .describe(
      "ClamAV daemon on this machine that looks at every uploaded file, as unix:/path or tcp://127.0.0.1:3310; without it none is looked at.",
    ),
  VINCULO_SMTP_URL: z
    .string()
    .transform(mailServer)
    .optional()
    .describe("Mail server for reports: smtp://user:password@host:587 (STARTTLS) or smtps://…:465; without it no mail is sent."),
  VINCULO_MAIL_FROM: z
    .string()
    .regex(/^[^\s"(),:;<>@]{1,64}@[^\s"(),:;<>@]{1,255}$/, "must be a mail address")
    .default("vinculo@localhost")
    .describe("Address from which mail is sent."),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], "must be trace, debug, info, warn, error, fatal or silent")
    .default("info")
    .describe("Least level of the log lines on standard output."),
});

/** Name and explanation of every setting, in order, for docs/operations and `vinculo doctor`. */
export function describeSettings(): { name: string; explanation: string; default: string | null }[] {
  const defaults = settings.parse({}) as Record<string, unknown>;
  return Object.entries(settings.shape).map(([name, schema]) => ({
    name,
    explanation: schema.description ?? "",
    default: name === "VINCULO_HOME" ? "./data" : defaults[name] === undefined ? null : String(defaults[name]),
  }));
}
