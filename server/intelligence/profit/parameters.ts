import { stringify } from "yaml";
import { requireStepUp } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { orderParameters } from "./order-profit.ts";
import * as store from "./parameter-store.ts";
import { DIFFERENCES_MAX, type Effect, effectCauses, VERSIONS_MAX } from "./parameters/contract.ts";
import { readEffect } from "./read-store.ts";
import { readParameterYaml } from "./read-yaml.ts";
import { differences, versionFor } from "./rules.ts";

/** Fails with not_allowed. */
export async function listParameters(tx: Tx, caller: Caller, clock: Clock) {
  permit(caller, "profit:read");
  const versions = await store.listVersions(tx, VERSIONS_MAX);
  const approved = versions.filter(({ state }) => state === "approved");
  await record(tx, { caller, action: "profit_parameters.viewed", subjectKind: "profit_parameters" });
  return {
    versions: versions.map((version) => shown(version, caller)),
    inForce: versionFor(clock.now().toISOString().slice(0, 10), approved)?.versionNo ?? null,
    canManage: caller.permissions.has("profit:manage"),
  };
}

const shown = ({ proposedBy, ...version }: store.DescribedVersion, caller: Caller) => ({ ...version, isOwn: proposedBy === caller.userId });

/** With what it changes, and what it did once it was put into force. Fails with not_allowed, not_found. */
export async function readParameters(tx: Tx, caller: Caller, versionNo: number) {
  permit(caller, "profit:read");
  const found = await store.findVersion(tx, versionNo);
  if (found === null) throw new DomainError("not_found", "no such version");
  const { body, ...version } = found;
  const before = versionFor(
    version.validFrom,
    (await store.listApproved(tx)).filter((one) => one.versionNo < versionNo),
  );
  const effect = version.appliedAt === null || before === undefined ? null : await readEffect(tx, versionNo);
  const subjectIds = effect?.moved.map(({ customerId }) => customerId) ?? [];
  await record(tx, {
    ...{ caller, action: "profit_parameters.viewed", detail: { versionNo } },
    ...(subjectIds.length === 0
      ? { subjectKind: "profit_parameters" }
      : { subjectKind: "customer", subjectIds, fieldClasses: ["money"] as const }),
  });
  return {
    version: shown(version, caller),
    body,
    yaml: stringify(body, { lineWidth: 140 }),
    replaces: before?.versionNo ?? null,
    differences: before === undefined ? [] : differences(before.body, body).slice(0, DIFFERENCES_MAX),
    effect: effect === null ? null : { ...effect, causes: asEffect(effect.causes), moved: effect.moved.map(asMoved) },
  };
}

const asEffect = (causes: Readonly<Record<string, string>>): Effect =>
  Object.fromEntries(effectCauses.map((cause) => [cause, BigInt(causes[cause] ?? 0)])) as Effect;

const asMoved = <T extends { beforeMinor: string; afterMinor: string; causes: Record<string, string> }>(row: T) => ({
  ...row,
  beforeMinor: BigInt(row.beforeMinor),
  afterMinor: BigInt(row.afterMinor),
  causes: asEffect(row.causes),
});

/** Fails with not_allowed, invalid_input (what is wrong in the YAML is told by path). */
export async function proposeParameters(
  tx: Tx,
  caller: Caller,
  { validFrom, reason, yaml }: { validFrom: string; reason: string; yaml: string },
): Promise<{ versionNo: number }> {
  permit(caller, "profit:manage");
  const reading = readParameterYaml(yaml);
  if (reading.body === null) throw new DomainError("invalid_input", "the parameters do not fit", { fields: reading.problems });
  const versionNo = await store.insertVersion(tx, { validFrom, reason, body: reading.body, by: caller.userId });
  await record(tx, { caller, action: "profit_parameters.proposed", subjectKind: "profit_parameters", detail: { versionNo, validFrom } });
  return { versionNo };
}

const outcomes = { approve: "approved", refuse: "refused", withdraw: "withdrawn" } as const;

/**
 * Approving puts the version into force: months are priced anew by a job. Nobody decides about a version of their own, but to withdraw it. Fails with
 * not_allowed, not_found, invalid_state (one's own; somebody else's; decided already), step_up_needed.
 */
export async function decideParameters(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  versionNo: number,
  { decision, note }: { decision: keyof typeof outcomes; note: string },
): Promise<void> {
  permit(caller, "profit:manage");
  const version = await store.findVersion(tx, versionNo);
  if (version === null) throw new DomainError("not_found", "no such version");
  const isOwn = version.proposedBy === caller.userId;
  if (version.state !== "proposed") throw new DomainError("invalid_state", "decided already", { detail: { reason: "decided" } });
  if (isOwn !== (decision === "withdraw")) throw new DomainError("invalid_state", "own", { detail: { reason: isOwn ? "own" : "not_own" } });
  const state = outcomes[decision];
  const action = `profit_parameters.${state}`;
  if (!isOwn) await requireStepUp(tx, caller, clock, { action, subjectIds: [String(versionNo)], payload: { decision, note } });
  if (!(await store.decideVersion(tx, versionNo, { state, note, by: caller.userId })))
    throw new DomainError("invalid_state", "decided already", { detail: { reason: "decided" } });
  await record(tx, { caller, action, subjectKind: "profit_parameters", detail: { versionNo } });
  if (state === "approved") await orderParameters(tx);
}
