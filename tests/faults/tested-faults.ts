import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
      const report = join(tmpdir(), `vinculo-faults-report-${process.pid}.json`);
      const args = [
        "vitest",
        "run",
        "--project",
        project,
        "--reporter=json",
        `--outputFile=${report}`,
        ...files,
        ...(tests === undefined ? [] : ["-t", tests]),
      ];
      await promisify(execFile)("npx", args, { cwd: root, env: { ...env, VINCULO_EVERY_STEP: "1" }, maxBuffer: 2 ** 26 }).catch(
        () => undefined,
      ); // the report says what failed
      const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, "utf8")) as Record<string, number>;
      rmSync(report);
      return { pass: failed === 0 && (passed ?? 0) > 0, seen: `${passed} tests passed, ${failed} failed: ${files.join(", ")}` };
    },
  };
}

export const testedFaults = [
  tested({
    ...{ id: "F02", name: "a worker is killed in each step of a load", project: "database" },
    how: "SIGKILL of the loading process at every named step, then resumed: the content is that of a clean run",
    files: ["server/customers/intake/crash.test.ts"],
  }),
  tested({
    ...{ id: "F02", name: "a job and its last change are one", project: "database" },
    how: "the last change fails after the work: the job is not done, and is tried again",
    files: ["server/platform/jobs/jobs.test.ts"],
    tests: "are one",
  }),
  tested({
    ...{ id: "F13", name: "garbled answers of the outside", project: "database" },
    how: "own TCP proxy that spoils and cuts the answers of a time-stamping authority; mail, identity provider and webhooks come with their modules",
    files: ["tests/faults/outside.test.ts"],
  }),
  tested({
    ...{ id: "F14", name: "an outside service is down", project: "database" },
    how: "the log host refuses and comes back: sealing goes on, each seal is told once, in order; mail, identity provider and webhooks come with their modules",
    files: ["server/governance/audit-seals/anchors/anchors.test.ts"],
    tests: "told again",
  }),
  tested({
    ...{ id: "F16", name: "events and deliveries come twice and in another order", project: "database" },
    how: "events handled once whatever fails; twenty equal requests at once; a delivery again and again; rows before what they name",
    files: ["server/platform/events/events.test.ts", "server/platform/http/idempotency.test.ts", "server/customers/intake/loads.test.ts"],
    tests: "handled is handled|in order|one effect|in the right order|later delivery",
  }),
  tested({
    ...{ id: "F17", name: "poisoned rows", project: "database" },
    how: "NUL, bad encodings, overflowing money, impossible dates, rows that name nothing: each alone in quarantine with its reason",
    files: ["server/customers/intake/bad-input.test.ts", "server/customers/intake/quarantine.test.ts"],
  }),
  tested({
    ...{ id: "F19", name: "deadlocks", project: "database" },
    how: "two transactions lock crosswise: tried again at most three times, both succeed",
    files: ["server/platform/db/transaction.test.ts"],
    tests: "deadlock",
  }),
  tested({
    ...{ id: "F20", name: "a right is taken away while it is used", project: "database" },
    how: "a session ended inside a transaction that has begun sees no row; sealing takes what is committed only",
    files: ["server/governance/access/sessions.test.ts", "server/governance/audit-seals/seals.test.ts"],
    tests: "AC-21|what was committed",
  }),
  tested({
    ...{ id: "F23", name: "bytes of a seal, a row of the trail, a backup change", project: "database" },
    how: "every line of the trail changed, removed, added, moved; the faulty row is named",
    files: ["server/governance/audit-seals/seals.test.ts"],
    tests: "F23|any column|a row away|a seal:",
  }),
  tested({
    ...{ id: "F23", name: "bytes of a backup change", project: "unit" },
    how: "any byte changed or cut anywhere in a sealed file; a base, its manifest, a missing segment",
    files: ["server/platform/backup"],
  }),
  tested({
    ...{ id: "F24", name: "keys are lost or others", project: "unit" },
    how: "without the passwords nothing starts and none are made anew; without its key no backup opens",
    files: ["server/platform/db/embedded/embedded.test.ts", "server/platform/backup/backup.test.ts"],
  }),
  tested({
    ...{ id: "F24", name: "the key provider is lost, the master key is another, keys rotate under load", project: "database" },
    how: "the file taken away and the key service refusing: five minutes from memory, then unavailable, never in the clear; another master key: the start is refused; two new keys for a column while people read and write it, one killed half-way; another key for the blind index while loads join by it and people search by it, killed again and again, carried out by two at once, while customers are erased",
    files: [
      "server/platform/encryption/key-ring.test.ts",
      "server/main/open-bank.test.ts",
      "server/governance/encryption/rotation.test.ts",
      "tests/leaks/index-keys.test.ts",
      "tests/leaks/index-keys-erasure.test.ts",
    ],
  }),
];
