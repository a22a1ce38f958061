import { createHash } from "node:crypto";
import { join } from "node:path";
import { lsnOf } from "../db/index.ts";
import type { BackupKey } from "./backup-key.ts";
import { segmentLabel } from "./log-archive.ts";
import { baseLabel } from "./make-base.ts";
import {
  type BaseManifest,
  baseFolder,
  listBases,
  listSegments,
  logFolder,
  missingSegments,
  SEGMENT_BYTES,
  type StoredFile,
  segmentStart,
} from "./repository.ts";
import { readSealed, SealBroken } from "./sealed-file.ts";

export interface RepositoryReport {
  readonly bases: readonly BaseManifest[];
  readonly segments: number;
  readonly bytes: number;
  /** One sentence each; empty: everything opens and nothing is missing. */
  readonly faults: readonly string[];
}

const FAULTS_MAX = 100;

/** Opens every sealed file and compares it with the manifest; looks for gaps in the log. Reads everything: as long as a restore without the database. */
export async function checkRepository(folder: string, key: BackupKey): Promise<RepositoryReport> {
  const bases = listBases(folder, key);
  const faults: string[] = [];
  let bytes = 0;
  const check = async (what: string, work: () => Promise<number>) => {
    if (faults.length >= FAULTS_MAX) return;
    try {
      bytes += await work();
    } catch (error) {
      if (error instanceof SealBroken) faults.push(error.message);
      else if ((error as NodeJS.ErrnoException).code === "ENOENT") faults.push(`${what} is missing`);
      else throw error;
    }
  };
  for (const base of bases) {
    for (const file of [base.base, base.manifest, ...base.files]) await check(file.stored, () => checkStored(folder, base, file, key));
    for (const name of missingSegments(folder, base))
      faults.push(`the log segment ${name} is missing: from base ${base.baseId} nothing behind it can be restored`);
  }
  let segments = 0;
  for (const timeline of new Set(bases.map((base) => base.timeline))) {
    const from = bases.filter((base) => base.timeline === timeline).map((base) => lsnOf(base.startLsn))[0] ?? 0n;
    const { whole, part } = listSegments(folder, timeline);
    for (const name of [...whole, ...(part === null ? [] : [part])]) {
      if (segmentStart(name) + BigInt(SEGMENT_BYTES) <= from) continue;
      segments += 1;
      await check(name, () => checkSegment(join(logFolder(folder, timeline), name), name.slice(0, 24), key, name.endsWith(".part")));
    }
  }
  return { bases, segments, bytes, faults };
}

async function checkStored(folder: string, base: BaseManifest, file: StoredFile, key: BackupKey): Promise<number> {
  const path = join(baseFolder(folder, base.baseId), file.stored);
  const hash = createHash("sha256");
  for await (const chunk of readSealed(path, key.secret, baseLabel(base.baseId, file.stored.replace(/\.sealed$/, "")))) hash.update(chunk);
  if (hash.digest("hex") !== file.sha256) throw new SealBroken(path, "it is not what the manifest says");
  return file.bytes;
}

async function checkSegment(path: string, name: string, key: BackupKey, openEnded: boolean): Promise<number> {
  let bytes = 0;
  for await (const chunk of readSealed(path, key.secret, segmentLabel(name), openEnded)) bytes += chunk.length;
  if (!openEnded && bytes !== SEGMENT_BYTES) throw new SealBroken(path, `it holds ${bytes} bytes`);
  return bytes;
}
