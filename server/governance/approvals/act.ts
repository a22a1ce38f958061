import type { z } from "zod";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import type { Permission } from "../permissions/contract.ts";
import type { DifferenceLine } from "./contract.ts";

export interface Subject {
  readonly id: string;
  /** Whatever changes when the target does: a version, a hash. */
  readonly version: string;
}

/** What an act would do to its target as the target is now. */
export interface Description {
  /** A number or a code by which people know the target; no name of a customer. At most 120 characters. */
  readonly about: string;
  /** As in the audit trail; "customer" keeps requests from people for whom the customer is sealed. */
  readonly subjectKind: string;
  readonly subjects: readonly Subject[];
  /** Who decides must hold the duty at a unit that reaches this one; null: anywhere. */
  readonly unitId: string | null;
  readonly difference: readonly DifferenceLine[];
}

export interface Execution {
  /** null when the policy asks for nobody. */
  readonly requestId: string | null;
  readonly clock: Clock;
  /** As they were described in this transaction: to be locked and checked where the act changes them. */
  readonly subjects: readonly Subject[];
}

export interface Amount {
  readonly minor: bigint;
  readonly currency: string;
}

/** An act that may need somebody else's approval. Its module defines it and asks by it; `main/wiring.ts` lists it. */
export interface Act<Payload extends z.ZodType = z.ZodType> {
  /** Its name in the audit trail and in `governance.approval_policy`, which must have a row for it. */
  readonly action: string;
  /** What the maker must hold when asking, and still when it is carried out; null: everybody may ask. */
  readonly permission: Permission | null;
  /** Everything the act needs, as JSON values; it is kept as it was asked and nothing else is executed. */
  readonly payload: Payload;
  /**
   * Reads under the rights of `viewer`: of the maker when asking and when carrying out, of who may decide when they look. Fails with not_found where the
   * viewer does not see the target; then the request does not exist for them.
   */
  describe(tx: Tx, viewer: Caller, payload: z.output<Payload>): Promise<Description>;
  /** Does it, as the maker, in the transaction of the approval. A failure undoes the approval, too. */
  execute(tx: Tx, maker: Caller, payload: z.output<Payload>, execution: Execution): Promise<void>;
}

export function defineAct<Payload extends z.ZodType>(act: Act<Payload>): Act<Payload> {
  return act;
}

/** Acts of all modules, by action. */
export type Acts = ReadonlyMap<string, Act>;

/** Fails at the start when two modules name the same act. */
export function actsOf(list: readonly Act[]): Acts {
  const acts = new Map(list.map((act) => [act.action, act]));
  if (acts.size !== list.length) throw new Error("two acts have one name");
  return acts;
}
