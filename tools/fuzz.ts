import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

// npm run fuzz [-- --runs 200 --seed 7]: what npm test asks a little of, asked for longer. Prints the seed, so that what it finds can be found again.
const { values } = parseArgs({
  options: { runs: { type: "string", default: "100" }, seed: { type: "string", default: String(Date.now() % 1_000_000) } },
});
const root = join(import.meta.dirname, "..");
console.log(`seed ${values.seed}, ${values.runs} rounds for every operation`);
const child = spawn(join(root, "node_modules/.bin/vitest"), ["run", "--project", "database", "tests/fuzz"], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, VINCULO_FUZZ_RUNS: values.runs, VINCULO_FUZZ_SEED: values.seed },
});
child.on("close", (code) => process.exit(code ?? 1));
