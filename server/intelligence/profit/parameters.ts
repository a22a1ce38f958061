import { stringify } from "yaml";
import { z } from "zod";
import { defineAct, latestApprovals, type Outcome, requestApproval } from "../../governance/approvals/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { orderParameters } from "./order-profit.ts";
import * as store from "./parameter-store.ts";
import { DIFFERENCES_MAX, type Effect, effectCauses, type ParameterVersion, VERSIONS_MAX } from "./parameters/contract.ts";
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
    versions: await shown(tx, caller, versions),
    inForce: versionFor(clock.now().toISOString().slice(0, 10), approved)?.versionNo ?? null,
    canManage: caller.permissions.has("profit:manage"),
  };
}

type Approval = NonNullable<ReturnType<Awaited<ReturnType<typeof latestApprovals>>["get"]>>;
type Shown = Omit<store.DescribedVersion, "proposedBy" | "state"> & {
  readonly isOwn: boolean;
  readonly approval: Approval | null;
  readonly state: ParameterVersion["state"];
};

const LINES_MAX = 98;
const nameOf = (versionNo: number): string => String(versionNo);

/** With where their approval stands: a proposal that was refused, withdrawn or overtaken waits for nobody any more. */
async function shown(tx: Tx, caller: Caller, versions: readonly store.DescribedVersion[]): Promise<Shown[]> {
  const names = versions.map(({ versionNo }) => nameOf(versionNo));
  const approvals = await latestApprovals(tx, approveParametersAct.action, names);
  return versions.map(({ proposedBy, state, ...version }) => {
    const approval = approvals.get(nameOf(version.versionNo)) ?? null;
    const ended = approval === null || approval.state === "waiting" || approval.state === "approved" ? null : approval.state;
    return {
      ...version,
      isOwn: proposedBy === caller.userId,
      approval,
      state: ended === null ? state : ended === "refused" ? "refused" : "withdrawn",
    };
  });
}

/** With what it changes, and what it did once it was put into force. Fails with not_allowed, not_found. */
export async function readParameters(tx: Tx, caller: Caller, versionNo: number) {
  permit(caller, "profit:read");
  const found = await store.findVersion(tx, versionNo);
  if (found === null) throw new DomainError("not_found", "no such version");
  const { body, ...version } = found;
  const [one] = await shown(tx, caller, [version]);
  if (one === undefined) throw new DomainError("not_found", "no such version");
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
    version: one,
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

/** Months are priced anew by a job, once somebody else has agreed to exactly this version; a version never changes. */
export const approveParametersAct = defineAct({
  action: "profit_parameters.approved",
  permission: "profit:manage",
  payload: z.strictObject({ versionNo: z.int() }),
  async describe(tx, _viewer, { versionNo }) {
    const version = await store.findVersion(tx, versionNo);
    if (version === null || version.state !== "proposed") throw new DomainError("not_found", "no such proposal");
    const before = versionFor(version.validFrom, await store.listApproved(tx));
    const changed = before === undefined ? [] : differences(before.body, version.body).slice(0, LINES_MAX);
    const difference = [
      {
        label: "approvals:policies.version",
        before: before === undefined ? null : String(before.versionNo),
        after: String(versionNo),
        as: "number" as const,
      },
      { label: "profit:parameters.holds", before: null, after: version.validFrom, as: "day" as const },
      ...changed.map((line) => ({ label: line.path.slice(0, 120), before: line.before, after: line.after, as: "text" as const })),
    ];
    return { about: nameOf(versionNo), subjectKind: "profit_parameters", subjects: [], unitId: null, difference };
  },
  async execute(tx, maker, { versionNo }, { requestId }) {
    permit(maker, "profit:manage");
    if (!(await store.approveVersion(tx, versionNo)))
      throw new DomainError("invalid_state", "in force already", { detail: { reason: "decided" } });
    await record(tx, {
      ...{ caller: maker, action: "profit_parameters.approved", subjectKind: "profit_parameters" },
      detail: { versionNo, requestId },
    });
    await orderParameters(tx);
  },
});

/** Keeps a version and asks somebody else to agree. Fails with not_allowed, invalid_input (what is wrong in the YAML is told by path). */
export async function proposeParameters(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  { validFrom, reason, yaml }: { validFrom: string; reason: string; yaml: string },
): Promise<Outcome & { versionNo: number }> {
  permit(caller, "profit:manage");
  const reading = readParameterYaml(yaml);
  if (reading.body === null) throw new DomainError("invalid_input", "the parameters do not fit", { fields: reading.problems });
  const versionNo = await store.insertVersion(tx, { validFrom, reason, body: reading.body, by: caller.userId });
  await record(tx, { caller, action: "profit_parameters.proposed", subjectKind: "profit_parameters", detail: { versionNo, validFrom } });
  const outcome = await requestApproval(tx, caller, clock, approveParametersAct, { payload: { versionNo }, reason });
  return { ...outcome, versionNo };
}
