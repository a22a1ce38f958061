import { z } from "zod";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { defineAct } from "./act.ts";
import { type DifferenceLine, type Policy, PolicyChange } from "./contract.ts";
import * as store from "./policy-store.ts";
import { levelsFault } from "./rules.ts";

/** Fails with not_allowed. */
export async function listPolicies(tx: Tx, caller: Caller): Promise<{ policies: Policy[] }> {
  permit(caller, "approval:manage");
  return { policies: await store.listPolicies(tx) };
}

/** The rules of who approves are themselves approved by somebody else. */
export const changePolicyAct = defineAct({
  action: "approval_policy.changed",
  permission: "approval:manage",
  payload: z.strictObject({ action: z.string(), change: PolicyChange }),
  async describe(tx, _viewer, { action, change }) {
    const before = await store.findPolicy(tx, action);
    if (before === null) throw new DomainError("not_found", "no such policy");
    const fault = levelsFault(change.levels, {
      currency: change.currency,
      approversMin: before.approversMin,
      duties: await store.listDuties(tx),
    });
    if (fault !== null) throw new DomainError("invalid_state", fault, { detail: { reason: fault } });
    return { about: action, subjectKind: "approval_policy", subjects: [], unitId: null, difference: differenceOf(before, change) };
  },
  async execute(tx, maker, { action, change }, { requestId }) {
    permit(maker, "approval:manage");
    if (!(await store.savePolicy(tx, action, change))) throw new DomainError("conflict", "it has another version by now");
    await record(tx, {
      caller: maker,
      action: "approval_policy.changed",
      subjectKind: "approval_policy",
      subjectCount: 1,
      detail: { policy: action, requestId },
    });
  },
});

function differenceOf(before: Policy, after: PolicyChange): DifferenceLine[] {
  const lines: DifferenceLine[] = [
    // The version stands among the lines: a policy that was changed meanwhile is asked about again.
    { label: "approvals:policies.version", before: String(before.version), after: String(after.version + 1), as: "number" },
    { label: "approvals:policies.currency", before: before.currency, after: after.currency, as: "code" },
    { label: "approvals:policies.deputies", before: yesOrNo(before.deputies), after: yesOrNo(after.deputies), as: "words" },
    {
      label: "approvals:policies.escalate",
      before: hours(before.escalateAfterHours),
      after: hours(after.escalateAfterHours),
      as: "number",
    },
    { label: "approvals:policies.expire", before: hours(before.expireAfterHours), after: hours(after.expireAfterHours), as: "number" },
    ...Array.from({ length: Math.max(before.levels.length, after.levels.length) }, (_, place) => ({
      label: "approvals:policies.level",
      before: levelText(before, place),
      after: levelText(after, place),
      as: "code" as const,
    })),
  ];
  return lines.filter((line, place) => place === 0 || line.before !== line.after);
}

const yesOrNo = (yes: boolean): string => (yes ? "approvals:yes" : "approvals:no");
const hours = (count: number | null): string | null => (count === null ? null : String(count));

function levelText({ levels, currency }: Pick<Policy, "levels" | "currency">, place: number): string | null {
  const level = levels[place];
  if (level === undefined) return null;
  const limit = level.amountMaxMinor === null ? "" : ` ≤ ${level.amountMaxMinor} ${currency ?? ""}`;
  return `${place + 1}: ${level.approvers} × ${level.duties.join(" / ")}${limit}`.slice(0, 500);
}
