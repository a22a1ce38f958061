import type { Step } from "./checks/step.ts";

const FAULT_LINES_MAX = 200;
const FAULTS_AGAIN_MAX = 5;

/** How many steps passed, and of those that failed the name and the first fault. */
export interface Tally {
  passed: number;
  readonly failed: string[];
}

/** Runs all the steps, so many at once, and says each in one line with its seconds. A step that cannot run has failed. */
export async function runSteps(steps: readonly Step[], root: string, atOnce = 1): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: [] };
  const waiting = [...steps];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const fault = await faultOf(step, root);
      if (fault === null) tally.passed += 1;
      else tally.failed.push(`${step.name}: ${fault}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return tally;
}

/** Null where there is none. */
async function faultOf(step: Step, root: string): Promise<string | null> {
  const started = performance.now();
  const say = (verdict: string) => console.log(`${verdict} ${step.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  try {
    const faults = await step.run(root);
    say(faults.length === 0 ? "ok    " : "FAILED");
    for (const fault of faults.slice(0, FAULT_LINES_MAX)) console.log(`       ${fault}`);
    if (faults.length > FAULT_LINES_MAX) console.log(`       and ${faults.length - FAULT_LINES_MAX} lines more`);
    return faults.length === 0 ? null : faults.slice(0, FAULTS_AGAIN_MAX).join(" ");
  } catch (error) {
    say("FAILED");
    console.log(`       could not run: ${(error as Error).message}`);
    return "could not run";
  }
}

/** What failed once more, where everybody looks first, the closing line, and the exit code that goes with it. No step at all is a failure too. */
export function closeWith({ passed, failed }: Tally): void {
  for (const step of failed) console.log(`FAILED ${step}`);
  console.log(`${passed} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1;
}
