import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileProblem } from "./file-problem.ts";
import { type ReadLimits, readLimits } from "./format.ts";
import { openFile, type Packing } from "./unpack.ts";

/** What a file was when it was looked at; reading it later fails with `file_changed` when it is not that any more. */
export interface FileIdentity {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly modifiedMs: number;
}

export interface InspectedFile extends FileIdentity {
  readonly packing: Packing;
  readonly unpackedBytes: number;
}

/** SHA-256 and size of a file as it lies on disk. */
export async function hashFile(path: string): Promise<FileIdentity> {
  const name = basename(path);
  const hash = createHash("sha256");
  let bytes = 0;
  const before = await stat(path).catch((cause: unknown) => {
    throw fileProblem("no_such_file", name, "the file is not there or cannot be read", {}, cause);
  });
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  const after = await stat(path);
  if (after.mtimeMs !== before.mtimeMs || after.size !== bytes) {
    throw fileProblem("file_changed", name, "the file changed while it was read");
  }
  return { name, bytes, sha256: hash.digest("hex"), modifiedMs: after.mtimeMs };
}

/**
 * Hashes a file and, when it is packed, unpacks it once into nothing, so that a damaged or truncated archive or a bomb is refused before
 * anything of it is landed.
 */
export async function inspectFile(path: string, entry: string | null = null, limits: ReadLimits = readLimits): Promise<InspectedFile> {
  const identity = await hashFile(path);
  const opened = await openFile(path, limits, entry);
  try {
    if (opened.packing === "none") {
      return { ...identity, packing: "none", unpackedBytes: identity.bytes };
    }
    let unpackedBytes = 0;
    for await (const chunk of opened.chunks) {
      unpackedBytes += chunk.length;
    }
    return { ...identity, packing: opened.packing, unpackedBytes };
  } finally {
    await opened.close();
  }
}
