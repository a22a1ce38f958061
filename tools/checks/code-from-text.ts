import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFiles } from "../source-files.ts";
import type { Step } from "./step.ts";

/** Ways in which a text could become code, or a program of its own. */
const ways = [
  [/\beval\s*\(/, "eval"],
  [/\bnew\s+Function\s*\(|(?<![.\w])Function\s*\(\s*["'`]/, "a function made from text"],
  [/["'](?:node:)?vm["']/, "node:vm"],
  [/["'](?:node:)?child_process["']/, "child processes"],
  [/["'](?:node:)?v8["']/, "deserialising of objects"],
  [/(?<![.\w])import\s*\(\s*(?!["'`])/, "an import of a computed name"],
  [/(?<![.\w])require\s*\(/, "require"],
] as const satisfies readonly (readonly [RegExp, string])[];

/** The places that need one of them, each for a reason said there. */
const allowed = [/^server\/platform\/db\/embedded\//, /\.test\.tsx?$/];

export function codeFromText(file: string, text: string): string[] {
  if (allowed.some((place) => place.test(file))) return [];
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, "");
  return ways.filter(([way]) => way.test(code)).map(([, name]) => `${file}: ${name}`);
}

/** AC-50: nothing that is served turns text into code. */
export const noCodeFromText: Step = {
  name: "no code is made from text",
  run: (root) =>
    repositoryFiles(root)
      .filter((file) => /^server\/.*\.tsx?$/.test(file))
      .flatMap((file) => codeFromText(file, readFileSync(join(root, file), "utf8"))),
};
