import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generators } from "../generating/documents.ts";
import type { GeneratedFile } from "../generating/generated-file.ts";
import type { Step } from "./step.ts";

/** Where the file on disk is not what would be made now: the first line that differs. Null where they are the same. */
function staleness(root: string, { path, text }: GeneratedFile): string | null {
  if (!existsSync(join(root, path))) return `${path}: does not exist: run npm run generate`;
  const onDisk = readFileSync(join(root, path), "utf8");
  if (onDisk === text) return null;
  const now = text.split("\n");
  const line = onDisk.split("\n").findIndex((was, index) => was !== now[index]);
  return `${path}:${(line === -1 ? onDisk.split("\n").length : line) + 1}: is stale: run npm run generate`;
}

/** Every generated file that is stale, missing, or cannot be made. */
export async function staleFiles(root: string): Promise<string[]> {
  const faults: string[] = [];
  for (const generator of generators) {
    try {
      const files = await generator.make(root);
      faults.push(...files.map((file) => staleness(root, file)).filter((fault) => fault !== null));
    } catch (error) {
      faults.push(`${generator.name}: ${(error as Error).message}`);
    }
  }
  return faults;
}

export const generatedFilesAreFresh: Step = { name: "generated files are fresh", run: staleFiles };
