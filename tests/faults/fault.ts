import type { RunningBank } from "./bank.ts";
import type { Load, Sent, SignedIn } from "./load.ts";

/** What a fault has to work with. */
export interface Stage {
  readonly bank: RunningBank;
  readonly users: readonly SignedIn[];
  /** What each person may be served, by login. */
  readonly visible: ReadonlyMap<string, ReadonlySet<string>>;
  readonly random: () => number;
  /** A scratch folder of this fault's own, removed afterwards. */
  readonly folder: string;
  /** Requests a second. */
  readonly rate: number;
  /** Times a fault is repeated: 1 for a short run, more for a full one. */
  readonly times: number;
  startLoad(options?: { banks?: readonly RunningBank[]; balances?: boolean; users?: readonly SignedIn[] }): Load;
}

export interface Finding {
  readonly pass: boolean;
  /** What was measured, for the table. */
  readonly seen: string;
  /** What was sent, for the invariants; absent where the fault had a bank of its own. */
  readonly sent?: readonly Sent[];
}

export interface Fault {
  readonly id: string;
  readonly name: string;
  /** How it is done on one machine, and what is only the nearest to it. */
  readonly how: string;
  /** "bank": on the running bank, under load. "own": brings what it needs. "tests": named tests of npm test. "later": what will bring its surface. */
  readonly kind: "bank" | "own" | "tests" | "later";
  readonly run: (stage: Stage) => Promise<Finding>;
}

export class Skipped extends Error {}
