import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { DeliveryRequest } from "./contract.ts";
import { suggestMapping } from "./mapping/index.ts";
import type { GivenFile } from "./open-delivery.ts";
import { sniff } from "./reading/index.ts";
import { uploadedFiles } from "./uploads.ts";

/** A first mapping for files nobody has described yet, as YAML to be looked over: what the files seem to be and which columns seem to mean what. Fails with a FileProblem. */
export async function draftMapping(source: { code: string; name: string }, files: readonly GivenFile[]): Promise<string> {
  const sniffed = [];
  for (const { name, path } of files) sniffed.push({ name, sniffed: await sniff(path) });
  return suggestMapping(source, sniffed);
}

/** The same for uploads, the source called after the first file until somebody gives it its name. Fails with: not_allowed, not_found, FileProblems. */
export async function draftUploads(caller: Caller, home: string, { files }: Pick<DeliveryRequest, "files">): Promise<string> {
  permit(caller, "load:run");
  const code = sourceCodeOf(files[0]?.name ?? "");
  return draftMapping({ code, name: code.replaceAll("_", " ") }, await uploadedFiles(home, files));
}

/** A word made of a file's name: `Kunden_2026-01.csv.gz` gives `kunden`. */
function sourceCodeOf(fileName: string): string {
  const [stem = ""] = fileName.toLowerCase().split(".");
  const word = stem.replaceAll(/[^a-z]+/g, "_").replaceAll(/^_+|_+$/g, "");
  return word === "" ? "new_source" : word.slice(0, 60);
}
