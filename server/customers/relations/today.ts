import type { Clock } from "../../platform/clock/index.ts";

/** The day it is, YYYY-MM-DD. */
export function dayOf(clock: Clock): string {
  return clock.now().toISOString().slice(0, 10);
}
