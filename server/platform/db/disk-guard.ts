import { statfs } from "node:fs/promises";
import { DomainError } from "../errors/index.ts";

const MIB = 1024 * 1024;
const CHECK_EVERY_MS = 2_000;

export interface DiskGuard {
  /** Free MiB for this user, at most two seconds old. */
  freeMiB(): Promise<number>;
  /** Fails with read_only when less than the reserve is free; every writing path asks first, so that PostgreSQL never finds the disk full. */
  requireRoom(): Promise<void>;
}

/** Watches the disk of `folder` on demand. `reserveMiB`: below it Vinculo only reads. */
export function openDiskGuard(folder: string, reserveMiB: number): DiskGuard {
  let checkedMs = Number.NEGATIVE_INFINITY;
  let free = 0;
  const freeMiB = async () => {
    if (performance.now() - checkedMs >= CHECK_EVERY_MS) {
      const disk = await statfs(folder);
      free = Math.floor((disk.bavail * disk.bsize) / MIB);
      checkedMs = performance.now();
    }
    return free;
  };
  return {
    freeMiB,
    async requireRoom() {
      const room = await freeMiB();
      if (room < reserveMiB)
        throw new DomainError("read_only", `only ${room} MiB of the disk are free, ${reserveMiB} MiB are kept in reserve`);
    },
  };
}
