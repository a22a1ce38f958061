import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { mayStandUnder } from "./rules.ts";
import * as store from "./unit-store.ts";

export interface NewUnitRequest {
  readonly parentId: string;
  readonly kind: "region" | "branch" | "team";
  readonly code: string;
  readonly name: string;
}

/** Fails with not_allowed, not_found (the unit above), conflict (the code is taken), invalid_state (does not stand under such a unit, or that is closed). */
export async function createUnit(tx: Tx, caller: Caller, request: NewUnitRequest): Promise<{ unitId: string }> {
  permit(caller, "organisation:manage");
  const parent = await store.findUnit(tx, request.parentId);
  requireParent(request.kind, parent);
  const unitId = newId();
  if (!(await store.insertUnit(tx, { unitId, ...request })))
    throw new DomainError("conflict", "the code is taken", { detail: { reason: "code_taken" } });
  await record(tx, {
    caller,
    action: "unit.created",
    subjectKind: "unit",
    subjectIds: [unitId],
    detail: { code: request.code, kind: request.kind },
  });
  return { unitId };
}

/**
 * Fails with not_allowed, not_found, conflict (version), invalid_state (the bank itself, a parent that does not fit or lies below), depends_on_this (closing
 * what has open units, people or portfolios in it; the detail counts them).
 */
export async function changeUnit(tx: Tx, caller: Caller, unitId: string, request: store.UnitChange & { version: number }): Promise<void> {
  permit(caller, "organisation:manage");
  const { version, ...change } = request;
  const unit = await store.findUnit(tx, unitId);
  if (unit === null) throw new DomainError("not_found", "no such unit");
  if (unit.kind === "bank" && (change.parentId !== undefined || change.active !== undefined)) throw refused("the_bank");
  if (change.parentId !== undefined) await requireNewParent(tx, unit, change.parentId);
  if (change.active === false) await requireEmpty(tx, unitId);
  if (!(await store.saveUnit(tx, unitId, version, change))) throw new DomainError("conflict", "the unit has another version by now");
  const action =
    change.active === undefined
      ? change.parentId === undefined
        ? "unit.renamed"
        : "unit.moved"
      : change.active
        ? "unit.opened"
        : "unit.closed";
  await record(tx, { caller, action, subjectKind: "unit", subjectIds: [unitId], detail: { ...change, from: unit.parentId } });
}

async function requireNewParent(tx: Tx, unit: store.UnitRow, parentId: string): Promise<void> {
  requireParent(unit.kind, await store.findUnit(tx, parentId));
  if (await store.liesBelow(tx, parentId, unit.unitId)) throw refused("lies_below");
}

function requireParent(kind: store.UnitRow["kind"], parent: store.UnitRow | null): void {
  if (parent === null) throw new DomainError("not_found", "no such unit above");
  if (!parent.active) throw refused("parent_closed");
  if (!mayStandUnder(kind, parent.kind)) throw refused("kind_does_not_fit");
}

async function requireEmpty(tx: Tx, unitId: string): Promise<void> {
  const inside = await store.countInside(tx, unitId);
  if (inside.units + inside.people + inside.portfolios > 0)
    throw new DomainError("depends_on_this", "the unit is not empty", { detail: { ...inside } });
}

const refused = (reason: string) => new DomainError("invalid_state", reason, { detail: { reason } });
