import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Fault } from "./fault.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Named {
  readonly id: string;
  readonly name: string;
  readonly how: string;
  readonly project: "unit" | "database";
  readonly files: readonly string[];
  /** Part of the tests' names; without it all of the files. */
  readonly tests?: string;
}

/** Faults that `npm test` injects each time, run here by themselves. */
function tested({ id, name, how, project, files, tests }: Named): Fault {
  return {
    ...{ id, name, how, kind: "tests" },
    async run() {
      const { NODE_ENV: _, ...env } = process.env;
      const args = ["vitest", "run", "--project", project, "--reporter=json", ...files, ...(tests === undefined ? [] : ["-t", tests])];
      const { stdout } = await promisify(execFile)("npx", args, { cwd: root, env, maxBuffer: 2 ** 26 }).catch((error: { stdout: string }) => error);
      const report = JSON.parse(stdout.slice(stdout.indexOf("{"))) as { numPassedTests: number; numFailedTests: number };
      return { pass: report.numFailedTests === 0 && report.numPassedTests > 0, seen: `${report.numPassedTests} tests passed, ${report.numFailedTests} failed: ${files.join(", ")}` };
    },
  };
}

export const testedFaults = [
  tested({ id: "F13", name: "garbled answers of the outside", how: "own TCP proxy that spoils and cuts answers of the time-stamping authority, the one outside service there is", project: "database", files: ["tests/faults/outside.test.ts"], tests: "F13" }),
  tested({ id: "F14", name: "an outside service is down", how: "the time-stamping authority and the log host refuse; sealing goes on, and is told when they are back", project: "database", files: ["tests/faults/outside.test.ts"], tests: "F14" }),
  tested({ id: "F02", name: "a worker is killed in each step", how: "loads: SIGKILL at every named step, then resumed, same content as a clean run; jobs: the lease of a dead worker ends", project: "database", files: ["server/customers/intake", "server/platform/jobs"], tests: "kill|dead|worker" }),
];
