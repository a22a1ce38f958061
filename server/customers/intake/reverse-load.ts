import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, withWorkerConnection } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { listChangedParties, matchAgain } from "../identity/index.ts";
import { noteReversal, refreshAfterReversal } from "../profiles/index.ts";
import type { WorkOfPeople } from "./contract.ts";
import { indexImages } from "./index-images.ts";
import { dropAllLookups } from "./landing/lookups.ts";
import { findWorkOfPeople } from "./people-store.ts";
import * as undo from "./reverse-store.ts";
import * as store from "./store.ts";

const DEPENDENTS_MAX = 100;

/**
 * Takes a load back: what it created goes, what it replaced comes back, joins it made are undone; its customers are computed anew. One transaction.
 * Fails with: not_allowed, not_found, invalid_state (reversed already), in_progress (somebody works on its source), depends_on_this (later
 * loads changed its rows or hang on them: `detail.loads` names them; or people worked on its records: `detail.people`).
 */
export async function reverseLoad(db: Db, caller: Caller, loadId: string): Promise<{ loadId: string; keptCodes: string[] }> {
  permit(caller, "load:reverse");
  const found = await store.asWorker(db, caller, (tx) => store.findLoad(tx, loadId));
  if (found === null) throw new DomainError("not_found", `no load ${loadId}`);
  const hold = await store.holdSource(db, found.sourceId);
  if (hold === null)
    throw new DomainError("in_progress", "somebody is loading or reversing this source right now", { detail: { loadNo: found.loadNo } });
  try {
    return await reverseHeld(db, caller, found);
  } finally {
    await hold.release();
  }
}

/** As reverseLoad, for a caller who holds the source already. */
export async function reverseHeld(db: Db, caller: Caller, found: store.LoadHead): Promise<{ loadId: string; keptCodes: string[] }> {
  const { loadNo, loadId } = found;
  await store.asWorker(db, caller, async (tx) => {
    const load = await store.lockLoad(tx, loadId);
    if (load === null || load.state === "reversed") throw new DomainError("invalid_state", `load ${loadNo} is reversed already`);
    const holder = await store.findHolder(tx, load.sourceId);
    if (holder !== null && holder.loadId !== loadId) {
      throw new DomainError("in_progress", `load ${holder.loadNo} of this source is not finished`, { detail: { ...holder } });
    }
    const dependents = await undo.findDependents(tx, loadNo, DEPENDENTS_MAX);
    if (dependents.length > 0) {
      const named = dependents.map(({ loadNo: later, kind, rows }) => `load ${later}: ${rows} ${kind}`).join(", ");
      throw new DomainError("depends_on_this", `later loads stand on load ${loadNo}: ${named}`, { detail: { loads: dependents } });
    }
    refuseLosingWork(loadNo, await findWorkOfPeople(tx, loadNo));
    await undo.markReversing(tx, loadNo);
    await store.notifyLoad(tx, loadId);
  });
  const { partyIds, ...reversed } = await withWorkerConnection(db, caller, (connection) =>
    connection.inTransaction(
      async (tx) => {
        await noteReversal(tx, loadNo);
        await indexImages(tx, loadNo);
        await undo.putBackRows(tx, loadNo);
        await undo.putBackClaims(tx, loadNo);
        await undo.putBackJoins(tx, loadNo);
        const keptCodes = await undo.putBackCatalogues(tx, loadNo);
        await dropAllLookups(tx, loadNo);
        const restored = await listChangedParties(tx, loadNo);
        await undo.forgetChanges(tx, loadNo, caller.userId);
        await refreshAfterReversal(tx);
        await undo.markReversed(tx, loadNo, caller.userId);
        await record(tx, { caller, action: "load.reversed", subjectKind: "load", subjectIds: [loadId], detail: { loadNo, keptCodes } });
        await store.notifyLoad(tx, loadId);
        return { loadId, keptCodes, partyIds: restored };
      },
      { statementTimeoutMs: 0 },
    ),
  );
  await matchAgain(db, caller, partyIds);
  return reversed;
}

const workNames = {
  relation: ["relation", "relations"],
  circle_member: ["household or group member", "household or group members"],
  identity_decision: ["identity decision", "identity decisions"],
  value_pin: ["pinned value", "pinned values"],
  value_dispute: ["open dispute", "open disputes"],
  consent: ["recorded consent or objection", "recorded consents and objections"],
} as const satisfies Record<WorkOfPeople["kind"], readonly [string, string]>;

/** The records go with the load, and nobody could bring back what was done on them. */
function refuseLosingWork(loadNo: number, people: readonly WorkOfPeople[]): void {
  if (people.length === 0) return;
  const named = people.map(({ kind, rows }) => `${rows} ${workNames[kind][rows === 1 ? 0 : 1]}`).join(", ");
  throw new DomainError("depends_on_this", `reversing load ${loadNo} would destroy work of people: ${named}`, { detail: { people } });
}
