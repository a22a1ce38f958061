import type { z } from "zod";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Db, Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { decidePairs as contract } from "./contract.ts";
import type { StoredModel } from "./match-store.ts";
import { explainPair } from "./matching/index.ts";
import { readParties } from "./read-parties.ts";
import * as steward from "./steward-store.ts";
import { differ, requireVisible, workOnIdentity } from "./work-on-identity.ts";

type Request = z.output<NonNullable<typeof contract.body>>;

/**
 * What a person says of pairs; customers are joined or parted at once. Fails with not_allowed, not_found, conflict (somebody decided one of them
 * meanwhile), invalid_state (the same, although verified identifiers differ).
 */
export async function decidePairs(db: Db, caller: Caller, { pairs, decision, reason }: Request) {
  permit(caller, "identity:decide");
  const partyIds = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  await requireVisible(db, caller, partyIds);
  const decide = async (tx: Tx, stored: StoredModel) => {
    const changed = await steward.findChanged(tx, pairs);
    if (changed !== null) throw new DomainError("conflict", "somebody decided this pair meanwhile", { detail: changed });
    const weighed = await weigh(tx, stored, pairs);
    if (decision === "same" && weighed.some(({ conflict }) => conflict)) throw differ();
    await steward.saveDecisions(
      tx,
      weighed.map(({ a, b, bits }) => ({ a, b, bits, modelNo: stored.modelNo, decision, by: caller.userId, reason: reason ?? null })),
    );
    await record(tx, {
      caller,
      action: `identity.${decision === "open" ? "reopened" : `decided_${decision}`}`,
      subjectKind: "party",
      subjectIds: partyIds,
      detail: { pairs: pairs.length, ...(reason === undefined ? {} : { reason }) },
    });
    return partyIds;
  };
  const settled = await workOnIdentity(db, caller, { decide, toBeOne: decision === "same" ? pairs : [] });
  return {
    decided: pairs.length,
    moved: settled.moved,
    customerIds: settled.customerIds.slice(0, 1000),
    pairs: pairs.map(({ a, b, version }) => ({ a, b, version: (version ?? 0) + 1 })),
  };
}

/** The evidence for pairs, under the model in force. */
export async function weigh(tx: Tx, { model }: StoredModel, pairs: readonly { a: string; b: string }[]) {
  const parties = await readParties(tx, [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]);
  const recordOf = new Map(parties.map(({ partyId, record: own }) => [partyId, own]));
  return pairs.map(({ a, b }) => {
    const [one, other] = [recordOf.get(a), recordOf.get(b)];
    if (a === b || one === undefined || other === undefined) throw new DomainError("not_found", "no such pair of records");
    const { bits, conflict } = explainPair(model, one, other);
    return { a, b, bits: Number.isFinite(bits) ? bits : -100, conflict: conflict || one.kind !== other.kind };
  });
}
