import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFiles } from "../source-files.ts";
import type { Step } from "./step.ts";

const PAGE = "docs/security/attack-cases.md";
const CASES = 66;

/** Where the page and the tests disagree: a case that is said to be tested needs a test with its id in the name, and the other way round. */
export function casesOutOfStep(page: string, testedIds: ReadonlySet<string>): string[] {
  const rows = new Map([...page.matchAll(/^\| (AC-\d{2}) \|[^|]*\| (tested|waits) \|/gm)].map(([, id = "", status = ""]) => [id, status]));
  const ids = Array.from({ length: CASES }, (_, place) => `AC-${String(place + 1).padStart(2, "0")}`);
  return ids.flatMap((id) => {
    const status = rows.get(id);
    if (status === undefined) return [`${PAGE} does not name ${id}`];
    if (status === "tested" && !testedIds.has(id)) return [`${PAGE} calls ${id} tested, and no test has it in its name`];
    return status === "waits" && testedIds.has(id) ? [`${PAGE} lets ${id} wait, and there is a test of it`] : [];
  });
}

export const attackCasesAreTested: Step = {
  name: "attack cases are tested or said to wait",
  run(root) {
    const tests = repositoryFiles(root).filter((file) => /\.test\.tsx?$/.test(file));
    const found = tests.flatMap((file) => [...readFileSync(join(root, file), "utf8").matchAll(/\bAC-\d{2}\b/g)].map(([id]) => id));
    // Not a test file: a step of npm test that is one by itself.
    return casesOutOfStep(readFileSync(join(root, PAGE), "utf8"), new Set([...found, "AC-50"]));
  },
};
