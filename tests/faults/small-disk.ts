import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Skipped } from "./fault.ts";

const MIB = 2 ** 20;

/** A disk of its own, of a fixed size, in memory (tmpfs: it has no real latency of fsync). Throws Skipped where this account may not mount. */
export function mountSmall(folder: string, mib: number): void {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${mib}m,mode=755`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    throw new Skipped("this account may not mount a small disk (tmpfs): run it as root");
  }
}

export function unmount(folder: string): void {
  try {
    execFileSync("umount", ["-l", folder], { stdio: "ignore" });
  } catch {
    // never mounted
  }
}

export function freeMiB(folder: string): number {
  const disk = statfsSync(folder);
  return Math.floor((disk.bavail * disk.bsize) / MIB);
}

/** Fills a disk until so much is left; answers with what frees it again. */
export function fill(folder: string, leaveMiB: number): () => void {
  const path = join(folder, "filler");
  const chunk = Buffer.alloc(MIB);
  writeFileSync(path, "");
  while (freeMiB(folder) > leaveMiB) writeFileSync(path, chunk, { flag: "a" });
  return () => rmSync(path, { force: true });
}
