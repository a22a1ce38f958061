import { mkdirSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BackupKey } from "./backup-key.ts";
import { flushFolder, listSegments, logFolder, SEGMENT_BYTES, segmentName, segmentStart } from "./repository.ts";
import { FRAME_BYTES_MAX, SealedWriter } from "./sealed-file.ts";

export const segmentLabel = (name: string) => `log ${name}`;

/** Writes the log of a server into the repository as it arrives: one sealed file a segment, the current one growing second by second. */
export class LogArchive {
  readonly #folder: string;
  readonly #timeline: number;
  readonly #key: BackupKey;
  #writer: SealedWriter | null = null;
  /** Where the next byte belongs. */
  #lsn: bigint;
  /** The server no longer had what would have followed on what is archived. */
  readonly startedAfterGap: boolean;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;

  private constructor(folder: string, timeline: number, key: BackupKey, lsn: bigint, startedAfterGap: boolean) {
    this.#folder = logFolder(folder, timeline);
    this.#timeline = timeline;
    this.#key = key;
    this.#lsn = lsn;
    this.startedAfterGap = startedAfterGap;
  }

  /**
   * Goes on where the archive of this timeline ends; where it has nothing yet, at the beginning of the segment of `fallbackLsn`, from where on the server
   * keeps its log. Also there when the server no longer has what would follow on the archive: then there is a gap, which a new base must close.
   */
  static async open(folder: string, timeline: number, key: BackupKey, fallbackLsn: bigint): Promise<LogArchive> {
    mkdirSync(logFolder(folder, timeline), { recursive: true, mode: 0o700 });
    const { whole, part } = listSegments(folder, timeline);
    const first = segmentStart(segmentName(timeline, fallbackLsn));
    const last = whole.at(-1);
    const next = last === undefined ? first : segmentStart(last) + BigInt(SEGMENT_BYTES);
    const archive = new LogArchive(folder, timeline, key, next > first ? next : first, last !== undefined && next < first);
    if (part !== null && segmentStart(part) === archive.#lsn) await archive.#resume(part);
    return archive;
  }

  async #resume(part: string): Promise<void> {
    const name = part.slice(0, 24);
    const path = join(this.#folder, part);
    const resumed = await SealedWriter.resume(path, this.#key.secret, segmentLabel(name));
    if (resumed === null) return rm(path);
    this.#writer = resumed.writer;
    this.#lsn += BigInt(resumed.plainBytes);
    // Killed between its last byte and its name.
    if (resumed.plainBytes === SEGMENT_BYTES) await this.#finishSegment();
  }

  get lsn(): bigint {
    return this.#lsn;
  }

  async keep(lsn: bigint, bytes: Buffer): Promise<void> {
    if (lsn > this.#lsn) throw new Error(`the log has a gap: ${lsn - this.#lsn} bytes are missing`);
    let rest = bytes.subarray(Number(this.#lsn - lsn)); // sent again after a broken connection
    while (rest.length > 0) {
      const room = SEGMENT_BYTES - Number(this.#lsn % BigInt(SEGMENT_BYTES));
      const now = rest.subarray(0, room);
      this.#waiting.push(now);
      this.#waitingBytes += now.length;
      if (this.#waitingBytes >= FRAME_BYTES_MAX || now.length === room) await this.#write();
      rest = rest.subarray(now.length);
      this.#lsn += BigInt(now.length);
      if (now.length === room) await this.#finishSegment();
    }
  }

  async #write(): Promise<void> {
    if (this.#waitingBytes === 0) return;
    const plain = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writer ??= await this.#begin();
    await this.#writer.write(plain);
  }

  #begin(): Promise<SealedWriter> {
    // What waits belongs to one segment: it is written whenever a segment is full.
    const name = segmentName(this.#timeline, this.#lsn);
    return SealedWriter.create(join(this.#folder, `${name}.part`), this.#key.secret, segmentLabel(name));
  }

  async #finishSegment(): Promise<void> {
    const name = segmentName(this.#timeline, this.#lsn - 1n);
    await this.#writer?.end();
    this.#writer = null;
    await rename(join(this.#folder, `${name}.part`), join(this.#folder, name));
    await flushFolder(this.#folder);
  }

  /** What the server may forget once this returns: everything before it is on disk. */
  async flush(): Promise<bigint> {
    await this.#write();
    await this.#writer?.flush();
    return this.#lsn;
  }

  async close(): Promise<void> {
    await this.#writer?.abandon();
    this.#writer = null;
  }
}
