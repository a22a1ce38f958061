import { readNames } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { MEMBERS_MAX, type Side } from "./contract.ts";
import { explainPair as explain, probabilityOf } from "./matching/index.ts";
import { readParties } from "./read-parties.ts";
import * as steward from "./steward-store.ts";
import { modelInForce } from "./work-on-identity.ts";

const EDGES_MAX = 500;
const LINKS_MAX = 500;
const MAY_BE_SAME_MAX = 20;

/** What a customer is made of, who decided it, and who may be the same. Audited as a view. Fails with not_allowed, not_found. */
export async function readIdentity(tx: Tx, caller: Caller, customerId: string) {
  permit(caller, "customer:read");
  const members = await steward.readMembers(tx, customerId, MEMBERS_MAX);
  if (members.length === 0) throw new DomainError("not_found", "no such customer for this caller");
  const ids = members.map(({ partyId }) => partyId);
  const outside = await steward.listOutside(tx, ids, MAY_BE_SAME_MAX);
  const sideOf = new Map(
    (
      await steward.readSides(
        tx,
        outside.map(({ partyId }) => partyId),
      )
    ).map((side) => [side.partyId, side]),
  );
  const others = [...sideOf.values()];
  const links = await steward.listLinks(tx, ids, LINKS_MAX);
  const names = await readNames(
    tx,
    links.flatMap(({ by, undoneBy }) => [by, ...(undoneBy === null ? [] : [undoneBy])]),
  );
  await record(tx, {
    caller,
    action: "identity.viewed",
    fieldClasses: ["name", "birth", "contact", "identifier"],
    subjectKind: "customer",
    subjectIds: [customerId, ...new Set(others.map((side) => side.customerId))],
  });
  return {
    members,
    edges: await steward.listEdges(tx, ids, EDGES_MAX),
    history: links.map(({ by, undoneBy, ...link }) => ({
      ...link,
      byName: names.get(by) ?? null,
      undoneByName: undoneBy === null ? null : (names.get(undoneBy) ?? null),
    })),
    mayBeSame: outside.flatMap(({ partyId, withPartyId, bits }) => {
      const side = sideOf.get(partyId);
      return side === undefined ? [] : [{ side, withPartyId, bits, probability: probabilityOf(bits) }];
    }),
  };
}

/** Why two records count as one or not. Audited as a view of both customers. Fails with not_allowed, not_found. */
export async function explainPair(db: Db, caller: Caller, a: string, b: string) {
  permit(caller, "identity:decide");
  const seen = await inTransaction(db, caller, (tx) => seenOf(tx, caller, a, b));
  const { stored, one, other } = await inTransaction(
    db,
    caller,
    async (tx) => {
      const parties = await readParties(tx, [a, b]);
      return {
        stored: await modelInForce(tx),
        one: parties.find((party) => party.partyId === a),
        other: parties.find((party) => party.partyId === b),
      };
    },
    { role: "worker", readOnly: true },
  );
  if (one === undefined || other === undefined) throw new DomainError("not_found", "no such pair of records for this caller");
  const { steps, ...explanation } = explain(stored.model, one.record, other.record);
  const { joinBits, doubtBits } = stored.model.thresholds;
  return {
    ...seen,
    ...explanation,
    bits: Math.max(-1000, explanation.bits),
    steps: steps.map((step) => (step.column === "identifier" ? { ...step, a: masked(step.a), b: masked(step.b) } : { ...step })),
    modelNo: stored.modelNo,
    joinBits,
    doubtBits,
  };
}

async function seenOf(tx: Tx, caller: Caller, a: string, b: string) {
  const sides = await steward.readSides(tx, [a, b]);
  const [one, other] = [sides.find((side) => side.partyId === a), sides.find((side) => side.partyId === b)];
  if (a === b || one === undefined || other === undefined) throw new DomainError("not_found", "no such pair of records for this caller");
  const customerIds = [...new Set([one.customerId, other.customerId])];
  const members: Side[] = [];
  for (const id of customerIds) members.push(...(await steward.readMembers(tx, id, MEMBERS_MAX / 2)));
  const pair = await steward.readPair(tx, a, b);
  const names = await readNames(tx, pair?.decidedBy ? [pair.decidedBy] : []);
  await record(tx, {
    caller,
    action: "identity.pair_viewed",
    subjectKind: "customer",
    fieldClasses: ["name", "birth", "contact", "identifier"],
    subjectIds: customerIds,
  });
  return {
    a: one,
    b: other,
    doubt: pair?.doubt ?? null,
    version: pair?.version ?? null,
    decision:
      pair === null || pair.decision === null || pair.decidedAt === null
        ? null
        : { decision: pair.decision, byName: names.get(pair.decidedBy ?? "") ?? "", at: pair.decidedAt, reason: pair.reason },
    members,
    edges: await steward.listEdges(
      tx,
      members.map(({ partyId }) => partyId),
      EDGES_MAX,
    ),
    combined: await steward.readCombined(tx, customerIds),
  };
}

/** Identifiers are told apart by their last four characters here as everywhere. */
function masked(values: string): string {
  return values
    .split(" / ")
    .map((value) => (value.length > 4 ? `•••• ${value.slice(-4)}` : value))
    .join(" / ");
}
