import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

let known: string | null = null;

/** Names the code that learns: a hash of the source files of learning and fitting, the same wherever they are the same. */
export function codeVersion(): string {
  known ??= hashOf([join(import.meta.dirname, "../../learning"), join(import.meta.dirname, "../fitting")]);
  return known;
}

function hashOf(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
    for (const file of files) hash.update(file.slice(folder.length)).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 12);
}
