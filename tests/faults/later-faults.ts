import type { Fault } from "./fault.ts";

/** Faults whose surface does not exist yet, with what will bring it. */
const later = (id: string, name: string, brings: string): Fault => ({
  ...{ id, name, how: brings, kind: "later" },
  run: async () => ({ pass: false, seen: brings }),
});

export const laterFaults = [
  later(
    "F15",
    "a receiver of webhooks answers badly",
    "there are no webhooks yet; they come with the open interface for other systems, which must bring this fault's fake receiver",
  ),
  later(
    "F20",
    "objecting while a campaign is sent",
    "there are no campaigns yet; they come with outreach, which must ask mayContact in the transaction that sends. A hold against an erasure at work: tests/leaks/erasure.test.ts",
  ),
];
