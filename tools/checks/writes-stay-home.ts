import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lineAt, repositoryFiles } from "../source-files.ts";
import type { Step } from "./step.ts";

// An area writes the PostgreSQL schema of its own name; raw rows on their way in have one to themselves.
const furtherSchemas: Record<string, Record<string, readonly string[]>> = { customers: { intake: ["staging"] } };

// In SQL text: a write, then what is written to. In Kysely: the same as a call.
const writeInSql =
  /\b(?:insert\s+into|delete\s+from|truncate(?:\s+table)?|merge\s+into|update(?:\s+only)?|copy)\s+(\$\{[^}]*\}|[a-z_"][\w."]*)/gi;
const writeInKysely = /\.(?:insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\(\s*([^,)]+)/g;

// A temporary table belongs to the transaction, not to an area.
const temporaryTable = /\bcreate\s+temp(?:orary)?\s+table\s+(?:if\s+not\s+exists\s+)?(?:pg_temp\.)?(\w+)/gi;

// "for update skip locked", "on conflict do update set", "for update of x" write nothing of themselves.
const notATable = new Set(["set", "skip", "of", "nowait", "on", "to", "from", "or", "limit"]);

/** The PostgreSQL schemas that code in `file` (server/<area>/<module>/...) may write. */
function homeSchemas(file: string): readonly string[] {
  const [, area = "", module = ""] = file.split("/");
  return [area, ...(furtherSchemas[area]?.[module] ?? [])];
}

/** Writes in the text of one file that leave home, or that do not say where they go. */
export function strayWrites(file: string, text: string): string[] {
  const home = homeSchemas(file);
  const code = text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, (comment) => " ".repeat(comment.length));
  const temporary = new Set([...code.matchAll(temporaryTable)].map(([, name]) => name));
  return [...code.matchAll(writeInSql), ...code.matchAll(writeInKysely)].flatMap((match) => {
    const target = (match[1] ?? "").replace(/["'`]/g, "");
    if (notATable.has(target.toLowerCase()) || temporary.has(target.replace(/^pg_temp\./, ""))) return [];
    const [schema, table] = target.includes("${") ? [] : target.split(".");
    if (schema !== undefined && table !== undefined && home.includes(schema)) return [];
    const why = table === undefined ? "does not name its schema" : `is not of ${home.join(" or ")}`;
    return [`${file}:${lineAt(code, match.index)}: writes to ${target}, which ${why}`];
  });
}

// Deletes what the map of personal data of every module says is over its term, and keeps the terms.
const mapDriven: ReadonlySet<string> = new Set(["server/customers/retention/store.ts"]);

export const writesStayHome: Step = {
  name: "an area writes its own schema only",
  run(root) {
    const stores = repositoryFiles(root).filter(
      (file) => /^server\/.*\/store\.ts$/.test(file) || /^server\/platform\/db\/.*(?<!\.test)\.ts$/.test(file),
    );
    if (stores.length === 0) throw new Error("there is no store.ts under server/ to check");
    return stores.filter((file) => !mapDriven.has(file)).flatMap((file) => strayWrites(file, readFileSync(join(root, file), "utf8")));
  },
};
