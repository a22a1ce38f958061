import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, stat, statfs, unlink } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DomainError } from "../errors/index.ts";
import { type Id, newId } from "../ids/index.ts";

export type UploadId = Id<"Upload">;

export interface SpooledFile {
  readonly uploadId: UploadId;
  /** Made by the server; no part of it comes from outside. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export interface SpoolOptions {
  /** Folder for uploads, `$VINCULO_HOME/uploads`. Created, readable by this account only. */
  readonly folder: string;
  readonly bytesMax: number;
  /** What must stay free on the disk beside the upload. Default 2 GiB. */
  readonly reserveBytes?: number;
  /** Looks at the whole file before it is kept; what it throws refuses the upload. */
  readonly inspect?: (path: string) => Promise<void>;
}

const RESERVE_BYTES = 2 * 1024 ** 3;
/** How often the disk is looked at while bytes arrive; the announced length may be wrong or missing. */
const CHECK_EVERY_BYTES = 64 * 1024 ** 2;
const PART = ".part";
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const spooledName = /^[0-9a-f-]{36}(?:\.part)?$/;

/**
 * Writes an upload to disk as it arrives, with its hash and length. Complete and flushed when it returns; a part that failed is removed.
 * `announcedBytes` only serves to refuse early. Fails with: too_large, read_only (no room on the disk), invalid_input (it broke off or is empty), and as `inspect`.
 */
export async function spoolUpload(stream: Readable, announcedBytes: number | null, options: SpoolOptions): Promise<SpooledFile> {
  const { folder, bytesMax } = options;
  if (announcedBytes !== null && announcedBytes > bytesMax) throw new DomainError("too_large", `an upload may have ${bytesMax} bytes`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await checkRoom(options, announcedBytes ?? 0);
  const uploadId: UploadId = newId();
  const path = pathOf(folder, uploadId);
  const part = `${path}${PART}`;
  const hash = createHash("sha256");
  let bytes = 0;
  let checkedAt = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > bytesMax) return done(new DomainError("too_large", `an upload may have ${bytesMax} bytes`));
      hash.update(chunk);
      if (bytes - checkedAt < CHECK_EVERY_BYTES) return done(null, chunk);
      checkedAt = bytes;
      checkRoom(options, 0).then(() => done(null, chunk), done);
    },
  });
  try {
    await pipeline(stream, measure, createWriteStream(part, { flags: "wx", mode: 0o600, flush: true }));
    if (bytes === 0) throw new DomainError("invalid_input", "the upload is empty", { fields: [{ path: "", reason: "empty" }] });
    await options.inspect?.(part);
    await rename(part, path);
    await flushFolder(folder);
  } catch (error) {
    await unlink(part).catch(ignoreMissing);
    throw uploadError(error);
  }
  return { uploadId, path, bytes, sha256: hash.digest("hex") };
}

/** A fresh stream over a spooled file. Fails with: not_found. */
export async function readUpload(folder: string, uploadId: string): Promise<{ stream: Readable; path: string; bytes: number }> {
  const path = pathOf(folder, uploadId);
  try {
    const { size } = await stat(path);
    return { stream: createReadStream(path), path, bytes: size };
  } catch (error) {
    throw isMissing(error) ? new DomainError("not_found", "this upload is gone", { cause: error }) : error;
  }
}

/** Removes an upload; not an error when it is gone already. */
export async function removeUpload(folder: string, uploadId: string): Promise<void> {
  await unlink(pathOf(folder, uploadId)).catch(ignoreMissing);
}

/**
 * Removes uploads last written before `olderThan`, finished or broken off, and nothing that is not an upload. Returns how many went.
 * Uploads that something still needs are named in `keep`.
 */
export async function cleanUploads(folder: string, olderThan: Date, keep: ReadonlySet<string> = new Set()): Promise<number> {
  const names = await readdir(folder).catch((error: unknown) => (isMissing(error) ? [] : Promise.reject(error as Error)));
  let removed = 0;
  for (const name of names) {
    if (!spooledName.test(name) || keep.has(name)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found === null || !found.isFile() || found.mtime >= olderThan) continue;
    await unlink(path).catch(ignoreMissing);
    removed += 1;
  }
  return removed;
}

function pathOf(folder: string, uploadId: string): string {
  // The id comes back from outside: only what we could have made becomes part of a path.
  if (!uuid.test(uploadId)) throw new DomainError("not_found", "not an upload id");
  return join(folder, uploadId);
}

async function checkRoom({ folder, reserveBytes = RESERVE_BYTES }: SpoolOptions, neededBytes: number): Promise<void> {
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize < neededBytes + reserveBytes) throw new DomainError("read_only", "the disk has no room for this upload");
}

/** A new name is only sure to survive a power cut once its folder is flushed. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function uploadError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOSPC" || code === "EDQUOT") return new DomainError("read_only", "the disk is full", { cause: error });
  if (code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ABORT_ERR") {
    return new DomainError("invalid_input", "the upload broke off", { cause: error, fields: [{ path: "", reason: "broke_off" }] });
  }
  return error;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
