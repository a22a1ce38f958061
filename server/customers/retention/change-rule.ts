import { z } from "zod";
import { defineAct, type Outcome, requestApproval } from "../../governance/approvals/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { type RetentionRule, RuleChange } from "./contract.ts";
import * as store from "./store.ts";

/** Fails with not_allowed. */
export async function listRules(tx: Tx, caller: Caller): Promise<{ rules: RetentionRule[] }> {
  permit(caller, "privacy:manage");
  return { rules: await store.listRules(tx) };
}

/** A shorter term is data lost for good, a longer one data kept without need: somebody else looks at it. */
export const changeRetentionAct = defineAct({
  action: "retention_rule.changed",
  permission: "privacy:manage",
  payload: z.strictObject({ name: z.string(), change: RuleChange }),
  async describe(tx, _viewer, { name, change }) {
    const rule = await store.findRule(tx, name);
    if (rule === null) throw new DomainError("not_found", "no such rule");
    if (rule.fromEvent === "never") throw new DomainError("invalid_state", "without end", { detail: { reason: "no_term" } });
    return {
      about: name,
      subjectKind: "retention_rule",
      subjects: [],
      unitId: null,
      difference: [
        { label: "privacy:retention.version", before: String(rule.version), after: String(change.version + 1), as: "number" as const },
        { label: "privacy:retention.months", before: term(rule.months), after: term(change.months), as: "words" as const },
        { label: "privacy:retention.why", before: rule.reason, after: change.reason, as: "text" as const },
      ],
    };
  },
  async execute(tx, maker, { name, change }, { requestId }) {
    permit(maker, "privacy:manage");
    if (!(await store.saveRule(tx, name, change, maker.userId))) throw new DomainError("conflict", "it has another version by now");
    const detail = { rule: name, months: change.months, requestId };
    await record(tx, { caller: maker, action: "retention_rule.changed", subjectKind: "retention", subjectCount: 1, detail });
  },
});

const term = (months: number | null): string => (months === null ? "privacy:retention.noEnd" : String(months));

export async function changeRule(tx: Tx, caller: Caller, clock: Clock, name: string, change: RuleChange): Promise<Outcome> {
  return requestApproval(tx, caller, clock, changeRetentionAct, { payload: { name, change }, reason: change.reason });
}

/** The day before which a row is over its term; null: it has none. */
export function cutOf(rule: Pick<RetentionRule, "months"> | null, now: Date): string | null {
  if (rule === null || rule.months === null) return null;
  const day = new Date(now);
  day.setUTCMonth(day.getUTCMonth() - rule.months);
  return day.toISOString().slice(0, 10);
}
