import { requireStepUp } from "../../../governance/access/index.ts";
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

/**
 * Puts rules into force, or earlier ones back: by another person than their writer, after a back-test in which no rule fired on too many payments, with a
 * proof for exactly these rules. The live desk knows within seconds. Fails with not_allowed, not_found, conflict (they changed since they were looked at),
 * step_up_needed, invalid_state: in_force, same_person, not_tested, fires_too_often.
 */
export async function activateRules(tx: Tx, caller: Caller, clock: Clock, setNo: number, hash: string): Promise<void> {
  permit(caller, "fraud:rules");
  const set = await requireSet(tx, setNo);
  if (set.hash !== hash) throw new DomainError("conflict", "the rules changed since they were looked at");
  const reason = obstacle(set, caller);
  if (reason !== null) throw new DomainError("invalid_state", `these rules cannot go into force: ${reason}`, { detail: { reason } });
  await requireStepUp(tx, caller, clock, { action: "fraud_rules.activated", subjectIds: [], payload: { setNo, hash } });
  await store.putInForce(tx, setNo, caller.userId, clock.now());
  await told(tx, caller, "activated", setNo, { hash, writtenBy: set.writtenBy });
}

function obstacle({ state, writtenBy, backtest, isRefused }: store.WholeSet, caller: Caller): string | null {
  if (state === "active") return "in_force";
  if (writtenBy === caller.userId) return "same_person";
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
