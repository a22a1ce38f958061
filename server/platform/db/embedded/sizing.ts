import { statfsSync } from "node:fs";
import { totalmem } from "node:os";

const MIB = 1024 * 1024;
const clamp = (value: number, min: number, max: number) => Math.round(Math.min(max, Math.max(min, value)));

/** Memory this process may count on, in MiB: a container's limit counts, not the machine behind it. */
function memoryMiB(): number {
  const limit = process.constrainedMemory();
  const bytes = limit > 0 && limit < totalmem() ? limit : totalmem();
  return bytes / MIB;
}

export interface ServerSettings {
  readonly port: number;
  readonly connectionsMax: number;
  /** false only for scratch servers of tests: a crash of the machine may then destroy the data. */
  readonly durable: boolean;
  readonly more: Readonly<Record<string, string>>;
}

/** The configuration file of the embedded server, sized to this machine: half of the memory is left to Node, files and the rest. */
export function settingsFile(folder: string, { port, connectionsMax, durable, more }: ServerSettings): string {
  const memory = memoryMiB();
  const disk = statfsSync(folder);
  const freeMiB = (disk.bavail * disk.bsize) / MIB;
  const values: Record<string, string | number> = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: connectionsMax,
    password_encryption: "scram-sha-256",
    shared_buffers: `${durable ? clamp(memory / 6, 96, 8192) : 128}MB`,
    effective_cache_size: `${clamp(memory / 2, 256, 65_536)}MB`,
    work_mem: `${clamp(memory / 400, 4, 64)}MB`,
    maintenance_work_mem: `${clamp(memory / 24, 64, 1024)}MB`,
    max_wal_size: `${clamp(freeMiB / 8, 256, 8192)}MB`,
    min_wal_size: `${durable ? clamp(freeMiB / 64, 80, 512) : 80}MB`,
    // Archiving that stands still must not fill the disk: beyond this the log is let go, and a new base backup is taken.
    max_slot_wal_keep_size: `${clamp(freeMiB / 6, 512, 16_384)}MB`,
    wal_compression: "on",
    checkpoint_timeout: "15min",
    checkpoint_completion_target: 0.9,
    random_page_cost: 1.1, // solid-state disks
    default_statistics_target: 200, // skewed branches and segments
    jit: "off", // short queries: compiling costs more than it saves
    track_io_timing: "on",
    tcp_keepalives_idle: 30,
    // The log stays within a week and carries no values: DETAIL lines and parameters are personal data.
    logging_collector: "on",
    log_directory: "log",
    log_filename: "postgresql-%a.log",
    log_rotation_age: "1d",
    log_rotation_size: 0,
    log_truncate_on_rotation: "on",
    log_timezone: "UTC",
    log_line_prefix: "%m [%p] %a ",
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_min_messages: durable ? "warning" : "error",
    timezone: "UTC",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
    ...more,
  };
  const lines = Object.entries(values).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`);
  return `# Written by Vinculo at each start. Use ALTER SYSTEM for settings of your own.\n${lines.join("\n")}\n`;
}
