import { inOrder } from "../../platform/text/index.ts";
import type { Attribute } from "./contract.ts";

type Test = Attribute["strategy"][number];

export interface Ranked {
  readonly value: string;
  readonly changedAt: Date;
  readonly trust: number;
  /** Only whether there is one. A pinned value changed when it was pinned: of two pins the newer counts. */
  readonly pin?: object | null;
}

/** Higher wins; the same keys as customers.survivorship_key in the database. */
export function survivorshipKey(test: Test, candidate: Ranked): number {
  switch (test) {
    case "pinned":
      return candidate.pin == null ? Number.NEGATIVE_INFINITY : candidate.changedAt.getTime();
    case "trusted":
      return candidate.trust;
    case "recent":
      return candidate.changedAt.getTime();
    case "complete":
      return [...candidate.value].length;
  }
}

export interface Candidate extends Ranked {
  readonly sourceId: number;
  readonly sourceKey: string;
}

/** The best value first, as customers.attribute_value ranks them: pins, the tests of the rule in their order, then the older source, its key and the value. */
export function byRule(strategy: readonly Test[]): (a: Candidate, b: Candidate) => number {
  const tests: readonly Test[] = ["pinned", ...strategy];
  return (a, b) => {
    for (const test of tests) {
      const [keyA, keyB] = [survivorshipKey(test, a), survivorshipKey(test, b)];
      if (keyA !== keyB) return keyA > keyB ? -1 : 1;
    }
    if (a.sourceId !== b.sourceId) return a.sourceId - b.sourceId;
    return inOrder(a.sourceKey, b.sourceKey) || inOrder(a.value, b.value);
  };
}

/**
 * "pinned" where a person chose; else which test of the rule chose the winner over the best value that differs from it: null when nothing differs, "tie" when no test could
 * tell them apart and the order of sources did. `values` come ranked, the winner first.
 */
export function decidedBy(values: readonly Ranked[], strategy: readonly Test[]): Attribute["decidedBy"] {
  const [winner, ...others] = values;
  if (winner?.pin) return "pinned";
  const rival = others.find((other) => other.value !== winner?.value);
  if (winner === undefined || rival === undefined) return null;
  return strategy.find((test) => survivorshipKey(test, winner) !== survivorshipKey(test, rival)) ?? "tie";
}
