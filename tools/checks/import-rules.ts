import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { importRules } from "../import-rules.ts";
import { repositoryFiles } from "../source-files.ts";
import type { Step } from "./step.ts";

const topFolders = ["server", "web", "db", "tests", "bench", "tools"];
const violationsFolder = "tests/import-rules/violations";
const code = /\.tsx?$/;

async function cruiseFolder(root: string, baseDir: string, exclude: string): Promise<ICruiseResult> {
  const folders = topFolders.filter((folder) => existsSync(join(baseDir, folder)));
  const { output } = await cruise(
    folders,
    {
      baseDir,
      exclude: { path: exclude },
      validate: true,
      ruleSet: importRules,
      tsPreCompilationDeps: true,
      detectJSDocImports: false,
      doNotFollow: { path: "node_modules" },
      combinedDependencies: true,
    },
    {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".css", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["node", "import", "default"],
    },
    { tsConfig: extractTSConfig(join(root, "tsconfig.json")) },
  );
  if (typeof output === "string") throw new Error("dependency-cruiser gave text where its result was expected");
  return output;
}

/** A reader of imports that quietly reads no TypeScript finds no fault either; so the count comes first. */
function unread(result: ICruiseResult, files: readonly string[]): string[] {
  const cruised = new Set(result.modules.map((module) => module.source));
  return files.filter((file) => !cruised.has(file)).map((file) => `${file}: not read by the import check`);
}

// Read from the modules, not from the summary: the summary names a cycle once, the modules name every file in it.
function violations(result: ICruiseResult): { rule: string; from: string; to: string }[] {
  return result.modules.flatMap(({ source, dependencies }) =>
    dependencies.flatMap(({ resolved, rules = [] }) => rules.map(({ name }) => ({ rule: name, from: source, to: resolved }))),
  );
}

export const importRulesHold: Step = {
  name: "import rules",
  async run(root) {
    const files = repositoryFiles(root).filter(
      (file) => code.test(file) && topFolders.includes(file.split("/")[0] ?? "") && !file.startsWith(violationsFolder),
    );
    if (files.length === 0) throw new Error("there is no TypeScript file to check");
    const result = await cruiseFolder(root, root, `^${violationsFolder}`);
    return [...unread(result, files), ...violations(result).map(({ rule, from, to }) => `${from}: ${rule}: imports ${to}`)];
  },
};

/** Each file of the tree names in its first line the rules it breaks (`// breaks: a, b`), or `// breaks: nothing`. */
export const importRulesBite: Step = {
  name: "import rules find their deliberate violations",
  async run(root) {
    const base = join(root, violationsFolder);
    const files = repositoryFiles(base).filter((file) => code.test(file));
    const result = await cruiseFolder(root, base, "^$");
    const found = violations(result);
    const faults = unread(result, files);
    for (const file of files) {
      const first = readFileSync(join(base, file), "utf8").split("\n")[0] ?? "";
      const expected = /^\/\/ breaks: (.+)$/.exec(first)?.[1];
      if (expected === undefined)
        faults.push(`${violationsFolder}/${file}: the first line does not say "// breaks: <rule>" or "// breaks: nothing"`);
      const actual = [...new Set(found.filter(({ from }) => from === file).map(({ rule }) => rule))].sort().join(", ") || "nothing";
      if (expected !== undefined && actual !== expected)
        faults.push(`${violationsFolder}/${file}: says it breaks ${expected}; found: ${actual}`);
    }
    const broken = new Set(found.map(({ rule }) => rule));
    for (const { name } of importRules.forbidden ?? []) {
      if (name !== undefined && !broken.has(name)) faults.push(`${violationsFolder}: no file breaks the rule ${name}`);
    }
    return faults;
  },
};
