import { z } from "zod";

/** What is done with a payment a rule fires on, mildest first: look at it later, ask the customer for a second factor, hold it until somebody decides. */
export const ruleActions = ["review", "step_up", "hold"] as const;
export const RuleAction = z.enum(ruleActions);
export type RuleAction = z.infer<typeof RuleAction>;

const Name = z.string().regex(/^[a-z][a-z0-9_-]{0,59}$/);

export const FraudRule = z.strictObject({
  name: Name,
  /** An expression that is true or false of a payment: docs/operations/fraud.md. */
  when: z.string().min(1).max(2_000),
  action: RuleAction.default("review"),
  note: z.string().max(500).optional(),
});
export type FraudRule = z.infer<typeof FraudRule>;

/** What a bank does with suspicions. Money in units of the bank's currency. */
export const FraudPolicy = z.strictObject({
  /** What looking at one payment costs: below it a score alone raises no alert. */
  reviewCost: z.number().min(0).max(100_000).default(15),
  /** A score alone raises no alert below this probability, whatever the amount: one in many thousands of a large payment is no suspicion. */
  suspectFrom: z.number().min(0).max(0.5).default(0.05),
  /** From this probability on a payment is held by its score alone. */
  declineFrom: z.number().min(0.5).max(1).default(0.9),
  /** A rule that fires on a larger share of payments may not go live. */
  shareMax: z.number().min(0.0001).max(0.05).default(0.01),
  /** Payments of loads that are older raise no alert. */
  alertDays: z.int().min(1).max(180).default(60),
});
export type FraudPolicy = z.infer<typeof FraudPolicy>;

/** Fraud rules as data. */
export const FraudRuleSet = z.strictObject({
  version: z.int().min(1),
  policy: FraudPolicy.prefault({}),
  /** Lists that rules name behind `in`. */
  lists: z
    .record(
      Name,
      z
        .array(z.union([z.string().max(200), z.number()]))
        .min(1)
        .max(10_000),
    )
    .default({}),
  rules: z.array(FraudRule).min(1).max(200),
});
export type FraudRuleSet = z.infer<typeof FraudRuleSet>;
