import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { z } from "zod";
import type { Step } from "./checks/step.ts";
import { closeWith, runSteps } from "./run-steps.ts";
import { CHECKS_AT_ONCE, checkSteps } from "./steps.ts";

// npm test: every check, then every test. Each kind of test is a step of its own, so that one that finds no test, or no browser, fails aloud.
const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "vinculo-test-report-"));
const underWay = join(scratch, "under-way.txt");
const tests = { passed: 0, failed: 0, skipped: 0 };
const shaky: string[] = [];

// A test that hangs in its clean-up outlives its own timeout; npm test is to end all the same, and to say in time what hung.
const limits = { projectMs: 8 * 60_000, wholeMs: 13 * 60_000, goodbyeMs: 20_000 } as const;

const Result = z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() });
const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ name: z.string(), message: z.string().nullish(), assertionResults: z.array(Result) })),
});

type Report = z.infer<typeof Report>;

/** Answers with the exit code; null when it had to be stopped. */
function vitest(project: string, limitMs: number): Promise<number | null> {
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    "--reporter=./tests/support/under-way.ts",
    `--outputFile.json=${join(scratch, `${project}.json`)}`,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, "node_modules/.bin/vitest"), args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, TESTS_UNDER_WAY: underWay },
    });
    let stopped = false;
    const deadline = setTimeout(() => {
      stopped = true;
      child.kill("SIGINT"); // lets it stop its database server
      setTimeout(() => child.kill("SIGKILL"), limits.goodbyeMs).unref();
    }, limitMs);
    child.on("error", reject);
    child.on("close", (exitCode) => {
      clearTimeout(deadline);
      resolve(stopped ? null : exitCode);
    });
  });
}

const stillUnderWay = () => (existsSync(underWay) ? readFileSync(underWay, "utf8").trim().split("\n") : ["no file at all"]);

const named = ({ name }: { name: string }, { fullName, failureMessages }: z.infer<typeof Result>): string =>
  `${relative(root, name)}: ${fullName}: ${failureMessages?.[0]?.split("\n")[0] ?? ""}`;

/** The tests that failed and what each said first; a file that failed before its first test is named itself. */
const failuresOf = ({ testResults }: Report): string[] =>
  testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === "failed").map((test) => named(file, test));
    return failed.length === 0 && file.message ? [`${relative(root, file.name)}: ${file.message.split("\n")[0]}`] : failed;
  });

/** Tests that failed first and passed when they were tried again. */
const shakyOf = ({ testResults }: Report): string[] =>
  testResults.flatMap((file) =>
    file.assertionResults
      .filter(({ status, failureMessages }) => status === "passed" && failureMessages?.length)
      .map((test) => named(file, test)),
  );

function testsOf(project: string): Step {
  return {
    name: `${project} tests`,
    async run() {
      const limitMs = Math.max(0, Math.min(limits.projectMs, limits.wholeMs - performance.now()));
      const exitCode = await vitest(project, limitMs);
      if (exitCode === null) return [`stopped after ${Math.round(limitMs / 1000)} s; under way were`, ...stillUnderWay()];
      const report = Report.parse(JSON.parse(readFileSync(join(scratch, `${project}.json`), "utf8")));
      tests.passed += report.numPassedTests;
      tests.failed += report.numFailedTests;
      tests.skipped += report.numPendingTests + report.numTodoTests;
      shaky.push(...shakyOf(report));
      if (exitCode !== 0) return [`vitest ended with ${exitCode}: see above`, ...failuresOf(report)];
      return report.numPassedTests === 0 ? ["no test ran"] : [];
    },
  };
}

try {
  const checks = await runSteps(checkSteps, root, CHECKS_AT_ONCE);
  const tested = await runSteps(["unit", "database", "journeys"].map(testsOf), root);
  console.log(`tests: ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`);
  for (const test of shaky) console.log(`SHAKY, passed only when tried again: ${test}`);
  closeWith({ passed: checks.passed + tested.passed, failed: [...checks.failed, ...tested.failed] });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
