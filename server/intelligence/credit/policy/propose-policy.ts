import { z } from "zod";
import { readNames } from "../../../governance/access/index.ts";
import { defineAct, documentDifference, latestApprovals, type Outcome, requestApproval } from "../../../governance/approvals/index.ts";
import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import type { CreditPolicy } from "./contract.ts";
import * as store from "./store.ts";

const nameOf = (version: number): string => `${version}`;

/** Newest first. Fails with not_allowed. */
export async function listPolicies(tx: Tx, caller: Caller) {
  permit(caller, "credit:read");
  const versions = await store.listPolicies(tx);
  const names = await readNames(
    tx,
    versions.map(({ proposedBy }) => proposedBy),
  );
  const approvals = await latestApprovals(
    tx,
    activatePolicyAct.action,
    versions.map(({ version }) => nameOf(version)),
  );
  return {
    versions: versions.map(({ proposedBy, ...version }) => ({
      ...version,
      proposedByName: names.get(proposedBy) ?? null,
      approval: approvals.get(nameOf(version.version)) ?? null,
    })),
  };
}

/** A version never changes; what is put in force is what was shown. Ratings follow with the next refresh. */
export const activatePolicyAct = defineAct({
  action: "credit_policy.activated",
  permission: "credit:manage",
  payload: z.strictObject({ version: z.int() }),
  async describe(tx, _viewer, { version }) {
    const proposed = await store.findPolicy(tx, version);
    if (proposed === null || proposed.state !== "proposed") throw new DomainError("not_found", "no such proposal");
    const now = await store.readPolicy(tx);
    const difference = [
      { label: "approvals:policies.version", before: String(now.version), after: String(version), as: "number" as const },
      ...documentDifference(now.policy, proposed.policy).slice(0, 99),
    ];
    return { about: nameOf(version), subjectKind: "credit_policy", subjects: [], unitId: null, difference };
  },
  async execute(tx, maker, { version }, { requestId }) {
    permit(maker, "credit:manage");
    if (!(await store.activatePolicy(tx, version))) throw new DomainError("invalid_state", "it is in force already");
    await record(tx, { caller: maker, action: "credit_policy.activated", subjectKind: "credit_policy", detail: { version, requestId } });
  },
});

/** Keeps a new version and asks to put it in force. Fails with not_allowed, conflict (two at once), invalid_input (customers are watched from a band that is none). */
export async function proposePolicy(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  proposal: { policy: CreditPolicy; reason: string },
): Promise<Outcome & { version: number }> {
  permit(caller, "credit:manage");
  const { bands, watch } = proposal.policy;
  if (!bands.some(({ code }) => code === watch.bandFrom))
    throw new DomainError("invalid_input", "customers are watched from a band that is none", { detail: { field: "watch.bandFrom" } });
  const version = await store.insertPolicy(tx, { ...proposal, by: caller.userId });
  await record(tx, { caller, action: "credit_policy.proposed", subjectKind: "credit_policy", detail: { version } });
  const outcome = await requestApproval(tx, caller, clock, activatePolicyAct, { payload: { version }, reason: proposal.reason });
  return { ...outcome, version };
}
