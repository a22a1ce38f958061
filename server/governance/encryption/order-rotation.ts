import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import type { SealedColumn } from "../../platform/encryption/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { sendJob, sendWhereServed } from "../../platform/jobs/index.ts";
import { requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import type { RotatedPart } from "./contract.ts";
import { rotationJob } from "./rotation-job.ts";
import { insertRotation, listOpenRotations } from "./store.ts";

const ACTION = "encryption.rotation_ordered";

export interface RotationOrder {
  readonly column: string;
  readonly part: RotatedPart;
}

/** A column is to have a new key. Fails with not_allowed, not_found (no such column, or it has no blind index), in_progress (it is getting one), step_up_needed. */
export async function orderRotation(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  columns: readonly SealedColumn[],
  order: RotationOrder,
): Promise<{ rotationId: string }> {
  permit(caller, "key:manage");
  requireColumn(columns, order);
  await requireStepUp(tx, caller, clock, { action: ACTION, subjectIds: [], payload: { ...order } });
  const rotationId = await keepOrder(tx, caller, clock, order);
  await sendJob(tx, rotationJob, { rotationId }, { singletonKey: rotationId });
  return { rotationId };
}

/** For the command line, which carries it out itself. On the worker. Fails with not_allowed, not_found, in_progress. */
export async function orderRotationAtOnce(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  columns: readonly SealedColumn[],
  order: RotationOrder,
): Promise<string> {
  permit(caller, "user:manage");
  requireColumn(columns, order);
  return keepOrder(tx, caller, clock, order);
}

/** On the worker. What nobody carries out any more goes on: killed on the command line, given up after many tries, ordered by somebody who has left since. */
export async function goOnWithRotations(tx: Tx): Promise<void> {
  for (const { rotationId } of await listOpenRotations(tx))
    await sendWhereServed(tx, rotationJob, { rotationId }, { singletonKey: rotationId });
}

function requireColumn(columns: readonly SealedColumn[], { column, part }: RotationOrder): void {
  const found = columns.find((one) => one.column === column);
  if (found === undefined) throw new DomainError("not_found", `${column} is no encrypted column`);
  if (part === "index" && (found.blindPlaces ?? []).length === 0) throw new DomainError("not_found", `${column} has no blind index`);
}

async function keepOrder(tx: Tx, caller: Caller, clock: Clock, { column, part }: RotationOrder): Promise<string> {
  const rotationId = await insertRotation(tx, { column, part, orderedBy: caller.userId, now: clock.now() });
  if (rotationId === null) throw new DomainError("in_progress", `${column} is getting a new key already`);
  await record(tx, { caller, action: ACTION, subjectKind: "encryption_key", subjectIds: [rotationId], detail: { column, part } });
  return rotationId;
}
