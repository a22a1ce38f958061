import { parse as parseYaml } from "yaml";
import { type FraudPolicy, FraudRuleSet, type RuleAction } from "../contract.ts";
import type { Expression } from "./expression.ts";
import { parseRule } from "./parse-rule.ts";
import { RuleFault } from "./rule-fault.ts";

/** A rule ready to be asked. */
export interface Rule {
  readonly name: string;
  readonly text: string;
  readonly action: RuleAction;
  readonly note?: string | undefined;
  readonly expression: Expression;
}

export interface RuleProblem {
  /** Name of the rule, or a path in the document. */
  readonly where: string;
  /** In the text of the rule, from 1; null when the document itself is wrong. */
  readonly column: number | null;
  readonly reason: string;
}

export type RuleSetReading =
  | { readonly rules: readonly Rule[]; readonly version: number; readonly policy: FraudPolicy; readonly problems: null }
  | { readonly rules: null; readonly problems: readonly RuleProblem[] };

/** Rules from a YAML document of at most 1 MiB: all of them, or every problem. */
export function readRuleSet(document: string): RuleSetReading {
  if (document.length > 2 ** 20)
    return { rules: null, problems: [{ where: "the document", column: null, reason: "is longer than 1 MiB" }] };
  let data: unknown;
  try {
    // Aliases could blow a small document up to a huge one.
    data = parseYaml(document, { maxAliasCount: 0 });
  } catch (error) {
    return {
      rules: null,
      problems: [{ where: "the document", column: null, reason: error instanceof Error ? error.message : String(error) }],
    };
  }
  return checkRuleSet(data);
}

/** Rules as data of any origin: all of them, or every problem. */
export function checkRuleSet(data: unknown): RuleSetReading {
  const read = FraudRuleSet.safeParse(data);
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => ({
      where: path.join(".") || "the document",
      column: null,
      reason: message,
    }));
    return { rules: null, problems };
  }
  const lists = new Map(Object.entries(read.data.lists));
  const problems: RuleProblem[] = [];
  const rules: Rule[] = [];
  const names = new Set<string>();
  for (const { name, when, action, note } of read.data.rules) {
    if (names.has(name)) problems.push({ where: name, column: null, reason: "stands twice" });
    names.add(name);
    try {
      rules.push({ name, text: when, action, note, expression: parseRule(when, lists) });
    } catch (error) {
      if (!(error instanceof RuleFault)) throw error;
      problems.push({ where: name, column: error.column, reason: error.reason });
    }
  }
  return problems.length > 0 ? { rules: null, problems } : { rules, version: read.data.version, policy: read.data.policy, problems: null };
}
