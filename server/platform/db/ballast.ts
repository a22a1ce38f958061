import { randomBytes } from "node:crypto";
import { existsSync, renameSync, rmSync, statfsSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

const MIB = 2 ** 20;
export const BALLAST_MIB = 320;
/** So much must stay free beside it, or it would bring about what it is against. */
const ROOM_MIN_MIB = 8_192;

/**
 * Keeps a file that holds nothing in the home: when the disk is full all the same, removing it gives the database the room it needs to start. Written once,
 * when there is plenty of room; true when it was written now.
 */
export async function keepBallast(home: string): Promise<boolean> {
  const path = join(home, "ballast");
  if (existsSync(path)) return false;
  const disk = statfsSync(home);
  if ((disk.bavail * disk.bsize) / MIB < ROOM_MIN_MIB + BALLAST_MIB) return false;
  const beside = `${path}.${process.pid}.new`;
  const file = await open(beside, "w", 0o600);
  try {
    // Not zeros: a file system that packs would keep no room for them.
    const block = randomBytes(MIB);
    for (let written = 0; written < BALLAST_MIB; written += 1) await file.write(block);
    await file.sync();
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  renameSync(beside, path);
  return true;
}
