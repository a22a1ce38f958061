import { setTimeout as wait } from "node:timers/promises";

const END_MS = 20_000;

/** Waits for a clean-up, and fails with what it was when it does not come to its end: nothing else bounds it, and the run would hang without a word. */
export async function ended(what: string, cleanUp: Promise<unknown>): Promise<void> {
  const isEnded = await Promise.race([cleanUp.then(() => true), wait(END_MS, false, { ref: false })]);
  if (!isEnded) throw new Error(`${what} did not end within ${END_MS / 1000} s`);
}
