import { readNames, requireStepUp } from "../../../governance/access/index.ts";
import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import * as store from "./store.ts";

/** Fails with not_allowed. */
export async function listFraudModels(tx: Tx, caller: Caller) {
  permit(caller, "fraud:read");
  const models = await store.listModels(tx);
  const names = await readNames(
    tx,
    models.flatMap(({ trainedBy, approvedBy }) => [trainedBy, ...(approvedBy === null ? [] : [approvedBy])]),
  );
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return {
    models: models.map(({ trainedBy, approvedBy, ...model }) => ({
      ...model,
      trainedByName: nameOf(trainedBy),
      approvedByName: nameOf(approvedBy),
    })),
  };
}

/** Puts a score into force, or an earlier one back. Fails with not_allowed, not_found, step_up_needed, invalid_state (in force already; trained by the same person). */
export async function activateFraudModel(tx: Tx, caller: Caller, clock: Clock, modelNo: number): Promise<void> {
  permit(caller, "model:approve");
  const model = await store.lockModel(tx, modelNo);
  if (model === null) throw new DomainError("not_found", "no such model");
  if (model.state === "live") throw new DomainError("invalid_state", "the model is in force", { detail: { reason: "in_force" } });
  if (model.trainedBy === caller.userId)
    throw new DomainError("invalid_state", "trained by the same person", { detail: { reason: "same_person" } });
  await requireStepUp(tx, caller, clock, {
    action: "fraud_model.activated",
    subjectIds: [],
    payload: { modelNo, checksum: model.checksum },
  });
  await store.putModelInForce(tx, modelNo, caller.userId, clock.now());
  await record(tx, { caller, action: "fraud_model.activated", subjectKind: "fraud_model", detail: { modelNo, checksum: model.checksum } });
}
