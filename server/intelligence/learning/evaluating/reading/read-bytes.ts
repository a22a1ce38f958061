import { readFileSync, statSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { Refusal } from "../../../../platform/config/index.ts";

// One string of the runtime holds no more, and a table is read as one.
const BYTES_MAX = 500 * 2 ** 20;
const ZIP_ENTRIES_MAX = 1000;
const ZIPS_WITHIN_MAX = 3;
const TABLE_NAME = /\.(csv|tsv|txt|data|asc)(\.gz)?$/i;

/**
 * A file's bytes, unpacked from gzip and zip as often as it takes. A zip may hold one table, or `file.zip#name` says which; zips inside
 * the zip are looked into. Throws Refusal with the way out.
 */
export async function readBytes(spec: string): Promise<Buffer> {
  const [path, member] = splitSpec(spec);
  let bytes: Buffer;
  try {
    const size = statSync(path).size;
    if (size > BYTES_MAX) throw new Refusal(`${path} is larger than ${BYTES_MAX / 2 ** 20} MiB: give a sample of its rows.`);
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  return isZip(bytes) ? unzipOne(bytes, path, member) : unpackGzip(bytes, path);
}

/** A # in the name of a file that is there belongs to the name. */
function splitSpec(spec: string): [string, string | null] {
  const at = spec.lastIndexOf("#");
  return at < 0 || statSync(spec, { throwIfNoEntry: false }) !== undefined ? [spec, null] : [spec.slice(0, at), spec.slice(at + 1)];
}

function isZip(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32LE(0) === 0x04034b50;
}

function unpackGzip(bytes: Buffer, path: string): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: BYTES_MAX });
  } catch (error) {
    throw new Refusal(`${path} cannot be unpacked: it is damaged, or larger than ${BYTES_MAX / 2 ** 20} MiB.`, error);
  }
}

interface Member {
  readonly name: string;
  readonly read: () => Promise<Buffer>;
}

async function unzipOne(bytes: Buffer, path: string, wanted: string | null): Promise<Buffer> {
  const members = await membersOf(bytes, "", path, ZIPS_WITHIN_MAX);
  const tables = members.filter(({ name }) => (wanted === null ? TABLE_NAME.test(name) : isNamed(name, wanted)));
  // Beside a table there is often a text that describes it.
  const csvs = tables.filter(({ name }) => /\.(csv|tsv)(\.gz)?$/i.test(name));
  const fitting = wanted === null && csvs.length > 0 ? csvs : tables;
  const [first, ...others] = fitting;
  const names = members.flatMap(({ name }) => (TABLE_NAME.test(name) ? [name] : [])).join(", ");
  if (first === undefined) throw new Refusal(`${path} holds ${wanted === null ? "no table" : `no ${wanted}`}; it holds ${names}.`);
  if (others.length > 0) throw new Refusal(`${path} holds several tables: say which as ${path}#NAME, of ${names}.`);
  return unpackGzip(await first.read(), first.name);
}

function isNamed(name: string, wanted: string): boolean {
  return name === wanted || name.endsWith(`/${wanted}`);
}

async function membersOf(bytes: Buffer, prefix: string, path: string, depth: number): Promise<Member[]> {
  const members: Member[] = [];
  try {
    const zip = await yauzl.fromBufferPromise(bytes);
    if (zip.entryCount > ZIP_ENTRIES_MAX) throw new Refusal(`${path} holds more than ${ZIP_ENTRIES_MAX} files.`);
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    for (const entry of entries) {
      const name = `${prefix}${entry.fileName}`;
      // What macOS adds beside every file.
      if (name.endsWith("/") || /(^|\/)(__MACOSX\/|\._)/.test(name)) continue;
      if (/\.zip$/i.test(name) && depth > 0)
        members.push(...(await membersOf(await unpack(zip, entry, path), `${name}/`, path, depth - 1)));
      else members.push({ name, read: () => unpack(zip, entry, path) });
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${path} cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  return members;
}

async function unpack(zip: ZipFile, entry: Entry, path: string): Promise<Buffer> {
  if (entry.uncompressedSize > BYTES_MAX) throw new Refusal(`${entry.fileName} in ${path} is larger than ${BYTES_MAX / 2 ** 20} MiB.`);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BYTES_MAX) throw new Refusal(`${entry.fileName} in ${path} is larger than ${BYTES_MAX / 2 ** 20} MiB.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
