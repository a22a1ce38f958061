import { createHmac, timingSafeEqual } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Refusal } from "../config/index.ts";
import { lsnOf } from "../db/index.ts";
import type { BackupKey } from "./backup-key.ts";

// FOLDER/repository.json        whose backups these are, and which key opens them
// FOLDER/base/<moment>/         base.sealed, files/0001…, backup.json (the manifest, with a MAC)
// FOLDER/log/<timeline>/<segment>  and <segment>.part, the one being written

const Repository = z.object({ format: z.literal(1), systemId: z.string().regex(/^\d{1,20}$/), keyId: z.string() });
export type Repository = z.infer<typeof Repository>;

const StoredFile = z.object({ stored: z.string(), bytes: z.number(), storedBytes: z.number(), sha256: z.string() });
export const BaseManifest = z.object({
  format: z.literal(1),
  baseId: z.string().regex(/^\d{8}T\d{6}Z$/),
  vinculo: z.string(),
  systemId: z.string(),
  keyId: z.string(),
  /** Before the first page was copied, and when the last was: the earliest moment this base can be brought to. */
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  timeline: z.number().int(),
  startLsn: z.string(),
  endLsn: z.string(),
  base: StoredFile,
  /** PostgreSQL's own: each file of the base with its SHA-256. */
  manifest: StoredFile,
  /** Other files of the home, by their path in it: uploads, seals told, attachments. */
  files: z.array(StoredFile.extend({ path: z.string(), mode: z.number().int() })).max(1_000_000),
  /** Rows of each table when the base was begun, and whether row security is forced on it. */
  tables: z.array(z.object({ name: z.string(), rows: z.number(), forced: z.boolean() })).max(10_000),
  /** Names of the keys in use, without the keys: a restore says which are missing. */
  keys: z.record(z.string(), z.string()),
});
export type BaseManifest = z.infer<typeof BaseManifest>;
export type StoredFile = z.infer<typeof StoredFile>;

export const SEGMENT_BYTES = 16 * 2 ** 20;

export function readRepository(folder: string): Repository | null {
  const path = join(folder, "repository.json");
  if (!existsSync(path)) return null;
  const parsed = Repository.safeParse(parseJson(path));
  if (!parsed.success) throw new Refusal(`${path} is not as Vinculo wrote it: name another folder, or restore it from a copy.`);
  return parsed.data;
}

/** Makes the folder a repository of this database, or checks that it is one. Fails with Refusal. */
export async function claimRepository(folder: string, wanted: Repository): Promise<void> {
  const found = readRepository(folder);
  if (found === null) {
    mkdirSync(join(folder, "base"), { recursive: true, mode: 0o700 });
    mkdirSync(join(folder, "log"), { recursive: true, mode: 0o700 });
    await writeDurably(join(folder, "repository.json"), `${JSON.stringify(wanted, null, 2)}\n`);
    return;
  }
  if (found.systemId !== wanted.systemId)
    throw new Refusal(`The backups in ${folder} are of another database: set VINCULO_BACKUP_FOLDER to a folder of its own.`);
  if (found.keyId !== wanted.keyId)
    throw new Refusal(
      `The backups in ${folder} are sealed with key ${found.keyId}, not ${wanted.keyId}: bring back that key, or use a new folder.`,
    );
}

export const baseFolder = (folder: string, baseId: string) => join(folder, "base", baseId);
export const logFolder = (folder: string, timeline: number) => join(folder, "log", timeline.toString(16).toUpperCase().padStart(8, "0"));

/** The finished bases, oldest first; their manifests must open with the key. Throws Refusal naming one that does not. */
export function listBases(folder: string, key: BackupKey): BaseManifest[] {
  const parent = join(folder, "base");
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((name) => existsSync(join(parent, name, "backup.json")))
    .sort()
    .map((name) => readManifest(join(parent, name, "backup.json"), key));
}

function readManifest(path: string, key: BackupKey): BaseManifest {
  const found = z.object({ manifest: z.string(), mac: z.string() }).safeParse(parseJson(path));
  const mac = Buffer.from(found.data?.mac ?? "", "hex");
  const wanted = macOf(found.data?.manifest ?? "", key);
  if (mac.length !== wanted.length || !timingSafeEqual(mac, wanted))
    throw new Refusal(`The manifest ${path} was changed, or sealed with another key: use another backup, and find out who changed it.`);
  return BaseManifest.parse(JSON.parse(found.data?.manifest ?? ""));
}

export async function writeManifest(folder: string, manifest: BaseManifest, key: BackupKey): Promise<void> {
  const text = JSON.stringify(manifest);
  const sealed = { manifest: text, mac: macOf(text, key).toString("hex") };
  await writeDurably(join(folder, "backup.json"), `${JSON.stringify(sealed)}\n`);
}

const macOf = (text: string, key: BackupKey) => createHmac("sha256", key.secret).update("vinculo backup manifest\n").update(text).digest();

/** Segments of a timeline that are whole, in order, and the one being written. */
export function listSegments(folder: string, timeline: number): { whole: string[]; part: string | null } {
  const parent = logFolder(folder, timeline);
  const names = existsSync(parent) ? readdirSync(parent).sort() : [];
  const whole = names.filter((name) => /^[0-9A-F]{24}$/.test(name));
  const part = names.findLast((name) => /^[0-9A-F]{24}\.part$/.test(name)) ?? null;
  // One that was left behind by a gap in the log is not the one being written.
  return { whole, part: part !== null && part > (whole.at(-1) ?? "") ? part : null };
}

/** The name PostgreSQL gives to the segment in which a byte of the log stands. */
export function segmentName(timeline: number, lsn: bigint): string {
  const number = lsn / BigInt(SEGMENT_BYTES);
  const perFile = 2n ** 32n / BigInt(SEGMENT_BYTES);
  const parts = [BigInt(timeline), number / perFile, number % perFile];
  return parts.map((part) => part.toString(16).toUpperCase().padStart(8, "0")).join("");
}

export function segmentStart(name: string): bigint {
  return (BigInt(`0x${name.slice(8, 16)}`) << 32n) + BigInt(`0x${name.slice(16, 24)}`) * BigInt(SEGMENT_BYTES);
}

/** Segments missing between the beginning of a base and the newest one: over such a gap nothing can be restored. */
export function missingSegments(folder: string, base: BaseManifest): string[] {
  const { whole, part } = listSegments(folder, base.timeline);
  const there = new Set([...whole, ...(part === null ? [] : [part.slice(0, 24)])]);
  const last = [...there].sort().at(-1);
  const missing: string[] = [];
  if (last === undefined) return missing;
  for (let lsn = lsnOf(base.endLsn); lsn <= segmentStart(last); lsn += BigInt(SEGMENT_BYTES)) {
    const name = segmentName(base.timeline, lsn);
    if (!there.has(name)) missing.push(name);
    if (missing.length >= 100) break;
  }
  return missing;
}

/** Removes bases finished before `olderThan` and the log only they needed; the newest base always stays. Returns the ids that went. */
export function pruneBases(folder: string, key: BackupKey, olderThan: Date): string[] {
  const bases = listBases(folder, key);
  const going = bases.slice(0, -1).filter((_, at) => {
    // A base is needed until the one after it covers everything that must still be reachable.
    const next = bases[at + 1];
    return next !== undefined && new Date(next.finishedAt) < olderThan;
  });
  for (const { baseId } of going) rmSync(baseFolder(folder, baseId), { recursive: true, force: true });
  const kept = bases.filter((base) => !going.includes(base));
  const log = join(folder, "log");
  for (const name of existsSync(log) ? readdirSync(log) : []) {
    const timeline = Number.parseInt(name, 16);
    const needed = kept.filter((base) => base.timeline === timeline).map((base) => segmentName(timeline, lsnOf(base.startLsn)));
    const oldest = needed.sort()[0];
    if (oldest === undefined && kept.some((base) => base.timeline > timeline)) rmSync(join(log, name), { recursive: true, force: true });
    if (oldest === undefined) continue;
    for (const segment of readdirSync(join(log, name))) if (segment.slice(0, 24) < oldest) rmSync(join(log, name, segment));
  }
  removeUnfinished(folder, kept);
  return going.map(({ baseId }) => baseId);
}

/** What a backup that was killed left behind: folders without a manifest, older than a day by their name. */
function removeUnfinished(folder: string, kept: readonly BaseManifest[]): void {
  const newest = kept.at(-1)?.baseId ?? "";
  for (const name of readdirSync(join(folder, "base")))
    if (name < newest && !existsSync(join(folder, "base", name, "backup.json")))
      rmSync(join(folder, "base", name), { recursive: true, force: true });
}

/** Whole or not at all, and on disk when it returns. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.new`;
  writeFileSync(beside, text, { mode: 0o600, flush: true });
  renameSync(beside, path);
  await flushFolder(join(path, ".."));
}

export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
