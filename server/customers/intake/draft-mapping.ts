import { suggestMapping } from "./mapping/index.ts";
import type { GivenFile } from "./open-delivery.ts";
import { sniff } from "./reading/index.ts";

/** A first mapping for files nobody has described yet, as YAML to be looked over: what the files seem to be and which columns seem to mean what. Fails with a FileProblem. */
export async function draftMapping(source: { code: string; name: string }, files: readonly GivenFile[]): Promise<string> {
  const sniffed = [];
  for (const { name, path } of files) sniffed.push({ name, sniffed: await sniff(path) });
  return suggestMapping(source, sniffed);
}
