import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import yauzl, { type Entry } from "yauzl";
import { fileProblem } from "./file-problem.ts";
import type { ReadLimits } from "./format.ts";
import { matchesGlob } from "./glob.ts";

/** The chosen entry of a zip: the only one, or the one whose name fits. Its checksum is verified; a wrong one fails at its end. */
export async function openZipEntry(handle: FileHandle, name: string, wanted: string | null, limits: ReadLimits) {
  try {
    const zip = await yauzl.fromFdPromise(handle.fd, { autoClose: false, strictFileNames: true });
    const entries: Entry[] = [];
    if (zip.entryCount > limits.zipEntriesMax) {
      throw fileProblem("unpacks_too_large", name, `the zip holds more than ${limits.zipEntriesMax} files`);
    }
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith("/")) {
        entries.push(entry);
      }
    }
    const entry = chooseEntry(entries, name, wanted);
    if (entry.isEncrypted()) {
      throw fileProblem("encrypted_archive", name, "the zip is encrypted; deliver it without a password");
    }
    const stream = await zip.openReadStreamPromise(entry);
    let unpacked = 0;
    return {
      entryName: entry.fileName,
      packedBytes: () =>
        entry.uncompressedSize === 0 ? 0 : Math.ceil((Math.min(unpacked / entry.uncompressedSize, 1) || 0) * entry.compressedSize),
      stream: checked(stream, entry, name, (bytes) => {
        unpacked += bytes;
      }),
    };
  } catch (cause) {
    throw asProblem(cause, name);
  }
}

function chooseEntry(entries: readonly Entry[], name: string, wanted: string | null): Entry {
  const fitting = wanted === null ? entries : entries.filter((entry) => entry.fileName === wanted || matchesGlob(entry.fileName, wanted));
  const [first, ...others] = fitting;
  const names = entries.slice(0, 20).map((entry) => entry.fileName);
  if (first === undefined) {
    throw fileProblem("no_such_entry", name, wanted === null ? "the zip is empty" : `the zip holds no file ${wanted}`, { entries: names });
  }
  if (others.length > 0) {
    throw fileProblem("which_entry", name, `the zip holds several files (${names.join(", ")}); say which with entry`, { entries: names });
  }
  return first;
}

async function* checked(stream: AsyncIterable<Buffer>, entry: Entry, name: string, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  let checksum = 0;
  try {
    for await (const chunk of stream) {
      checksum = crc32(chunk, checksum);
      count(chunk.length);
      yield chunk;
    }
  } catch (cause) {
    throw asProblem(cause, name);
  }
  if (checksum !== entry.crc32) {
    throw fileProblem("broken_archive", name, "the zip is damaged: its checksum does not fit; fetch it again");
  }
}

function asProblem(cause: unknown, name: string): unknown {
  if (cause instanceof Error && cause.name !== "DomainError") {
    const truncated = /end of central directory|not a zip file|unexpected end/i.test(cause.message);
    return fileProblem(
      truncated ? "truncated_archive" : "broken_archive",
      name,
      "the zip is damaged or ends in the middle; fetch it again",
      {},
      cause,
    );
  }
  return cause;
}
