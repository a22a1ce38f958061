import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Step } from "./step.ts";

const folder = "db/migrations";
export const checksumsFile = `${folder}/checksums.json`;

const Checksums = z.record(z.string(), z.string());
export type Checksums = z.infer<typeof Checksums>;

/** SHA-256 of every migration as it stands on disk, in the order in which they run. */
export function migrationsOnDisk(root: string): Checksums {
  const names = readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".sql"))
    .sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(root, folder, name)))
        .digest("hex"),
    ]),
  );
}

/** What the repository remembers of its migrations; empty where nothing is remembered yet. */
export function migrationsRemembered(root: string): Checksums {
  const path = join(root, checksumsFile);
  return existsSync(path) ? Checksums.parse(JSON.parse(readFileSync(path, "utf8"))) : {};
}

/** Why `disk` is not `remembered` with new files after it. Databases in use have run what is remembered. */
export function rewrittenHistory(remembered: Checksums, disk: Checksums): string[] {
  const last = Object.keys(remembered).sort().at(-1) ?? "";
  const changed = Object.entries(remembered).flatMap(([name, sha256]) => {
    if (disk[name] === undefined) return [`${folder}/${name}: was removed; databases in use have run it`];
    return disk[name] === sha256 ? [] : [`${folder}/${name}: was changed; databases in use have run it: add a new migration instead`];
  });
  const inserted = Object.keys(disk)
    .filter((name) => remembered[name] === undefined && name < last)
    .map((name) => `${folder}/${name}: stands before ${last}, which databases in use have run`);
  return [...changed, ...inserted];
}

export const migrationsAreAppendOnly: Step = {
  name: "migrations are append-only",
  run(root) {
    const disk = migrationsOnDisk(root);
    const remembered = migrationsRemembered(root);
    if (Object.keys(disk).length === 0) throw new Error(`there is no migration in ${folder}`);
    const unlisted = Object.keys(disk).filter((name) => remembered[name] === undefined);
    return [
      ...rewrittenHistory(remembered, disk),
      ...unlisted.map((name) => `${folder}/${name}: is not in ${checksumsFile}: run npm run generate`),
    ];
  },
};
