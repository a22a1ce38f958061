import { z } from "zod";
import { defineAct, documentDifference, type Outcome, requestApproval } from "../../../governance/approvals/index.ts";
import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import type { FraudRuleSet } from "../contract.ts";
import { checkRuleSet } from "../rules/read-rule-set.ts";
import * as store from "./store.ts";

const DRAFTS_MAX = 50;

/** Fails with not_allowed, invalid_input (naming the rule and the column), limit_reached. */
export async function draftRules(tx: Tx, caller: Caller, draft: { title: string; basedOn: number | null; document: FraudRuleSet }) {
  permit(caller, "fraud:rules");
  requireReadable(draft.document);
  if ((await store.countDrafts(tx)) >= DRAFTS_MAX)
    throw new DomainError("limit_reached", `at most ${DRAFTS_MAX} drafts`, { detail: { limit: "drafts" } });
  if (draft.basedOn !== null && (await store.findSet(tx, draft.basedOn)) === null) throw new DomainError("not_found", "no such rule set");
  const setNo = await store.insertSet(tx, draft.title, draft.document, draft.basedOn, caller.userId);
  await told(tx, caller, "drafted", setNo, { rules: draft.document.rules.length, basedOn: draft.basedOn });
  return { setNo };
}

/** Whoever changes a draft is its writer from then on. Fails with not_allowed, not_found, conflict, invalid_state (no draft), invalid_input. */
export async function changeRules(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  setNo: number,
  change: { version: number; title: string; document: FraudRuleSet },
) {
  permit(caller, "fraud:rules");
  requireReadable(change.document);
  const set = await requireSet(tx, setNo);
  if (set.state !== "draft")
    throw new DomainError("invalid_state", "rules that were in force do not change", { detail: { reason: "no_draft" } });
  if (set.version !== change.version) throw new DomainError("conflict", "somebody else changed these rules meanwhile");
  const version = await store.updateSet(tx, setNo, change, { by: caller.userId, at: clock.now() });
  await told(tx, caller, "changed", setNo, { version, rules: change.document.rules.length });
  return { version };
}

/** Fails with not_allowed, not_found, invalid_state (no draft). */
export async function deleteRules(tx: Tx, caller: Caller, setNo: number): Promise<void> {
  permit(caller, "fraud:rules");
  const set = await requireSet(tx, setNo);
  if (set.state !== "draft") throw new DomainError("invalid_state", "only drafts are thrown away", { detail: { reason: "no_draft" } });
  await store.deleteSet(tx, setNo);
  await told(tx, caller, "deleted", setNo, {});
}

/** Rules that were tested, none of which fired on too many payments, exactly as they were looked at. The live desk knows within seconds. */
export const activateRulesAct = defineAct({
  action: "fraud_rules.activated",
  permission: "fraud:rules",
  payload: z.strictObject({ setNo: z.int(), hash: z.string() }),
  async describe(tx, _viewer, { setNo, hash }) {
    const set = await store.findSet(tx, setNo);
    if (set === null) throw new DomainError("not_found", "no such rule set");
    const reason = set.hash === hash ? obstacle(set) : "changed";
    if (reason !== null) throw new DomainError("invalid_state", `these rules cannot go into force: ${reason}`, { detail: { reason } });
    const now = await store.findActive(tx);
    const difference = [
      { label: "fraud:rules.setName", before: now?.title ?? null, after: set.title, as: "text" as const },
      ...documentDifference(now?.document, set.document).slice(0, 99),
    ];
    return { about: nameOf(setNo), subjectKind: "fraud_rules", subjects: [], unitId: null, difference };
  },
  async execute(tx, maker, { setNo, hash }, { requestId }) {
    permit(maker, "fraud:rules");
    if (!(await store.putInForce(tx, setNo, hash))) throw new DomainError("conflict", "the rules changed since they were looked at");
    await told(tx, maker, "activated", setNo, { hash, requestId });
  },
});

/** What a rule set is called where it is decided on. */
export const nameOf = (setNo: number): string => String(setNo);

/**
 * Asks somebody else to put rules into force, or earlier ones back. Fails with not_allowed, not_found, conflict (they changed since they were looked at, or
 * wait for somebody already), invalid_state: in_force, not_tested, fires_too_often.
 */
export async function activateRules(tx: Tx, caller: Caller, clock: Clock, setNo: number, hash: string): Promise<Outcome> {
  permit(caller, "fraud:rules");
  const set = await requireSet(tx, setNo);
  if (set.hash !== hash) throw new DomainError("conflict", "the rules changed since they were looked at");
  return requestApproval(tx, caller, clock, activateRulesAct, { payload: { setNo, hash }, reason: set.title });
}

function obstacle({ state, backtest, isRefused }: store.WholeSet): string | null {
  if (state === "active") return "in_force";
  if (backtest === null) return "not_tested";
  return isRefused ? "fires_too_often" : null;
}

function requireReadable(document: FraudRuleSet): void {
  const { problems } = checkRuleSet(document);
  if (problems === null) return;
  const fields = problems
    .slice(0, 50)
    .map(({ where, column, reason }) => ({ path: column === null ? where : `${where}:${column}`, reason }));
  throw new DomainError("invalid_input", "the rules cannot be read", { fields });
}

async function requireSet(tx: Tx, setNo: number): Promise<store.WholeSet> {
  const set = await store.findSet(tx, setNo, true);
  if (set === null) throw new DomainError("not_found", "no such rule set");
  return set;
}

const told = (tx: Tx, caller: Caller, what: string, setNo: number, detail: Record<string, unknown>) =>
  record(tx, { caller, action: `fraud_rules.${what}`, subjectKind: "fraud_rules", detail: { setNo, ...detail } });
