import { type FileHandle, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** Beside the database, not in its backup: after a restore it says what was erased since. Ids and hashes only. */
export const erasureLogFile = (home: string): string => join(home, "erasures.jsonl");

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
export const LogEntry = z.object({
  at: z.iso.datetime(),
  erasureId: z.uuid(),
  customerNo: z.string(),
  partyIds: z.array(z.uuid()),
  records: z.array(z.object({ sourceId: z.int(), kind: z.string(), hash: Hash })),
  addresses: z.array(z.object({ kind: z.enum(["phone", "email"]), hash: Hash })),
});
export type LogEntry = z.infer<typeof LogEntry>;

/**
 * On disk before the erasure commits: what a crash leaves is an entry too many, and re-applying looks at holds again. Fails when it cannot be written;
 * then nothing is erased.
 */
export async function appendToLog(home: string, entry: LogEntry): Promise<void> {
  const file: FileHandle = await open(erasureLogFile(home), "a", 0o600);
  try {
    await file.appendFile(`${JSON.stringify(entry)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Oldest first; [] where nothing was ever erased. A line that was cut off by a crash is left out. */
export async function readLog(home: string): Promise<LogEntry[]> {
  const text = await readFile(erasureLogFile(home), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line) => {
    if (!line.endsWith("}")) return [];
    return [LogEntry.parse(JSON.parse(line))];
  });
}
