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

/** Fraud rules as data. */
export const FraudRuleSet = z.strictObject({
  version: z.int().min(1),
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
