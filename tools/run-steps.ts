import type { Step } from "./checks/step.ts";

const FAULT_LINES_MAX = 200;

/** How many steps passed and failed. */
export interface Tally {
  passed: number;
  failed: number;
}

/** Runs all the steps, so many at once, and says each in one line with its seconds. A step that cannot run has failed. */
export async function runSteps(steps: readonly Step[], root: string, atOnce = 1): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0 };
  const waiting = [...steps];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      if (await passes(step, root)) tally.passed += 1;
      else tally.failed += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return tally;
}

async function passes(step: Step, root: string): Promise<boolean> {
  const started = performance.now();
  const say = (verdict: string) => console.log(`${verdict} ${step.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  try {
    const faults = await step.run(root);
    say(faults.length === 0 ? "ok    " : "FAILED");
    for (const fault of faults.slice(0, FAULT_LINES_MAX)) console.log(`       ${fault}`);
    if (faults.length > FAULT_LINES_MAX) console.log(`       and ${faults.length - FAULT_LINES_MAX} lines more`);
    return faults.length === 0;
  } catch (error) {
    say("FAILED");
    console.log(`       could not run: ${(error as Error).message}`);
    return false;
  }
}

/** The closing line, and the exit code that goes with it. No step at all is a failure too. */
export function closeWith({ passed, failed }: Tally): void {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
