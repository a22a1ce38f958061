import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Refusal } from "../../config/index.ts";
import type { Binaries } from "./binaries.ts";
import type { Identity } from "./identity.ts";
import { runProgram } from "./run.ts";

export const ADMIN_LOGIN = "vinculo_admin";
const FREE_MIN_MIB = 256;
const UNFINISHED = "postgres.new.";

/** One embedded database: where it lives, and who and what runs it. */
export interface Place {
  readonly home: string;
  /** `home`/postgres */
  readonly data: string;
  readonly identity: Identity | null;
  readonly binaries: Binaries;
  /** Of the administrator. */
  readonly password: string;
}

/** Makes sure that `home` is there, writable, and on a disk with room for a start. */
export function prepareHome(home: string): void {
  try {
    makeFolder(home);
    const probe = join(home, `.writable.${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "ENOSPC" || code === "EDQUOT") throw diskFull(home, 0);
    throw new Refusal(
      `Vinculo cannot write to its folder ${home} (${code}): give this user the right to, or set VINCULO_HOME to another folder.`,
      error,
    );
  }
  const disk = statfsSync(home);
  const freeMiB = Math.floor((disk.bavail * disk.bsize) / 1024 / 1024);
  if (freeMiB < FREE_MIN_MIB) throw diskFull(home, freeMiB);
}

/** Not `recursive: true`, which never returns below a folder like /proc, where the system says ENOENT for ever. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o755 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error; // another process was faster
  }
}

function diskFull(home: string, freeMiB: number): Refusal {
  return new Refusal(
    `The disk of ${home} is full (${freeMiB} MiB free, at least ${FREE_MIN_MIB} MiB are needed): make room (removing the file ballast in it gives some at once), or set VINCULO_HOME to a folder on another disk.`,
  );
}

/** Whether a database is there already. Refuses one of another PostgreSQL, and a folder that is something else. */
export function hasData(data: string, majorVersion: string): boolean {
  if (!existsSync(data)) return false;
  const versionFile = join(data, "PG_VERSION");
  if (!readable(versionFile)) {
    if (readdirSync(data).length === 0) return false;
    throw new Refusal(`The folder ${data} holds files but no PostgreSQL data: move it away, or set VINCULO_HOME to another folder.`);
  }
  const version = readFileSync(versionFile, "utf8").trim();
  if (version !== majorVersion) {
    throw new Refusal(
      `The data in ${data} belong to PostgreSQL ${version}, and this Vinculo runs PostgreSQL ${majorVersion}: start the Vinculo that wrote them and carry them over with pg_dump, or set VINCULO_HOME to another folder.`,
    );
  }
  return true;
}

function readable(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return false;
    throw new Refusal(
      `Vinculo cannot read ${file} (${code}): start it as the user who owns that folder, or set VINCULO_HOME to another one.`,
      error,
    );
  }
}

/** Creates the data folder whole: initdb works beside it, and a rename puts it in place. */
export async function createData({ binaries, identity, home, data, password }: Place, durable: boolean): Promise<void> {
  // A name of its own each time: the initdb of a Vinculo that was killed may still be writing.
  const beside = join(home, `${UNFINISHED}${randomBytes(6).toString("hex")}`);
  const unfinished = join(beside, "data");
  const passwordFile = join(beside, "password");
  mkdirSync(beside, { mode: 0o700 });
  mkdirSync(unfinished, { mode: 0o700 });
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (identity !== null) for (const path of [beside, unfinished, passwordFile]) chownSync(path, identity.uid, identity.gid);
    await initdb(binaries, identity, unfinished, passwordFile, durable);
    writeFileSync(join(unfinished, "postgresql.conf"), "include 'vinculo.conf'\n", { flag: "a" });
    rmSync(data, { recursive: true, force: true }); // empty, or hasData would have refused
    renameSync(unfinished, data);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** Removes what a killed creation left. One that is still being written stays until the next start. */
export function removeUnfinished(home: string): void {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith(UNFINISHED))) {
    try {
      rmSync(join(home, name), { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
    }
  }
}

// Sorting by code point is fast and the same everywhere; the character classes must know all scripts, or trigrams of
// Persian and Chinese names come out empty. Which UTF-8 locale the C library has differs between Linux systems.
const CHARACTER_LOCALES = ["C.UTF-8", "C.utf8", "en_US.UTF-8", "C"];

async function initdb(
  binaries: Binaries,
  identity: Identity | null,
  folder: string,
  passwordFile: string,
  durable: boolean,
): Promise<void> {
  let output = "";
  for (const locale of CHARACTER_LOCALES) {
    const outcome = await runProgram(binaries, identity, folder, "initdb", [
      ...[
        "-D",
        folder,
        `--username=${ADMIN_LOGIN}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--data-checksums",
      ],
      ...["--locale=C", `--lc-ctype=${locale}`, "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"],
      ...(durable ? [] : ["--no-sync"]),
    ]);
    if (outcome.exitCode === 0) return;
    output = outcome.output;
    if (!/invalid locale name|locale .* (is not|not) /i.test(output)) break;
  }
  if (/No space left on device|Disk quota exceeded/.test(output)) throw diskFull(folder, 0);
  throw new Refusal(`The database could not be created in ${folder}: ${lastLine(output)}.`);
}

/** The line that says most about a failure of a PostgreSQL program, without its full stop. */
export function lastLine(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const telling = lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? "no reason was given";
  return telling
    .replace(/^.*?(FATAL|PANIC):\s*/, "")
    .replace(/\.$/, "")
    .slice(0, 300);
}
