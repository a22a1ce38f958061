import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { staleFiles } from "./checks/generated-fresh.ts";
import { checksumsFile, migrationsOnDisk, migrationsRemembered, rewrittenHistory } from "./checks/migrations.ts";
import { generators } from "./generating/documents.ts";

// npm run generate: writes every generated file. With --check it writes nothing and fails where one is stale.
const root = join(import.meta.dirname, "..");
const faults: string[] = [];

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}

async function writeAll(): Promise<void> {
  for (const generator of generators) {
    try {
      for (const { path, text } of await generator.make(root)) write(path, text);
    } catch (error) {
      faults.push(`${generator.name}: ${(error as Error).message}`);
    }
  }
  const disk = migrationsOnDisk(root);
  const rewritten = rewrittenHistory(migrationsRemembered(root), disk);
  if (rewritten.length === 0) write(checksumsFile, `${JSON.stringify(disk, null, 2)}\n`);
  faults.push(...rewritten);
}

if (process.argv.includes("--check")) faults.push(...(await staleFiles(root)));
else await writeAll();

for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
