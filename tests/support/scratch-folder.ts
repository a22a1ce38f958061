import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";

/** A new folder that goes with the run, also where the run was killed. */
export const scratchFolder = (name: string): string => mkdtempSync(join(inject("template").scratch, `${name}-`));

/** A mapping as a file, alone in its folder. */
export function mappingFile(text: string): string {
  const path = join(scratchFolder("mapping"), "mapping.yaml");
  writeFileSync(path, text);
  return path;
}
