import { createHash } from "node:crypto";
import { chmodSync, cpSync, createWriteStream, existsSync, mkdirSync, readdirSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { Refusal } from "../config/index.ts";
import { lsnOf, recoverData } from "../db/index.ts";
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
  segmentStart,
} from "./repository.ts";
import { readSealed, SealBroken } from "./sealed-file.ts";
import { readTar } from "./tar.ts";

export interface RestoreOrder {
  readonly folder: string;
  readonly key: BackupKey;
  /** The new home; must not be there or be empty. */
  readonly target: string;
  /** A copy of the folder `keys` of the home that was backed up. */
  readonly keysFolder: string;
  /** null: the last transaction there is. */
  readonly to: Date | null;
  readonly connectionsMax: number;
  /** false only for scratch servers of tests. */
  readonly durable?: boolean;
  readonly onStep?: (text: string) => void;
}

export interface Restored {
  readonly base: BaseManifest;
  readonly files: number;
  readonly bytes: number;
  readonly segments: number;
  readonly lastTransactionAt: Date | null;
}

const PgManifest = z.object({ Files: z.array(z.object({ Path: z.string(), Size: z.number(), Checksum: z.string() })) });

/** Makes a home of a backup, as it was at a moment. Every byte is checked against the manifests. Fails with Refusal; throws SealBroken for a damaged backup. */
export async function restoreBackup(order: RestoreOrder): Promise<Restored> {
  const { folder, key, target, keysFolder, to, connectionsMax, durable = true, onStep = () => undefined } = order;
  const base = chooseBase(listBases(folder, key), to);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new Refusal(`The folder ${target} is not empty: restore into a new one. Nothing is ever restored over what is there.`);
  if (!existsSync(join(keysFolder, "database.json")))
    throw new Refusal(`There are no keys in ${keysFolder}: name your copy of the folder keys with --keys. They are in no backup.`);
  const missing = missingSegments(folder, base);
  mkdirSync(join(target, "postgres"), { recursive: true, mode: 0o700 });
  chmodSync(target, 0o755);
  onStep(`unpacking the base of ${base.finishedAt}`);
  const { files, bytes } = await unpackDatabase(folder, base, key, join(target, "postgres"));
  for (const file of base.files) await unpackFile(folder, base, file, key, join(target, file.path));
  onStep("unpacking the log");
  const segments = await unpackLog(folder, base, key, join(target, "postgres-log"), missing[0] ?? null);
  cpSync(keysFolder, join(target, "keys"), { recursive: true });
  chmodSync(join(target, "keys"), 0o700);
  onStep(`replaying the log to ${to === null ? "its end" : to.toISOString()}`);
  const { lastTransactionAt } = await recoverData({ home: target, to, connectionsMax, durable });
  return { base, files: files + base.files.length, bytes, segments, lastTransactionAt };
}

/** The newest base finished by then, of the newest timeline that has one. */
export function chooseBase(bases: readonly BaseManifest[], to: Date | null): BaseManifest {
  if (bases.length === 0) throw new Refusal("There is no finished backup here: name another folder with --from.");
  const fitting = bases.filter(({ finishedAt }) => to === null || new Date(finishedAt) <= to);
  const chosen = fitting.toSorted((a, b) => a.timeline - b.timeline || a.finishedAt.localeCompare(b.finishedAt)).at(-1);
  if (chosen === undefined)
    throw new Refusal(`The oldest backup was finished at ${bases[0]?.finishedAt}: nothing before that can be restored.`);
  return chosen;
}

async function unpackDatabase(
  folder: string,
  base: BaseManifest,
  key: BackupKey,
  target: string,
): Promise<{ files: number; bytes: number }> {
  const stored = (name: string) => join(baseFolder(folder, base.baseId), name);
  const text: Buffer[] = [];
  for await (const chunk of readSealed(stored("manifest.sealed"), key.secret, baseLabel(base.baseId, "manifest"))) text.push(chunk);
  const expected = new Map(PgManifest.parse(JSON.parse(Buffer.concat(text).toString())).Files.map((file) => [file.Path, file]));
  const whole = createHash("sha256");
  let [files, bytes] = [0, 0];
  let open_: { path: string; handle: FileHandle; hash: ReturnType<typeof createHash> } | null = null;
  async function* chunks() {
    for await (const chunk of readSealed(stored("base.sealed"), key.secret, baseLabel(base.baseId, "base"))) {
      whole.update(chunk);
      yield chunk;
    }
  }
  await readTar(chunks(), {
    async onEntry({ path, isFolder }) {
      if (isFolder) return void mkdirSync(join(target, path), { recursive: true, mode: 0o700 });
      mkdirSync(dirname(join(target, path)), { recursive: true, mode: 0o700 });
      open_ = { path, handle: await open(join(target, path), "wx", 0o600), hash: createHash("sha256") };
    },
    async onBytes(part) {
      open_?.hash.update(part);
      await open_?.handle.writeFile(part);
      bytes += part.length;
    },
    async onEnd() {
      if (open_ === null) return;
      const { path, handle, hash } = open_;
      await handle.close();
      open_ = null;
      files += 1;
      const wanted = expected.get(path);
      // The manifest names every file but the log, which the server checks record by record, and what it writes last.
      if (wanted !== undefined && wanted.Checksum !== hash.digest("hex")) throw new SealBroken(path, "it is not what the server sent");
      expected.delete(path);
    },
  });
  if (whole.digest("hex") !== base.base.sha256) throw new SealBroken("base.sealed", "it is not what the manifest says");
  const [lost] = expected.keys();
  if (lost !== undefined) throw new SealBroken(lost, "the base does not hold it");
  return { files, bytes };
}

async function unpackFile(
  folder: string,
  base: BaseManifest,
  file: BaseManifest["files"][number],
  key: BackupKey,
  path: string,
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash("sha256");
  const source = readSealed(join(baseFolder(folder, base.baseId), file.stored), key.secret, baseLabel(base.baseId, file.stored));
  async function* summed() {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  }
  await pipeline(summed, createWriteStream(path, { mode: file.mode & 0o777, flags: "wx", flush: true }));
  if (hash.digest("hex") !== file.sha256) throw new SealBroken(file.path, "it is not what the manifest says");
}

/** The segments from the beginning of the base to the first gap, each filled up to its length as PostgreSQL wants it. */
async function unpackLog(folder: string, base: BaseManifest, key: BackupKey, target: string, firstMissing: string | null): Promise<number> {
  mkdirSync(target, { recursive: true, mode: 0o700 });
  const { whole, part } = listSegments(folder, base.timeline);
  let count = 0;
  for (const file of [...whole, ...(part === null ? [] : [part])]) {
    const name = file.slice(0, 24);
    if (segmentStart(name) + BigInt(SEGMENT_BYTES) <= lsnOf(base.startLsn)) continue;
    if (firstMissing !== null && name >= firstMissing) break;
    const handle = await open(join(target, name), "wx", 0o600);
    for await (const chunk of readSealed(join(logFolder(folder, base.timeline), file), key.secret, segmentLabel(name), file !== name))
      await handle.writeFile(chunk);
    await handle.truncate(SEGMENT_BYTES);
    await handle.close();
    count += 1;
  }
  return count;
}
