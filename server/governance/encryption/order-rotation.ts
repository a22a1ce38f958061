import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import type { SealedColumn } from "../../platform/encryption/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { sendJob } from "../../platform/jobs/index.ts";
import { requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { rotationJob } from "./rotation-job.ts";
import { insertRotation } from "./store.ts";

const ACTION = "encryption.rotation_ordered";

/** A column is to have a new key. Fails with not_allowed, not_found (no such column), in_progress (it is getting one), step_up_needed. */
export async function orderRotation(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  columns: readonly SealedColumn[],
  column: string,
): Promise<{ rotationId: string }> {
  permit(caller, "key:manage");
  requireColumn(columns, column);
  await requireStepUp(tx, caller, clock, { action: ACTION, subjectIds: [], payload: { column } });
  const rotationId = await keepOrder(tx, caller, clock, column);
  await sendJob(tx, rotationJob, { rotationId }, { singletonKey: rotationId });
  return { rotationId };
}

/** For the command line, which carries it out itself. On the worker. Fails with not_allowed, not_found, in_progress. */
export async function orderRotationAtOnce(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  columns: readonly SealedColumn[],
  column: string,
): Promise<string> {
  permit(caller, "user:manage");
  requireColumn(columns, column);
  return keepOrder(tx, caller, clock, column);
}

function requireColumn(columns: readonly SealedColumn[], column: string): void {
  if (!columns.some((one) => one.column === column)) throw new DomainError("not_found", `${column} is no encrypted column`);
}

async function keepOrder(tx: Tx, caller: Caller, clock: Clock, column: string): Promise<string> {
  const rotationId = await insertRotation(tx, { column, orderedBy: caller.userId, now: clock.now() });
  if (rotationId === null) throw new DomainError("in_progress", `${column} is getting a new key already`);
  await record(tx, { caller, action: ACTION, subjectKind: "encryption_key", subjectIds: [rotationId], detail: { column } });
  return rotationId;
}
