import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { Refusal } from "../../config/index.ts";

/** Whom the server's processes run as; null: as ourselves. PostgreSQL refuses to run as root. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** As root: the owner of an existing data folder, else the system's `postgres`, else `nobody`. As anybody else: null. */
export function serverIdentity(dataFolder: string): Identity | null {
  if (process.getuid?.() !== 0) return null;
  const existing = statSync(dataFolder, { throwIfNoEntry: false });
  if (existing !== undefined && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  const identity = accountOf("postgres") ?? accountOf("nobody");
  if (identity === null) {
    throw new Refusal(
      "PostgreSQL does not run as root and this machine has neither a user postgres nor nobody: start Vinculo as an ordinary user, or set DATABASE_URL.",
    );
  }
  return identity;
}

function accountOf(name: string): Identity | null {
  try {
    const [uid, gid] = ["-u", "-g"].map((flag) =>
      Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }).toString()),
    );
    return uid && gid !== undefined && Number.isInteger(uid) ? { uid, gid } : null;
  } catch {
    return null;
  }
}

/** Whether the identity has the wanted permission bits (4 read, 2 write, 1 go through or run) on one file or folder. */
export function mayUse(path: string, identity: Identity, bits: number): boolean {
  const { uid, gid, mode } = statSync(path);
  const granted = uid === identity.uid ? mode >> 6 : gid === identity.gid ? mode >> 3 : mode;
  return (granted & bits) === bits;
}

/** Whether the identity can reach a path through all folders above it. */
export function mayReach(path: string, identity: Identity): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!mayUse(folder, identity, 1)) return false;
    if (folder === dirname(folder)) return true;
  }
}
