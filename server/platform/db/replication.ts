import pg from "pg";
import { openReplicationClient, type ReplicationConnection, submit } from "./replication-query.ts";

/** What a base backup is made of, in the order in which it comes. */
export type BackupPart =
  /** A tar archive of the data folder begins. */
  | { readonly kind: "archive" }
  | { readonly kind: "manifest" }
  /** Bytes of the archive or of the manifest, whichever began last. */
  | { readonly kind: "data"; readonly chunk: Buffer };

export interface BackupBounds {
  readonly startLsn: string;
  readonly endLsn: string;
  readonly timeline: number;
}

const QUEUE_BYTES_MAX = 16 * 2 ** 20;

/** Who the server is and where its log stands. */
export async function identifySystem(url: string): Promise<{ systemId: string; timeline: number; lsn: string }> {
  return withReplication(url, async (client) => {
    const { rows } = await client.query<{ systemid: string; timeline: string; xlogpos: string }>("IDENTIFY_SYSTEM");
    const found = rows[0];
    if (found === undefined) throw new Error("the server does not identify itself");
    return { systemId: found.systemid, timeline: Number(found.timeline), lsn: found.xlogpos };
  });
}

/**
 * The whole data folder as the server sends it (BASE_BACKUP of the replication protocol): checksums of pages verified by the server, with a
 * manifest of SHA-256 sums and the log that makes it consistent. Slow takers slow the server down, not this process's memory.
 */
export async function receiveBaseBackup(url: string, label: string, take: (part: BackupPart) => Promise<void>): Promise<BackupBounds> {
  return withReplication(url, async (client) => {
    const command = `BASE_BACKUP (LABEL '${label.replaceAll("'", "")}', CHECKPOINT 'fast', WAL, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256')`;
    const rows: string[][] = [];
    let queued = 0;
    let taking: Promise<void> = Promise.resolve();
    let failed: unknown = null;
    const { stream } = client.connection;
    await submit(client, command, {
      onRow: (fields) => rows.push(fields),
      onData: (message) => {
        const part = partOf(message);
        if (part === null || failed !== null) return;
        queued += message.length;
        if (queued > QUEUE_BYTES_MAX) stream.pause();
        taking = taking
          .then(() => take(part))
          .catch((error: unknown) => {
            failed ??= error;
            stream.destroy(error instanceof Error ? error : undefined);
          })
          .finally(() => {
            queued -= message.length;
            if (queued <= QUEUE_BYTES_MAX / 2 && stream.isPaused()) stream.resume();
          });
      },
    }).catch((error: unknown) => {
      throw failed ?? error;
    });
    await taking;
    if (failed !== null) throw failed;
    const [first, last] = [rows[0], rows.at(-1)];
    if (first?.[0] === undefined || last?.[0] === undefined) throw new Error("the server did not say where its backup begins and ends");
    return { startLsn: first[0], endLsn: last[0], timeline: Number(first[1]) };
  });
}

// Messages of BASE_BACKUP begin with a letter: n an archive, m the manifest, d data, p progress.
function partOf(message: Buffer): BackupPart | null {
  const kind = String.fromCharCode(message[0] ?? 0);
  if (kind === "n") return { kind: "archive" };
  if (kind === "m") return { kind: "manifest" };
  // Copied: the parser of the connection uses its buffer again.
  return kind === "d" ? { kind: "data", chunk: Buffer.from(message.subarray(1)) } : null;
}

async function withReplication<T>(url: string, work: (client: ReplicationConnection) => Promise<T>): Promise<T> {
  const client = await openReplicationClient(url);
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export type SlotState = {
  readonly restartLsn: string | null;
  readonly isActive: boolean;
  readonly isLost: boolean;
  readonly keptBytes: bigint;
};

/** The slot by which the server keeps the log that was not fetched yet; null when there is none. */
export async function readSlot(url: string, name: string): Promise<SlotState | null> {
  return withAdmin(url, async (client) => {
    const { rows } = await client.query<{ lsn: string | null; active: boolean; lost: boolean; kept: string | null }>(
      `select restart_lsn as lsn, active, wal_status = 'lost' as lost, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint as kept
       from pg_replication_slots where slot_name = $1`,
      [name],
    );
    const found = rows[0];
    return found === undefined
      ? null
      : { restartLsn: found.lsn, isActive: found.active, isLost: found.lost, keptBytes: BigInt(found.kept ?? 0) };
  });
}

/** Makes the slot, or makes it anew when the server had to let its log go. From now on the server keeps what is not fetched. */
export async function keepSlot(url: string, name: string): Promise<void> {
  const slot = await readSlot(url, name);
  if (slot !== null && !slot.isLost) return;
  await withAdmin(url, async (client) => {
    if (slot !== null) await client.query("select pg_drop_replication_slot($1)", [name]);
    await client.query("select pg_create_physical_replication_slot($1, true)", [name]);
  });
}

export interface ArchiverState {
  readonly isOn: boolean;
  readonly lastArchivedAt: Date | null;
  readonly lastFailedAt: Date | null;
  readonly failures: number;
  /** Slots of replication, by which tools such as pgBackRest or pg_receivewal fetch the log, and what each keeps back. */
  readonly slots: { readonly name: string; readonly isActive: boolean; readonly keptBytes: bigint }[];
}

/** How a server of the bank's own archives its log, as it says itself. */
export async function readArchiver(url: string): Promise<ArchiverState> {
  return withAdmin(url, async (client) => {
    const { rows } = await client.query<{ on: boolean; archived: Date | null; failed: Date | null; failures: string }>(
      `select current_setting('archive_mode') <> 'off' as on, last_archived_time as archived, last_failed_time as failed, failed_count as failures
       from pg_stat_archiver`,
    );
    const { rows: slots } = await client.query<{ name: string; active: boolean; kept: string }>(
      `select slot_name as name, active, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::bigint as kept
       from pg_replication_slots order by slot_name limit 50`,
    );
    const found = rows[0];
    return {
      isOn: found?.on ?? false,
      lastArchivedAt: found?.archived ?? null,
      lastFailedAt: found?.failed ?? null,
      failures: Number(found?.failures ?? 0),
      slots: slots.map(({ name, active, kept }) => ({ name, isActive: active, keptBytes: BigInt(kept) })),
    };
  });
}

async function withAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `vinculo backup ${process.pid}`,
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
