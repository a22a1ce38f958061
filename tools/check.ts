import { join } from "node:path";
import { closeWith, runSteps } from "./run-steps.ts";
import { CHECKS_AT_ONCE, checkSteps } from "./steps.ts";

// npm run check [-- words]: every step, or those whose name contains one of the words.
const words = process.argv.slice(2);
const chosen = checkSteps.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (chosen.length === 0) {
  console.log(`no step is called ${words.join(" or ")}; there are: ${checkSteps.map(({ name }) => name).join("; ")}`);
}
closeWith(await runSteps(chosen, join(import.meta.dirname, ".."), CHECKS_AT_ONCE));
