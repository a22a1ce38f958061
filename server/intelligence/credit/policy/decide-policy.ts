import { readNames, requireStepUp } from "../../../governance/access/index.ts";
import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import type { CreditPolicy } from "./contract.ts";
import * as store from "./store.ts";

/** Newest first. Fails with not_allowed. */
export async function listPolicies(tx: Tx, caller: Caller) {
  permit(caller, "credit:read");
  const versions = await store.listPolicies(tx);
  const names = await readNames(
    tx,
    versions.flatMap(({ proposedBy, decidedBy }) => (decidedBy === null ? [proposedBy] : [proposedBy, decidedBy])),
  );
  return {
    versions: versions.map(({ proposedBy, decidedBy, ...version }) => ({
      ...version,
      proposedByName: names.get(proposedBy) ?? null,
      decidedByName: decidedBy === null ? null : (names.get(decidedBy) ?? null),
      own: proposedBy === caller.userId,
    })),
  };
}

/** Fails with not_allowed, conflict (two at once), invalid_input (the band from which customers are watched is none). */
export async function proposePolicy(
  tx: Tx,
  caller: Caller,
  proposal: { policy: CreditPolicy; reason: string },
): Promise<{ version: number }> {
  permit(caller, "credit:manage");
  const { bands, watch } = proposal.policy;
  if (!bands.some(({ code }) => code === watch.bandFrom))
    throw new DomainError("invalid_input", "customers are watched from a band that is none", { detail: { field: "watch.bandFrom" } });
  const version = await store.insertPolicy(tx, { ...proposal, by: caller.userId });
  await record(tx, { caller, action: "credit_policy.proposed", subjectKind: "credit_policy", detail: { version } });
  return { version };
}

/**
 * A second person puts a version in force, or refuses it. Ratings follow with the next refresh. Fails with not_allowed (one's own proposal),
 * not_found, invalid_state (decided already), step_up_needed.
 */
export async function decidePolicy(tx: Tx, caller: Caller, clock: Clock, version: number, decision: "in_force" | "refused"): Promise<void> {
  permit(caller, "credit:manage");
  const found = await store.lockPolicy(tx, version);
  if (found === null) throw new DomainError("not_found", "no such version");
  if (found.state !== "proposed") throw new DomainError("invalid_state", "the version was decided on already");
  if (found.proposedBy === caller.userId)
    throw new DomainError("not_allowed", "somebody else decides on a proposal", { detail: { reason: "own_proposal" } });
  await requireStepUp(tx, caller, clock, {
    action: "credit_policy.decided",
    subjectIds: [String(version)],
    payload: { decision, policy: found.policy },
  });
  await store.decidePolicy(tx, version, decision, caller.userId, clock.now());
  await record(tx, { caller, action: "credit_policy.decided", subjectKind: "credit_policy", detail: { version, decision } });
}
