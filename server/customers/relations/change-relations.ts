import type { z } from "zod";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { addRelation as AddRelation, correctRelation as CorrectRelation } from "./contract.ts";
import { requireCustomers } from "./find-customer.ts";
import { keptFormOf, kindsWithShare } from "./kinds/contract.ts";
import * as store from "./relation-store.ts";
import { fits, highestSum, WHOLE } from "./rules.ts";

const SHARES_MAX = 2_000;

const refused = (reason: string) => new DomainError("invalid_state", reason, { detail: { reason } });

/**
 * The other customer is `kind` of the customer. Fails with not_allowed, not_found (either of them), invalid_state (`detail.reason`: same_customer,
 * kind_does_not_fit, share_does_not_fit, dates_turned, shares_above_whole, known_already).
 */
export async function addRelation(tx: Tx, caller: Caller, customerId: string, body: z.output<NonNullable<typeof AddRelation.body>>) {
  permit(caller, "relation:write");
  const { otherCustomerId, share = null, fromOn = null, toOn = null } = body;
  const [own, other] = await requireCustomers(tx, [customerId, otherCustomerId]);
  if (own === undefined || other === undefined) throw new DomainError("not_found", "no such customer for this caller");
  if (own.customerId === other.customerId) throw refused("same_customer");
  if (!fits(body.kind, other.kind, own.kind)) throw refused("kind_does_not_fit");
  if (share !== null && !kindsWithShare.includes(body.kind)) throw refused("share_does_not_fit");
  const { kind, swapped } = keptFormOf(body.kind);
  const [first, second] = swapped ? [own, other] : [other, own];
  const relationId = newId();
  const known = await store.listStatements(tx, customerId, SHARES_MAX);
  const side = swapped ? "first" : "second";
  const again = known.some(
    (one) => one.keptKind === kind && one.side === side && one.otherId === otherCustomerId && one.source === null && one.toOn === null,
  );
  if (again && toOn === null) throw refused("known_already");
  await checkFacts(tx, { relationId, kind, ownerId: first.customerId, companyId: second.customerId, share, fromOn, toOn });
  await store.insertRelation(tx, {
    ...{ relationId, partyId: first.partyId, otherPartyId: second.partyId, kind, share, fromOn, toOn },
    by: caller.userId,
  });
  await record(tx, {
    ...{ caller, action: "relation.added", subjectKind: "customer", subjectIds: [first.customerId, second.customerId] },
    detail: { relationId, kind, share, fromOn, toOn },
  });
  return { relationId };
}

/** Fails with not_allowed, not_found, conflict (changed meanwhile), invalid_state (comes from a source, or as for adding). */
export async function correctRelation(
  tx: Tx,
  caller: Caller,
  relationId: string,
  body: z.output<NonNullable<typeof CorrectRelation.body>>,
) {
  permit(caller, "relation:write");
  const before = await findEntered(tx, relationId, body.version);
  const keep = <T>(wanted: T | undefined, had: T): T => (wanted === undefined ? had : wanted);
  const after = {
    ...before,
    share: keep(body.share, before.share),
    fromOn: keep(body.fromOn, before.fromOn),
    toOn: keep(body.toOn, before.toOn),
  };
  if (after.share !== null && !kindsWithShare.includes(after.kind)) throw refused("share_does_not_fit");
  await checkFacts(tx, { ...after, ownerId: before.customerId, companyId: before.otherId });
  if (!(await store.updateRelation(tx, after))) throw new DomainError("conflict", "somebody changed this relation meanwhile");
  const facts = ({ share, fromOn, toOn }: store.StoredRelation) => ({ share, fromOn, toOn });
  await record(tx, {
    ...{ caller, action: "relation.corrected", subjectKind: "customer", subjectIds: [before.customerId, before.otherId] },
    detail: { relationId, kind: before.kind, before: facts(before), after: facts(after) },
  });
  return { version: before.version + 1 };
}

/** Fails with not_allowed, not_found, conflict, invalid_state (comes from a source). */
export async function withdrawRelation(tx: Tx, caller: Caller, relationId: string, version: number) {
  permit(caller, "relation:write");
  const before = await findEntered(tx, relationId, version);
  if (!(await store.withdraw(tx, relationId, version))) throw new DomainError("conflict", "somebody changed this relation meanwhile");
  await record(tx, {
    ...{ caller, action: "relation.withdrawn", subjectKind: "customer", subjectIds: [before.customerId, before.otherId] },
    detail: { relationId, kind: before.kind },
  });
  return { version: version + 1 };
}

async function findEntered(tx: Tx, relationId: string, version: number): Promise<store.StoredRelation> {
  const found = await store.findRelation(tx, relationId);
  if (found === null) throw new DomainError("not_found", "no such relation for this caller");
  if (found.fromSource) throw refused("from_a_source");
  if (found.version !== version) throw new DomainError("conflict", "somebody changed this relation meanwhile");
  return found;
}

interface Facts {
  readonly relationId: string;
  readonly kind: store.StoredRelation["kind"];
  readonly ownerId: string;
  readonly companyId: string;
  readonly share: number | null;
  readonly fromOn: string | null;
  readonly toOn: string | null;
}

/**
 * Shares are added up as far as the caller sees them: a refusal because of an owner out of reach would tell of that owner. Where the whole is
 * exceeded all the same, the reckoning of owners scales and says so.
 */
async function checkFacts(tx: Tx, { relationId, kind, ownerId, companyId, share, fromOn, toOn }: Facts): Promise<void> {
  if (fromOn !== null && toOn !== null && toOn < fromOn) throw refused("dates_turned");
  if (kind !== "shareholder" || share === null) return;
  await store.lockOwners(tx, companyId);
  const others = (await store.listShares(tx, companyId, SHARES_MAX)).filter((one) => one.relationId !== relationId);
  // What a person says of an owner stands before what sources say of the same one.
  const counted = others.filter((one) => !(one.fromSource && others.some((by) => !by.fromSource && by.ownerId === one.ownerId)));
  const beside = counted.filter((one) => !(one.fromSource && one.ownerId === ownerId));
  if (highestSum([...oncePerOwner(beside), { share, fromOn, toOn }]) > WHOLE) throw refused("shares_above_whole");
}

/** Two sources that tell of one owner tell of one share: the greater counts. */
function oncePerOwner(shares: readonly store.ShareRow[]): store.ShareRow[] {
  const fromSources = Map.groupBy(
    shares.filter(({ fromSource }) => fromSource),
    ({ ownerId, fromOn, toOn }) => `${ownerId} ${fromOn} ${toOn}`,
  );
  const greatest = [...fromSources.values()].flatMap((group) => [...group].sort((a, b) => b.share - a.share).slice(0, 1));
  return [...shares.filter(({ fromSource }) => !fromSource), ...greatest];
}
