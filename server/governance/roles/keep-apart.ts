import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { Permission } from "../permissions/contract.ts";
import { permit } from "../permissions/index.ts";
import * as store from "./store.ts";

interface Duties {
  readonly dutyA: string;
  readonly dutyB: string;
}

/** People who hold both from now on hold neither. Fails with not_allowed, conflict (kept apart already), invalid_state (no such duty, or one and the same). */
export async function keepApart(tx: Tx, caller: Caller, request: Duties & { reason: string }): Promise<{ peopleInConflict: number }> {
  permit(caller, "role:manage");
  const { dutyA, dutyB } = inOrder(request);
  for (const duty of [dutyA, dutyB]) await requireDuty(tx, duty);
  if (dutyA === dutyB) throw new DomainError("invalid_state", "one duty cannot be kept from itself", { detail: { reason: "same_duty" } });
  if (!(await store.insertConflict(tx, { dutyA, dutyB, reason: request.reason }))) throw new DomainError("conflict", "kept apart already");
  await record(tx, { caller, action: "duties.kept_apart", subjectKind: "duty", detail: { dutyA, dutyB } });
  return { peopleInConflict: await store.countInConflict(tx, dutyA, dutyB) };
}

/** Those of the product stay. Fails with not_allowed, not_found, step_up_needed. */
export async function letTogether(tx: Tx, caller: Caller, clock: Clock, request: Duties): Promise<void> {
  permit(caller, "role:manage");
  const { dutyA, dutyB } = inOrder(request);
  await requireStepUp(tx, caller, clock, { action: "duties.let_together", subjectIds: [], payload: { dutyA, dutyB } });
  if (!(await store.deleteConflict(tx, dutyA, dutyB))) throw new DomainError("not_found", "no such pair that a bank may remove");
  await record(tx, { caller, action: "duties.let_together", subjectKind: "duty", detail: { dutyA, dutyB } });
}

const inOrder = ({ dutyA, dutyB }: Duties): Duties => (dutyA < dutyB ? { dutyA, dutyB } : { dutyA: dutyB, dutyB: dutyA });

async function requireDuty(tx: Tx, duty: string): Promise<void> {
  if (Permission.safeParse(duty).success || (await store.findRole(tx, duty)) !== null) return;
  throw new DomainError("invalid_state", "no such duty", { detail: { reason: "no_such_duty" } });
}
