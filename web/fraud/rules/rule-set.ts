import type { viewRuleSet } from "../../../server/intelligence/fraud/rule-sets/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";

export type RuleSetView = AnswerOf<typeof viewRuleSet>;
export type RuleDocument = RuleSetView["set"]["document"];
export type RuleDraft = RuleDocument["rules"][number];

/** Where rules cannot be read; columns of a rule's text from 1. */
export interface Problem {
  readonly where: string;
  readonly column: number | null;
  readonly reason: string;
}
