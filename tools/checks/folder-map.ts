import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFiles } from "../source-files.ts";
import type { Step } from "./step.ts";

/** The first fenced block of `readme` that draws a tree, as lines; null where there is none. */
function fencedTree(readme: string): string[] | null {
  for (const [, block = ""] of readme.matchAll(/^```[^\n]*\n(.*?)^```/gms)) {
    if (/[├└]──/.test(block)) return block.split("\n");
  }
  return null;
}

/** Paths a drawn tree names: one per line by its indentation, and further words ending in "/" as folders inside it. */
export function pathsOfTree(lines: readonly string[]): string[] {
  const parents: { indent: number; path: string }[] = [];
  const paths: string[] = [];
  for (const line of lines) {
    const drawn = /^([│\s]*)[├└]──\s*(\S+)(.*)$/.exec(line);
    if (drawn === null) continue;
    const [, indentation = "", name = "", remark = ""] = drawn;
    while ((parents.at(-1)?.indent ?? -1) >= indentation.length) parents.pop();
    const path = `${parents.at(-1)?.path ?? ""}${name}`;
    paths.push(path);
    if (!name.endsWith("/")) continue;
    parents.push({ indent: indentation.length, path });
    for (const [, inner = ""] of remark.matchAll(/(?<=\s)([a-z][\w-]*\/)(?=[\s,;]|$)/g)) paths.push(`${path}${inner}`);
  }
  return paths;
}

/** Every folder that holds a file of the repository, with its closing slash. */
function foldersOf(files: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let cut = file.indexOf("/"); cut !== -1; cut = file.indexOf("/", cut + 1)) folders.add(file.slice(0, cut + 1));
  }
  return folders;
}

export const folderMapIsTrue: Step = {
  name: "README's folder map matches the disk",
  run(root) {
    if (!existsSync(join(root, "README.md"))) return ["README.md: does not exist"];
    const tree = fencedTree(readFileSync(join(root, "README.md"), "utf8"));
    if (tree === null) return ["README.md: has no fenced tree of the folders"];
    const files = repositoryFiles(root);
    const folders = foldersOf(files);
    const named = new Set(pathsOfTree(tree));
    const due = [...folders].filter((folder) => !folder.startsWith(".") && /^([^/]+|server\/[^/]+)\/$/.test(folder));
    return [
      ...due.filter((folder) => !named.has(folder)).map((folder) => `README.md: the folder map does not name ${folder}`),
      ...[...named]
        .filter((path) => !folders.has(path) && !files.includes(path))
        .map((path) => `README.md: the folder map names ${path}, which does not exist`),
    ];
  },
};
