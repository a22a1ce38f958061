import { readNames } from "../../../governance/access/index.ts";
import { latestApprovals } from "../../../governance/approvals/index.ts";
import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { FraudRuleSet } from "../contract.ts";
import { featureCatalogue } from "../features/catalogue.ts";
import { functionNames, textFields } from "../rules/expression.ts";
import { checkRuleSet } from "../rules/read-rule-set.ts";
import type { BacktestReport, RuleProblem } from "./contract.ts";
import * as store from "./store.ts";
import { activateRulesAct, nameOf } from "./write-rules.ts";

const PROBLEMS_MAX = 500;

/** Fails with not_allowed. */
export async function listRuleSets(tx: Tx, caller: Caller) {
  permit(caller, "fraud:read");
  const sets = await store.listSets(tx);
  const about = await aboutSets(tx, sets);
  return { sets: sets.map((set) => headOf(set, about)) };
}

/** Examples are shown of customers the caller may see. Fails with not_allowed, not_found. */
export async function viewRuleSet(tx: Tx, caller: Caller, setNo: number) {
  permit(caller, "fraud:read");
  const set = await store.findSet(tx, setNo);
  if (set === null) throw new DomainError("not_found", "no such rule set");
  const about = await aboutSets(tx, [set]);
  const backtest = set.backtest === null ? null : await reportFor(tx, caller, setNo, set.backtest);
  const { hash, basedOn } = set;
  return {
    set: { ...headOf(set, about), document: FraudRuleSet.parse(set.document), hash, basedOn, isOwn: set.writtenBy === caller.userId },
    backtest,
  };
}

/** Fails with not_allowed. */
export function readRuleWords(caller: Caller) {
  permit(caller, "fraud:read");
  return {
    features: featureCatalogue.map(({ name, isFlag }) => ({ name, isFlag: isFlag === true })),
    texts: [...textFields],
    functions: [...functionNames],
    operators: ["and", "or", "not", "in", "not in", "<", "<=", ">", ">=", "=", "!=", "+", "-", "*", "/", "true", "false"],
  };
}

/** Fails with not_allowed. */
export function checkRules(caller: Caller, document: unknown): { problems: RuleProblem[] } {
  permit(caller, "fraud:rules");
  return { problems: [...(checkRuleSet(document).problems ?? [])].slice(0, PROBLEMS_MAX) };
}

async function reportFor(tx: Tx, caller: Caller, setNo: number, kept: store.KeptBacktest): Promise<BacktestReport> {
  const visible = await store.findVisible(tx, [...new Set(kept.rules.flatMap(({ examples }) => examples.map(({ partyId }) => partyId)))]);
  const rules = kept.rules.map((rule) => ({
    ...rule,
    examples: rule.examples.flatMap(({ partyId, ...example }) => {
      const customer = visible.get(partyId);
      return customer === undefined ? [] : [{ ...example, ...customer }];
    }),
  }));
  const shown = new Set(rules.flatMap(({ examples }) => examples.map(({ customerId }) => customerId)));
  if (shown.size > 0)
    await record(tx, {
      ...{ caller, action: "fraud_backtest.viewed", subjectKind: "customer", subjectIds: [...shown], fieldClasses: ["transaction"] },
      ...{ rows: rules.reduce((sum, { examples }) => sum + examples.length, 0), detail: { setNo } },
    });
  return { ...kept, rules };
}

/** Who wrote them, and where the newest request for each stands. */
async function aboutSets(tx: Tx, sets: readonly store.RuleSetRow[]) {
  const names = await readNames(
    tx,
    sets.map(({ writtenBy }) => writtenBy),
  );
  const approvals = await latestApprovals(
    tx,
    activateRulesAct.action,
    sets.map(({ setNo }) => nameOf(setNo)),
  );
  return { names, approvals };
}

function headOf(set: store.RuleSetRow, { names, approvals }: Awaited<ReturnType<typeof aboutSets>>) {
  const { setNo, title, state, version, rules, writtenAt, backtestedAt, isRefused, activatedAt } = set;
  return {
    ...{ setNo, title, state, version, rules, writtenAt, backtestedAt, isRefused, activatedAt },
    writtenByName: names.get(set.writtenBy) ?? null,
    approval: approvals.get(nameOf(setNo)) ?? null,
  };
}
