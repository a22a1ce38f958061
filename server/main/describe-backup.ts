import { readRepository, readState } from "../platform/backup/index.ts";
import type { Config } from "../platform/config/index.ts";

/** What `vinculo doctor` says of backups: one line, and what a person should look at. */
export function describeBackup({ backup, home, databaseUrl }: Config): { readonly line: string; readonly troubles: readonly string[] } {
  if (databaseUrl !== null)
    return { line: "Backups: those of your own server; vinculo backup --check looks at its archiving.", troubles: [] };
  const state = readState(home);
  const troubles = state?.trouble ? [`The log of the database cannot be archived since ${state.failingSince}: ${state.trouble}.`] : [];
  if (readRepository(backup.folder) === null)
    return { line: `No backups in ${backup.folder}: make the first with vinculo backup.`, troubles };
  return { line: `Backups in ${backup.folder}; everything until ${state?.archivedAt ?? "the newest one"} is archived.`, troubles };
}
