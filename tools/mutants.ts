import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mutant, mutants } from "../tests/mutants/mutants.ts";
import { checksumsFile } from "./checks/migrations.ts";

// npm run mutants [-- words]: takes out one check after the other, in a copy of the last commit, and fails where every test stays green without it.
const root = join(import.meta.dirname, "..");
const words = process.argv.slice(2).join(" ");
const copy = join(mkdtempSync(join(tmpdir(), "vinculo-mutants-")), "copy");
const git = (...args: string[]) => execFileSync("git", args, { cwd: copy, stdio: "pipe" });

execFileSync("git", ["worktree", "add", "--detach", copy, "HEAD"], { cwd: root, stdio: "pipe" });
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
const survivors: string[] = [];
try {
  for (const mutant of mutants.filter(({ name }) => name.includes(words))) {
    const startedMs = performance.now();
    const green = isGreenWith(mutant);
    if (green !== null) survivors.push(`${mutant.name}: ${green}`);
    console.log(
      `${green === null ? "red  " : "GREEN"} ${mutant.name} (${mutant.test}, ${Math.round((performance.now() - startedMs) / 1000)} s)`,
    );
    git("checkout", "--force", "HEAD");
    git("clean", "-fdq", "--exclude=node_modules");
  }
} finally {
  execFileSync("git", ["worktree", "remove", "--force", copy], { cwd: root });
}
console.log(survivors.length === 0 ? "every check is missed when it is taken out" : survivors.join("\n"));
process.exitCode = survivors.length === 0 ? 0 : 1;

/** null where a test goes red, as it should; else what is wrong. */
function isGreenWith({ sql, source, project, test }: Mutant): string | null {
  if (sql !== undefined) addMigration(sql);
  if (source !== undefined) {
    const text = readFileSync(join(copy, source.file), "utf8");
    if (text.split(source.take).length !== 2) return `${source.file} does not hold what is to be taken out exactly once`;
    writeFileSync(
      join(copy, source.file),
      text.replace(source.take, () => source.put),
    );
  }
  const { status, stdout } = spawnSync(join(root, "node_modules/.bin/vitest"), ["run", "--project", project, test], {
    cwd: copy,
    encoding: "utf8",
  });
  if (status === 0) return "all tests stay green";
  // A migration that does not apply, or a file that does not load, proves nothing.
  return /Tests .*\d+ failed/.test(stdout) ? null : `no test failed, yet the run did not end well: ${stdout.slice(-400)}`;
}

function addMigration(sql: string): void {
  const folder = join(copy, "db/migrations");
  writeFileSync(join(folder, "9999_mutant.sql"), `${sql}\n`);
  const sums = readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort();
  const hash = (file: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, file)))
      .digest("hex");
  writeFileSync(join(copy, checksumsFile), `${JSON.stringify(Object.fromEntries(sums.map((file) => [file, hash(file)])), null, 2)}\n`);
}
