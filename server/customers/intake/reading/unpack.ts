import { createHash } from "node:crypto";
import { type FileHandle, open as openHandle } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { fileProblem } from "./file-problem.ts";
import type { ReadLimits } from "./format.ts";
import { openZipEntry } from "./zip.ts";

const CHUNK_BYTES = 2 ** 20;

export type Packing = "none" | "gzip" | "zip";

/** A file's unpacked bytes. `packedBytes` counts what was taken from disk. */
export interface OpenedFile {
  readonly packing: Packing;
  readonly chunks: AsyncIterable<Buffer>;
  packedBytes(): number;
  /** SHA-256 of the packed bytes, once all of them were read; null for zip, which is read out of order. */
  sha256(): string | null;
  close(): Promise<void>;
}

/** Opens a file and unpacks gzip and zip by their content. Fails with a FileProblem, on opening or while reading. */
export async function openFile(path: string, limits: ReadLimits, entry: string | null = null): Promise<OpenedFile> {
  const name = basename(path);
  const handle = await openHandle(path, "r").catch((cause: unknown) => {
    throw fileProblem("no_such_file", name, "the file is not there or cannot be read", {}, cause);
  });
  try {
    const packing = await packingOf(handle);
    if (packing === "zip") {
      const zip = await openZipEntry(handle, name, entry, limits);
      return {
        packing,
        chunks: bounded(zip.stream, name, limits, zip.packedBytes),
        packedBytes: zip.packedBytes,
        sha256: () => null,
        close: () => handle.close(),
      };
    }
    const source = hashed(handle, name);
    const chunks = packing === "gzip" ? bounded(gunzipped(source.chunks, name), name, limits, source.bytes) : source.chunks;
    return { packing, chunks, packedBytes: source.bytes, sha256: source.digest, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function packingOf(handle: FileHandle): Promise<Packing> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  if (bytesRead >= 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) {
    return "gzip";
  }
  return bytesRead === 4 && buffer.readUInt32LE(0) === 0x04034b50 ? "zip" : "none";
}

function hashed(handle: FileHandle, name: string) {
  const hash = createHash("sha256");
  let bytes = 0;
  let digest: string | null = null;
  async function* read(): AsyncGenerator<Buffer> {
    const before = await handle.stat();
    for (;;) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES, bytes);
      if (bytesRead === 0) {
        break;
      }
      const chunk = bytesRead === CHUNK_BYTES ? buffer : buffer.subarray(0, bytesRead);
      hash.update(chunk);
      bytes += bytesRead;
      yield chunk;
    }
    const after = await handle.stat();
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || after.size !== bytes) {
      throw fileProblem("file_changed", name, "the file changed while it was read");
    }
    digest = hash.digest("hex");
  }
  return { chunks: read(), bytes: () => bytes, digest: () => digest };
}

async function* gunzipped(chunks: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const source = Readable.from(chunks, { objectMode: false });
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "Z_BUF_ERROR") {
      throw fileProblem("truncated_archive", name, "the gzip file ends in the middle; fetch it again", {}, cause);
    }
    if (code?.startsWith("Z_")) {
      throw fileProblem("broken_archive", name, "the gzip file is damaged; fetch it again", {}, cause);
    }
    throw cause;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function* bounded(
  chunks: AsyncIterable<Buffer>,
  name: string,
  limits: ReadLimits,
  packedBytes: () => number,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    const tooMany = bytes > limits.unpackedBytesMax;
    const tooDense = bytes > limits.ratioFromBytes && bytes > limits.ratioMax * Math.max(packedBytes(), 1);
    if (tooMany || tooDense) {
      throw fileProblem("unpacks_too_large", name, "the archive unpacks to far more than its size allows and is refused", {
        unpackedBytes: bytes,
      });
    }
    yield chunk;
  }
}
