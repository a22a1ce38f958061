/** One entry of an archive: a folder, or a file whose bytes follow. */
export interface TarEntry {
  readonly path: string;
  readonly mode: number;
  readonly bytes: number;
  readonly isFolder: boolean;
}

export interface TarHeard {
  readonly onEntry: (entry: TarEntry) => Promise<void>;
  readonly onBytes: (bytes: Buffer) => Promise<void>;
  readonly onEnd: () => Promise<void>;
}

const BLOCK = 512;

/**
 * Reads the ustar archives that PostgreSQL sends (files and folders; it has no others without tablespaces) from chunks of any size.
 * Throws on links, on names that lead outside, and on headers whose checksum is wrong.
 */
export async function readTar(chunks: AsyncIterable<Buffer>, { onEntry, onBytes, onEnd }: TarHeard): Promise<void> {
  let held: Buffer = Buffer.alloc(0);
  let left = 0;
  let padding = 0;
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      if (left > 0) {
        const bytes = held.subarray(0, left);
        if (bytes.length === 0) break;
        await onBytes(bytes);
        left -= bytes.length;
        held = held.subarray(bytes.length);
        if (left > 0) break;
        await onEnd();
      }
      if (held.length < padding + BLOCK) break;
      held = held.subarray(padding);
      padding = 0;
      const header = held.subarray(0, BLOCK);
      held = held.subarray(BLOCK);
      if (header.every((byte) => byte === 0)) continue;
      const entry = readHeader(header);
      await onEntry(entry);
      left = entry.isFolder ? 0 : entry.bytes;
      padding = (BLOCK - (left % BLOCK)) % BLOCK;
      if (!entry.isFolder && left === 0) await onEnd();
    }
  }
  if (left > 0) throw new Error("the archive ends in the middle of a file");
}

function readHeader(header: Buffer): TarEntry {
  const text = (from: number, length: number) => header.toString("utf8", from, from + length).replace(/\0.*$/s, "");
  const number = (from: number, length: number) => Number.parseInt(text(from, length).trim() || "0", 8);
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  if (sum !== number(148, 8)) throw new Error("a header of the archive is damaged");
  const prefix = text(345, 155);
  const path = (prefix === "" ? text(0, 100) : `${prefix}/${text(0, 100)}`).replace(/^\.\//, "").replace(/\/$/, "");
  const kind = text(156, 1);
  if (path === "" || path.startsWith("/") || path.split("/").includes(".."))
    throw new Error("the archive names a path outside of its folder");
  if (!["0", "", "5"].includes(kind)) throw new Error(`the archive holds something that is neither file nor folder: ${path}`);
  // Above 8 GiB the size is binary, its first bit set.
  const bytes = (header[124] ?? 0) >= 0x80 ? Number(header.readBigUInt64BE(128)) : number(124, 12);
  return { path, mode: number(100, 8), bytes, isFolder: kind === "5" };
}
