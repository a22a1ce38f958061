import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const BackupState = z.object({
  /** When what the server had written was last on disk, and up to where (bytes). */
  archivedAt: z.string().nullable(),
  archivedLsn: z.string().nullable(),
  failingSince: z.string().nullable(),
  /** One sentence. */
  trouble: z.string().nullable(),
});
export type BackupState = z.infer<typeof BackupState>;

const FILE = "backup-state.json";

/** Beside the database, for `vinculo doctor`; the repository may be what fails. */
export function keepState(home: string, state: BackupState): void {
  const path = join(home, FILE);
  try {
    writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch {
    // A full disk: the log and the metrics say the same.
  }
}

export function readState(home: string): BackupState | null {
  const path = join(home, FILE);
  try {
    return existsSync(path) ? BackupState.parse(JSON.parse(readFileSync(path, "utf8"))) : null;
  } catch {
    return null;
  }
}
