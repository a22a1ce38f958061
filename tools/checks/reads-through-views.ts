import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lineAt, repositoryFiles } from "../source-files.ts";
import type { Step } from "./step.ts";

/** Areas whose tables are their own: to the right of them only what they publish is read. */
const publishers = ["customers"] as const;
/** Views that are published under a name of their own, beside all `published_...`. */
const published: ReadonlySet<string> = new Set(["customers.payment", "customers.finished_load", "customers.group_member"]);

const read = /\b(?:from|join|using|only)\s+([a-z_]+)\.([a-z_]+)\b(?!\s*\()/gi;

/** Tables of another area that SQL in the text of one file reads past what that area publishes. Functions are published by their grants. */
export function strayReads(file: string, text: string): string[] {
  const home = file.split("/")[1];
  const code = text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, (comment) => " ".repeat(comment.length));
  return [...code.matchAll(read)].flatMap((match) => {
    const [, schema = "", name = ""] = match;
    const isOwn = schema === home || !publishers.some((area) => area === schema);
    if (isOwn || name.startsWith("published_") || published.has(`${schema}.${name}`)) return [];
    return [`${file}:${lineAt(code, match.index)}: reads ${schema}.${name}, which ${schema} does not publish`];
  });
}

/** The areas right of customers. What stands left of it may know its tables only through the database's own policies and functions. */
const right = /^server\/(?:interactions|intelligence|sales|service|management)\/.*(?<!\.test)\.ts$/;

export const readsThroughViews: Step = {
  name: "an area reads what another publishes",
  run(root) {
    const files = repositoryFiles(root).filter((file) => right.test(file));
    if (files.length === 0) throw new Error("there is nothing right of customers to check");
    return files.flatMap((file) => strayReads(file, readFileSync(join(root, file), "utf8")));
  },
};
