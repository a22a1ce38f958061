import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, rmSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { identifySystem, receiveBaseBackup } from "../db/index.ts";
import type { BackupKey } from "./backup-key.ts";
import { BaseManifest, baseFolder, flushFolder, type StoredFile, writeManifest } from "./repository.ts";
import { SealedWriter } from "./sealed-file.ts";

export interface BaseOrder {
  readonly url: string;
  readonly home: string;
  readonly folder: string;
  readonly key: BackupKey;
  readonly vinculo: string;
  readonly now: () => Date;
  readonly tables: BaseManifest["tables"];
  readonly keys: BaseManifest["keys"];
  readonly onProgress?: (bytes: number) => void;
}

// What is not of the bank: the database's own folder (it comes as the base), copies of its programs, keys, generated demo files, locks and memories.
const LEFT_OUT = /^(postgres(\b|[.-]).*|keys|ballast|demo|drill|dist|web|.*\.(new|pid|lock|log)|\.writable\..*|backup-state\.json)$/;

export const baseLabel = (baseId: string, name: string) => `base ${baseId} ${name}`;

/** Takes a base: the whole database as the server sends it and the other files of the home, sealed. Nothing counts before its manifest is written, last. */
export async function makeBase(order: BaseOrder): Promise<BaseManifest> {
  const startedAt = order.now();
  const baseId = startedAt.toISOString().replace(/[-:]|\.\d+/g, "");
  const target = baseFolder(order.folder, baseId);
  mkdirSync(join(target, "files"), { recursive: true, mode: 0o700 });
  try {
    const { systemId } = await identifySystem(order.url);
    const { base, manifest: sums, bounds } = await storeDatabase(order, baseId, target);
    const files = await storeFiles(order, baseId, target);
    const manifest = BaseManifest.parse({
      ...{ format: 1, baseId, vinculo: order.vinculo, systemId, keyId: order.key.keyId },
      ...{ startedAt: startedAt.toISOString(), finishedAt: order.now().toISOString() },
      ...{ ...bounds, base, manifest: sums, files, tables: order.tables, keys: order.keys },
    });
    await flushFolder(target);
    await writeManifest(target, manifest, order.key);
    return manifest;
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw error;
  }
}

async function storeDatabase({ url, key, onProgress }: BaseOrder, baseId: string, target: string) {
  const stored = await open(join(target, "base.sealed"), key, baseLabel(baseId, "base"));
  const manifest: Buffer[] = [];
  let inManifest = false;
  let archives = 0;
  const bounds = await receiveBaseBackup(url, `vinculo ${baseId}`, async (part) => {
    if (part.kind === "archive") archives += 1;
    if (part.kind === "manifest") inManifest = true;
    if (archives > 1) throw new Error("the database has tablespaces, which this backup does not know");
    if (part.kind !== "data") return;
    if (inManifest) manifest.push(part.chunk);
    else await stored.add(part.chunk);
    onProgress?.(stored.bytes());
  });
  const sums = await open(join(target, "manifest.sealed"), key, baseLabel(baseId, "manifest"));
  await sums.add(Buffer.concat(manifest));
  return { base: await stored.end("base.sealed"), manifest: await sums.end("manifest.sealed"), bounds };
}

async function storeFiles({ home, folder, key }: BaseOrder, baseId: string, target: string): Promise<BaseManifest["files"]> {
  const files: BaseManifest["files"] = [];
  for (const name of await readdir(home)) {
    if (LEFT_OUT.test(name) || join(home, name) === folder) continue;
    for (const path of await filesBelow(join(home, name))) {
      if (!relative(folder, path).startsWith("..")) continue;
      const stored = `files/${String(files.length + 1).padStart(6, "0")}`;
      const sealed = await open(join(target, stored), key, baseLabel(baseId, stored));
      try {
        for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) await sealed.add(chunk as Buffer);
      } catch (error) {
        // Removed meanwhile, as uploads are once they are loaded.
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
        await sealed.end(stored);
        continue;
      }
      files.push({
        ...(await sealed.end(stored)),
        path: relative(home, path),
        mode: statSync(path, { throwIfNoEntry: false })?.mode ?? 0o600,
      });
    }
  }
  return files;
}

async function filesBelow(path: string): Promise<string[]> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return [path];
  if (!found?.isDirectory()) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** A sealed file with the sum and length of what went into it; small pieces are gathered into whole frames. */
async function open(path: string, key: BackupKey, label: string) {
  const writer = await SealedWriter.create(path, key.secret, label);
  const hash = createHash("sha256");
  let bytes = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const write = async () => {
    await writer.write(Buffer.concat(waiting));
    waiting = [];
    waitingBytes = 0;
  };
  return {
    bytes: () => bytes,
    async add(chunk: Buffer) {
      hash.update(chunk);
      bytes += chunk.length;
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes >= 2 ** 20) await write();
    },
    async end(stored: string): Promise<StoredFile> {
      await write();
      await writer.end();
      return { stored, bytes, storedBytes: writer.storedBytes, sha256: hash.digest("hex") };
    },
  };
}
