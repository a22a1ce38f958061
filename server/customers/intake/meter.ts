import type { LoadProgress } from "./contract.ts";
import type { DeliveredFile } from "./load-plan.ts";

/** Reading a chunk is this much of its work; what the lanes tell of is the rest. */
const READING_SHARE = 0.1;

interface Work {
  readonly rows: number;
  readonly bytes: number;
  share: number;
}

/**
 * How far the reading of a delivery is: bytes as they lie on the disk tell how far, rows how fast. A chunk that is being worked on counts by its
 * share of work done, so that the figures move also while the first one is under way; they never go back.
 */
export class Meter {
  private readonly files: readonly DeliveredFile[];
  private readonly ofBytes: number;
  private readonly startedMs = performance.now();
  private readonly taken: Work[] = [];
  private file: DeliveredFile | null = null;
  private bytesBehind = 0;
  private bytesTaken = 0;
  private bytesReading = 0;

  constructor(files: readonly DeliveredFile[]) {
    this.files = files;
    this.ofBytes = files.reduce((sum, file) => sum + file.identity.bytes, 0);
  }

  /** A file begins. Of those before it chunks may still be worked on; whatever else was in them is behind. */
  begin(file: DeliveredFile): void {
    this.file = file;
    const earlier = this.files.slice(0, this.files.indexOf(file)).reduce((sum, one) => sum + one.identity.bytes, 0);
    this.bytesBehind = earlier - this.taken.reduce((sum, work) => sum + work.bytes, 0);
    this.bytesTaken = 0;
    this.bytesReading = 0;
  }

  /** Packed bytes read of the current file so far. */
  read(bytes: number): void {
    this.bytesReading = Math.max(0, bytes - this.bytesTaken);
  }

  /** A chunk was read whole, up to `bytesRead`, and is worked on from now: to be told which share of that, from 0 to 1, is done. */
  take(rows: number, bytesRead: number): (share: number) => void {
    const work = { rows, bytes: Math.max(0, bytesRead - this.bytesTaken), share: READING_SHARE };
    this.taken.push(work);
    this.bytesTaken = Math.max(this.bytesTaken, bytesRead);
    this.bytesReading = 0;
    return (share) => {
      work.share = READING_SHARE + (1 - READING_SHARE) * share;
    };
  }

  progress(): LoadProgress {
    const rows = Math.round(this.rowsSoFar());
    const bytesDone = this.taken.reduce((sum, work) => sum + work.bytes * work.share, READING_SHARE * this.bytesReading);
    const bytes = Math.min(this.ofBytes, Math.round(this.bytesBehind + bytesDone));
    const seconds = (performance.now() - this.startedMs) / 1000;
    return {
      phase: "reading",
      file: this.file?.identity.name ?? null,
      fileNo: this.file === null ? 0 : this.file.place + 1,
      files: this.files.length,
      rows,
      bytes,
      ofBytes: this.ofBytes,
      rowsPerSecond: Math.round(rows / Math.max(seconds, 0.001)),
      secondsLeft: bytes === 0 ? null : Math.round((seconds / bytes) * (this.ofBytes - bytes)),
    };
  }

  private rowsSoFar(): number {
    return this.taken.reduce((sum, work) => sum + work.rows * work.share, 0);
  }
}
