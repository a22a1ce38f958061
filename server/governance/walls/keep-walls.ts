import type { Caller } from "../../platform/caller/index.ts";
import { sqlState, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import type { Compartment } from "./contract.ts";
import * as store from "./store.ts";

/** Fails with not_allowed. */
export async function listCompartments(tx: Tx, caller: Caller): Promise<{ compartments: Compartment[] }> {
  permit(caller, "seal:manage");
  await record(tx, { caller, action: "clearance.listed", subjectKind: "compartment" });
  return { compartments: await store.listCompartments(tx) };
}

/** Fails with not_allowed, conflict (the code is taken). */
export async function openWall(
  tx: Tx,
  caller: Caller,
  wall: { code: string; name: string; conflictSet?: string | undefined },
): Promise<{ compartmentId: number }> {
  permit(caller, "seal:manage");
  const { code, name, conflictSet = null } = wall;
  const compartmentId = await store.insertWall(tx, { code, name, conflictSet, by: caller.userId });
  await record(tx, { caller, action: "wall.opened", subjectKind: "compartment", detail: { compartment: code } });
  return { compartmentId };
}

/**
 * Fails with not_allowed, not_found (no such compartment or person), conflict (the person has it already), invalid_state (for oneself; the person stands
 * on the other side of a conflict).
 */
export async function giveClearance(
  tx: Tx,
  caller: Caller,
  compartmentId: number,
  { personId, reason }: { personId: string; reason: string },
): Promise<{ clearanceId: string }> {
  permit(caller, "seal:manage");
  const compartment = await store.findCompartment(tx, compartmentId);
  if (compartment === null || !(await store.isActivePerson(tx, personId)))
    throw new DomainError("not_found", "no such compartment or person");
  if (personId === caller.userId) throw new DomainError("invalid_state", "nobody lets oneself in", { detail: { reason: "oneself" } });
  const clearanceId = newId();
  try {
    await store.insertClearance(tx, { clearanceId, compartmentId, personId, reason, by: caller.userId });
  } catch (error) {
    if (sqlState(error) === "23514")
      throw new DomainError("invalid_state", "two sides of one conflict", { detail: { reason: "two_sides" }, cause: error });
    throw error;
  }
  await record(tx, {
    caller,
    action: "clearance.given",
    subjectKind: "person",
    subjectIds: [personId],
    detail: { compartment: compartment.code, clearanceId },
  });
  return { clearanceId };
}

/** In effect with the commit: the next statement of the person does not see the customers. Fails with not_allowed, not_found (none in force). */
export async function endClearance(tx: Tx, caller: Caller, clearanceId: string): Promise<void> {
  permit(caller, "seal:manage");
  const ended = await store.endClearance(tx, clearanceId, caller.userId);
  if (ended === null) throw new DomainError("not_found", "no such clearance in force");
  const compartment = await store.findCompartment(tx, ended.compartmentId);
  await record(tx, {
    caller,
    action: "clearance.ended",
    subjectKind: "person",
    subjectIds: [ended.personId],
    detail: { compartment: compartment?.code ?? null, clearanceId },
  });
}
