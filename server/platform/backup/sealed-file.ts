import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";

// A sealed file: its magic and a salt, then frames. A frame is its length (4 bytes), 12 random bytes, and the compressed bytes under
// AES-256-GCM. The key follows from the backup key, the salt and the label (which file this is); what is authenticated with each frame is its
// number and whether it is the last. So a frame that is changed, moved, left out or cut off does not open.
const MAGIC = Buffer.from("VNCLSEAL1\n");
const SALT_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = MAGIC.length + SALT_BYTES;
/** Plain bytes of a frame at most. */
export const FRAME_BYTES_MAX = 2 ** 20;
const STORED_BYTES_MAX = FRAME_BYTES_MAX + 2 ** 16;
const COMPRESSION = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** The bytes are not those that were sealed, or this key did not seal them. */
export class SealBroken extends Error {
  readonly file: string;
  constructor(file: string, why: string, cause?: unknown) {
    super(`${file}: ${why}`, { cause });
    this.name = "SealBroken";
    this.file = file;
  }
}

/** Writes a sealed file frame by frame. `label` says which file of which backup this is; it opens under no other. */
export class SealedWriter {
  readonly #handle: FileHandle;
  readonly #key: Buffer;
  #frames: number;
  #bytes: number;

  private constructor(handle: FileHandle, key: Buffer, frames: number, bytes: number) {
    this.#handle = handle;
    this.#key = key;
    this.#frames = frames;
    this.#bytes = bytes;
  }

  /** A new file; fails when it is there. */
  static async create(path: string, key: Buffer, label: string): Promise<SealedWriter> {
    const handle = await open(path, "wx", 0o600);
    const salt = randomBytes(SALT_BYTES);
    await handle.write(Buffer.concat([MAGIC, salt]));
    return new SealedWriter(handle, fileKey(key, salt, label), 0, HEAD_BYTES);
  }

  /** Goes on behind the last whole frame of a file that was not ended; what stands behind that is cut off. Also says how many plain bytes it holds; null when not even its head is whole. */
  static async resume(path: string, key: Buffer, label: string): Promise<{ writer: SealedWriter; plainBytes: number } | null> {
    if ((await stat(path)).size < HEAD_BYTES) return null;
    let frames = 0;
    let plainBytes = 0;
    let end = HEAD_BYTES;
    for await (const frame of readFrames(path, key, label, true)) {
      frames += 1;
      plainBytes += frame.plain.length;
      end = frame.end;
    }
    const handle = await open(path, "r+");
    const head = Buffer.alloc(HEAD_BYTES);
    await handle.read(head, 0, HEAD_BYTES, 0);
    await handle.truncate(end);
    return { writer: new SealedWriter(handle, fileKey(key, head.subarray(MAGIC.length), label), frames, end), plainBytes };
  }

  /** Bytes on disk so far. */
  get storedBytes(): number {
    return this.#bytes;
  }

  async write(plain: Buffer): Promise<void> {
    for (let at = 0; at < plain.length; at += FRAME_BYTES_MAX) await this.#frame(plain.subarray(at, at + FRAME_BYTES_MAX), false);
  }

  /** Everything written is on disk when this returns. */
  async flush(): Promise<void> {
    await this.#handle.datasync();
  }

  /** An empty last frame ends the file: one that was cut off is seen. */
  async end(): Promise<void> {
    await this.#frame(Buffer.alloc(0), true);
    await this.#handle.sync();
    await this.#handle.close();
  }

  async abandon(): Promise<void> {
    await this.#handle.close();
  }

  async #frame(plain: Buffer, isLast: boolean): Promise<void> {
    const packed = await compress(plain, COMPRESSION);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#key, iv).setAAD(frameAbout(this.#frames, isLast));
    const body = Buffer.concat([iv, cipher.update(packed), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(4);
    // The highest bit marks the last frame, so that a reader knows what to authenticate.
    length.writeUInt32BE((isLast ? 0x8000_0000 : 0) + body.length);
    const stored = Buffer.concat([length, body]);
    let written = 0;
    // A short write means a full disk: the next one says so.
    while (written < stored.length) {
      const { bytesWritten } = await this.#handle.write(stored, written, stored.length - written, this.#bytes + written);
      written += bytesWritten;
    }
    this.#frames += 1;
    this.#bytes += stored.length;
  }
}

/** The plain bytes of a sealed file, frame by frame. `openEnded`: a file still being written; it ends at its last whole frame. Throws SealBroken. */
export async function* readSealed(path: string, key: Buffer, label: string, openEnded = false): AsyncGenerator<Buffer> {
  for await (const { plain } of readFrames(path, key, label, openEnded)) if (plain.length > 0) yield plain;
}

async function* readFrames(path: string, key: Buffer, label: string, openEnded: boolean): AsyncGenerator<{ plain: Buffer; end: number }> {
  let bytes: Buffer = Buffer.alloc(0);
  let fileKeyBytes: Buffer | null = null;
  let frame = 0;
  let end = 0;
  let ended = false;
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    bytes = bytes.length === 0 ? (chunk as Buffer) : Buffer.concat([bytes, chunk as Buffer]);
    if (fileKeyBytes === null) {
      if (bytes.length < HEAD_BYTES) continue;
      if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new SealBroken(path, "it is no sealed file of a backup");
      fileKeyBytes = fileKey(key, bytes.subarray(MAGIC.length, HEAD_BYTES), label);
      bytes = bytes.subarray(HEAD_BYTES);
      end = HEAD_BYTES;
    }
    while (bytes.length >= 4) {
      const head = bytes.readUInt32BE(0);
      const isLast = head >= 0x8000_0000;
      const length = head % 0x8000_0000;
      if (ended || length > STORED_BYTES_MAX || length < IV_BYTES + TAG_BYTES) {
        if (openEnded) return;
        throw new SealBroken(path, `frame ${frame} is damaged`);
      }
      if (bytes.length < 4 + length) break;
      const packed = openFrame(fileKeyBytes, bytes.subarray(4, 4 + length), frame, isLast);
      if (packed === null) {
        if (openEnded) return;
        throw new SealBroken(path, `frame ${frame} does not open: it was changed, or sealed with another key`);
      }
      bytes = bytes.subarray(4 + length);
      end += 4 + length;
      frame += 1;
      ended = isLast;
      if (!isLast) yield { plain: await decompress(packed, { maxOutputLength: FRAME_BYTES_MAX }), end };
    }
  }
  if (!openEnded && (!ended || bytes.length > 0)) throw new SealBroken(path, "its end is missing");
}

function openFrame(key: Buffer, body: Buffer, frame: number, isLast: boolean): Buffer | null {
  const decipher = createDecipheriv("aes-256-gcm", key, body.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(frameAbout(frame, isLast))
    .setAuthTag(body.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(body.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

function frameAbout(frame: number, isLast: boolean): Buffer {
  const about = Buffer.alloc(9);
  about.writeBigUInt64BE(BigInt(frame));
  about[8] = isLast ? 1 : 0;
  return about;
}

function fileKey(key: Buffer, salt: Buffer, label: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, salt, `vinculo backup ${label}`, 32));
}
