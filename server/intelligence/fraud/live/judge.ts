import type { Calibration, TreeModel } from "../../learning/index.ts";
import type { FraudPolicy, RuleAction } from "../contract.ts";
import { featureCatalogue } from "../features/catalogue.ts";
import { FraudScorer, type ScoreReason } from "../model.ts";
import { evidenceOf, fires } from "../rules/evaluate-rule.ts";
import type { Rule } from "../rules/read-rule-set.ts";
import { type Decision, decide } from "../rules.ts";
import type { Transaction } from "../transaction.ts";
import type { Verdict } from "./contract.ts";

/** Chance of fraud of a payment on which a rule fires, where neither a model nor a back-test says more. */
const RULE_CHANCE = 0.1;
const REASONS_MAX = 5;

export interface JudgedBy {
  readonly setNo: number;
  readonly rules: readonly Rule[];
  readonly policy: FraudPolicy;
  /** Of each rule, as its back-test found. */
  readonly precisions: ReadonlyMap<string, number>;
  /** What the register says is in force; with a champion but no `model`, that version was altered and judges nothing. */
  readonly champion: number | null;
  readonly model: { readonly modelNo: number; readonly trees: TreeModel; readonly calibration: Calibration | null } | null;
}

export interface Judgement extends Decision {
  readonly probability: number;
  readonly fired: readonly Rule[];
}

export interface Explanation {
  readonly rules: readonly {
    readonly name: string;
    readonly note: string;
    readonly evidence: Readonly<Record<string, number | string | null>>;
  }[];
  readonly reasons: readonly ScoreReason[];
  readonly features: Readonly<Record<string, number>>;
}

/** Rules and score put together; what it says of a payment depends on the payment and its features alone. */
export class Judge {
  readonly by: JudgedBy;
  private readonly scorer: FraudScorer | null;

  constructor(by: JudgedBy) {
    this.by = by;
    this.scorer = by.model === null ? null : new FraudScorer(by.model.trees, by.model.calibration);
  }

  judge(transaction: Transaction, features: Float64Array): Judgement {
    const { rules, policy } = this.by;
    const fired = rules.filter(({ expression }) => fires(expression, { transaction, features }));
    const probability = this.chance(features, fired);
    // Whole hundredths suffice to compare with what a review costs; the exact amount is kept in minor units beside it.
    const suspicion = {
      probability,
      amountMinor: BigInt(Math.round(transaction.amount * 100)),
      ruleActions: fired.map(({ action }) => action),
    };
    const decision = decide(suspicion, policy.reviewCost * 100);
    if (fired.length === 0 && probability < policy.suspectFrom) return { ...decision, action: null, probability, fired };
    const isCertain = this.scorer !== null && probability >= policy.declineFrom && decision.action !== null;
    return { ...decision, ...(isCertain ? { action: "hold" as const } : {}), probability, fired };
  }

  explain(transaction: Transaction, features: Float64Array, { fired }: Judgement): Explanation {
    return {
      rules: fired.map(({ name, note = "", expression }) => ({ name, note, evidence: evidenceOf(expression, { transaction, features }) })),
      reasons: this.reasons(features),
      features: Object.fromEntries(
        featureCatalogue.flatMap(({ name }, place) => {
          const value = features[place] as number;
          return Number.isNaN(value) ? [] : [[name, rounded(value)]];
        }),
      ),
    };
  }

  reasons(features: Float64Array): ScoreReason[] {
    const reasons = this.scorer?.reasons(features, REASONS_MAX) ?? [];
    return reasons
      .filter(({ value }) => !Number.isNaN(value))
      .map((reason) => ({ ...reason, value: rounded(reason.value), contribution: rounded(reason.contribution) }));
  }

  private chance(features: Float64Array, fired: readonly Rule[]): number {
    const { precisions } = this.by;
    if (this.scorer === null) return fired.reduce((most, { name }) => Math.max(most, precisions.get(name) ?? RULE_CHANCE), 0);
    return this.scorer.score(features);
  }
}

export function verdictOf(action: RuleAction | null): Verdict {
  return action === null ? "approve" : action === "hold" ? "decline" : "review";
}

const rounded = (value: number) => Number(value.toPrecision(6));
